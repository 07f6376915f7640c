"""Outturns and targets of a report: a table whose last column places the target beside last year's outturn."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from emphasis.figures.axis import Scale
from emphasis.figures.look import COLUMN, FAINT, INK, PLAN, RULE, SMALL, Style
from emphasis.figures.sheet import Sheet, message_sheet
from emphasis.figures.strings import together
from emphasis.targets.entries import falls, name_of_change

MOST = 40
"""Rows, at most."""

FURTHEST = 4.0
"""The largest ratio of target and outturn that is drawn to scale, in either direction."""

_ROW, _LINES = 0.34, 0.26
_STRIP, _GAP = 2.3, 0.12
_BOUNDS = {"ge": 1, "gt": 1, "le": -1, "lt": -1}
_TICKS = ((0.25, "¼"), (0.5, "½"), (0.8, "0.8"), (1.0, "1"), (1.25, "1.25"), (2.0, "2"), (4.0, "4"))


_ROOMY = 1.6
"""The largest ratio on the scale with which 1 and 1.25 do not run into each other below it."""


@dataclass(frozen=True)
class TargetRow:
    """One indicator: both quantities in one unit, and as the report states them.

    Attributes
    ----------
    high : float
        The upper end of a range, else the target itself.
    comparator : str
        Of the target, as in targets.csv.
    """

    indicator: str
    outturn: float
    target: float
    high: float
    comparator: str
    outturn_text: str
    target_text: str

    @property
    def ratio(self) -> float:
        """The target as a multiple of the outturn; missing unless both are above 0."""
        return self.target / self.outturn if self.outturn > 0 and self.target > 0 else math.nan


def comparable_rows(style: Style, pairs: pd.DataFrame) -> list[TargetRow]:
    """The comparable pairs in target_pairs.csv of one report, in the order of its targets.

    Quantities of one base unit may be printed in different units (公里, 万公里); such pairs are left out, since the table shows what
    is printed.
    """
    same = pairs["outturn_unit"] == pairs["target_unit"]
    shown = pairs[pairs["comparable"] & same & pairs["outturn_value"].notna() & pairs["target_value"].notna()]
    rows = []
    for row in shown.to_dict("records"):
        unit, target = row["target_unit"], float(row["target_value"])
        high = target if pd.isna(row["target_high"]) else float(row["target_high"])
        opposite = falls(row["kind"], row["outturn_direction"]) != falls(row["kind"], row["direction"])
        outturn = -float(row["outturn_value"]) if opposite else float(row["outturn_value"])
        stated = f"{target:,g}–{high:,g}{unit}" if high != target else f"{target:,g}{unit}"
        rows.append(
            TargetRow(
                name_of_change(row["indicator"], row["kind"], row["direction"]), outturn, target, high, row["comparator"],
                _compared(style, row["outturn_comparator"]) + f"{outturn:,g}{unit}", _compared(style, row["comparator"]) + stated,
            )
        )  # fmt: skip
    return rows


def _compared(style: Style, comparator: Any) -> str:
    """How a quantity binds, as words before it; nothing for an exact one."""
    plain = ("eq", "range", "from_to")
    return "" if pd.isna(comparator) or comparator in plain else style.say(f"comparator.{comparator}")


def targets_chart(style: Style, title: str, rows: Sequence[TargetRow]) -> Sheet:
    """A row for each indicator: outturn and target as stated, and a dot at the ratio of both, on a scale of ratios."""
    if not rows:
        return message_sheet(style, title, [style.say("no_targets")])
    shown, left_out = rows[:MOST], len(rows[MOST:])
    without = style.say("targets.negative") if any(math.isnan(row.ratio) for row in shown) else ""
    more = style.say("left_out", n=left_out) if left_out else ""
    note = together(style.language, style.say("targets.note"), without, more)
    heads = {name: style.say(name) for name in ("outturn", "target")}
    columns = [
        min(max(style.width(text, SMALL) for text in (heads[name], *texts)) + 0.02, 2.0)
        for name, texts in (
            ("outturn", [row.outturn_text for row in shown]),
            ("target", [row.target_text for row in shown]),
        )
    ]
    label = COLUMN - 0.1 - _STRIP - sum(columns) - 3 * _GAP
    named = [style.wrap(row.indicator, label - 0.1, SMALL, 2) for row in shown]
    stated = [
        [
            style.wrap(text, room, SMALL, 2)
            for text, room in zip((row.outturn_text, row.target_text), columns, strict=True)
        ]
        for row in shown
    ]
    heights = [_ROW + _LINES * (max(map(len, [n, *s])) - 1) for n, s in zip(named, stated, strict=True)]
    head, high = 0.45, sum(heights)
    sheet = Sheet(style, title, head + high + 0.85, note)
    rights = [label + _GAP + columns[0], label + 2 * _GAP + sum(columns)]
    for right, words in zip(rights, heads.values(), strict=True):
        sheet.text(right, head - 0.2, words, colour=FAINT, align="right")
    scale = _ratio_scale(shown, COLUMN - 0.1 - _STRIP + 0.2, COLUMN - 0.35)
    sheet.line(0.1, head, COLUMN - 0.1, head, FAINT, 0.5)
    y = head
    for row, name, texts, tall in zip(shown, named, stated, heights, strict=True):
        middle = y + tall / 2
        sheet.lines(0.1, middle, name)
        for right, lines in zip(rights, texts, strict=True):
            sheet.lines(right, middle, lines, align="right")
        _draw_ratio(sheet, scale, middle, row)
        y += tall
        sheet.line(0.1, y, COLUMN - 0.1, y, RULE, 0.3)
    sheet.line(scale.at(0.0), head, scale.at(0.0), y, INK, 0.7)
    ticks = [(math.log(value), words) for value, words in _TICKS if scale.low <= math.log(value) <= scale.high]
    if scale.high > math.log(_ROOMY):
        ticks = [tick for tick in ticks if tick[1] not in ("0.8", "1.25")]
    sheet.axis(scale, y, ticks)
    sheet.text((scale.start + scale.end) / 2, y + 0.56, style.say("target_over_outturn"), align="center")
    return sheet


def _ratio_scale(rows: Sequence[TargetRow], start: float, end: float) -> Scale:
    """Logarithms of ratios, as much below 1 as above: at least from 0.75 to 1.33, at most to `FURTHEST`."""
    far = [abs(math.log(row.ratio)) for row in rows if not math.isnan(row.ratio)]
    reach = min(max([1.08 * max(far, default=0.0), math.log(4 / 3)]), math.log(FURTHEST))
    return Scale(-reach, reach, start, end)


def _draw_ratio(sheet: Sheet, scale: Scale, y: float, row: TargetRow) -> None:
    """A dot; a line to the end of a range; an arrow for a lower or an upper bound, and in place of a dot beyond the scale."""
    if math.isnan(row.ratio):
        sheet.text(scale.at(0.0) + 0.1, y, "—", colour=FAINT)
        return
    place = math.log(row.ratio)
    if not scale.low - 1e-9 <= place <= scale.high + 1e-9:
        side = 1 if place > 0 else -1
        x = scale.end if side > 0 else scale.start
        _arrow(sheet, x - side * 0.2, x, y)
        sheet.text(x - side * 0.26, y, f"{row.ratio:.2g}", colour=PLAN, align="right" if side > 0 else "left")
        return
    x = scale.at(place)
    if row.high > row.target:
        sheet.line(x, y, min(scale.at(math.log(row.high / row.outturn)), scale.end), y, PLAN, 1.6)
    if row.comparator in _BOUNDS:
        _arrow(sheet, x, x + 0.3 * _BOUNDS[row.comparator], y)
    sheet.mark(x, y, "circle", PLAN, 3.4)


def _arrow(sheet: Sheet, start: float, end: float, y: float) -> None:
    side = 1 if end > start else -1
    sheet.line(start, y, end, y, PLAN, 0.7)
    sheet.polyline([(end - 0.07 * side, y - 0.06), (end, y), (end - 0.07 * side, y + 0.06)], PLAN, 0.7)
