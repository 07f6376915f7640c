"""Passages that two texts share, found by shingles: all stretches of eight characters.

A text of n characters has n - 7 shingles: 加快建设现代化产业 has two, 加快建设现代化产 and 快建设现代化产业. Wherever two texts have a shingle in
common, they agree for eight characters; shingles that follow each other in both texts form a maximal match. All is done on
arrays, without a step of Python for each character:

1. `NormalisedText` holds a text as numbers, without white space and punctuation, with a hash index of its shingles;
2. `maximal_matches` looks up the shingles of one text in the index of another and joins those that follow each other;
3. `shared_passages` chooses, from left to right, the longest matches that do not overlap.

`Formulas` finds sentences that several reports have in the same words.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import pairwise

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from scipy import sparse

from emphasis.sections import ancestors
from emphasis.text import fold

SHINGLE = 8
"""Characters."""

SENTENCES = pa.schema([(name, pa.string()) for name in ("sentence_id", "section_id", "text")])
"""Columns of a report's counted sentences."""

# A half-width full stop stays: it is the decimal point.
_DROPPED = re.compile(r"[\s，。、；：？！“”‘’（）《》〈〉【】—…·,;:?!\"'()<>\[\]~]+")
_NO_CODE = 2**32 - 1
"""Code of a character that is dropped."""
_TRIGRAM_OFFSETS = (0, 5, 3)
"""Where in a shingle the three trigrams begin that cover it: abcdefgh is abc, fgh and def. Two shingles that differ mostly do
so in the first two, so the third is compared last."""
_BUCKET_BITS = 16
"""Binary digits of a bucket's number; numbers of 16 digits are sorted by radix, in linear time."""
_HASH_FACTORS = np.array([0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9], dtype="uint64")


@dataclass(frozen=True)
class NormalisedText:
    """The counted text of a report, sentence after sentence, half-width and without white space and punctuation.

    `sentences` has the columns of `SENTENCES`, one row a counted sentence, in the order of the report.
    """

    report_id: str
    sentences: pa.Table

    @cached_property
    def _codes_and_edges(self) -> tuple[np.ndarray, np.ndarray]:
        return _normalise(self.sentences["text"].to_numpy())

    @property
    def codes(self) -> np.ndarray:
        """The code points of the characters, followed by a zero."""
        return self._codes_and_edges[0]

    @property
    def edges(self) -> np.ndarray:
        """Where each sentence begins, and the end."""
        return self._codes_and_edges[1]

    @cached_property
    def text(self) -> str:
        """The characters as a string."""
        return self.codes[:-1].tobytes().decode("utf-32-le", "surrogatepass")

    @property
    def sentence_texts(self) -> list[str]:
        """The text of each sentence."""
        return [self.text[a:b] for a, b in pairwise(self.edges.tolist())]

    def sentence_at(self, places: np.ndarray) -> np.ndarray:
        """The row of the sentence that each place in the text lies in."""
        return np.searchsorted(self.edges, places, side="right") - 1

    @cached_property
    def trigrams(self) -> np.ndarray:
        """The three characters at each place as one number; a code point has 21 binary digits, so three fit into 64."""
        codes = self.codes[:-1].astype("uint64")
        trigrams: np.ndarray = codes[:-2] | codes[1:-1] << np.uint64(21) | codes[2:] << np.uint64(42)
        return trigrams

    @cached_property
    def buckets(self) -> np.ndarray:
        """The hash of the shingle at each place; equal shingles have equal hashes, different ones mostly different ones."""
        count = max(len(self.codes) - SHINGLE, 0)
        mixed = np.zeros(count, dtype="uint64")
        for offset, factor in zip(_TRIGRAM_OFFSETS if count else (), _HASH_FACTORS, strict=False):
            mixed = (mixed ^ self.trigrams[offset : offset + count]) * factor
        return (mixed >> np.uint64(64 - _BUCKET_BITS)).astype("uint16")

    @cached_property
    def shingle_index(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """The places of all shingles, bucket by bucket; where those of each bucket begin among them; how many there are.

        Buckets 7, 3, 7 at places 0, 1, 2 give the places [1, 0, 2]; bucket 3 begins at 0 and has 1, bucket 7 begins at 1 and
        has 2.
        """
        order = np.argsort(self.buckets, kind="stable")
        sizes = np.bincount(self.buckets, minlength=1 << _BUCKET_BITS).astype("int32")
        return order, np.cumsum(sizes, dtype="int32") - sizes, sizes

    @cached_property
    def section_matrix(self) -> tuple[list[str], sparse.csr_array]:
        """The names of all sections with text, headed by ``all``, and which sentences each contains, as zeros and ones.

        A section contains the sentences of its subsections, ``all`` contains every sentence.
        """
        place: dict[str, int] = {}
        known: dict[str, list[int]] = {}
        filled = np.flatnonzero(np.diff(self.edges))
        rows = []
        for section_id in self.sentences["section_id"].take(pa.array(filled)).to_pylist():
            if section_id not in known:
                known[section_id] = [place.setdefault(h, len(place)) for h in ("all", *ancestors(section_id))]
            rows.append(known[section_id])
        cells = [i for row in rows for i in row], np.repeat(filled, [len(row) for row in rows])
        ones = np.ones(len(cells[0]), dtype="int64")
        return list(place), sparse.csr_array((ones, cells), shape=(len(place), self.sentences.num_rows))


def counted_texts(
    sentences: pa.Table, outline: pa.Table, roles: Collection[str]
) -> Iterator[tuple[NormalisedText, dict[str, str]]]:
    """The text of each report that has sentences in its counted parts, in the order of the table, and its headings by section_id.

    Parameters
    ----------
    sentences : Arrow table
        report_id, sentence_id, section_id, text; the rows of a report follow each other.
    outline : Arrow table
        report_id, section_id, role, heading.
    roles : collection of str
        The parts that are counted.
    """
    parts = outline.filter(pc.is_in(outline["role"], value_set=pa.array(sorted(roles), type=pa.string())))
    place, counted = (
        pc.binary_join_element_wise(table["report_id"], table["section_id"], "\n") for table in (sentences, parts)
    )
    own = sentences.filter(pc.is_in(place, value_set=counted))
    headings: dict[str, dict[str, str]] = {}
    columns = (parts[name].to_pylist() for name in ("report_id", "section_id", "heading"))
    for report_id, section_id, heading in zip(*columns, strict=True):
        headings.setdefault(report_id, {})[section_id] = heading
    at = 0
    for report_id, n in map(dict.values, pc.value_counts(own["report_id"]).to_pylist()):
        yield NormalisedText(report_id, own.slice(at, n).select(SENTENCES.names)), headings[report_id]
        at += n


@cache
def _normalised_codes() -> np.ndarray:
    """The half-width code point of each code point; `_NO_CODE` for white space and punctuation."""
    # All characters that are folded or dropped are among the first 65,536.
    text = fold("".join(map(chr, range(1 << 16))))
    codes = np.arange(0x110000, dtype="uint32")
    codes[: 1 << 16] = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="uint32")
    for match in _DROPPED.finditer(text):
        codes[match.start() : match.end()] = _NO_CODE
    return codes


def _normalise(texts: Sequence[str]) -> tuple[np.ndarray, np.ndarray]:
    """The normalised code points of all texts, followed by a zero, and where each text begins, followed by the end."""
    codes = _normalised_codes()[np.frombuffer("".join(texts).encode("utf-32-le", "surrogatepass"), dtype="uint32")]
    kept = codes != _NO_CODE
    edges = np.r_[0, np.cumsum(kept)][np.cumsum([0, *map(len, texts)])]
    return np.r_[codes[kept], np.uint32(0)], edges


@dataclass(frozen=True)
class Matches:
    """Maximal matches: where two texts agree for eight characters or more, extended as far as they agree on both sides.

    `start` is the place in the one text, `other` that in the other, `size` the number of characters.
    """

    start: np.ndarray
    other: np.ndarray
    size: np.ndarray

    @property
    def swapped(self) -> Matches:
        """The same matches seen from the other text."""
        return Matches(self.other, self.start, self.size)


def maximal_matches(one: NormalisedText, two: NormalisedText) -> Matches:
    """Where two texts agree. Both are compared half-width, without white space and punctuation.

    Of the shingles that both have, the first of a match is one whose preceding characters differ, the last is one whose
    following characters differ. XabcdefghiY and ZabcdefghiW share abcdefgh, before which X differs from Z, and bcdefghi, after
    which Y differs from W: one match of nine characters.
    """
    start, other = _shared_shingles(one, two)
    same_before = one.codes[start - 1] == two.codes[other - 1]
    is_first = ~same_before | (start == 0) | (other == 0)
    same_after = one.codes[start + SHINGLE] == two.codes[other + SHINGLE]
    is_last = ~same_after | (start + SHINGLE == one.edges[-1]) | (other + SHINGLE == two.edges[-1])
    # On one diagonal, that is at one distance `other - start`, first and last shingles alternate: sorted by diagonals, and from
    # left to right within these, the n-th first shingle and the n-th last one belong to the same match.
    ends = (np.flatnonzero(is_end) for is_end in (is_first, is_last))
    first, last = (end[np.argsort((other - start)[end], kind="stable")] for end in ends)
    return Matches(start[first], other[first], start[last] - start[first] + SHINGLE)


def _shared_shingles(one: NormalisedText, two: NormalisedText) -> tuple[np.ndarray, np.ndarray]:
    """All pairs of places with the same eight characters, from left to right."""
    order, first, sizes = two.shingle_index
    number = sizes.take(one.buckets)
    start = np.flatnonzero(number > 0)
    number = number.take(start)
    # Pair each place with all places in its bucket of the other text. Two places with buckets of 2 and 3 that begin at 10 and
    # 40 need entries 10, 11, 40, 41, 42 of `order`: 0..4 plus 10, 10, 38, 38, 38.
    shift = first.take(one.buckets.take(start)) - np.cumsum(number) + number
    other = order.take(np.repeat(shift, number) + np.arange(number.sum()))
    start = np.repeat(start, number)
    # Different shingles may have the same bucket.
    for offset in _TRIGRAM_OFFSETS:
        same = np.flatnonzero(one.trigrams.take(start + offset) == two.trigrams.take(other + offset))
        start, other = start.take(same), other.take(same)
    return start, other


@dataclass(frozen=True)
class SharedPassages:
    """What one text shares with others, text after text, from left to right: number of the other text, and as in `Matches`."""

    text: np.ndarray
    start: np.ndarray
    other: np.ndarray
    size: np.ndarray


def shared_passages(matches: Sequence[Matches]) -> SharedPassages:
    """Passages that a text shares with each of several others, from left to right, each as long as it can be, none
    overlapping another one that the same two texts share.

    Texts are compared half-width, without white space and punctuation. A passage begins with eight characters in a row
    (a shingle) that both have and goes on as long as both agree; of several places in the other text the one that gives
    the longest passage is taken, of equally long ones the first.
    """
    text = np.repeat(np.arange(len(matches)), [len(own.start) for own in matches])
    start, other, size = (
        np.concatenate([np.zeros(0, dtype="int64"), *(getattr(own, name) for own in matches)])
        for name in ("start", "other", "size")
    )
    if not len(start):
        return SharedPassages(text, start, other, size)
    # An offset for each text puts the texts one after another, so that a match in one never reaches those of the next.
    offset = text * (int((start + size).max()) + 1)
    begin = start + offset
    end = begin + size
    # The best of the matches that begin up to a place: the one that ends last, of several the first in the other text.
    by_quality = np.lexsort((start - other, end))
    rank = np.empty_like(by_quality)
    rank[by_quality] = np.arange(len(by_quality))
    order = np.argsort(begin, kind="stable")
    best = by_quality[np.maximum.accumulate(rank[order])]
    begins = begin[order]
    # For every match, which match follows when it is chosen, and from which place: after its end, the best of those that have
    # begun, if eight characters of it are left there; otherwise the next to begin. Chosen 0-20 is followed, with matches 5-30
    # and 40-50, by 5-30 from 20 on (ten characters are left); with 5-26 instead of 5-30, by 40-50.
    begun = np.searchsorted(begins, end, side="right")
    is_left = end[best[begun - 1]] - end >= SHINGLE
    next_begin = begins[np.minimum(begun, len(begins) - 1)]
    successor = np.where(is_left, best[begun - 1], best[np.searchsorted(begins, next_begin, side="right") - 1])
    successor[~is_left & (begun == len(begins))] = -1
    follows, place = successor.tolist(), np.where(is_left, end, next_begin).tolist()
    match, at = int(best[np.searchsorted(begins, begins[0], side="right") - 1]), int(begins[0])
    chosen, places = [], []
    while match >= 0:
        chosen.append(match)
        places.append(at)
        match, at = follows[match], place[match]
    picked = np.array(chosen)
    skipped = np.array(places) - begin[picked]
    return SharedPassages(text[picked], start[picked] + skipped, other[picked] + skipped, size[picked] - skipped)


_SHORT = 2**64 - 1
"""Instead of the hash of a sentence that is too short to be a formula; larger than any hash."""


def sentence_hashes(texts: Sequence[str]) -> np.ndarray:
    """A hash of 64 bits for each sentence without white space and punctuation; the largest number for those of less than eight characters."""
    hashes = np.minimum(pd.util.hash_array(np.array(texts, dtype=object), categorize=False), _SHORT - 1)
    short = np.fromiter(map(len, texts), dtype="int64", count=len(texts)) < SHINGLE
    found: np.ndarray = np.where(short, np.uint64(_SHORT), hashes)
    return found


MIN_REPORTS = 3
"""Reports that must have a sentence for it to be a formula."""


class Formulas:
    """Sentences of at least eight characters, without white space and punctuation, that at least three reports have.

    A heading (2024年工作回顾, 全面加强政府自身建设) is no formula, however many reports have it: only other sentences are
    counted by `n_reports`. `are_common` counts both. Reports are added one after the other, and sentences are looked up when all
    have been added. A sentence is held as its hash (`sentence_hashes`): nine bytes for each sentence of each report.
    """

    def __init__(self) -> None:
        self._reports: dict[str, tuple[np.ndarray, np.ndarray]] = {}
        self._counted: dict[bool, tuple[np.ndarray, np.ndarray]] = {}

    def add(self, report_id: str, hashes: np.ndarray, headings: np.ndarray) -> None:
        """Add the sentences of a report, as `sentence_hashes` gives them, and say which of them are headings."""
        self._reports[report_id] = hashes, headings.astype(bool)
        self._counted.clear()

    @property
    def reports(self) -> list[str]:
        """Ids of the reports that were added, in their order."""
        return list(self._reports)

    def n_reports(self, report_id: str) -> np.ndarray:
        """For each sentence of a report the number of reports that have it; 0 for a heading and for one that is no formula."""
        hashes, headings = self._reports[report_id]
        return np.where(headings, 0, self._lookup(hashes, with_headings=False))

    def are_common(self, report_id: str) -> np.ndarray:
        """Which sentences of a report, headings among them, at least three reports have as sentence or as heading."""
        common: np.ndarray = self._lookup(self._reports[report_id][0], with_headings=True) > 0
        return common

    def _lookup(self, hashes: np.ndarray, *, with_headings: bool) -> np.ndarray:
        """The number of reports that have each sentence, 0 for less than three."""
        if with_headings not in self._counted:
            own = (np.unique(some if with_headings else some[~headings]) for some, headings in self._reports.values())
            every, n = np.unique(np.concatenate(list(own)), return_counts=True)
            kept = (n >= MIN_REPORTS) & (every != _SHORT)
            # A last entry larger than all hashes, so that every search ends at an entry.
            self._counted[with_headings] = np.r_[every[kept], np.uint64(_SHORT)], np.r_[n[kept], 0]
        known, n_reports = self._counted[with_headings]
        place = np.searchsorted(known, hashes)
        return np.where(known[place] == hashes, n_reports[place], 0)


def are_headings(text: NormalisedText, headings: Mapping[str, str]) -> np.ndarray:
    """Which sentences of a report are headings: those with which a section begins and that make up its heading.

    `headings` are the headings by section_id, as in the outline, without their numbers.
    """
    found = np.zeros(text.sentences.num_rows, dtype=bool)
    left = {section_id: plain for section_id, heading in headings.items() if (plain := _plain(heading))}
    for row, (section_id, own) in enumerate(
        zip(text.sentences["section_id"].to_pylist(), text.sentence_texts, strict=True)
    ):
        rest = left.pop(section_id, "")
        if own and rest.startswith(own):
            found[row] = True
            left[section_id] = rest[len(own) :]
    return found


def _plain(text: str) -> str:
    """A text as `NormalisedText` has it."""
    return _normalise([text])[0][:-1].tobytes().decode("utf-32-le", "surrogatepass")


def formula_table(report_id: str, sentences: pa.Table, n_reports: np.ndarray) -> pa.Table:
    """The formulas of a report (see `Formulas`): sentences, other than headings, that at least three reports have in the same
    words, eight characters or longer without white space and punctuation.

    Parameters
    ----------
    sentences : Arrow table
        sentence_id, section_id, text; counted sentences of the report.
    n_reports : array
        As `Formulas` gives it for the same sentences.

    Returns
    -------
    Arrow table
        report_id, sentence_id, section_id, n_reports, text.
    """
    kept = np.flatnonzero(n_reports)
    table = sentences.take(pa.array(kept)).append_column("n_reports", pa.array(n_reports[kept]))
    return table.append_column("report_id", pa.array([report_id] * len(kept), type=pa.string()))
