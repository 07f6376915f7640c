"""Which reports are compared with which: the year before, the level above, neighbours of the same level."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import groupby
from typing import NamedTuple

import pandas as pd

from emphasis.measures.best_report import best_first
from emphasis.measures.superiors import superior_codes, superiors

ReportPair = tuple[str, str, str]
"""Relation (``year before``, ``superior``, ``superior later`` or ``neighbour``), report_id, report_id of the other report."""


def placed_reports(reports: pd.DataFrame) -> pd.DataFrame:
    """The reports with a known region and year, sorted by name; `place` is the adcode or, for the nation, its name."""
    known = reports[reports["year"].notna() & (reports["region"] != "")].sort_values("report_id")
    return known.assign(place=known["adcode"].where(known["adcode"] != "", known["region"]))


def year_pairs(reports: pd.DataFrame) -> list[tuple[str, str]]:
    """Each report with that of the year before of the same region, of several for one year the one that stands for it."""
    known = best_first(placed_reports(reports)).drop_duplicates(["place", "year"])
    first = dict(zip(zip(known["place"], known["year"].astype(int), strict=True), known["report_id"], strict=True))
    return sorted((report_id, first[p, y - 1]) for (p, y), report_id in first.items() if (p, y - 1) in first)


class History(NamedTuple):
    """A report among those of its region: the one of the year before, and all of earlier and of later years."""

    place: str
    year: int
    report_id: str
    previous_id: str
    earlier: tuple[str, ...]
    later: tuple[str, ...]


def histories(reports: pd.DataFrame, consecutive: Sequence[tuple[str, str]]) -> list[History]:
    """The history of each report that has one of the year before; `consecutive` is as `year_pairs` gives it."""
    known = placed_reports(reports)
    rows = sorted(zip(known["place"], known["year"].astype(int), known["report_id"], strict=True))
    where = {report_id: (place, year) for place, year, report_id in rows}
    by_place: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for place, year, report_id in rows:
        by_place[place].append((year, report_id))
    found = []
    for report_id, before in consecutive:
        place, year = where[report_id]
        earlier = tuple(other for at, other in by_place[place] if at < year)
        later = tuple(other for at, other in by_place[place] if at > year)
        found.append(History(place, year, report_id, before, earlier, later))
    return sorted(found)


def related_pairs(reports: pd.DataFrame, consecutive: Sequence[tuple[str, str]]) -> list[ReportPair]:
    """Which reports are compared for reuse and similarity: relation, report_id, other report_id.

    The report of the *year before* of the same region; of the levels above (prefecture, province, nation) the last report
    before this one (*superior*); and the reports of the same year, level and nearest superior (*neighbour*). A zone, which has no
    level and so no neighbours, is compared with the levels above where it is known in which city it lies (`superiors`).

    A text can borrow only from one that was there before it. Local congresses meet from below to above, counties in December
    and January, provinces in January and February, and the nation in March, so that the last report of a level above is that of
    the year before, unless both dates are known and that of the same year is the earlier one. A superior's report of the same
    year that is not known to be earlier is compared too, as *superior later*: what it has in common with this one was taken up
    from below or stems from a third text, such as the economic work conference of December. Neighbours meet within weeks of
    each other; which of them was first is not asked.

    Reports have report_id, region, region_level, adcode, year, date (ISO 8601; empty if unknown); `consecutive` is as `year_pairs` gives
    it.
    """
    pairs = [("year before", a, b) for a, b in consecutive]
    known = reports[reports["year"].notna()].sort_values("report_id")
    columns = [known[name] for name in ("report_id", "region", "region_level", "adcode", "date")]
    rows = list(zip(known["year"].astype(int), *columns, strict=True))
    at: dict[tuple[int, str], list[tuple[str, str]]] = defaultdict(list)
    peers: dict[tuple[int, tuple[str, ...]], list[tuple[str, str]]] = defaultdict(list)
    for year, report_id, _, level, code, date in rows:
        if level == "national" or code:
            at[year, "" if level == "national" else code].append((report_id, date))
        if level:
            peers[year, _peer_group(level, code)].append((report_id, code))
    for year, report_id, region, level, code, date in rows:
        above = superiors(region, level, code)
        above = ["", *above] if level not in ("", "national") or above else []
        # A level by hand may not fit the code: no region is above itself.
        for superior in (place for place in above if place != code or not place):
            same_year = at.get((year, superior), [])
            before = [other for other, day in same_year if _is_earlier(day, date)]
            later = [other for other, _ in same_year if other not in before]
            pairs += [
                ("superior", report_id, other) for other in before or map(_name, at.get((year - 1, superior), []))
            ]
            pairs += [("superior later", report_id, other) for other in later]
        neighbours = [other for other, place in peers.get((year, _peer_group(level, code)), []) if place != code]
        pairs += [("neighbour", report_id, other) for other in neighbours]
    return sorted(pairs)


def _name(report: tuple[str, str]) -> str:
    return report[0]


def _is_earlier(one: str, other: str) -> bool:
    """Whether both days are known and one is the earlier: 2025-01-14, 2025-03-05."""
    return len(one) == len(other) == len("2025-01-14") and one < other


def group_pairs(pairs: Sequence[ReportPair], reports: pd.DataFrame) -> list[list[ReportPair]]:
    """The pairs in groups by level, superior and year, so that few texts need to be in memory at a time.

    The years of the same regions follow each other. A report's pairs are in one group and follow each other.
    """
    rows = reports[["report_id", "region_level", "adcode", "year"]].itertuples(index=False, name=None)
    group_of = {
        report_id: (*_peer_group(level, code), "" if pd.isna(year) else f"{int(year):04}")
        for report_id, level, code, year in rows
    }
    ordered = sorted(pairs, key=lambda pair: (group_of[pair[1]], pair[1], pair))
    return [list(group) for _, group in groupby(ordered, key=lambda pair: group_of[pair[1]])]


def pairs_by_report(pairs: Sequence[ReportPair]) -> dict[str, list[ReportPair]]:
    """The pairs of each report."""
    by_report: dict[str, list[ReportPair]] = defaultdict(list)
    for pair in pairs:
        by_report[pair[1]].append(pair)
    return by_report


def _peer_group(level: str, code: str) -> tuple[str, ...]:
    """What regions of the same level and the same nearest superior have in common."""
    return (level, *superior_codes(level, code)[:1])
