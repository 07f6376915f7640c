"""What a report says more than its peers do: in the whole, in review and plan, in its sections."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from emphasis.measures.significance import benjamini_hochberg
from emphasis.measures.testability import threshold
from emphasis.reference.data import PeerCounts
from emphasis.reference.prediction import Moments, Prediction, Trend, fit_trend, predict

LEAST_N = 2
"""Occurrences that a listed term has: what is said once is not stressed."""
MOST = {"part": 200, "section": 40}
"""Terms that are listed of a part and of a section."""
_HIGH = 0.95


@dataclass(frozen=True)
class Standard:
    """What peers have in some of their passages; made once for all reports with the same peers.

    Attributes
    ----------
    peers : PeerCounts
    moments : Moments
        Of their terms.
    trend : Trend
    """

    peers: PeerCounts
    moments: Moments
    trend: Trend

    @classmethod
    def of(cls, peers: PeerCounts) -> Standard:
        """From the counts of at least two peers."""
        moments = Moments.of(peers.counts, peers.sizes, peers.squares)
        return cls(peers, moments, fit_trend(moments, len(peers.sizes)))

    @cached_property
    def terms_by_total(self) -> np.ndarray:
        """How many terms the peers together have 0, 1, 2 … times."""
        return np.bincount(self.moments.total.astype("int64"))

    def predict(self, size: int, columns: np.ndarray) -> Prediction:
        """What is to be expected of some of these terms, by their places among them, in a text of so many words."""
        return predict(self.moments.at(columns), self.trend, self.peers.sizes, size)


@dataclass(frozen=True)
class OwnTerms:
    """The terms of one report.

    Attributes
    ----------
    terms : array of V str, sorted
    pos : array of V str
    place : array of shape (V,)
        Place of each in the reference, or -1.
    parts : mapping
        For a term that the reference does not have, places in the reference of the words and terms inside it; -1 for one that it
        does not have either.
    """

    terms: np.ndarray
    pos: np.ndarray
    place: np.ndarray
    parts: Mapping[int, Sequence[int]]

    def only(self, terms: np.ndarray) -> OwnTerms:
        """Some of the terms, by their places."""
        place, parts = self.place[terms], {}
        for i in np.flatnonzero(place < 0).tolist():
            term = int(terms[i])
            if term in self.parts:
                parts[i] = self.parts[term]
        return OwnTerms(self.terms[terms], self.pos[terms], place, parts)


def counts_among_peers(own: OwnTerms, peers: PeerCounts) -> tuple[np.ndarray, np.ndarray]:
    """What each peer has of a report's terms, shape (m, V), and the squares of paragraphs, shape (V,).

    A term that the reference has not, because only this report shows it to be one, may still stand in a peer's text. A peer has
    it no more often than the rarest of the words inside it: that number is taken, so that no term is called new whose words all
    peers use.
    """
    found, squares = np.zeros((len(peers.sizes), len(own.terms))), np.zeros(len(own.terms))
    column = peers.columns(own.place)
    there = column >= 0
    found[:, there], squares[there] = peers.counts[:, column[there]], peers.squares[column[there]]
    bounded, counts, bounds = _of_rarest(own, peers)
    found[:, bounded], squares[bounded] = counts, bounds
    return found, squares


def _of_rarest(own: OwnTerms, peers: PeerCounts) -> tuple[list[int], np.ndarray, np.ndarray]:
    """The terms that the reference has not, but whose words peers have; counts and squares of the rarest of these."""
    inside = {term: list(places) for term, places in own.parts.items() if len(places)}
    columns = peers.columns(np.array([place for places in inside.values() for place in places], dtype="int64"))
    bounded, first, at = [], [], 0
    held: list[int] = []
    for term, places in inside.items():
        own_columns = columns[at : at + len(places)].tolist()
        at += len(places)
        if min(own_columns) >= 0:
            bounded.append(term)
            first.append(len(held))
            held += own_columns
    if not bounded:
        return [], np.zeros((len(peers.sizes), 0)), np.zeros(0)
    counts = np.minimum.reduceat(peers.counts[:, held].astype("float64"), first, axis=1)
    return bounded, counts, np.minimum.reduceat(peers.squares[held], first)


def moments_among_peers(own: OwnTerms, standard: Standard) -> tuple[np.ndarray, Moments]:
    """Where a report's terms stand among those of the peers, or -1; and the moments of `counts_among_peers`."""
    column = standard.peers.columns(own.place)
    moments = standard.moments.at(column)
    bounded, counts, squares = _of_rarest(own, standard.peers)
    if bounded:
        own_moments = Moments.of(counts, standard.peers.sizes, squares)
        for name in ("total", "excess", "weight", "clumps"):
            getattr(moments, name)[bounded] = getattr(own_moments, name)
    return column, moments


def median_and_high(values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Median and quantile 95 % of each column, as numpy gives them, from one sorting.

    Examples
    --------
    >>> [found.round(2).tolist() for found in median_and_high(np.array([[3.0], [1.0], [2.0], [9.0]]))]
    [[2.5], [8.1]]
    """
    ordered, last = np.sort(values, axis=0), len(values) - 1
    low = int(last * _HIGH)
    above = ordered[min(low + 1, last)]
    step, between = above - ordered[low], last * _HIGH - low
    # Numpy goes from the nearer of the two.
    high = ordered[low] + step * between if between < 1 / 2 else above - step * (1 - between)
    return (ordered[last // 2] + ordered[(last + 1) // 2]) / 2, high


def distinctive_terms(n: np.ndarray, size: int, own: OwnTerms, standard: Standard, most: int) -> dict[str, np.ndarray]:
    """The terms that one text has more often than is to be expected, in the order of their shrunken ratio.

    With n occurrences among the s words of the text, and M and V as `emphasis.reference.prediction.predict` has them::

        ratio = (n + 2) / (M + 2)          z = (n - M) / sqrt(V)          p = P(X > n) + P(X = n) / 2

    `ratio` orders the table; it is near n / M for frequent terms and near 1 for those of which little is known. p is one-sided
    (one more report of the kind has the term so often or oftener), and q corrects it for the number of terms tested
    (Benjamini-Hochberg). Those are tested that could be reported at all, by what text and peers have together: the smallest p
    that a term can have is that of all occurrences being the text's; see `emphasis.measures.testability.reportable`.

    Parameters
    ----------
    n : array of shape (V,)
        Occurrences of the terms of the report in the text.
    size : int
        Words of the text.
    own : OwnTerms
    standard : Standard
        What the peers have in the same part, or in sections on the same policy area.
    most : int
        Terms at most.

    Returns
    -------
    dict of arrays
        place (in `own.terms`), n, per_10k, peer_median, peer_high, n_with, peers_with, expected, ratio, z, p, q_bh.
    """
    candidates = np.flatnonzero(n >= LEAST_N)
    some = own.only(candidates)
    (column, moments), sizes = moments_among_peers(some, standard), standard.peers.sizes
    count = n[candidates].astype("float64")
    found = predict(moments, standard.trend, sizes, size)
    p, ratio, z = found.upper_p(count), found.ratio(count), found.z(count)
    q = _corrected(p, moments.total + count, column, standard, size)
    order = np.lexsort((-z, -ratio))  # of two alike the first in the alphabet, as terms are sorted
    order = order[(count > found.expected)[order]][:most]
    counts, _ = counts_among_peers(some.only(order), standard.peers)
    rates = 10_000 * counts / sizes[:, None]
    n_with = np.count_nonzero(counts, axis=0)
    median, high = median_and_high(rates)
    return {
        "place": candidates[order],
        "n": n[candidates][order].astype("int64"),
        "per_10k": 10_000 * count[order] / size,
        "peer_median": median,
        "peer_high": high,
        "n_with": n_with,
        "peers_with": n_with / len(sizes),
        **{
            name: values[order]
            for name, values in (("expected", found.expected), ("ratio", ratio), ("z", z), ("p", p), ("q_bh", q))
        },
    }


def _corrected(p: np.ndarray, totals: np.ndarray, column: np.ndarray, standard: Standard, size: int) -> np.ndarray:
    """The q of each candidate. Terms that only peers have, or the text once, are in the family too, with p near 1.

    Terms with as many occurrences have the same smallest p: they are counted, and each number of occurrences is looked at once.
    """
    own = totals.astype("int64")
    others = standard.terms_by_total.copy()
    others -= np.bincount(standard.moments.total[column[column >= 0]].astype("int64"), minlength=len(others))
    others[:1] = 0  # terms of other peers
    family = np.bincount(own, minlength=len(others))
    family[: len(others)] += others
    there = np.flatnonzero(family)
    smallest = np.ones(len(family))
    smallest[there] = smallest_p(there, standard, size)
    upward = there[np.argsort(smallest[there])]
    highest = threshold(np.repeat(smallest[upward], family[upward]))
    tested, q = smallest[own] <= highest, np.full(len(p), np.nan)
    q[tested] = benjamini_hochberg(p[tested], tests=int(family[there][smallest[there] <= highest].sum()))
    return q


def smallest_p(totals: np.ndarray, standard: Standard, size: int) -> np.ndarray:
    """The p of terms if all occurrences in text and peers were the text's."""
    nothing = Moments(np.zeros(1), np.zeros(1), np.zeros(1), np.ones(1))
    return predict(nothing, standard.trend, standard.peers.sizes, size).upper_p(totals.astype("float64"))
