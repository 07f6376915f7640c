"""The marks that number a heading: 一、 （一） 一是 第一， 1. ① and their kin.

A style says nothing about the level: 一、 stands above （一） in most reports and below it in some.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from emphasis.text import numeral

_N = "[一二三四五六七八九十百〇零]{1,4}"
_A = r"\d{1,2}"

STYLES: tuple[tuple[str, int, str], ...] = (
    # name, rank (how far down it usually stands), what it looks like at the start of a folded, squeezed paragraph
    ("part", 0, rf"第({_N}|{_A})(?:部分|[章篇节编])[:、,.]?"),
    ("comma", 1, rf"({_N})[、.﹑､](?!{_N}[、产线])"),
    ("paren", 2, rf"[(〔\[【﹙]({_N})[)〕\]】﹚][、.,:]?"),
    ("bare", 1, rf"({_N})$"),
    ("is", 3, rf"({_N})是(?!否|\1)"),
    ("ordinal", 3, rf"第({_N})(?:[,、:.]|是(?!否))"),
    ("dot", 4, rf"({_A})(?:、|\.(?!\d)|\.(?=(?:19|20)\d\d年))"),
    ("digit", 5, rf"(?:[(\[【]({_A})[)\]】]|({_A})\))[、.]?"),
)
"""Numbering styles as data; the first group that matched is the number."""

_SPACED = re.compile(rf"({_N})[\u3000\u2002\u2003 \t]+(?=\S)")
"""A number that only a space sets off; visible in the text itself, not in a squeezed key."""

_ENCLOSED: tuple[tuple[str, int, str], ...] = (
    ("paren", 2, "㈠㈡㈢㈣㈤㈥㈦㈧㈨㈩"),
    ("digit", 5, "⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇"),
    ("dot", 4, "⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛"),
    ("circle", 6, "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"),
)

RANK: dict[str, int] = {name: rank for name, rank, _ in (*STYLES, *_ENCLOSED)}
"""How far down a style usually stands; smaller is nearer the top."""

_PATTERNS = tuple((name, re.compile(pattern)) for name, _, pattern in STYLES)
_SINGLE = {c: (name, i) for name, _, characters in _ENCLOSED for i, c in enumerate(characters, 1)}
_FIRST = frozenset("第一二三四五六七八九十百(〔[【﹙0123456789") | frozenset(_SINGLE)


class Marker(NamedTuple):
    """A number in front of a heading.

    Attributes
    ----------
    style : str
        One of `STYLES`.
    number : int
    length : int
        In visible characters.
    """

    style: str
    number: int
    length: int


def find_marker(key: str) -> Marker | None:
    """The marker at the start of a paragraph's key, if there is one.

    Examples
    --------
    >>> find_marker("(十二)全面加强政府自身建设")
    Marker(style='paren', number=12, length=4)
    >>> find_marker("一、二、三产业融合发展"), find_marker("5.5%左右")
    (None, None)
    """
    if not key or key[0] not in _FIRST:
        return None
    if key[0] in _SINGLE:
        style, number = _SINGLE[key[0]]
        return Marker(style, number, 1)
    for style, pattern in _PATTERNS:
        if match := pattern.match(key):
            try:
                return Marker(style, numeral(next(g for g in match.groups() if g)), match.end())
            except ValueError:
                return None
    return None


def find_spaced_marker(text: str, start: int, end: int) -> Marker | None:
    """The marker of a short paragraph whose number only a space sets off.

    Examples
    --------
    >>> find_spaced_marker("一　　2024年工作回顾", 0, 13)
    Marker(style='bare', number=1, length=1)
    """
    match = _SPACED.match(text, start, end)
    return Marker("bare", numeral(match.group(1)), match.end(1) - start) if match else None
