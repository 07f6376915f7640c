"""Where new areas and development zones lie, which have no code of their own."""

from __future__ import annotations

from functools import lru_cache

from emphasis.errors import EmphasisError
from emphasis.ingest.places import is_zone
from emphasis.ingest.regions import (
    RegionMention,
    ordinary_names,
    region_of_code,
    regions_by_name,
    resolve_region,
    short_name,
    split_names,
)
from emphasis.project import find
from emphasis.store.written import written_rows

ZONES_FILE = find("config/zones.tsv")
"""Zones by name, and the codes of the regions that they lie in; its first lines say which are there."""

MUNICIPALITIES = frozenset(("11", "12", "31", "50"))
"""Provinces whose counties are their districts: no level lies between."""


@lru_cache(maxsize=1)
def _listed() -> dict[str, str]:
    """The code of the region that each zone of the table lies in."""
    found = {}
    for number, row in written_rows(ZONES_FILE, ("zone", "lies_in")):
        if not row["zone"] or region_of_code(row["lies_in"]) is None:
            raise EmphasisError(
                f"{ZONES_FILE}, line {number}: {' '.join(row.values()).strip()!r} is no zone and code of regions.tsv"
            )
        found[row["zone"]] = row["lies_in"]
    return found


@lru_cache(maxsize=4_096)
def holder_of_zone(region: str) -> str:
    """The code of the region that a zone lies in; empty where it is not known which that is.

    The names before the zone's decide if they go down to a city, then the table `ZONES_FILE`, then the city whose short name the
    zone's begins with. A province is no answer unless it is a municipality or the table says so: a city may lie between.

    Parameters
    ----------
    region : str
        As a report names it.

    Examples
    --------
    >>> [holder_of_zone(name) for name in ("大鹏新区", "深圳市坪山新区", "苏州工业园区", "雄安新区", "天府新区")]
    ['440300', '440300', '320500', '130000', '']
    """
    before = "".join(split_names(region)[:-1])
    above = resolve_region(before, ()).adcode if before else ""
    if above and _is_lowest(above):
        return above
    listed = max((zone for zone in _listed() if region.endswith(zone)), key=len, default="")
    if listed and (not above or _listed()[listed].startswith(above[:2])):
        return _listed()[listed]
    return _of_short_name(region) if not above and is_zone(RegionMention(region)) else ""


def holder_of(region: str, level: str, code: str) -> str:
    """As `holder_of_zone`, from region, region_level and adcode of any report; empty for one with a code or a level, which is no zone."""
    return "" if level or code else holder_of_zone(region)


def _of_short_name(name: str) -> str:
    """The city or municipality whose short name a name begins with; empty if a province has that short name, too."""
    codes = [code for short, codes in _short_names().items() if name.startswith(short) for code in codes]
    return codes[0] if len(codes) == 1 and _is_lowest(codes[0]) else ""


@lru_cache(maxsize=1)
def _short_names() -> dict[str, list[str]]:
    """The codes of the provinces and prefectures of today by their short names, without those that are ordinary words."""
    found: dict[str, list[str]] = {}
    for region in (r for regions in regions_by_name().values() for r in regions):
        if region.last_year == 9999 and region.level != "county" and (short := short_name(region.name)):
            found.setdefault(short, []).append(region.adcode)
    return {short: codes for short, codes in found.items() if short not in ordinary_names()}


def _is_lowest(code: str) -> bool:
    """Whether no city can lie between a region and the zones in it."""
    return not code.endswith("0000") or code[:2] in MUNICIPALITIES
