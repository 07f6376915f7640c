"""The paragraphs of a text that are rows or cells of a table: short lines like titles, but none is a heading.

A table of indicators in a report reaches a text as a line for each row (地区生产总值　%　7左右　5.2) or, from a page of the web, as a
line for each cell. A row has three cells at least, some of them figures, and stands next to another; cells stand in a long run of
short lines, many of them figures.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import groupby

from emphasis.ingest.paragraphs import Paragraph

_GAP = re.compile(r"[ \u00a0]*[\t|｜\u3000][\t|｜\u3000 \u00a0]*|[ \u00a0]{2,}")
_SPACE = re.compile(r"[ \u00a0]+")
_FIGURE = re.compile(
    r"[<>＜＞≤≥±+＋\-−–—]{0,2}[0-9０-９][0-9０-９,，.．]*[%％‰]?(?:左右|以上|以内|以下)?$|[—–\-/]{1,3}$"
)
_LONGEST_ROW, _LONGEST_CELL = 80, 16
"""Visible characters."""
_LEAST_CELLS, _LEAST_ROWS = 3, 2
_LEAST_LINES = 9
"""Lines of a run at least that has a line for each cell."""
_MANY_FIGURES = 0.3
"""Share of them that are figures."""
_CAPTION = re.compile(r"(?:附?表[一二三四五六七八九十\d]{0,2}|[(]?单位)(?:[:.、(]|\d|.{0,30}(?:表|情况)$|$)")


def rows_of_tables(text: str, paragraphs: Sequence[Paragraph], first: int, end: int) -> frozenset[int]:
    r"""The indices from `first` to before `end` of paragraphs that are rows, cells or captions of a table.

    Examples
    --------
    >>> from emphasis.ingest.paragraphs import split_paragraphs
    >>> text = "主要指标如下：\n指标\t单位\t完成\n生产总值\t%\t5.2\n投资\t%\t4.8\n（一）工业向好"
    >>> sorted(rows_of_tables(text, split_paragraphs(text), 0, 5))
    [1, 2, 3]
    """

    def cells(i: int, gap: re.Pattern[str]) -> list[str]:
        paragraph = paragraphs[i]
        if not paragraph.is_short or len(paragraph.key) > _LONGEST_ROW:
            return []
        return [cell for cell in gap.split(text[paragraph.start : paragraph.end].strip("|｜ ")) if cell]

    def is_row(i: int) -> bool:
        wide, narrow = cells(i, _GAP), cells(i, _SPACE)
        return (len(wide) >= _LEAST_CELLS and _figures(wide) >= 1) or (
            len(narrow) >= _LEAST_CELLS
            and _figures(narrow) >= _LEAST_CELLS - 1
            and len("".join(narrow)) >= 2 * len(narrow)
        )

    def is_cell(i: int) -> bool:
        key = paragraphs[i].key
        return len(key) <= _LONGEST_CELL and key[-1] not in "。;:!?,、"

    found: set[int] = set()
    for run in _runs(is_row, first, end):
        if len(run) >= _LEAST_ROWS:
            above = run[0] - 1
            if above >= first and len(cells(above, _GAP)) >= _LEAST_CELLS:
                found.add(above)
                above -= 1
            found.update(run)
            found.update(i for i in [above] if i >= first and _CAPTION.match(paragraphs[i].key))
    for run in _runs(is_cell, first, end):
        found.update(_cells_of(run, [_FIGURE.match(paragraphs[i].key) is not None for i in run]))
    return frozenset(found)


def _cells_of(run: Sequence[int], figures: Sequence[bool]) -> Sequence[int]:
    """Of a run of short lines those that are cells; none if it is no table.

    The last cell is a figure, and before the first one stand the names of the columns and of the first row: what is beyond may be
    a heading next to the table.
    """
    if True not in figures:
        return []
    start, stop = figures.index(True), len(figures) - figures[::-1].index(True)
    lengths: dict[bool, Counter[int]] = {True: Counter(), False: Counter()}
    for is_figure, stretch in groupby(figures[start:stop]):
        lengths[is_figure][len(list(stretch))] += 1
    values, names = (lengths[kind].most_common(1)[0][0] if lengths[kind] else 1 for kind in (True, False))
    start = max(0, start - (names + values) - names)
    many = sum(figures[start:stop]) >= _MANY_FIGURES * (stop - start)
    return run[start:stop] if many and stop - start >= _LEAST_LINES else []


def _figures(cells: Sequence[str]) -> int:
    """How many cells are figures."""
    return sum(_FIGURE.match(cell) is not None for cell in cells)


def _runs(holds: Callable[[int], bool], first: int, end: int) -> list[list[int]]:
    """The indices for which something holds, those that follow each other together."""
    return [list(run) for held, run in groupby(range(first, end), key=holds) if held]
