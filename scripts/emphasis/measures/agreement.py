"""Agreement of two coders on nominal codes, and its intervals."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

DRAWS = 2000
"""Resamples of a bootstrap."""


@dataclass(frozen=True)
class Agreement:
    """How far two coders agree: n units, the share coded alike, two coefficients corrected for chance with their bounds.

    A coefficient is missing where both coders gave one and the same code to all units: then there is nothing to tell apart.
    """

    n: int
    agreed: float
    kappa: float
    kappa_low: float
    kappa_high: float
    alpha: float
    alpha_low: float
    alpha_high: float


def agreement(first: np.ndarray, second: np.ndarray, seed: int, draws: int = DRAWS, level: float = 0.95) -> Agreement:
    """Share coded alike, Cohen's kappa and Krippendorff's alpha of two coders who both coded n units, with intervals.

    With o the share of units that both coders gave the same code, p_c and q_c the shares of code c with the first and the
    second, and n_c the number of times that c was given by either (2 n in all)::

        kappa = (o - e) / (1 - e),            e = sum p_c q_c
        alpha = 1 - (2 n - 1) (2 n - m) / ((2 n)^2 - sum n_c^2),  m = 2 n o

    The second is Krippendorff's 1 - D_o / D_e with nominal differences, two coders and no missing codes, written with the
    coincidences m on the diagonal of his matrix. Both are 1 for perfect agreement and 0 for what chance would give; alpha takes the
    coders for interchangeable and corrects for small n.

    The bounds are percentiles of a bootstrap of the units (2,000 resamples, as Zapf et al. 2016 recommend for alpha); resamples in
    which a coefficient is missing are left out. The coefficients describe the sample as it was drawn: where rare codes were
    drawn on purpose, agreement by chance is lower than among all sentences, and the coefficients are higher.

    References
    ----------
    The formulas are in wide use; the papers were not read again.

    Cohen, J. (1960). A coefficient of agreement for nominal scales. Educational and Psychological Measurement 20(1), 37-46.
    Krippendorff, K. (2004). Content analysis: an introduction to its methodology. 2nd ed. Sage, ch. 11.
    Zapf, A., Castell, S., Morawietz, L. & Karch, A. (2016). Measuring inter-rater reliability for nominal data - which
    coefficients and confidence intervals are appropriate? BMC Medical Research Methodology 16, 93.

    Parameters
    ----------
    first, second : array of shape (n,)
        The codes of the two coders, unit by unit.
    seed : int
        Start of the random numbers of the bootstrap.

    Examples
    --------
    Ten units; both say a of four, both b of three, and they differ on three.

    >>> a = agreement(np.array([*"aaaabbbaab"]), np.array([*"aaaabbbbba"]), seed=1)
    >>> a.agreed, round(a.kappa, 3), round(a.alpha, 3)
    (0.7, 0.4, 0.424)
    """
    if len(first) != len(second) or not len(first):
        raise ValueError("two coders' codes of the same units are needed, and at least one unit")
    codes, both = np.unique(np.concatenate([first, second]), return_inverse=True)
    one, two = both[: len(first)], both[len(first) :]
    k = len(codes)
    table = np.bincount(one * k + two, minlength=k * k).astype("float64")
    # A resample of n units is a multinomial draw of the cells of the table of both coders' codes.
    drawn = np.random.default_rng(seed).multinomial(len(one), table / table.sum(), size=draws).astype("float64")
    tables, resampled = table.reshape(1, k, k), drawn.reshape(draws, k, k)
    bounds = {f: _percentiles(f(resampled), level) for f in (_kappa, _alpha)}
    agreed = float(np.trace(table.reshape(k, k)) / table.sum())
    kappa, alpha = (float(f(tables)[0]) for f in (_kappa, _alpha))
    return Agreement(len(one), agreed, kappa, *bounds[_kappa], alpha, *bounds[_alpha])


def _kappa(tables: np.ndarray) -> np.ndarray:
    """Cohen's kappa of T tables of both coders' codes, shape (T, K, K)."""
    n = tables.sum(axis=(1, 2))
    observed = np.trace(tables, axis1=1, axis2=2) / n
    chance = (tables.sum(axis=2) * tables.sum(axis=1)).sum(axis=1) / n**2
    return _ratio(observed - chance, 1 - chance)


def _alpha(tables: np.ndarray) -> np.ndarray:
    """Krippendorff's alpha for nominal codes of T tables, shape (T, K, K)."""
    coincidences = tables + tables.transpose(0, 2, 1)
    of_code = coincidences.sum(axis=2)
    n = of_code.sum(axis=1)
    differing = n - np.trace(coincidences, axis1=1, axis2=2)
    by_chance = n**2 - (of_code**2).sum(axis=1)
    return 1 - _ratio((n - 1) * differing, by_chance)


def _ratio(above: np.ndarray, below: np.ndarray) -> np.ndarray:
    """The quotient; missing where there is one code only, up to rounding."""
    known = below > 1e-9
    quotient: np.ndarray = np.divide(above, below, out=np.full(len(below), np.nan), where=known)
    return quotient


def _percentiles(values: np.ndarray, level: float) -> tuple[float, float]:
    known = values[~np.isnan(values)]
    if not len(known):
        return np.nan, np.nan
    low, high = np.quantile(known, [(1 - level) / 2, (1 + level) / 2])
    return float(low), float(high)
