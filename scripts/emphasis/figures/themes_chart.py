"""Themes of the review and of the plan of a report, as pairs of points."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import pandas as pd

from emphasis.figures.axis import Scale
from emphasis.figures.look import COLUMN, NEUTRAL, PLAIN, PLAN, REVIEW, RULE, Style
from emphasis.figures.sheet import Sheet, message_sheet
from emphasis.figures.strings import together
from emphasis.measures.themes import DEFAULT

_ROW = 0.46
_MARKS: dict[str, tuple[Literal["circle", "square", "diamond"], str]] = {
    "whole": ("diamond", NEUTRAL), "review": ("circle", REVIEW), "plan": ("square", PLAN),
}  # fmt: skip


def review_and_plan(themes: pd.DataFrame, order: Mapping[str, str]) -> pd.DataFrame:
    """Share of each theme in the parts that have text, in per cent: a row for each theme, a column for each part.

    Rows are in the order of all charts, that of `order`. A report with neither part has the column `whole`. `themes` is as in
    themes.csv, of one report.
    """
    own = themes[(themes["definition"] == DEFAULT) & themes["value"].notna()]
    wide = 100 * own.pivot(index="theme", columns="part", values="value")
    parts = [part for part in ("review", "plan") if part in wide] or [part for part in ("whole",) if part in wide]
    if not parts:
        return wide.iloc[:0]
    return wide.loc[[theme for theme in order if theme in wide.index], parts]


def themes_chart(style: Style, title: str, themes: pd.DataFrame, labels: Mapping[str, str]) -> Sheet:
    """The pairs of `review_and_plan` on one scale from 0."""
    table = review_and_plan(themes, labels)
    if not len(table):
        return message_sheet(style, title, [style.say("no_themes")])
    words = themes[themes["definition"] == DEFAULT].groupby("part")["denominator"].max().fillna(0)
    parts = list(table.columns)
    sizes = {f"n_{part}": f"{words.get(part, 0):,.0f}" for part in ("review", "plan")}
    missing = [part for part in ("review", "plan") if part not in parts]
    lacking = [style.say("themes.one_part", part=style.say(part)) for part in missing]
    note = together(style.language, style.say("themes.note", **sizes), *lacking)
    head, high = 0.4, _ROW * len(table)
    sheet = Sheet(style, title, head + high + 0.85, note)
    names = [labels[theme] for theme in table.index]
    left = min(0.35 + max(style.width(name, PLAIN) for name in names), 3.6)
    scale = Scale(0.0, 1.02 * max(float(table.max().max()), 0.01), left, COLUMN - 0.3)
    at = 0.2
    for part in parts:
        kind, colour = _MARKS[part]
        sheet.mark(at, 0.14, kind, colour, hollow=part == "review")
        sheet.text(at + 0.16, 0.14, style.say(part))
        at += sheet.swatch_width(style.say(part))
    for place, (name, row) in enumerate(zip(names, table.to_numpy(dtype=float), strict=True)):
        y = head + _ROW * (place + 0.5)
        (cut,) = style.wrap(name, left - 0.3, PLAIN, 1)
        sheet.text(left - 0.2, y, cut, PLAIN, align="right")
        sheet.line(left, y, scale.end, y, RULE, 0.3)
        sheet.line(scale.at(row.min()), y, scale.at(row.max()), y, RULE, 2.2)
        for part, value in zip(parts, row, strict=True):
            kind, colour = _MARKS[part]
            sheet.mark(scale.at(value), y, kind, colour, hollow=part == "review")
    sheet.value_axis(scale, head + high, style.say("share"))
    return sheet
