"""Where a report stands among its peers in what is measured of each."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import numpy as np
import pandas as pd

KEYS = ["kind", "measure", "part"]
_OWN = [*KEYS, "value", "low", "high"]
_QUANTILES = (0.05, 0.5, 0.95)


class Figures:
    """The figures of the reports of a reference.

    Parameters
    ----------
    measures : DataFrame
        report_id, kind, measure, part, value.
    """

    def __init__(self, measures: pd.DataFrame) -> None:
        wide = measures.pivot(index=KEYS, columns="report_id", values="value")
        self._row = {key: row for row, key in enumerate(wide.index.tolist())}
        self._column = {report_id: column for column, report_id in enumerate(wide.columns.tolist())}
        # The last row stands for what no report of the reference has, whose place is -1.
        self._values = np.vstack([wide.to_numpy(dtype="float64"), np.full((1, len(wide.columns)), np.nan)])

    def of(self, keys: pd.DataFrame, report_ids: Collection[str]) -> np.ndarray:
        """The figures that some reports have of kind, measure and part, shape (keys, reports); missing where they have none."""
        names = (keys[name].astype("str").tolist() for name in KEYS)
        row = np.array([self._row.get(key, -1) for key in zip(*names, strict=True)], dtype="int64")
        column = [self._column[report_id] for report_id in sorted(report_ids) if report_id in self._column]
        found: np.ndarray = self._values[row][:, column]
        return found


def standing(own: pd.DataFrame, figures: Figures, peers: Collection[str]) -> pd.DataFrame:
    """The place of each figure of a report among those of its peers.

    With b of the n peers that have the figure below the report's value and t equal to it::

        percentile = 100 (b + t / 2 + 1 / 2) / (n + 1)          rank = n - b - t + 1, the highest being 1

    the middle of the places that the report can take among n + 1 reports: were it one of its peers, every percentile would be as
    likely as another. `peer_low`, `peer_median` and `peer_high` are the quantiles 5, 50 and 95 % of the peers' values.

    Parameters
    ----------
    own : DataFrame
        Figures of the report: kind, measure, part, value, low, high.
    figures : Figures
        Of the reference.
    peers : collection of str
        report_ids of the peers.

    Returns
    -------
    DataFrame
        kind, measure, part, value, low, high, peer_low, peer_median, peer_high, n_peers, percentile, rank; only figures that a
        peer has too.
    """
    theirs = figures.of(own, peers)
    n = (~np.isnan(theirs)).sum(axis=1)
    known, theirs, n = n > 0, theirs[n > 0], n[n > 0]
    found: dict[str, Any] = {name: own[name].array[known] for name in _OWN}
    value = own["value"].to_numpy(dtype="float64")[known].round(6)[:, None]
    below, equal = np.count_nonzero(theirs < value, axis=1), np.count_nonzero(theirs == value, axis=1)
    found |= dict(zip(("peer_low", "peer_median", "peer_high"), _quantiles(theirs, n), strict=True))
    percentile = 100 * (below + equal / 2 + 1 / 2) / (n + 1)
    return pd.DataFrame(found | {"n_peers": n, "percentile": percentile, "rank": n - below - equal + 1})


def last_rank(rank: int, percentile: float, n_peers: int) -> int:
    """The last of the ranks that reports with equal figures share, of which `rank` is the first.

    Where all provinces aim at 2 % of consumer prices, each is first and last: to print the first alone would say that it aims
    highest. The number of equal ones follows from the definitions of `rank` and `percentile`.

    Examples
    --------
    >>> last_rank(1, 50.0, 22), last_rank(1, 97.92, 23), last_rank(3, 82.0, 24)
    (23, 1, 7)
    """
    middle = percentile * (n_peers + 1) / 100
    return rank + max(0, round(2 * (n_peers + 1.5 - rank - middle)))


def _quantiles(values: np.ndarray, n: np.ndarray) -> np.ndarray:
    """The quantiles of each row of which n values are there, as `numpy.nanquantile` gives them, which goes row by row."""
    ordered, row = np.sort(values, axis=1), np.arange(len(values))  # what is missing comes last
    found = np.empty((len(_QUANTILES), len(values)))
    for i, share in enumerate(_QUANTILES):
        place = (n - 1) * share
        low = place.astype("int64")
        below, above, between = ordered[row, low], ordered[row, np.minimum(low + 1, n - 1)], place - low
        step = above - below
        found[i] = np.where(between < 1 / 2, below + step * between, above - step * (1 - between))
    return found
