"""What reports of the same time, or of the same level, have of a term: peers that differ in these do not tell.

A district compared with provinces would pass over 农业, and a report of 2021 compared with those of 2025 would stress 疫情防控. Where
the reference has reports that are nearer in one of the two, though too few to be peers, they say whether a difference is that of
the report, or of its level or time.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from emphasis.reference.data import PeerCounts
from emphasis.reference.distinctive import OwnTerms, counts_among_peers

_LACK, _HALF = 0.25, 0.5
"""Shares of such reports below which they lack a term, and from which they say it as often. The first is low since these are few and in
other respects less alike than peers: what a quarter of them has was there to be said."""


@dataclass(frozen=True)
class Kin:
    """The counts of such reports in the part that is compared; None where there are too few.

    Attributes
    ----------
    contemporaries, of_level : PeerCounts, optional
        As `emphasis.reference.peers.PeerRule` finds them.
    """

    contemporaries: PeerCounts | None
    of_level: PeerCounts | None

    def lack(self, places: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Whether fewer than a quarter of the contemporaries, and of those of the level, have terms of the reference.

        Parameters
        ----------
        places : array of shape (k,)

        Returns
        -------
        period, level : bool arrays of shape (k,)
        """
        nothing = np.zeros(len(places), dtype=bool)
        groups = (self.contemporaries, self.of_level)
        period, level = (nothing if group is None else _share(group, places) < _LACK for group in groups)
        return period, level

    def say_as_often(self, own: OwnTerms, terms: np.ndarray, per_10k: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Whether half of the contemporaries, and of those of the level, have K terms of a report at least at its rate.

        Parameters
        ----------
        own : OwnTerms
        terms : array of shape (K,)
            Their places in `own.terms`.
        per_10k : array of shape (K,)
            The report's rates.
        """
        nothing = np.zeros(len(terms), dtype=bool)
        found = []
        for group in (self.contemporaries, self.of_level):
            if group is None:
                found.append(nothing)
                continue
            counts, _ = counts_among_peers(own, terms, group)
            found.append((10_000 * counts / group.sizes[:, None] >= per_10k).mean(axis=0) >= _HALF)
        return found[0], found[1]


def _share(group: PeerCounts, places: np.ndarray) -> np.ndarray:
    """The share of some reports that have each term."""
    column = group.columns(places)
    found: np.ndarray = np.where(column >= 0, group.n_with[column] / len(group.sizes), 0.0)
    return found
