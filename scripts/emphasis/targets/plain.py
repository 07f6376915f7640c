"""A sentence as the grammar of targets reads it: half-width, without space, one sign for each meaning.

Files print 地 区 生产总值, 6. 5%, 3 000人, ６·５﹪, 一九八五年: spaces that justify a line, a stop for a decimal point, a year in
Chinese digits. `plain_sentence` takes these off, so that words and numbers are found as in any other file, and keeps where
each character stood.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from emphasis.text import INVISIBLE, SPACES, fold

_GAP = re.compile(rf"[{re.escape(SPACES + INVISIBLE)}]+|\([^()]{{0,6}}下同\)")
"""What is left out: space, and a note between the words of a statement (同比｜（下同）｜增长8.5%)."""
_SIGNS = str.maketrans({"﹪": "%", "٪": "%", "﹣": "-", "‑": "-", "﹒": ".", "\u2236": ":"})
_UNUSUAL = re.compile(rf"[﹪٪﹣‑﹒\u2236·•‧∙{re.escape(SPACES + INVISIBLE)}]|下同\)")
"""What there is to be done with: most sentences have none of these."""
_DECIMAL_DOT = re.compile(r"[·•‧∙](?<=\d.)(?=\d{1,2}(?:%|‰|个?百分点|[万亿]|倍))")
"""A dot in the middle of the line where a decimal point is meant (6·5%), unlike 5·12 and 9·18."""
_GROUPED = re.compile(r"(?:^|[^\d.])\d{1,3}(?: ?\d{3})*$")
_ITEM_NUMBER = re.compile(r"(?:^|[;。:])\(?\d{1,2}\.$")
_WIDEST_GROUPED = 16
_YEAR = re.compile(
    r"(?<![一二三四五六七八九○〇零十百千万亿])(?:一[八九]|二[○〇零])[一二三四五六七八九○〇零O0]{2}(?=年|[-—–至到、]{1,3}[一二]?[\d一二三四五六七八九○〇零]{1,4}年)"
)
"""A year in Chinese digits, one character for each (一九八五年): what dates a figure is looked for among years in digits."""
_YEAR_DIGITS = str.maketrans("○〇零一二三四五六七八九O", "0001234567890")


class PlainSentence(NamedTuple):
    """The text that is read, and for each of its characters the offset in the sentence as printed."""

    text: str
    places: Sequence[int]

    def printed(self, start: int, end: int) -> tuple[int, int]:
        """Where a part of the text stands in the sentence as printed."""
        return (self.places[start], self.places[end - 1] + 1) if start < end else (self.places[start],) * 2


def plain_sentence(sentence: str) -> PlainSentence:
    """The sentence without white space, invisible marks and （下同）, half-width.

    A space stays where it separates two numbers or Latin words (5G SA), but for that in a grouped number (3 000).

    Examples
    --------
    >>> plain_sentence("新增 就业３ 000人，比一九八○年增长6·5﹪").text
    '新增就业3000人,比1980年增长6.5%'
    """
    folded = fold(sentence)
    if "一" in folded or "二" in folded:
        folded = _YEAR.sub(lambda year: year.group().translate(_YEAR_DIGITS), folded)
    if not _UNUSUAL.search(folded):
        return PlainSentence(folded, range(len(folded) + 1))
    folded = folded.translate(_SIGNS)
    if not _GAP.search(folded):
        return PlainSentence(_DECIMAL_DOT.sub(".", folded), range(len(folded) + 1))
    text, places, at = "", list[int](), 0
    for gap in _GAP.finditer(folded):
        text += folded[at : gap.start()]
        places += range(at, gap.start())
        at = gap.end()
        if _separates(text, folded[at : at + 4]):
            text += " "
            places.append(gap.start())
    text += folded[at:]
    return PlainSentence(_DECIMAL_DOT.sub(".", text), [*places, *range(at, len(folded) + 1)])


def _separates(before: str, after: str) -> bool:
    """Whether a space between two texts separates numbers or words, of which nothing else would tell."""
    last, first = before[-1:], after[:1]
    if first.isdecimal() and last == ".":
        return _ITEM_NUMBER.search(before[-4:]) is not None
    if not (last.isascii() and last.isalnum() and first.isascii() and first.isalnum()):
        return False
    grouped = len(after) > 2 and after[:3].isdecimal() and not after[3:].isdecimal()
    return not (grouped and _GROUPED.search(before[-_WIDEST_GROUPED:]))
