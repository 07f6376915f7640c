"""The reference: counts and figures of many reports, without their text, that single reports are compared with."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd
from scipy import sparse
from scipy.special import xlogy

from emphasis.measures.nesting import containment
from emphasis.reference.search import TermSearch, plain

MOST_PEERS = 0.5
"""Share of peers above which a term is one of most peers."""
GOVERNMENT = "20"
"""The policy area of government and reform: a report's passages on how the government works."""

REPORT_COLUMNS = ["report_id", "title", "region", "region_level", "adcode", "province", "year", "sha256", "n_words"]
MEASURE_COLUMNS = ["report_id", "kind", "measure", "part", "value"]
PASSAGE_COLUMNS = ["report", "role", "area", "n_words"]
SUMS = ("n", "n_alone", "squares")
_ENOUGH, _SOME = 50, 8
_PRIOR = 10
_TWICE = 2
_ENOUGH_REPORTS = 12
_RECENT, _RARE = 3, 0.05


@dataclass(frozen=True)
class PassageSums:
    """What each of R reports has in some of its passages.

    Attributes
    ----------
    sizes : array of shape (R,)
        Words.
    used : array of shape (U,)
        Places of the terms that any of these passages has, ascending.
    first : array of shape (R + 1,)
        Where the cells of each report begin, and where they end.
    column, n, squares : array of shape (cells,)
        Place in `used`, occurrences, and sum over paragraphs of their squares.
    """

    sizes: np.ndarray
    used: np.ndarray
    first: np.ndarray
    column: np.ndarray
    n: np.ndarray
    squares: np.ndarray

    def cells(self, reports: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """The row of each cell of some reports, by their places, among these reports; and which cells they are."""
        start, times = self.first[reports], np.diff(self.first)[reports]
        row = np.repeat(np.arange(len(reports)), times)
        return row, np.arange(len(row)) + np.repeat(start - np.cumsum(times) + times, times)

    def reports_with(self, reports: np.ndarray) -> np.ndarray:
        """How many of some reports have each of the terms in `used`, shape (U,)."""
        _, cells = self.cells(reports)
        return np.bincount(self.column[cells], minlength=len(self.used))


@dataclass(frozen=True)
class Reference:
    """Counts and figures of R reports, in G groups of passages and V terms.

    Attributes
    ----------
    reports : DataFrame of R rows
        `REPORT_COLUMNS`, sorted by report_id; a year is a whole number or missing.
    terms : array of V str, sorted
    passages : DataFrame of G rows
        report (the place in `reports`), role, area, n_words.
    term, passage, n, n_alone, squares : array of shape (cells,)
        The counts, sorted by term and passages.
    measures : DataFrame
        `MEASURE_COLUMNS`.
    definitions : mapping of str to str
        Hashes of what the measures depend on, by kind, or by kind and measure as ``theme/environment``.
    settings : mapping
        What the counts were made with.
    """

    reports: pd.DataFrame
    terms: np.ndarray
    passages: pd.DataFrame
    term: np.ndarray
    passage: np.ndarray
    n: np.ndarray
    n_alone: np.ndarray
    squares: np.ndarray
    measures: pd.DataFrame
    definitions: Mapping[str, str]
    settings: Mapping[str, Any]

    @cached_property
    def matrix(self) -> sparse.csr_array:
        """Occurrences by passages and term, shape (G, V)."""
        return self._by_passages(self.n)

    @cached_property
    def square_matrix(self) -> sparse.csr_array:
        """Squared occurrences of paragraphs likewise."""
        return self._by_passages(self.squares)

    def _by_passages(self, values: np.ndarray) -> sparse.csr_array:
        shape = (len(self.passages), len(self.terms))
        return sparse.csr_array((values.astype("float64"), (self.passage, self.term)), shape=shape)

    def later_terms(self, year: int) -> np.ndarray:
        """Places of the terms that no report of a year or before has, but later ones; none where fewer than 12 reports are that old."""
        years = self.reports["year"].astype("float64").to_numpy()
        if np.sum(years <= year) < _ENOUGH_REPORTS:
            return np.array([], dtype="int64")
        return np.flatnonzero(self._first_year > year)

    def rare_terms(self, year: int) -> np.ndarray:
        """Places of the terms that fewer than one in twenty of the reports of a year and the two before have; none for fewer than 12 reports."""
        years = self.reports["year"].astype("float64").to_numpy()
        recent = np.flatnonzero((years <= year) & (years > year - _RECENT))
        if len(recent) < _ENOUGH_REPORTS:
            return np.array([], dtype="int64")
        sums, n_with = self.by_report((), ""), np.zeros(len(self.terms))
        n_with[sums.used] = sums.reports_with(recent)
        return np.flatnonzero(n_with < _RARE * len(recent))

    @cached_property
    def _first_year(self) -> np.ndarray:
        years = self.reports["year"].astype("float64").fillna(np.inf).to_numpy()[self.passages["report"].to_numpy()]
        first = np.full(len(self.terms), np.inf)
        np.minimum.at(first, self.term, years[self.passage])
        return np.where(np.isinf(first), -np.inf, first)

    @cached_property
    def _chosen(self) -> dict[tuple[tuple[str, ...], str], PassageSums]:
        return {}

    def by_report(self, roles: tuple[str, ...], area: str) -> PassageSums:
        """The sums of each report over its passages of some roles, of all without any, and on an area, on any if it is empty."""
        if (roles, area) not in self._chosen:
            passages = self.passages
            wanted = np.ones(len(passages), dtype=bool)
            if roles:
                wanted &= passages["role"].isin(roles).to_numpy()
            if area:
                wanted &= (passages["area"] == area).to_numpy()
            chosen = np.flatnonzero(wanted)
            report, r = passages["report"].to_numpy()[chosen], len(self.reports)
            words = passages["n_words"].to_numpy(dtype="float64")[chosen]
            held = sparse.csr_array((np.ones(len(chosen)), (report, np.arange(len(chosen)))), shape=(r, len(chosen)))
            # Both have the same cells, since no term of a passage has no occurrences.
            n, squares = (sparse.csr_array(held @ values[chosen]) for values in (self.matrix, self.square_matrix))
            used = np.flatnonzero(np.bincount(n.indices, minlength=n.shape[1]))
            column = np.searchsorted(used, n.indices).astype("int32")
            self._chosen[roles, area] = PassageSums(
                np.bincount(report, words, r), used, n.indptr, column, n.data.astype("int32"), squares.data
            )
        return self._chosen[roles, area]

    @cached_property
    def concentration(self) -> np.ndarray:
        """How far the occurrences of each term keep to some subjects, shape (V,); missing for terms with fewer than 50.

        The Kullback-Leibler divergence, in nats, of the policy areas of its occurrences from those of all words, less what chance
        gives: ``sum p ln(p / q) - (K - 1) / (2 n)``, over the K areas that passages have. 建设 has 0.04, 养老 1.4.
        """
        n, usual = self._by_area
        total = n.sum(axis=0)
        share = n / np.maximum(total, 1)
        found = xlogy(share, share / usual).sum(axis=0) - max(len(n) - 1, 0) / (2 * np.maximum(total, 1))
        return np.where((total >= _ENOUGH) & (len(n) > 0), found, np.nan)

    @cached_property
    def concentration_of_rare(self) -> np.ndarray:
        """The same of terms with 8 to 49 occurrences, shape (V,); missing for others.

        Ten occurrences are added that are spread like all words, ``p = (n_k + 10 q_k) / (n + 10)``, so that few of them do not
        seem to keep to a subject by chance: 省内 has 0.17, 养殖 1.0.
        """
        n, usual = self._by_area
        total = n.sum(axis=0)
        share = (n + _PRIOR * usual) / (total + _PRIOR)
        found = xlogy(share, share / usual).sum(axis=0)
        return np.where((total >= _SOME) & (total < _ENOUGH) & (len(n) > 0), found, np.nan)

    @cached_property
    def special(self) -> np.ndarray:
        """Whether the reports that have a term say it twice or more on average, bool of shape (V,): specialities of few, such as 版画."""
        sums, found = self.by_report((), ""), np.zeros(len(self.terms), dtype=bool)
        times = np.bincount(sums.column, sums.n, len(sums.used))
        found[sums.used] = times >= _TWICE * np.bincount(sums.column, minlength=len(sums.used))
        return found

    @cached_property
    def _by_area(self) -> tuple[np.ndarray, np.ndarray]:
        """Occurrences of terms by policy area, shape (K, V), and the shares of the areas of all words, shape (K, 1)."""
        areas = self.passages["area"].to_numpy(dtype=object)
        wanted = sorted(set(areas.tolist()) - {""})
        group = sparse.csr_array((areas[:, None] == np.array(wanted, dtype=object)[None, :]).astype("float64"))
        words = group.T @ self.passages["n_words"].to_numpy(dtype="float64")
        return np.asarray((group.T @ self.matrix).todense()), (words / max(words.sum(), 1))[:, None]

    @cached_property
    def of_government(self) -> np.ndarray:
        """The share of the occurrences of each term that stand in passages on government itself, or on no area; shape (V,)."""
        own = np.isin(self.passages["area"].to_numpy(dtype=object), ["", GOVERNMENT]).astype("float64")
        found: np.ndarray = (own @ self.matrix) / np.maximum(np.ones(len(own)) @ self.matrix, 1)
        return found

    @cached_property
    def place_of(self) -> Mapping[str, int]:
        """The place of each term."""
        return {term: place for place, term in enumerate(self.terms.tolist())}

    @cached_property
    def search(self) -> TermSearch:
        """Looks for the terms in texts."""
        return TermSearch([plain(term) for term in self.terms.tolist()])

    def places(self, terms: Sequence[str]) -> np.ndarray:
        """Places of terms; -1 for one that is not there."""
        place = self.place_of
        return np.array([place.get(term, -1) for term in terms], dtype="int64")

    @cached_property
    def _report_place(self) -> dict[str, int]:
        return {report_id: place for place, report_id in enumerate(self.reports["report_id"].tolist())}

    def report_places(self, report_ids: Iterable[str]) -> np.ndarray:
        """Places of reports that are there."""
        return np.array([self._report_place[report_id] for report_id in report_ids], dtype="int64")


@dataclass(frozen=True)
class PeerCounts:
    """Occurrences of terms in some passages of m peers.

    Attributes
    ----------
    used : array of shape (V,)
        Places in the reference of the terms that any of them has, ascending.
    counts : array of shape (m, V)
        Whole numbers of any type.
    sizes : array of shape (m,)
        Words; all above zero.
    squares : array of shape (V,)
        Sum over all paragraphs of squared occurrences.
    terms : array of str
        All terms of the reference.
    """

    used: np.ndarray
    counts: np.ndarray
    sizes: np.ndarray
    squares: np.ndarray
    terms: np.ndarray

    @cached_property
    def n_with(self) -> np.ndarray:
        """How many of the peers have each term, shape (V,)."""
        found: np.ndarray = np.count_nonzero(self.counts, axis=0)
        return found

    @cached_property
    def common(self) -> np.ndarray:
        """The columns of the terms that more than half of the peers have."""
        return np.flatnonzero(self.n_with > MOST_PEERS * len(self.sizes))

    @cached_property
    def nested(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Which of the terms in `common` hold which others; see `emphasis.measures.nesting.containment`."""
        return containment(self.terms[self.used[self.common]].tolist())

    def columns(self, place: np.ndarray) -> np.ndarray:
        """Where places in the reference stand among `used`; -1 for those that do not."""
        if not len(self.used):
            return np.full(len(place), -1)
        at = np.minimum(np.searchsorted(self.used, place), len(self.used) - 1)
        found: np.ndarray = np.where(self.used[at] == place, at, -1)
        return found


def peer_counts(
    reference: Reference, report_ids: Sequence[str], roles: Iterable[str] = (), area: str = "", least: int = 1
) -> PeerCounts:
    """The counts of some reports of a reference, summed over their passages.

    Parameters
    ----------
    reference : Reference
    report_ids : sequence of str
    roles : iterable of str
        Only passages of these roles; of all without any.
    area : str
        Only passages on this policy area; on any if empty.
    least : int
        Reports with fewer words in these passages are left out.
    """
    places = reference.report_places(report_ids)
    passages = reference.by_report(tuple(roles), area)
    kept = places[passages.sizes[places] >= max(least, 1)]
    row, cells = passages.cells(kept)
    column, n = passages.column[cells], passages.n[cells]
    used = np.flatnonzero(np.bincount(column, minlength=len(passages.used)))
    place = np.zeros(len(passages.used), dtype="int64")
    place[used] = np.arange(len(used))
    squares = np.bincount(column, passages.squares[cells], len(passages.used))[used]
    # Most references have no term more than 255 times: a byte each.
    counts = np.zeros((len(kept), len(used)), dtype=np.min_scalar_type(int(n.max(initial=0))))
    counts[row, place[column]] = n
    return PeerCounts(passages.used[used], counts, passages.sizes[kept], squares, reference.terms)
