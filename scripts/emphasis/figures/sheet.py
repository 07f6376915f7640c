"""The sheet that a picture is drawn on: a title, a body, a note; legends, axes, rows of sections, shaded cells."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Literal

import numpy as np
import pandas as pd

from emphasis.figures.axis import Scale, round_ticks
from emphasis.figures.drawing import Align, Drawing, Turn
from emphasis.figures.files import save_drawings
from emphasis.figures.look import (
    COLOURS,
    COLUMN,
    EM,
    FAINT,
    INK,
    LARGE,
    LINE,
    NEUTRAL,
    PLAIN,
    PLAN,
    RULE,
    SMALL,
    Style,
    ink_on,
    shade,
)
from emphasis.figures.shown import MOST_SECTIONS, shown_sections
from emphasis.figures.typeface import typeface

LABEL, ROW = 3.0, 0.58
"""Width of the labels of rows and height of a row, which is two lines of small type, in cm."""

MIDDLE = 0.37
"""Middle of a character above its baseline, as a part of the type size."""

_STACK = 0.225  # Height of a character in a vertical label, in cm.
_TICK = 0.07


class Sheet:
    """A picture: a title, a body of a given height, and a note below it.

    All lengths are in cm; a point is given by its distance from the left of the sheet and from the top of the body.
    """

    def __init__(self, style: Style, title: str, body: float, note: str = "", *, columns: float = COLUMN) -> None:
        self.style, self.width, self.body = style, columns, body
        room = columns - 0.2
        titles, notes = style.wrap(title, room, LARGE), style.wrap(note, room, SMALL)
        self._top = 0.15 + 0.4 * len(titles) + 0.1
        self.height = self._top + body + (0.15 + LINE * len(notes) if notes else 0.0) + 0.1
        self.drawing = Drawing(style.face, columns, self.height, title)
        for number, line in enumerate(titles):
            self.text(0.1, 0.4 * (number + 0.5) + 0.15 - self._top, line, LARGE)
        for number, line in enumerate(notes):
            self.text(0.1, body + 0.15 + LINE * (number + 0.5), line, SMALL, FAINT)

    def text(
        self,
        x: float,
        y: float,
        words: str,
        size: float = SMALL,
        colour: str = INK,
        *,
        align: Align = "left",
        rotate: Turn = 0,
        baseline: bool = False,
    ) -> None:
        """Set words whose left end, middle or right end is at `x` and whose middle is at `y`.

        With `rotate` they are read upwards (90) or downwards (270), `align` is meant along them and `x` is their middle across.
        With `baseline` the point lies on their baseline.
        """
        down = 0.0 if baseline else MIDDLE * size * EM
        dx, dy = {0: (0.0, down), 90: (down, 0.0), 270: (-down, 0.0)}[rotate]
        self.drawing.text(x + dx, self._top + y + dy, words, size, colour, align=align, rotate=rotate)

    def lines(
        self, x: float, y: float, words: Sequence[str], size: float = SMALL, colour: str = INK, *, align: Align = "left"
    ) -> None:
        """Set lines, all together centred vertically on `y`."""
        step = size * EM * 1.2
        for number, line in enumerate(words):
            self.text(x, y + step * (number - (len(words) - 1) / 2), line, size, colour, align=align)

    def rect(
        self,
        x: float,
        y: float,
        wide: float,
        high: float,
        colour: str | None,
        *,
        edge: str | None = None,
        width: float = 0.5,
    ) -> None:
        """A rectangle from its upper left corner, filled, with an edge (its width in points), or both."""
        self.drawing.rect(x, self._top + y, wide, high, colour, edge=edge, width=width)

    def line(
        self,
        x: float,
        y: float,
        u: float,
        v: float,
        colour: str = RULE,
        width: float = 0.6,
        *,
        dash: Sequence[float] = (),
    ) -> None:
        """A line between two points; widths and dashes in points."""
        self.drawing.line(x, self._top + y, u, self._top + v, colour, width, dash=dash)

    def polyline(
        self,
        points: Sequence[tuple[float, float]],
        colour: str,
        width: float = 0.9,
        *,
        dash: Sequence[float] = (),
    ) -> None:
        """A line through points with round joints and ends."""
        self.drawing.polyline([(x, self._top + y) for x, y in points], colour, width, dash=dash)

    def circle(
        self, x: float, y: float, radius: float, colour: str | None, *, edge: str | None = None, width: float = 0.5
    ) -> None:
        """A circle about a point."""
        self.drawing.circle(x, self._top + y, radius, colour, edge=edge, width=width)

    def mark(
        self,
        x: float,
        y: float,
        kind: Literal["circle", "square", "diamond"],
        colour: str,
        size: float = 4.2,
        *,
        hollow: bool = False,
    ) -> None:
        """A point of a chart: a mark of `size` points across, filled or white with a coloured edge."""
        half, fill = size * EM / 2, "#ffffff" if hollow else colour
        if kind == "circle":
            self.circle(x, y, half, fill, edge=colour, width=1.1)
        elif kind == "square":
            self.rect(x - half, y - half, 2 * half, 2 * half, fill, edge=colour, width=1.1)
        else:
            corners = ((x, y - half), (x + half, y), (x, y + half), (x - half, y))
            self.drawing.polygon([(a, self._top + b) for a, b in corners], fill, edge=colour, width=1.1)

    def bar(self, scale: Scale, y: float, value: float, high: float, colour: str) -> None:
        """A horizontal bar from the scale's low end to a value, centred on `y`."""
        end = scale.at(value)
        self.rect(scale.start, y - high / 2, max(end - scale.start, 0.0), high, colour)

    def value_axis(self, scale: Scale, y: float, words: str, most: int = 5) -> None:
        """A horizontal axis at `y` with round ticks, numbers below it, and below these what it measures: 0.75 cm in all."""
        self.axis(scale, y, [(tick, f"{tick:.6g}") for tick in round_ticks(scale.low, scale.high, most)])
        self.text((scale.start + scale.end) / 2, y + 0.56, words, align="center")

    def axis(
        self, scale: Scale, place: float, ticks: Sequence[tuple[float, str]], side: Literal["bottom", "left"] = "bottom"
    ) -> None:
        """The line, ticks and labels of an axis: at `place` from the top (bottom), or from the left (left)."""
        ends, below = (scale.start, scale.end), side == "bottom"
        line = (ends[0], place, ends[1], place) if below else (place, ends[0], place, ends[1])
        self.line(*line, FAINT, 0.5)
        for value, words in ticks:
            at = scale.at(value)
            if below:
                self.line(at, place, at, place + _TICK, FAINT, 0.5)
                self.text(at, place + _TICK + 0.16, words, align="center")
            else:
                self.line(place - _TICK, at, place, at, FAINT, 0.5)
                self.text(place - _TICK - 0.06, at, words, align="right")

    def swatches(self, y: float, entries: Sequence[tuple[str, str]], left: float = 0.1) -> None:
        """A legend in one row: colours and what they mean."""
        for colour, words in entries:
            self.rect(left, y - 0.1, 0.2, 0.2, colour)
            self.text(left + 0.28, y, words)
            left += self.swatch_width(words)

    def swatch_width(self, words: str) -> float:
        """Room that an entry of a legend takes, with the gap after it."""
        return 0.28 + self.style.width(words, SMALL) + 0.35

    def shade_key(self, left: float, y: float, wide: float, largest: float | str, words: str) -> None:
        """The key to shades: a bar from 0 to the largest value, and what is shaded."""
        end = largest if isinstance(largest, str) else f"{largest:.3g}"
        step = wide / 32
        for i in range(32):
            # Each reaches to the end, below the next ones, so that no line is seen between them.
            self.rect(left + step * i, y - 0.1, wide - step * i, 0.2, shade((i + 0.5) / 32))
        self.text(left - 0.08, y, "0", SMALL, FAINT, align="right")
        self.text(left + wide + 0.08, y, end, SMALL, FAINT)
        self.text(left + wide + 0.16 + self.style.width(end, SMALL), y, words, SMALL, FAINT)

    def label_sections(self, shown: pd.DataFrame, top: float, right: float) -> None:
        """Number and heading of each section, right-aligned to `right`; a rule where another part begins."""
        before = None
        for place, (number, heading, role) in enumerate(shown[["number", "heading", "role"]].itertuples(index=False)):
            lines = self.style.wrap(f"{number}{heading}", right - 0.1, SMALL, 2)
            self.lines(right, top + ROW * (place + 0.5), lines, align="right")
            if before not in (None, role):
                self.line(0.1, top + ROW * place, self.width - 0.1, top + ROW * place)
            before = role

    def draw_part_legend(self, shown: pd.DataFrame, y: float) -> None:
        """A legend of the colours of the parts that are shown."""
        used = [(COLOURS[role], self.style.say(role)) for role in COLOURS if (shown["role"] == role).any()]
        if not shown["role"].isin(list(COLOURS)).all():
            used.append((NEUTRAL, self.style.say("other")))
        self.swatches(y, used)

    def cells(
        self,
        left: float,
        top: float,
        wide: float,
        high: float,
        values: Any,
        *,
        largest: Any = 1.0,
        decimals: int | None = None,
    ) -> None:
        """Cells of `wide` by `high`, shaded from 0 to the largest value (of all, or of each column); none where there is no value.

        With `decimals` each shows its value.
        """
        values = np.asarray(values, dtype=float)
        for (row, column), part in np.ndenumerate(values / largest):
            if np.isnan(part):
                continue
            colour, x, y = shade(float(part)), left + wide * column, top + high * row
            self.rect(x, y, wide, high, colour, edge="#ffffff", width=0.4)
            if decimals is not None:
                words = f"{values[row, column]:.{decimals}f}"
                self.text(x + wide / 2, y + high / 2, words, SMALL, ink_on(colour), align="center")

    def label_columns(self, names: Sequence[str], left: float, bottom: float, step: float) -> None:
        """Set names above columns: Chinese from top to bottom, other scripts upwards."""
        for place, name in enumerate(names):
            x = left + step * (place + 0.5)
            if _stacks(name):
                for up, character in enumerate(reversed(name)):
                    self.text(x, bottom - 0.16 - _STACK * up, character, align="center")
            else:
                self.text(x, bottom - 0.05, name, rotate=90)

    def column_label_height(self, names: Sequence[str]) -> float:
        """Height of the names above columns."""
        return column_label_height(self.style, names)


def column_label_height(style: Style, names: Sequence[str]) -> float:
    """Height of the names above columns, in cm."""
    return 0.15 + max((_STACK * len(n) if _stacks(n) else style.width(n, SMALL) for n in names), default=0.0)


def message_sheet(style: Style, title: str, paragraphs: Sequence[str]) -> Sheet:
    """A picture that says why nothing is charted."""
    lines = [line for text in paragraphs for line in style.wrap(text, COLUMN - 0.6, PLAIN)]
    sheet = Sheet(style, title, 0.75 + 0.32 * len(lines))
    sheet.rect(0.1, 0.05, COLUMN - 0.2, 0.65 + 0.32 * len(lines), None, edge=RULE)
    sheet.text(0.3, 0.3, style.say("nothing"), PLAIN, PLAN)
    for number, line in enumerate(lines):
        sheet.text(0.3, 0.3 + 0.32 * (number + 1), line, PLAIN)
    return sheet


def draw_sheets(make: Callable[[Style], Mapping[str, Sheet]], language: str, weight: int, folder: Path) -> None:
    """Make pictures in a language and a weight of the typeface, and write each as <name>.png, .svg and .pdf."""
    sheets = make(Style(language, typeface(weight)))
    save_drawings({name: sheet.drawing for name, sheet in sheets.items()}, folder)


def section_rows(sections: pd.DataFrame) -> tuple[pd.DataFrame, int]:
    """The sections that a picture shows, and how many more there are. If there are too many, the longest are shown."""
    shown = shown_sections(sections).reset_index(drop=True)
    kept = shown.sort_values(["n_tokens", "section_id"], ascending=[False, True]).head(MOST_SECTIONS).index
    return shown.loc[sorted(kept)].reset_index(drop=True), len(shown) - len(kept)


def _stacks(name: str) -> bool:
    return all(ord(character) > 0x2E7F for character in name)
