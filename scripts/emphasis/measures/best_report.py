"""Which report stands for a region and a year of which there are several."""

from __future__ import annotations

import pandas as pd

from emphasis.ingest.checks import LEAST_SPEECH

_RANKS = {"high": 0, "medium": 1, "low": 2}


def best_first(reports: pd.DataFrame) -> pd.DataFrame:
    """The reports in such an order that of several for one region and year the first stands for it.

    Two files for one year may be two sessions of one congress year, a report and a text of another kind, or a report and a page
    that only links to it. So the name comes last: the confidence in the outline, high before medium before low; then the
    speeches of a report's usual length (`LEAST_SPEECH` characters) before shorter ones; then the earlier day of the speech, those
    without a day after those with one; then the name.

    Parameters
    ----------
    reports : DataFrame
        report_id, confidence, n_chars, date (ISO 8601; empty if unknown).

    Examples
    --------
    >>> rows = [("page", "low", 12, ""), ("report", "medium", 15_000, ""), ("summary", "medium", 900, "")]
    >>> best_first(pd.DataFrame(rows, columns=["report_id", "confidence", "n_chars", "date"]))["report_id"].tolist()
    ['report', 'summary', 'page']
    """
    day = reports["date"].fillna("")
    keys = {
        "rank": reports["confidence"].map(_RANKS).fillna(len(_RANKS)),
        "is_short": reports["n_chars"] < LEAST_SPEECH,
        "is_undated": day == "",
        "day": day,
        "name": reports["report_id"],
    }
    order = pd.DataFrame(keys).reset_index(drop=True).sort_values(list(keys), kind="stable").index
    return reports.iloc[order]
