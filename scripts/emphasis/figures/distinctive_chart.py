"""What a report stresses and what it leaves out, against its peers: a scatter with names, and a list."""

from __future__ import annotations

import math

import pandas as pd

from emphasis.figures.axis import Scale
from emphasis.figures.cloud_words import peers_name
from emphasis.figures.labels import box_about, nearest, needs_line, place_labels
from emphasis.figures.look import COLUMN, EM, FAINT, INK, PLAIN, RULE, SMALL, Style
from emphasis.figures.sheet import Sheet, message_sheet
from emphasis.figures.terms_chart import RARITY, rarity

MOST_DOTS, MOST_LABELS, MOST_MISSING = 90, 60, 18
"""Terms with a dot, terms that get a label where there is room, and missing terms that are listed."""

_HIGH, _HEAD, _LEFT, _RIGHT = 8.4, 0.75, 0.75, 0.15


def stressed_terms(distinctive: pd.DataFrame) -> pd.DataFrame:
    """The terms of the whole report that lists show and that it has more often than peers, the most distinctive first."""
    own = distinctive[(distinctive["part"] == "whole") & distinctive["rank"].notna() & (distinctive["ratio"] > 1)]
    return own.sort_values("rank", kind="stable").head(MOST_DOTS).assign(mark=rarity)


def distinctive_chart(style: Style, title: str, distinctive: pd.DataFrame, missing: pd.DataFrame) -> Sheet:
    """Terms by their rate and their shrunken ratio to the peers; below them the terms of most peers that the report has not.

    `distinctive` and `missing` are as in the tables, of one report.
    """
    shown = stressed_terms(distinctive)
    if not len(shown):
        return message_sheet(style, title, [style.say("no_peers")])
    first = shown.iloc[0]
    lists = _missing_lines(style, missing)
    note = style.say("distinctive.note", peers=peers_name(str(first["peers"]), style.language), n=first["n_peers"])
    bottom = _HEAD + _HIGH
    sheet = Sheet(style, title, bottom + 0.85 + (0.45 + 0.28 * len(lists) if lists else 0.0), note)
    colours = dict(RARITY)
    used = [mark for mark in colours if (shown["mark"] == mark).any()]
    sheet.swatches(0.12, [(colours[mark], style.say(f"mark.{mark}")) for mark in used])
    sheet.text(0.1, 0.48, style.say("ratio_to_peers"))
    x = _log_scale(shown["per_10k"], _LEFT + 1.0, COLUMN - _RIGHT - 0.75)
    y = _log_scale(shown["ratio"], bottom - 0.25, _HEAD + 0.3)
    for value, words in _ticks(y, (1.0, 1.2, 1.5, 1.75, 2.0, 2.5, 3.0, 4.0, 6.0, 8.0)):
        sheet.line(_LEFT - 0.07, y.at(value), _LEFT, y.at(value), FAINT, 0.5)
        sheet.text(_LEFT - 0.13, y.at(value), words, align="right")
    sheet.line(_LEFT, _HEAD, _LEFT, bottom, FAINT, 0.5)
    sheet.line(_LEFT, bottom, COLUMN - _RIGHT, bottom, FAINT, 0.5)
    for value, words in _ticks(x, (1, 2, 3, 5, 7, 10, 15, 20, 30, 50, 100, 200)):
        sheet.line(x.at(value), bottom, x.at(value), bottom + 0.07, FAINT, 0.5)
        sheet.text(x.at(value), bottom + 0.23, words, align="center")
    sheet.text((_LEFT + COLUMN - _RIGHT) / 2, bottom + 0.56, style.say("per_10k"), align="center")
    _draw_terms(
        sheet, shown, [(x.at(math.log(a)), y.at(math.log(b))) for a, b in shown[["per_10k", "ratio"]].to_numpy()]
    )
    if lists:
        top = bottom + 0.95
        sheet.line(0.1, top, COLUMN - 0.1, top, RULE)
        sheet.text(0.1, top + 0.2, style.say("missing_terms"), PLAIN)
        for number, line in enumerate(lists):
            sheet.text(0.1, top + 0.5 + 0.28 * number, line)
    return sheet


def _draw_terms(sheet: Sheet, shown: pd.DataFrame, points: list[tuple[float, float]]) -> None:
    colours = dict(RARITY)
    names = shown["term"].head(MOST_LABELS).tolist()
    types = [PLAIN + 0.5 if place < 10 else SMALL for place in range(len(names))]
    sizes = [(sheet.style.width(name, size) + 0.06, size * EM * 1.1) for name, size in zip(names, types, strict=True)]
    room = (_LEFT + 0.05, _HEAD, COLUMN - 0.1, _HEAD + _HIGH - 0.05)
    found = place_labels(points[: len(names)], sizes, room, points)
    for point, place, size in zip(points, found, sizes, strict=False):
        if place and needs_line(point, box := box_about(place, size)):
            sheet.line(*point, *nearest(point, box), FAINT, 0.3)
    for point, mark in zip(points, shown["mark"], strict=True):
        sheet.mark(*point, "circle", colours[mark], 2.2)
    for name, place, points_high in zip(names, found, types, strict=True):
        if place:
            sheet.text(*place, name, points_high, INK, align="center")


def _log_scale(values: pd.Series[float], start: float, end: float) -> Scale:
    lowest, highest = values.min(), values.max()
    return Scale(math.log(lowest), math.log(max(highest, 1.5 * lowest)), start, end)


def _ticks(scale: Scale, values: tuple[float, ...]) -> list[tuple[float, str]]:
    return [(math.log(v), f"{v:g}") for v in values if scale.low - 0.02 <= math.log(v) <= scale.high + 0.02]


def _missing_lines(style: Style, missing: pd.DataFrame) -> list[str]:
    """The first missing terms with the share of peers that have them, in lines."""
    own = missing[(missing["part"] == "whole") & missing["rank"].notna()].sort_values("rank", kind="stable")
    words = [f"{term} {100 * share:.0f}%" for term, share in own.head(MOST_MISSING)[["term", "peers_with"]].to_numpy()]
    lines: list[str] = []
    for word in words:
        longer = f"{lines[-1]}   {word}" if lines else word
        if lines and style.width(longer, SMALL) <= COLUMN - 0.2:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines
