"""Which reports are compared with which: the year before, the level above, neighbours of the same level."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import groupby
from typing import NamedTuple

import pandas as pd

ReportPair = tuple[str, str, str]
"""Relation (``year before``, ``superior`` or ``neighbour``), report_id, report_id of the other report."""


def placed_reports(reports: pd.DataFrame) -> pd.DataFrame:
    """The reports with a known region and year, sorted by name; `place` is the adcode or, for the nation, its name."""
    known = reports[reports["year"].notna() & (reports["region"] != "")].sort_values("report_id")
    return known.assign(place=known["adcode"].where(known["adcode"] != "", known["region"]))


def year_pairs(reports: pd.DataFrame) -> list[tuple[str, str]]:
    """Each report with that of the year before of the same region; of several for one year the first by name."""
    known = placed_reports(reports).drop_duplicates(["place", "year"])
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

    The year before of the same region; of the same year the report of the province or prefecture that the region lies in and
    that of the nation (superior), and those of the same level and the same superior (neighbour).

    Reports have report_id, region_level, adcode, year; `consecutive` is as `year_pairs` gives it.
    """
    pairs = [("year before", a, b) for a, b in consecutive]
    known = reports[reports["year"].notna() & reports["region_level"].ne("")]
    for _, same_year in known.groupby("year"):
        rows = list(same_year[["report_id", "region_level", "adcode"]].itertuples(index=False, name=None))
        nation = [report_id for report_id, level, _ in rows if level == "national"]
        by_code: dict[str, list[str]] = defaultdict(list)
        peers: dict[tuple[str, ...], list[tuple[str, str]]] = defaultdict(list)
        for report_id, level, code in rows:
            if level != "national" and code:
                by_code[code].append(report_id)
            peers[_peer_group(level, code)].append((report_id, code))
        for report_id, level, code in rows:
            superiors = [] if level == "national" else [*nation]
            superiors += [other for superior in _superior_codes(level, code) for other in by_code[superior]]
            neighbours = [other for other, place in peers[_peer_group(level, code)] if place != code]
            pairs += [("superior", report_id, other) for other in superiors]
            pairs += [("neighbour", report_id, other) for other in neighbours if other not in superiors]
    return sorted(pairs)


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


def _superior_codes(level: str, code: str) -> list[str]:
    """Codes of the prefecture and province that a region lies in, the nearest first; nothing for a province.

    Examples
    --------
    >>> _superior_codes("county", "220104")
    ['220100', '220000']
    """
    if level == "county":
        return [code[:4] + "00", code[:2] + "0000"]
    return [code[:2] + "0000"] if level == "prefecture" else []


def _peer_group(level: str, code: str) -> tuple[str, ...]:
    """What regions of the same level and the same nearest superior have in common."""
    return (level, *_superior_codes(level, code)[:1])
