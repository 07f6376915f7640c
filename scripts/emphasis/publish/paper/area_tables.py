"""The table that a paper prints of a report's attention to policy areas: the whole, review and plan, with intervals."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from emphasis.publish.paper.kit_words import WORDS, enumerate_words, make_table, words
from emphasis.publish.paper.table import MISSING, Bilingual, Cell, Table, format_number
from emphasis.store.results import Row

_PARTS = ("whole", "review", "plan")
_NAMED = 3
_NONE = "0"
_PLAN_AGAINST_REVIEW = "plan against review"


def area_names(rows: Iterable[Row]) -> dict[str, Bilingual]:
    """Names of the areas in areas.csv by code, in the order of the codebook, sentences without an area last.

    Those of parts of a major topic begin with a dash.
    """
    names = {}
    for row in rows:
        dash = "– " if row["area"][-1].isalpha() else ""
        names[row["area"]] = Bilingual(dash + row["area_en"][:1].upper() + row["area_en"][1:], dash + row["area_zh"])
    return {area: names[area] for area in sorted(names, key=_codebook_order)}


def _codebook_order(area: str) -> tuple[bool, int, str]:
    digits = area.rstrip("abcd")
    return area == _NONE, int(digits), area


def area_table(shares: Sequence[Row], changes: Sequence[Row]) -> Table:
    """Shares of the sentences in the whole, the review and the plan, and the change from review to plan.

    Parameters
    ----------
    shares, changes : sequence of Row
        Of the report in areas.csv and area_changes.csv.
    """
    found = {(row["part"], row["area"]): row for row in shares if row["part"] in _PARTS}
    moved = {row["area"]: row for row in changes if row["comparison"] == _PLAN_AGAINST_REVIEW}
    lines: list[tuple[Cell, ...]] = []
    for area, name in area_names(shares).items():
        of_parts = [found[part, area] for part in _PARTS if (part, area) in found]
        if any(row["n"] != "0" for row in of_parts):
            of_part = (_share(found.get((part, area))) for part in _PARTS)
            lines.append((name, *of_part, _points(moved.get(area))))
    notes = [WORDS["areas.note"], WORDS["areas.coded"]]
    whole = [row for (part, area), row in found.items() if part == "whole" and area != _NONE and not area[-1].isalpha()]
    first = sorted(whole, key=lambda row: -float(row["share"]))[:_NAMED]
    names = area_names(shares)
    most = [words("areas.share", area=names[row["area"]], share=format_number(row["share"], 1, 100)) for row in first]
    return make_table("areas", lines, *notes, said=words("areas.said", areas=enumerate_words(most)))


def _share(row: Row | None) -> str:
    if row is None:
        return MISSING
    share = format_number(row["share"], 1, 100)
    return f"{share} ({_range(row, 1)})" if row["low"] and row["high"] else share


def _points(row: Row | None) -> str:
    if row is None or not row["change"]:
        return MISSING
    change = format_number(row["change"], 1, 100)
    return f"{change} ({_range(row, 1)})" if row["low"] and row["high"] else change


def _range(row: Row, decimals: int) -> str:
    """The interval; in words between two signed numbers, which a dash would hide."""
    low, high = (format_number(row[name], decimals, 100) for name in ("low", "high"))
    return f"{low}, {high}" if low.startswith("-") else f"{low}–{high}"
