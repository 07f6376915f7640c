"""Which words set one text apart from another: effect sizes, tests, and what can be believed of them."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

import numpy as np
import pandas as pd
from scipy.special import xlogy

from emphasis.measures.counts import Paragraphs, Pool
from emphasis.measures.significance import (
    Number,
    benjamini_hochberg,
    dealt_p,
    permutation_p,
    smallest_dealt_p,
    smallest_p,
)

LEVEL = 0.05
"""Share of false reports that is accepted among the reported."""

MOST_DRAWS = 200_000
"""However many words are tested, no more divisions than this."""

PRIOR = 1_000
"""Weight of the prior of the log-odds, in tokens. A choice of this project."""


@dataclass(frozen=True)
class Significance:
    """The choices behind a keyness table.

    Attributes
    ----------
    min_n : int
        Occurrences in target and reference together that a word needs. The rule does not look at where they stand, so it
        leaves the tests valid.
    draws : int
        Most random divisions of the paragraphs, at least as many as let a single word be reported among all tested.
    seed : int
    test : str
        ``draws`` for `permutation_p`, ``closed`` for `dealt_p`, which takes a third of the time.
    """

    min_n: int
    draws: int
    seed: int
    test: str = "draws"


@dataclass(frozen=True)
class Comparison:
    """Two texts that are compared: what kind of comparison, whose, and what stands against what.

    Attributes
    ----------
    comparison : str
        ``section``, ``part``, ``report`` or ``year``.
    report_id, target, reference : str
    """

    comparison: str
    report_id: str
    target: str
    reference: str


def keyness(n_target: np.ndarray, n_reference: np.ndarray, size_target: int, size_reference: int) -> pd.DataFrame:
    """Effect sizes of words in a target against a reference.

    For a word with ``a`` occurrences among the ``N1`` tokens of the target and ``b`` among the ``N2`` of the reference::

        per_10k_target    = 10,000 a / N1                       (likewise the reference)
        log_ratio         = log2( ((a + 0.5) / (N1 + 1)) / ((b + 0.5) / (N2 + 1)) )
        pct_diff          = 100 ((a / N1) / (b / N2) - 1)         missing when b = 0
        g2                = 2 * sum over the four cells of O ln(O / E), with E from the margins
        log_odds_z        = delta / sqrt(1 / (a + w) + 1 / (b + w)), where
          delta           = ln((a + w) / (N1 + A - a - w)) - ln((b + w) / (N2 + A - b - w))
          w               = A (a + b) / (N1 + N2), A = 1,000

    `log_ratio`, which tables are sorted by, is Hardie's with (x + 0.5) / (N + 1) in place of x / N, a choice of this project:
    it stays finite at zero and draws rare words towards 0. +1 is twice the rate, -1 half. `pct_diff` is that of Gabrielatos & Marchi. `g2` is Dunning's likelihood ratio over the
    table word or not x target or reference; a form with the two cells of the word alone, which is in use too, is slightly smaller. It
    grows with the size of the texts and counts words as independent, so it is no test here. `log_odds_z` is Monroe, Colaresi & Quinn's log-odds with an informative Dirichlet prior, which is taken
    from target and reference together and weighs 1,000 tokens (a choice of this project). All but `g2` are negative for
    words that the target uses less.

    Parameters
    ----------
    n_target, n_reference : array of shape (V,)
        Occurrences; at least one of the two is above zero.
    size_target, size_reference : int
        Tokens.

    Returns
    -------
    DataFrame
        n_target, n_reference, per_10k_target, per_10k_reference, log_ratio, pct_diff, g2, log_odds_z.

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
    return pd.DataFrame(effects(n_target, n_reference, size_target, size_reference))


def effects(
    n_target: np.ndarray, n_reference: np.ndarray, size_target: Number, size_reference: Number
) -> dict[str, np.ndarray]:
    """The columns of `keyness`; the sizes may differ from word to word."""
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
    return {
        "n_target": n_target.astype("int64"),
        "n_reference": n_reference.astype("int64"),
        "per_10k_target": 10_000 * rate_a,
        "per_10k_reference": 10_000 * rate_b,
        "log_ratio": np.log2((a + 0.5) / (size_target + 1)) - np.log2((b + 0.5) / (size_reference + 1)),
        "pct_diff": difference,
        "g2": np.maximum(g2, 0),
        "log_odds_z": np.log(odds_a / odds_b) / np.sqrt(1 / (a + w) + 1 / (b + w)),
    }


def compare(
    paragraphs: Paragraphs, target: np.ndarray, comparison: Comparison, significance: Significance
) -> tuple[pd.DataFrame, dict[str, object]]:
    """The keywords of one comparison and what the comparison as a whole can be believed for.

    Every word with at least `min_n` occurrences in both texts together is tested, those that the target lacks among them; `q_bh`
    corrects for their number (see `permutation_p` and `benjamini_hochberg`).

    Parameters
    ----------
    paragraphs : Paragraphs
        Target and reference together.
    target : bool array of shape (U,)
        Which paragraphs are the target's; the others are the reference.

    Returns
    -------
    DataFrame
        The columns of keyness.csv.
    dict
        A row of keyness_comparisons.csv.
    """
    tested = test(
        paragraphs.pool(np.arange(len(target)), significance.min_n), target[None, :], [comparison], significance
    )
    table = pd.DataFrame(tested.columns(np.ones(tested.p.shape, dtype=bool)))
    terms = {"term": paragraphs.vocabulary[table.pop("word")]}
    return table.assign(**terms, **vars(comparison)), vars(comparison) | tested.verdicts()[0]


@dataclass(frozen=True)
class Tests:
    """Tests of W words in T comparisons of one pool: arrays of shape (T, W), or (T, 1) for what all words share.

    Attributes
    ----------
    word : array of shape (W,)
        Places in the vocabulary.
    n_target, n_reference, range_target : array of int, shape (T, W)
    p, q : array of shape (T, W)
    tokens, units : two arrays of int, shape (T, 1)
        Of target and reference.
    floor : array of shape (T, 1)
        The smallest p that a word can have.
    """

    word: np.ndarray
    n_target: np.ndarray
    n_reference: np.ndarray
    range_target: np.ndarray
    p: np.ndarray
    q: np.ndarray
    tokens: tuple[np.ndarray, np.ndarray]
    units: tuple[np.ndarray, np.ndarray]
    floor: np.ndarray

    def columns(self, kept: np.ndarray) -> dict[str, np.ndarray]:
        """The rows of keyness.csv where `kept`, of shape (T, W), is true, one comparison after the other."""
        comparison, word = np.nonzero(kept)
        sizes = (n[comparison, 0] for n in self.tokens)
        return effects(self.n_target[kept], self.n_reference[kept], *sizes) | {
            "p_permutation": self.p[kept],
            "q_bh": self.q[kept],
            "range_target": self.range_target[kept],
            "word": self.word[word],
        }

    def verdicts(self) -> list[dict[str, object]]:
        """The verdict on each comparison."""
        found = (self.q < LEVEL).sum(axis=1).tolist()
        units, tokens = (zip(*(n[:, 0].tolist() for n in both), strict=True) for both in (self.units, self.tokens))
        rows = zip(found, units, tokens, self.floor[:, 0].tolist(), strict=True)
        return [verdict(n, len(self.word), own_units, own, floor) for n, own_units, own, floor in rows]


def test(pool: Pool, targets: np.ndarray, comparisons: Sequence[Comparison], significance: Significance) -> Tests:
    """Test each word of a pool in several comparisons; see `compare`.

    Parameters
    ----------
    pool : Pool
    targets : bool array of shape (T, U)
        Which paragraphs are the target's in each comparison.
    comparisons : sequence of T Comparison
    significance : Significance
    """
    counts, inside = pool.counts, targets.astype("float64")
    total, present = counts.sum(axis=0), (counts > 0).astype("float64")
    # Sums of whole numbers, exact in whatever order they are made.
    sums = [(inside @ values).astype("int64") for values in (counts, present, pool.sizes[:, None])]
    n_target, range_target, size_target = sums
    n_reference = total.astype("int64") - n_target
    tokens = size_target, pool.sizes.sum() - size_target
    own_units = targets.sum(axis=1, keepdims=True)
    units = own_units, targets.shape[1] - own_units
    if significance.test == "closed":
        rate = total / max(int(pool.sizes.sum()), 1)
        squares = (counts**2).sum(axis=0) - 2 * rate * (pool.sizes @ counts)
        squares += rate**2 * (pool.sizes.astype("float64") ** 2).sum()
        p, floor = dealt_p(n_target, n_reference, tokens, units, squares), smallest_dealt_p(units)
    else:
        draws = _draws(len(total), significance)
        p, floor = np.empty(n_target.shape), np.empty(own_units.shape)
        for i, comparison in enumerate(comparisons):
            rng = np.random.default_rng([significance.seed, _number(comparison)])
            p[i] = permutation_p(counts, pool.sizes, targets[i], draws=draws, rng=rng)
            floor[i] = smallest_p(targets.shape[1], int(own_units[i, 0]), draws)
    return Tests(pool.word, n_target, n_reference, range_target, p, benjamini_hochberg(p), tokens, units, floor)


def verdict(
    found: int, tested: int, units: tuple[int, int], tokens: tuple[int, int], floor: float
) -> dict[str, object]:
    """What a comparison can be believed for: the columns of keyness_comparisons.csv.

    Parameters
    ----------
    found, tested : int
        Words.
    units, tokens : (int, int)
        Paragraphs and tokens of target and reference.
    floor : float
        The smallest p that a word can have.
    """
    # What a single word's p must not exceed if it is to be reported alone.
    needed = LEVEL / max(tested, 1)
    return {
        "units_target": units[0],
        "units_reference": units[1],
        "tokens_target": tokens[0],
        "tokens_reference": tokens[1],
        "n_tested": tested,
        "p_smallest": floor,
        "p_needed": needed,
        "n_found": found,
        "verdict": "found" if found else "none" if floor <= needed else "undecidable",
    }


def _draws(words: int, significance: Significance) -> int:
    """One word's p has to be able to fall below `LEVEL` divided by the number of words."""
    return min(max(significance.draws, ceil(words / LEVEL)), MOST_DRAWS)


def _number(comparison: Comparison) -> int:
    """A number that depends on the comparison alone: its draws are the same in whatever batch it is made."""
    name = "\n".join(vars(comparison).values())
    return int.from_bytes(hashlib.blake2b(name.encode(), digest_size=8).digest())
