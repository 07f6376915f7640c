"""Paragraphs of a text, as spans, whatever the file does with its line ends.

Three habits are told apart by the lines themselves: a paragraph is a line (most files), a block between blank lines
(text copied from a wiki, where links, bold and subscripts break lines), or a run of lines cut at a fixed width (text
copied from a PDF).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import zip_longest
from typing import Literal

from emphasis.ingest.markers import find_marker
from emphasis.text import INVISIBLE, SPACES, trim

KEY_LENGTH = 120
"""Visible characters of a paragraph that the rules look at; a heading is shorter than this."""

TAIL_LENGTH = 40
"""Characters at the end of a paragraph that the rules look at."""

LONG_LINE = 40
"""Characters from which a line is prose rather than a title or a menu."""

_KEY = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {ord(c): None for c in SPACES + INVISIBLE}
_USUAL = str.maketrans("，：！（）；？", ",:!();?")
_UNUSUAL = re.compile("[" + "".join(re.escape(chr(c)) for c in sorted(_KEY.keys() - _USUAL.keys())) + "]")
"""What calls for `str.translate`; replacing the usual marks one by one is eight times as fast."""

_LINE = re.compile(r"[^\r\n\u2028\u2029\x85\v\f]+")
_BLANK = "".join(c for c in SPACES if c not in "\r\n")
_EMPTY_LINE = re.compile(rf"(?:\r\n|[\r\n])[{_BLANK}]*[\r\n]")
"""Only white space: a line with a zero-width mark on it is a fragment that links and bold leave behind, not a gap."""
_OWN_LINE = re.compile(r"(?:各位|诸位)代表[^。]{0,12}[:!,]$|.{0,24}政府工作报告$")
_ENDS_SENTENCE = re.compile(r"[。！？!?；;：:][”’」』）)]*$")

Habit = Literal["lines", "blocks", "wrapped"]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A stretch of text that a reader sees as one paragraph, without the white space around it.

    Attributes
    ----------
    start, end : int
        Offsets into the text.
    key : str
        Its first visible characters without white space and zero-width marks, half-width.
    tail : str
        The same of its last `TAIL_LENGTH` characters.
    """

    start: int
    end: int
    key: str
    tail: str

    @property
    def is_short(self) -> bool:
        """Whether `key` is all of it."""
        return len(self.key) < KEY_LENGTH


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    indent: int
    after_gap: bool


def key_of(text: str) -> str:
    """The text without white space and zero-width marks, half-width, for rules that compare.

    Examples
    --------
    >>> key_of("　　（一）政 府 工 作")
    '(一)政府工作'
    """
    if _UNUSUAL.search(text):
        return text.translate(_KEY)
    for mark, plain in _USUAL.items():
        text = text.replace(chr(mark), chr(plain))
    return text


def paragraphs(text: str) -> tuple[Paragraph, ...]:
    r"""The paragraphs of `text` in order.

    Examples
    --------
    >>> [p.key for p in paragraphs("一、回顾\n　　2024年，增长５％。")]
    ['一、回顾', '2024年,增长5%。']
    """
    lines = _lines(text)
    habit = _habit(text, lines)
    spans = [(line.start, line.end) for line in lines] if habit == "lines" else _joined(text, lines, habit)
    return tuple(Paragraph(start, end, _head(text, start, end), _tail(text, start, end)) for start, end in spans)


def _head(text: str, start: int, end: int) -> str:
    near = min(end, start + KEY_LENGTH + 8)
    key = key_of(text[start:near])
    if len(key) < KEY_LENGTH and near < end:
        key = key_of(text[start : min(end, start + 4 * KEY_LENGTH)])
    return key[:KEY_LENGTH]


def _tail(text: str, start: int, end: int) -> str:
    return key_of(text[max(start, end - TAIL_LENGTH) : end])


def _lines(text: str) -> list[_Line]:
    """The lines that have something to see."""
    found = []
    previous = 0
    for match in _LINE.finditer(text):
        start, end = trim(text, match.start(), match.end())
        if start < end:
            gap = _EMPTY_LINE.search(text, previous, match.start()) is not None
            found.append(_Line(start, end, start - match.start(), gap))
            previous = end
    return found


def _habit(text: str, lines: list[_Line]) -> Habit:
    """What the file's author does at the end of a line."""
    followers = list(zip_longest(lines, lines[1:]))
    prose = [(line, after) for line, after in followers if line.end - line.start >= LONG_LINE]
    if len(prose) >= 3:
        spaced = sum(after is None or after.after_gap for _, after in prose)
        broken = sum(after is not None and not after.after_gap for _, after in followers)
        if spaced >= 0.6 * len(prose) and broken:
            return "blocks"
    widths = sorted(line.end - line.start for line in lines)
    if len(widths) >= 20:
        width = widths[int(len(widths) * 0.9)]
        full = [line for line in lines if line.end - line.start >= width - 3]
        open_ended = sum(not _ENDS_SENTENCE.search(text, line.end - 2, line.end) for line in full)
        if 15 <= width <= 70 and len(full) >= 0.4 * len(lines) and open_ended >= 0.6 * len(full):
            return "wrapped"
    return "lines"


def _joined(text: str, lines: list[_Line], habit: Habit) -> list[tuple[int, int]]:
    """Spans of the paragraphs that several lines make up."""
    width = max((line.end - line.start + line.indent for line in lines), default=0)
    spans: list[tuple[int, int]] = []
    previous: _Line | None = None
    for line in lines:
        if previous is None or line.after_gap or _starts_anew(text, previous, line, habit, width):
            spans.append((line.start, line.end))
        else:
            spans[-1] = (spans[-1][0], line.end)
        previous = line
    return spans


def _starts_anew(text: str, previous: _Line, line: _Line, habit: Habit, width: int) -> bool:
    """Whether `line`, right below `previous`, begins a paragraph of its own."""
    if any(_OWN_LINE.match(_head(text, part.start, part.end)) for part in (previous, line)):
        return True
    ended = bool(_ENDS_SENTENCE.search(text, max(previous.start, previous.end - 2), previous.end))
    marked = find_marker(_head(text, line.start, line.end)) is not None
    if habit == "blocks":
        return ended and (marked or line.indent > 1)
    is_full = previous.end - previous.start + previous.indent >= width - 4
    return (line.indent > previous.indent and (ended or not is_full)) or not is_full or (ended and marked)
