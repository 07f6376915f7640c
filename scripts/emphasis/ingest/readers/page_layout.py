"""From pieces of text with their places on pages to paragraphs: columns, lines, indents and the lengths of lines.

Lengths are in the page's units, as a rule 1/72 inch; `em` is the size of the characters of a line, about the width of a
Chinese one.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from emphasis.ingest.paragraphs import find_marker, key_of
from emphasis.ingest.readers.pdf_pages import Piece

_RAGGED = 1.5
"""Ems by which a line that could not take another word may be short of the margin: marks are set narrower than characters."""
_INDENT = 1.2
"""Ems from which a line is indented; the first line of a paragraph usually is by two."""
_GAP = 1.6
"""Distances between lines, in usual ones, from which there is a gap between two paragraphs."""
_USUAL = 0.15
"""Share of the lines that end at a margin."""
_LEAST_ROWS = 6
"""Rows from which a page can be said to have columns or margins of its own."""
_NEAR = 200
"""Pieces of a row among which one that was printed twice is looked for."""
_LATIN_SPACE, _WIDE_SPACE = 0.15, 0.6
"""Ems between two pieces from which there is a space between two words of Latin letters, or between others."""
_BLANK = re.compile("[ \u00a0]+")
_SPACE = "\u0020\u00a0\u2002\u2003\u3000"
_WIDE = "[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff]"
_SPACED_OUT = re.compile(rf"(?<!{_WIDE})(?:{_WIDE}[ \u00a0]+){{2,}}{_WIDE}(?!{_WIDE})")
"""Three characters or more, each by itself: 工 作 报 告. Two may be a name: 王 伟."""
_MIXED = re.compile(rf"(?<={_WIDE})[ \u00a0]+(?=[0-9A-Za-z])|(?<=[0-9A-Za-z%])[ \u00a0]+(?={_WIDE})")
"""Space between a Chinese character and a figure or a Latin letter, with which programs set them apart."""
_SENTENCE_END = re.compile(r"[。！？!?；;：:][”’」』）)》]*$")
_LATIN = re.compile(r"[A-Za-z]")
_FIRST_WORD = re.compile(r"[0-9A-Za-z.,%]+|[“（《「]?.[，。、；：！？）”》」]?", re.DOTALL)
"""What a line cannot be broken within."""


@dataclass(frozen=True, slots=True)
class Line:
    """The pieces of one line, put together."""

    text: str
    x: float
    end: float
    y: float
    size: float
    is_row: bool  # of a table: there is a wide gap in it


@dataclass(frozen=True, slots=True)
class Column:
    """Lines in reading order and the margins that they are set between."""

    lines: tuple[Line, ...]
    left: float
    right: float


def _ems(text: str) -> float:
    return sum(0.5 if c < "\u1100" and c not in "—…“”‘’·" else 1.0 for c in text)


def rows_of(pieces: Iterable[Piece]) -> list[list[Piece]]:
    """The pieces of a page as rows from top to bottom, each from left to right, without those that were printed twice.

    Sub- and superscripts are in the row that they stand in: a piece belongs to a row when their baselines are less than half
    a character apart.
    """
    rows: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda p: (-p.y, p.x)):
        if rows and rows[-1][0].y - piece.y < 0.5 * max(piece.size, rows[-1][0].size):
            # Bold type is made by some programs by printing the same text again a hair's breadth beside itself.
            if not any(p.text == piece.text and abs(p.x - piece.x) < 0.3 * p.size for p in rows[-1][-_NEAR:]):
                rows[-1].append(piece)
        else:
            rows.append([piece])
    return [sorted(row, key=lambda p: p.x) for row in rows]


def line_of(row: Sequence[Piece]) -> Line:
    """A row as a line: gaps become spaces, and characters that are spaced out are joined."""
    first, last = row[0], row[-1]
    text = first.text
    is_row = False
    for before, piece in pairwise(row):
        size = max(before.size, piece.size)
        gap = (piece.x - before.end) / size
        is_row |= gap > 3
        latin = _LATIN.match(before.text[-1:]) and _LATIN.match(piece.text)
        spaced = text[-1:] in _SPACE or piece.text[:1] in _SPACE
        text += piece.text if spaced or gap < (_LATIN_SPACE if latin else _WIDE_SPACE) else f" {piece.text}"
    left = first.x + first.size * _ems(first.text[: len(first.text) - len(first.text.lstrip(_SPACE))])
    right = last.end - last.size * _ems(last.text[len(last.text.rstrip(_SPACE)) :])
    size = max(row, key=lambda p: len(p.text)).size
    words = _MIXED.sub("", _SPACED_OUT.sub(lambda m: _BLANK.sub("", m.group()), text.strip(_SPACE)))
    return Line(words, left, right, first.y, size, is_row)


def columns_of(rows: Sequence[list[Piece]]) -> list[Column]:
    """The columns of a page in reading order.

    Where rows go right across the page, such as a title above two columns, what is above them is read before what is below.
    """
    gutter = _gutter(rows)
    if gutter is None:
        return [_column([line_of(row) for row in rows])] if rows else []
    found: list[Column] = []
    band: list[list[Piece]] = []
    for row in [*rows, None]:
        if row is not None and not _crosses(row, gutter):
            band.append(row)
            continue
        for side in ([p for p in r if p.x < gutter] for r in band), ([p for p in r if p.x >= gutter] for r in band):
            found += columns_of([list(pieces) for pieces in side if pieces])
        band = []
        if row is not None:
            found.append(_column([line_of(row)]))
    return found


def _gutter(rows: Sequence[list[Piece]]) -> float | None:
    """Where the gap between two columns is; None if the page has only one.

    There is one if hardly any row crosses it, and if both sides are filled with lines of one length that begin in one place.
    """
    if len(rows) < _LEAST_ROWS:
        return None
    size = median(p.size for row in rows for p in row)
    left, right = min(row[0].x for row in rows), max(p.end for row in rows for p in row)
    starts = Counter(round(p.x / size) for row in rows for p in row if p.x > left + 0.2 * (right - left))
    for start, n in sorted(starts.items(), key=lambda item: (-item[1], item[0]))[:3]:
        gutter = (start - 0.75) * size
        crossing = sum(_crosses(row, gutter) for row in rows)
        left_side = [[p for p in row if p.end <= gutter + size] for row in rows]
        right_side = [[p for p in row if p.x >= gutter] for row in rows]
        if (
            n >= 0.3 * len(rows)
            and crossing <= 0.25 * len(rows)
            and all(_is_filled(side, size) for side in (left_side, right_side))
        ):
            return gutter
    return None


def _crosses(row: Sequence[Piece], gutter: float) -> bool:
    """Whether a row goes right across: there is no gap of nearly a character at the gutter."""
    ends = [p.end for p in row if p.x < gutter]
    starts = [p.x for p in row if p.x >= gutter]
    return bool(ends) and max(ends) > min(starts, default=gutter + 1.7 * row[0].size) - 0.7 * row[0].size


def _is_filled(rows: Iterable[Sequence[Piece]], size: float) -> bool:
    """Whether most of these lines are about as long as the longest, and there are enough of them."""
    spans = [(min(p.x for p in row), max(p.end for p in row)) for row in rows if row]
    if len(spans) < _LEAST_ROWS:
        return False
    left, right = min(a for a, _ in spans), max(b for _, b in spans)
    full = sum(b > right - _RAGGED * size and a < left + 3 * size for a, b in spans)
    return right - left > 6 * size and full >= 0.5 * len(spans)


def _column(lines: Sequence[Line]) -> Column:
    """The lines with their margins: the places where those furthest to the left begin, and where the furthest of them end."""
    places = Counter(round(2 * line.x / line.size) for line in lines)
    usual = [place for place, n in places.items() if n >= max(2, 0.1 * len(lines))]
    furthest = min(usual or places)
    left = min(line.x for line in lines if round(2 * line.x / line.size) == furthest)
    return Column(tuple(lines), left, max(line.end for line in lines))


def join_lines(columns: Iterable[Column]) -> list[str]:
    """The paragraphs of a document, which may go on from one column or page to the next."""
    columns = _with_usual_margins(list(columns))
    placed = [(line, column) for column in columns for line in column.lines]
    if not placed:
        return []
    indents = sum(_INDENT <= (line.x - column.left) / line.size <= 4 for line, column in placed)
    indented = indents >= 0.05 * len(placed)
    pitches = [a.y - b.y for column in columns for a, b in pairwise(column.lines) if a.y > b.y]
    pitch = median(pitches) if pitches else 0.0
    size = median(line.size for line, _ in placed)
    paragraphs = [placed[0][0].text]
    for (before, its), (line, column) in pairwise(placed):
        gap = its is column and before.y - line.y > _GAP * pitch * max(1, line.size / size)
        if gap or before.is_row or line.is_row or _begins(before, its, line, column, indented=indented):
            paragraphs.append(line.text)
        else:
            both_latin = _LATIN.match(line.text) and _LATIN.match(before.text[-1:])
            paragraphs[-1] += f" {line.text}" if both_latin else line.text
    return paragraphs


def _with_usual_margins(columns: Sequence[Column]) -> list[Column]:
    """The columns with the right margin that many lines end at of those columns that have the same left one.

    A few lines end beyond it, where a mark hangs over. A column of few lines, such as a title or a last page, takes both
    margins from the nearest longer one that it lies within.
    """
    ends: dict[int, Counter[int]] = defaultdict(Counter)
    sizes = [median(line.size for line in column.lines) for column in columns]
    for column, size in zip(columns, sizes, strict=True):
        ends[round(column.left / size)].update(round(line.end / size) for line in column.lines)
    found = []
    for column, size in zip(columns, sizes, strict=True):
        places = ends[round(column.left / size)]
        # Lines of one length may end on either side of a half: two neighbouring places count together.
        least = max(3, _USUAL * places.total())
        usual = [place for place in places if places[place] + places[place - 1] >= least]
        beyond = sum(n for place, n in places.items() if usual and place > max(usual) + 2)
        right = max(usual) * size if usual and beyond <= 0.03 * places.total() else column.right
        found.append(Column(column.lines, column.left, right))
    long = [i for i, column in enumerate(found) if len(column.lines) >= _LEAST_ROWS]
    for i, column in enumerate(found):
        if len(column.lines) < _LEAST_ROWS and long:
            near = found[min(long, key=lambda j: abs(j - i))]
            if near.left - sizes[i] <= column.left and columns[i].right <= near.right + 2 * sizes[i]:
                found[i] = Column(column.lines, near.left, near.right)
    return found


def _begins(before: Line, its: Column, line: Line, column: Column, *, indented: bool) -> bool:
    """Whether a line begins a paragraph, seen from the line before it and the margins of both.

    A paragraph ends with a short line. After a full one, another begins with an indent; in a text without indents, with a
    number after the end of a sentence. The lines of a centred title belong together if the first is nearly full.
    """
    em = line.size
    if not 0.87 < before.size / em < 1.15:
        return True
    word = _FIRST_WORD.match(line.text)
    full = before.end + em * _ems(word.group() if word else "") > its.right - _RAGGED * em
    if _is_centred(line, column):
        return not (full and _skew(before, its) < 1.5 and not _SENTENCE_END.search(before.text))
    if not full or line.x - column.left >= _INDENT * em:
        return True
    if not _SENTENCE_END.search(before.text) or find_marker(key_of(line.text[:40])) is None:
        return False
    return not indented or line.end < column.right - 3 * em


def _is_centred(line: Line, column: Column) -> bool:
    return min(line.x - column.left, column.right - line.end) > 3 * line.size and _skew(line, column) < 1.5


def _skew(line: Line, column: Column) -> float:
    """By how many ems a line has more room on one side than on the other."""
    return abs((line.x - column.left) - (column.right - line.end)) / line.size
