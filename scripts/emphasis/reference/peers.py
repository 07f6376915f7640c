"""Which reports of the reference a report is compared with."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

import pandas as pd

from emphasis.errors import EmphasisError

AUTO = "auto"
ENOUGH = 12
"""Peers from which on no others are looked for."""
LEAST = 5
"""Fewer peers say nothing of how reports differ: there is no comparison."""
NATIONAL = "national"
LEVELS = ("county", "prefecture", "province", NATIONAL)
_BELOW_PROVINCES = ("county", "prefecture")
_YEARS = (2, 3, 5, 10)
_BELOW = {"level": "other level", "more years": "other level, more years"}
"""By the rule for a county the one for a report of a region on a level below."""


class Peers(NamedTuple):
    """The peers of a report: their report_ids, sorted, and what they are in words, such as ``province 2024-2025``."""

    report_ids: tuple[str, ...]
    described: str
    rule: str
    """Of `PeerRule`, or ``setting``."""


class _Candidate(NamedTuple):
    report_id: str
    region: str
    level: str
    province: str
    year: int


class PeerRule:
    """Finds the peers of reports, by the first of these rules that gives at least 12.

    1. *level*: reports of the same level (county, prefecture, province) within one year of its own, of each region the
       nearest in time, of two as near the earlier one. Regions are what makes peers independent of each other.
    2. *other level*: likewise of the level above it, then of the level below, then of those further off.
    3. *more years*: of its own level within 2, 3, 5, 10 years.
    4. *several of a region*: of its own level, of each region the nearest in time, then the second nearest of each, until
       there are 12; from at least 5 other regions. These are not independent of each other: what is usual seems less variable
       than it is. The nation, which is alone on its level, is compared with itself in other years in this way.
    5. *other level, more years*: of other levels within 2, 3, 5, 10 years.

    If none gives 12, the one that gives most, the first of several. A report that is itself in the reference is left out: one of
    the same region and year. Reports of a region on none of these levels (a development zone, a town) have the peers of a county,
    the lowest one, as of another level. Reports whose region or year is unknown have no peers by these rules; neither are they peers,
    nor those on no level.

    Parameters
    ----------
    among : DataFrame
        report_id, region, region_level, adcode, province, year of the reports of the reference.
    chosen : str or sequence of str
        Other peers: the name of a province, whose reports of any level these are, the nearest in time of each region; or
        report_ids of the reference.

    Raises
    ------
    EmphasisError
        If there is no such province or report in the reference.
    """

    def __init__(self, among: pd.DataFrame, chosen: str | Sequence[str] = AUTO) -> None:
        self._among = [_candidate(row) for _, row in among.iterrows()]
        self._chosen = chosen
        if isinstance(chosen, str) and chosen != AUTO:
            there = sorted({other.province for other in self._among} - {""})
            if chosen not in there:
                raise EmphasisError(
                    f"configuration: peers: no report of {chosen} in the reference; it has: {', '.join(there)}"
                )
        elif not isinstance(chosen, str) and (unknown := sorted(set(chosen) - {o.report_id for o in self._among})):
            raise EmphasisError(
                f"configuration: peers: no report {', '.join(unknown)} in the reference; reports.tsv in its folder "
                "lists what there is"
            )

    def of(self, report: pd.Series[Any]) -> Peers:
        """The peers of a report: report_id, region, region_level, adcode, province, year."""
        own = _candidate(report)
        others = [other for other in self._among if (other.region, other.year) != (own.region, own.year)]
        if self._chosen != AUTO:
            return _peers("setting", _given(own, others, self._chosen))
        if not own.region or not own.year:
            return Peers((), "", "level")
        others = [other for other in others if other.year and other.level in LEVELS]
        most: tuple[str, list[_Candidate]] = ("level", [])
        for rule, group in _ladder(own, others):
            if len(group) > len(most[1]):
                most = rule, group
            if len(group) >= ENOUGH:
                break
        return _peers(*most)

    def contemporaries(self, report: pd.Series[Any], peers: Peers) -> tuple[str, ...]:
        """The reports that say what was spoken of in a report's time; fewer than five are none.

        - Where most peers are within one year, but not all of its own: those of its own. What is done with is missing in the year after
          (外防输入 in 2023).
        - Where most peers are of other years: reports of other regions within one year, of any level, the nearest of each region; if most
          peers are of its own level, rather those of its year or before (the nation, which is alone on its level).
        """
        own, theirs = _candidate(report), self._those(peers)
        if peers.rule == "setting" or not own.year:
            return ()
        if _most(abs(other.year - own.year) <= 1 for other in theirs):
            of_year = [other for other in theirs if other.year == own.year]
            return _if_enough(of_year) if len(of_year) < len(theirs) else ()
        before = [other for other in theirs if other.year <= own.year]
        if len(before) >= LEAST and _most(other.level == own.level for other in theirs):
            return _if_enough(before)
        return _if_enough(_nearest(own, [other for other in self._among if other.year and other.level in LEVELS], 1))

    def of_own_level(self, report: pd.Series[Any], peers: Peers) -> tuple[str, ...]:
        """Reports of other regions of the same level within one year, where most peers are of another level; fewer than five are none.

        The nation, which is alone on its level, has its own of the ten years before; a city without five others has the cities and
        counties of its province: Shenzhen its districts, which have little farmland either. A region on none of the levels is compared
        as a county, as in `of`.
        """
        own, theirs = _candidate(report), self._those(peers)
        if own.level not in LEVELS:
            own = own._replace(level=LEVELS[0])
        if peers.rule == "setting" or not own.year or _most(other.level == own.level for other in theirs):
            return ()
        same = [other for other in self._among if other.year and other.level == own.level]
        if own.level == NATIONAL:
            return _if_enough([other for other in same if 0 < own.year - other.year <= max(_YEARS)])
        found = _nearest(own, same, 1)
        if len(found) < LEAST and own.level in _BELOW_PROVINCES:
            near = [o for o in self._among if o.year and o.province == own.province and o.level in _BELOW_PROVINCES]
            found = _nearest(own, near, 1)
        return _if_enough(found)

    def _those(self, peers: Peers) -> list[_Candidate]:
        chosen = set(peers.report_ids)
        return [other for other in self._among if other.report_id in chosen]


def _most(values: Iterable[bool]) -> bool:
    found = list(values)
    return sum(found) * 2 >= len(found)


def _if_enough(group: Sequence[_Candidate]) -> tuple[str, ...]:
    return tuple(sorted(other.report_id for other in group)) if len(group) >= LEAST else ()


def _candidate(row: pd.Series[Any]) -> _Candidate:
    year = 0 if pd.isna(row["year"]) else int(row["year"])
    place = str(row["adcode"] or row["region"])
    return _Candidate(str(row["report_id"]), place, str(row["region_level"]), str(row["province"]), year)


def _ladder(own: _Candidate, others: Sequence[_Candidate]) -> Iterator[tuple[str, list[_Candidate]]]:
    """The rules in order, with the reports that each gives."""
    if own.level not in LEVELS:
        yield from ((_BELOW.get(rule, rule), group) for rule, group in _ladder(own._replace(level=LEVELS[0]), others))
        return
    at = LEVELS.index(own.level)
    other_levels = sorted((level for level in LEVELS if level != own.level), key=lambda level: _distance(level, at))
    of_level = {level: [other for other in others if other.level == level] for level in LEVELS}
    yield "level", _nearest(own, of_level[own.level], 1)
    for level in other_levels:
        yield "other level", _nearest(own, of_level[level], 1)
    for years in _YEARS:
        yield "more years", _nearest(own, of_level[own.level], years)
    yield "several of a region", _in_turn(own, of_level[own.level])
    for years in _YEARS:
        for level in other_levels:
            yield "other level, more years", _nearest(own, of_level[level], years)


def _distance(level: str, at: int) -> tuple[int, int]:
    """How far a level is from another; of two as far the higher one is nearer."""
    steps = LEVELS.index(level) - at
    return abs(steps), -steps


def _by_region(own: _Candidate, others: Sequence[_Candidate]) -> dict[str, list[_Candidate]]:
    """The reports of each region, the nearest in time first."""
    regions: dict[str, list[_Candidate]] = defaultdict(list)
    for other in sorted(others, key=lambda o: (abs(o.year - own.year), o.year, o.report_id)):
        regions[other.region].append(other)
    return regions


def _nearest(own: _Candidate, others: Sequence[_Candidate], years: int) -> list[_Candidate]:
    """Of each other region the report nearest in time, within so many years."""
    near = [o for o in others if abs(o.year - own.year) <= years and o.region != own.region]
    return [reports[0] for reports in _by_region(own, near).values()]


def _in_turn(own: _Candidate, others: Sequence[_Candidate]) -> list[_Candidate]:
    """The nearest report of each region, then the second nearest, until there are enough."""
    regions = _by_region(own, others)
    if own.level != NATIONAL:
        regions.pop(own.region, None)
        if len(regions) < LEAST:
            return []
    ranked = [(rank, abs(o.year - own.year), o) for reports in regions.values() for rank, o in enumerate(reports)]
    return [o for _, _, o in sorted(ranked)[:ENOUGH]]


def _given(own: _Candidate, others: Sequence[_Candidate], chosen: str | Sequence[str]) -> list[_Candidate]:
    if isinstance(chosen, str):
        of_province = [o for o in others if o.province == chosen and o.region != own.region]
        return [reports[0] for reports in _by_region(own, of_province).values()]
    return [o for o in others if o.report_id in set(chosen)]


def _peers(rule: str, group: Sequence[_Candidate]) -> Peers:
    years = sorted({o.year for o in group if o.year})
    levels = sorted({o.level for o in group}, key=(*LEVELS, "").index)
    span = "" if not years else str(years[0]) if len(years) == 1 else f"{years[0]}-{years[-1]}"
    described = " ".join(filter(None, ["/".join(filter(None, levels)), span]))
    return Peers(tuple(sorted(o.report_id for o in group)), described, rule)
