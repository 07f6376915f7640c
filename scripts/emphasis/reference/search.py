"""Which of many terms occur in a text, as strings."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from emphasis.segment.lexicon import normalise

_MARKS = re.compile("[“”‘’《》「」『』\"']+")
_BETWEEN = "\ue000"
"""For private use: no text has it."""
_CHARACTERS = 1 << 16
"""Of the basic plane; a term with any other is looked for by itself."""


def plain(text: str) -> str:
    """One sentence or term as it is searched: half-width, without white space and quotation marks."""
    return _MARKS.sub("", normalise(text))


def plain_lines(sentences: Sequence[str]) -> list[str]:
    """Each of some sentences as it is searched."""
    found = plain(_BETWEEN.join(sentences)).split(_BETWEEN)
    return found if len(found) == len(sentences) else [plain(sentence) for sentence in sentences]


class TermSearch:
    """Looks for terms in texts: a term can only be where each of its pairs of neighbouring characters is.

    A text of 20,000 characters has some 9,000 pairs, and a term of two characters is one; so nearly all terms are told at once.
    Longer ones whose pairs are all there are looked for in the text.

    Parameters
    ----------
    terms : sequence of V str

    Examples
    --------
    >>> search = TermSearch(["养老", "银发经济", "经济", "老"])
    >>> search.lacks("养老和银发 经济", np.array([0, 1, 2, 3])).tolist()
    [False, True, False, False]
    """

    def __init__(self, terms: Sequence[str]) -> None:
        self._terms = list(terms)
        lengths, codes = np.array([len(term) for term in terms], dtype="int64"), _code_points("".join(terms))
        known = np.unique(codes[codes < _CHARACTERS])
        # Place 0 is that of characters that no term has, and of those beyond the basic plane.
        self._place = np.zeros(_CHARACTERS, dtype="int64")
        self._place[known] = np.arange(1, len(known) + 1)
        self._width = len(known) + 1
        own, last = self._places(codes), np.zeros(len(codes), dtype=bool)
        last[np.cumsum(lengths)[lengths > 0] - 1] = True
        at = np.flatnonzero(~last)
        self._pairs = own[at] * self._width + own[at + 1]
        self._n_pairs = np.maximum(lengths - 1, 0)
        self._first = np.cumsum(self._n_pairs) - self._n_pairs
        outside = np.repeat(np.arange(len(lengths)), lengths)[own == 0]
        self._is_pair = lengths == 2
        self._is_pair[outside] = False
        self._there = np.zeros(self._width**2, dtype=bool)

    def lacks(self, text: str, places: np.ndarray) -> np.ndarray:
        """Whether each of some terms, by their places, is not in a text; bool array of the shape of `places`."""
        own = self._places(_code_points(text))
        pairs = own[:-1] * self._width + own[1:]
        self._there[pairs] = True
        times = self._n_pairs[places]
        at = np.repeat(self._first[places] - np.cumsum(times) + times, times) + np.arange(times.sum())
        not_there = np.repeat(np.arange(len(places)), times)[~self._there[self._pairs[at]]]
        self._there[pairs] = False
        absent = np.zeros(len(places), dtype=bool)
        absent[not_there] = True
        for i in np.flatnonzero(~absent & ~self._is_pair[places]).tolist():
            absent[i] = self._terms[int(places[i])] not in text
        return absent

    def _places(self, codes: np.ndarray) -> np.ndarray:
        found: np.ndarray = np.where(codes < _CHARACTERS, self._place[np.minimum(codes, _CHARACTERS - 1)], 0)
        return found


def _code_points(text: str) -> np.ndarray:
    return np.frombuffer(bytearray(text, "utf-32-le", "surrogatepass"), dtype="<u4").astype("int64")
