"""What steps that compare many reports need to know of each: its words with four sums, and its size."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from scipy import sparse

from emphasis.measures.counts import Paragraphs
from emphasis.store.codes import string_codes
from emphasis.store.damaged import name_in_errors
from emphasis.store.row_groups import owners

SUMS = ("n", "n_alone", "n_paragraphs", "squares", "with_size")
_AT_ONCE = 256
"""Reports whose cells are summed at once."""
_READ_AT_ONCE = 64
"""Reports whose cells are read at once."""
_MOST = np.iinfo("int32").max


@dataclass(frozen=True)
class ReportTerms:
    """Keywords of R reports under one vocabulary of V words; twenty-four bytes for each word of each report.

    Attributes
    ----------
    names, vocabulary : list of R str, array of V str
        Ids of the reports and words, both sorted.
    n : sparse array of shape (R, V)
        Occurrences; those of a report in the order of the words.
    n_paragraphs, squares, with_size : array of shape (n.nnz,)
        For each cell of `n`: paragraphs that have the word, the sum over paragraphs of its squared occurrences, and that of
        its occurrences times the words of the paragraph.
    tokens, paragraphs, size_squares : array of shape (R,)
        Words and paragraphs of each report, and the sum of the squared words of its paragraphs.
    n_alone : array of shape (n.nnz,), optional
        For each cell of `n` the occurrences as a token of its own; without it all of them are.
    """

    names: list[str]
    vocabulary: np.ndarray
    n: sparse.csr_array
    n_paragraphs: np.ndarray
    squares: np.ndarray
    with_size: np.ndarray
    tokens: np.ndarray
    paragraphs: np.ndarray
    size_squares: np.ndarray
    n_alone: np.ndarray | None = None

    def cells(self, report: int) -> slice:
        """Where the cells of a report are."""
        return slice(self.n.indptr[report], self.n.indptr[report + 1])

    @property
    def alone(self) -> np.ndarray:
        """For each cell the occurrences as a token of its own."""
        own: np.ndarray = self.n.data if self.n_alone is None else self.n_alone
        return own

    def of_report(self, report: int, words: np.ndarray, *, alone: bool = False) -> np.ndarray:
        """Occurrences of some words, by their places in the vocabulary, in a report; `alone`: as a token of its own."""
        cells, found = self.cells(report), np.zeros(len(self.vocabulary), dtype="int64")
        found[self.n.indices[cells]] = (self.alone if alone else self.n.data)[cells]
        own: np.ndarray = found[words]
        return own

    def sum(self, values: Callable[[slice, np.ndarray], np.ndarray]) -> np.ndarray:
        """The sum over all reports, for each word, of what `values` gives for some cells and the reports that these are of."""
        total = np.zeros(len(self.vocabulary))
        for first in range(0, len(self.names), _AT_ONCE):
            pointers = self.n.indptr[first : first + _AT_ONCE + 1]
            report = np.repeat(np.arange(first, first + len(pointers) - 1), np.diff(pointers))
            cells = slice(pointers[0], pointers[-1])
            np.add.at(total, self.n.indices[cells], values(cells, report).astype("float64"))
        return total


def report_terms(paragraphs: Paragraphs) -> dict[str, pd.DataFrame]:
    """The words of each report, and its size.

    Returns
    -------
    dict of DataFrame
        ``report_terms``: report_id, term, n, n_alone, n_paragraphs, squares, with_size; ``report_sizes``: report_id, n_words,
        n_paragraphs, squares.
    """
    report, names = string_codes(paragraphs.units["report_id"])
    cells = paragraphs.counts.tocoo()
    cell, place = np.unique(report[cells.row] * len(paragraphs.vocabulary) + cells.col, return_inverse=True)
    x, s, size = cells.data, paragraphs.sizes[cells.row], paragraphs.sizes.astype("float64")
    alone = x if paragraphs.alone is None else paragraphs.alone.tocoo().data
    owner, word = np.divmod(cell, max(len(paragraphs.vocabulary), 1))
    texts = {"report_id": pd.Categorical.from_codes(owner, names.to_pandas())}
    texts["term"] = pd.Categorical.from_codes(word, pd.Index(paragraphs.vocabulary))
    values = zip(SUMS, (x, alone, np.ones(len(x)), x**2, x * s), strict=True)
    sums = {name: np.bincount(place, value, len(cell)).astype("int64") for name, value in values}
    sizes = {"n_words": size, "n_paragraphs": np.ones(len(size)), "squares": size**2}
    sizes = {name: np.bincount(report, value, len(names)).astype("int64") for name, value in sizes.items()}
    report_sizes = pd.DataFrame({"report_id": names.to_pandas()} | sizes)
    return {"report_terms": pd.DataFrame(texts | sums), "report_sizes": report_sizes}


def _read(
    path: Path | str, columns: list[str] | None = None, groups: Sequence[int] | None = None, coded: Sequence[str] = ()
) -> pa.Table:
    """Some row groups of a file, or all. The file is closed: what pyarrow remembers of one with hundreds of row groups takes megabytes."""
    with name_in_errors(path), pq.ParquetFile(path, read_dictionary=coded) as file:
        if groups is None or len(groups) == file.num_row_groups:
            return file.read(columns, use_threads=False)
        return file.read_row_groups(groups, columns, use_threads=False)


class _TermsFile(NamedTuple):
    """A file of report_terms: which of its row groups are wanted, the report of each, by its number, and its rows."""

    path: Path | str
    groups: list[int]
    reports: list[int]
    sizes: list[int]

    @classmethod
    def of(cls, path: Path | str, index: Mapping[str, int]) -> _TermsFile:
        """With the row groups of the reports that are in `index`."""
        with name_in_errors(path):
            about = pq.read_metadata(path)
            reports = [index.get(report_id, -1) for report_id in owners(about)]
        groups = [i for i, report in enumerate(reports) if report >= 0]
        sizes = [about.row_group(i).num_rows for i in groups]
        return cls(path, groups, [reports[i] for i in groups], sizes)


def _read_cells(
    files: Sequence[_TermsFile], pointers: np.ndarray, wanted: Sequence[str]
) -> tuple[np.ndarray, np.ndarray, dict[str, np.ndarray]]:
    """The vocabulary, and for each cell the place of its word and the sums that are wanted; others are empty.

    `pointers` says where the cells of each report begin.
    """
    # The cells of some reports go straight to their places: of these arrays there is one, and of what is read a part of a file.
    word = np.empty(pointers[-1], dtype="int32")
    values = {name: np.empty(pointers[-1] if name in wanted else 0, dtype="int32") for name in SUMS}
    known: dict[str, int] = {}
    for path, every_group, every_report, _ in files:
        for first in range(0, len(every_group), _READ_AT_ONCE):
            groups, reports = (some[first : first + _READ_AT_ONCE] for some in (every_group, every_report))
            places = np.concatenate([np.arange(pointers[report], pointers[report + 1]) for report in reports])
            table = _read(path, ["term", *wanted], groups, ["term"]).unify_dictionaries()
            found = table.column("term").combine_chunks()
            place = np.array([known.setdefault(w, len(known)) for w in found.dictionary.to_pylist()], dtype="int32")
            word[places] = place[found.indices.to_numpy()]
            for name in wanted:
                column = table.column(name).to_numpy()
                if column.max(initial=0) > _MOST:  # a long text without paragraphs
                    values[name] = values[name].astype("int64")
                values[name][places] = column
    pa.default_memory_pool().release_unused()
    vocabulary = np.array(sorted(known), dtype=object)
    rank = np.empty(len(known), dtype="int32")
    rank[[known[w] for w in vocabulary]] = np.arange(len(known), dtype="int32")
    # The words of a report are stored in their order.
    np.take(rank, word, out=word, mode="clip")
    return vocabulary, word, values


def load_report_terms(
    terms: Iterable[Path | str],
    sizes: Iterable[Path | str],
    sums: Collection[str] = SUMS,
    reports: Collection[str] | None = None,
) -> ReportTerms:
    """The words and sizes of all batches, from the Parquet files of each; of the sums, `n` and those named, others empty.

    With `reports` of these alone: nothing is read of others, and the vocabulary is that of these.
    """
    wanted = [name for name in SUMS if name == "n" or name in sums]
    size = pa.concat_tables([_read(path) for path in sizes]).sort_by("report_id")
    if reports is not None:
        size = size.filter(pc.is_in(size["report_id"], value_set=pa.array(sorted(reports), type=pa.string())))
    names = size.column("report_id").to_pylist()
    index = {name: i for i, name in enumerate(names)}
    files = [_TermsFile.of(path, index) for path in terms]
    words_of = np.zeros(len(names), dtype="int64")
    for file in files:
        words_of[file.reports] = file.sizes
    pointers = np.r_[0, np.cumsum(words_of)]
    # Pointers of 64 bits would make the indices as wide.
    pointers = pointers.astype("int32" if pointers[-1] < 2**31 else "int64")
    vocabulary, word, values = _read_cells(files, pointers, wanted)
    counts = sparse.csr_array((values["n"], word, pointers), shape=(len(names), len(vocabulary)))
    of_report = {name: size.column(name).to_numpy() for name in ("n_words", "n_paragraphs", "squares")}
    return ReportTerms(
        names,
        vocabulary,
        counts,
        n_paragraphs=values["n_paragraphs"],
        squares=values["squares"],
        with_size=values["with_size"],
        tokens=of_report["n_words"],
        paragraphs=of_report["n_paragraphs"],
        size_squares=of_report["squares"],
        n_alone=values["n_alone"] if "n_alone" in wanted else None,
    )
