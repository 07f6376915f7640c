"""Names of each report's own region: they set it apart from every other report, and say nothing of its policy."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import numpy as np
import pandas as pd

from emphasis.ingest.regions import names_around

PlaceNames = Mapping[str, Collection[str]]
"""Names by report_id; a report that is not there has none."""


def place_names(reports: pd.DataFrame) -> dict[str, frozenset[str]]:
    """What each report may call its region, the regions that this lies in, and those that lie in it.

    Reports have report_id, region, region_level and adcode. Those of the nation have none: 香港 or 新疆 is a subject there.
    """
    columns = (reports[name].tolist() for name in ("report_id", "region", "region_level", "adcode"))
    rows = zip(*columns, strict=True)
    return {
        report_id: frozenset() if level == "national" else names_around(region, adcode)
        for report_id, region, level, adcode in rows
    }


def mark_places(words: np.ndarray, vocabulary: np.ndarray, names: Collection[str]) -> np.ndarray:
    """Which words, given as places in the sorted vocabulary, are among the names."""
    if not len(vocabulary) or not names:
        return np.zeros(len(words), dtype=bool)
    wanted = np.array(sorted(names), dtype=object)
    found = np.minimum(np.searchsorted(vocabulary, wanted), len(vocabulary) - 1)
    return np.isin(words, found[vocabulary[found] == wanted])
