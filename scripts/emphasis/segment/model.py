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


class Entry(NamedTuple):
    """What tokens share that differ in their places only; see `Token`."""

    token: str
    pos: str
    kind: Kind
