"""What the coder sees of a sentence: characters, words, headings, neighbours, as counts.

Six blocks, each a sparse matrix of counts with a row for each sentence:

characters
    Stretches of one to three characters of the sentence, white space left out, digits as one 0 for a whole number.
words
    Words and terms of both layers: the sentence's tokens and what lies inside them (`emphasis.segment.vocabulary`); no numbers.
heading, path
    Stretches of one to three characters of the section's own heading, and of those above it.
before, after
    The words of the sentences before and after, in the same report.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from scipy import sparse

from emphasis.sections import ancestors
from emphasis.store.codes import pair_codes, string_codes, unsorted_codes
from emphasis.text import change_together, fold, visible

BLOCKS = ("characters", "words", "heading", "path", "before", "after")
"""Names of the blocks."""

_LONGEST = 3
_BITS = 21
"""Of a code point."""
_NUMBER = re.compile(r"\d\d*(?:\.\d+)?")


@dataclass(frozen=True)
class Texts:
    """S sentences of whole reports, in the order of the text, as the coder reads them.

    Attributes
    ----------
    table : DataFrame
        report_id, sentence_id, section_id, paragraph, start, end.
    grams, headings, paths : tuple of int arrays
        Rows and keys of stretches of characters: of the sentences, and of the distinct headings and paths.
    heading : int array of shape (S,)
        The place of each sentence's heading among the distinct ones, with the headings above it.
    n_headings : int
    words : sparse int array of shape (S, T)
        How often a sentence has each of T tokens.
    units : sparse int array of shape (T, V)
        How often a token holds each of V words and terms.
    names : Arrow array of strings
        The V words and terms, sorted.
    before, after : int arrays of shape (S,)
        The row of the neighbours; -1 at the ends of a report.
    paragraph, section, first : int arrays of shape (S,)
        Number of the paragraph and of the block between headings; the row of the first sentence of that block, its heading if it
        has one.
    """

    table: pd.DataFrame
    grams: tuple[np.ndarray, np.ndarray]
    headings: tuple[np.ndarray, np.ndarray]
    paths: tuple[np.ndarray, np.ndarray]
    heading: np.ndarray
    n_headings: int
    words: sparse.csr_array
    units: sparse.csr_array
    names: pa.Array
    before: np.ndarray
    after: np.ndarray
    paragraph: np.ndarray
    section: np.ndarray
    first: np.ndarray

    def __len__(self) -> int:
        return len(self.table)


def plain(text: str) -> str:
    """A text as stretches of characters are taken from it.

    Examples
    --------
    >>> plain("增长 １１．５％")
    '增长0%'
    """
    return _NUMBER.sub("0", visible(fold(text))).lower()


def read_texts(sentences: pd.DataFrame, tokens: pd.DataFrame, outline: pd.DataFrame, vocabulary: pd.DataFrame) -> Texts:
    """What the coder sees of the sentences of some reports.

    Parameters
    ----------
    sentences, tokens, outline, vocabulary : DataFrame
        As in the tables of these names, of whole reports.
    """
    columns = ["report_id", "sentence_id", "section_id", "paragraph", "start", "end"]
    text = sentences.sort_values(["report_id", "start"], kind="stable").reset_index(drop=True)
    table = text[columns]
    section, keys = pair_codes(table["report_id"], table["section_id"])
    paths, of_section = _headings(keys, outline)
    report = unsorted_codes(table["report_id"])[0]
    row, same = np.arange(len(table)), report[1:] == report[:-1]
    first = np.full(section.max(initial=-1) + 1, len(table))
    np.minimum.at(first, section, row)
    words, units, names = _words(table, tokens, vocabulary)
    paragraph = table["paragraph"].to_numpy(dtype="int64")
    return Texts(
        table,
        stretches(change_together(plain, text["text"].tolist())),
        stretches(change_together(plain, [path[-1] if path else "" for path in paths])),
        stretches(change_together(plain, ["/".join(path[:-1]) for path in paths])),
        of_section[section],
        len(paths),
        words,
        units,
        names,
        np.r_[-1, np.where(same, row[:-1], -1)][: len(row)],
        np.r_[np.where(same, row[1:], -1), -1][: len(row)],
        pd.factorize(report.astype("int64") * (paragraph.max(initial=0) + 1) + paragraph)[0],
        section,
        first[section],
    )


def _headings(sections: Sequence[tuple[str, str]], outline: pd.DataFrame) -> tuple[list[tuple[str, ...]], np.ndarray]:
    """The distinct rows of headings from the outermost to a section's own, and which one each section has."""
    columns = [outline[name].tolist() for name in ("report_id", "section_id", "heading")]
    own = {(report, section): heading for report, section, heading in zip(*columns, strict=True)}
    places: dict[tuple[str, ...], int] = {}
    found = []
    for report, section in sections:
        path = tuple(own.get((report, above), "") for above in reversed(ancestors(section)))
        found.append(places.setdefault(path, len(places)))
    return list(places), np.array(found, dtype="int64")


def _words(
    table: pd.DataFrame, tokens: pd.DataFrame, vocabulary: pd.DataFrame
) -> tuple[sparse.csr_array, sparse.csr_array, pa.Array]:
    """How often sentences have tokens, how often tokens hold words and terms, and these."""
    kind, kinds = unsorted_codes(tokens["kind"])
    number = np.asarray(pc.equal(kinds, "number"), dtype=bool)
    kept = np.flatnonzero(~number[kind]) if len(kinds) else np.array([], dtype="int64")
    sentence, sentence_ids = unsorted_codes(tokens["sentence_id"])
    row = pc.fill_null(pc.index_in(sentence_ids, value_set=pa.array(table["sentence_id"], pa.string())), -1).to_numpy()
    place, types = string_codes(tokens["token"])
    at = row[sentence[kept]] if len(row) else kept
    known = at >= 0
    shape = (len(table), len(types))
    counts = sparse.coo_array((np.ones(int(known.sum()), "int64"), (at[known], place[kept][known])), shape=shape)
    token = pc.fill_null(pc.index_in(pa.array(vocabulary["token"], pa.string()), value_set=types), -1).to_numpy()
    used = np.flatnonzero(token >= 0)
    unit, names = string_codes(vocabulary["unit"].iloc[used])
    held = vocabulary["n"].to_numpy(dtype="int64")[used]
    units = sparse.coo_array((held, (token[used], unit)), shape=(len(types), len(names)))
    return sparse.csr_array(counts), sparse.csr_array(units), names


def stretches(texts: Sequence[str]) -> tuple[np.ndarray, np.ndarray]:
    """All stretches of one to three characters: the row of each, and the stretch as a number; see `stretch_keys`."""
    lengths = np.fromiter(map(len, texts), dtype="int64", count=len(texts))
    points = np.frombuffer("".join(texts).encode("utf-32-le"), dtype="<u4").astype("int64")
    row = np.repeat(np.arange(len(texts)), lengths)
    left = np.repeat(np.cumsum(lengths), lengths) - np.arange(len(points))
    key, rows, keys = points, [row], [points]
    for n in range(1, _LONGEST):
        key = (key[:-1] << _BITS) | points[n:]
        inside = np.flatnonzero(left[: len(key)] > n)
        rows.append(row[inside])
        keys.append(key[inside])
    return np.concatenate(rows), np.concatenate(keys)


def stretch_keys(given: Sequence[str]) -> np.ndarray:
    """Stretches of one to three characters as numbers, 21 bits for each code point; int array of shape (n,).

    Examples
    --------
    >>> [stretch_of(key) for key in stretch_keys(["粮食", "a"]).tolist()]
    ['粮食', 'a']
    """
    lengths = np.fromiter(map(len, given), dtype="int64", count=len(given))
    points = np.frombuffer("".join(given).encode("utf-32-le"), dtype="<u4").astype("int64")
    first, keys = np.cumsum(lengths) - lengths, np.zeros(len(given), dtype="int64")
    for n in range(_LONGEST):
        longer = lengths > n
        keys[longer] = keys[longer] << _BITS | points[first[longer] + n]
    return keys


def stretch_of(key: int) -> str:
    """The stretch of a number that `stretch_keys` gave."""
    found = ""
    while key:
        found, key = chr(key & ((1 << _BITS) - 1)) + found, key >> _BITS
    return found


def count_features(texts: Texts, features: Mapping[str, Sequence[str]]) -> dict[str, sparse.csr_array]:
    """The counts of given features, by block: sparse int arrays of shape (S, number of features)."""
    found = {}
    for block, (rows, keys), n in (
        ("characters", texts.grams, len(texts)),
        ("heading", texts.headings, texts.n_headings),
        ("path", texts.paths, texts.n_headings),
    ):
        counted = _count_keys(rows, keys, tuple(features[block]), n)
        found[block] = counted if block == "characters" else sparse.csr_array(counted[texts.heading])
    for block, rows in (("words", np.arange(len(texts))), ("before", texts.before), ("after", texts.after)):
        chosen = pa.array(list(features[block]), pa.string())
        place = pc.fill_null(pc.index_in(texts.names, value_set=chosen), -1).to_numpy()
        known = np.flatnonzero(place >= 0)
        pick = sparse.coo_array(
            (np.ones(len(known), "int64"), (known, place[known])), shape=(len(texts.names), len(chosen))
        )
        counted = sparse.csr_array(texts.words @ (texts.units @ sparse.csr_array(pick)))
        found[block] = _take_rows(counted, rows)
    return found


def _count_keys(rows: np.ndarray, keys: np.ndarray, chosen: tuple[str, ...], n: int) -> sparse.csr_array:
    place = _key_places(chosen).find(keys)
    hit = np.flatnonzero(place >= 0)
    counts = sparse.coo_array((np.ones(len(hit), "int64"), (rows[hit], place[hit])), shape=(n, len(chosen)))
    return sparse.csr_array(counts)


class KeyPlaces:
    """Finds keys among those of given stretches, in a table of slots that keys are hashed to.

    A slot names the place of one key. Keys of a slot that several share are looked for by a binary search, which for all of
    them would take most of the time that the coder takes.
    """

    def __init__(self, chosen: Sequence[str]) -> None:
        self._keys = stretch_keys(chosen)
        self._order = np.argsort(self._keys, kind="stable")
        slots = _slots(self._keys)
        self._place = np.zeros(1 << _SLOT_BITS, dtype="int32")
        self._place[slots] = np.arange(len(slots))
        self._shared = np.bincount(slots, minlength=len(self._place)) > 1

    def find(self, keys: np.ndarray) -> np.ndarray:
        """The place of each key; -1 where there is none."""
        if not len(self._keys):
            return np.full(len(keys), -1)
        slots = _slots(keys)
        place = self._place[slots]
        found = np.where(self._keys[place] == keys, place, -1)
        open_ = np.flatnonzero((found < 0) & self._shared[slots])
        near = self._order[np.searchsorted(self._keys, keys[open_], sorter=self._order).clip(max=len(self._keys) - 1)]
        found[open_] = np.where(self._keys[near] == keys[open_], near, -1)
        return found


_key_places = lru_cache(maxsize=8)(KeyPlaces)
_SLOT_BITS = 20
_MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)
"""2**64 divided by the golden ratio: products' highest bits are spread evenly (Knuth's multiplicative hashing)."""


def _slots(keys: np.ndarray) -> np.ndarray:
    return np.asarray((keys.astype("uint64") * _MULTIPLIER >> np.uint64(64 - _SLOT_BITS)).astype("int64"))


def _take_rows(counted: sparse.csr_array, rows: np.ndarray) -> sparse.csr_array:
    """Some rows; none for the row -1."""
    there = np.flatnonzero(rows >= 0)
    shape = (len(rows), counted.shape[0])
    pick = sparse.csr_array((np.ones(len(there), "int64"), (there, rows[there])), shape=shape)
    return sparse.csr_array(pick @ counted)


def features_of(texts: Texts, rows: np.ndarray, least: int = 2) -> dict[str, list[str]]:
    """The features that at least so many of some sentences have, sorted, by block."""
    chosen = np.zeros(len(texts), dtype=bool)
    chosen[rows] = True
    names = np.array(texts.names.to_pylist(), dtype=object)
    found: dict[str, list[str]] = {}
    grams, keys = texts.grams
    inside = chosen[grams]
    found["characters"] = _frequent_keys(grams[inside], keys[inside], np.ones(len(texts), "int64"), least)
    times = np.bincount(texts.heading[rows], minlength=texts.n_headings)
    for block, (at, keys) in (("heading", texts.headings), ("path", texts.paths)):
        found[block] = _frequent_keys(at, keys, times, least)
    for block, neighbours in (("words", np.arange(len(texts))), ("before", texts.before), ("after", texts.after)):
        held = _take_rows(texts.words, neighbours[rows]) @ texts.units
        held.data[:] = 1
        found[block] = sorted(names[np.asarray(held.sum(axis=0)).ravel() >= least].tolist())
    return found


def _frequent_keys(rows: np.ndarray, keys: np.ndarray, times: np.ndarray, least: int) -> list[str]:
    """The keys of at least so many rows, of which each counts so many times."""
    pairs = np.unique(np.stack([keys, rows]), axis=1)
    distinct, place = np.unique(pairs[0], return_inverse=True)
    many = np.bincount(place, weights=times[pairs[1]], minlength=len(distinct)) >= least
    return sorted(map(stretch_of, distinct[many].tolist()))
