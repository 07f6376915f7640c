"""Several reports compared: themes over the years and by region, shared text, similarity of vocabulary."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from emphasis.figures.style import COLUMN, FAINT, LINES, SMALL, Sheet, Style, message_figure, text_width, wrap
from emphasis.measures.themes import DEFAULT

MOST_LINES = len(LINES)
"""Regions with a line of their own; there are no more distinct colours."""

MOST_ROWS, MOST_REPORTS = 40, 32
_PANEL, _ROW = 2.35, 0.36
_LEVELS = {"national": 0, "province": 1, "prefecture": 2, "county": 3}


def theme_panel(reports: pd.DataFrame, themes: pd.DataFrame) -> pd.DataFrame:
    """Share of each theme in whole reports, in per cent: place, region, level, year, report_id, a column for each theme.

    Of several reports for one region and year the first by id is used, as in the panel.
    """
    known = reports[reports["year"].notna() & (reports["region"] != "")].sort_values("report_id")
    known = known.assign(place=known["adcode"].where(known["adcode"] != "", known["region"]))
    known = known.drop_duplicates(["place", "year"]).assign(level=known["region_level"].map(_LEVELS).fillna(4))
    own = themes[(themes["part"] == "whole") & (themes["definition"] == DEFAULT) & themes["value"].notna()]
    wide = 100 * own.pivot(index="report_id", columns="theme", values="value")
    table = known[["place", "region", "level", "year", "report_id"]].merge(wide.reset_index(), on="report_id")
    return table.sort_values(["level", "place", "year"], ignore_index=True)


def trends_chart(style: Style, title: str, panel: pd.DataFrame, labels: dict[str, str]) -> Figure:
    """A panel for each theme, in two columns; a line for each region with two years or more, points for the others."""
    themes = [theme for theme in labels if theme in panel]
    years = panel.groupby("place")["year"].nunique()
    ranked = sorted(years[years > 1].index, key=lambda place: (-years[place], place))
    if not ranked or not themes:
        return message_figure(style, title, [style.say("no_years")])
    lined = ranked[:MOST_LINES]
    names = panel.drop_duplicates("place", keep="last").set_index("place")["region"]
    legend = [(LINES[i], str(names[place])) for i, place in enumerate(lined)]
    others = panel[~panel["place"].isin(lined)]
    rows = (len(themes) + 1) // 2
    note = style.say("trends.note", reports=len(panel))
    legend += [(FAINT, style.say("single_years"))] if len(others) else []
    head = 0.32 * (1 + legend_places(legend)[-1][1])
    sheet = Sheet(style, title, head + 0.1 + _PANEL * rows, note)
    for (colour, words), (left, line) in zip(legend, legend_places(legend), strict=True):
        sheet.swatches(0.12 + 0.32 * line, [(colour, words)], left)
    first, last = int(panel["year"].min()), int(panel["year"].max())
    for place, theme in enumerate(themes):
        left, top = 0.75 + (COLUMN / 2) * (place % 2), head + _PANEL * (place // 2) + 0.45
        axes = sheet.axes(left, top, COLUMN / 2 - 1.0, _PANEL - 0.85)
        sheet.text(left - 0.6, top - 0.2, labels[theme])
        axes.plot(others["year"], others[theme], "o", color=FAINT, markersize=1.6, alpha=0.7, clip_on=False)
        for colour, region in zip(LINES, lined, strict=False):
            own = panel[panel["place"] == region]
            axes.plot(own["year"], own[theme], "-o", color=colour, linewidth=0.9, markersize=1.8, clip_on=False)
        _axes_of_years(sheet, axes, float(panel[theme].max()), first, last)
    return sheet.figure


def legend_places(legend: Sequence[tuple[str, str]]) -> list[tuple[float, int]]:
    """Position of each entry of a legend: its distance from the left in cm, and its line."""
    places, left, line = [], 0.1, 0
    for _, words in legend:
        wide = 0.28 + text_width(words, SMALL) + 0.3
        if left > 0.1 and left + wide > COLUMN:
            left, line = 0.1, line + 1
        places.append((left, line))
        left += wide
    return places


def _axes_of_years(sheet: Sheet, axes: Axes, largest: float, first: int, last: int) -> None:
    margin, largest = max((last - first) * 0.03, 0.3), largest or 1.0
    axes.set_xlim(first - margin, last + margin)
    ticks = sorted({first, last, *([(first + last) // 2] if last - first > 3 else [])})
    axes.set_xticks(ticks, [str(year) for year in ticks], fontproperties=sheet.style.face())
    axes.set_ylim(0, 1.08 * largest)
    found = MaxNLocator(3, steps=[1, 2, 2.5, 5, 10], min_n_ticks=2).tick_values(0, largest)
    places = [tick for tick in found if tick <= 1.08 * largest]
    axes.set_yticks(places, [f"{tick:.3g}" for tick in places], fontproperties=sheet.style.face())
    for side in ("left", "bottom"):
        sheet.show_axis(axes, side)


def regions_chart(style: Style, title: str, panel: pd.DataFrame, labels: dict[str, str]) -> Figure:
    """The latest report of each region: a row for each region, a column for each theme, values in the cells."""
    themes = [theme for theme in labels if theme in panel]
    if not len(panel) or not themes:
        return message_figure(style, title, [style.say("no_regions")])
    latest = panel.drop_duplicates("place", keep="last")
    shown, left_out = latest.head(MOST_ROWS), max(len(latest) - MOST_ROWS, 0)
    names = [labels[theme] for theme in themes]
    values = shown[themes].to_numpy(dtype=float)
    rows = [f"{region} {year}" for region, year in zip(shown["region"], shown["year"], strict=True)]
    left = min(0.25 + max(text_width(name, SMALL) for name in rows), 3.0)
    head, high, step = Sheet.column_label_height(names) + 0.05, _ROW * len(shown), (COLUMN - 0.1 - left) / len(names)
    note = style.say("regions.note", n=len(latest)) + (style.say("left_out", n=left_out) if left_out else "")
    sheet = Sheet(style, title, head + high + 0.5, note)
    sheet.label_columns(names, left, head, step)
    for place, name in enumerate(rows):
        sheet.text(left - 0.08, head + _ROW * (place + 0.5), wrap(name, left - 0.15, SMALL, 1)[0], ha="right")
    # Shaded by column: otherwise a theme with a long dictionary would leave the others pale.
    tallest = np.where(values.max(axis=0) > 0, values.max(axis=0), 1.0)
    sheet.shade_cells(sheet.axes(left, head, step * len(names), high), values, tallest, 1 if step > 0.5 else None)
    sheet.shade_key(0.3, head + high + 0.28, 1.4, style.say("column_largest"), style.say("share_of_report"))
    return sheet.figure


def matrix_chart(
    style: Style, key: str, pairs: pd.DataFrame, names: dict[str, str], order: Sequence[str], percent: bool
) -> Figure:
    """A value for each report (row) and each other report (column) that it was compared with.

    `key`, which chooses the texts, is `reuse` or `similarity`; `pairs` has report_id, other_id, value; `names` are the short
    names of reports, whose `order` is that of rows and columns. Values are shown in per cent if they are shares (`percent`).
    """
    title = style.say(f"{key}.title")
    if not len(pairs):
        return message_figure(style, title, [style.say("no_pairs")])
    compared = [report for report in order if (pairs[["report_id", "other_id"]] == report).any(axis=None)]
    shown, left_out = compared[:MOST_REPORTS], len(compared[MOST_REPORTS:])
    wide = pairs.pivot_table(index="report_id", columns="other_id", values="value", aggfunc="max")
    values = (100 if percent else 1) * wide.reindex(index=shown, columns=shown).to_numpy(dtype=float)
    rows = [wrap(names[report], 2.3, SMALL, 1)[0] for report in shown]
    left = 0.25 + max(text_width(row, SMALL) for row in rows)
    step = min((COLUMN - 0.1 - left) / len(shown), 0.7)
    head, high = left, step * len(shown)
    note = style.say(f"{key}.note", n=len(pairs)) + (style.say("left_out", n=left_out) if left_out else "")
    sheet = Sheet(style, title, head + high + 0.9, note)
    axes = sheet.axes(left, head, high, high)
    axes.set_facecolor("#eceff2")
    for place, row in enumerate(rows):
        sheet.text(left - 0.08, head + step * (place + 0.5), row, ha="right")
        sheet.text(left + step * (place + 0.5), head - 0.06, row, rotation=90, ha="center", va="bottom")
    largest = float(np.nanmax(values)) or 1.0
    sheet.shade_cells(axes, values, largest, (0 if percent else 2) if step > 0.45 else None)
    sheet.shade_key(0.3, head + high + 0.28, 1.2, largest, style.say("reused" if percent else "cosine"))
    sheet.swatches(head + high + 0.62, [("#eceff2", style.say("not_compared"))], 0.3)
    return sheet.figure
