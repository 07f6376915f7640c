"""Names of each report's own region: they set it apart from every other report, and say nothing of its policy."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from emphasis.ingest.regions import names_around
from emphasis.ingest.zones import holder_of

PlaceNames = Mapping[str, Collection[str]]
"""Names by report_id; a report that is not there has none."""


def place_names(reports: pd.DataFrame) -> dict[str, frozenset[str]]:
    """What each report may call its region, the regions that this lies in, and those that lie in it.

    Reports have report_id, region, region_level and adcode. Those of the nation have none: 香港 or 新疆 is a subject there.
    """
    columns = (reports[name].tolist() for name in ("report_id", "region", "region_level", "adcode"))
    rows = zip(*columns, strict=True)
    return {
        report_id: frozenset()
        if level == "national"
        else names_around(region, adcode, holder_of(region, level, adcode))
        for report_id, region, level, adcode in rows
    }


def mark_places(
    report: np.ndarray, words: np.ndarray, vocabulary: np.ndarray, names: Sequence[Collection[str]]
) -> np.ndarray:
    """Which words are among the names that belong to their report.

    Parameters
    ----------
    report, words : array of shape (n,)
        Places among the reports and in the vocabulary.
    vocabulary : array of V str
    names : sequence of collection of str
        Those of each report.

    Returns
    -------
    bool array of shape (n,)
    """
    every = sorted(set().union(*names))
    known = pc.index_in(pa.array(every, pa.string()), value_set=pa.array(vocabulary, pa.string())).to_pylist()
    place = {name: at for name, at in zip(every, known, strict=True) if at is not None}
    is_name = np.zeros((len(names), len(vocabulary)), dtype=bool)
    for row, own in zip(is_name, names, strict=True):
        row[[place[name] for name in own if name in place]] = True
    marks: np.ndarray = is_name[report, words]
    return marks
