"""The tokens of many texts as columns of numbers: what concerns a word is done once for it, not for each token."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import add
from typing import Literal, NamedTuple

import numpy as np

Kind = Literal["word", "term", "number", "latin"]


class Token(NamedTuple):
    """One token of a text; punctuation and white space yield none.

    Attributes
    ----------
    token : str
        Normalised: half-width, without inner white space; otherwise as it stands in the text.
    pos : str
        Part of speech in the tag set of jieba (ICTCLAS): ``n``, ``v``, ``vn``, ...; ``m`` for a number, ``eng`` for
        Latin, ``x`` for what the dictionary does not know.
    kind : Kind
        ``term`` from the lexicon or from the report itself, ``word`` from the engine's dictionary, ``number`` with its
        unit or per cent sign, ``latin`` for Latin words and names such as 5G-A.
    start, end : int
        Offsets into the text that was given.
    """

    token: str
    pos: str
    kind: Kind
    start: int
    end: int


class Entry(NamedTuple):
    """What tokens share that differ in their places only; see `Token`."""

    token: str
    pos: str
    kind: Kind


class Vocabulary:
    """The different entries of many texts, each with a number."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []
        self._numbers: dict[Entry, int] = {}
        self._traits: dict[Callable[[Entry], int], array[int]] = {}

    def number(self, entry: Entry) -> int:
        """The number of an entry; a new one if it was not met before."""
        number = self._numbers.setdefault(entry, len(self.entries))
        if number == len(self.entries):
            self.entries.append(entry)
        return number

    def trait(self, of: Callable[[Entry], int]) -> np.ndarray:
        """What a function says of each entry, by the entry's number; it is asked once for each."""
        known = self._traits.setdefault(of, array("q"))
        known.extend(map(of, self.entries[len(known) :]))
        return np.array(known)


@dataclass(frozen=True, eq=False)
class TokenTable:
    """Tokens of several texts as columns of equal length, in order.

    Attributes
    ----------
    vocabulary : Vocabulary
    texts : int
        Number of texts, those without a token included.
    text : int array
        Index of the text, from 0.
    entry : int array
        Number in the vocabulary.
    start, end : int array
        Offsets into the text.
    """

    vocabulary: Vocabulary
    texts: int
    text: np.ndarray
    entry: np.ndarray
    start: np.ndarray
    end: np.ndarray

    @cached_property
    def _ends(self) -> list[int]:
        """Where the rows of each text end."""
        ends: list[int] = np.searchsorted(self.text, np.arange(self.texts), side="right").tolist()
        return ends

    def row(self, text: int) -> list[Token]:
        """The tokens of one text."""
        rows = slice(self._ends[text - 1] if text else 0, self._ends[text])
        entries = map(self.vocabulary.entries.__getitem__, self.entry[rows].tolist())
        places = zip(self.start[rows].tolist(), self.end[rows].tolist(), strict=True)
        return [*map(Token._make, map(add, entries, places))]

    def rows(self) -> list[list[Token]]:
        """The tokens of each text."""
        return [self.row(text) for text in range(self.texts)]

    def counts(self) -> Counter[str]:
        """How often each token occurs."""
        occurrences = np.bincount(self.entry)
        used = np.flatnonzero(occurrences)
        counts: dict[str, int] = {}
        for number, n in zip(used.tolist(), occurrences[used].tolist(), strict=True):
            token = self.vocabulary.entries[number].token
            counts[token] = counts.get(token, 0) + n
        return Counter(counts)

    def trait(self, of: Callable[[Entry], int]) -> np.ndarray:
        """What a function says of the entry of each token."""
        values: np.ndarray = self.vocabulary.trait(of)[self.entry]
        return values


class Lines:
    """Texts as one, each a line of it, with the places of their tokens in the whole.

    Attributes
    ----------
    text : str
        All texts.
    tokens : TokenTable
        Of the texts; they hold no white space.
    starts, ends : int array
        Offsets of the tokens into the whole.
    beside : bool array
        Whether the next token follows without a sign or the end of a line between them; one value less than tokens.
    """

    def __init__(self, texts: Sequence[str], tokens: TokenTable) -> None:
        self.text, self.tokens = "\n".join(texts), tokens
        self._bases = np.cumsum([0, *(len(text) + 1 for text in texts)])
        self.starts, self.ends = tokens.start + self._bases[tokens.text], tokens.end + self._bases[tokens.text]
        self.beside = self.ends[:-1] == self.starts[1:]

    def numbers(self, places: Iterable[int]) -> list[int]:
        """The lines that have at least one of these places, from 0."""
        lines: list[int] = np.unique(np.searchsorted(self._bases, [*places], side="right") - 1).tolist()
        return lines
