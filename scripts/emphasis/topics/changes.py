"""How topic shares differ between review and plan, between years, and between regions."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from emphasis.topics.shares import PLAN, REVIEW, WHOLE

COLUMNS = "report_id model comparison reference topic share reference_share difference low high".split()
_PEERS = "peers"
_LEAST_PEERS = 2


def topic_changes(parts: pd.DataFrame, reports: pd.DataFrame, years: Sequence[tuple[str, str]]) -> pd.DataFrame:
    """Differences between topic shares, with intervals.

    Comparisons: `part`, a report's plan with its review; `year`, a report with its region's report of the year before;
    `region`, a report with the mean of the others of the same level and year, when there are at least two. The difference
    of the shares a and b with intervals (l, u) has the interval

        a - b - sqrt((a - l_a)^2 + (u_b - b)^2),  a - b + sqrt((u_a - a)^2 + (b - l_b)^2)

    (MOVER, the method of variance estimates recovery, as the R packages ratesci and ORCI name it). For the mean of n others the distances to the bounds are the roots
    of the sums of their squares, divided by n. The intervals show how much depends on which paragraphs the reports happen to
    have; they do not include how much reports vary among themselves.

    Parameters
    ----------
    parts : DataFrame
        As in topic_parts.
    reports : DataFrame
        report_id, region_level, year.
    years : sequence of (report_id, report_id of the year before)
    """
    keys = ["model", "topic"]
    # However the reports are batched, sums over them are taken in the same order: their last digit depends on it.
    known = parts[parts["share"].notna() & parts["low"].notna()].sort_values("report_id", kind="stable")
    whole, review, plan = (known[known["part"] == part] for part in (WHOLE, REVIEW, PLAN))
    now = whole.merge(pd.DataFrame(list(years), columns=["report_id", "reference"]), on="report_id")
    then = whole.rename(columns={"report_id": "reference"})
    tables = [
        _compare(plan.assign(reference=REVIEW), review, ["report_id", *keys], "part"),
        _compare(now, then, ["reference", *keys], "year"),
        _compare_with_peers(whole, reports, keys),
    ]
    return pd.concat([table for table in tables if len(table)] or [pd.DataFrame(columns=COLUMNS)], ignore_index=True)


def _compare(now: pd.DataFrame, then: pd.DataFrame, keys: list[str], comparison: str) -> pd.DataFrame:
    both = now.merge(then[[*keys, "share", "low", "high"]], on=keys, suffixes=("", "_b"))
    both["down_b"], both["up_b"] = both["share_b"] - both["low_b"], both["high_b"] - both["share_b"]
    return _difference_rows(both.assign(comparison=comparison))


def _compare_with_peers(whole: pd.DataFrame, reports: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    known = reports[reports["year"].notna() & (reports["region_level"] != "")]
    own = whole.merge(known[["report_id", "region_level", "year"]], on="report_id")
    own["n"] = 1.0
    own["down2"], own["up2"] = (own["share"] - own["low"]) ** 2, (own["high"] - own["share"]) ** 2
    columns = ["n", "share", "down2", "up2"]
    others = own.groupby([*keys, "region_level", "year"])[columns].transform("sum") - own[columns]
    enough = others["n"] >= _LEAST_PEERS
    own, others = own[enough].copy(), others[enough]
    own["share_b"] = others["share"] / others["n"]
    own["down_b"] = np.sqrt(others["down2"].clip(lower=0)) / others["n"]
    own["up_b"] = np.sqrt(others["up2"].clip(lower=0)) / others["n"]
    return _difference_rows(own.assign(comparison="region", reference=_PEERS))


def _difference_rows(both: pd.DataFrame) -> pd.DataFrame:
    difference = both["share"] - both["share_b"]
    below = np.sqrt((both["share"] - both["low"]) ** 2 + both["up_b"] ** 2)
    above = np.sqrt((both["high"] - both["share"]) ** 2 + both["down_b"] ** 2)
    return both.assign(
        reference_share=both["share_b"], difference=difference, low=difference - below, high=difference + above
    )[COLUMNS]
