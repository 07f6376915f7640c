"""Passages that two texts share, by shingles of eight characters, found without a step of Python for each character."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import pairwise

import numpy as np
import pandas as pd
import pyarrow as pa
from scipy import sparse

from emphasis.sections import ancestors
from emphasis.text import fold

SHINGLE = 8
"""Characters."""

# A half-width full stop stays: it is the decimal point.
_LEFT_OUT = re.compile(r"[\s，。、；：？！“”‘’（）《》〈〉【】—…·,;:?!\"'()<>\[\]~]+")
_NONE = 2**32 - 1
"""Stands for a character that is left out."""
_PARTS = (0, 5, 3)
"""Where in a shingle three characters begin, so that together they are the shingle; those that tell most, first."""
_SLOTS = 16
"""Binary digits of the number of slots of an index; with 16 of them numbers are sorted digit by digit."""
_MIX = np.array([0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9], dtype="uint64")


@dataclass(frozen=True)
class Body:
    """The counted text of a report, sentence after sentence, without white space and punctuation.

    Attributes
    ----------
    report_id : str
    sentences : Arrow table
        sentence_id, section_id, text; one row a counted sentence, in the order of the report.
    """

    report_id: str
    sentences: pa.Table

    @cached_property
    def _stripped(self) -> tuple[np.ndarray, np.ndarray]:
        return _strip(self.sentences["text"].to_numpy())

    @property
    def codes(self) -> np.ndarray:
        """The characters as numbers, and a zero behind them."""
        return self._stripped[0]

    @property
    def edges(self) -> np.ndarray:
        """Where each sentence begins, and the end."""
        return self._stripped[1]

    @cached_property
    def text(self) -> str:
        """The characters as a string."""
        return self.codes[:-1].tobytes().decode("utf-32-le", "surrogatepass")

    @property
    def spans(self) -> list[str]:
        """The text of each sentence."""
        return [self.text[a:b] for a, b in pairwise(self.edges.tolist())]

    def sentence(self, places: np.ndarray) -> np.ndarray:
        """The sentence that each place of the text lies in."""
        return np.searchsorted(self.edges, places, side="right") - 1

    @cached_property
    def threes(self) -> np.ndarray:
        """The three characters from each place on as one number: a character has 21 binary digits."""
        codes = self.codes[:-1].astype("uint64")
        threes: np.ndarray = codes[:-2] | codes[1:-1] << np.uint64(21) | codes[2:] << np.uint64(42)
        return threes

    @cached_property
    def slots(self) -> np.ndarray:
        """The slot of the shingle at each place in an index: equal for equal ones."""
        count = max(len(self.codes) - SHINGLE, 0)
        mixed = np.zeros(count, dtype="uint64")
        for part, mix in zip(_PARTS if count else (), _MIX, strict=False):
            mixed = (mixed ^ self.threes[part : part + count]) * mix
        return (mixed >> np.uint64(64 - _SLOTS)).astype("uint16")

    @cached_property
    def index(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """The places slot by slot, where those of each slot begin, and how many it has."""
        order = np.argsort(self.slots, kind="stable")
        sizes = np.bincount(self.slots, minlength=1 << _SLOTS).astype("int32")
        return order, np.cumsum(sizes, dtype="int32") - sizes, sizes

    @cached_property
    def holders(self) -> tuple[list[str], sparse.csr_array]:
        """`all` and the sections that have text, with those that hold them, and the sentences of each, as zeros and ones."""
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


@cache
def _plain() -> np.ndarray:
    """What each character is half-width, as numbers; `_NONE` for white space and punctuation."""
    # All that is folded or left out is among the first 65,536 characters.
    text = fold("".join(map(chr, range(1 << 16))))
    codes = np.arange(0x110000, dtype="uint32")
    codes[: 1 << 16] = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="uint32")
    for match in _LEFT_OUT.finditer(text):
        codes[match.start() : match.end()] = _NONE
    return codes


def _strip(texts: Sequence[str]) -> tuple[np.ndarray, np.ndarray]:
    """Texts half-width, without white space and punctuation, one after the other as numbers, and where each begins."""
    codes = _plain()[np.frombuffer("".join(texts).encode("utf-32-le", "surrogatepass"), dtype="uint32")]
    stays = codes != _NONE
    edges = np.r_[0, np.cumsum(stays)][np.cumsum([0, *map(len, texts)])]
    return np.r_[codes[stays], np.uint32(0)], edges


@dataclass(frozen=True)
class Runs:
    """Where two texts agree for eight characters or more, each as far as it goes to both sides.

    Attributes
    ----------
    start, other, size : array of int
        Place in one text, place in the other, characters.
    """

    start: np.ndarray
    other: np.ndarray
    size: np.ndarray

    @property
    def turned(self) -> Runs:
        """The same seen from the other text."""
        return Runs(self.other, self.start, self.size)


def runs(one: Body, two: Body) -> Runs:
    """Where two texts agree. Both are compared half-width, without white space and punctuation."""
    start, other = _common(one, two)
    before = one.codes[start - 1] == two.codes[other - 1]
    begins = ~before | (start == 0) | (other == 0)
    behind = one.codes[start + SHINGLE] == two.codes[other + SHINGLE]
    ends = ~behind | (start + SHINGLE == one.edges[-1]) | (other + SHINGLE == two.edges[-1])
    # At each distance of the places beginnings and ends take turns: the first end is that of the first beginning.
    first = np.flatnonzero(begins)
    last = np.flatnonzero(ends)
    first = first[np.argsort((other - start)[first], kind="stable")]
    last = last[np.argsort((other - start)[last], kind="stable")]
    return Runs(start[first], other[first], start[last] - start[first] + SHINGLE)


def _common(one: Body, two: Body) -> tuple[np.ndarray, np.ndarray]:
    """All pairs of places with the same eight characters, from left to right."""
    order, first, sizes = two.index
    number = sizes.take(one.slots)
    start = np.flatnonzero(number > 0)
    number = number.take(start)
    # Each place with all of those in its slot.
    before = first.take(one.slots.take(start)) - np.cumsum(number) + number
    other = order.take(np.repeat(before, number) + np.arange(number.sum()))
    start = np.repeat(start, number)
    for part in _PARTS:
        same = np.flatnonzero(one.threes.take(start + part) == two.threes.take(other + part))
        start, other = start.take(same), other.take(same)
    return start, other


@dataclass(frozen=True)
class Passages:
    """What one text shares with others, text after text, from left to right.

    Attributes
    ----------
    text : array of int
        Number of the other text.
    start, other, size : array of int
        Place in the one text, place in the other, characters.
    """

    text: np.ndarray
    start: np.ndarray
    other: np.ndarray
    size: np.ndarray


def passages(found: Sequence[Runs]) -> Passages:
    """Passages that a text shares with each of several others, from left to right, each as long as it can be, none
    overlapping another one that the same two texts share.

    Texts are compared half-width, without white space and punctuation. A passage begins with eight characters in a row
    (a shingle) that both have and goes on as long as both agree; of several places in the other text the one that gives
    the longest passage is taken, of equally long ones the first.

    Parameters
    ----------
    found : sequence of Runs
        What the text has in common with each of the others.
    """
    text = np.repeat(np.arange(len(found)), [len(own.start) for own in found])
    start, other, size = (
        np.concatenate([np.zeros(0, dtype="int64"), *(getattr(own, name) for own in found)])
        for name in ("start", "other", "size")
    )
    if not len(start):
        return Passages(text, start, other, size)
    # Places are counted on from text to text, so that a run of one never reaches those of the next.
    offset = text * (int((start + size).max()) + 1)
    begin = start + offset
    end = begin + size
    # The best run among the first ones by beginning: the one that goes furthest, of several the first in the other text.
    worth = np.lexsort((start - other, end))
    rank = np.empty_like(worth)
    rank[worth] = np.arange(len(worth))
    order = np.argsort(begin, kind="stable")
    best = worth[np.maximum.accumulate(rank[order])]
    begins = begin[order]
    # Behind a run the best of those that have begun goes on, if eight characters of it are left; else the next to begin.
    begun = np.searchsorted(begins, end, side="right")
    left = end[best[begun - 1]] - end >= SHINGLE
    later = begins[np.minimum(begun, len(begins) - 1)]
    then = np.where(left, best[begun - 1], best[np.searchsorted(begins, later, side="right") - 1])
    then[~left & (begun == len(begins))] = -1
    follows, place = then.tolist(), np.where(left, end, later).tolist()
    run, at = int(best[np.searchsorted(begins, begins[0], side="right") - 1]), int(begins[0])
    chosen, places = [], []
    while run >= 0:
        chosen.append(run)
        places.append(at)
        run, at = follows[run], place[run]
    picked = np.array(chosen)
    skipped = np.array(places) - begin[picked]
    return Passages(text[picked], start[picked] + skipped, other[picked] + skipped, size[picked] - skipped)


_SHORT = 2**64 - 1
"""Stands for a sentence that is too short to be a formula; larger than any hash."""

FORMULA = 3
"""Reports that must have a sentence for it to be a formula."""


class Formulas:
    """Sentences of at least eight characters, without white space and punctuation, that at least three reports have.

    Reports are added one after the other and counted when all are there. A sentence is held as a hash of 64 bits: eight bytes
    for each sentence of each report.
    """

    def __init__(self) -> None:
        self._reports: dict[str, np.ndarray] = {}
        self._found: tuple[np.ndarray, np.ndarray] | None = None

    def add(self, report_id: str, texts: Sequence[str]) -> None:
        """Add the sentences of a report, without white space and punctuation."""
        hashes = np.minimum(pd.util.hash_array(np.array(texts, dtype=object), categorize=False), _SHORT - 1)
        short = np.fromiter(map(len, texts), dtype="int64", count=len(texts)) < SHINGLE
        self._reports[report_id] = np.where(short, np.uint64(_SHORT), hashes)
        self._found = None

    def of(self, report_id: str) -> np.ndarray:
        """For each sentence of a report the number of reports that have it; 0 for one that is no formula."""
        if self._found is None:
            every, n = np.unique(np.concatenate([np.unique(own) for own in self._reports.values()]), return_counts=True)
            kept = (n >= FORMULA) & (every != _SHORT)
            # A last entry that nothing equals, so that every search ends inside.
            self._found = np.r_[every[kept], np.uint64(_SHORT)], np.r_[n[kept], 0]
        known, n_reports = self._found
        place = np.searchsorted(known, self._reports[report_id])
        return np.where(known[place] == self._reports[report_id], n_reports[place], 0)


def formulas(report_id: str, sentences: pa.Table, n_reports: np.ndarray) -> pa.Table:
    """Where formulas stand (see `Formulas`): sentences that at least three reports have in the same words, eight characters
    or longer without white space and punctuation.

    Parameters
    ----------
    report_id : str
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
    table = sentences.take(pa.array(kept))
    return table.append_column("n_reports", pa.array(n_reports[kept])).append_column(
        "report_id", pa.array([report_id] * len(kept), type=pa.string())
    )
