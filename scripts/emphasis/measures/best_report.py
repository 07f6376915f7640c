"""Which report stands for a region and a year of which there are several."""

from __future__ import annotations

from typing import TYPE_CHECKING

from emphasis.ingest.checks import LEAST_SPEECH

if TYPE_CHECKING:
    import pandas as pd

_RANKS = {"high": 0, "medium": 1, "low": 2}


def preference(confidence: str, n_chars: int, date: str, name: str) -> tuple[int, bool, bool, str, str]:
    """The place of a report among those of one region and year: the smallest stands for it.

    Two files for one year may be two sessions of one congress year, a report and a text of another kind, or a report and a page
    that only links to it. So the name comes last: the confidence in the outline, high before medium before low; then the
    speeches of a report's usual length (`LEAST_SPEECH` characters) before shorter ones; then the earlier day of the speech, those
    without a day after those with one; then the name.

    Parameters
    ----------
    confidence : str
    n_chars : int
    date : str
        ISO 8601; empty if unknown.
    name : str
        report_id.

    Examples
    --------
    >>> page, report = preference("low", 12, "", "a"), preference("medium", 15_000, "", "b")
    >>> min(page, report)[-1]
    'b'
    """
    return _RANKS.get(confidence, len(_RANKS)), n_chars < LEAST_SPEECH, not date, date, name


def best_first(reports: pd.DataFrame) -> pd.DataFrame:
    """The reports in such an order that of several for one region and year the first stands for it (`preference`).

    Parameters
    ----------
    reports : DataFrame
        report_id, confidence, n_chars, date (ISO 8601; empty if unknown).

    Examples
    --------
    >>> import pandas as pd
    >>> rows = [("page", "low", 12, ""), ("report", "medium", 15_000, ""), ("summary", "medium", 900, "")]
    >>> best_first(pd.DataFrame(rows, columns=["report_id", "confidence", "n_chars", "date"]))["report_id"].tolist()
    ['report', 'summary', 'page']
    """
    columns = reports["confidence"], reports["n_chars"], reports["date"].fillna(""), reports["report_id"]
    keys = [preference(*cells) for cells in zip(*columns, strict=True)]
    return reports.iloc[sorted(range(len(keys)), key=keys.__getitem__)]


def sound(reports: pd.DataFrame) -> pd.Series:
    """Whether each report counts for its region and year: all do but those of low confidence beside a better one.

    Such a text is mostly a page that only links to the report, or a text of another kind (法治政府建设报告), which would give its year a
    peak of its own subject. Two sound reports of a year, as of a congress that is newly elected in autumn, both count.

    Parameters
    ----------
    reports : DataFrame
        report_id, region, adcode, year, confidence; those without a known region or year have none beside them.

    Examples
    --------
    >>> import pandas as pd
    >>> rows = [("page", 2021, "low"), ("report", 2021, "high"), ("page of an unknown year", None, "low")]
    >>> reports = pd.DataFrame(rows, columns=["report_id", "year", "confidence"])
    >>> sound(reports.assign(region="甲区", adcode="440310")).tolist()
    [False, True, True]
    """
    low = reports["confidence"] == "low"
    place = reports["adcode"].where(reports["adcode"] != "", reports["region"])
    # Without a year or a region nothing groups them: they count.
    nothing_better = low.groupby([place, reports["year"]]).transform("all").fillna(True).astype(bool)
    return ~low | nothing_better | (reports["region"] == "")
