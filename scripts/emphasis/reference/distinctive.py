"""What a report says more than its peers do: in the whole, in review and plan, in its sections."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from emphasis.measures.significance import benjamini_hochberg
from emphasis.measures.testability import reportable
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

    def predict(self, size: int) -> Prediction:
        """What is to be expected of each of these terms in a text of so many words."""
        return predict(self.moments, self.trend, self.peers.sizes, size)


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
        parts = {}
        for i, term in enumerate(terms.tolist()):
            if term in self.parts:
                parts[i] = self.parts[term]
        return OwnTerms(self.terms[terms], self.pos[terms], self.place[terms], parts)


def counts_among_peers(own: OwnTerms, peers: PeerCounts) -> tuple[np.ndarray, np.ndarray]:
    """What each peer has of a report's terms, shape (m, V), and the squares of paragraphs, shape (V,).

    A term that the reference has not, because only this report shows it to be one, may still stand in a peer's text. A peer has
    it no more often than the rarest of the words inside it: that number is taken, so that no term is called new whose words all
    peers use.
    """
    found, squares = np.zeros((len(peers.sizes), len(own.terms))), np.zeros(len(own.terms))
    column = _columns(own.place, peers.used)
    there = column >= 0
    found[:, there], squares[there] = peers.counts[:, column[there]], peers.squares[column[there]]
    for term, inside in own.parts.items():
        held = _columns(np.array(inside, dtype="int64"), peers.used)
        if len(held) and (held >= 0).all():
            found[:, term], squares[term] = peers.counts[:, held].min(axis=1), peers.squares[held].min()
    return found, squares


def _columns(place: np.ndarray, used: np.ndarray) -> np.ndarray:
    """Where places stand among those used; -1 for those that do not."""
    at = np.minimum(np.searchsorted(used, place), len(used) - 1)
    return np.where(used[at] == place, at, -1)


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
    (counts, squares), sizes = counts_among_peers(some, standard.peers), standard.peers.sizes
    moments = Moments.of(counts, sizes, squares)
    count = n[candidates].astype("float64")
    found = predict(moments, standard.trend, sizes, size)
    p, ratio, z = found.upper_p(count), found.ratio(count), found.z(count)
    q = _corrected(p, moments.total + count, some.place, standard, size)
    order = np.lexsort((some.terms, -z, -ratio))
    order = order[(count > found.expected)[order]][:most]
    rates = 10_000 * counts[:, order] / sizes[:, None]
    n_with = (rates > 0).sum(axis=0)
    return {
        "place": candidates[order],
        "n": n[candidates][order].astype("int64"),
        "per_10k": 10_000 * count[order] / size,
        "peer_median": np.median(rates, axis=0),
        "peer_high": np.quantile(rates, _HIGH, axis=0),
        "n_with": n_with,
        "peers_with": n_with / len(sizes),
        **{
            name: values[order]
            for name, values in (("expected", found.expected), ("ratio", ratio), ("z", z), ("p", p), ("q_bh", q))
        },
    }


def _corrected(p: np.ndarray, totals: np.ndarray, place: np.ndarray, standard: Standard, size: int) -> np.ndarray:
    """The q of each candidate. Terms that only peers have, or the text once, are in the family too, with p near 1."""
    others = standard.moments.total.copy()
    others[np.isin(standard.peers.used, place)] = 0
    tested = reportable(smallest_p(np.r_[totals, others[others > 0]], standard, size))
    own, q = tested[: len(p)], np.full(len(p), np.nan)
    q[own] = benjamini_hochberg(p[own], tests=int(tested.sum()))
    return q


def smallest_p(totals: np.ndarray, standard: Standard, size: int) -> np.ndarray:
    """The p of terms if all occurrences in text and peers were the text's."""
    highest = int(totals.max(initial=0))
    zero = np.zeros(highest + 1)
    nothing = Moments(zero, zero, zero, zero + 1)
    p = predict(nothing, standard.trend, standard.peers.sizes, size).upper_p(np.arange(highest + 1.0))
    found: np.ndarray = p[totals.astype("int64")]
    return found
