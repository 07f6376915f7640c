"""Where the words of theme dictionaries stand in a text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import NamedTuple

import numpy as np
import pandas as pd

from emphasis.measures.dictionaries import Theme
from emphasis.segment.compounds import inner_borders
from emphasis.text import fold, squeeze

_BREAK = "\x00"
"""Stands between sentences; no word has it, so no hit runs from one sentence into the next."""


class Hit(NamedTuple):
    """A word of a theme in a text: the theme's place in the list of themes, and the span."""

    theme: int
    start: int
    end: int


@dataclass(frozen=True)
class Words:
    """Where a hit may stand: from the beginning of a token to the end of one, or inside a token that is a compound.

    Attributes
    ----------
    starts, ends : frozenset of int
        Where tokens begin and end.
    inner : frozenset of (int, int)
        Spans of words inside tokens. A hit that begins inside a token does not run past it: 机构改革 is not found in
        金融机构 / 改革.
    """

    starts: frozenset[int]
    ends: frozenset[int]
    inner: frozenset[tuple[int, int]]

    def holds(self, start: int, end: int) -> bool:
        """Whether a word or a row of words stands there."""
        return (start in self.starts and end in self.ends) or (start, end) in self.inner


class Finder:
    """Finds the words of several themes in one pass.

    Parameters
    ----------
    themes : sequence of Theme
    """

    def __init__(self, themes: Sequence[Theme]) -> None:
        self._entries: dict[str, list[tuple[str, int, bool]]] = {}
        for number, theme in enumerate(themes):
            # Of words that begin at one place the longest is taken, and an exception before a word of its length.
            for word in {*theme.words, *theme.exceptions}:
                self._entries.setdefault(word[:2], []).append((word, number, word in theme.exceptions))
        for entries in self._entries.values():
            entries.sort(key=lambda entry: (-len(entry[0]), not entry[2], entry[0], entry[1]))

    def places(self, text: str) -> list[int]:
        """Where some word may begin: the offsets of pairs of characters with which words begin."""
        entries = self._entries
        return [place for place, pair in enumerate(map(str.__add__, text, text[1:])) if pair in entries]

    def find(self, text: str, places: Sequence[int], words: Words | None = None) -> Iterator[Hit]:
        """The hits of each theme: from left to right, at each place the longest, none overlapping another of its theme.

        An exception takes its span as a word would, and is no hit.

        Parameters
        ----------
        text : str
            Half-width and without spaces.
        places : sequence of int
            As made by `places`, or some of them.
        words : Words, optional
            Where words stand. Without them a hit counts wherever it stands. Exceptions need no borders.
        """
        behind: dict[int, int] = {}
        for place in places:
            for word, theme, exception in self._entries[text[place : place + 2]]:
                if behind.get(theme, 0) > place or not text.startswith(word, place):
                    continue
                end = place + len(word)
                if exception:
                    behind[theme] = end
                elif words is None or words.holds(place, end):
                    behind[theme] = end
                    yield Hit(theme, place, end)


@dataclass(frozen=True)
class Flat:
    """The sentences of one report as one text without white space, and its tokens in it.

    Attributes
    ----------
    text : str
        Half-width; sentences are set apart by a character that no word has.
    first : array of shape (sentences,)
        Where each sentence begins in `text`.
    places : array of shape (len(text),)
        Where each character stands in the file.
    left, right : array of shape (tokens,)
        Where each token begins and ends in `text`, in ascending order.
    """

    text: str
    first: np.ndarray
    places: np.ndarray
    left: np.ndarray
    right: np.ndarray

    def sentence(self, place: np.ndarray) -> np.ndarray:
        """The row of the sentence that each place in `text` belongs to."""
        return np.searchsorted(self.first, place, side="right") - 1

    def words(self, places: Sequence[int]) -> Words:
        """The words of the text, those inside tokens only where the token holds one of these places."""
        held = np.searchsorted(self.left, np.asarray(places, dtype="int64"), side="right") - 1
        inner: set[tuple[int, int]] = set()
        for row in np.unique(held[held >= 0]).tolist():
            start, end = int(self.left[row]), int(self.right[row])
            if cuts := inner_borders(self.text[start:end]):
                inner.update(combinations([start, *(start + cut for cut in cuts), end], 2))
        return Words(frozenset(self.left.tolist()), frozenset(self.right.tolist()), frozenset(inner))


def flatten(sentences: pd.DataFrame, tokens: pd.DataFrame) -> Flat:
    """One report's sentences and tokens as `Flat`.

    Parameters
    ----------
    sentences, tokens : DataFrame
        As in sentences.parquet and tokens.parquet, of one report, in the order of the text.
    """
    texts: list[str] = sentences["text"].tolist()
    joined = _BREAK.join(texts)
    sizes = np.array([len(text) for text in texts], dtype="int64")
    begin = np.concatenate([[0], np.cumsum(sizes + 1)[:-1]]) if len(texts) else np.empty(0, dtype="int64")
    shift = begin - sentences["start"].to_numpy(dtype="int64")
    flat, kept = squeeze(fold(joined))
    standing = np.array(kept, dtype="int64")
    rows = dict(zip(sentences["sentence_id"].tolist(), range(len(texts)), strict=True))
    of = np.array([rows[name] for name in tokens["sentence_id"].tolist()], dtype="int64")
    left = np.searchsorted(standing, tokens["start"].to_numpy(dtype="int64") + shift[of])
    right = np.searchsorted(standing, tokens["end"].to_numpy(dtype="int64") + shift[of] - 1) + 1
    first = np.searchsorted(standing, begin)
    owner = np.searchsorted(begin, standing, side="right") - 1
    return Flat(flat, first, standing - shift[owner] if len(standing) else standing, left, right)


def sentence_hits(
    finder: Finder, text: str, starts: Sequence[int], ends: Sequence[int], *, anywhere: bool = False
) -> list[Hit]:
    """The hits in one sentence, as offsets into it.

    Parameters
    ----------
    finder : Finder
    text : str
        The sentence as it stands in the file.
    starts, ends : sequence of int
        Where its tokens begin and end in it.
    anywhere : bool
        Hits inside longer words too.
    """
    flat, kept = squeeze(fold(text))
    places = finder.places(flat)
    if not places:
        return []
    standing = np.array(kept, dtype="int64")
    left = np.searchsorted(standing, np.asarray(starts, dtype="int64"))
    right = np.searchsorted(standing, np.asarray(ends, dtype="int64") - 1) + 1
    words = None if anywhere else Flat(flat, np.zeros(1, dtype="int64"), standing, left, right).words(places)
    return [Hit(hit.theme, kept[hit.start], kept[hit.end - 1] + 1) for hit in finder.find(flat, places, words)]


def theme_hits(sentences: pd.DataFrame, tokens: pd.DataFrame, themes: Sequence[Theme]) -> pd.DataFrame:
    """Every hit with its place in the file; what counts as one stands at `emphasis.measures.themes.theme_values`.

    Parameters
    ----------
    sentences, tokens : DataFrame
        As in sentences.parquet and tokens.parquet, of one or more reports.
    themes : sequence of Theme

    Returns
    -------
    DataFrame
        report_id, section_id, sentence_id, theme, word, start, end (characters of the decoded file).
    """
    finder = Finder(themes)
    by_report = dict(list(tokens.groupby("report_id", sort=False, observed=True)))
    rows = []
    for report_id, own in sentences.groupby("report_id", sort=True, observed=True):
        flat = flatten(own, by_report.get(report_id, tokens.iloc[:0]))
        places = finder.places(flat.text)
        hits = list(finder.find(flat.text, places, flat.words(places)))
        owner = flat.sentence(np.array([hit.start for hit in hits], dtype="int64"))
        sections, names = own["section_id"].tolist(), own["sentence_id"].tolist()
        for hit, row in zip(hits, owner.tolist(), strict=True):
            span = int(flat.places[hit.start]), int(flat.places[hit.end - 1]) + 1
            word = flat.text[hit.start : hit.end]
            rows.append((report_id, sections[row], names[row], themes[hit.theme].name, word, *span))
    return pd.DataFrame(rows, columns=["report_id", "section_id", "sentence_id", "theme", "word", "start", "end"])
