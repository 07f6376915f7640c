"""Effect sizes of words: how much more one text uses them than another."""

from __future__ import annotations

import numpy as np
from scipy.special import xlogy

from emphasis.measures.testability import IntOrArray

PRIOR = 1_000
"""Weight of the prior of `log_odds_z`, in tokens. A choice of this project."""

PRIOR_OCCURRENCES = 10
"""Weight of the prior of `log_odds`, in occurrences of the word. A choice of this project."""


def effect_sizes(
    n_target: np.ndarray, n_reference: np.ndarray, size_target: IntOrArray, size_reference: IntOrArray
) -> dict[str, np.ndarray]:
    """Effect sizes of words in a target against a reference.

    For a word with ``a`` occurrences among the ``N1`` tokens of the target and ``b`` among the ``N2`` of the reference::

        per_10k_target    = 10,000 a / N1                       (likewise the reference)
        log_ratio         = log2( ((a + 0.5) / (N1 + 1)) / ((b + 0.5) / (N2 + 1)) )
        pct_diff          = 100 ((a / N1) / (b / N2) - 1)         missing when b = 0
        g2                = 2 * sum over the four cells of O ln(O / E), with E from the margins
        log_odds_z        = delta / sqrt(1 / (a + w) + 1 / (b + w)), where
          delta           = ln((a + w) / (N1 + A - a - w)) - ln((b + w) / (N2 + A - b - w))
          w               = A (a + b) / (N1 + N2), A = 1,000
        log_odds          = log2( (a + w1) / (s N1 - a - w1) ) - log2( (b + w2) / (s N2 - b - w2) ), where
          w1, w2          = 10 N1 / (N1 + N2), 10 N2 / (N1 + N2)
          s               = 1 + 10 / (a + b)

    `log_odds`, which tables are sorted by, is the effect after ten more occurrences of the word at its common rate, split
    between the two texts by their size, with as many other words as belong to them: +1 is twice the odds, -1 half, and a word
    with few occurrences is drawn towards 0. It is the log-odds of Monroe, Colaresi & Quinn with a Dirichlet prior that weighs
    ten occurrences of each word, where 1,000 tokens are next to no prior for a rare word. Ten is a choice of this project, made
    by reading lists: with none, words of one place come first, with a hundred the words that every section has.

    `log_ratio` is Hardie's with (x + 0.5) / (N + 1) in place of x / N, a choice of this project: it stays finite at zero. +1 is
    twice the rate, -1 half. `pct_diff` is that of Gabrielatos & Marchi. `g2` is Dunning's likelihood ratio over the table word
    or not x target or reference; a form with the two cells of the word alone, which is in use too, is slightly smaller. It
    grows with the size of the texts and counts words as independent, so it is no test here. `log_odds_z` is the log-odds of
    Monroe, Colaresi & Quinn by their standard error, with an informative Dirichlet prior that is taken from target and
    reference together and weighs 1,000 tokens (a choice of this project). All but `g2` are negative for words that the target
    uses less.

    Parameters
    ----------
    n_target, n_reference : array of shape (V,)
        Occurrences; at least one of the two is above zero.
    size_target, size_reference : int, or an array with one for each word
        Tokens.

    Returns
    -------
    dict of arrays of shape (V,)
        n_target, n_reference, per_10k_target, per_10k_reference, log_odds, log_ratio, pct_diff, g2, log_odds_z.

    References
    ----------
    Bibliographic data and formulas agree with other programs that cite them (keyperm and tidylo in R, Wordless, the page of
    CASS, FightingWords in Python); the publications were not read.

    Dunning, T. (1993). Accurate methods for the statistics of surprise and coincidence. Computational Linguistics 19(1),
    61-74.
    Hardie, A. (2014). Log Ratio: an informal introduction. ESRC Centre for Corpus Approaches to Social Science (CASS).
    Gabrielatos, C. & Marchi, A. (2012). Keyness: appropriate metrics and practical issues. CADS International Conference,
    University of Bologna, 13-14 September.
    Monroe, B. L., Colaresi, M. P. & Quinn, K. M. (2008). Fightin' words: lexical feature selection and evaluation for
    identifying the content of political conflict. Political Analysis 16(4), 372-403.
    """
    a, b = n_target.astype("float64"), n_reference.astype("float64")
    rate_a, rate_b = a / size_target, b / size_reference
    both, total = a + b, size_target + size_reference
    rest = total - both
    cells = [(a, both, size_target), (b, both, size_reference)]
    cells += [(size_target - a, rest, size_target), (size_reference - b, rest, size_reference)]
    g2 = 2 * sum(xlogy(o, o) - xlogy(o, np.maximum(row * side / total, 1e-300)) for o, row, side in cells)
    w = PRIOR * both / total
    odds_a, odds_b = (a + w) / (size_target + PRIOR - a - w), (b + w) / (size_reference + PRIOR - b - w)
    with np.errstate(divide="ignore", invalid="ignore"):
        difference = np.where(b > 0, 100 * (rate_a / rate_b - 1), np.nan)
    shrunken_a, shrunken_b = (
        _shrunken_odds(n, size, both, total) for n, size in ((a, size_target), (b, size_reference))
    )
    return {
        "n_target": n_target.astype("int64"),
        "n_reference": n_reference.astype("int64"),
        "per_10k_target": 10_000 * rate_a,
        "per_10k_reference": 10_000 * rate_b,
        "log_odds": np.log2(shrunken_a / shrunken_b),
        "log_ratio": np.log2((a + 0.5) / (size_target + 1)) - np.log2((b + 0.5) / (size_reference + 1)),
        "pct_diff": difference,
        "g2": np.maximum(g2, 0),
        "log_odds_z": np.log(odds_a / odds_b) / np.sqrt(1 / (a + w) + 1 / (b + w)),
    }


def _shrunken_odds(n: np.ndarray, size: IntOrArray, both: np.ndarray, total: IntOrArray) -> np.ndarray:
    added = PRIOR_OCCURRENCES * size / total
    odds: np.ndarray = (n + added) / ((1 + PRIOR_OCCURRENCES / both) * size - n - added)
    return odds
