"""The table of counts, from which every measure of words is made: how often each term occurs in each paragraph.

Four notions, kept apart throughout:

tokens
    Every token of the counted parts of a report: words, terms, numbers, Latin. Punctuation is none. Rates are divided
    by these.
keywords
    The tokens that keyword tables can list: no numbers, no stop words, not shorter than a given length.
blocks
    The text between one heading and the next. A section without subsections is one block; a section with subsections
    contributes its introduction. Blocks do not overlap and together are the counted text.
paragraphs
    The units of tests, since words of one paragraph are not independent of each other. A paragraph that runs on into the
    next section is one unit on either side.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from scipy import sparse

from emphasis.sections import ancestors, section_order
from emphasis.store.codes import categories, string_codes, unsorted_codes, used_codes


@dataclass(frozen=True)
class Counting:
    """The parts of a report that are counted, tokens that are no keywords, and the fewest characters of a keyword."""

    roles: Collection[str]
    stopwords: Collection[str] = ()
    min_length: int = 1


@dataclass(frozen=True)
class CountedTokens:
    """The n counted tokens of one or more reports, as numbers.

    Attributes
    ----------
    blocks : DataFrame
        report_id, section_id, role; the blocks that have tokens, in the order of reports and sections.
    vocabulary : Arrow array of strings, sorted
    rows, block, term : array of shape (n,)
        The row of each token in the table of tokens, its place in `blocks` and in `vocabulary`.
    keyword, number : bool array of shape (n,)
    """

    blocks: pd.DataFrame
    vocabulary: pa.Array
    rows: np.ndarray
    block: np.ndarray
    term: np.ndarray
    keyword: np.ndarray
    number: np.ndarray


def select_tokens(tokens: pd.DataFrame, sections: pd.DataFrame, counting: Counting) -> CountedTokens:
    """The tokens (report_id, section_id, token, kind) in counted sections (report_id, section_id, role)."""
    report, reports = string_codes(tokens["report_id"])
    section, names = string_codes(tokens["section_id"])
    cell = report * len(names) + section
    present = np.flatnonzero(np.bincount(cell, minlength=len(reports) * len(names)))
    ids, section_ids = reports.to_pylist(), names.to_pylist()
    keys = zip(sections["report_id"], sections["section_id"], strict=True)
    roles = dict(zip(keys, sections["role"], strict=True))
    if len(roles) < len(sections):
        raise ValueError("a section is in the outline twice")
    rows = [(ids[c // len(names)], section_ids[c % len(names)]) for c in present.tolist()]
    found = [(*row, roles.get(row, "")) for row in rows]
    order = sorted(
        (i for i, (_, _, role) in enumerate(found) if role in counting.roles),
        key=lambda i: (found[i][0], section_order(found[i][1])),
    )
    block_of = np.full(len(reports) * len(names), -1)
    block_of[present[order]] = np.arange(len(order))
    block = block_of[cell]
    rows_kept = np.flatnonzero(block >= 0)
    # All words get a place first, which is faster than to put the kept ones together.
    places, every = string_codes(tokens["token"])
    term, vocabulary = used_codes(places[rows_kept], every)
    long = pc.greater_equal(pc.utf8_length(vocabulary), counting.min_length)
    plain = pc.is_in(vocabulary, pa.array(sorted(counting.stopwords), type=pa.string()))
    listed = np.asarray(pc.and_(long, pc.invert(plain)), dtype=bool)
    kind, kinds = unsorted_codes(tokens["kind"])
    number = np.asarray(pc.equal(kinds, "number"), dtype=bool)[kind[rows_kept]]
    blocks = pd.DataFrame([found[i] for i in order], columns=["report_id", "section_id", "role"])
    return CountedTokens(blocks, vocabulary, rows_kept, block[rows_kept], term, listed[term] & ~number, number)


def count_terms(
    tokens: pd.DataFrame, sentences: pd.DataFrame, sections: pd.DataFrame, counting: Counting
) -> pd.DataFrame:
    """The table of counts.

    Parameters
    ----------
    tokens, sentences, sections : DataFrame
        As in tokens.parquet, sentences.parquet and sections.csv, of one or more reports.

    Returns
    -------
    DataFrame
        report_id, section_id, role, paragraph, term, keyword, pos, kind, n, n_sentences; one row for each term of a
        paragraph, and one more where the term is a keyword at some places and none at others (a number). `pos` and `kind`
        are the most frequent ones of the term in its report, of equally frequent ones the first in the alphabet.
    """
    found = select_tokens(tokens, sections, counting)
    paragraph = _paragraphs(tokens, sentences, found.rows)
    width = 2 * max(len(found.vocabulary), 1)
    spread = int(paragraph.max(initial=0)) + 1
    unit, place = np.unique(found.block * spread + paragraph, return_inverse=True)
    term = 2 * found.term + found.keyword
    cell, n = np.unique(place * width + term, return_counts=True)
    # A sentence lies in one paragraph.
    sentence, sentence_ids = unsorted_codes(tokens["sentence_id"])
    unit_of = np.zeros(len(sentence_ids), dtype="int64")
    unit_of[sentence[found.rows]] = place
    pairs = np.unique(sentence[found.rows].astype("int64") * width + term)
    in_sentences = unit_of[pairs // width] * width + pairs % width
    n_sentences = np.bincount(np.searchsorted(cell, in_sentences), minlength=len(cell))
    block, own_paragraph = np.divmod(unit, spread)
    unit_row, term_row = np.divmod(cell, width)
    labels = {name: string_codes(found.blocks[name]) for name in ("report_id", "section_id", "role")}
    report, _ = labels["report_id"]
    block_row = block[unit_row]
    term_of_report = report[block_row] * width + term_row
    classes = _word_classes(tokens, found, report, width)
    return pd.DataFrame(
        {name: categories(strings, places[block_row]) for name, (places, strings) in labels.items()}
        | {"paragraph": own_paragraph[unit_row], "term": categories(found.vocabulary, term_row // 2)}
        | {"keyword": term_row % 2 == 1}
        | {name: categories(strings, best[term_of_report]) for name, (best, strings) in classes.items()}
        | {"n": n, "n_sentences": n_sentences}
    )


def _word_classes(
    tokens: pd.DataFrame, found: CountedTokens, report: np.ndarray, width: int
) -> dict[str, tuple[np.ndarray, pa.Array]]:
    """For each term of each report, as (report, term, keyword), the place of its most frequent pos and kind."""
    (pos, pos_names), (kind, kind_names) = (string_codes(tokens[name]) for name in ("pos", "kind"))
    kinds = max(len(kind_names), 1)
    pairs = max(len(pos_names) * kinds, 1)
    term = report[found.block] * width + 2 * found.term + found.keyword
    cell, uses = np.unique(term * pairs + pos[found.rows] * kinds + kind[found.rows], return_counts=True)
    cell = cell[np.lexsort((-uses, cell // pairs))]
    terms, first = np.unique(cell // pairs, return_index=True)
    best = np.zeros((int(report.max(initial=0)) + 1) * width, dtype="int64")
    best[terms] = cell[first] % pairs
    return {"pos": (best // kinds, pos_names), "kind": (best % kinds, kind_names)}


def _paragraphs(tokens: pd.DataFrame, sentences: pd.DataFrame, rows: np.ndarray) -> np.ndarray:
    """The number of the paragraph that each token of these rows is in."""
    known = pa.array(sentences["sentence_id"], type=pa.string())
    sentence = pc.index_in(pa.array(tokens["sentence_id"], type=pa.string()), value_set=known)
    place = pc.fill_null(sentence, -1).to_numpy()[rows]
    if (place < 0).any():
        raise ValueError("a token is in no sentence")
    number: np.ndarray = sentences["paragraph"].to_numpy(dtype="int64")[place]
    return number


@dataclass(frozen=True)
class Counts:
    """The table of counts of one or more reports, as numbers; its cells are the keywords.

    Attributes
    ----------
    units : DataFrame of U rows
        report_id, section_id, role, paragraph; in the order of reports and of their text.
    sizes : array of shape (U,)
        Tokens of each paragraph, stop words and numbers among them; all above zero.
    vocabulary : Arrow array of V strings, sorted
    unit, term, n, n_sentences : array of shape (cells,)
        Place in `units` and `vocabulary`, occurrences, sentences that have the term.
    pos, kind : pair of array of shape (cells,) and Arrow array of strings
        The word class of each cell's term in its report, as places among the strings.
    """

    units: pd.DataFrame
    sizes: np.ndarray
    vocabulary: pa.Array
    unit: np.ndarray
    term: np.ndarray
    n: np.ndarray
    n_sentences: np.ndarray
    pos: tuple[np.ndarray, pa.Array]
    kind: tuple[np.ndarray, pa.Array]

    @classmethod
    def of(cls, table: pd.DataFrame) -> Counts:
        """From rows of the table of counts, whose reports and paragraphs are in order."""
        key = [string_codes(table[name])[0] for name in ("report_id", "section_id")]
        key.append(table["paragraph"].to_numpy(dtype="int64"))
        begins = np.zeros(len(table), dtype=bool)
        for codes in key:
            begins |= np.diff(codes, prepend=-1) != 0
        unit = np.cumsum(begins) - 1
        units = table.loc[begins, ["report_id", "section_id", "role", "paragraph"]].reset_index(drop=True)
        units = units.astype(dict.fromkeys(("report_id", "section_id", "role"), "str"))
        n, n_sentences = (table[name].to_numpy(dtype="int64") for name in ("n", "n_sentences"))
        sizes = np.bincount(unit, weights=n, minlength=len(units)).astype("int64")
        kept = table["keyword"].to_numpy(dtype=bool)
        coded = (string_codes(table[name]) for name in ("term", "pos", "kind"))
        term, pos, kind = ((places[kept], strings) for places, strings in coded)
        places, vocabulary = used_codes(*term)
        return cls(units, sizes, vocabulary, unit[kept], places, n[kept], n_sentences[kept], pos, kind)

    def matrix(self, values: np.ndarray, group: np.ndarray | None = None, groups: int = 0) -> sparse.csr_array:
        """Values of the cells summed by group of units and term, shape (groups, V); by unit without groups."""
        row = self.unit if group is None else group[self.unit]
        shape = (len(self.units) if group is None else groups, len(self.vocabulary))
        summed = sparse.csr_array((values, (row, self.term)), shape=shape)
        summed.sum_duplicates()
        return summed

    def blocks(self) -> tuple[pd.DataFrame, np.ndarray]:
        """report_id, section_id and role of each block, in order, and the block of each unit."""
        names = self.units[["report_id", "section_id"]]
        begins = (names != names.shift()).any(axis=1).to_numpy()
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


def keyword_tokens(tokens: pd.DataFrame, counts: pd.DataFrame) -> pd.DataFrame:
    """The tokens of counted sections, with the column `keyword`: for measures that need the order of words or sentences.

    Tokens have report_id, section_id, token, kind, and any other columns; counts are those of the same reports.
    """
    place = pd.MultiIndex.from_frame(tokens[["report_id", "section_id"]].astype("str"))
    counted = place.isin(pd.MultiIndex.from_frame(counts[["report_id", "section_id"]].astype("str").drop_duplicates()))
    own = tokens[counted].reset_index(drop=True)
    listed = counts.loc[counts["keyword"], ["report_id", "term"]].astype("str").drop_duplicates()
    term = pd.MultiIndex.from_frame(own[["report_id", "token"]].astype("str"))
    is_keyword = term.isin(pd.MultiIndex.from_frame(listed)) & (own["kind"] != "number").to_numpy(dtype=bool)
    return own.assign(keyword=is_keyword)


@dataclass(frozen=True)
class Paragraphs:
    """Occurrences of keywords in paragraphs: `counts` has a row for each paragraph and a column for each word.

    Attributes
    ----------
    vocabulary : array of str, shape (V,), sorted
    counts : sparse array of shape (U, V)
    sizes, units
        As in `Counts`.
    """

    vocabulary: np.ndarray
    counts: sparse.csr_array
    sizes: np.ndarray
    units: pd.DataFrame

    @classmethod
    def of(cls, table: pd.DataFrame) -> Paragraphs:
        """From rows of the table of counts."""
        counts = Counts.of(table)
        vocabulary = np.array(counts.vocabulary.to_pylist(), dtype=object)
        return cls(vocabulary, counts.matrix(counts.n.astype("float64")), counts.sizes, counts.units)
