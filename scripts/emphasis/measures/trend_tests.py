"""Tests of whether values rise, fall or peak over years: exact for any number of years and for ties."""

from __future__ import annotations

from functools import cache, lru_cache

import numpy as np

_CELLS = 2_000_000
"""Slopes that are in memory at once."""
_Z = 1.959963984540054
"""Of the normal distribution, 2.5 % lie above."""


def mann_kendall(values: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Kendall's S of values against time, its exact two-sided p, and the smallest p that these values could have.

    With values ``x_1 ... x_n`` in the order of time::

        S = sum over i < j of sign(x_j - x_i)

    Under the null hypothesis all orders of the n values are equally likely. S is then ``M - 2 I``, with M pairs of unequal values
    and I the number of inversions, pairs of which the earlier is the larger. If values that are equal are put in group by group, the
    larger ones among the smaller, the inversions that the groups add are independent, and those of one of t values among m have the
    distribution of the U of Mann and Whitney for samples of t and m. p is ``P(|S| as large or larger)``.

    Time counts as an order: years without a value are no gaps. Where values resemble those of the year before, p is too small: of
    simulated series of 10, 20 and 45 years without a trend whose values have a correlation of 0.3 from year to year, 10, 13 and 14 % have p below
    0.05.

    Parameters
    ----------
    values : array of shape (n, W)
        n >= 1 values of W series.

    Returns
    -------
    three arrays of shape (W,)
        S, p, the smallest p of any order of the values; both p are 1 where all values are equal.

    References
    ----------
    `scipy.stats.kendalltau` has the exact distribution without ties only, and with ties a normal approximation; rates of terms
    have many ties at zero. Bibliographic data of the first agree in the R
    packages emon and precintcon and elsewhere, those of the second are as emon has them; neither was read.

    Mann, H. B. (1945). Nonparametric tests against trend. Econometrica 13(3), 245-259.
    Kendall, M. G. (1975). Rank correlation methods (4th ed.). Charles Griffin, London.

    Examples
    --------
    Of the 24 orders of four values 1 2 3 4 is one of two extreme ones; 0 0 0 5 can be ordered in four ways.

    >>> s, p, least = mann_kendall(np.array([[1, 0], [2, 0], [3, 0], [4, 5]]))
    >>> s.tolist(), p.round(4).tolist(), least.round(4).tolist()
    ([6, 3], [0.0833, 0.5], [0.0833, 0.5])
    """
    s = _kendall_s(values)
    groups, which = _tie_groups(values)
    tails = [_two_sided(own) for own in groups]
    p = np.array([tails[i][abs(own)] for i, own in zip(which.tolist(), s.tolist(), strict=True)], dtype="float64")
    least = np.array([own[-1] for own in tails], dtype="float64")[which]
    return s, p, least


def unequal_pairs(values: np.ndarray) -> np.ndarray:
    """The number of pairs of unequal values in each series of an array of shape (n, W): the M of `mann_kendall`, shape (W,).

    Examples
    --------
    >>> unequal_pairs(np.array([[1, 0], [2, 0], [3, 0], [4, 5]])).tolist()
    [6, 3]
    """
    groups, which = _tie_groups(values)
    n = len(values)
    found = [(n * (n - 1) - sum(t * (t - 1) for t in own)) // 2 for own in groups]
    return np.asarray(np.array(found, dtype="int64")[which])


def peak_test(values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Where the largest value of each series stands, and the one-sided p of values that rise up to it and fall from it.

    With the largest value (the first of them) at k, and I the inversions as in `mann_kendall`, the statistic is the umbrella
    statistic of Mack and Wolfe with its peak at k, as the number of pairs that are out of order::

        A = I(x_1 ... x_(k-1)) + I(x_n ... x_(k+1))

    Given where the largest value stands and which values are before and after it, all orders of either side are equally likely
    under the null hypothesis, so that A is a sum of two independent numbers of inversions, and ``p = P(A as small or smaller)``.

    Parameters
    ----------
    values : array of shape (n, W)

    Returns
    -------
    two arrays of shape (W,)
        Places from 0; p.

    References
    ----------
    Bibliographic data are those in the documentation of a program for periodic time series; that the statistic is Mack and
    Wolfe's is said by the R packages PMCMRplus and NSM3. The paper was not read. The
    condition on the largest value is this project's, in place of a table for an unknown peak.

    Mack, G. A. & Wolfe, D. A. (1981). K-sample rank tests for umbrella alternatives. Journal of the American Statistical
    Association 76(373), 175-181.

    Examples
    --------
    Before the 9 stand 1 2 3, one of 6 orders; after it 8 7, one of 2.

    >>> k, p = peak_test(np.array([[1], [2], [3], [9], [8], [7]]))
    >>> k.tolist(), p.round(4).tolist()
    ([3], [0.0833])
    """
    peak = values.argmax(axis=0)
    p = np.ones(values.shape[1])
    for k in np.unique(peak).tolist():
        own = np.flatnonzero(peak == k)
        sides = [values[:k, own], values[:k:-1, own]]
        rises = np.add(*map(_kendall_s, sides)).tolist()
        groups = [[distinct[i] for i in which.tolist()] for distinct, which in map(_tie_groups, sides)]
        p[own] = [_umbrella_p(before, after, s) for before, after, s in zip(*groups, rises, strict=True)]
    return peak, p


def theil_sen(values: np.ndarray, years: np.ndarray) -> np.ndarray:
    """The slope of Theil and Sen of each series, with its 95 % bounds: what `scipy.stats.theilslopes` gives, for all series at once.

    With the N slopes of all pairs of years in order, and the variance of Kendall's S with g groups of t equal values among n::

        slope = median of (x_j - x_i) / (year_j - year_i) over i < j
        V     = (n (n - 1) (2 n + 5) - sum over g of t (t - 1) (2 t + 5)) / 18

    the bounds are the slopes at the places ``(N - 1.96 sqrt(V)) / 2`` and ``(N + 1.96 sqrt(V)) / 2 + 1``, rounded to whole numbers.

    Parameters
    ----------
    values : array of shape (n, W)
    years : array of shape (n,)
        Ascending, without repetitions.

    Returns
    -------
    array of shape (3, W)
        Slope, lower and upper bound.

    Examples
    --------
    >>> theil_sen(np.array([[1.0], [2.0], [4.0]]), np.array([2000, 2001, 2003])).ravel().tolist()
    [1.0, 1.0, 1.0]
    """
    i, j = np.triu_indices(len(years), 1)
    found = np.empty((3, values.shape[1]))
    n, size = len(years), max(1, _CELLS // max(len(i), 1))
    for start in range(0, values.shape[1], size):
        own = values[:, start : start + size]
        slopes = np.sort((own[j] - own[i]) / (years[j] - years[i])[:, None], axis=0)
        groups, which = _tie_groups(own)
        ties = np.array([sum(t * (t - 1) * (2 * t + 5) for t in some) for some in groups], dtype="int64")[which]
        half = _Z * np.sqrt((n * (n - 1) * (2 * n + 5) - ties) / 18) / 2
        low = np.maximum(np.rint(len(i) / 2 - half).astype("int64") - 1, 0)
        high = np.minimum(np.rint(len(i) / 2 + half).astype("int64"), len(i) - 1)
        column = np.arange(own.shape[1])
        found[:, start : start + size] = np.median(slopes, axis=0), slopes[low, column], slopes[high, column]
    return found


@lru_cache(maxsize=65_536)
def _umbrella_p(before: tuple[int, ...], after: tuple[int, ...], s: int) -> float:
    """The p of values of which such groups are equal before and after the largest, and whose S of both sides add up to `s`."""
    distribution = np.convolve(_inversions(before), _inversions(after))
    observed = (len(distribution) - 1 - s) // 2
    return min(1.0, float(distribution[: observed + 1].sum()))


def _kendall_s(values: np.ndarray) -> np.ndarray:
    s = np.zeros(values.shape[1], dtype="int64")
    for i in range(1, len(values)):
        s += np.sign(values[i] - values[:i]).sum(axis=0).astype("int64")
    return s


def _tie_groups(values: np.ndarray) -> tuple[list[tuple[int, ...]], np.ndarray]:
    """How many values of a series are equal, in descending order: 3, 1 of 0 0 5 0.

    Returns
    -------
    list of tuples, int array of shape (W,)
        What occurs, since many series have the same, and the place there of what each series has.
    """
    ordered = np.sort(values, axis=0)
    last = np.ones(values.shape, dtype=bool)
    last[:-1] = ordered[1:] != ordered[:-1]
    ends = np.packbits(last, axis=0).T
    size, joined = ends.shape[1], ends.tobytes()
    number: dict[bytes, int] = {}
    keys = (joined[at * size : (at + 1) * size] for at in range(len(ends)))
    which = np.array([number.setdefault(key, len(number)) for key in keys], dtype="int64")
    return [_group_sizes(key, len(values)) for key in number], which


@lru_cache(maxsize=8_192)
def _group_sizes(ends: bytes, n: int) -> tuple[int, ...]:
    """The sizes of groups, in descending order, from n bits that are 1 where a group ends."""
    last = np.unpackbits(np.frombuffer(ends, dtype="uint8"), count=n)
    return tuple(sorted(np.diff(np.flatnonzero(last), prepend=-1).tolist(), reverse=True))


@lru_cache(maxsize=8_192)
def _two_sided(groups: tuple[int, ...]) -> np.ndarray:
    """``P(|S| >= s)`` for s from 0 to M, where all orders are equally likely."""
    chances = _inversions(groups)
    m = len(chances) - 1
    of_size = np.bincount(np.abs(m - 2 * np.arange(m + 1)), chances, m + 1)
    tails: np.ndarray = np.minimum(np.cumsum(of_size[::-1])[::-1], 1)
    return tails


@lru_cache(maxsize=8_192)
def _inversions(groups: tuple[int, ...]) -> np.ndarray:
    """The chances of 0 to M inversions of values of which groups are equal."""
    if len(groups) < 2:
        return np.ones(1)
    return np.convolve(_inversions(groups[:-1]), _mann_whitney(groups[-1], sum(groups[:-1])))


@cache
def _mann_whitney(t: int, m: int) -> np.ndarray:
    """The chances of 0 to t m inversions between t values and m others: the last of all is one of the t, or one of the m.

    If the last is one of the t it has no inversion with the m, else it has one with each of the t.
    """
    if not t or not m:
        return np.ones(1)
    found = np.zeros(t * m + 1)
    found[: (t - 1) * m + 1] += t / (t + m) * _mann_whitney(t - 1, m)
    found[t:] += m / (t + m) * _mann_whitney(t, m - 1)
    return found
