"""The paragraphs of a text, whatever its layout, and the numbers they begin with.

The layout is inferred from the lines themselves. A paragraph is a line (most files), the lines between two blank lines
(text copied from a wiki, where links, bold and subscripts break lines), or a run of lines cut at a fixed width (text
copied from a PDF, or saved by a program that ends a line after so many characters).

Rules look at a paragraph's `key`: its first characters, half-width and without white space, so that 　（ 一 ） and (一)
are the same.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import zip_longest
from typing import Literal, NamedTuple

from emphasis.text import INVISIBLE, SPACES, numeral, trim

_N = "[一二三四五六七八九十百〇零]{1,4}"
_A = r"\d{1,2}"

STYLES: tuple[tuple[str, int, str], ...] = (
    # name, rank (how deep it usually is), pattern at the start of a key
    ("part", 0, rf"第({_N}|{_A})(?:部分|[篇编])[:、,.]?"),
    ("chapter", 0, rf"第({_N}|{_A})章[:、,.]?"),
    ("section", 1, rf"第({_N}|{_A})节[:、,.]?"),
    (
        "comma",
        1,
        rf"({_N})[、.﹑､](?!{_N}[、产线])|([一二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九]),(?!{_N}[、,产线])",
    ),
    ("paren", 2, rf"[(〔\[【﹙]?({_N})[)〕\]】﹚][、.,:]?"),
    ("bare", 1, rf"({_N})$"),
    ("is", 3, rf"({_N})是(?!否|\1)"),
    ("ordinal", 3, rf"第({_N})(?:[,、:.]|是(?!否))"),
    ("dot", 4, rf"({_A})(?:、|\.(?!\d)|\.(?=(?:19|20)\d\d年))"),
    ("digit", 5, rf"(?:[(\[【]({_A})[)\]】]|({_A})\))[、.]?"),
)
"""Styles of numbering; the first group that matched is the number."""

_SPACED = re.compile(rf"({_N})[\u3000\u2002\u2003 \t]+(?=\S)")
"""A number followed only by a space, which the text has but not the key."""

_ENCLOSED: tuple[tuple[str, int, str], ...] = (
    ("paren", 2, "㈠㈡㈢㈣㈤㈥㈦㈧㈨㈩"),
    ("digit", 5, "⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇"),
    ("dot", 4, "⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛"),
    ("circle", 6, "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"),
)

RANK: dict[str, int] = {name: rank for name, rank, _ in (*STYLES, *_ENCLOSED)}
"""How deep a style usually is; smaller is nearer the top."""

_PATTERNS = tuple((name, re.compile(pattern)) for name, _, pattern in STYLES)
_SINGLE = {c: (name, i) for name, _, characters in _ENCLOSED for i, c in enumerate(characters, 1)}
_FIRST = frozenset("第一二三四五六七八九十百(〔[【﹙0123456789") | frozenset(_SINGLE)


class Marker(NamedTuple):
    """A number before a heading."""

    style: str  # one of `STYLES`
    number: int
    length: int  # in visible characters


def find_marker(key: str) -> Marker | None:
    """The marker at the start of a key, if there is one.

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
    """The marker of a short paragraph whose number is followed only by a space.

    Examples
    --------
    >>> find_spaced_marker("一　　2024年工作回顾", 0, 13)
    Marker(style='bare', number=1, length=1)
    """
    match = _SPACED.match(text, start, end)
    return Marker("bare", numeral(match.group(1)), match.end(1) - start) if match else None


KEY_LENGTH = 120
"""Visible characters of a paragraph that rules look at; a heading is shorter than this."""

_FULL = 2.5
"""Chinese characters by which a full line may be short: a mark that may not begin a line takes a character with it."""

_IN_PRINT, _IN_COUNT = 0.5, 1.0
"""How wide a Latin letter or a figure is in Chinese characters, on a page and for a program that counts characters."""
_SHORT_BY = 1
"""Characters by which a line that a program cut may be short: white space at its end is gone."""

_LEAST_LINES = 12
"""Lines from which it can be said that they are cut at a fixed width."""

_NARROWEST = 8
"""Chinese characters; what is set narrower is no text."""

_FIRST_WORD = re.compile(r"[0-9A-Za-z.,%]+|[“（《「]?.[，。、；：！？）”》」]{0,2}", re.DOTALL)
"""What a line is not broken within."""

TAIL_LENGTH = 40
"""Visible characters at the end of a paragraph that rules look at."""

SHORT_LINE = 5
"""Characters below which the end of a line says nothing about the layout."""

LONG_LINE = 40
"""Characters from which a line is prose rather than a title or a menu."""

_KEY = {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)} | dict.fromkeys(SPACES + INVISIBLE, "")
_USUAL = (*zip("，：！（）；？", ",:!();?", strict=True),)
_UNUSUAL = re.compile("[" + "".join(map(re.escape, sorted(_KEY.keys() - dict(_USUAL).keys()))) + "]")
"""Characters of which a text has few, if any: replacing each kind at once is much faster than `str.translate`."""

_LINE = re.compile(r"[^\r\n\u2028\u2029\x85\v\f]+")
_BLANK = "".join(c for c in SPACES if c not in "\r\n")
_EMPTY_LINE = re.compile(rf"(?:\r\n|[\r\n])[{_BLANK}]*[\r\n]")
"""A line of white space only. One with a zero-width mark is a fragment that links and bold leave behind, not a gap."""
_OWN_LINE = re.compile(r"(?:各位|诸位)代表[^。]{0,12}[:!,]$|.{0,24}政府工作报告(?:[(].{0,12}[)])?$")
_NO_START = "，。、；：！？）”’》"
"""Characters that begin a line only if a link or a subscript separated it from the line above."""
_ADDRESS = re.compile(r"(?:各位|诸位)代表[:!,]")
_ENDS_SENTENCE = re.compile(r"[。！？!?；;：:][”’」』）)]*$")

Layout = Literal["lines", "spaced", "wrapped"]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A passage that a reader sees as one paragraph, without the white space around it."""

    start: int
    end: int
    key: str  # its first `KEY_LENGTH` visible characters, half-width
    tail: str  # its last `TAIL_LENGTH` visible characters, likewise

    @property
    def is_short(self) -> bool:
        """Whether `key` is the whole paragraph."""
        return len(self.key) < KEY_LENGTH


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    indent: int
    after_gap: bool


def key_of(text: str) -> str:
    """The text without white space and zero-width marks, half-width, for comparison.

    Examples
    --------
    >>> key_of("　　（一）政 府 工 作")
    '(一)政府工作'
    """
    for mark in set(_UNUSUAL.findall(text)):
        text = text.replace(mark, _KEY[mark])
    for mark, plain in _USUAL:
        text = text.replace(mark, plain)
    return text


def paragraph_of(text: str, start: int, end: int) -> Paragraph:
    """A passage as a paragraph."""
    return Paragraph(start, end, _head(text, start, end), _tail(text, start, end))


def split_paragraphs(text: str) -> tuple[Paragraph, ...]:
    r"""The paragraphs of `text` in order.

    Examples
    --------
    >>> [p.key for p in split_paragraphs("一、回顾\n　　2024年，增长５％。")]
    ['一、回顾', '2024年,增长5%。']
    """
    lines = _lines(text)
    layout = _infer_layout(text, lines)
    spans = [(line.start, line.end) for line in lines] if layout == "lines" else _join_lines(text, lines, layout)
    return tuple(paragraph_of(text, start, end) for start, end in spans)


def _head(text: str, start: int, end: int) -> str:
    near = min(end, start + KEY_LENGTH + 8)
    key = key_of(text[start:near])
    if len(key) < KEY_LENGTH and near < end:
        key = key_of(text[start : min(end, start + 4 * KEY_LENGTH)])
    return key[:KEY_LENGTH]


def _tail(text: str, start: int, end: int) -> str:
    near = max(start, end - TAIL_LENGTH)
    key = key_of(text[near:end])
    if len(key) < TAIL_LENGTH and near > start:
        key = key_of(text[max(start, end - 4 * TAIL_LENGTH) : end])
    return key[-TAIL_LENGTH:]


def _lines(text: str) -> list[_Line]:
    """The lines that are not blank."""
    found = []
    previous = 0
    for match in _LINE.finditer(text):
        start, end = trim(text, match.start(), match.end())
        if start < end:
            gap = _EMPTY_LINE.search(text, previous, match.start()) is not None
            found.append(_Line(start, end, start - match.start(), gap))
            previous = end
    return found


def _infer_layout(text: str, lines: list[_Line]) -> Layout:
    """What the end of a line means in this file."""
    finished = spaced = broken = 0
    torn = any(not line.after_gap and text[line.start] in _NO_START for line in lines)
    for line, after in zip_longest(lines, lines[1:]):
        gap = after is None or after.after_gap
        broken += not gap
        if line.end - line.start >= SHORT_LINE and _ends_sentence(text, line):
            finished += 1
            spaced += gap
    if broken and finished >= 3 and spaced >= (0.3 if torn else 0.6) * finished:
        return "spaced"
    if len(lines) >= _LEAST_LINES:
        latin = _latin_width(text, lines)
        width = _widest(text, lines, latin)
        full = [line for line in lines if _width(text, line, latin) >= width - _FULL]
        unfinished = sum(not _ends_sentence(text, line) for line in full)
        if width >= _NARROWEST and len(full) >= 0.12 * len(lines) and unfinished >= 0.6 * len(full):
            return "wrapped"
    return "lines"


def _latin_width(text: str, lines: list[_Line]) -> float:
    """The width of a Latin letter with which more of the lines that break off in a sentence are full."""
    broken = [line for line in lines if not _ends_sentence(text, line)]

    def full(latin: float, short: float) -> int:
        least = _widest(text, lines, latin) - short
        return sum(_width(text, line, latin) >= least for line in broken)

    return _IN_COUNT if full(_IN_COUNT, _SHORT_BY) > full(_IN_PRINT, _FULL) else _IN_PRINT


def _widest(text: str, lines: list[_Line], latin: float) -> float:
    """The width that hardly a line exceeds."""
    return sorted(_width(text, line, latin) for line in lines)[int(len(lines) * 0.99)]


def _full_width(text: str, lines: list[_Line], latin: float) -> float:
    """The width that lines are cut at: that of most full ones, since a mark may stand beyond it in some."""
    least = _widest(text, lines, latin) - _FULL
    widths = Counter(width for line in lines if (width := _width(text, line, latin)) >= least)
    return max(widths, key=lambda width: (widths[width], width))


def _ends_sentence(text: str, line: _Line) -> bool:
    return _ENDS_SENTENCE.search(text, max(line.start, line.end - 3), line.end) is not None


def _join_lines(text: str, lines: list[_Line], layout: Layout) -> list[tuple[int, int]]:
    """Spans of the paragraphs, where one may extend over several lines."""
    latin = _latin_width(text, lines) if layout == "wrapped" else _IN_PRINT
    width = _full_width(text, lines, latin) if layout == "wrapped" else 0.0
    indented = sum(line.indent > 0 for line in lines)
    indents = 0.05 * len(lines) <= indented <= 0.6 * len(lines)
    spans: list[tuple[int, int]] = []
    for previous, line in zip([None, *lines], lines, strict=False):
        if (
            previous is None
            or line.after_gap
            # One of the two is a salutation or a title.
            or any(_OWN_LINE.match(_head(text, part.start, part.end)) for part in (previous, line))
            or (layout == "spaced" and _starts_spaced(text, previous, line))
            or (
                layout == "wrapped" and _starts_wrapped(text, previous, line, width=width, latin=latin, indents=indents)
            )
        ):
            spans.append((line.start, line.end))
        else:
            spans[-1] = (spans[-1][0], line.end)
    return spans


def _starts_spaced(text: str, previous: _Line, line: _Line) -> bool:
    """Whether a line right below another begins a paragraph, in a file that separates paragraphs by blank lines."""
    return _ends_sentence(text, previous) and (line.indent > 1 or _is_opening(text, line))


def _starts_wrapped(text: str, previous: _Line, line: _Line, *, width: float, latin: float, indents: bool) -> bool:
    """The same in a file whose lines are cut at a fixed width.

    A line that had room for the next word ends a paragraph. After a full line, one begins only with an indent, with a number, or
    with a line that is short and yet ends no sentence, as headings do.
    """
    word = _FIRST_WORD.match(text, line.start, line.end)
    wide = 1.0 + _SHORT_BY if latin == _IN_COUNT else _ems(word.group(), latin) if word else 0.0
    if _width(text, previous, latin) + wide <= width:
        return True
    if indents:
        return line.indent > 0
    is_title = _width(text, line, latin) < width - _FULL and not _ends_sentence(text, line)
    return _ends_sentence(text, previous) and (is_title or _is_opening(text, line))


def _width(text: str, line: _Line, latin: float) -> float:
    """The width of a line in Chinese characters."""
    return _ems(text[line.start - line.indent : line.end], latin)


def _ems(words: str, latin: float) -> float:
    return len(words) - (1 - latin) * len(words.encode("ascii", "ignore"))


def _is_opening(text: str, line: _Line) -> bool:
    head = _head(text, line.start, line.end)
    return find_marker(head) is not None or _ADDRESS.match(head) is not None
