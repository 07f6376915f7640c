"""The reference: counts and figures of many reports, without their text, that single reports are compared with.

Its folder has

reports.tsv
    A report a line: what its peers are found by, and the hash of its file.
provenance.yaml
    What the counts were made with, and a hash of each definition: figures are compared only where it is the same. How the topics were
    fitted, and who named them.
terms.parquet
    The terms, sorted; a term is its place here.
passages.parquet
    What is counted together: of each report the passages of one role (review, problems, plan, closing) on one subject, with
    their words. The subject is the main policy area of the section, or nothing.
counts.parquet
    Place of the term, place of the passages, occurrences, those as a token of its own, sum of squared occurrences by paragraph.
measures.parquet
    Attention to themes, shares of topics and of policy areas, targets and structure of each report and its parts.
topics/
    The model of topics: see `emphasis.topics.basis`. A reference without one was made with the shipped one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import yaml
from scipy import sparse
from scipy.special import xlogy

from emphasis.errors import EmphasisError
from emphasis.reference.search import TermSearch, plain
from emphasis.store.atomic import write_atomically
from emphasis.store.markup import from_yaml

GOVERNMENT = "20"
"""The policy area of government and reform: a report's passages on how the government works."""

FILES = ("reports.tsv", "provenance.yaml", "terms.parquet", "passages.parquet", "counts.parquet", "measures.parquet")
"""The files of a reference."""

REPORT_COLUMNS = ["report_id", "title", "region", "region_level", "adcode", "province", "year", "sha256", "n_words"]
MEASURE_COLUMNS = ["report_id", "kind", "measure", "part", "value"]
_PASSAGE_COLUMNS = ["report", "role", "area", "n_words"]
_SUMS = ("n", "n_alone", "squares")
_ENOUGH, _SOME = 50, 8
_PRIOR = 10
_TWICE = 2
_ENOUGH_REPORTS = 12
_RECENT, _RARE = 3, 0.05
_LEVEL = 19
"""Of compression: the file is written once and kept in the repository."""


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

    def cells(self, reports: np.ndarray) -> tuple[np.ndarray, slice | np.ndarray]:
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


def write_reference(folder: Path | str, reference: Reference, topics: Mapping[str, Any] | None = None) -> None:
    """Write a reference; equal references give equal bytes.

    Parameters
    ----------
    folder : path-like
    reference : Reference
    topics : mapping, optional
        The provenance of its topics, which becomes part of its own.
    """
    path = Path(folder)
    reports = reference.reports[REPORT_COLUMNS]
    write_atomically(path / "reports.tsv", partial(reports.to_csv, sep="\t", index=False, lineterminator="\n"))
    provenance = {"settings": dict(reference.settings), "definitions": dict(reference.definitions)}
    provenance |= {"topics": dict(topics)} if topics else {}
    text = yaml.safe_dump(provenance, allow_unicode=True, sort_keys=False, width=120)
    write_atomically(path / "provenance.yaml", lambda file: file.write_text(text, encoding="utf-8", newline="\n"))
    cells = {"term": reference.term.astype("int32"), "passages": reference.passage.astype("int32")}
    cells |= {name: getattr(reference, name).astype("int32") for name in _SUMS}
    passages = {name: reference.passages[name].to_numpy() for name in _PASSAGE_COLUMNS}
    for name in ("report", "n_words"):
        passages[name] = passages[name].astype("int32")
    measures = {name: reference.measures[name].to_numpy() for name in MEASURE_COLUMNS}
    tables = {"terms": {"term": reference.terms}, "passages": passages, "counts": cells, "measures": measures}
    for name, columns in tables.items():
        _write_parquet(path / f"{name}.parquet", columns)


def _write_parquet(path: Path, columns: Mapping[str, np.ndarray]) -> None:
    arrow = pa.table(
        {name: pa.array(values.tolist() if values.dtype == object else values) for name, values in columns.items()}
    )
    # Differences of ascending numbers, and the bytes of others apart, take two thirds of the space of dictionaries.
    whole = {name: values for name, values in columns.items() if values.dtype.kind == "i"}
    ascending = {name for name, values in whole.items() if (np.diff(values) >= 0).all()}
    encoding = {name: "DELTA_BINARY_PACKED" if name in ascending else "BYTE_STREAM_SPLIT" for name in whole}
    write = partial(
        pq.write_table, arrow, compression="zstd", compression_level=_LEVEL,
        use_dictionary=[name for name in columns if name not in whole], column_encoding=encoding,
    )  # fmt: skip
    write_atomically(path, write)


def read_reference(folder: Path | str) -> Reference:
    """Read a reference from its folder.

    Raises
    ------
    EmphasisError
        If a file is missing or malformed.
    """
    path = Path(folder)
    try:
        text = {name: str for name in REPORT_COLUMNS if name not in ("year", "n_words")}
        reports = pd.read_csv(path / "reports.tsv", sep="\t", keep_default_na=False, dtype=text | {"year": str})
        reports["year"] = pd.to_numeric(reports["year"].replace("", None)).astype("Int64")
        provenance = from_yaml((path / "provenance.yaml").read_text(encoding="utf-8"))
        terms, passages, cells, measures = (
            pq.read_table(path / f"{name}.parquet", use_threads=False)
            for name in ("terms", "passages", "counts", "measures")
        )
        term, passage, n, n_alone, squares = (cells.column(name).to_numpy() for name in ("term", "passages", *_SUMS))
        return Reference(
            reports[REPORT_COLUMNS],
            np.array(terms.column("term").to_pylist(), dtype=object),
            passages.to_pandas(use_threads=False)[_PASSAGE_COLUMNS],
            term,
            passage,
            n,
            n_alone,
            squares,
            measures.to_pandas(use_threads=False)[MEASURE_COLUMNS],
            provenance["definitions"],
            provenance["settings"],
        )
    except (OSError, ValueError, KeyError, TypeError, pa.ArrowException) as error:
        raise EmphasisError(
            f"{path}: the reference cannot be read ({error}); `reference` in the configuration is shipped, corpus or a folder that "
            "`snakemake reference` wrote"
        ) from error


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
    """

    used: np.ndarray
    counts: np.ndarray
    sizes: np.ndarray
    squares: np.ndarray

    @cached_property
    def n_with(self) -> np.ndarray:
        """How many of the peers have each term, shape (V,)."""
        found: np.ndarray = np.count_nonzero(self.counts, axis=0)
        return found

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
    return PeerCounts(passages.used[used], counts, passages.sizes[kept], squares)
