"""The table of counts, from which every measure of words is made: how often each term occurs in each paragraph.

Five notions, kept apart throughout:

tokens
    Every token of the counted parts of a report: words, terms, numbers, Latin. Punctuation is none.
terms
    What is counted: tokens, and the words and terms inside them, as `emphasis.segment.vocabulary` has them. 经济 counts where it
    stands alone and in 数字经济. ``n`` is all occurrences, ``n_alone`` those as a token of its own.
words
    The terms of the finest cut, which do not overlap and together are the text. Rates are divided by these, so that they do not
    depend on which terms are known.
keywords
    The terms that keyword tables can list: no numbers, no stop words, not shorter than a given length.
blocks
    The text between one heading and the next. A section without subsections is one block; a section with subsections
    contributes its introduction. Blocks do not overlap and together are the counted text.
paragraphs
    The units of tests, since words of one paragraph are not independent of each other. A paragraph that runs on into the
    next section is one unit on either side.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from scipy import sparse

from emphasis.measures.counting import CountedTokens, Counting, are_listed, select_tokens
from emphasis.sections import ancestors, section_order
from emphasis.store.codes import categories, distinct, string_codes, string_column, unsorted_codes, used_codes


@dataclass(frozen=True)
class _Occurrences:
    """The terms of the counted tokens: for each occurrence, or several inside one token, a row. Arrays of shape (m,).

    `token` is the place among the counted tokens, `term` that among the sorted `terms`; `n` is how often the token holds the
    term, `alone` whether it is the token, `word` whether it is a word of the finest cut; `pos` and `kind` are pairs of places
    and strings.
    """

    terms: pa.Array
    token: np.ndarray
    term: np.ndarray
    n: np.ndarray
    alone: np.ndarray
    word: np.ndarray
    keyword: np.ndarray
    pos: tuple[np.ndarray, pa.Array]
    kind: tuple[np.ndarray, pa.Array]


def _occurrences(
    tokens: pd.DataFrame, found: CountedTokens, vocabulary: pd.DataFrame, counting: Counting
) -> _Occurrences:
    """Each token once for every term that it holds, itself among them."""
    entry = pc.index_in(pa.array(vocabulary["token"], pa.string()), value_set=found.types)
    entry = pc.fill_null(entry, -1).to_numpy()
    used = np.flatnonzero(entry >= 0)
    used = used[np.argsort(entry[used], kind="stable")]
    held = np.bincount(entry[used], minlength=len(found.types))
    if not held.all():
        raise ValueError("a token is not in the vocabulary")
    first = np.cumsum(held) - held
    times = held[found.type]
    token = np.repeat(np.arange(len(found.type)), times)
    row = used[np.repeat(first[found.type] - np.cumsum(times) + times, times) + np.arange(len(token))]
    terms, places = _united(vocabulary["unit"])
    alone = (vocabulary["unit"].astype("str") == vocabulary["token"].astype("str")).to_numpy(dtype=bool)[row]
    classes = {}
    for name in ("pos", "kind"):
        own, own_names = string_codes(tokens[name])
        inner, inner_names = string_codes(vocabulary[name])
        names = pa.array(sorted({*own_names.to_pylist(), *inner_names.to_pylist()}), pa.string())
        own = pc.index_in(own_names, value_set=names).to_numpy()[own] if len(own) else own
        inner = pc.index_in(inner_names, value_set=names).to_numpy()[inner] if len(inner) else inner
        classes[name] = np.where(alone, own[found.rows[token]], inner[row]), names
    number = classes["kind"][0] == _place("number", classes["kind"][1])
    keyword = np.where(alone, found.keyword[token], are_listed(terms, counting)[places[row]] & ~number)
    n, word = vocabulary["n"].to_numpy(dtype="int64")[row], vocabulary["is_word"].to_numpy(dtype=bool)[row]
    return _Occurrences(terms, token, places[row], n, alone, word, keyword, classes["pos"], classes["kind"])


def _united(strings: pd.Series[str]) -> tuple[pa.Array, np.ndarray]:
    """The distinct strings, sorted, and the place of each row's."""
    places, distinct = string_codes(strings)
    return distinct, places


def _place(text: str, strings: pa.Array) -> int:
    """The place of a string among others; -1 if it is not there."""
    found: int = strings.index(text).as_py()
    return found


def count_terms(
    tokens: pd.DataFrame,
    sentences: pd.DataFrame,
    sections: pd.DataFrame,
    vocabulary: pd.DataFrame,
    counting: Counting,
) -> pd.DataFrame:
    """The table of counts: one sparse product, of the tokens of each paragraph with what each token holds.

    Parameters
    ----------
    tokens, sentences, sections : DataFrame
        As in tokens.parquet, sentences.parquet and sections.csv, of one or more reports.
    vocabulary : DataFrame
        As in vocabulary.parquet; it has all these tokens.

    Returns
    -------
    DataFrame
        report_id, section_id, role, paragraph, term, keyword, pos, kind, n, n_alone, n_words, n_sentences; one row for each
        term of a paragraph, and one more where the term is a keyword at some places and none at others (a number). `n_words`
        is the occurrences as a word of the finest cut: their sum is what rates are divided by. `pos` and `kind` are the most
        frequent ones of the term in its report, of equally frequent ones the first in the alphabet.
    """
    found = select_tokens(tokens, sections, counting)
    held = _occurrences(tokens, found, vocabulary, counting)
    block, paragraph, place = _units(tokens, sentences, found)
    width = 2 * max(len(held.terms), 1)
    term = 2 * held.term + held.keyword
    cell, at = np.unique(place[held.token] * width + term, return_inverse=True)
    sums = {"n": held.n, "n_alone": held.n * held.alone, "n_words": held.n * held.word}
    numbers = {name: np.bincount(at, values, len(cell)).astype("int64") for name, values in sums.items()}
    # Each term of each sentence once; a sentence lies in one paragraph.
    sentence, _ = unsorted_codes(tokens["sentence_id"])
    in_sentences = distinct(sentence[found.rows][held.token].astype("int64") * max(len(cell), 1) + at)
    n_sentences = np.bincount(in_sentences % max(len(cell), 1), minlength=len(cell))
    unit_row, term_row = np.divmod(cell, width)
    labels = {name: string_codes(found.blocks[name]) for name in ("report_id", "section_id", "role")}
    report, _ = labels["report_id"]
    block_row = block[unit_row]
    term_of_report = report[block_row] * width + term_row
    classes = _word_classes(held, report[found.block], width)
    return pd.DataFrame(
        {name: categories(strings, places[block_row]) for name, (places, strings) in labels.items()}
        | {"paragraph": paragraph[unit_row], "term": categories(held.terms, term_row // 2)}
        | {"keyword": term_row % 2 == 1}
        | {name: categories(strings, best[term_of_report]) for name, (best, strings) in classes.items()}
        | numbers
        | {"n_sentences": n_sentences}
    )


def _word_classes(
    held: _Occurrences, report_of_token: np.ndarray, width: int
) -> dict[str, tuple[np.ndarray, pa.Array]]:
    """For each term of each report, as (report, term, keyword), the place of its most frequent pos and kind."""
    (pos, pos_names), (kind, kind_names) = held.pos, held.kind
    kinds = max(len(kind_names), 1)
    pairs = max(len(pos_names) * kinds, 1)
    term = report_of_token[held.token] * width + 2 * held.term + held.keyword
    cell, at = np.unique(term * pairs + pos * kinds + kind, return_inverse=True)
    uses = np.bincount(at, held.n, len(cell))
    cell = cell[np.lexsort((-uses, cell // pairs))]
    terms, first = np.unique(cell // pairs, return_index=True)
    best = np.zeros((int(report_of_token.max(initial=0)) + 1) * width, dtype="int64")
    best[terms] = cell[first] % pairs
    return {"pos": (best // kinds, pos_names), "kind": (best % kinds, kind_names)}


def _units(
    tokens: pd.DataFrame, sentences: pd.DataFrame, found: CountedTokens
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The block and the number of each paragraph in order, those in several blocks once for each, and that of each counted token."""
    paragraph = _paragraphs(tokens, sentences, found.rows)
    spread = int(paragraph.max(initial=0)) + 1
    unit, place = np.unique(found.block * spread + paragraph, return_inverse=True)
    return unit // spread, unit % spread, place


def _paragraphs(tokens: pd.DataFrame, sentences: pd.DataFrame, rows: np.ndarray) -> np.ndarray:
    """The number of the paragraph that each token of these rows is in."""
    known = pa.array(sentences["sentence_id"], type=pa.string())
    sentence = pc.index_in(pa.array(tokens["sentence_id"], type=pa.string()), value_set=known)
    place = pc.fill_null(sentence, -1).to_numpy()[rows]
    if (place < 0).any():
        raise ValueError("a token is in no sentence")
    number: np.ndarray = sentences["paragraph"].to_numpy(dtype="int64")[place]
    return number


PLAIN_COUNTS = ("report_id", "section_id", "role", "paragraph", "term", "keyword", "n", "n_alone", "n_words")
"""The columns of the table of counts that most measures need: all but those on word classes and sentences."""


@dataclass(frozen=True)
class Counts:
    """The table of counts of one or more reports, as numbers; its cells are the keywords.

    Attributes
    ----------
    units : DataFrame of U rows
        report_id, section_id, role, paragraph; in the order of reports and of their text.
    sizes : array of shape (U,)
        Words of each paragraph, stop words and numbers among them; all above zero.
    vocabulary : Arrow array of V strings, sorted
    unit, term, n, n_alone : array of shape (cells,)
        Place in `units` and `vocabulary`, occurrences, those as a token of its own.
    n_sentences : array of shape (cells,)
        Sentences that have the term; empty where only `PLAIN_COUNTS` were read.
    pos, kind : pair of array of shape (cells,) and Arrow array of strings
        The word class of each cell's term in its report, as places among the strings; empty likewise.
    """

    units: pd.DataFrame
    sizes: np.ndarray
    vocabulary: pa.Array
    unit: np.ndarray
    term: np.ndarray
    n: np.ndarray
    n_alone: np.ndarray
    n_sentences: np.ndarray
    pos: tuple[np.ndarray, pa.Array]
    kind: tuple[np.ndarray, pa.Array]

    @classmethod
    def of(cls, table: pd.DataFrame) -> Counts:
        """From rows of the table of counts, whose reports and paragraphs are in order; of its columns, `PLAIN_COUNTS` or all."""
        names = {name: string_codes(table[name]) for name in ("report_id", "section_id", "role")}
        paragraph = table["paragraph"].to_numpy(dtype="int64")
        begins = np.zeros(len(table), dtype=bool)
        for codes in (names["report_id"][0], names["section_id"][0], paragraph):
            begins |= np.diff(codes, prepend=-1) != 0
        unit = np.cumsum(begins) - 1
        columns = {name: string_column(strings, places[begins]) for name, (places, strings) in names.items()}
        units = pd.DataFrame(columns | {"paragraph": paragraph[begins]})
        sizes = np.bincount(unit, weights=table["n_words"].to_numpy(dtype="int64"), minlength=len(units)).astype(
            "int64"
        )
        kept = table["keyword"].to_numpy(dtype=bool)
        n, n_alone = (table[name].to_numpy(dtype="int64")[kept] for name in ("n", "n_alone"))
        places, strings = string_codes(table["term"])
        places, vocabulary = used_codes(places[kept], strings)
        n_sentences, pos, kind = np.zeros(0, dtype="int64"), *[(np.zeros(0, dtype="int64"), vocabulary[:0])] * 2
        if "n_sentences" in table:
            n_sentences = table["n_sentences"].to_numpy(dtype="int64")[kept]
            pos, kind = ((own[kept], names) for own, names in map(string_codes, (table["pos"], table["kind"])))
        return cls(units, sizes, vocabulary, unit[kept], places, n, n_alone, n_sentences, pos, kind)

    def by_report(self) -> Iterator[tuple[str, Counts]]:
        """Each report's id and its own counts, whose vocabulary is the keywords that it has."""
        ids = self.units["report_id"].to_numpy(dtype=object)
        ends = [*np.flatnonzero(ids[1:] != ids[:-1]) + 1, len(ids)] if len(ids) else []
        for start, stop in pairwise([0, *ends]):
            cells = slice(*np.searchsorted(self.unit, [start, stop]))
            term, vocabulary = used_codes(self.term[cells], self.vocabulary)
            (pos, tags), (kind, kinds) = self.pos, self.kind
            yield (
                str(ids[start]),
                Counts(
                    self.units.iloc[start:stop].reset_index(drop=True),
                    self.sizes[start:stop],
                    vocabulary,
                    self.unit[cells] - start,
                    term,
                    self.n[cells],
                    self.n_alone[cells],
                    self.n_sentences[cells],
                    (pos[cells], tags),
                    (kind[cells], kinds),
                ),
            )

    @cached_property
    def nested(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Which terms of the vocabulary hold which others; see `emphasis.measures.nesting.containment`."""
        from emphasis.measures.nesting import containment  # noqa: PLC0415 - it cuts terms, for which it has to read a dictionary

        return containment(self.vocabulary.to_pylist())

    def matrix(self, values: np.ndarray, group: np.ndarray | None = None, groups: int = 0) -> sparse.csr_array:
        """Values of the cells summed by group of units and term, shape (groups, V); by unit without groups."""
        row = self.unit if group is None else group[self.unit]
        shape = (len(self.units) if group is None else groups, len(self.vocabulary))
        summed = sparse.csr_array((values, (row, self.term)), shape=shape)
        summed.sum_duplicates()
        return summed

    def blocks(self) -> tuple[pd.DataFrame, np.ndarray]:
        """report_id, section_id and role of each block, in order, and the block of each unit."""
        begins = np.zeros(len(self.units), dtype=bool)
        for name in ("report_id", "section_id"):
            names = self.units[name].to_numpy(dtype=object)
            begins[1:] |= names[1:] != names[:-1]
        begins[:1] = True
        blocks = self.units.loc[begins, ["report_id", "section_id", "role"]].reset_index(drop=True)
        return blocks, np.cumsum(begins) - 1


def holders(blocks: pd.DataFrame) -> tuple[pd.DataFrame, sparse.csr_array]:
    """The sections of `blocks` and those that hold them, in order, and which holds which, shape (all, blocks)."""
    own = enumerate(zip(blocks["report_id"], blocks["section_id"], strict=True))
    pairs = [((report_id, holder), i) for i, (report_id, section_id) in own for holder in ancestors(section_id)]
    every = sorted({section for section, _ in pairs}, key=lambda section: (section[0], section_order(section[1])))
    place = {section: i for i, section in enumerate(every)}
    cells = np.ones(len(pairs), dtype="int64"), ([place[section] for section, _ in pairs], [i for _, i in pairs])
    held = sparse.csr_array(cells, shape=(len(every), len(blocks)))
    return pd.DataFrame(every, columns=["report_id", "section_id"]), held


@dataclass(frozen=True)
class Paragraphs:
    """Occurrences of keywords in paragraphs: `counts` has a row for each paragraph and a column for each word.

    Attributes
    ----------
    vocabulary : array of str, shape (V,), sorted
    counts : sparse array of shape (U, V)
    sizes, units
        As in `Counts`.
    alone : sparse array of shape (U, V), optional
        Occurrences as a token of its own, in the cells of `counts`; without it all of them are.
    """

    vocabulary: np.ndarray
    counts: sparse.csr_array
    sizes: np.ndarray
    units: pd.DataFrame
    alone: sparse.csr_array | None = None

    @classmethod
    def of(cls, table: pd.DataFrame) -> Paragraphs:
        """From rows of the table of counts."""
        counts = Counts.of(table)
        vocabulary = np.array(counts.vocabulary.to_pylist(), dtype=object)
        n, alone = (counts.matrix(values.astype("float64")) for values in (counts.n, counts.n_alone))
        return cls(vocabulary, n, counts.sizes, counts.units, alone)


def count_in_paragraphs(
    tokens: pd.DataFrame,
    sentences: pd.DataFrame,
    sections: pd.DataFrame,
    vocabulary: pd.DataFrame,
    counting: Counting,
) -> Paragraphs:
    """What `Paragraphs.of` makes of the table of `count_terms`, in half the time that the table would take."""
    found = select_tokens(tokens, sections, counting)
    held = _occurrences(tokens, found, vocabulary, counting)
    block, paragraph, place = _units(tokens, sentences, found)
    unit = place[held.token]
    sizes = np.bincount(unit, held.n * held.word, len(block)).astype("int64")
    kept = np.flatnonzero(held.keyword)
    term, terms = used_codes(held.term[kept], held.terms)
    n = held.n[kept].astype("float64")
    counts, alone = (
        sparse.csr_array((values, (unit[kept], term)), shape=(len(block), len(terms)))
        for values in (n, n * held.alone[kept])
    )
    units = found.blocks.iloc[block].reset_index(drop=True).assign(paragraph=paragraph)
    return Paragraphs(np.array(terms.to_pylist(), dtype=object), counts, sizes, units, alone)
