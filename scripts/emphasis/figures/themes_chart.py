"""Themes of the review and of the plan of a report, as pairs of points."""

from __future__ import annotations

import pandas as pd
from matplotlib.figure import Figure

from emphasis.figures.style import COLUMN, NEUTRAL, PLAIN, PLAN, REVIEW, RULE, Sheet, Style, message_figure, text_width
from emphasis.measures.themes import DEFAULT

_ROW = 0.5
_MARKERS = {"whole": ("D", NEUTRAL), "review": ("o", REVIEW), "plan": ("s", PLAN)}


def review_and_plan(themes: pd.DataFrame) -> pd.DataFrame:
    """Share of each theme in the parts that have text, in per cent: a row for each theme, a column for each part.

    Rows are sorted by the plan, or by the review if there is no plan, largest first. A report with neither part has the
    column `whole`. `themes` is as in themes.csv, of one report.
    """
    own = themes[(themes["definition"] == DEFAULT) & themes["value"].notna()]
    wide = 100 * own.pivot(index="theme", columns="part", values="value")
    parts = [part for part in ("review", "plan") if part in wide] or [part for part in ("whole",) if part in wide]
    if not parts:
        return wide.iloc[:0]
    return wide[parts].sort_index().sort_values(parts[-1], ascending=False, kind="stable")


def themes_chart(style: Style, title: str, themes: pd.DataFrame, labels: dict[str, str]) -> Figure:
    """The pairs of `review_and_plan` on one scale from 0."""
    table = review_and_plan(themes)
    if not len(table):
        return message_figure(style, title, [style.say("no_themes")])
    words = themes[themes["definition"] == DEFAULT].groupby("part")["denominator"].max().fillna(0)
    parts = list(table.columns)
    note = style.say("themes.note", n_review=f"{words.get('review', 0):,.0f}", n_plan=f"{words.get('plan', 0):,.0f}")
    for missing in {"review", "plan"} - set(parts):
        note += style.say("themes.one_part", part=style.say(missing))
    high = _ROW * len(table)
    sheet = Sheet(style, title, 0.3 + high + 0.85, note)
    names = [labels.get(theme, theme) for theme in table.index]
    left = min(0.33 + max(text_width(name, PLAIN) for name in names), 3.6)
    axes = sheet.axes(left, 0.3, COLUMN - left - 0.3, high)
    for place, (name, row) in enumerate(zip(names, table.to_numpy(), strict=True)):
        sheet.text(left - 0.2, 0.3 + _ROW * (place + 0.5), name, PLAIN, ha="right")
        ends = [row.min(), row.max()]
        axes.plot(ends, [place + 0.5] * 2, color=RULE, linewidth=2.2, solid_capstyle="round", zorder=1)
    for part in parts:
        marker, colour = _MARKERS[part]
        axes.plot(
            table[part], [place + 0.5 for place in range(len(table))], marker, color=colour, markersize=4.2, zorder=2,
            markerfacecolor="white" if part == "review" else colour, markeredgewidth=1.1, label=style.say(part), clip_on=False,
        )  # fmt: skip
    axes.set_ylim(len(table), 0)
    sheet.value_axis(axes, max(float(table.max().max()), 0.01), style.say("share"))
    axes.legend(
        loc="lower right", bbox_to_anchor=(1.0, 0.02), frameon=True, framealpha=1, edgecolor="none", prop=style.face(),
        handletextpad=0.3, borderpad=0.2,
    )  # fmt: skip
    return sheet.figure
