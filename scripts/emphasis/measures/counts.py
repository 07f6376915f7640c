"""What is counted, and what it is divided by: the ground under every frequency.

Three notions, kept apart throughout:

tokens
    Every token of the counted parts of a report: words, terms, numbers, Latin. Punctuation is none. Rates are divided
    by these.
keywords
    The tokens that can stand in a keyword table: no numbers, no stop words, not shorter than a given length.
pieces
    The text between one heading and the next. A section without subsections is one piece; a section with subsections
    contributes its introduction. Pieces do not overlap and together are the counted text.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from scipy import sparse

from emphasis.sections import ancestors, section_order
from emphasis.store.batches import StoredTable, split_ids


@dataclass(frozen=True)
class Counting:
    """The choices behind a count.

    Attributes
    ----------
    roles : collection of str
        Parts of a report that are counted.
    stopwords : collection of str
        Tokens that are no keywords.
    min_length : int
        Shortest keyword, in characters.
    """

    roles: Collection[str]
    stopwords: Collection[str] = ()
    min_length: int = 1


@dataclass(frozen=True)
class Words:
    """The tokens of the counted parts of one or more reports, as numbers.

    Attributes
    ----------
    units : DataFrame of U rows
        report_id, section_id, role; the sections that tokens stand in, in the order of reports and sections.
    vocabulary : Arrow array of V strings
        Sorted.
    rows : array of shape (n,)
        Where each counted token stands in the table of tokens.
    unit, word : array of shape (n,)
        Its place in `units` and in `vocabulary`.
    keyword, number : bool array of shape (n,)
    """

    units: pd.DataFrame
    vocabulary: pa.Array
    rows: np.ndarray
    unit: np.ndarray
    word: np.ndarray
    keyword: np.ndarray
    number: np.ndarray

    def by_unit(self, chosen: np.ndarray) -> sparse.csr_array:
        """How often each word stands in each section among the chosen tokens, shape (U, V)."""
        return self.cells(self.unit[chosen], self.word[chosen])

    def cells(self, unit: np.ndarray, word: np.ndarray) -> sparse.csr_array:
        """How often each word is given with each section, shape (U, V)."""
        ones = np.ones(len(unit), dtype="int64")
        counts = sparse.csr_array((ones, (unit, word)), shape=(len(self.units), len(self.vocabulary)))
        counts.sum_duplicates()
        return counts


def coded(column: pd.Series[Any]) -> tuple[np.ndarray, pa.Array]:
    """The place of each string among the different ones, and these, sorted by their characters."""
    places, found = as_met(column)
    order = pc.array_sort_indices(found)
    rank = np.empty(len(order), dtype="int64")
    rank[order.to_numpy()] = np.arange(len(order))
    return rank[places], found.take(order)


def as_met(column: pd.Series[Any]) -> tuple[np.ndarray, pa.Array]:
    """The place of each string among the different ones, and these, in any order."""
    if isinstance(column.dtype, pd.ArrowDtype):
        stored = pa.chunked_array(pa.array(column)).unify_dictionaries().combine_chunks()
        return _used(stored.indices.to_numpy(), stored.dictionary)
    found = pa.array(column, type=pa.string()).dictionary_encode()
    found = found.combine_chunks() if isinstance(found, pa.ChunkedArray) else found
    return found.indices.to_numpy(), found.dictionary


def _used(places: np.ndarray, words: pa.Array) -> tuple[np.ndarray, pa.Array]:
    """The words that some place names, and the places among these."""
    there = np.zeros(len(words), dtype=bool)
    there[places] = True
    return (np.cumsum(there) - 1)[places], words.filter(pa.array(there))


def count_words(tokens: pd.DataFrame, sections: pd.DataFrame, counting: Counting) -> Words:
    """The tokens in counted parts, and which of them are keywords.

    Parameters
    ----------
    tokens : DataFrame
        report_id, section_id, token, kind; one row a token.
    sections : DataFrame
        report_id, section_id, role.
    counting : Counting
    """
    report, reports = coded(tokens["report_id"])
    section, names = coded(tokens["section_id"])
    cell = report * len(names) + section
    present = np.flatnonzero(np.bincount(cell, minlength=len(reports) * len(names)))
    ids, section_ids = reports.to_pylist(), names.to_pylist()
    roles = _roles(sections)
    rows = [(ids[c // len(names)], section_ids[c % len(names)]) for c in present.tolist()]
    found = [(r, s, roles.get((r, s), "")) for r, s in rows]
    order = sorted(
        (i for i, (_, _, role) in enumerate(found) if role in counting.roles),
        key=lambda i: (found[i][0], section_order(found[i][1])),
    )
    unit_of = np.full(len(reports) * len(names), -1)
    unit_of[present[order]] = np.arange(len(order))
    unit = unit_of[cell]
    rows_kept = np.flatnonzero(unit >= 0)
    # All words get a place first, which is quicker than to put the kept ones together.
    places, every = coded(tokens["token"])
    word, vocabulary = _used(places[rows_kept], every)
    long = pc.greater_equal(pc.utf8_length(vocabulary), counting.min_length)
    plain = pc.is_in(vocabulary, pa.array(sorted(counting.stopwords), type=pa.string()))
    is_word = np.asarray(pc.and_(long, pc.invert(plain)), dtype=bool)
    kind, kinds = as_met(tokens["kind"])
    number = np.asarray(pc.equal(kinds, "number"), dtype=bool)[kind[rows_kept]]
    units = pd.DataFrame([found[i] for i in order], columns=["report_id", "section_id", "role"])
    return Words(units, vocabulary, rows_kept, unit[rows_kept], word, is_word[word] & ~number, number)


def _roles(sections: pd.DataFrame) -> dict[tuple[str, str], str]:
    keys = list(zip(sections["report_id"].tolist(), sections["section_id"].tolist(), strict=True))
    roles = dict(zip(keys, sections["role"].tolist(), strict=True))
    if len(roles) < len(keys):
        raise ValueError("a section stands in the outline twice")
    return roles


def holders(units: pd.DataFrame) -> tuple[pd.DataFrame, sparse.csr_array]:
    """The sections of `units` and those that hold them, in order, and which holds which, shape (all, units)."""
    pairs = [
        (report_id, holder, i)
        for i, (report_id, section_id) in enumerate(zip(units["report_id"], units["section_id"], strict=True))
        for holder in ancestors(section_id)
    ]
    every = sorted({(r, s) for r, s, _ in pairs}, key=lambda pair: (pair[0], section_order(pair[1])))
    place = {pair: i for i, pair in enumerate(every)}
    cells = np.ones(len(pairs), dtype="int64"), ([place[r, s] for r, s, _ in pairs], [i for _, _, i in pairs])
    held = sparse.csr_array(cells, shape=(len(every), len(units)))
    return pd.DataFrame(every, columns=["report_id", "section_id"]), held


def counted_tokens(tokens: pd.DataFrame, sections: pd.DataFrame, counting: Counting) -> pd.DataFrame:
    """The tokens in counted parts, with the columns `role` and `keyword` added.

    Parameters
    ----------
    tokens : DataFrame
        report_id, section_id, sentence_id, token, pos, kind; one row a token.
    sections : DataFrame
        report_id, section_id, role.
    counting : Counting
    """
    words = count_words(tokens, sections, counting)
    role, roles = coded(words.units["role"])
    joined = tokens.iloc[words.rows].reset_index(drop=True)
    return joined.assign(role=texts(roles, role[words.unit]), keyword=words.keyword)


def texts(words: pa.Array, places: np.ndarray) -> pd.Series[str]:
    """A column of strings by their places."""
    return pd.Series(pd.arrays.ArrowStringArray(words.take(pa.array(places))), dtype="str")


def labels(words: pa.Array, places: np.ndarray) -> pd.Categorical[Any]:
    """A column of strings by their places that keeps these: each string is looked at once when the column is written."""
    return pd.Categorical.from_codes(places, dtype=pd.CategoricalDtype(texts(words, np.arange(len(words)))))


@dataclass(frozen=True)
class Pool:
    """Two texts together that are compared, and the words that are tested.

    Attributes
    ----------
    word : array of shape (W,)
        Places of the tested words in the vocabulary, in order.
    counts : array of shape (U, W)
        Occurrences of each tested word in each paragraph.
    sizes : array of shape (U,)
        Tokens of each paragraph.
    """

    word: np.ndarray
    counts: np.ndarray
    sizes: np.ndarray


@dataclass(frozen=True)
class Paragraphs:
    """Occurrences of keywords in paragraphs.

    Attributes
    ----------
    vocabulary : array of str, shape (V,)
        Sorted.
    counts : sparse array of shape (U, V)
        Occurrences of each keyword in each paragraph.
    sizes : array of shape (U,)
        Tokens of each paragraph, stop words and numbers among them; all above zero.
    units : DataFrame of U rows
        report_id, section_id, role, paragraph; in the order of the text. A paragraph that runs over a section's end is
        one unit on either side.
    """

    vocabulary: np.ndarray
    counts: sparse.csr_array
    sizes: np.ndarray
    units: pd.DataFrame

    def pool(self, rows: np.ndarray, min_n: int) -> Pool:
        """Some paragraphs, with the keywords that occur at least `min_n` times in them."""
        counts = self.counts[rows]
        n = np.bincount(counts.indices, weights=counts.data, minlength=len(self.vocabulary))
        word = np.flatnonzero(n >= min_n)
        return Pool(word, counts[:, word].toarray(), self.sizes[rows])


def count_paragraphs(
    tokens: pd.DataFrame, sentences: pd.DataFrame, sections: pd.DataFrame, counting: Counting
) -> Paragraphs:
    """Count the keywords of every paragraph.

    Parameters
    ----------
    tokens, sentences, sections : DataFrame
        As in tokens.parquet, sentences.parquet and sections.csv, of one or more reports.
    counting : Counting
    """
    words = count_words(tokens, sections, counting)
    paragraph = _paragraphs(tokens, sentences, words.rows)
    cell = words.unit * (int(paragraph.max(initial=0)) + 1) + paragraph
    # Tokens of a paragraph follow one another: units are numbered, as the text has them, by their runs of tokens.
    begins = np.diff(cell, prepend=-1) != 0
    first = np.flatnonzero(begins)
    unit_of_run, _ = pd.factorize(cell[first])
    unit = unit_of_run[np.cumsum(begins) - 1]
    place = first[np.unique(unit_of_run, return_index=True)[1]]
    units = words.units.iloc[words.unit[place]].reset_index(drop=True).assign(paragraph=paragraph[place])
    word = words.word[words.keyword]
    used = np.bincount(word, minlength=len(words.vocabulary)) > 0
    cells = np.ones(len(word)), (unit[words.keyword], (np.cumsum(used) - 1)[word])
    counts = sparse.csr_array(cells, shape=(len(units), int(used.sum())))
    counts.sum_duplicates()
    vocabulary = np.array(words.vocabulary.filter(pa.array(used)).to_pylist(), dtype=object)
    return Paragraphs(vocabulary, counts, np.bincount(unit, minlength=len(units)), units)


def _paragraphs(tokens: pd.DataFrame, sentences: pd.DataFrame, rows: np.ndarray) -> np.ndarray:
    """The number of the paragraph that each token of these rows stands in."""
    known = pa.array(sentences["sentence_id"], type=pa.string())
    sentence = pc.index_in(pa.array(tokens["sentence_id"], type=pa.string()), value_set=known)
    place = pc.fill_null(sentence, -1).to_numpy()[rows]
    if (place < 0).any():
        raise ValueError("a token stands in no sentence")
    number: np.ndarray = sentences["paragraph"].to_numpy(dtype="int64")[place]
    return number


SENTENCES = pa.schema([(name, pa.string()) for name in ("sentence_id", "section_id", "text")])
"""What is known of a report's counted sentences."""


def counted_sentences(
    sentences: StoredTable, outline: StoredTable, roles: Collection[str]
) -> Iterator[tuple[str, pa.Table]]:
    """Each report that has sentences in its counted parts, in the order of the ids, with these sentences.

    Parameters
    ----------
    sentences : StoredTable
        report_id, sentence_id, section_id, text.
    outline : StoredTable
        report_id, section_id, role.
    roles : collection of str

    Yields
    ------
    str
    Arrow table
        The columns of `SENTENCES`.
    """
    wanted = pa.array(sorted(roles), type=pa.string())
    for some in split_ids(sentences.reports):
        parts = outline.arrow(some)
        parts = parts.filter(pc.is_in(parts["role"], value_set=wanted))
        own = sentences.arrow(some)
        own = own.filter(pc.is_in(_place(own), value_set=_place(parts)))
        at = 0
        for count in pc.value_counts(own["report_id"]).to_pylist():
            yield count["values"], own.slice(at, count["counts"]).select(SENTENCES.names)
            at += count["counts"]


def _place(table: pa.Table) -> pa.ChunkedArray:
    return pc.binary_join_element_wise(table["report_id"], table["section_id"], "\n")
