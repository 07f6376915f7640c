"""Reports beside those that they were compared with: text shared, similarity of vocabulary."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Literal

import pandas as pd

from emphasis.figures.axis import Scale
from emphasis.figures.look import COLUMN, FAINT, INK, PLAN, REVIEW, RULE, SMALL, Style
from emphasis.figures.sheet import Sheet, message_sheet
from emphasis.figures.strings import together

MOST_ROWS = 48
"""Reports, at most."""

_ROW, _HEAD = 0.34, 0.42
_RELATIONS: dict[str, tuple[Literal["circle", "square", "diamond"], str]] = {
    "year before": ("circle", PLAN), "superior": ("square", REVIEW), "neighbour": ("diamond", "#6baed6"),
}  # fmt: skip
_SAME = {"superior later": "superior"}


def pairs_chart(
    style: Style, key: str, pairs: pd.DataFrame, names: Mapping[str, str], order: Sequence[str], percent: bool
) -> Sheet:
    """A row for each report with a mark for each other report it was compared with, and the name of the nearest of them.

    Parameters
    ----------
    key : str
        Chooses the texts: `reuse` or `similarity`.
    pairs : DataFrame
        report_id, other_id, relation, value.
    names : mapping of str to str
        Short names of reports.
    order : sequence of str
        The order of rows.
    percent : bool
        Whether values are shares, to be shown in per cent.
    """
    title = style.say(f"{key}.title")
    pairs = pairs[pairs["value"].notna()]
    if not len(pairs):
        return message_sheet(style, title, [style.say("no_pairs")])
    compared = set(pairs["report_id"])
    shown = [report for report in order if report in compared]
    left_out = len(shown[MOST_ROWS:])
    shown = shown[:MOST_ROWS]
    own = pairs[pairs["report_id"].isin(shown)]
    own = own.assign(
        value=(100 if percent else 1) * own["value"].astype(float), relation=own["relation"].astype(str).replace(_SAME)
    )
    more = style.say("left_out", n=left_out) if left_out else ""
    note = together(style.language, style.say(f"{key}.note", n=len(pairs)), more)
    high = _ROW * len(shown)
    sheet = Sheet(style, title, _HEAD + high + 0.85, note)
    at = 0.2
    for relation in (relation for relation in _RELATIONS if (own["relation"] == relation).any()):
        sheet.mark(at, 0.12, *_RELATIONS[relation], 3.4)
        sheet.text(at + 0.14, 0.12, style.say(f"relation.{relation}"))
        at += sheet.swatch_width(style.say(f"relation.{relation}"))
    rows = [style.wrap(names[report], 2.3, SMALL, 1)[0] for report in shown]
    left = 0.3 + max(style.width(row, SMALL) for row in rows)
    nearest = own.sort_values(["value", "other_id"], ascending=[False, True], kind="stable").drop_duplicates(
        "report_id"
    )
    nearest_names = {
        r: names.get(other, other) for r, other in zip(nearest["report_id"], nearest["other_id"], strict=True)
    }
    room = min(max(style.width(name, SMALL) for name in nearest_names.values()), 2.0)
    largest = float(own["value"].max()) or 1.0
    # Points need no zero: cosines of reports are all far from it.
    lowest = 0.0 if percent else math.floor(10 * float(own["value"].min())) / 10
    scale = Scale(lowest, largest + 0.03 * (largest - lowest) + 1e-6, left, COLUMN - room - 0.4)
    sheet.text(COLUMN - 0.1, _HEAD - 0.14, style.say(f"{key}.nearest"), colour=FAINT, align="right")
    for place, (report, row) in enumerate(zip(shown, rows, strict=True)):
        y = _HEAD + _ROW * (place + 0.5)
        sheet.text(left - 0.15, y, row, align="right")
        sheet.line(left, y, scale.end, y, RULE, 0.3)
        (cut,) = style.wrap(nearest_names[report], room, SMALL, 1)
        sheet.text(COLUMN - 0.1, y, cut, colour=INK, align="right")
        for relation, mark in reversed(_RELATIONS.items()):
            for value in own.loc[(own["report_id"] == report) & (own["relation"] == relation), "value"]:
                sheet.mark(scale.at(value), y, *mark, 3.2, hollow=relation == "neighbour")
    sheet.value_axis(scale, _HEAD + high, style.say("reused" if percent else "cosine"))
    return sheet
