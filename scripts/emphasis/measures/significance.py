"""Is a word's rate in one text higher than in another by more than the way paragraphs fall?"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, islice
from math import comb

import numpy as np
from scipy.special import betainc, gammaln

_ENOUGH = 20
"""Draws at least as extreme as what was found after which a word is not followed any further."""
_CELLS = 2_000_000
"""Numbers held at once."""
_SOME = 32
"""Draws after which a word is looked at for the first time."""
_FIRST = 500
"""Draws of the first round, in which most words drop out."""


def permutation_p(
    counts: np.ndarray, sizes: np.ndarray, target: np.ndarray, *, draws: int, rng: np.random.Generator
) -> np.ndarray:
    """Two-sided p of the difference between two rates when paragraphs are dealt out at random.

    With ``a`` occurrences in the target of ``N1`` tokens and ``b`` in the reference of ``N2`` tokens, the statistic is
    ``|a / N1 - b / N2|``. Under the null hypothesis the k paragraphs of the target are any k of the pool: words are not
    independent of each other, paragraphs more nearly are (Lijffijt et al. 2016 show what follows from ignoring this).

    - If there are no more than `draws` ways to choose them, all are tried and p is the share that is at least as extreme.
    - Otherwise ways are drawn one by one until 20 are at least as extreme: ``p = 20 / draws made``; a word that does not
      come to 20 has ``p = (1 + as extreme) / (1 + draws)`` (Besag & Clifford 1991). Either p is valid as it stands.

    `smallest_p` says how small p can get at all.

    Parameters
    ----------
    counts : array of shape (U, V)
        Occurrences by paragraph and word.
    sizes : array of shape (U,)
        Tokens of each paragraph, all above zero.
    target : bool array of shape (U,)
    draws : int
    rng : Generator

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
    # Which of the two sides is dealt makes no difference to the statistic; the smaller is less work.
    drawn = target if 2 * k <= units else ~target
    k = int(drawn.sum())
    # Sums of whole numbers: exact also in single precision.
    own = counts.astype("float32")
    sizes = np.asarray(sizes, dtype="float64")
    difference = _Difference(own.sum(axis=0, dtype="float64"), float(sizes.sum()))
    found = difference(drawn[None, :] @ own, sizes[drawn].sum()[None], np.arange(words))[0] - 1e-12
    exact = comb(units, k) <= draws
    sets = _all_sets(units, k) if exact else _random_sets(units, k, draws, rng)
    p = np.full(words, np.nan)
    open_, extreme, made = np.arange(words), np.zeros(words, dtype="int64"), 0
    for chosen in sets:
        for part in _parts(chosen, units):
            hits = _select(part, units) @ own
            as_extreme = difference(hits, sizes[part].sum(axis=1), open_) >= found[open_]
            running = extreme + np.cumsum(as_extreme, axis=0)
            extreme = running[-1]
            done = np.zeros(len(open_), dtype=bool) if exact else extreme >= _ENOUGH
            if done.any():
                p[open_[done]] = _ENOUGH / (made + 1 + (running[:, done] >= _ENOUGH).argmax(axis=0))
                open_, own, extreme = open_[~done], own[:, ~done], extreme[~done]
            made += len(part)
            if not len(open_):
                break
        if not len(open_):
            break
    p[open_] = extreme / made if exact else (1 + extreme) / (1 + made)
    return p


def smallest_p(units: int, target_units: int, draws: int) -> float:
    """The smallest p that `permutation_p` can give.

    Examples
    --------
    One paragraph against thirty: however odd it is, one in thirty-one would be.

    >>> round(smallest_p(31, 1, 10_000), 4)
    0.0323
    """
    ways = comb(units, target_units)
    return 1 / ways if ways <= draws else 1 / (1 + draws)


def benjamini_hochberg(p: np.ndarray, tests: int | None = None) -> np.ndarray:
    """Benjamini-Hochberg q values of a family of tests: ``q_(i) = min over j >= i of (m / j) p_(j)``, at most 1.

    Reporting what has q < 0.05 keeps the expected share of false reports among the reports below 0.05 (Benjamini &
    Hochberg 1995); when no word differs, that is the probability of any report at all. Missing p stay missing and do not
    count. Tests whose p is 1 may be left out if `tests` says how many there are with them.

    Parameters
    ----------
    p : array of shape (V,), or (T, V) for T families
    tests : int, optional

    References
    ----------
    Bibliographic data, formula and the paper's example agree with the documentation of scipy; the paper was not read.

    Benjamini, Y. & Hochberg, Y. (1995). Controlling the false discovery rate: a practical and powerful approach to
    multiple testing. Journal of the Royal Statistical Society: Series B 57(1), 289-300.
    """
    # Missing p are ordered last, and passed over when the smallest of those behind is looked for.
    order = np.argsort(p, axis=-1, kind="stable")
    m = (~np.isnan(p)).sum(axis=-1, keepdims=True) if tests is None else tests
    raised = np.take_along_axis(p, order, axis=-1) * m / np.arange(1, p.shape[-1] + 1)
    least = np.fmin.accumulate(raised[..., ::-1], axis=-1)[..., ::-1]
    q = np.empty_like(raised)
    np.put_along_axis(q, order, np.minimum(least, 1), axis=-1)
    return q


class _Difference:
    """The statistic for words with so many occurrences in a pool of so many tokens, of many divisions at once."""

    def __init__(self, total: np.ndarray, size: float) -> None:
        self._total, self._size = total, size

    def __call__(self, hits: np.ndarray, n: np.ndarray, words: np.ndarray) -> np.ndarray:
        """``|h / n - (t - h) / (s - n)|`` as ``|h s / (n (s - n)) - t / (s - n)|``."""
        rest = self._size - n
        found = hits * (self._size / (n * rest))[:, None]
        found -= (1 / rest)[:, None] * self._total[words]
        return np.abs(found, out=found)


def _parts(chosen: np.ndarray, units: int) -> Iterator[np.ndarray]:
    """Some sets at a time, few at first: between them the words that need no more are put aside."""
    start, size = 0, _SOME
    while start < len(chosen):
        yield chosen[start : start + size]
        start += size
        size = min(2 * size, max(_CELLS // units, _SOME))


def _select(chosen: np.ndarray, units: int) -> np.ndarray:
    """A row of zeros and ones for each set."""
    rows = np.zeros((len(chosen), units), dtype="float32")
    np.put_along_axis(rows, chosen, 1, axis=1)
    return rows


def _all_sets(units: int, k: int) -> Iterator[np.ndarray]:
    every = combinations(range(units), k)
    while some := list(islice(every, 5_000)):
        yield np.array(some)


def _random_sets(units: int, k: int, draws: int, rng: np.random.Generator) -> Iterator[np.ndarray]:
    """Sets of k paragraphs, `draws` in all, in rounds."""
    size = min(_FIRST, draws)
    while draws:
        yield _random_round(units, k, size, rng)
        draws -= size
        size = min(draws, max(1, _CELLS // max(k, 1)), 5_000)


def _random_round(units: int, k: int, rows: int, rng: np.random.Generator) -> np.ndarray:
    """Sets of k of the paragraphs: drawn with replacement, and whatever came before in its row drawn again."""
    chosen = rng.integers(units, size=(rows, k), dtype=np.int32)
    unsettled = np.arange(rows)
    while len(unsettled):
        ordered = np.sort(chosen[unsettled], axis=1)
        twice = np.zeros(ordered.shape, dtype=bool)
        twice[:, 1:] = ordered[:, 1:] == ordered[:, :-1]
        ordered[twice] = rng.integers(units, size=int(twice.sum()), dtype=np.int32)
        chosen[unsettled] = ordered
        unsettled = unsettled[twice.any(axis=1)]
    return chosen


Number = int | np.ndarray
"""A whole number, or one for each comparison in an array that broadcasts with the words."""


def dealt_p(
    n_target: np.ndarray,
    n_reference: np.ndarray,
    tokens: tuple[Number, Number],
    units: tuple[Number, Number],
    squares: np.ndarray,
) -> np.ndarray:
    """Two-sided p of the difference between two rates when paragraphs are dealt out at random, in closed form.

    With ``a`` and ``b`` occurrences of a word among ``N1`` and ``N2`` tokens, ``x`` its occurrences in a paragraph of ``s``
    tokens, U paragraphs in both texts together and ``r = (a + b) / (N1 + N2)``, let each paragraph fall to the target with
    probability ``pi = N1 / (N1 + N2)``. The deviation of occurrences from r times tokens then has the variance ``V = pi (1 -
    pi) * sum (x - r s)^2``; if words were independent it would be ``B = pi (1 - pi) (a + b)``. The design effect ``d =
    max(1, U / (U - 1) * V / B)`` says how many occurrences are worth one: 1 for a word that stands once here and there, more
    for one that comes in bursts. With I the regularised incomplete beta function, effective counts follow::

        P(c or more)  = I_pi(c / d, (a + b - c) / d + 1)
        P(c or fewer) = 1 - I_pi(c / d + 1, (a + b - c) / d)

    the binomial law at ``c / d`` of ``(a + b) / d`` (design effects: Rao & Scott 1992; effective counts in a binomial law:
    Korn & Graubard 1998). p is the probability of counts as far from ``m = (a + b) pi`` as a is: for ``a >= m`` that of a or
    more plus that of ``2 m - a`` or fewer, for others likewise. It stands for the draws of `permutation_p`, whose cost would
    grow with the square of the number of reports, and is like these meant for words that come in bursts; unlike them it is
    not misled by reports whose paragraphs are longer or shorter than those of others. p is never below ``1 / C(U, k)`` with
    k paragraphs in the target, what one way of dealing among all is worth.

    Parameters
    ----------
    n_target, n_reference : array of shape (V,), or (T, V) for T comparisons
    tokens, units : (int, int), or two arrays of shape (T, 1)
        Tokens and paragraphs of target and reference.
    squares : array of shape (V,)
        ``sum (x - r s)^2`` over the paragraphs of both.

    References
    ----------
    Bibliographic data of the first agree with the R packages PF and CorrBin. That effective counts go into a binomial law the R
    package survey says of the second, whose volume and pages are from memory and not checked. Neither was read.

    Rao, J. N. K. & Scott, A. J. (1992). A simple method for the analysis of clustered binary data. Biometrics 48(2), 577-585.
    Korn, E. L. & Graubard, B. I. (1998). Confidence intervals for proportions with small expected number of positive counts
    estimated from survey data. Survey Methodology 24(2), 193-201.
    """
    a, b, d, pi = _law(n_target, n_reference, tokens, units, squares)
    middle = (a + b) * pi
    above = a >= middle
    mirrored = 2 * middle - a
    # Counts are whole; a rounding error must not move one.
    more = _more(np.where(above, a, np.ceil(mirrored - 1e-9)), a + b, d, pi)
    fewer = _fewer(np.where(above, np.floor(mirrored + 1e-9), a), a + b, d, pi)
    p: np.ndarray = np.clip(more + fewer, smallest_dealt_p(units), 1)
    return p


def one_sided_p(
    n_target: np.ndarray,
    n_reference: np.ndarray,
    tokens: tuple[Number, Number],
    units: tuple[Number, Number],
    squares: np.ndarray,
) -> np.ndarray:
    """The larger part of `dealt_p`, which is never below it but for rounding errors, in a small part of the time.

    The probability of a or more when a is at least m, of a or fewer when it is less.
    """
    a, b, d, pi = _law(n_target, n_reference, tokens, units, squares)
    above = a >= (a + b) * pi
    p: np.ndarray = betainc(np.where(above, a, b) / d, np.where(above, b, a) / d + 1, np.where(above, pi, 1 - pi))
    return p


def _law(
    n_target: np.ndarray,
    n_reference: np.ndarray,
    tokens: tuple[Number, Number],
    units: tuple[Number, Number],
    squares: np.ndarray,
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Occurrences in target and reference, the design effect and the target's share of the tokens."""
    own, other = (np.asarray(n, dtype="float64") for n in tokens)
    every_unit = np.add(*units)
    a, b = n_target.astype("float64"), n_reference.astype("float64")
    d = np.maximum(1, every_unit / np.maximum(every_unit - 1, 1) * squares / (a + b))
    return a, b, d, np.asarray(own / (own + other))


def _more(count: np.ndarray, every: np.ndarray, d: np.ndarray, pi: np.ndarray) -> np.ndarray:
    p = np.where(count <= 0, 1.0, 0.0)
    betainc(count / d, (every - count) / d + 1, pi, out=p, where=(count > 0) & (count <= every))
    return p


def _fewer(count: np.ndarray, every: np.ndarray, d: np.ndarray, pi: np.ndarray) -> np.ndarray:
    p = np.where(count < every, 0.0, 1.0)
    # The complement by symmetry: scipy's betaincc takes several times as long.
    betainc((every - count) / d, count / d + 1, 1 - pi, out=p, where=(count >= 0) & (count < every))
    return p


def smallest_dealt_p(units: tuple[Number, Number]) -> np.ndarray:
    """What one way of dealing is worth: ``1 / C(U, k)``."""
    k, rest = units
    p: np.ndarray = np.exp(gammaln(k + 1) + gammaln(rest + 1) - gammaln(k + rest + 1))
    return p
