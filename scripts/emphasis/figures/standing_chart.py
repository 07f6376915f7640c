"""Where a report stands among its peers: a strip for each measure, with the middle of the peers as its yardstick."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import pandas as pd

from emphasis.figures.cloud_words import peers_name
from emphasis.figures.look import FAINT, INK, PAGE, PLAIN, PLAN, REVIEW, RULE, SMALL, Style, shade
from emphasis.figures.sheet import Sheet, message_sheet
from emphasis.reference.standing import last_rank

_ROW, _HEAD, _GROUP_GAP = 0.34, 0.4, 0.22
_LABEL, _STRIP, _VALUE, _MEDIAN, _RANK = 3.05, 5.1, 6.15, 7.2, 8.4
_BAND = (0.3, 0.7)  # Where the range of the peers lies in a strip.
_PARTS = {"target": ("plan",), "structure": ("whole", "review", "plan")}
_GROUPS = ("theme", "area", "topic", "target", "structure")
_COUNTS = {"n_tokens": "{:,.0f}", "sentence_mean": "{:.1f}", "mattr": "{:.3f}"}


@dataclass(frozen=True)
class Names:
    """What measures are called in the language of a picture, each group in its order; a measure without a name is its own.

    Attributes
    ----------
    themes, areas, targets : mapping of str to str
    units : mapping of str to str
        The unit of each target.
    """

    themes: Mapping[str, str]
    areas: Mapping[str, str]
    targets: Mapping[str, str]
    units: Mapping[str, str]


def grouped_measures(standing: pd.DataFrame, names: Names) -> dict[str, pd.DataFrame]:
    """The rows of standing.csv of one report that are shown, by kind, in the order of their names, with the column `name`.

    Topics are shown where policy areas have no peers: both say how much of a report a subject takes.
    """
    out = {}
    orders = {"theme": names.themes, "area": names.areas, "target": names.targets}
    for kind in _GROUPS:
        own = standing[(standing["kind"] == kind) & standing["part"].isin(_PARTS.get(kind, ("whole",)))]
        if kind in orders:
            own = own[own["measure"].isin(list(orders[kind]))]
            order = {measure: place for place, measure in enumerate(orders[kind])}
            own = own.assign(name=own["measure"].map(orders[kind]), place=own["measure"].map(order)).sort_values(
                "place"
            )
        else:
            own = own.assign(name=own["measure"])
        if len(own) and not (kind == "topic" and "area" in out):
            out[kind] = own
    return out


def standing_chart(style: Style, title: str, standing: pd.DataFrame, names: Names) -> Sheet:
    """Groups of strips in two columns over the width of a page.

    Each strip is scaled so that the middle 90 % of the peers are the same band in all of them: whether a report lies in it or beyond
    is seen at once, values stand beside it.
    """
    groups = grouped_measures(standing, names)
    if not groups:
        return message_sheet(style, title, [style.say("no_peers")])
    heights = {kind: _HEAD + _ROW * len(rows) + _GROUP_GAP for kind, rows in groups.items()}
    columns = _balanced(heights)
    first = next(iter(groups.values())).iloc[0]
    note = style.say("standing.note", peers=peers_name(str(first["peers"]), style.language), n=first["n_peers"])
    high = max(sum(heights[kind] for kind in column) for column in columns)
    sheet = Sheet(style, title, 0.4 + high - _GROUP_GAP, note, columns=PAGE)
    _draw_key(sheet)
    for place, column in enumerate(columns):
        left, top = 0.1 + PAGE / 2 * place, 0.4
        for kind in column:
            _draw_group(sheet, left, top, kind, groups[kind], names)
            top += heights[kind]
    return sheet


def _balanced(heights: Mapping[str, float]) -> list[list[str]]:
    """The groups in two columns, in their order in each, so that the longer column is as short as it can be."""
    kinds = list(heights)
    choices = (set(chosen) for n in range(len(kinds)) for chosen in combinations(kinds[1:], n))
    total = sum(heights.values())
    right = min(choices, key=lambda some: max(part := sum(heights[k] for k in some), total - part))
    return [[k for k in kinds if k not in right], [k for k in kinds if k in right]]


def _draw_key(sheet: Sheet) -> None:
    style, at, y = sheet.style, 0.1, 0.12
    sheet.rect(at, y - 0.1, 0.5, 0.2, shade(0.2))
    sheet.line(at + 0.28, y - 0.1, at + 0.28, y + 0.1, INK, 0.8)
    for key in ("standing.band", "standing.within", "standing.beyond", "standing.interval"):
        mark = key.rpartition(".")[2]
        if mark == "interval":
            sheet.line(at, y, at + 0.5, y, FAINT, 0.7)
        elif mark != "band":
            sheet.mark(at + 0.42, y, *_mark(mark == "beyond"), 3.6)
        sheet.text(at + 0.6, y, style.say(key))
        at += 0.6 + style.width(style.say(key), SMALL) + 0.35


def _mark(beyond: bool) -> tuple[Any, str]:
    return ("diamond", PLAN) if beyond else ("circle", REVIEW)


def _draw_group(sheet: Sheet, left: float, top: float, kind: str, rows: pd.DataFrame, names: Names) -> None:
    style = sheet.style
    sheet.text(left, top + 0.18, style.say(f"standing.{kind}"), PLAIN)
    for right, key in ((_VALUE, "standing.own"), (_MEDIAN, "standing.median"), (_RANK, "standing.rank")):
        sheet.text(left + right - 0.1, top + 0.18, style.say(key), colour=FAINT, align="right")
    sheet.line(left, top + _HEAD - 0.04, left + _RANK - 0.1, top + _HEAD - 0.04, FAINT, 0.5)
    for place, row in enumerate(rows.to_dict("records")):
        y = top + _HEAD + _ROW * (place + 0.5)
        name = row["name"]
        if kind == "structure":
            key = "structure." + (f"{row['measure']}_{row['part']}" if row["measure"] == "share" else row["measure"])
            name = style.say(key)
        (cut,) = style.wrap(name, _LABEL - 0.2, SMALL, 1)
        sheet.text(left + _LABEL - 0.15, y, cut, align="right")
        _draw_strip(sheet, left + _LABEL, left + _STRIP, y, row)
        unit = names.units.get(row["measure"], "") if kind == "target" else ""
        for right, value in ((_VALUE, row["value"]), (_MEDIAN, row["peer_median"])):
            sheet.text(left + right - 0.1, y, printed(style, kind, row["measure"], value, unit), align="right")
        sheet.text(left + _RANK - 0.1, y, _place(row), align="right")


def _place(row: Mapping[Any, Any]) -> str:
    first, n_peers = int(row["rank"]), int(row["n_peers"])
    last = last_rank(first, row["percentile"], n_peers)
    return f"{first}{f'–{last}' * (last > first)}/{n_peers + 1}"


def _draw_strip(sheet: Sheet, start: float, end: float, y: float, row: Mapping[Any, Any]) -> None:
    low, high = row["peer_low"], row["peer_high"]

    def at(value: float) -> float:
        part = strip_place(value, low, high)
        return start + min(max(part, 0.02), 0.98) * (end - start)

    sheet.line(start, y, end, y, RULE, 0.3)
    sheet.rect(at(low), y - 0.11, max(at(high) - at(low), 0.03), 0.22, shade(0.2))
    median = at(row["peer_median"])
    sheet.line(median, y - 0.11, median, y + 0.11, INK, 0.8)
    if not math.isnan(row["low"]):
        sheet.line(at(row["low"]), y, at(row["high"]), y, FAINT, 0.7)
    sheet.mark(at(row["value"]), y, *_mark(not low <= row["value"] <= high), 3.6)


def strip_place(value: float, low: float, high: float) -> float:
    """The place of a value in a strip from 0 to 1, in which the range of the peers from `low` to `high` is the middle.

    Where all peers are equal, other values lie near the ends.
    """
    if high > low:
        return _BAND[0] + (_BAND[1] - _BAND[0]) * (value - low) / (high - low)
    return 0.5 if value == low else 0.9 if value > low else 0.1


def printed(style: Style, kind: str, measure: str, value: float, unit: str) -> str:
    """A value as it is printed: shares in per cent, counts and targets in their units."""
    if kind == "target":
        return _quantity(style, value, unit)
    if measure in _COUNTS:
        return _COUNTS[measure].format(value)
    return f"{100 * value:.{1 if value >= 0.1 else 2}f}%"


def _quantity(style: Style, value: float, unit: str) -> str:
    if unit == "%":
        return f"{value:.3g}%"
    for size, word in ((1e8, "亿"), (1e4, "万")):
        if style.language == "zh" and abs(value) >= size:
            return f"{value / size:.4g}{word}{unit}"
    if abs(value) >= 1e6:
        return f"{value / 1e6:.3g} M"
    return f"{value:,.4g}" if abs(value) < 1e4 else f"{value:,.0f}"


def target_names(variables: Sequence[Any], language: str) -> tuple[dict[str, str], dict[str, str]]:
    """Names and units of the targets in config/panel_targets.tsv, by variable."""
    names, units = {}, {}
    for variable in variables:
        english = variable.label.partition(" (")[0]
        cut = variable.name.endswith("_cut")
        growth = "" if variable.measure != "growth_rate" else "下降" if cut else "增长"
        names[variable.name] = variable.canonical + growth if language == "zh" else english[:1].upper() + english[1:]
        units[variable.name] = variable.unit
    return names, units
