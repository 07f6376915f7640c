"""Rising and falling terms of a region: how the rate of each moves over the years of its reports."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from math import ceil
from typing import Any

import numpy as np
import pandas as pd
from scipy import sparse

from emphasis.measures.report_terms import ReportTerms
from emphasis.measures.significance import benjamini_hochberg
from emphasis.measures.testability import reportable
from emphasis.measures.testing import MAX_Q
from emphasis.measures.trend_tests import mann_kendall, peak_test, theil_sen, unequal_pairs
from emphasis.measures.year_series import RegionYears, region_years

SHAPES = ("new", "rising", "peak", "falling", "gone", "level")
EDGE = 2
"""Years at either end in which nothing is called a peak: one year does not show that a rate fell again."""
PEAK_FACTOR = 2
"""How many times the rate of the first and of the last third the rate around a peak is at least."""
MAX_P = 0.05
"""Up to which p of the occurrences per report a rate that moves is said to move."""
_PER = 10_000

InText = Callable[[Sequence[str], Sequence[str]], np.ndarray]
"""Which words have their characters anywhere in the text of some reports: from report_ids and words, of shape (words,)."""


def term_trends(
    terms: ReportTerms, reports: pd.DataFrame, min_n: int, in_text: InText, *, only_found: bool = False
) -> Iterator[pd.DataFrame]:
    """How the rate of each term moves over the years of a region that has reports of at least six: the regions of one name at a
    time.

    With n occurrences of a term among the N words of the reports of a year, its rate is ``x = 10,000 n / N``; reports of one year
    are taken together, years without a report are left out. Of the rates::

        slope   = median over i < j of (x_j - x_i) / (year_j - year_i)       (Theil and Sen; per 10,000 words and year)
        tau     = S / sqrt(M n (n - 1) / 2)                                  (Kendall's tau-b; S and M see `mann_kendall`)

    `slope_low` and `slope_high` bound the slope with 95 % confidence, by the normal approximation (`theil_sen`). A slope
    counts the years of a gap, the test the order of the years alone. A term that most years do not have has slope 0 however it
    rises, as most pairs of years are equal; `per_10k_early` and `per_10k_late`, the rates of the first and the last third of
    the years (rounded up, reports taken together), say more of it.

    `p` is that of `mann_kendall`, two-sided and exact for any number of years and for ties, such as those of years without the
    term; `p_peak` that of `peak_test`. Of the terms with at least `min_n` occurrences those are tested that could be found at all
    (`reportable`, by the smallest p of any order of the term's rates), or all where none could be found alone. `q_bh` and `q_peak` correct each test for their
    number; a region is a family. Of six years the smallest p is 0.003: then nothing is
    found unless more than one term in eighteen rises or falls in every single year.

    What every report says once (the greeting of the 工商联, one indicator) falls in rate as soon as reports grow longer, and rises as they
    shrink: that is news of the reports' length, not of the term. `tau_n` and `p_n` are therefore those of the same test of the
    occurrences per report, ``n`` divided by the reports of the year, and a term moves only where rate and occurrences do: *moves* is
    ``q < 0.05``, ``p_n < 0.05`` and the same sign of both. `p_n` is not corrected: it can only take findings away.

    The shape is the first of these that holds::

        peak      q_peak < 0.05, at least two years on either side of the one with the largest rate, and the rate of this and the
                  years next to it, taken together, is at least twice that of the first third and twice that of the last third;
                  their reports also have it more often, each, than those of either third
        new       moves, S > 0, and no report of the first third has the term, nor its characters anywhere in its text
        gone      moves, S < 0, and no report of the last third has it, likewise
        rising    moves, S > 0
        falling   moves, S < 0
        level     otherwise: nothing was found, which does not show that nothing moved

    Where the years are in random order, the chance that a region has any term with q below 0.05 is some 0.05 for each test. Words
    and phrases are taken over from year to year: what was once said tends to be said again, and such a term rises or falls more often
    than p says. It says that the order of the years matters, not why.

    Parameters
    ----------
    terms : ReportTerms
    reports : DataFrame
        report_id, region, adcode, region_level, year.
    min_n : int
        Occurrences in all reports of a region that a term needs.
    in_text : function
    only_found : bool
        Leave terms out whose shape is level.

    Yields
    ------
    DataFrame
        region, adcode, region_level, term, n_years, first_report, last_report, n, n_years_with, first_year, last_year (with the term),
        per_10k, per_10k_early, per_10k_late, slope, slope_low, slope_high, tau, p, q_bh, p_smallest, tau_n, p_n, peak_year, p_peak,
        q_peak, shape.

    References
    ----------
    Bibliographic data are those in the documentation of scipy.stats.theilslopes; the papers were not read.

    Theil, H. (1950). A rank-invariant method of linear and polynomial regression analysis I, II and III. Nederl. Akad. Wetensch.,
    Proc. 53, 386-392, 521-525, 1397-1412.
    Sen, P. K. (1968). Estimates of the regression coefficient based on Kendall's tau. Journal of the American Statistical
    Association 63, 1379-1389.
    """
    index = {name: i for i, name in enumerate(terms.names)}
    with_words = [name for name, n_words in zip(terms.names, terms.tokens.tolist(), strict=True) if n_words]
    for _, regions in groupby(region_years(reports, with_words), key=lambda region: region.region):
        table = pd.concat([_of_region(terms, region, index, min_n, in_text) for region in regions])
        yield table[table["shape"] != "level"] if only_found else table


def _of_region(
    terms: ReportTerms, region: RegionYears, index: dict[str, int], min_n: int, in_text: InText
) -> pd.DataFrame:
    places, of_year = region.rows(index)
    n_years = len(region.years)
    join = sparse.csr_array((np.ones(len(places), dtype="int64"), (of_year, np.arange(len(places)))))
    counts, sizes = sparse.csc_array(join @ terms.n[places].astype("int64")), join @ terms.tokens[places]
    words = np.flatnonzero(counts.sum(axis=0) >= min_n)
    n = counts[:, words].toarray()
    rates = _PER * n / sizes[:, None]
    s, p, least = mann_kendall(rates)
    tested = reportable(least)
    # Of few years no single term could be found; many that move together still can.
    tested = tested if tested.any() else least < 1
    n, rates, words, s, p, least = n[:, tested], rates[:, tested], words[tested], s[tested], p[tested], least[tested]
    per_report = n / np.bincount(of_year)[:, None]
    s_n, p_n, _ = mann_kendall(per_report)
    peak, p_peak = peak_test(rates)
    q, q_peak = benjamini_hochberg(p), benjamini_hochberg(p_peak)
    third = ceil(n_years / 3)
    early, late = np.arange(third), np.arange(n_years - third, n_years)
    rate_early, rate_late = (_PER * n[some].sum(axis=0) / sizes[some].sum() for some in (early, late))
    vocabulary = terms.vocabulary[words]
    around = np.abs(np.arange(n_years)[:, None] - peak) <= 1
    rate_around = _PER * (n * around).sum(axis=0) / (sizes[:, None] * around).sum(axis=0)
    often_around = (per_report * around).sum(axis=0) / around.sum(axis=0)
    often_outside = np.maximum(per_report[early].mean(axis=0), per_report[late].mean(axis=0))
    inside = (peak >= EDGE) & (peak < n_years - EDGE) & (often_around > often_outside)
    is_peak = inside & (q_peak < MAX_Q) & (rate_around >= PEAK_FACTOR * np.maximum(rate_early, rate_late))
    moves = (q < MAX_Q) & (p_n < MAX_P) & ~is_peak
    rises, falls = moves & (s > 0) & (s_n > 0), moves & (s < 0) & (s_n < 0)
    new = _absent(rises & (rate_early == 0), early, region, vocabulary, in_text)
    gone = _absent(falls & (rate_late == 0), late, region, vocabulary, in_text)
    has = n > 0
    columns: dict[str, Any] = {"term": vocabulary, "n": n.sum(axis=0), "n_years_with": has.sum(axis=0)}
    columns |= {
        "first_year": region.years[has.argmax(axis=0)],
        "last_year": region.years[::-1][has[::-1].argmax(axis=0)],
    }
    columns |= {"per_10k": _PER * n.sum(axis=0) / sizes.sum(), "per_10k_early": rate_early, "per_10k_late": rate_late}
    slopes = theil_sen(rates, region.years)
    columns |= dict(zip(("slope", "slope_low", "slope_high"), slopes, strict=True))
    columns |= {"tau": _tau(s, rates), "p": p, "q_bh": q, "p_smallest": least}
    columns |= {"tau_n": _tau(s_n, per_report), "p_n": p_n}
    columns |= {"peak_year": region.years[peak], "p_peak": p_peak, "q_peak": q_peak}
    columns["shape"] = np.select(
        [is_peak, new, gone, rises, falls], ["peak", "new", "gone", "rising", "falling"], "level"
    )
    return pd.DataFrame(columns).assign(**region.labels)


def _tau(s: np.ndarray, values: np.ndarray) -> np.ndarray:
    """Kendall's tau-b of values and years from its S; 0 where all values are equal."""
    n = len(values)
    pairs = np.sqrt(unequal_pairs(values).astype("float64") * n * (n - 1) / 2)
    tau: np.ndarray = np.divide(s, pairs, out=np.zeros(len(s)), where=pairs > 0)
    return tau


def _absent(
    chosen: np.ndarray, years: np.ndarray, region: RegionYears, vocabulary: np.ndarray, in_text: InText
) -> np.ndarray:
    """Of the chosen words, those whose characters no report of these years has."""
    found = chosen.copy()
    report_ids = [name for year in years for name in region.reports[year]]
    if chosen.any():
        found[chosen] = ~in_text(report_ids, vocabulary[chosen].tolist())
    return found
