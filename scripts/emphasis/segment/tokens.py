"""The tokens of many texts as columns of numbers, so that work on a word is done once for the word, not for each token.

The words are distinguished as in corpus linguistics: 发展 that occurs twice is two tokens of one type. A `Vocabulary` numbers
the types, a `TokenTable` holds the number of each token's type.
"""

from __future__ import annotations

import re
from array import array
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import add
from typing import Literal, NamedTuple

import numpy as np

Kind = Literal["word", "term", "number", "latin"]
"""``term`` is from the lexicon or the report itself, ``word`` from the engine's dictionary, ``number`` has its unit
or per cent sign with it, ``latin`` is a Latin word or a name such as 5G-A."""


_NUMERAL = re.compile("[零〇一二三四五六七八九十百千万亿两几数半多余]+")


def is_numeral(word: str, pos: str) -> bool:
    """Whether a word of this part of speech is a numeral of the dictionary (数十, 几百), which counts as a number."""
    return pos == "m" and bool(_NUMERAL.match(word))


class Token(NamedTuple):
    """One token of a text; punctuation and white space yield none."""

    token: str  # normalised: half-width, without inner white space; otherwise as in the text
    pos: str  # as jieba (ICTCLAS) has it: n, v, vn, ...; m for a number, eng for Latin, x for what no dictionary knows
    kind: Kind
    start: int  # start, end: offsets into the text that was given
    end: int


class TokenType(NamedTuple):
    """What all tokens of a type share, that is a `Token` without its place."""

    token: str
    pos: str
    kind: Kind


class Vocabulary:
    """The types of many texts, numbered in order of appearance."""

    def __init__(self) -> None:
        self.types: list[TokenType] = []
        self.words: list[str] = []
        """The token of each type."""
        self.numbers: dict[str, list[int]] = {}
        """The types of each token: mostly one."""
        self._numbers: dict[tuple[str, str, Kind], int] = {}
        self._features: dict[Callable[[TokenType], int], array[int]] = {}

    def number(self, token_type: TokenType | tuple[str, str, Kind]) -> int:
        """The number of a type; the next free number if it is new."""
        # A plain tuple finds the type that it equals; making a type takes longer than finding it.
        number = self._numbers.get(token_type)
        if number is None:
            number = self._numbers[TokenType(*token_type)] = len(self.types)
            self.types.append(TokenType(*token_type))
            self.words.append(token_type[0])
            self.numbers.setdefault(token_type[0], []).append(number)
        return number

    def feature(self, of: Callable[[TokenType], int], numbers: np.ndarray) -> np.ndarray:
        """The value of a function for the types of these numbers; the function is called once for each type."""
        known = self._features.setdefault(of, array("q"))
        if len(known) < len(self.types):
            known.extend(map(of, self.types[len(known) :]))
        # A view, of which only the wanted values are copied: after some hundred reports there are many more types than tokens.
        values: np.ndarray = np.frombuffer(known, dtype="int64")[numbers] if known else np.zeros(len(numbers), "int64")
        return values


@dataclass(frozen=True, eq=False)
class TokenTable:
    """Tokens of several texts as columns (int arrays) of equal length, in order."""

    vocabulary: Vocabulary
    texts: int  # number of texts, those without a token included
    text: np.ndarray  # index of the text, from 0
    type: np.ndarray  # number of the token's type in the vocabulary
    start: np.ndarray  # start, end: offsets into the text
    end: np.ndarray

    @cached_property
    def _ends(self) -> list[int]:
        """The row after the last of each text."""
        ends: list[int] = np.searchsorted(self.text, np.arange(self.texts), side="right").tolist()
        return ends

    def rows_of(self, text: int) -> slice:
        """The rows of the tokens of one text."""
        return slice(self._ends[text - 1] if text else 0, self._ends[text])

    def row(self, text: int) -> list[Token]:
        """The tokens of one text."""
        return self.tokens(self.rows_of(text))

    def tokens(self, rows: slice) -> list[Token]:
        """The tokens in some rows."""
        types = map(self.vocabulary.types.__getitem__, self.type[rows].tolist())
        places = zip(self.start[rows].tolist(), self.end[rows].tolist(), strict=True)
        return [*map(Token._make, map(add, types, places))]

    def rows(self) -> list[list[Token]]:
        """The tokens of each text."""
        return [self.row(text) for text in range(self.texts)]

    @cached_property
    def occurrences(self) -> np.ndarray:
        """How often each type occurs, as far as the last that does; int array."""
        return np.bincount(self.type)

    def count(self, token: str) -> int:
        """How often a token occurs; for many tokens, `counts` is faster."""
        numbers = self.vocabulary.numbers.get(token, ())
        return sum(int(self.occurrences[number]) for number in numbers if number < len(self.occurrences))

    def counts(self) -> Counter[str]:
        """How often each token occurs."""
        occurrences = self.occurrences
        used = np.flatnonzero(occurrences)
        tokens = [*map(self.vocabulary.words.__getitem__, used.tolist())]
        found = occurrences[used].tolist()
        counts = Counter[str]()
        # As a dictionary: a counter would look at each token in Python.
        dict.update(counts, zip(tokens, found, strict=True))
        if len(counts) < len(tokens):  # tokens of several types, which few reports have
            counts.clear()
            for token, n in zip(tokens, found, strict=True):
                counts[token] += n
        return counts

    def feature(self, of: Callable[[TokenType], int]) -> np.ndarray:
        """The value of a function for the type of each token."""
        return self.vocabulary.feature(of, self.type)


class Lines:
    """Texts without white space as the lines of one long text (`text`), and the places of their tokens in it.

    `texts` are the lines; `starts` and `ends` (int arrays) are offsets of the tokens into `text`. `adjacent` (bool array, one value fewer than
    tokens) tells whether the next token follows with neither punctuation nor the end of a line between.
    """

    def __init__(self, texts: Sequence[str], tokens: TokenTable) -> None:
        self.texts, self.text, self.tokens = texts, "\n".join(texts), tokens
        self._bases = np.cumsum([0, *map(len, texts)]) + np.arange(len(texts) + 1)
        bases = self._bases[tokens.text]
        self.starts, self.ends = tokens.start + bases, tokens.end + bases
        self.adjacent = self.ends[:-1] == self.starts[1:]

    def line_of(self, offsets: Sequence[int] | np.ndarray) -> np.ndarray:
        """The line in which each of these offsets into `text` lies, numbered from 0."""
        return np.searchsorted(self._bases, offsets, side="right") - 1

    def types_at(self, offsets: Sequence[int]) -> list[TokenType | None]:
        """The types of the tokens that begin at these offsets into `text`; None where none does."""
        types, n = self.tokens.vocabulary.types, len(self.starts)
        rows = np.searchsorted(self.starts, offsets).tolist()
        return [
            types[int(self.tokens.type[row])] if row < n and self.starts[row] == at else None
            for row, at in zip(rows, offsets, strict=True)
        ]
