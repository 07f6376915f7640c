"""What steps that compare many reports need to know of each: its words with four sums, and its size."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
from scipy import sparse

from emphasis.measures.counts import coded, texts
from emphasis.measures.paragraphs import Paragraphs

SUMS = ("n", "n_paragraphs", "squares", "with_size")


@dataclass(frozen=True)
class ReportTerms:
    """Keywords of R reports under one vocabulary of V words; twenty bytes for each word of each report.

    Attributes
    ----------
    names : list of str
        Ids of the reports, sorted.
    vocabulary : array of str, shape (V,)
        Sorted.
    n : sparse array of shape (R, V)
        Occurrences; those of a report in the order of the words.
    n_paragraphs, squares, with_size : array of shape (n.nnz,)
        For each cell of `n`: paragraphs that have the word, the sum over paragraphs of its squared occurrences, and that of
        its occurrences times the tokens of the paragraph.
    tokens, paragraphs, size_squares : array of shape (R,)
        Counted tokens and paragraphs of each report, and the sum of the squared tokens of its paragraphs.
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

    def cells(self, report: int) -> slice:
        """Where the cells of a report stand."""
        return slice(self.n.indptr[report], self.n.indptr[report + 1])

    def sum(self, values: np.ndarray) -> np.ndarray:
        """The sum over all reports, for each word, of what is given for each cell."""
        return np.bincount(self.n.indices, weights=values, minlength=len(self.vocabulary))


def report_terms(paragraphs: Paragraphs) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The words of each report, and its size.

    Returns
    -------
    DataFrame
        report_id, term, n, n_paragraphs, squares, with_size.
    DataFrame
        report_id, n_tokens, n_paragraphs, squares.
    """
    report, names = coded(paragraphs.units["report_id"])
    cells = paragraphs.counts.tocoo()
    cell, place = np.unique(report[cells.row] * len(paragraphs.vocabulary) + cells.col, return_inverse=True)
    x, s = cells.data, paragraphs.sizes[cells.row]
    sums = (np.ones(len(x)), x, x**2, x * s)
    n_paragraphs, n, squares, with_size = (np.bincount(place, v, len(cell)).astype("int64") for v in sums)
    owner, word = np.divmod(cell, max(len(paragraphs.vocabulary), 1))
    vocabulary = pa.array(paragraphs.vocabulary, type=pa.string())
    table = {"n": n, "n_paragraphs": n_paragraphs, "squares": squares, "with_size": with_size}
    sizes = {
        "n_tokens": np.bincount(report, paragraphs.sizes, len(names)).astype("int64"),
        "n_paragraphs": np.bincount(report, minlength=len(names)),
        "squares": np.bincount(report, paragraphs.sizes.astype("float64") ** 2, len(names)).astype("int64"),
    }
    ids = {"report_id": texts(names, owner), "term": texts(vocabulary, word)}
    return pd.DataFrame(ids | table), pd.DataFrame({"report_id": names.to_pandas()} | sizes)


def load_report_terms(terms: Iterable[Path | str], sizes: Iterable[Path | str]) -> ReportTerms:
    """The words and sizes of all batches together, from the Parquet files of each."""
    known: dict[str, int] = {}
    reports: list[str] = []
    owner, word = [], []
    values: dict[str, list[np.ndarray]] = {name: [] for name in SUMS}
    for path in terms:
        table = pq.read_table(path, read_dictionary=["report_id", "term"], use_threads=False).unify_dictionaries()
        ids, words = (table.column(name).combine_chunks() for name in ("report_id", "term"))
        place = np.array([known.setdefault(w, len(known)) for w in words.dictionary.to_pylist()], dtype="int64")
        word.append(place[words.indices.to_numpy()].astype("int32"))
        owner.append((ids.indices.to_numpy() + len(reports)).astype("int32"))
        reports += ids.dictionary.to_pylist()
        for name in SUMS:
            values[name].append(table.column(name).to_numpy().astype("int32"))
    size = pa.concat_tables([pq.read_table(path) for path in sizes]).sort_by("report_id")
    names = size.column("report_id").to_pylist()
    index = {name: i for i, name in enumerate(names)}
    vocabulary = np.array(sorted(known), dtype=object)
    rank = np.empty(len(known), dtype="int32")
    rank[[known[w] for w in vocabulary]] = np.arange(len(known), dtype="int32")
    row = np.array([index[r] for r in reports], dtype="int32")[_joined(owner)]
    column = rank[_joined(word)]
    order = np.lexsort((column, row))
    pointers = np.r_[0, np.cumsum(np.bincount(row, minlength=len(names)))]
    n, n_paragraphs, squares, with_size = (_joined(values[name])[order] for name in SUMS)
    counts = sparse.csr_array((n, column[order], pointers), shape=(len(names), len(vocabulary)))
    about = (size.column(name).to_numpy() for name in ("n_tokens", "n_paragraphs", "squares"))
    return ReportTerms(names, vocabulary, counts, n_paragraphs, squares, with_size, *about)


def _joined(parts: list[np.ndarray]) -> np.ndarray:
    return np.concatenate(parts) if parts else np.zeros(0, dtype="int32")
