"""What pictures with rows of sections, themes or reports share: labels, the rule between parts, and shaded cells."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from emphasis.figures.style import NEUTRAL, PLAN, REVIEW, RULE, SHADES, SMALL, Sheet, ink_on, width, wrap
from emphasis.figures.titles import MOST_SECTIONS, shown_sections

COLOURS = {"review": REVIEW, "plan": PLAN}
LABEL = 3.0
"""Width of the labels, in cm."""

ROW = 0.58
"""Height of a row: two lines of small type."""

_STACK = 0.225  # Height of a character in a column of characters.


def section_rows(sections: pd.DataFrame) -> tuple[pd.DataFrame, int]:
    """The sections that a picture shows, and how many more there are. Of many the longest are kept."""
    shown = shown_sections(sections).reset_index(drop=True)
    kept = shown.sort_values(["n_tokens", "section_id"], ascending=[False, True]).head(MOST_SECTIONS).index
    return shown.loc[sorted(kept)].reset_index(drop=True), len(shown) - len(kept)


def colour_of(role: str) -> str:
    """The colour of a part of the report."""
    return COLOURS.get(role, NEUTRAL)


def label_sections(sheet: Sheet, shown: pd.DataFrame, top: float, right: float) -> None:
    """Number and heading of each section, right-aligned to `right`; a rule where another part begins."""
    before = None
    for place, (number, heading, role) in enumerate(zip(shown["number"], shown["heading"], shown["role"], strict=True)):
        lines = wrap(f"{number}{heading}", right - 0.1, SMALL, 2)
        sheet.lines(right, top + ROW * (place + 0.5), lines, ha="right")
        if before not in (None, role):
            x, y = sheet.point(0.1, top + ROW * place)
            sheet.figure.add_artist(
                Line2D([x, sheet.point(sheet.width - 0.1, 0)[0]], [y, y], color=RULE, linewidth=0.6)
            )
        before = role


def legend_of_parts(sheet: Sheet, shown: pd.DataFrame, y: float) -> None:
    """What the colours of the parts mean, as far as they are used."""
    used = [(COLOURS[role], sheet.style.say(role)) for role in COLOURS if (shown["role"] == role).any()]
    if not shown["role"].isin(list(COLOURS)).all():
        used.append((NEUTRAL, sheet.style.say("other")))
    sheet.swatches(y, used)


def cells(sheet: Sheet, axes: Axes, values: Any, largest: Any, decimals: int | None = None) -> None:
    """Cells shaded from 0 to the largest value (of all or of each column); with `decimals` each shows its value."""
    values = np.asarray(values, dtype=float)
    rows, columns = values.shape
    shades = values / largest
    axes.pcolormesh(
        np.arange(columns + 1), np.arange(rows + 1), np.ma.masked_invalid(shades), cmap=SHADES, vmin=0, vmax=1,
        edgecolors="white", linewidth=0.4,
    )  # fmt: skip
    axes.set_xlim(0, columns)
    axes.set_ylim(rows, 0)
    if decimals is None:
        return
    for (row, column), value in np.ndenumerate(values):
        if not np.isnan(value):
            axes.text(
                column + 0.5, row + 0.5, f"{value:.{decimals}f}", ha="center", va="center_baseline",
                color=ink_on(float(shades[row, column])), fontproperties=sheet.style.face(),
            )  # fmt: skip


def label_columns(sheet: Sheet, names: Sequence[str], left: float, bottom: float, step: float) -> None:
    """Names over columns: Chinese from top to bottom, other scripts turned."""
    for place, name in enumerate(names):
        x = left + step * (place + 0.5)
        if _stacks(name):
            for up, character in enumerate(reversed(name)):
                sheet.text(x, bottom - 0.16 - _STACK * up, character, ha="center")
        else:
            sheet.text(x, bottom - 0.05, name, rotation=90, ha="center", va="bottom")


def height_of_columns(names: Sequence[str]) -> float:
    """Room that names over columns need, in cm."""
    return 0.15 + max((_STACK * len(name) if _stacks(name) else width(name, SMALL) for name in names), default=0.0)


def _stacks(name: str) -> bool:
    return all(ord(character) > 0x2E7F for character in name)
