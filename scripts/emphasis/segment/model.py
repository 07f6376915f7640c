"""What segmentation yields, as plain data."""

from __future__ import annotations

from typing import Literal, NamedTuple

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


class TokenTable(NamedTuple):
    """Tokens of several texts as columns of equal length, in order.

    Attributes
    ----------
    text : list of int
        Index of the text, from 0.
    token, pos, kind, start, end : list
        As in `Token`.
    """

    text: list[int]
    token: list[str]
    pos: list[str]
    kind: list[Kind]
    start: list[int]
    end: list[int]
