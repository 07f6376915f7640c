"""Passages that two texts share, by shingles of eight characters, found without a step of Python for each character."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np
import pandas as pd
from scipy import sparse

from emphasis.sections import ancestors
from emphasis.text import fold

SHINGLE = 8
"""Characters."""

# A half-width full stop stays: it is the decimal point.
_LEFT_OUT = re.compile(r"[\s，。、；：？！“”‘’（）《》〈〉【】—…·,;:?!\"'()<>\[\]~]+")
_SLOTS = 16
"""Binary digits of the number of slots of an index."""
_MIX = np.uint64(0x9E3779B97F4A7C15)


@dataclass(frozen=True)
class Match:
    """A passage of `size` characters at `start` in one report and at `other` in another."""

    start: int
    other: int
    size: int


@dataclass(frozen=True)
class Body:
    """The counted text of a report, sentence after sentence, without white space and punctuation.

    Attributes
    ----------
    report_id : str
    text : str
    edges : array of shape (sentences + 1,)
        Where each sentence begins, and the end.
    sentences : DataFrame
        sentence_id, section_id, text; one row a counted sentence.
    """

    report_id: str
    text: str
    edges: np.ndarray
    sentences: pd.DataFrame

    @property
    def spans(self) -> list[str]:
        """The text of each sentence."""
        return [self.text[a:b] for a, b in pairwise(self.edges.tolist())]

    @cached_property
    def columns(self) -> dict[str, list[str]]:
        """The columns of `sentences` as lists."""
        return {str(name): values.tolist() for name, values in self.sentences.items()}

    def sentence(self, places: np.ndarray) -> np.ndarray:
        """The sentence that each place of the text lies in."""
        return np.searchsorted(self.edges, places, side="right") - 1

    @cached_property
    def codes(self) -> np.ndarray:
        """The characters as numbers."""
        return np.frombuffer(self.text.encode("utf-32-le", "surrogatepass"), dtype="uint32")

    @cached_property
    def shingles(self) -> np.ndarray:
        """A number for the eight characters from each place on; equal for equal ones."""
        count = max(len(self.codes) - SHINGLE + 1, 0)
        found = np.zeros(count, dtype="uint64")
        for i in range(SHINGLE if count else 0):
            found = found * _MIX + self.codes[i : i + count]
        return found

    @cached_property
    def slots(self) -> np.ndarray:
        """The slot of each shingle in an index."""
        return ((self.shingles * _MIX) >> np.uint64(64 - _SLOTS)).astype("int32")

    @cached_property
    def index(self) -> tuple[np.ndarray, np.ndarray]:
        """The first place of each slot, and for each place the next one of its slot; -1 for none."""
        order = np.argsort(self.slots, kind="stable").astype("int32")
        ordered = self.slots[order]
        first = np.full(1 << _SLOTS, -1, dtype="int32")
        after = np.full(len(order), -1, dtype="int32")
        new = np.r_[True, ordered[1:] != ordered[:-1]][: len(order)]
        first[ordered[new]] = order[new]
        same = np.flatnonzero(~new)
        after[order[same - 1]] = order[same]
        return first, after

    @cached_property
    def holders(self) -> tuple[list[str], sparse.csr_array]:
        """`all` and the sections that have text, with those that hold them, and the sentences of each, as zeros and ones."""
        place: dict[str, int] = {}
        rows, columns = [], []
        sizes = np.diff(self.edges)
        for i, section_id in enumerate(self.sentences["section_id"].tolist()):
            for holder in ("all", *ancestors(section_id)) if sizes[i] else ():
                rows.append(place.setdefault(holder, len(place)))
                columns.append(i)
        cells = np.ones(len(rows), dtype="int64"), (rows, columns)
        return list(place), sparse.csr_array(cells, shape=(len(place), len(sizes)))


def body(report_id: str, sentences: pd.DataFrame) -> Body:
    """The text of a report for comparison.

    Parameters
    ----------
    report_id : str
    sentences : DataFrame
        sentence_id, section_id, text; the counted sentences of the report in order.
    """
    parts = stripped(sentences)
    edges = np.cumsum([0, *map(len, parts)])
    return Body(report_id, "".join(parts), edges, sentences.reset_index(drop=True))


def stripped(sentences: pd.DataFrame) -> list[str]:
    """The sentences half-width, without white space and punctuation."""
    return [_LEFT_OUT.sub("", fold(text)) for text in sentences["text"].tolist()]


def matches(one: Body, two: Body) -> list[Match]:
    """Passages of `one` that stand in `two`, from left to right, each as long as it can be, none overlapping in `one`.

    Texts are compared half-width, without white space and punctuation. A passage begins with eight characters in a row
    (a shingle) that both have and goes on as long as both agree; of several places in `two` the one that gives the longest
    passage is taken, of equally long ones the first.
    """
    start, other = _common(one, two)
    if not len(start):
        return []
    # Shingles in a row at one distance are a passage that both have; it ends with the last one's last character.
    order = np.lexsort((start, other - start))
    start, other = start[order], other[order]
    last = np.r_[(np.diff(start) != 1) | (np.diff(other) != 1), True]
    ends = start[last]
    size = np.repeat(ends, np.diff(np.r_[-1, np.flatnonzero(last)])) - start + SHINGLE
    order = np.lexsort((other, -size, start))
    start, other, size = start[order], other[order], size[order]
    best = np.r_[True, start[1:] != start[:-1]]
    start, other, size = start[best], other[best], size[best]
    follows = np.searchsorted(start, start + size).tolist()
    found, at = [], 0
    while at < len(start):
        found.append(at)
        at = follows[at]
    return [Match(*row) for row in zip(start[found].tolist(), other[found].tolist(), size[found].tolist(), strict=True)]


def _common(one: Body, two: Body) -> tuple[np.ndarray, np.ndarray]:
    """All pairs of places with the same eight characters."""
    first, after = two.index
    other = first[one.slots]
    start = np.flatnonzero(other >= 0)
    other = other[start]
    starts, others = [], []
    while len(start):
        same = one.shingles[start] == two.shingles[other]
        starts.append(start[same])
        others.append(other[same])
        other = after[other]
        more = other >= 0
        start, other = start[more], other[more]
    start, other = (np.concatenate([np.zeros(0, dtype="int64"), *parts]) for parts in (starts, others))
    # Other characters with the same number are next to impossible, and now left out.
    same = np.ones(len(start), dtype=bool)
    for i in range(SHINGLE):
        same &= one.codes[start + i] == two.codes[other + i]
    return start[same], other[same]
