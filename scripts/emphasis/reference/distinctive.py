"""What a report says more than its peers do: in the whole, in review and plan, in its sections."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from emphasis.measures.significance import benjamini_hochberg
from emphasis.measures.testability import threshold
from emphasis.measures.testing import MAX_Q
from emphasis.reference.data import PeerCounts
from emphasis.reference.prediction import Moments, Prediction, Trend, fit_trend, predict, predict_each

LEAST_N = 2
"""Occurrences that a listed term has: what is said once is not stressed."""
MOST = {"part": 200, "section": 40}
"""Terms that are listed of a part and of a section."""
_HIGH = 0.95
_NOTHING = Moments(np.zeros(1), np.zeros(1), np.zeros(1), np.ones(1))
"""Of a term that no peer has. The smallest p that any can have is that of all occurrences being the text's."""
_AT_A_TIME = 16
"""Numbers of occurrences whose smallest p are looked at together."""


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

    def parts_of(self, terms: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Which of some terms have parts; how many each of these has, and the places of all of them."""
        row, first, places = self._parts
        own = row[terms]
        with_parts = np.flatnonzero(own >= 0)
        start, times = first[own[with_parts]], np.diff(first)[own[with_parts]]
        at = np.arange(times.sum()) + np.repeat(start - np.cumsum(times) + times, times)
        return with_parts, times, places[at]

    @cached_property
    def _parts(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """The row of each term among those with parts, or -1; where the parts of each row begin, and end; and all parts."""
        known = {term: places for term, places in self.parts.items() if len(places)}
        row = np.full(len(self.terms), -1)
        row[list(known)] = np.arange(len(known))
        first = np.cumsum([0, *map(len, known.values())])
        return row, first, np.array([place for places in known.values() for place in places], dtype="int64")


def counts_among_peers(own: OwnTerms, terms: np.ndarray, peers: PeerCounts) -> tuple[np.ndarray, np.ndarray]:
    """What each peer has of K of a report's terms, by their places, shape (m, K), and the squares of paragraphs, shape (K,).

    A term that the reference has not, because only this report shows it to be one, may still stand in a peer's text. A peer has
    it no more often than the rarest of the words inside it: that number is taken, so that no term is called new whose words all
    peers use.
    """
    found, squares = np.zeros((len(peers.sizes), len(terms))), np.zeros(len(terms))
    column = peers.columns(own.place[terms])
    there = column >= 0
    found[:, there], squares[there] = peers.counts[:, column[there]], peers.squares[column[there]]
    bounded, counts, bounds = _of_rarest(own, terms, peers)
    found[:, bounded], squares[bounded] = counts, bounds
    return found, squares


def _of_rarest(own: OwnTerms, terms: np.ndarray, peers: PeerCounts) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Those of the terms that the reference has not, but whose words peers have; counts and squares of the rarest of these."""
    with_parts, times, places = own.parts_of(terms)
    columns, known = peers.columns(places), np.zeros(0, dtype=bool)
    if len(times):
        known = np.minimum.reduceat(columns, np.cumsum(times) - times) >= 0
    if not known.any():
        return with_parts[:0], np.zeros((len(peers.sizes), 0)), np.zeros(0)
    held, times = columns[np.repeat(known, times)], times[known]
    first = np.cumsum(times) - times
    counts = np.minimum.reduceat(peers.counts[:, held].astype("float64"), first, axis=1)
    return with_parts[known], counts, np.minimum.reduceat(peers.squares[held], first)


def moments_among_peers(own: OwnTerms, terms: np.ndarray, standard: Standard) -> tuple[np.ndarray, Moments]:
    """Where some of a report's terms stand among those of the peers, or -1; and the moments of `counts_among_peers`."""
    column = standard.peers.columns(own.place[terms])
    moments = standard.moments.at(column)
    bounded, counts, squares = _of_rarest(own, terms, standard.peers)
    if len(bounded):
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


@dataclass(frozen=True)
class Told:
    """What one text of a report says, and what it is compared with.

    Attributes
    ----------
    n : array of shape (V,)
        Occurrences of the terms of the report in the text.
    size : int
        Words of the text.
    standard : Standard
        What the peers have in the same part, or in sections on the same policy area.
    most : int
        Terms that are listed at most.
    """

    n: np.ndarray
    size: int
    standard: Standard
    most: int


def distinctive_terms(texts: Sequence[Told], own: OwnTerms) -> list[dict[str, np.ndarray]]:
    """The terms that one text has more often than is to be expected, in the order of their shrunken ratio.

    With n occurrences among the s words of the text, and M and V as `emphasis.reference.prediction.predict` has them::

        ratio = (n + 2) / (M + 2)          z = (n - M) / sqrt(V)          p = P(X > n) + P(X = n) / 2

    `ratio` orders the table; it is near n / M for frequent terms and near 1 for those of which little is known. p is one-sided
    (one more report of the kind has the term so often or oftener), and q corrects it for the number of terms tested
    (Benjamini-Hochberg). Those are tested that could be reported at all, by what text and peers have together: the smallest p
    that a term can have is that of all occurrences being the text's; see `emphasis.measures.testability.reportable`.

    Parameters
    ----------
    texts : sequence of Told
        Texts of one report, each with its words and with what its peers have in such a text.
    own : OwnTerms

    Returns
    -------
    list of dict of arrays
        place (in `own.terms`), n, per_10k, peer_median, peer_high, n_with, peers_with, expected, ratio, z, p, q_bh.
    """
    if not texts:
        return []
    candidates = [np.flatnonzero(text.n >= LEAST_N) for text in texts]
    among = [moments_among_peers(own, some, text.standard) for some, text in zip(candidates, texts, strict=True)]
    standards, sizes = [text.standard for text in texts], [text.size for text in texts]
    setting = [one.trend for one in standards], [one.peers.sizes for one in standards], sizes
    # One array for all texts: most have few candidates.
    count = np.concatenate([text.n[some] for some, text in zip(candidates, texts, strict=True)]).astype("float64")
    every = predict_each([moments for _, moments in among], *setting)
    of_none = predict_each([_NOTHING] * len(texts), *setting)
    known = {"count": count, "expected": every.expected, "ratio": every.ratio(count), "z": every.z(count)}
    known["p"] = every.upper_p(count)
    found, start = [], 0
    for i, (some, (column, moments)) in enumerate(zip(candidates, among, strict=True)):
        rows = {name: values[start : start + len(some)] for name, values in known.items()}
        start += len(some)
        rows["q_bh"] = _corrected(rows["p"], moments.total + rows["count"], column, standards[i], of_none.only(i))
        found.append(_listed(texts[i], own, some, rows))
    return found


def _listed(text: Told, own: OwnTerms, candidates: np.ndarray, known: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """The rows of a text, from what is known of its candidates."""
    order = np.lexsort((-known["z"], -known["ratio"]))  # of two alike the first in the alphabet, as terms are sorted
    order = order[(known["count"] > known["expected"])[order]][: text.most]
    counts, _ = counts_among_peers(own, candidates[order], text.standard.peers)
    n_with = np.count_nonzero(counts, axis=0)
    sizes = text.standard.peers.sizes
    median, high = median_and_high(10_000 * counts / sizes[:, None])
    return {
        "place": candidates[order],
        "n": text.n[candidates][order].astype("int64"),
        "per_10k": 10_000 * known["count"][order] / text.size,
        "peer_median": median,
        "peer_high": high,
        "n_with": n_with,
        "peers_with": n_with / len(sizes),
        **{name: known[name][order] for name in ("expected", "ratio", "z", "p", "q_bh")},
    }


def _corrected(
    p: np.ndarray, totals: np.ndarray, column: np.ndarray, standard: Standard, of_none: Prediction
) -> np.ndarray:
    """The q of each candidate. `of_none` is the prediction of a term that no peer has. Terms that only peers have, or the text once, are in the family too, with p near 1.

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
    # It falls with the occurrences, and soon so low that it is tested in any family: how low, no one asks.
    certain = MAX_Q / (family.sum() + 1)
    for start in range(0, len(there), _AT_A_TIME):
        some = there[start : start + _AT_A_TIME]
        smallest[some] = of_none.upper_p(some.astype("float64"))
        if smallest[some[-1]] < certain:
            smallest[there[start + _AT_A_TIME :]] = 0
            break
    upward = there[np.argsort(smallest[there])]
    highest = threshold(np.repeat(smallest[upward], family[upward]))
    tested, q = smallest[own] <= highest, np.full(len(p), np.nan)
    q[tested] = benjamini_hochberg(p[tested], tests=int(family[there][smallest[there] <= highest].sum()))
    return q
