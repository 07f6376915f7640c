"""Characters, sentences and Chinese numerals of a text whose offsets stay valid.

There are two ways to normalise: `fold` replaces characters one for one (full-width digits and Latin letters, odd
spaces), so an offset into the result is one into the original; `squeeze` drops spaces and zero-width marks and returns
the original offset of each remaining character.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np

SPACES = (
    " \t\r\n\f\v\x1c\x1d\x1e\x1f\x85\u00a0\u1680"
    "\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
)
"""White space that occurs in reports, such as no-break, em and ideographic spaces."""

INVISIBLE = (
    "\u00ad\u034f\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u2060\ufeff"
)
"""Zero-width marks, which remain when text is copied from web pages and word processors."""

UNSEEN = frozenset(SPACES + INVISIBLE)
"""Every character that leaves nothing to see."""

_FOLD = {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
_FOLD |= dict.fromkeys(SPACES.translate(str.maketrans("", "", " \n\r")), " ")
_FOLDED = re.compile(f"[{re.escape(''.join(_FOLD))}]")
_SKIP = f"[{re.escape(SPACES + INVISIBLE)}]"
# Not with +: `re` looks for the first of some characters much faster than for a repetition.
_SKIPPED = re.compile(f"{_SKIP}{_SKIP}*")

_CLOSERS = "”’」』）)》〉】"
_SENTENCE_END = re.compile(rf"[。！？!?｡]++[{_CLOSERS}]*+(?![的，、；：,;:等之])")
_LINE_BREAK = re.compile(r"[\r\n]+")

_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2}
_UNITS = {"十": 10, "百": 100, "千": 1_000}
_NUMERAL_CHARACTERS = frozenset("万亿").union(_DIGITS, _UNITS)


def fold(text: str) -> str:
    """Half-width letters, digits and punctuation for full-width ones, and plain spaces for odd ones, one for one.

    Examples
    --------
    >>> fold("增长１１．１％")
    '增长11.1%'
    """
    # A text has few distinct ones: replacing each is faster than a look at every character of the text.
    for wide in set(_FOLDED.findall(text)):
        text = text.replace(wide, _FOLD[wide])
    return text


def visible(text: str) -> str:
    """The text without white space and invisible marks.

    Examples
    --------
    >>> visible("政 府")
    '政府'
    """
    return _SKIPPED.sub("", text)


_BETWEEN = "\x00"
"""Stands between texts that are changed together: neither white space nor part of anything that is looked for."""


def change_together(change: Callable[[str], str], texts: Sequence[str]) -> list[str]:
    """Many short texts, each changed by a function that treats a text between two control characters as it treats it alone.

    Examples
    --------
    >>> change_together(visible, ["政 府", "", "工作 报告"])
    ['政府', '', '工作报告']
    """
    joined = _BETWEEN.join(texts)
    if not texts or joined.count(_BETWEEN) != len(texts) - 1:
        return [*map(change, texts)]
    return change(joined).split(_BETWEEN)


def visible_lengths(texts: Sequence[str]) -> np.ndarray:
    """The number of characters of each text without white space and invisible marks; int array of shape (n,).

    Examples
    --------
    >>> visible_lengths(["政 府", ""]).tolist()
    [2, 0]
    """
    import numpy as np  # noqa: PLC0415 - readers of reports need no arrays

    return np.array([*map(len, change_together(visible, texts))], dtype="int64")


def squeeze(text: str) -> tuple[str, list[int]]:
    """The text without white space and invisible marks, and the offset of each of its characters in `text`.

    Examples
    --------
    >>> squeeze("政 府")
    ('政府', [0, 2])
    """
    if not _SKIPPED.search(text):
        return text, list(range(len(text)))
    kept: list[str] = []
    places: list[int] = []
    at = 0
    for gap in _SKIPPED.finditer(text):
        kept.append(text[at : gap.start()])
        places += range(at, gap.start())
        at = gap.end()
    return "".join([*kept, text[at:]]), [*places, *range(at, len(text))]


def trim(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without white space and invisible marks at its ends; empty at `start` if there is nothing else."""
    while start < end and text[start] in UNSEEN:
        start += 1
    while end > start and text[end - 1] in UNSEEN:
        end -= 1
    return start, end


def split_sentences(text: str, start: int = 0, end: int | None = None, *, lines: bool = True) -> list[tuple[int, int]]:
    """Spans of the sentences in ``text[start:end]``, without the white space around them.

    A sentence ends at 。！？ (half-width ! and ? too) and includes the closing quotes and brackets that follow, unless
    it visibly continues after them (“加油！”的喊声). A semicolon or a colon does not end one.

    With `lines`, a line break ends one too; without, a paragraph may extend over several lines.

    Examples
    --------
    >>> [("稳中求进。“好！”再见"[a:b]) for a, b in split_sentences("稳中求进。“好！”再见")]
    ['稳中求进。', '“好！”', '再见']
    """
    stop = len(text) if end is None else end
    cuts = [m.end() for m in _SENTENCE_END.finditer(text, start, stop)]
    if lines:
        cuts += [m.start() for m in _LINE_BREAK.finditer(text, start, stop)]
    spans = (trim(text, a, b) for a, b in pairwise([start, *sorted(cuts), stop]))
    return [span for span in spans if span[0] < span[1]]


def numeral(text: str) -> int:
    """The whole number that a Chinese or Arabic numeral denotes.

    Examples
    --------
    >>> numeral("二十三"), numeral("一九八六"), numeral("十"), numeral("１２"), numeral("三万五千")
    (23, 1986, 10, 12, 35000)

    Raises
    ------
    ValueError
        If `text` is not a numeral.
    """
    plain = fold(text)
    if plain.isascii() and plain.isdigit():
        return int(plain)
    if not _NUMERAL_CHARACTERS.issuperset(plain) or not plain:
        raise ValueError(f"not a numeral: {text!r}")
    if _DIGITS.keys() >= set(plain):
        return int("".join(str(_DIGITS[c]) for c in plain))
    total = section = digit = 0
    for c in plain:
        if c in _DIGITS:
            digit = _DIGITS[c]
        elif c in _UNITS:
            section += (digit or 1) * _UNITS[c]
            digit = 0
        elif c == "万":
            total += (section + digit) * 10_000
            section = digit = 0
        else:
            total = (total + section + digit) * 100_000_000
            section = digit = 0
    return total + section + digit


def chinese_numeral(number: int) -> str:
    """A number below 100 in Chinese; Arabic digits beyond.

    Examples
    --------
    >>> chinese_numeral(3), chinese_numeral(10), chinese_numeral(12), chinese_numeral(21)
    ('三', '十', '十二', '二十一')
    """
    if not 0 < number < 100:
        return str(number)
    tens, ones = divmod(number, 10)
    digits = " 一二三四五六七八九"
    return (digits[tens] if tens > 1 else "") + ("十" if tens else "") + (digits[ones] if ones else "")
