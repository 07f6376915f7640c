"""Administrative regions and their codes (GB/T 2260)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from emphasis.ingest.records import RegionLevel

REGIONS_FILE = Path(__file__).resolve().parents[3] / "config" / "regions.tsv"
"""Codes, names and the years in which they were in force; its first lines name the source."""

_SUFFIX = "(?:省|自治区|特别行政区|市|自治州|州|盟|地区|区|自治县|县|自治旗|旗|林区|特区)"
_NAME = re.compile(rf"[\u4e00-\u9fff]{{1,12}}?{_SUFFIX}")


class Region(NamedTuple):
    """A name of an administrative region and the years in which it was in force."""

    adcode: str  # six digits
    name: str
    first_year: int  # first year in force; 0 where the table gives none
    last_year: int  # last year in force; 9999 where the table gives none

    @property
    def level(self) -> RegionLevel:
        """The administrative level that the zeros at the end of the code denote."""
        if self.adcode.endswith("0000"):
            return "province"
        return "prefecture" if self.adcode.endswith("00") else "county"


@dataclass(frozen=True, slots=True)
class RegionMention:
    """A region as a report names it, and the code it resolves to."""

    name: str = ""  # as written; empty if none was found
    level: RegionLevel = ""
    adcode: str = ""  # empty when the name is unknown or ambiguous
    province: str = ""
    candidates: tuple[Region, ...] = ()  # the regions of that name when it is ambiguous


@lru_cache(maxsize=1)
def regions_by_name() -> dict[str, tuple[Region, ...]]:
    """The regions of each name."""
    rows: dict[str, list[Region]] = {}
    for line in REGIONS_FILE.read_text(encoding="utf-8").splitlines():
        if line.startswith(("#", "adcode")) or not line:
            continue
        adcode, name, first, last = line.split("\t")
        rows.setdefault(name, []).append(Region(adcode, name, int(first or 0), int(last or 9999)))
    return {name: tuple(regions) for name, regions in rows.items()}


@lru_cache(maxsize=1)
def _regions_by_code() -> dict[str, tuple[Region, ...]]:
    """The names of each code, the latest first."""
    found: dict[str, list[Region]] = {}
    for region in chain.from_iterable(regions_by_name().values()):
        found.setdefault(region.adcode, []).append(region)
    return {code: tuple(sorted(regions, key=lambda r: r.last_year, reverse=True)) for code, regions in found.items()}


def region_of_code(adcode: str, year: int | None = None) -> Region | None:
    """The region that a code denoted in a year; without one in force then, the latest.

    Examples
    --------
    >>> region_of_code("420600").name, region_of_code("420600", 2005).name
    ('襄阳市', '襄樊市')
    """
    found = _regions_by_code().get(adcode, ())
    fitting = [r for r in found if year is None or r.first_year <= year <= r.last_year]
    return next(iter(fitting or found), None)


def split_names(words: str) -> list[str]:
    """Split `words` into the names of regions it consists of, as written: the largest first in Chinese.

    Examples
    --------
    >>> split_names("吉林省长春市"), split_names("长春市")
    (['吉林省', '长春市'], ['长春市'])
    """
    known = regions_by_name()
    names: list[str] = []
    position = 0
    while position < len(words):
        end = next((e for e in range(min(len(words), position + 15), position, -1) if words[position:e] in known), 0)
        if not end:
            match = _NAME.match(words, position)
            if match is None:
                break
            end = match.end()
        names.append(words[position:end])
        position = end
    return names


def resolve_region(words: str, context: Iterable[str], year: int | None = None) -> RegionMention:
    """The region that `words` name; where several have that name, `context` decides.

    Parameters
    ----------
    words : str
        A name, perhaps with those of the regions above it: 吉林省长春市.
    context : iterable of str
        Texts that may name the province or prefecture; consulted only when several regions have the name.
    year : int, optional
        Only names in force in that year count, if there is one.

    Examples
    --------
    >>> [resolve_region(*it).adcode for it in (("长春市", []), ("朝阳区", []), ("朝阳区", ["长春市"]))]
    ['220100', '', '220104']
    """
    names = split_names(words)
    if not names:
        return RegionMention()
    name = names[-1]
    regions = regions_by_name().get(name, ())
    in_force = [r for r in regions if year is None or r.first_year <= year <= r.last_year]
    found = {r.adcode: r for r in in_force or regions}
    for above in (names[:-1], *([c] for c in context)):
        if len(found) > 1:
            fitting = {c: r for c, r in found.items() if any(_lies_in(r, a) for a in above)}
            found = fitting or found
    levels, provinces = {r.level for r in found.values()}, {province_of(code) for code in found}
    level = levels.pop() if len(levels) == 1 else ""
    province = provinces.pop() if len(provinces) == 1 else ""
    if len(found) == 1:
        return RegionMention(name, level, next(iter(found)), province)
    return RegionMention(name, level, "", province, tuple(found[c] for c in sorted(found)))


def province_of(adcode: str) -> str:
    """The name of the province a code belongs to."""
    region = region_of_code(adcode[:2] + "0000")
    return region.name if region else ""


def _lies_in(region: Region, words: str) -> bool:
    """Whether `words` name the province or prefecture that a region lies in."""
    above = {region.adcode[:2] + "0000", region.adcode[:4] + "00"} - {region.adcode}
    return any(r.name in words for code in above for r in _regions_by_code().get(code, ()))
