"""The regions that a region lies in."""

from __future__ import annotations

from emphasis.ingest.regions import Region, resolve_region
from emphasis.ingest.zones import MUNICIPALITIES, holder_of


def superior_codes(level: str, code: str) -> list[str]:
    """Codes of the prefecture and province that a region lies in, the nearest first; nothing for a province.

    Examples
    --------
    >>> superior_codes("county", "220104")
    ['220100', '220000']
    """
    if level == "county":
        return [code[:4] + "00", code[:2] + "0000"]
    return [code[:2] + "0000"] if level == "prefecture" else []


def superiors(region: str, level: str, code: str, province: str = "") -> list[str]:
    """Codes of the regions that the region of a report lies in, the nearest first; nothing where the nearest is not known.

    A zone has no code and no level; it lies where `emphasis.ingest.zones` says. Of another region without a code the province alone is known. It is
    the nearest for a prefecture and in a municipality; elsewhere a prefecture lies between, and what is compared with the level
    above must not be compared with the one after next.

    Parameters
    ----------
    region, level, code, province : str
        region, region_level, adcode and province of reports.csv.

    Examples
    --------
    >>> superiors("大鹏新区", "", "", "广东省"), superiors("某某新区", "", "", "广东省")
    (['440300', '440000'], [])
    """
    if code or level in ("national", "province"):
        return superior_codes(level, code)
    if holder := holder_of(region, level, code):
        return [holder, *superior_codes(Region(holder, "", 0, 0).level, holder)]
    above = resolve_region(province, ()).adcode
    return [above] if above and (level == "prefecture" or above[:2] in MUNICIPALITIES) else []
