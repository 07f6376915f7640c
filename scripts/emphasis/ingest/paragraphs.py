"""Paragraphs of a text, as spans, whatever the file does with its line ends.

Three habits are told apart by the lines themselves: a paragraph is a line (most files), a block between blank lines
(text copied from a wiki, where links, bold and subscripts break lines), or a run of lines cut at a fixed width (text
copied from a PDF).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import zip_longest
from typing import Literal, NamedTuple

from emphasis.text import INVISIBLE, SPACES, numeral, trim

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


KEY_LENGTH = 120
"""Visible characters of a paragraph that the rules look at; a heading is shorter than this."""

_RAGGED = 2.5
"""Chinese characters by which a full line may fall short: a mark that may not begin a line takes one with it."""

TAIL_LENGTH = 40
"""Characters at the end of a paragraph that the rules look at."""

SHORT_LINE = 5
"""Characters below which the end of a line says nothing about the file's habit."""

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
_NO_START = "，。、；：！？）”’》"
"""No line begins with these unless a link or a subscript has torn it from the line above."""
_ADDRESS = re.compile(r"(?:各位|诸位)代表[:!,]")
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


def split_paragraphs(text: str) -> tuple[Paragraph, ...]:
    r"""The paragraphs of `text` in order.

    Examples
    --------
    >>> [p.key for p in split_paragraphs("一、回顾\n　　2024年，增长５％。")]
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
    finished = spaced = broken = 0
    torn = any(not line.after_gap and text[line.start] in _NO_START for line in lines)
    for line, after in zip_longest(lines, lines[1:]):
        gap = after is None or after.after_gap
        broken += not gap
        if line.end - line.start >= SHORT_LINE and _ends_sentence(text, line):
            finished += 1
            spaced += gap
    if broken and finished >= 3 and spaced >= (0.3 if torn else 0.6) * finished:
        return "blocks"
    widths = sorted(line.end - line.start for line in lines)
    if len(widths) >= 20:
        width = widths[int(len(widths) * 0.9)]
        full = [line for line in lines if line.end - line.start >= width - 3]
        unfinished = sum(not _ends_sentence(text, line) for line in full)
        if 15 <= width <= 70 and len(full) >= 0.4 * len(lines) and unfinished >= 0.6 * len(full):
            return "wrapped"
    return "lines"


def _ends_sentence(text: str, line: _Line) -> bool:
    return _ENDS_SENTENCE.search(text, max(line.start, line.end - 3), line.end) is not None


def _joined(text: str, lines: list[_Line], habit: Habit) -> list[tuple[int, int]]:
    """Spans of the paragraphs that several lines make up."""
    width = max((_width(text, line) for line in lines), default=0.0) if habit == "wrapped" else 0.0
    indented = sum(line.indent > 0 for line in lines)
    indents = 0.05 * len(lines) <= indented <= 0.6 * len(lines)
    spans: list[tuple[int, int]] = []
    previous: _Line | None = None
    for line in lines:
        if (
            previous is None
            or line.after_gap
            or _stands_alone(text, previous, line)
            or (habit == "blocks" and _starts_block(text, previous, line))
            or (habit == "wrapped" and _starts_wrapped(text, previous, line, width=width, indents=indents))
        ):
            spans.append((line.start, line.end))
        else:
            spans[-1] = (spans[-1][0], line.end)
        previous = line
    return spans


def _stands_alone(text: str, previous: _Line, line: _Line) -> bool:
    """Whether one of two lines is a salutation or a title."""
    return any(_OWN_LINE.match(_head(text, part.start, part.end)) for part in (previous, line))


def _starts_block(text: str, previous: _Line, line: _Line) -> bool:
    """Whether a line right below another begins a paragraph, in a file that sets paragraphs apart by blank lines."""
    return _ends_sentence(text, previous) and (line.indent > 1 or _is_opening(text, line))


def _starts_wrapped(text: str, previous: _Line, line: _Line, *, width: float, indents: bool) -> bool:
    """The same in a file whose lines are cut at a fixed width.

    A line that falls short ends a paragraph. After a full line it takes an indent, a number, or a line that is short
    and yet ends no sentence, as a heading is.
    """
    if _width(text, previous) < width - _RAGGED:
        return True
    if indents:
        return line.indent > 0
    is_title = _width(text, line) < width - _RAGGED and not _ends_sentence(text, line)
    return _ends_sentence(text, previous) and (is_title or _is_opening(text, line))


def _width(text: str, line: _Line) -> float:
    """How wide a line is set, in Chinese characters."""
    words = text[line.start - line.indent : line.end]
    return len(words) - 0.5 * sum(c.isascii() for c in words)


def _is_opening(text: str, line: _Line) -> bool:
    head = _head(text, line.start, line.end)
    return find_marker(head) is not None or _ADDRESS.match(head) is not None
