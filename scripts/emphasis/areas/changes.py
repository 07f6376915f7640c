"""How shares of areas change: from year to year in a region, and from review to plan in a report."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from emphasis.areas.scheme import NONE, Scheme

YEAR_BEFORE, AGAINST_REVIEW = "year before", "plan against review"

LEAST_SHARE = 0.005
"""Below this share in the report before, a change has no percentage: it would be one of single sentences."""

LEAST_CHANGES = 20
"""Percentage changes below which no kurtosis is given."""

_CHANGE_COLUMNS = [
    "report_id",
    "comparison",
    "part",
    "area",
    "other_id",
    "share_other",
    "share",
    "change",
    "low",
    "high",
    "percent",
]
_SHAPE_COLUMNS = ["unit", "name", "n", "median", "kurtosis", "l_kurtosis"]


def area_changes(shares: pd.DataFrame, year_pairs: Sequence[tuple[str, str]]) -> pd.DataFrame:
    """Changes of shares: of each part against the same part of the year before, and of the plan against the review.

    With the shares s of a report and t of the other text::

        change = s - t
        percent = 100(s - t) / t

    The bounds (95 %) of the change join those of the two shares, as if the texts were drawn independently of each other::

        low  = s - t - sqrt((s - low of s)^2 + (high of t - t)^2)
        high = s - t + sqrt((high of s - s)^2 + (t - low of t)^2)

    They are missing where those of a share are; percent is missing where t is below 0.005.

    Parameters
    ----------
    shares : DataFrame
        As made by `emphasis.areas.shares.share_rows`.
    year_pairs : sequence of pairs of str
        report_id of a report and of the one of the year before.

    Returns
    -------
    DataFrame
        report_id, comparison (year before or plan against review), part, area, other_id, share_other, share, change, low, high,
        percent.
    """
    parts = shares[shares["section_id"] == ""][["report_id", "part", "area", "share", "low", "high"]]
    before = pd.DataFrame(list(year_pairs), columns=["report_id", "other_id"]).astype("str")
    other = parts.rename(
        columns={"report_id": "other_id", "share": "share_other", "low": "low_other", "high": "high_other"}
    )
    years = parts.merge(before, on="report_id").merge(other, on=["other_id", "part", "area"])
    plan = parts[parts["part"] == "plan"].assign(other_id=lambda t: t["report_id"])
    reviews = other[other["part"] == "review"].drop(columns="part")
    plans = plan.merge(reviews, on=["other_id", "area"])
    table = pd.concat(
        [years.assign(comparison=YEAR_BEFORE), plans.assign(comparison=AGAINST_REVIEW)], ignore_index=True
    )
    s, t = table["share"], table["share_other"]
    below = np.sqrt((s - table["low"]) ** 2 + (table["high_other"] - t) ** 2)
    above = np.sqrt((table["high"] - s) ** 2 + (t - table["low_other"]) ** 2)
    table["change"] = s - t
    table["low"], table["high"] = table["change"] - below, table["change"] + above
    table["percent"] = (100 * table["change"] / t).where(t >= LEAST_SHARE)
    return table[_CHANGE_COLUMNS]


def change_shapes(changes: pd.DataFrame, reports: pd.DataFrame, scheme: Scheme) -> pd.DataFrame:
    """Whether attention moves in small steps or in leaps: the shape of the distribution of percentage changes.

    Of all changes of whole reports against the year before (15 in its parts, sentences without an area left out), of those of each
    region and of each area: ``kurtosis`` is m4 / m2^2 from central moments (3 for a normal distribution), ``l_kurtosis`` see
    `l_kurtosis` (0.123 for a normal one). Research on agendas takes more than that as a sign of punctuated change: many small changes
    and a few very large ones. Errors of coding and short reports make leaps too, and shares below 0.005 in the year before have no
    percentage. Missing with fewer than 20 changes.

    Returns
    -------
    DataFrame
        unit (all, region or area), name, n, median (of the absolute percentages), kurtosis, l_kurtosis.
    """
    areas = [area for area in scheme.areas if area != NONE]
    kept = changes[(changes["comparison"] == YEAR_BEFORE) & (changes["part"] == "whole") & changes["area"].isin(areas)]
    kept = kept[kept["percent"].notna()]
    region = kept["report_id"].map(reports.set_index("report_id")["region"])
    rows: list[tuple[object, ...]] = [("all", "", *_shape(kept["percent"]))]
    rows += [
        ("region", str(name), *_shape(own)) for name, own in kept["percent"].groupby(region.to_numpy(dtype=object))
    ]
    rows += [("area", area, *_shape(kept.loc[kept["area"] == area, "percent"])) for area in areas]
    return pd.DataFrame([row for row in rows if row[2]], columns=_SHAPE_COLUMNS)


def _shape(percent: pd.Series[float]) -> tuple[int, float, float, float]:
    values = np.round(percent.to_numpy(dtype="float64"), 4)
    if not len(values):
        return 0, np.nan, np.nan, np.nan
    known = len(values) >= LEAST_CHANGES
    median = float(np.median(np.abs(values)))
    return len(values), median, kurtosis(values) if known else np.nan, l_kurtosis(values) if known else np.nan


def kurtosis(values: np.ndarray) -> float:
    """m4 / m2^2 with central moments m; missing when all values are equal."""
    deviation = values - values.mean()
    second = float((deviation**2).mean())
    return float((deviation**4).mean()) / second**2 if second > 0 else float("nan")


def l_kurtosis(values: np.ndarray) -> float:
    """L-kurtosis, the ratio of the fourth L-moment to the second (Hosking 1990), which single extreme values move little.

    With the values sorted, x1 <= ... <= xn, and b_r the mean of x_i (i - 1) ... (i - r) / ((n - 1) ... (n - r))::

        l2 = 2 b1 - b0
        l4 = 20 b3 - 30 b2 + 12 b1 - b0
        l_kurtosis = l4 / l2

    Missing with fewer than four values, and when all are equal.

    References
    ----------
    Bibliographic data and formulas agree in the sources of several libraries; the paper was not read.

    Hosking, J. R. M. (1990). L-moments: analysis and estimation of distributions using linear combinations of order statistics.
    Journal of the Royal Statistical Society, Series B 52(1), 105-124.

    Examples
    --------
    >>> (
    ...     round(l_kurtosis(np.array([1.0, 2.0, 3.0, 4.0, 5.0])), 6),
    ...     round(l_kurtosis(np.array([-9.0, 0.0, 0.0, 0.0, 9.0])), 3),
    ... )
    (0.0, 1.0)
    """
    n = len(values)
    if n < 4:
        return float("nan")
    x, i = np.sort(values), np.arange(n, dtype="float64")
    weight, b = np.ones(n), [float(x.mean())]
    for r in range(1, 4):
        weight = weight * (i - r + 1) / (n - r)
        b.append(float((weight * x).mean()))
    second = 2 * b[1] - b[0]
    return (20 * b[3] - 30 * b[2] + 12 * b[1] - b[0]) / second if second > 0 else float("nan")


def diversity_changes(diversity: pd.DataFrame, year_pairs: Sequence[tuple[str, str]]) -> pd.DataFrame:
    """The diversity of each part with that of the year before: other_id, entropy_change, hhi_change; empty without one."""
    before = pd.DataFrame(list(year_pairs), columns=["report_id", "other_id"]).astype("str")
    other = diversity[["report_id", "part", "entropy", "hhi"]]
    other = other.rename(columns={"report_id": "other_id", "entropy": "entropy_other", "hhi": "hhi_other"})
    table = diversity.merge(before, on="report_id", how="left").merge(other, on=["other_id", "part"], how="left")
    table["entropy_change"] = table["entropy"] - table["entropy_other"]
    table["hhi_change"] = table["hhi"] - table["hhi_other"]
    return table.drop(columns=["entropy_other", "hhi_other"])
