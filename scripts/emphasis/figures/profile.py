"""A report at a glance: the length of each section and its themes."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from emphasis.figures.style import (
    COLUMN,
    LABEL,
    ROW,
    Sheet,
    Style,
    column_label_height,
    draw_part_legend,
    label_columns,
    label_sections,
    message_figure,
    role_colour,
    section_rows,
    shade_cells,
)

_BARS = 1.35


def profile_chart(
    style: Style, title: str, sections: pd.DataFrame, shares: pd.DataFrame, labels: Mapping[str, str], n_words: int
) -> Figure:
    """Sections as bars of their length, and next to each bar the shares of the themes as shaded cells.

    Parameters
    ----------
    style : Style
    title : str
    sections, shares : DataFrame
        As in sections.csv and theme_sections.csv, of one report.
    labels : mapping of str to str
        Label of each theme, in the order of the columns.
    n_words : int
        In the counted parts of the report.
    """
    shown, left_out = section_rows(sections)
    if not len(shown):
        return message_figure(style, title, [style.say("no_sections")])
    wide = shares.pivot(index="section_id", columns="theme", values="share")
    values = 100 * wide.reindex(index=shown["section_id"], columns=list(labels)).to_numpy(dtype=float)
    names = list(labels.values())
    head = max(column_label_height(names), 0.3) + 0.35
    high = ROW * len(shown)
    note = style.say("profile.note", n=f"{n_words:,}")
    if left_out:
        note += style.say("left_out", n=left_out)
    sheet = Sheet(style, title, head + high + 0.5, note)
    draw_part_legend(sheet, shown, 0.12)
    label_sections(sheet, shown, head, LABEL - 0.08)
    bars = sheet.axes(LABEL, head, _BARS - 0.05, high)
    longest = max(shown["n_tokens"].max(), 1)
    bars.barh(
        np.arange(len(shown)) + 0.5, shown["n_tokens"], height=0.6, color=[role_colour(role) for role in shown["role"]]
    )
    bars.set_xlim(0, 1.75 * longest)
    bars.set_ylim(len(shown), 0)
    for place, n in enumerate(shown["n_tokens"]):
        bars.annotate(
            f"{n:,}", (n, place + 0.5), (1.5, 0), textcoords="offset points", va="center", fontproperties=style.face()
        )
    sheet.text(LABEL, head - 0.16, style.say("tokens"))
    left = LABEL + _BARS
    largest = float(np.nanmax(values)) if values.size and not np.isnan(values).all() else 0.0
    step = (COLUMN - 0.1 - left) / max(len(names), 1)
    if names:
        shade_cells(sheet, sheet.axes(left, head, step * len(names), high), values, largest or 1.0)
        label_columns(sheet, names, left, head, step)
        sheet.shade_key(0.3, head + high + 0.28, 1.2, largest, style.say("share_of_section"))
    return sheet.figure
