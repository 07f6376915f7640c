"""How far a rate in a section can be trusted."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy.special import gammaincinv


def poisson_interval(n: np.ndarray, level: float = 0.95) -> tuple[np.ndarray, np.ndarray]:
    """The exact confidence bounds of a Poisson mean of which `n` was seen (Garwood 1936).

    With chi2(p; k) the quantile of the chi-squared distribution and a = 1 - level::

        low = chi2(a / 2; 2 n) / 2        high = chi2(1 - a / 2; 2 n + 2) / 2

    References
    ----------
    Bibliographic data agree with the R package FSA, the limits with the values that its documentation prints; the paper was
    not read.

    Garwood, F. (1936). Fiducial limits for the Poisson distribution. Biometrika 28(3/4), 437-442.

    Examples
    --------
    >>> [round(float(bound[0]), 3) for bound in poisson_interval(np.array([10]))]
    [4.795, 18.39]
    """
    tail = (1 - level) / 2
    # Most words are as rare as many others: the quantiles of a number are worked out once.
    different, place = np.unique(n, return_inverse=True)
    # chi2(p; 2 k) / 2 is the quantile of the gamma distribution of shape k; with nothing seen the lower bound is 0.
    low = np.where(different > 0, gammaincinv(np.maximum(different, 1), tail), 0.0)
    return low[place], gammaincinv(different + 1, 1 - tail)[place]


def section_intervals(frequency: pd.DataFrame, sections: pd.DataFrame) -> pd.DataFrame:
    """The rates of `emphasis.measures.frequency.frequency` with 95 % bounds, if occurrences follow a Poisson law.

    The bounds of `poisson_interval`, per 10,000 tokens of the section. Words come in bursts, so that the interval is too
    narrow for those that `dispersion` shows to be unevenly spread. A section of a hundred words says little about any of them:
    2 occurrences lie between 24 and 722 per 10,000.

    Parameters
    ----------
    frequency, sections : DataFrame
        As in frequency.csv and sections.csv, of one or more reports.

    Returns
    -------
    DataFrame
        report_id, section_id, term, n, n_tokens, per_10k, low, high.
    """
    key = ["report_id", "section_id"]
    table = frequency[[*key, "term", "n"]].merge(
        sections[[*key, "n_tokens"]], on=key, how="left", validate="many_to_one"
    )
    low, high = poisson_interval(table["n"].to_numpy(dtype="float64"))
    scale = 10_000 / table["n_tokens"].to_numpy(dtype="float64")
    return table.assign(per_10k=scale * table["n"], low=scale * low, high=scale * high)
