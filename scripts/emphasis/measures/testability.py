"""Which words a comparison can test: those that could be reported at all, told by what both texts have together."""

from __future__ import annotations

import numpy as np
from scipy.special import gammaln

from emphasis.measures.testing import MAX_Q

IntOrArray = int | np.ndarray
"""A whole number, or one for each comparison in an array that broadcasts with the words."""
Sizes = tuple[IntOrArray, IntOrArray]
"""Of target and reference."""

_ROUNDING = 1 + 1e-9
"""Factor that exceeds the rounding errors of a p."""


def reportable(smallest_p: np.ndarray, alpha: float = MAX_Q) -> np.ndarray:
    """The words that make up the family of a comparison, by the smallest p that each can have.

    A word that occurs in three paragraphs can divide these in few ways, and its p cannot be small however they fall; testing
    it can only raise the q of others. With ``m(K)`` the number of words whose smallest p is at most ``alpha / K``, and K the
    smallest whole number with ``m(K) <= K``, the words with a smallest p of at most ``alpha / K`` are tested (Tarone 1990), and
    q corrects for their number alone (Gilbert 2005). Each comparison is a family of its own. When no word is left, nothing
    could be reported: the comparison is undecidable.

    The error rate holds because the smallest p depends only on what both texts have together (occurrences in the pooled
    paragraphs, the number of these or the tokens of the target), never on which paragraphs are the target's: under the null
    hypothesis all divisions of the same paragraphs have the same family, which is as good as one fixed beforehand, and each p
    in it is a valid p. A smallest p that is only approximate can therefore cost power but not validity.

    Parameters
    ----------
    smallest_p : array of shape (W,), or (T, W) for T comparisons
    alpha : float

    Returns
    -------
    bool array of the same shape

    Examples
    --------
    Four words: K = 1 leaves three, K = 2 leaves two, which is no more than K.

    >>> reportable(np.array([0.2, 0.001, 0.03, 0.02])).tolist()
    [False, True, False, True]

    References
    ----------
    Bibliographic data of both and the first step agree with the R packages MHTdiscrete and DiscreteDatasets, the two steps
    with a program for pattern mining that follows Gilbert; the papers were not read.

    Tarone, R. E. (1990). A modified Bonferroni method for discrete data. Biometrics 46(2), 515-522.
    Gilbert, P. B. (2005). A modified false discovery rate multiple-comparisons procedure for discrete data, applied to human
    immunodeficiency virus genetics. Journal of the Royal Statistical Society: Series C 54(1), 143-158.
    """
    if smallest_p.ndim > 1:
        return np.array([reportable(row, alpha) for row in smallest_p], dtype=bool).reshape(smallest_p.shape)
    return np.asarray(smallest_p <= threshold(np.sort(smallest_p), alpha))


def threshold(ordered: np.ndarray, alpha: float = MAX_Q) -> float:
    """``alpha / K`` of `reportable`, from the smallest p of all words in ascending order."""
    low, high = 1, len(ordered) + 1
    while low < high:
        # As K grows, m(K) falls: the smallest K with m(K) <= K is found by halving.
        middle = (low + high) // 2
        if np.searchsorted(ordered, alpha / middle * _ROUNDING, side="right") <= middle:
            high = middle
        else:
            low = middle + 1
    return alpha / low * _ROUNDING


def smallest_permutation_p(counts: np.ndarray, target_units: np.ndarray) -> np.ndarray:
    """The smallest p that a word can have by `permutation_p`, if the paragraphs are taken as equally long.

    If k of U paragraphs are drawn, the count of a word deviates most when they are the k with the most or the k with the fewest
    occurrences. With ``w`` ways to choose such a set (paragraphs with as many occurrences can stand for each other), the
    smallest p is ``w / C(U, k)`` of the side that deviates more, and the sum of both if they deviate alike. Unequal lengths
    break some ties and can make a p smaller still, by which paragraphs are short and not by where the word is; that is not
    counted on.

    Parameters
    ----------
    counts : array of shape (U, W)
        Occurrences by paragraph and word.
    target_units : array of shape (T,)
        Paragraphs of the target in each of T comparisons.

    Returns
    -------
    array of shape (T, W)

    Examples
    --------
    A word in one of six paragraphs, half of which are the target's, and one in three of them:

    >>> counts = np.array([[4, 1], [0, 1], [0, 1], [0, 0], [0, 0], [0, 0]])
    >>> smallest_permutation_p(counts, np.array([3])).tolist()
    [[1.0, 0.1]]
    """
    units, words = counts.shape
    ordered = np.sort(counts, axis=0)
    total = ordered.sum(axis=0)
    smallest = np.ones((len(target_units), words))
    for k in np.unique(target_units):
        drawn = min(int(k), units - int(k))
        if not drawn:
            continue
        ways, sums = zip(*(_extreme_sets(side, drawn) for side in (ordered[::-1], ordered)), strict=True)
        expected = total * drawn / units
        most, fewest = sums[0] - expected, expected - sums[1]
        near = np.isclose(most, fewest, rtol=0, atol=1e-9)
        log_ways = np.where(near, np.logaddexp(*ways), np.where(most > fewest, *ways))
        smallest[target_units == k] = np.exp(np.minimum(log_ways - _log_choose(units, drawn), 0))
    return smallest


def _extreme_sets(ordered: np.ndarray, k: int) -> tuple[np.ndarray, np.ndarray]:
    """The logarithm of how many sets of k rows have the same sum as the first k, and that sum, for each column of sorted rows."""
    tied = ordered == ordered[k - 1]
    return _log_choose(tied.sum(axis=0), tied[:k].sum(axis=0)), ordered[:k].sum(axis=0)


def smallest_closed_form_p(effective: np.ndarray, tokens: Sizes, units: Sizes) -> np.ndarray:
    """A lower bound of the p that a word can have by `closed_form_p`.

    p is smallest when all occurrences are in the smaller of the two texts; with e effective occurrences and the share pi of
    the tokens that this text has, it is ``pi^e / 2``, and never below `one_division_p`. Where both texts are equally long,
    twice as much.

    Parameters
    ----------
    effective : array of shape (W,)
        Occurrences in both texts divided by the design effect.
    tokens, units : (int, int), or two arrays of shape (T, 1)
        Tokens and paragraphs of target and reference.

    Returns
    -------
    array of shape (W,) or (T, W)
    """
    share = np.minimum(*(np.asarray(n, dtype="float64") for n in tokens)) / np.add(*tokens)
    smallest: np.ndarray = np.maximum(share**effective / 2, one_division_p(units))
    return smallest


def one_division_p(units: Sizes) -> np.ndarray:
    """The probability of one division among all: ``1 / C(U, k)``."""
    k, rest = units
    p: np.ndarray = np.exp(-_log_choose(np.add(k, rest), k))
    return p


def _log_choose(n: IntOrArray, k: IntOrArray) -> np.ndarray:
    found: np.ndarray = gammaln(np.add(n, 1)) - gammaln(np.add(k, 1)) - gammaln(np.subtract(n, k) + 1)
    return found
