"""Do the rates of a word in two texts differ by more than chance? Two tests with paragraphs as units, and q values."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, islice
from math import comb

import numpy as np
from scipy.special import betainc

from emphasis.measures.testability import IntOrArray, Sizes, one_division_p

_EXTREME_ENOUGH = 20
"""A word is settled once this many divisions are at least as extreme as the observed one."""
_MAX_CELLS = 2_000_000
"""Numbers held in memory at once."""
_FIRST_BLOCK = 32
"""Divisions after which words are first checked for being settled."""
_FIRST_ROUND = 500
"""Divisions made in the first round, which settles most words."""


def permutation_p(
    counts: np.ndarray, sizes: np.ndarray, target: np.ndarray, *, draws: int, rng: np.random.Generator
) -> np.ndarray:
    """Two-sided p of the difference between two rates under random division of the paragraphs.

    With ``x`` occurrences of a word in a paragraph of ``s`` tokens, the rate r of the word in both texts together, and ``N1``
    and ``N2`` tokens in target and reference, the statistic is ``|sum (x - r s)| / sqrt(N1 N2)``, the sum being over the
    paragraphs of the target. Under the null hypothesis the k paragraphs of the target are any k of the pool: words are not
    independent of each other, paragraphs more nearly are (Lijffijt et al. 2016 show what follows from ignoring this).

    Paragraphs are of unequal length, and a target may have the long ones or the short ones. A difference of rates is then
    judged by divisions that vary less or more than itself, and so is the sum alone; divided by ``sqrt(N1 N2)`` of each
    division, words of constant rate vary alike in all. Measured with such words over the paragraphs of 26 reports, in 262
    divisions of parts and sections, the share of p below 0.05 is 0.04 to 0.06 among targets of long, of short and of mixed
    paragraphs (single divisions: at most 0.08); with the difference of rates it is 0.00 to 0.07 (0.13), with the sum alone
    0.03 to 0.15 (0.16).

    - If there are no more than `draws` ways to choose them, all are tried and p is the share that is at least as extreme.
    - Otherwise divisions are made at random, one by one, until 20 are at least as extreme: ``p = 20 / divisions made``; a word
      that does not reach 20 has ``p = (1 + as extreme) / (1 + draws)`` (Besag & Clifford 1991). Both are valid p values.

    `emphasis.measures.testability.smallest_permutation_p` says which words are worth testing.

    Parameters
    ----------
    counts : array of shape (U, V)
        Occurrences by paragraph and word.
    sizes, target : array of shape (U,)
        Tokens of each paragraph, all above zero, and which paragraphs are the target's.
    draws : int
        Random divisions at most.

    Returns
    -------
    array of shape (V,)
        Missing (nan) when one side has no paragraph.

    References
    ----------
    Bibliographic data agree with the repository of the University of Helsinki and the R package MChtest, both forms of p with
    other programs that cite Besag & Clifford; the papers were not read. Lijffijt et al. take texts as independent; taking
    paragraphs is this project's choice.

    Lijffijt, J., Nevalainen, T., Säily, T., Papapetrou, P., Puolamäki, K. & Mannila, H. (2016). Significance testing of
    word frequencies in corpora. Digital Scholarship in the Humanities 31(2), 374-397.
    Besag, J. & Clifford, P. (1991). Sequential Monte Carlo p-values. Biometrika 78(2), 301-304.
    """
    units, words = counts.shape
    k = int(target.sum())
    if k in (0, units):
        return np.full(words, np.nan)
    # The statistic is the same whichever side is chosen at random; the smaller one is less work.
    side = target if 2 * k <= units else ~target
    k = int(side.sum())
    # Sums of whole numbers are exact even in single precision.
    own = counts.astype("float32")
    sizes = np.asarray(sizes, dtype="float64")
    total, size = own.sum(axis=0, dtype="float64"), float(sizes.sum())
    observed = _deviations(side[None, :] @ own, sizes[side].sum()[None], total, size)[0] - 1e-12
    exact = comb(units, k) <= draws
    sets = _all_sets(units, k) if exact else _random_sets(units, k, draws, rng)
    p = np.full(words, np.nan)
    open_, extreme, made = np.arange(words), np.zeros(words, dtype="int64"), 0
    for block in (block for chosen in sets for block in _growing_blocks(chosen, units)):
        deviations = _deviations(_indicators(block, units) @ own, sizes[block].sum(axis=1), total[open_], size)
        running = extreme + np.cumsum(deviations >= observed[open_], axis=0)
        extreme = running[-1]
        settled = np.zeros(len(open_), dtype=bool) if exact else extreme >= _EXTREME_ENOUGH
        if settled.any():
            before = (running[:, settled] >= _EXTREME_ENOUGH).argmax(axis=0)
            p[open_[settled]] = _EXTREME_ENOUGH / (made + 1 + before)
            open_, own, extreme = open_[~settled], own[:, ~settled], extreme[~settled]
        made += len(block)
        if not len(open_):
            break
    p[open_] = extreme / made if exact else (1 + extreme) / (1 + made)
    return p


def benjamini_hochberg(p: np.ndarray, tests: int | None = None) -> np.ndarray:
    """Benjamini-Hochberg q values of a family of tests: ``q_(i) = min over j >= i of (m / j) p_(j)``, at most 1.

    Reporting words with q < 0.05 keeps the expected share of false reports among all reports below 0.05 (Benjamini &
    Hochberg 1995); when no word differs, this is the probability of reporting any word at all. Missing p stay missing and do
    not count. Tests with p = 1 may be left out if `tests` gives their number including these.

    Parameters
    ----------
    p : array of shape (V,), or (T, V) for T families
    tests : int, optional

    References
    ----------
    Bibliographic data agree with the documentation of scipy and of the R package alpha.correction.bh, formula and the paper's
    example with that of scipy; the paper was not read.

    Benjamini, Y. & Hochberg, Y. (1995). Controlling the false discovery rate: a practical and powerful approach to
    multiple testing. Journal of the Royal Statistical Society: Series B 57(1), 289-300.
    """
    # Missing p are sorted last, and `fmin` skips them when the running minimum is taken from the end.
    order = np.argsort(p, axis=-1, kind="stable")
    m = (~np.isnan(p)).sum(axis=-1, keepdims=True) if tests is None else tests
    raised = np.take_along_axis(p, order, axis=-1) * m / np.arange(1, p.shape[-1] + 1)
    least = np.fmin.accumulate(raised[..., ::-1], axis=-1)[..., ::-1]
    q = np.empty_like(raised)
    np.put_along_axis(q, order, np.minimum(least, 1), axis=-1)
    return q


def _deviations(hits: np.ndarray, n: np.ndarray, total: np.ndarray, size: float) -> np.ndarray:
    """``|h - n t / s| / sqrt(n (s - n))`` for each division and word."""
    scale = 1 / np.sqrt(n * (size - n))
    found = hits * scale[:, None]
    found -= (scale * n / size)[:, None] * total
    return np.abs(found, out=found)


def _growing_blocks(chosen: np.ndarray, units: int) -> Iterator[np.ndarray]:
    """The sets in blocks that double in size: settled words drop out after each, most of them after the first."""
    start, size = 0, _FIRST_BLOCK
    while start < len(chosen):
        yield chosen[start : start + size]
        start += size
        size = min(2 * size, max(_MAX_CELLS // units, _FIRST_BLOCK))


def _indicators(chosen: np.ndarray, units: int) -> np.ndarray:
    """The sets as rows of zeros and ones, shape (sets, units)."""
    rows = np.zeros((len(chosen), units), dtype="float32")
    np.put_along_axis(rows, chosen, 1, axis=1)
    return rows


def _all_sets(units: int, k: int) -> Iterator[np.ndarray]:
    every = combinations(range(units), k)
    while some := list(islice(every, 5_000)):
        yield np.array(some)


def _random_sets(units: int, k: int, draws: int, rng: np.random.Generator) -> Iterator[np.ndarray]:
    """Random sets of k paragraphs, `draws` in all, in rounds."""
    size = min(_FIRST_ROUND, draws)
    while draws:
        yield _random_round(units, k, size, rng)
        draws -= size
        size = min(draws, max(1, _MAX_CELLS // max(k, 1)), 5_000)


def _random_round(units: int, k: int, rows: int, rng: np.random.Generator) -> np.ndarray:
    """Sets of k different paragraphs, one a row: sampled with replacement, then repetitions within a row are sampled again.

    With k = 3, a row 4 7 4 is sorted to 4 4 7, its second 4 is replaced, say by 9, and 4 9 7 is kept.
    """
    chosen = rng.integers(units, size=(rows, k), dtype=np.int32)
    unsettled = np.arange(rows)
    while len(unsettled):
        ordered = np.sort(chosen[unsettled], axis=1)
        repeated = np.zeros(ordered.shape, dtype=bool)
        repeated[:, 1:] = ordered[:, 1:] == ordered[:, :-1]
        ordered[repeated] = rng.integers(units, size=int(repeated.sum()), dtype=np.int32)
        chosen[unsettled] = ordered
        unsettled = unsettled[repeated.any(axis=1)]
    return chosen


def closed_form_p(
    n_target: np.ndarray,
    n_reference: np.ndarray,
    tokens: Sizes,
    units: Sizes,
    squares: np.ndarray,
    *,
    where: np.ndarray | bool = True,
) -> np.ndarray:
    """Two-sided p of the difference between two rates under random division of the paragraphs, in closed form.

    With ``a`` and ``b`` occurrences of a word among ``N1`` and ``N2`` tokens, ``x`` its occurrences in a paragraph of ``s``
    tokens, U paragraphs in both texts together and ``r = (a + b) / (N1 + N2)``, let each paragraph fall to the target with
    probability ``pi = N1 / (N1 + N2)``. The deviation of occurrences from r times tokens then has the variance ``V = pi (1 -
    pi) * sum (x - r s)^2``; if words were independent it would be ``B = pi (1 - pi) (a + b)``. The design effect ``d =
    max(1, U / (U - 1) * V / B)`` says how many occurrences are worth one: 1 for a word that occurs once here and there, more
    for one that comes in bursts. With I the regularised incomplete beta function, effective counts follow::

        P(c or more)  = I_pi(c / d, (a + b - c) / d + 1)
        P(c or fewer) = 1 - I_pi(c / d + 1, (a + b - c) / d)

    the binomial law at ``c / d`` of ``(a + b) / d`` (design effects: Rao & Scott 1992; effective counts in a binomial law:
    Korn & Graubard 1998). p is the probability of counts as far from ``m = (a + b) pi`` as a is: for ``a >= m`` that of a or
    more plus that of ``2 m - a`` or fewer, for others likewise; the probability of the two counts themselves is taken by half
    (mid-p, Lancaster 1961), without which the test finds half of what its level allows. A count within 1/2 of m has p = 1. p is
    never below `one_division_p`.

    It replaces the divisions of `permutation_p`, whose cost would grow with the square of the number of reports. Measured with
    words of constant rate and words that come in bursts over the paragraphs of 26 reports, the share of p below 0.05 is 0.04 to
    0.05 for words that occur 25 times or more, and 0.03 for those that occur six times.

    Parameters
    ----------
    n_target, n_reference : array of shape (V,), or (T, V) for T comparisons
    tokens, units : (int, int), or two arrays of shape (T, 1)
        Tokens and paragraphs of target and reference.
    squares : array of shape (V,)
        ``sum (x - r s)^2`` over the paragraphs of both.
    where : bool array of the shape of `n_target`, optional
        Which p are wanted; others are missing (nan). They take nearly all of the time.

    References
    ----------
    Bibliographic data of the first agree with the R packages PF and CorrBin, those of the second with the Stata programs of
    Biostat Global and other programs that cite it, those of the third with a program for 2 x 2 tables in Python and one in
    Rust; that the second puts effective counts into a binomial law is said by the R package survey. None was read.

    Rao, J. N. K. & Scott, A. J. (1992). A simple method for the analysis of clustered binary data. Biometrics 48(2), 577-585.
    Korn, E. L. & Graubard, B. I. (1998). Confidence intervals for proportions with small expected number of positive counts
    estimated from survey data. Survey Methodology 24(2), 193-201.
    Lancaster, H. O. (1961). Significance tests in discrete distributions. Journal of the American Statistical Association
    56(294), 223-234.
    """
    a, b, d, pi = _with_design_effect(n_target, n_reference, tokens, units, squares)
    expected = (a + b) * pi
    above = a >= expected
    mirrored = 2 * expected - a
    # The mirrored count is rounded away from the expected one; a rounding error must not move a whole count.
    upper = _mid_tail(np.where(above, a, np.ceil(mirrored - 1e-9)), a + b, d, pi, where)
    # The lower tail by symmetry, as counts of what is left.
    lower = _mid_tail(a + b - np.where(above, np.floor(mirrored + 1e-9), a), a + b, d, 1 - pi, where)
    p: np.ndarray = np.clip(upper + lower, one_division_p(units), 1)
    p[np.abs(a - expected) <= 1 / 2] = 1
    return np.where(where, p, np.nan)


def one_tailed_p(
    n_target: np.ndarray, n_reference: np.ndarray, tokens: Sizes, units: Sizes, squares: np.ndarray
) -> np.ndarray:
    """A lower bound of `closed_form_p` in a fraction of the time, apart from rounding errors.

    Half the probability of a or more when a is at least m, of a or fewer when it is less.
    """
    a, b, d, pi = _with_design_effect(n_target, n_reference, tokens, units, squares)
    above = a >= (a + b) * pi
    p: np.ndarray = betainc(np.where(above, a, b) / d, np.where(above, b, a) / d + 1, np.where(above, pi, 1 - pi)) / 2
    return p


def design_effect(n: np.ndarray, squares: np.ndarray, units: IntOrArray) -> np.ndarray:
    """How many occurrences of a word are worth one: ``max(1, U / (U - 1) * sum (x - r s)^2 / n)``; see `closed_form_p`.

    n are its occurrences in both texts, U = `units` their paragraphs.
    """
    found: np.ndarray = np.maximum(1, units / np.maximum(np.subtract(units, 1), 1) * squares / n)
    return found


def _with_design_effect(
    n_target: np.ndarray, n_reference: np.ndarray, tokens: Sizes, units: Sizes, squares: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Occurrences in target and reference, the design effect and the target's share of the tokens."""
    own, other = (np.asarray(n, dtype="float64") for n in tokens)
    a, b = n_target.astype("float64"), n_reference.astype("float64")
    return a, b, design_effect(a + b, squares, np.add(*units)), np.asarray(own / (own + other))


def _mid_tail(
    count: np.ndarray, every: np.ndarray, d: np.ndarray, pi: np.ndarray, where: np.ndarray | bool
) -> np.ndarray:
    """The probability of more than `count` of `every` occurrences and half that of `count`, where wanted; counts may lie outside."""
    p = np.where(count < 0, 2.0, 0.0)
    p += _beta(count / d, (every - count) / d + 1, pi, where & (count > 0) & (count <= every)) + (count == 0)
    p += _beta(count / d + 1, (every - count) / d, pi, where & (count >= 0) & (count < every))
    return p / 2


def _beta(a: np.ndarray, b: np.ndarray, x: np.ndarray, where: np.ndarray) -> np.ndarray:
    """The regularised incomplete beta function where it is wanted, 0 elsewhere."""
    p = np.zeros(np.broadcast_shapes(a.shape, np.shape(x)))
    betainc(a, b, x, out=p, where=where)
    return p
