"""Where the characters of words stand in a text, whatever words the text was cut into."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from emphasis.ingest.simplify import simplify_text
from emphasis.segment.lexicon import normalise

if TYPE_CHECKING:
    from emphasis.store.batches import StoredTable

_BREAK = "\n"
"""Between sentences, so that no string is found across their border."""
_MARK = "\x00"
"""Between sentences while white space is taken out; no text has it."""
_FACTOR = np.uint64(0x9E3779B97F4A7C15)
_SHIFT = np.uint64(44)
"""Hashes are first looked up by their first 20 bits, in a table of which few entries are true."""


def searched_text(sentences: Iterable[str]) -> str:
    r"""The text of a report as it is searched: half-width and without white space, a line for each sentence.

    Examples
    --------
    >>> searched_text(["发展 数字经济。", "ＡＩ"])
    '发展数字经济。\nAI'
    """
    return normalise(_MARK.join(sentences)).replace(_MARK, _BREAK)


def report_text(sentences: StoredTable, report_id: str, *, simplify: bool) -> str:
    """The text of a report as `searched_text` has it, from a stored table of sentences; in simplified characters on request."""
    texts = sentences.arrow([report_id])["text"].to_pylist()
    return searched_text(map(simplify_text, texts) if simplify else texts)


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
        paragraphs: dict[int, list[str]] = defaultdict(list)
        for paragraph, text in sentences:
            paragraphs[paragraph].append(normalise(text) + _BREAK)
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
        plain = pd.Series([normalise(word) for word in words], dtype="object")
        self._lengths = sorted({len(word) for word in plain})
        self._group, distinct = pd.factorize(plain)
        hashes = _hashes(distinct.tolist())
        self._index = pd.Index(hashes)
        self._likely = np.zeros(1 << (64 - int(_SHIFT)), dtype=bool)
        self._likely[hashes >> _SHIFT] = True
        # A word that begins as it ends, such as 人人, can overlap itself.
        self._recurring = [(place, word) for place, word in enumerate(distinct) if _can_overlap(word)]

    def count(self, text: str) -> np.ndarray:
        """Occurrences of each word in a text, as `str.count` has them: none overlaps another of its word. Shape (words,).

        Examples
        --------
        >>> WordSearch(["经济", "发展", "济发", "人人"]).count("发展经济，经济发展，人人人").tolist()
        [2, 2, 1, 1]
        """
        # Most stretches are no word, which this tells at a fraction of the time.
        likely = [hashes[self._likely[hashes >> _SHIFT]] for hashes in _stretches(text, self._lengths)]
        place = self._index.get_indexer(pd.Index(np.concatenate([*likely, np.empty(0, dtype="uint64")])))
        found = np.bincount(place[place >= 0], minlength=len(self._index))
        for at, word in self._recurring:
            found[at] = text.count(word)
        return found[self._group]

    def count_in_halves(self, text: HalvedText) -> np.ndarray:
        """Occurrences in each half. Shape (2, words)."""
        return np.stack([self.count(half) for half in text])


def _can_overlap(word: str) -> bool:
    return any(word.startswith(word[-n:]) for n in range(1, len(word)))


def _codes(text: str) -> np.ndarray:
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4").astype("uint64")


def _hashes(words: Sequence[str]) -> np.ndarray:
    """The hash of each word, those of one length together; see `_stretches`."""
    lengths = np.fromiter(map(len, words), dtype="int64", count=len(words))
    found = np.zeros(len(words), dtype="uint64")
    for length in np.unique(lengths):
        of = np.flatnonzero(lengths == length)
        for codes in _codes("".join(words[place] for place in of.tolist())).reshape(len(of), length).T:
            found[of] = found[of] * _FACTOR + codes
    return found


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
