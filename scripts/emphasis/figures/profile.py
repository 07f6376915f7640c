"""A report at a glance: the length of each section and its themes."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from emphasis.figures.axis import Scale
from emphasis.figures.look import COLOURS, COLUMN, NEUTRAL, SMALL, Style
from emphasis.figures.sheet import LABEL, ROW, Sheet, column_label_height, message_sheet, section_rows
from emphasis.figures.strings import together

_BARS = 1.35


def profile_chart(
    style: Style, title: str, sections: pd.DataFrame, shares: pd.DataFrame, labels: Mapping[str, str]
) -> Sheet:
    """Sections as bars of their length, and next to each bar the shares of the themes as shaded cells.

    Parameters
    ----------
    sections, shares : DataFrame
        As in sections.csv and theme_sections.csv, of one report.
    labels : mapping of str to str
        Label of each theme, in the order of the columns.
    """
    shown, left_out = section_rows(sections)
    if not len(shown):
        return message_sheet(style, title, [style.say("no_sections")])
    wide = shares.pivot(index="section_id", columns="theme", values="share")
    values = 100 * wide.reindex(index=shown["section_id"], columns=list(labels)).to_numpy(dtype=float)
    names = list(labels.values())
    head = max(column_label_height(style, names), 0.3) + 0.35
    high = ROW * len(shown)
    more = style.say("left_out", n=left_out) if left_out else ""
    note = together(style.language, style.say("profile.note"), more)
    sheet = Sheet(style, title, head + high + (0.5 if names else 0.05), note)
    sheet.draw_part_legend(shown, 0.12)
    sheet.label_sections(shown, head, LABEL - 0.08)
    lengths = shown["n_tokens"].astype(float)
    most = max(lengths.max(), 1.0)
    bars = Scale(0.0, most, LABEL, LABEL + _BARS - 0.15 - style.width(f"{most:,.0f}", SMALL))
    for place, (n, role) in enumerate(zip(lengths, shown["role"], strict=True)):
        middle = head + ROW * (place + 0.5)
        sheet.bar(bars, middle, n, 0.6 * ROW, COLOURS.get(role, NEUTRAL))
        sheet.text(bars.at(n) + 0.05, middle, f"{n:,.0f}")
    sheet.text(LABEL, head - 0.16, style.say("tokens"))
    left = LABEL + _BARS
    largest = float(np.nanmax(values)) if values.size and not np.isnan(values).all() else 0.0
    step = (COLUMN - 0.1 - left) / max(len(names), 1)
    if names:
        sheet.cells(left, head, step, ROW, values, largest=largest or 1.0)
        sheet.label_columns(names, left, head, step)
        sheet.shade_key(0.3, head + high + 0.28, 1.2, largest, style.say("share_of_section"))
    return sheet
