"""A report at a glance: the length of each section and its themes."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from emphasis.figures.style import COLOURS, COLUMN, LABEL, NEUTRAL, ROW, Sheet, Style, message_figure, section_rows

_BARS = 1.35


def profile_chart(
    style: Style, title: str, sections: pd.DataFrame, shares: pd.DataFrame, labels: Mapping[str, str], n_words: int
) -> Figure:
    """Sections as bars of their length, and next to each bar the shares of the themes as shaded cells.

    Parameters
    ----------
    sections, shares : DataFrame
        As in sections.csv and theme_sections.csv, of one report, whose counted parts have `n_words`.
    labels : mapping of str to str
        Label of each theme, in the order of the columns.
    """
    shown, left_out = section_rows(sections)
    if not len(shown):
        return message_figure(style, title, [style.say("no_sections")])
    wide = shares.pivot(index="section_id", columns="theme", values="share")
    values = 100 * wide.reindex(index=shown["section_id"], columns=list(labels)).to_numpy(dtype=float)
    names = list(labels.values())
    head = max(Sheet.column_label_height(names), 0.3) + 0.35
    high = ROW * len(shown)
    note = style.say("profile.note", n=f"{n_words:,}") + (style.say("left_out", n=left_out) if left_out else "")
    sheet = Sheet(style, title, head + high + 0.5, note)
    sheet.draw_part_legend(shown, 0.12)
    sheet.label_sections(shown, head, LABEL - 0.08)
    bars = sheet.axes(LABEL, head, _BARS - 0.05, high)
    colours = [COLOURS.get(role, NEUTRAL) for role in shown["role"]]
    bars.barh(np.arange(len(shown)) + 0.5, shown["n_tokens"], height=0.6, color=colours)
    bars.set_xlim(0, 1.75 * max(shown["n_tokens"].max(), 1))
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
        sheet.shade_cells(sheet.axes(left, head, step * len(names), high), values, largest or 1.0)
        sheet.label_columns(names, left, head, step)
        sheet.shade_key(0.3, head + high + 0.28, 1.2, largest, style.say("share_of_section"))
    return sheet.figure
