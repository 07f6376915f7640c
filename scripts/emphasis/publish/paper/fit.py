"""How wide the columns of a table are, and where their heads are broken: the same for LaTeX and Word.

Widths are in em, the size of the type. A Chinese character is one em wide, a capital three quarters, other characters half an em on average.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from emphasis.publish.paper.table import Language, PaperColumn, Table, cell_text

_WIDE = re.compile(
    r"[\u1100-\u115f\u2014\u2018-\u201f\u2026\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6]"
)
_CAPITAL = re.compile("[A-Z%]")
_NARROW, _CAPITALS = 0.52, 0.75
BREAK = "\u200b"
"""A space of no width: where a head is best broken."""
# What is not broken: words and numbers of other scripts, a bracket with its content, a character with the mark that follows it.
_PIECE = re.compile(r"(?:[（(][^（()）]{1,6}[）)]|[^\s\u2e80-\ua4cf\uff00-\uffef（(“]+|\S)[，。、；：！？）》”]?")
_LEAST_LONG = 7.0
"""Width below which a column of long text is hard to read."""
_HEAD_LINES = 3


def text_width(text: str) -> float:
    """Width of a line of text in em.

    Examples
    --------
    >>> text_width("每万词"), round(text_width("n"), 2)
    (3.0, 0.52)
    """
    wide, capitals = len(_WIDE.findall(text)), len(_CAPITAL.findall(text))
    return wide + _CAPITALS * capitals + _NARROW * (len(text) - wide - capitals)


def wrap(text: str, width: float) -> tuple[str, ...]:
    """Text broken into lines of at most a width where it can be, a longer piece on a line of its own.

    Examples
    --------
    >>> wrap("每万词（安排）", 4), wrap("per 10,000 (plan)", 5)
    (('每万词', '（安排）'), ('per', '10,000', '(plan)'))
    """
    lines: list[str] = []
    end = 0
    for piece in _PIECE.finditer(text):
        # Pieces between which the text has a space keep it within a line.
        gap = " " if piece.start() > end and lines else ""
        end = piece.end()
        if lines and text_width(lines[-1] + gap + piece[0]) <= width:
            lines[-1] += gap + piece[0]
        else:
            lines.append(piece[0])
    return tuple(lines) or ("",)


@dataclass(frozen=True)
class Fit:
    """The layout of a table.

    Attributes
    ----------
    widths : tuple of float
        Of the columns, in em.
    broken : tuple of bool
        Whether the cells of a column are broken into lines.
    heads : tuple of tuple of str
        Lines of each head.
    lines : int
        Lines of the body.
    fits : bool
        Whether the whole is as wide as it may be.
    """

    widths: tuple[float, ...]
    broken: tuple[bool, ...]
    heads: tuple[tuple[str, ...], ...]
    lines: int
    fits: bool


def fit(table: Table, language: Language, width: float, gap: float, *, break_short: bool = True) -> Fit:
    """The layout of a table in one language.

    Columns of numbers and short text are as wide as their cells, and their heads are broken into at most three lines; columns of
    long text share what is left, each by the length of its cells. Where nothing is left, columns of short text are broken too,
    the widest first.

    Parameters
    ----------
    table : Table
    language : Language
    width : float
        Of the text on the page.
    gap : float
        Between two columns.
    break_short : bool
        Whether short text may be broken.
    """
    cells = [[cell_text(row[i], language) for row in table.rows] for i in range(len(table.columns))]
    natural = [max(map(text_width, column), default=0.0) for column in cells]
    heads = [_head(column, language, most) for column, most in zip(table.columns, natural, strict=True)]
    widths = [max(most, *map(text_width, head)) for most, head in zip(natural, heads, strict=True)]
    broken = [column.kind == "long" for column in table.columns]
    room = width - gap * len(widths)
    others = sorted((i for i, column in enumerate(table.columns) if column.kind == "text"), key=lambda i: -widths[i])
    while not (fits := _room_for_long(widths, broken, room)) and others and break_short:
        broken[others.pop(0)] = True
    _share(widths, broken, room)
    lines = sum(
        max((math.ceil(text_width(cells[i][r]) / widths[i]) if broken[i] else 1 for i in range(len(widths))), default=1)
        for r in range(len(table.rows))
    )
    return Fit(tuple(widths), tuple(broken), tuple(heads), lines, fits)


def _head(column: PaperColumn, language: Language, most: float) -> tuple[str, ...]:
    """The lines of a head: as wide as the cells, or as it takes to have three lines at most; broken where the head says so."""
    text = column.head.in_language(language)
    if BREAK in text:
        return tuple(line.strip() for line in text.split(BREAK))
    if column.kind == "long":
        return (text,)
    width = max(most, 3.0)
    while len(lines := wrap(text, width)) > _HEAD_LINES:
        width += 0.5
    return lines


def _room_for_long(widths: Sequence[float], broken: Sequence[bool], room: float) -> bool:
    fixed = sum(width for width, long in zip(widths, broken, strict=True) if not long)
    wanted = sum(min(width, _LEAST_LONG) for width, long in zip(widths, broken, strict=True) if long)
    return fixed + wanted <= room


def _share(widths: list[float], broken: list[bool], room: float) -> None:
    """Give broken columns what is left; those that need no more than their share are not broken at all."""
    while True:
        long = [i for i, is_broken in enumerate(broken) if is_broken]
        left = room - sum(width for i, width in enumerate(widths) if i not in long)
        total = sum(widths[i] for i in long)
        if total <= left or not long:
            for i in long:
                broken[i] = False
            return
        small = [i for i in long if widths[i] <= left / len(long)]
        if not small:
            break
        for i in small:
            broken[i] = False
    # Square roots keep a column of sentences from leaving nothing to one of names.
    roots = {i: math.sqrt(widths[i]) for i in long}
    for i in long:
        widths[i] = max(left, len(long) * 3.0) * roots[i] / sum(roots.values())
