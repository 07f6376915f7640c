"""Where the characters of words stand in a text, whatever words the text was cut into."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from emphasis.ingest.simplify import simplify_text
from emphasis.segment.lexicon import normalise
from emphasis.text import change_together, fold, visible

if TYPE_CHECKING:
    from emphasis.store.batches import StoredTable

_BREAK = "\n"
"""Between sentences, so that no string is found across their border."""
_FACTOR = np.uint64(0x9E3779B97F4A7C15)
_BITS = 18
"""Bits of a hash by which most stretches are told from words."""


def join_texts(texts: Iterable[str]) -> str:
    r"""Texts in the form in which terms are compared, with a break between them across which nothing is found.

    Examples
    --------
    >>> join_texts(["政 府", "Ａ"])
    '政府\nA'
    """
    # A break inside a text is white space, which goes.
    whole = _BREAK.join([text.replace(_BREAK, " ") if _BREAK in text else text for text in texts])
    return _BREAK.join(map(visible, fold(whole).split(_BREAK)))


def report_text(sentences: StoredTable, report_id: str, *, simplify: bool) -> str:
    """The text of a report as `join_texts` has it, from a stored table of sentences; in simplified characters on request."""
    texts = sentences.arrow([report_id])["text"].to_pylist()
    return join_texts(map(simplify_text, texts) if simplify else texts)


class HalvedText(NamedTuple):
    """The text of a report as it is searched, half-width and without white space, in two halves.

    Each paragraph is in one of them: in the order of the report it goes to the one with fewer characters so far, so that
    both have something of every section.
    """

    first: str
    second: str

    @classmethod
    def of(cls, sentences: Iterable[tuple[int, str]]) -> HalvedText:
        """From the paragraph's number and the text of each sentence, in the order of the report.

        Examples
        --------
        >>> halves = HalvedText.of([(1, "工业"), (2, "农业。"), (2, "水利。"), (3, "交通")])
        >>> halves.first.split(), halves.second.split()
        (['工业', '交通'], ['农业。', '水利。'])
        """
        numbered = list(sentences)
        normalised = change_together(normalise, [text for _, text in numbered])
        paragraphs: dict[int, list[str]] = defaultdict(list)
        for (paragraph, _), text in zip(numbered, normalised, strict=True):
            paragraphs[paragraph].append(text + _BREAK)
        halves: tuple[list[str], list[str]] = ([], [])
        size = [0, 0]
        for text in map("".join, paragraphs.values()):
            shorter = int(size[1] < size[0])
            halves[shorter].append(text)
            size[shorter] += len(text)
        return cls(*map("".join, halves))


class WordSearch:
    """Looks for many words in texts at once.

    All stretches of a text that are as long as some word are hashed, and the hashes looked up among those of the words. With
    64 bits, the chance that a text of 20,000 characters seems to have one of 100,000 words that it lacks is some 10^-9.

    Parameters
    ----------
    words : sequence of str
    """

    def __init__(self, words: Sequence[str]) -> None:
        together = "".join(words)
        # Words of tables are in this form already, which shows at once for all of them.
        plain = words if normalise(together) == together else [normalise(word) for word in words]
        place: dict[str, int] = {}
        self._group = np.array([place.setdefault(word, len(place)) for word in plain], dtype="int64")
        self._distinct = len(place)
        self._of_length = _by_length(list(place))

    def count(self, text: str, borders: tuple[np.ndarray, np.ndarray] | None = None) -> np.ndarray:
        """Occurrences of each word in a text, as `str.count` has them: none overlaps another of its word. Shape (words,).

        With `borders`, which say of each place in the text and of its end whether a word may begin there and whether one may end
        there, only those count that do both.

        Examples
        --------
        >>> WordSearch(["经济", "发展", "济发", "人人"]).count("发展经济，经济发展，人人人").tolist()
        [2, 2, 1, 1]
        """
        found = np.zeros(self._distinct, dtype="int64")
        # Of a short text there may be no stretches as long as the longest words.
        for words, (at, place) in zip(self._of_length, self._hits(text), strict=False):
            kept = place if borders is None else place[borders[0][at] & borders[1][at + words.length]]
            found += np.bincount(kept, minlength=self._distinct)
        of_words: np.ndarray = found[self._group]
        return of_words

    def count_each(self, texts: Sequence[str]) -> np.ndarray:
        """Occurrences of each word in each of several texts, all searched in one go. Shape (texts, words).

        Examples
        --------
        >>> WordSearch(["经济", "发展"]).count_each(["发展经济", "经济，经济"]).tolist()
        [[1, 1], [2, 0]]
        """
        ends = np.cumsum([len(text) + len(_BREAK) for text in texts], dtype="int64")
        cells = [
            np.searchsorted(ends, at, side="right") * self._distinct + place
            for at, place in self._hits(_BREAK.join(texts))
        ]
        shape = len(texts), self._distinct
        counted = np.bincount(np.concatenate([np.zeros(0, dtype="int64"), *cells]), minlength=shape[0] * shape[1])
        found: np.ndarray = counted.reshape(shape)[:, self._group]
        return found

    def count_in_halves(self, text: HalvedText) -> np.ndarray:
        """Occurrences in each half. Shape (2, words)."""
        return np.stack([self.count(half) for half in text])

    def _hits(self, text: str) -> Iterator[tuple[np.ndarray, np.ndarray]]:
        """Where words begin in a text and which these are, by length of the words."""
        stretches = _stretches(text, [words.length for words in self._of_length])
        for words, hashes in zip(self._of_length, stretches, strict=False):
            yield words.find(hashes)


@dataclass(frozen=True)
class _WordsOfLength:
    """Words of one length: their hashes, ascending, their places among all words, and which of them can overlap themselves.

    `possible` tells most stretches of a text from all words by some bits of their hashes, in a tenth of the time of a search.
    """

    length: int
    hashes: np.ndarray
    place: np.ndarray
    recurring: np.ndarray
    possible: np.ndarray

    @classmethod
    def of(cls, length: int, words: Sequence[str], place: np.ndarray) -> _WordsOfLength:
        """From words and their places."""
        codes = _codes("".join(words)).reshape(len(words), length)
        hashes = np.zeros(len(words), dtype="uint64")
        for column in codes.T:
            hashes = hashes * _FACTOR + column
        # A word that begins as it ends, such as 人人, can overlap itself.
        recurring = np.zeros(len(words), dtype=bool)
        for n in range(1, length):
            recurring |= (codes[:, :n] == codes[:, length - n :]).all(axis=1)
        possible = np.zeros(1 << _BITS, dtype=bool)
        possible[_some_bits(hashes)] = True
        order = np.argsort(hashes)
        return cls(length, hashes[order], place[order], recurring[order], possible)

    def find(self, hashes: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Which of the stretches with these hashes are words, and the places of these; none overlaps another of its word."""
        at = np.flatnonzero(self.possible[_some_bits(hashes)])
        near = np.minimum(np.searchsorted(self.hashes, hashes[at]), len(self.hashes) - 1)
        same = self.hashes[near] == hashes[at]
        at, near = at[same], near[same]
        checked = np.flatnonzero(self.recurring[near])
        if len(checked):
            overlapping = checked[_overlap(at[checked], near[checked], self.length)]
            at, near = np.delete(at, overlapping), np.delete(near, overlapping)
        return at, self.place[near]


def _by_length(words: Sequence[str]) -> list[_WordsOfLength]:
    lengths = np.fromiter(map(len, words), dtype="int64", count=len(words))
    places = ((int(length), np.flatnonzero(lengths == length)) for length in np.unique(lengths))
    return [_WordsOfLength.of(length, [words[i] for i in place.tolist()], place) for length, place in places]


def _overlap(at: np.ndarray, word: np.ndarray, length: int) -> np.ndarray:
    """Which of these places of words are inside the one of the same word that is counted before them."""
    order = np.lexsort((at, word))
    near = np.flatnonzero((np.diff(word[order]) == 0) & (np.diff(at[order]) < length)) + 1
    inside = np.zeros(len(at), dtype=bool)
    last = -1
    for i in near.tolist():
        # What is near the one before it may still be past the end of the one that was counted.
        last = i - 1 if not inside[order[i - 1]] else last
        inside[order[i]] = at[order[i]] - at[order[last]] < length
    return inside


def _some_bits(hashes: np.ndarray) -> np.ndarray:
    """The bits of a hash that depend on all characters: the last one is in the lower bits until it is multiplied."""
    return (hashes * _FACTOR) >> np.uint64(64 - _BITS)


def _codes(text: str) -> np.ndarray:
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4").astype("uint64")


def _stretches(text: str, lengths: Sequence[int]) -> Iterator[np.ndarray]:
    """The hashes of all stretches of each of these lengths, which ascend; the hash of abc is (a F + b) F + c."""
    codes = _codes(text)
    hashes, length = np.zeros(len(codes) + 1, dtype="uint64"), 0
    for wanted in lengths:
        while length < min(wanted, len(codes)):
            hashes = hashes[:-1] * _FACTOR + codes[length:]
            length += 1
        if length == wanted:
            yield hashes
