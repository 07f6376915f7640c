"""Outturns and targets: a pair of bars for each indicator whose two quantities can be compared."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd
from matplotlib.figure import Figure

from emphasis.figures.style import COLUMN, NEUTRAL, PLAN, SMALL, Sheet, Style, message_figure, text_width, wrap
from emphasis.targets.entries import falls, name_of_change

MOST = 32
_ROW = 0.64
_LABEL = 3.2
_PREFIX = {"ge": "≥ ", "gt": "> ", "le": "≤ ", "lt": "< ", "approx": "≈ ", "approx_above": "≈ ", "near_below": "≈ "}


@dataclass(frozen=True)
class TargetRow:
    """One indicator: both quantities in one unit, for the lengths of the bars, and as the report prints them."""

    indicator: str
    outturn: float
    target: float
    outturn_text: str
    target_text: str

    @property
    def lengths(self) -> tuple[float, float]:
        """Lengths of both bars as parts of the longer one; a negative value has no bar."""
        longest = max(self.outturn, self.target, 0.0) or 1.0
        return max(self.outturn, 0.0) / longest, max(self.target, 0.0) / longest


def comparable_rows(pairs: pd.DataFrame) -> list[TargetRow]:
    """The comparable pairs in target_pairs.csv of one report, in the order of its targets.

    Quantities of one base unit may be printed in different units (公里, 万公里); such pairs are left out, since the bars show what
    is printed.
    """
    same = pairs["outturn_unit"] == pairs["target_unit"]
    shown = pairs[pairs["comparable"] & same & pairs["outturn_value"].notna() & pairs["target_value"].notna()]
    rows = []
    for row in shown.to_dict("records"):
        unit, upper = row["target_unit"], "" if pd.isna(row["target_high"]) else f"–{row['target_high']:,g}"
        opposite = falls(row["kind"], row["outturn_direction"]) != falls(row["kind"], row["direction"])
        reached = -row["outturn_value"] if opposite else row["outturn_value"]
        outturn = f"{_PREFIX.get(row['outturn_comparator'], '')}{reached:,g}{unit}"
        target = f"{_PREFIX.get(row['comparator'], '')}{row['target_value']:,g}{upper}{unit}"
        name = name_of_change(row["indicator"], row["kind"], row["direction"])
        rows.append(TargetRow(name, reached, row["target_value"], outturn, target))
    return rows


def targets_chart(style: Style, title: str, rows: Sequence[TargetRow]) -> Figure:
    """Two bars a row, each with its quantity as the report prints it."""
    if not rows:
        return message_figure(style, title, [style.say("no_targets")])
    shown, left_out = rows[:MOST], len(rows[MOST:])
    note = style.say("targets.note")
    note += style.say("targets.negative") if any(min(row.outturn, row.target) < 0 for row in shown) else ""
    note += style.say("left_out", n=left_out) if left_out else ""
    high = _ROW * len(shown)
    sheet = Sheet(style, title, 0.4 + high, note)
    sheet.swatches(0.12, [(NEUTRAL, style.say("outturn")), (PLAN, style.say("target"))])
    printed = max(text_width(text, SMALL) for row in shown for text in (row.outturn_text, row.target_text))
    room = max(COLUMN - _LABEL - 0.2 - printed, 1.0)
    axes = sheet.axes(_LABEL, 0.4, room, high)
    axes.set_xlim(0, 1)
    axes.set_ylim(len(shown), 0)
    for side, colour, up in ((0, NEUTRAL, 0.28), (1, PLAN, 0.72)):
        lengths = [row.lengths[side] for row in shown]
        axes.barh([place + up for place in range(len(shown))], lengths, height=0.36, color=colour)
        for place, row in enumerate(shown):
            words = (row.outturn_text, row.target_text)[side]
            sheet.text(_LABEL + 0.06 + room * lengths[place], 0.4 + _ROW * (place + up), words)
    for place, row in enumerate(shown):
        sheet.lines(_LABEL - 0.1, 0.4 + _ROW * (place + 0.5), wrap(row.indicator, _LABEL - 0.2, SMALL, 2), ha="right")
    return sheet.figure
