"""Paragraphs of a speech that has lost its line breaks, such as one from a cell of a table.

What is left of the breaks are wide gaps (…发展。　　一、2024年工作回顾　　过去一年…), single spaces, or nothing. Numbers after the
end of a sentence then still begin paragraphs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain

from emphasis.ingest.paragraphs import KEY_LENGTH, TAIL_LENGTH, Paragraph, key_of
from emphasis.text import SPACES, trim

LONGEST_PARAGRAPH = 3_000
"""Characters; the longest paragraphs of speeches have two thirds of that."""
LEAST_FLAT = 0.5
"""Share of the text in such paragraphs, from which its line breaks are taken to be lost."""
LEAST_GAPS = 5
"""Wide gaps in such a paragraph, from which they are taken for its line breaks."""

_SPACE = f"[{SPACES}]"
_NUMBER = r"(?:[一二三四五六七八九十]{1,3}、(?![一二三四五六七八九十]、)|[（(][一二三四五六七八九十]{1,3}[）)]|第[一二三四五六七八九十]{1,3}部分)"
_GAP = re.compile(rf"{_SPACE}{{2,}}")
_AFTER_SENTENCE = re.compile(rf"(?<=[。！？!?：:；;”]){_SPACE}+|{_SPACE}+(?={_NUMBER})")
_AFTER_HEADING = re.compile(rf"{_NUMBER}{_SPACE}?[^。！？；，{SPACES}]{{2,40}}({_SPACE}+)")
_BEFORE_NUMBER = re.compile(
    rf"(?<=[。！？!?])(?={_NUMBER})|(?<=[。！？!?：:{SPACES}])(?=各位代表[！!：:，])|(?<=各位代表[：:！!])"
)
_CHAPTERS = tuple(re.compile(rf"(?<=[。！？!?{SPACES}]){number}、(?![一二三四五六七八九十]、)") for number in "一二")
_RUN_ON = re.compile(
    rf"{_NUMBER}[^。！？；，]{{2,40}}?(?:回顾|总结|安排|任务|部署|重点|目标|要求|思路|打算|建议)()"
    r"(?=过去|刚刚|一年来|五年来|今年|\d{4}年|各位|面对|做好|根据|当前)"
)
"""A chapter heading that runs into its text, told by its last word and the first words after it."""


def unfold_paragraphs(text: str, paragraphs: Sequence[Paragraph]) -> tuple[Paragraph, ...]:
    """The paragraphs, those without line breaks cut where they begin; the same where there are none such.

    Examples
    --------
    >>> from emphasis.ingest.paragraphs import split_paragraphs
    >>> text = (
    ...     "各位代表：现予报告。　　一、回顾　　"
    ...     + "增产。" * 2000
    ...     + "　　（一）农业　　丰收。　　二、安排　　要稳。　　三、结语"
    ... )
    >>> [p.key[:8] for p in unfold_paragraphs(text, split_paragraphs(text))][1:4]
    ['现予报告。', '一、回顾', '增产。增产。增产']
    """
    flat = [_is_flat(text, p) for p in paragraphs]
    if sum(p.end - p.start for p, long in zip(paragraphs, flat, strict=True) if long) < LEAST_FLAT * len(text):
        return tuple(paragraphs)
    parts = (_cut(text, p) if long else (p,) for p, long in zip(paragraphs, flat, strict=True))
    return tuple(chain.from_iterable(parts))


def _is_flat(text: str, paragraph: Paragraph) -> bool:
    """Whether a paragraph is longer than any, or has chapters one and two in it."""
    start, end = paragraph.start, paragraph.end
    return end - start > LONGEST_PARAGRAPH or all(chapter.search(text, start, end) for chapter in _CHAPTERS)


def _cut(text: str, paragraph: Paragraph) -> Iterator[Paragraph]:
    """The parts of a paragraph."""
    start, end = paragraph.start, paragraph.end
    cuts = {m.end() for m in _GAP.finditer(text, start, end)}
    if len(cuts) < LEAST_GAPS:
        cuts = {m.end() for m in _AFTER_SENTENCE.finditer(text, start, end)}
        cuts |= {m.end() for m in _AFTER_HEADING.finditer(text, start, end)}
    cuts |= {m.end() for m in _BEFORE_NUMBER.finditer(text, start, end)}
    cuts |= {m.end() for m in _RUN_ON.finditer(text, start, end)}
    for begin, stop in zip([start, *sorted(cuts)], [*sorted(cuts), end], strict=True):
        a, b = trim(text, begin, stop)
        if a < b:
            key = key_of(text[a : min(b, a + 4 * KEY_LENGTH)])[:KEY_LENGTH]
            yield Paragraph(a, b, key, key_of(text[max(a, b - TAIL_LENGTH) : b]))
