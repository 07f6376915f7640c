"""Made-up references, and where the shipped one is."""

import numpy as np
import pandas as pd

from emphasis.reference.data import Reference
from support import ROOT

SHIPPED = ROOT / "config/reference"


def made_up(counts, sizes, terms, **columns):
    """A reference in which each report is one passage of the plan; counts have a row for each report."""
    counts, sizes = np.asarray(counts), np.asarray(sizes)
    m = len(counts)
    reports = pd.DataFrame(
        {
            "report_id": [f"r{i:02}" for i in range(m)],
            "title": "",
            "region": [f"地{i}" for i in range(m)],
            "region_level": "province",
            "adcode": [f"{11 + i}0000" for i in range(m)],
            "province": [f"地{i}" for i in range(m)],
            "year": pd.array([2025] * m, dtype="Int64"),
            "sha256": "",
            "n_words": sizes,
        }
        | columns
    )
    passages = pd.DataFrame({"report": range(m), "role": "plan", "area": "", "n_words": sizes})
    passage, term = np.nonzero(counts)
    order = np.lexsort((passage, term))
    passage, term = passage[order], term[order]
    n = counts[passage, term]
    measures = pd.DataFrame(
        {"report_id": reports["report_id"], "kind": "theme", "measure": "x", "part": "whole", "value": np.arange(m) / m}
    )
    return Reference(reports, np.array(terms, dtype=object), passages, term, passage, n, n, n, measures, {}, {})
