"""Is a word's rate higher by more than the way paragraphs fall? Without draws, for as many comparisons as there may be."""

from __future__ import annotations

import numpy as np
from scipy.special import betainc, gammaln

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
