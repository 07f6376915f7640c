"""How far results depend on choices that could have been made otherwise."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from emphasis.measures.themes import DEFAULT

TOP = 20
"""Keywords of each part that are followed through the variants."""


def theme_ranges(point: pd.DataFrame, variants: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Attention to each theme as configured, and its range over segmenters x lexicon on and off.

    ``low`` and ``high`` are the smallest and largest value under the default definition of `theme_values`; the point value is
    one of the variants. The stop list has no part in attention, which is divided by all tokens.

    Parameters
    ----------
    point : DataFrame
        As made by `emphasis.measures.themes.theme_values`.
    variants : sequence of DataFrame
        The same under every variant.

    Returns
    -------
    DataFrame
        report_id, part, theme, value, low, high, n_variants.
    """
    key = ["report_id", "part", "theme"]
    every = pd.concat([v[v["definition"] == DEFAULT] for v in variants], ignore_index=True)
    ranges = every.groupby(key)["value"].agg(low="min", high="max").reset_index()
    own = point.loc[point["definition"] == DEFAULT, [*key, "value"]]
    return own.merge(ranges, on=key, how="left").assign(n_variants=len(variants))


def keyword_ranges(point: pd.DataFrame, variants: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """The top 20 keywords of each part as configured, and their range over segmenters x lexicon on and off x stop list on
    and off.

    A variant that does not list a keyword counts as a rate of 0 and has no rank: ``rank_worst`` is the worst of those that
    list it, ``n_listed`` their number.

    Parameters
    ----------
    point : DataFrame
        As made by `emphasis.measures.frequency.frequency_parts`.
    variants : sequence of DataFrame
        The same under every variant.

    Returns
    -------
    DataFrame
        report_id, part, term, rank, rank_best, rank_worst, per_10k, low, high, n_listed, n_variants.
    """
    key = ["report_id", "part", "term"]
    top = point[point["rank"] <= TOP][[*key, "rank", "per_10k"]]
    every = pd.concat([v[[*key, "rank", "per_10k"]] for v in variants], ignore_index=True)
    grouped = every.merge(top[key], on=key, how="inner").groupby(key)
    ranges = grouped.agg(
        rank_best=("rank", "min"),
        rank_worst=("rank", "max"),
        low=("per_10k", "min"),
        high=("per_10k", "max"),
        n_listed=("rank", "size"),
    )
    table = top.merge(ranges.reset_index(), on=key, how="left").assign(n_variants=len(variants))
    table["low"] = table["low"].where(table["n_listed"] == table["n_variants"], 0.0)
    return table
