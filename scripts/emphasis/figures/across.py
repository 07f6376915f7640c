"""Several reports compared: themes over the years and by region."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from emphasis.figures.axis import Scale, round_ticks
from emphasis.figures.look import COLUMN, FAINT, INK, LINES, PLAIN, RULE, SMALL, Style, ink_on, paler, shade
from emphasis.figures.sheet import Sheet, column_label_height, message_sheet
from emphasis.figures.strings import together
from emphasis.measures.best_report import best_first
from emphasis.measures.report_pairs import placed_reports
from emphasis.measures.themes import DEFAULT

MOST_LINES = len(LINES)
"""Regions with a line of their own; there are no more distinct colours."""

MOST_ROWS = 48
_PANEL, _ROW, _LEVEL = 2.2, 0.34, 0.42
_WIDE_ENOUGH = 0.5  # For a number in a cell, in cm.
_NATION, _OTHERS = INK, paler(FAINT, 0.5)  # Lines of the nation, and of regions without a colour.
LEVELS = ("national", "province", "prefecture", "county")
"""Administrative levels, the highest first."""


def theme_panel(reports: pd.DataFrame, themes: pd.DataFrame) -> pd.DataFrame:
    """Share of each theme in whole reports, in per cent: place, region, level, year, report_id, a column for each theme.

    Of several reports for one region and year the one that stands for it is used, as in the panel. Levels are their place in `LEVELS`.
    """
    ranks = {level: place for place, level in enumerate(LEVELS)}
    known = best_first(placed_reports(reports)).drop_duplicates(["place", "year"])
    known = known.assign(level=known["region_level"].map(ranks).fillna(len(LEVELS)).astype(int))
    own = themes[(themes["part"] == "whole") & (themes["definition"] == DEFAULT) & themes["value"].notna()]
    wide = 100 * own.pivot(index="report_id", columns="theme", values="value")
    table = known[["place", "region", "level", "year", "report_id"]].merge(wide.reset_index(), on="report_id")
    return table.sort_values(["level", "place", "year"], ignore_index=True)


def trends_chart(style: Style, title: str, panel: pd.DataFrame, labels: Mapping[str, str]) -> Sheet:
    """A panel for each theme, in two columns; a coloured line for each of the regions with most years, pale ones for the others.

    Years without a report are gaps. The nation is black and dashed.
    """
    themes = [theme for theme in labels if theme in panel]
    years = panel.groupby("place")["year"].nunique()
    ranked = sorted(years[years > 1].index, key=lambda place: (-years[place], place))
    if not ranked or not themes:
        return message_sheet(style, title, [style.say("no_years")])
    regions = panel.drop_duplicates("place", keep="last").set_index("place")
    colours = _line_colours([(place, int(regions.loc[place, "level"]) == 0) for place in ranked])
    legend = [(colour, str(regions.loc[place, "region"])) for place, colour in colours.items()]
    others = [place for place in years.index if place not in colours]
    legend += [(_OTHERS, style.say("other_regions"))] if others else []
    places = legend_places(style, legend)
    head = 0.32 * (1 + places[-1][1])
    rows = (len(themes) + 1) // 2
    sheet = Sheet(style, title, head + 0.1 + _PANEL * rows, style.say("trends.note", reports=len(panel)))
    for (colour, words), (left, line) in zip(legend, places, strict=True):
        sheet.swatches(0.12 + 0.32 * line, [(colour, words)], left)
    first, last = int(panel["year"].min()), int(panel["year"].max())
    margin = max((last - first) * 0.03, 0.3)
    for place, theme in enumerate(themes):
        left, top = 0.75 + (COLUMN / 2) * (place % 2), head + _PANEL * (place // 2) + 0.45
        x = Scale(first - margin, last + margin, left, left + COLUMN / 2 - 1.0)
        y = Scale(0.0, 1.08 * (float(panel[theme].max()) or 1.0), top + _PANEL - 0.85, top)
        sheet.text(left - 0.6, top - 0.2, labels[theme], PLAIN)
        for tick in round_ticks(0.0, y.high, 4, (1, 2, 2.5, 5)):
            sheet.line(x.start, y.at(tick), x.end, y.at(tick), RULE, 0.3)
            sheet.text(x.start - 0.08, y.at(tick), f"{tick:g}", align="right")
        ticks = sorted({first, last, *([(first + last) // 2] if last - first > 3 else [])})
        sheet.axis(x, y.start, [(year, str(year)) for year in ticks])
        for region in [*others, *reversed(colours)]:
            own = panel[panel["place"] == region]
            points = [(x.at(year), y.at(value), year) for year, value in zip(own["year"], own[theme], strict=True)]
            _draw_line(sheet, points, colours.get(region))
    return sheet


def _line_colours(ranked: Sequence[tuple[str, bool]]) -> dict[str, str]:
    """The colour of each place that has one; the nation's is its own."""
    free = [colour for colour in LINES if colour not in (INK, "#000000")]
    chosen = [place for place, nation in ranked if not nation][: len(free)]
    out = {place: _NATION for place, nation in ranked if nation}
    return out | dict(zip(chosen, free, strict=False))


def _draw_line(sheet: Sheet, points: Sequence[tuple[float, float, int]], colour: str | None) -> None:
    """Lines between consecutive years, and points; a year without a report is a gap."""
    run: list[tuple[float, float]] = []
    before = None
    for x, y, year in points:
        if before is not None and year != before + 1:
            _draw_run(sheet, run, colour)
            run = []
        run.append((x, y))
        before = year
    _draw_run(sheet, run, colour)
    if colour:
        for x, y, _ in points:
            sheet.circle(x, y, 0.032, colour)


def _draw_run(sheet: Sheet, run: Sequence[tuple[float, float]], colour: str | None) -> None:
    if len(run) > 1:
        dash = (3.0, 1.6) if colour == _NATION else ()
        sheet.polyline(run, colour or _OTHERS, 0.9 if colour else 0.5, dash=dash)
    elif run and not colour:
        sheet.circle(*run[0], 0.022, _OTHERS)


def legend_places(style: Style, legend: Sequence[tuple[str, str]]) -> list[tuple[float, int]]:
    """Position of each entry of a legend: its distance from the left in cm, and its line."""
    places, left, line = [], 0.1, 0
    for _, words in legend:
        wide = 0.28 + style.width(words, SMALL) + 0.35
        if left > 0.1 and left + wide - 0.35 > COLUMN - 0.1:
            left, line = 0.1, line + 1
        places.append((left, line))
        left += wide
    return places


def sorted_regions(panel: pd.DataFrame, themes: Sequence[str]) -> tuple[pd.DataFrame, str]:
    """The latest report of each region, level by level, and the theme that sorts the regions of a level.

    That is the theme in which regions of one level differ the most: the largest standard deviation within levels for its mean.
    """
    latest = panel.drop_duplicates("place", keep="last")
    values = latest[list(themes)].astype(float)
    within = values - values.groupby(latest["level"]).transform("mean")
    spread = ((within**2).mean() ** 0.5 / values.mean().where(values.mean() > 0)).fillna(0.0).round(6)
    theme = str(spread.idxmax())
    return latest.sort_values(["level", theme, "place"], ascending=[True, False, True], ignore_index=True), theme


def regions_chart(style: Style, title: str, panel: pd.DataFrame, labels: Mapping[str, str]) -> Sheet:
    """The latest report of each region: level by level a row for each region, a column for each theme, values in the cells.

    Cells are shaded by column and level, so that a region is compared with others of its kind.
    """
    themes = [theme for theme in labels if theme in panel]
    if not len(panel) or not themes:
        return message_sheet(style, title, [style.say("no_regions")])
    latest, sorting = sorted_regions(panel, themes)
    shown, left_out = latest.head(MOST_ROWS), max(len(latest) - MOST_ROWS, 0)
    names = [labels[theme] for theme in themes]
    rows = [f"{region} {year}" for region, year in zip(shown["region"], shown["year"], strict=True)]
    left = min(0.35 + max(style.width(name, SMALL) for name in rows), 3.0)
    head, step = column_label_height(style, names) + 0.35, (COLUMN - 0.1 - left) / len(names)
    groups = [own for _, own in shown.groupby("level", sort=True)]
    high = sum(_LEVEL + _ROW * len(own) for own in groups)
    more = style.say("left_out", n=left_out) if left_out else ""
    note = together(style.language, style.say("regions.note", n=len(latest), theme=labels[sorting]), more)
    sheet = Sheet(style, title, head + high + 0.5, note)
    sheet.label_columns(names, left, head - 0.25, step)
    place = themes.index(sorting)
    sheet.text(left + step * (place + 0.5), head - 0.12, "▼", SMALL, FAINT, align="center")
    y = head
    for own in groups:
        level = int(own["level"].iloc[0])
        words = style.say(f"levels.{LEVELS[level]}" if level < len(LEVELS) else "levels.other")
        sheet.text(0.1, y + _LEVEL / 2, words, PLAIN)
        y += _LEVEL
        _draw_cells(sheet, left, y, step, own[themes].to_numpy(dtype=float))
        for number, name in enumerate(rows[own.index[0] : own.index[-1] + 1]):
            (cut,) = style.wrap(name, left - 0.2, SMALL, 1)
            sheet.text(left - 0.08, y + _ROW * (number + 0.5), cut, align="right")
        y += _ROW * len(own)
    _draw_key(sheet, y + 0.28)
    return sheet


def _draw_cells(sheet: Sheet, left: float, top: float, step: float, values: np.ndarray) -> None:
    """Values of one level, each column shaded from its lowest to its highest; one region alone is not shaded."""
    for column in range(values.shape[1]):
        own = values[:, column]
        known = own[~np.isnan(own)]
        low, span = (known.min(), known.max() - known.min()) if len(known) else (0.0, 0.0)
        for row, value in enumerate(own):
            if np.isnan(value):
                continue
            colour = shade((value - low) / span) if span > 0 else "#ffffff"
            x, y = left + step * column, top + _ROW * row
            sheet.rect(x, y, step, _ROW, colour, edge="#ffffff" if span > 0 else RULE, width=0.4)
            if step > _WIDE_ENOUGH:
                sheet.text(x + step / 2, y + _ROW / 2, f"{value:.1f}", SMALL, ink_on(colour), align="center")


def _draw_key(sheet: Sheet, y: float) -> None:
    style, wide = sheet.style, 1.4
    low, high = style.say("column_lowest"), style.say("column_largest")
    left = 0.1 + style.width(low, SMALL) + 0.08
    for i in range(32):
        sheet.rect(left + wide * i / 32, y - 0.1, wide - wide * i / 32, 0.2, shade((i + 0.5) / 32))
    sheet.text(0.1, y, low, SMALL, FAINT)
    sheet.text(left + wide + 0.08, y, high, SMALL, FAINT)
    sheet.text(left + wide + 0.3 + style.width(high, SMALL), y, style.say("share_of_report"), SMALL, FAINT)
