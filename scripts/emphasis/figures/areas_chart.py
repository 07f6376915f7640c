"""A report from its first to its last sentence by policy area, and the share of each area beside the peers."""

from __future__ import annotations

import numpy as np
import pandas as pd

from emphasis.figures.axis import Scale
from emphasis.figures.look import COLOURS, FAINT, INK, NEUTRAL, PAGE, RULE, SMALL, Style, shade
from emphasis.figures.sheet import Sheet, message_sheet
from emphasis.figures.strings import together

_ROW, _HEAD = 0.34, 0.85
_WIDEST, _RIBBON, _SHARES = 3.5, 11.4, 12.0  # The labels of rows, at most; where the ribbon ends and the shares begin.
_THINNEST = 0.035
_NONE = "0"


def area_names(areas: pd.DataFrame, language: str) -> dict[str, str]:
    """The name of each area in areas.csv, in the order of the scheme: 1, 2, ..., 15a, ..., 23, and 0 for sentences without one.

    An area in parts, which is their sum, has no name here.
    """
    rows = areas.drop_duplicates("area")
    names = dict(zip(rows["area"].astype(str), rows["area_en" if language == "en" else "area_zh"], strict=True))
    sums = {area[:-1] for area in names if area[-1].isalpha()}
    order = sorted(names.keys() - sums, key=lambda area: (area == _NONE, int(area.rstrip("abcd")), area))
    return {area: names[area] for area in order}


def shown_areas(areas: pd.DataFrame, coded: pd.DataFrame) -> pd.DataFrame:
    """The areas of one report's sentences with their shares of the whole report, the largest first and sentences without one last.

    Of an area in parts the parts are shown and not their sum. `areas` and `coded` are rows of areas.csv and corpus/areas.parquet.
    """
    whole = areas[(areas["part"] == "whole") & areas["area"].isin(coded["area"])]
    return whole.assign(none=whole["area"] == _NONE).sort_values(
        ["none", "share", "area"], ascending=[True, False, True], ignore_index=True
    )


def areas_chart(
    style: Style, title: str, sections: pd.DataFrame, coded: pd.DataFrame, areas: pd.DataFrame, standing: pd.DataFrame
) -> Sheet:
    """A row for each area: its sentences where they stand in the report, and its share with interval and the peers' range.

    Parameters
    ----------
    sections, coded, areas, standing : DataFrame
        As in sections.csv, corpus/areas.parquet, areas.csv and standing.csv, of one report.
    """
    shown = shown_areas(areas, coded)
    if not len(shown):
        return message_sheet(style, title, [style.say("no_areas")])
    peers = standing[(standing["kind"] == "area") & (standing["part"] == "whole")].set_index("measure")
    peers = peers.reindex(shown["area"])
    beside = bool(peers["peer_median"].notna().any())
    names = area_names(areas, style.language)
    absent = [names[area] for area in names if area not in set(coded["area"])]
    lacking = style.say("areas.absent", areas=style.say("comma").join(absent)) if absent else ""
    bands = style.say("areas.peers") if beside else ""
    note = together(style.language, style.say("areas.note", n=len(coded)), bands, lacking)
    high = _ROW * len(shown)
    sheet = Sheet(style, title, _HEAD + high + 0.85, note, columns=PAGE)
    last = int(max(coded["end"].max(), 1))
    left = 0.3 + min(max(style.width(names[area], SMALL) for area in shown["area"]), _WIDEST)
    text = Scale(0.0, float(last), left, _RIBBON)
    used = _draw_sections(sheet, text, sections, high)
    sheet.swatches(0.12, [(COLOURS.get(role, NEUTRAL), style.say(role)) for role in used])
    places = {area: _HEAD + _ROW * place for place, area in enumerate(shown["area"])}
    for area, top in places.items():
        (name,) = style.wrap(names[area], left - 0.28, SMALL, 1)
        sheet.text(left - 0.12, top + _ROW / 2, name, align="right")
        sheet.line(0.1, top + _ROW, PAGE - 0.1, top + _ROW, RULE, 0.3)
    roles = _roles(sections, coded)
    for area, start, end, role in zip(coded["area"], coded["start"], coded["end"], roles, strict=True):
        at = text.at(start)
        sheet.rect(at, places[area] + 0.05, max(text.at(end) - at, _THINNEST), _ROW - 0.1, COLOURS.get(role, NEUTRAL))
    _draw_shares(sheet, shown, peers, high)
    sheet.text((left + _RIBBON) / 2, _HEAD + high + 0.25, style.say("areas.direction"), colour=FAINT, align="center")
    return sheet


def _top_sections(sections: pd.DataFrame) -> pd.DataFrame:
    return sections[~sections["parent_id"].isin(sections["section_id"])].sort_values("start", kind="stable")


def _roles(sections: pd.DataFrame, coded: pd.DataFrame) -> list[str]:
    """The role of the innermost section that each sentence stands in; "other" outside review and plan."""
    ordered = sections.sort_values(["start", "level"], kind="stable")
    place = np.searchsorted(ordered["start"].to_numpy(), coded["start"].to_numpy(), side="right") - 1
    found = ordered["role"].astype(str).to_numpy()[np.maximum(place, 0)]
    return [role if role in COLOURS else "other" for role in found]


def _draw_sections(sheet: Sheet, text: Scale, sections: pd.DataFrame, high: float) -> list[str]:
    """Rules where sections begin, and names of those that have room; returns the roles that have a colour."""
    bottom = _HEAD + high
    headed = sections[sections["level"] > 0]
    for level, colour, width in ((2, RULE, 0.3), (1, FAINT, 0.6)):
        for start in headed.loc[headed["level"] == level, "start"]:
            sheet.line(text.at(start), _HEAD, text.at(start), bottom, colour, width)
    sheet.line(text.start, _HEAD, PAGE - 0.1, _HEAD, FAINT, 0.5)
    taken = {1: -1.0, 2: -1.0}
    for number, heading, level, start, end in headed[["number", "heading", "level", "start", "end"]].itertuples(
        index=False
    ):
        if level not in taken:
            continue
        words = f"{number}{heading}" if level == 1 else str(number).strip("()（）")
        room = text.at(min(end, text.high)) - text.at(start) - 0.08
        wide = sheet.style.width(words, SMALL)
        at = text.at(start) + 0.04
        if words and (wide <= room + 0.1 or level == 1) and at > taken[level]:
            (cut,) = sheet.style.wrap(words, max(room, 0.5), SMALL, 1)
            sheet.text(at, _HEAD - (0.4 if level == 1 else 0.14), cut, colour=INK if level == 1 else FAINT)
            taken[level] = at + sheet.style.width(cut, SMALL)
    roles = _top_sections(sections)["role"].astype(str)
    return [role for role in COLOURS if (roles == role).any()] + (
        ["other"] if not roles.isin(list(COLOURS)).all() else []
    )


def _draw_shares(sheet: Sheet, shown: pd.DataFrame, peers: pd.DataFrame, high: float) -> None:
    """Points with intervals, on the peers' range where it is known."""
    ends = pd.concat([shown["share"], shown["high"], peers["peer_high"]]).max()
    scale = Scale(0.0, 100 * float(ends) * 1.02, _SHARES, PAGE - 1.3)
    for place, row in enumerate(shown.to_dict("records")):
        y = _HEAD + _ROW * (place + 0.5)
        peer = peers.iloc[place]
        if not pd.isna(peer["peer_median"]):
            left, right = scale.at(100 * peer["peer_low"]), scale.at(100 * peer["peer_high"])
            sheet.rect(left, y - 0.1, max(right - left, 0.03), 0.2, shade(0.2))
            middle = scale.at(100 * peer["peer_median"])
            sheet.line(middle, y - 0.1, middle, y + 0.1, INK, 0.8)
        if not pd.isna(row["low"]):
            sheet.line(scale.at(100 * row["low"]), y, scale.at(100 * row["high"]), y, FAINT, 0.7)
        sheet.mark(scale.at(100 * row["share"]), y, "circle", INK, 2.8)
        sheet.text(PAGE - 0.15, y, f"{100 * row['share']:.1f}%", align="right")
    sheet.value_axis(scale, _HEAD + high, sheet.style.say("areas.share"))
