"""Where the words of theme dictionaries occur in a text.

Sentences are flattened into one text without white space (`FlatText`); `Finder` finds every place where a word is spelled;
`FlatText.at_borders` keeps those that are words there; `Spans.hits` resolves overlaps.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import numpy as np
import pandas as pd

from emphasis.measures.dictionaries import Theme
from emphasis.segment.vocabulary import SHORTEST, inner_borders
from emphasis.text import INVISIBLE, SPACES, fold

_PLANE = 0x10000
"""All characters that are folded or dropped lie below."""


def code_points(text: str) -> np.ndarray:
    """The code point of each character."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")


def are_visible(codes: np.ndarray) -> np.ndarray:
    """Which characters are neither white space nor invisible, as `emphasis.text.visible` decides."""
    kept: np.ndarray = _visible()[np.minimum(codes, _PLANE - 1)]
    return kept


@lru_cache(maxsize=1)
def _folded() -> np.ndarray:
    return code_points(fold("".join(map(chr, range(_PLANE)))))


@lru_cache(maxsize=1)
def _visible() -> np.ndarray:
    kept = np.ones(_PLANE, dtype=bool)
    kept[code_points(SPACES + INVISIBLE)] = False
    return kept


_BREAK = "\x00"
"""Separates sentences; no word has it, so no hit runs from one sentence into the next."""
_NO_CHARACTER = 0x110000
"""Fills the row of a word after its last character."""
_CODES = 1 << 16
"""Higher code points share the last entry of the table of characters that words begin with."""


class Hit(NamedTuple):
    """A word of a theme in a text: the theme's place in the list of themes, and the span."""

    theme: int
    start: int
    end: int


@dataclass(frozen=True)
class Spans:
    """Words of themes in a text, sorted by the place where they begin; of those at one place the first takes precedence.

    Arrays of shape (n,): the theme's place in the list of themes, the span, and whether the word is an exception of its theme.
    """

    theme: np.ndarray
    start: np.ndarray
    end: np.ndarray
    exception: np.ndarray

    def rows(self, kept: np.ndarray | Sequence[int]) -> Spans:
        """Some of the spans."""
        return Spans(self.theme[kept], self.start[kept], self.end[kept], self.exception[kept])

    def hits(self) -> Spans:
        """The hits of each theme: from left to right, at each place the first, none overlapping another of its theme.

        An exception occupies its span as a word would, but is no hit.
        """
        end_of = [0] * (int(self.theme.max(initial=0)) + 1)
        taken = []
        spans = zip(self.theme.tolist(), self.start.tolist(), self.end.tolist(), strict=True)
        for row, (theme, start, end) in enumerate(spans):
            if start >= end_of[theme]:
                end_of[theme] = end
                taken.append(row)
        rows = np.array(taken, dtype="int64")
        return self.rows(rows[~self.exception[rows]])


class Finder:
    """Finds the words of several themes in one pass."""

    def __init__(self, themes: Sequence[Theme]) -> None:
        entries = [
            (word, number, word in theme.exceptions)
            for number, theme in enumerate(themes)
            for word in {*theme.words, *theme.exceptions}
        ]
        # Of words that begin at one place the longest takes precedence, and an exception before a word of equal length. Sorted
        # by the first two characters, words with the same beginning are adjacent.
        entries.sort(key=lambda entry: (entry[0][:2], -len(entry[0]), not entry[2], entry[0], entry[1]))
        words = [word for word, _, _ in entries]
        self._length = np.array([len(word) for word in words], dtype="int64")
        self._theme = np.array([number for _, number, _ in entries], dtype="int64")
        self._exception = np.array([exception for _, _, exception in entries], dtype=bool)
        self._longest = int(self._length.max(initial=2))
        self._words = np.full((len(words), self._longest), _NO_CHARACTER, dtype="uint32")
        for row, word in enumerate(words):
            self._words[row, : len(word)] = code_points(word)
        # For each pair of characters that words begin with: the row of the first such word, and their number.
        self._pairs, self._first, self._count = np.unique(
            _pair_codes(self._words[:, 0], self._words[:, 1]), return_index=True, return_counts=True
        )
        self._begins = np.zeros((2, _CODES + 1), dtype=bool)
        for side in (0, 1):
            self._begins[side, np.minimum(self._words[:, side], _CODES)] = True

    def spans(self, codes: np.ndarray) -> Spans:
        """Every occurrence of the spelling of a word or an exception: at each place the longest first, an exception before a word.

        `codes` are the characters of the text, half-width and without spaces.
        """
        # Only few places have two characters that any word begins with; candidates there are then compared character by
        # character, all at once.
        known = np.minimum(codes, _CODES)
        place = np.flatnonzero(self._begins[0, known[:-1]] & self._begins[1, known[1:]])
        wanted = _pair_codes(codes[place], codes[place + 1])
        pair = np.minimum(np.searchsorted(self._pairs, wanted), len(self._pairs) - 1)
        found = self._pairs[pair] == wanted
        place, pair = place[found], pair[found]
        n = self._count[pair]
        entry = np.repeat(self._first[pair], n) + _positions_in_runs(n)
        place = np.repeat(place, n)
        padded = np.append(codes, np.zeros(self._longest, dtype=codes.dtype))
        for at in range(2, self._longest):
            fits = (self._length[entry] <= at) | (padded[place + at] == self._words[entry, at])
            entry, place = entry[fits], place[fits]
        return Spans(self._theme[entry], place, place + self._length[entry], self._exception[entry])


def _pair_codes(first: np.ndarray, second: np.ndarray) -> np.ndarray:
    """One number for each pair of characters."""
    numbers: np.ndarray = first.astype("int64") << 32 | second
    return numbers


def _positions_in_runs(n: np.ndarray) -> np.ndarray:
    """Positions within runs of these lengths: 2, 3 gives 0, 1, 0, 1, 2."""
    numbers: np.ndarray = np.arange(n.sum()) - np.repeat(np.cumsum(n) - n, n)
    return numbers


@dataclass(frozen=True)
class FlatText:
    """The sentences of one report as one text without white space, and its tokens and words in it.

    Attributes
    ----------
    text : str
        Half-width; sentences are separated by a character that no word has.
    codes, places : array of shape (len(text),)
        The same as code points; the offset of each character in the file.
    first : array of shape (sentences,)
        Where each sentence begins in `text`.
    left, right : array of shape (tokens,)
        Where each token begins and ends in `text`, in ascending order.
    word_left, word_right : array of shape (words,)
        The same for the words of the finest cut: a token that is a term is several, see `emphasis.segment.vocabulary`.
    """

    text: str
    codes: np.ndarray
    first: np.ndarray
    places: np.ndarray
    left: np.ndarray
    right: np.ndarray
    word_left: np.ndarray
    word_right: np.ndarray

    def sentence(self, place: np.ndarray) -> np.ndarray:
        """The row of the sentence that each place in `text` belongs to."""
        return np.searchsorted(self.first, place, side="right") - 1

    def words(self, start: np.ndarray, end: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """The words that spans consist of or lie in, and the number of the span of each."""
        # From the first word that ends after the span's start to the last one that begins before its end.
        first = np.searchsorted(self.word_right, start, side="right")
        n = np.searchsorted(self.word_left, end, side="left") - first
        return np.repeat(first, n) + _positions_in_runs(n), np.repeat(np.arange(len(n)), n)

    def word_borders(self) -> tuple[np.ndarray, np.ndarray]:
        """At which places in `text`, its end among them, a word of the finest cut begins, and at which one ends."""
        begins, ends = np.zeros((2, len(self.codes) + 1), dtype=bool)
        begins[self.word_left] = ends[self.word_right] = True
        return begins, ends

    def at_borders(self, spans: Spans) -> Spans:
        """The spans that are a word or a sequence of words in the text, and all exceptions.

        They begin and end at borders of words: 污染 is found in 污染防治攻坚战, 印度 not in 印度尼西亚. A span that begins inside a
        token does not run past it: 机构改革 is not found in 金融机构 / 改革.
        """
        begins, ends = self.word_borders()
        first, last = np.zeros((2, len(self.codes) + 1), dtype=bool)
        first[self.left] = last[self.right] = True
        token = np.searchsorted(self.left, spans.start, side="right") - 1
        inside_one = (
            (token >= 0) & (spans.end <= self.right[token]) if len(self.right) else np.zeros(len(token), dtype=bool)
        )
        of_tokens = first[spans.start] & last[spans.end]
        held = begins[spans.start] & ends[spans.end] & (of_tokens | inside_one)
        return spans.rows(spans.exception | held)


def flatten(texts: Sequence[str], starts: np.ndarray, token_starts: np.ndarray, token_ends: np.ndarray) -> FlatText:
    """The sentences and tokens of one report as a `FlatText`; both are in the order of the text, with offsets in the file."""
    codes = code_points(_BREAK.join(texts))
    sizes = np.array([len(text) + 1 for text in texts], dtype="int64")
    begin = np.cumsum(sizes) - sizes
    shift = begin - starts
    visible = are_visible(codes)
    # The number of visible characters before each character, which is its place in the flattened text.
    before = np.append(0, np.cumsum(visible))
    flat = codes[visible]
    # As `emphasis.text.fold`, for all characters at once.
    flat = np.where(flat < _PLANE, _folded()[np.minimum(flat, _PLANE - 1)], flat)
    of = shift[np.searchsorted(starts, token_starts, side="right") - 1]
    left, right = before[token_starts + of], before[token_ends + of - 1] + 1
    places = np.flatnonzero(visible)
    places = places - np.repeat(shift, sizes)[places]
    text = flat.astype("<u4").tobytes().decode("utf-32-le", "surrogatepass")
    return FlatText(text, flat, before[begin], places, left, right, *_cut_into_words(text, left, right))


def _cut_into_words(text: str, left: np.ndarray, right: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Where the words of tokens begin and end."""
    # Most tokens are too short to have a border inside.
    long = np.flatnonzero(right - left >= SHORTEST)
    spans = zip(left[long].tolist(), right[long].tolist(), strict=True)
    inner = np.array([a + at for a, b in spans for at in inner_borders(text[a:b])], dtype="int64")
    return np.sort(np.append(left, inner)), np.sort(np.append(right, inner))


def sentence_hits(
    finder: Finder, text: str, starts: Sequence[int], ends: Sequence[int], *, anywhere: bool = False
) -> list[Hit]:
    """The hits in one sentence, as offsets into it.

    The text is the sentence as it is in the file, `starts` and `ends` are those of its tokens in it; `anywhere` counts hits
    inside longer words too.
    """
    tokens = (np.asarray(places, dtype="int64") for places in (starts, ends))
    flat = flatten([text], np.zeros(1, dtype="int64"), *tokens)
    spans = finder.spans(flat.codes)
    hits = (spans if anywhere else flat.at_borders(spans)).hits()
    places = hits.theme, flat.places[hits.start], flat.places[hits.end - 1] + 1
    return [Hit(*hit) for hit in zip(*(column.tolist() for column in places), strict=True)]


def theme_hits(sentences: pd.DataFrame, tokens: pd.DataFrame, themes: Sequence[Theme]) -> pd.DataFrame:
    """Every hit with its place in the file; `emphasis.measures.themes.theme_values` defines hits.

    Parameters
    ----------
    sentences, tokens : DataFrame
        As in sentences.parquet and tokens.parquet, of one or more reports.

    Returns
    -------
    DataFrame
        report_id, section_id, sentence_id, theme, word, start, end (characters of the decoded file).
    """
    finder = Finder(themes)
    rows = []
    for report_id, own, flat in flat_reports(sentences, tokens):
        hits = flat.at_borders(finder.spans(flat.codes)).hits()
        of = own.iloc[flat.sentence(hits.start)]
        spans = (hits.theme.tolist(), hits.start.tolist(), hits.end.tolist())
        for theme, start, end, section, sentence in zip(*spans, of["section_id"], of["sentence_id"], strict=True):
            span = int(flat.places[start]), int(flat.places[end - 1]) + 1
            rows.append((report_id, section, sentence, themes[theme].name, flat.text[start:end], *span))
    return pd.DataFrame(rows, columns=["report_id", "section_id", "sentence_id", "theme", "word", "start", "end"])


def flat_reports(sentences: pd.DataFrame, tokens: pd.DataFrame) -> Iterator[tuple[str, pd.DataFrame, FlatText]]:
    """For each report, in the order of the ids: its id, its sentences, and its text."""
    start, end = (tokens[name].to_numpy(dtype="int64") for name in ("start", "end"))
    rows = tokens.groupby("report_id", sort=False).indices
    none = np.empty(0, dtype="int64")
    for report_id, own in sentences.groupby("report_id", sort=True):
        at = rows.get(report_id, none)
        begin = own["start"].to_numpy(dtype="int64")
        yield str(report_id), own, flatten(own["text"].tolist(), begin, start[at], end[at])
