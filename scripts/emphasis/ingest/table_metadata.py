"""What a table of reports says of each: it fills in what the text does not say, and is compared with what it says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from emphasis.ingest.catalogue import warn
from emphasis.ingest.records import Metadata, ReportWarning, is_year
from emphasis.ingest.regions import RegionMention, resolve_region

_PLAIN = ("title", "meeting", "date", "speaker", "speaker_title", "source", "published")
_ENDINGS = ("", "省", "市", "自治区", "县", "区")
"""What tables leave out at the end of a name: 上海, 吉林."""


def fill_metadata(metadata: Metadata, stated: Mapping[str, str]) -> tuple[Metadata, list[ReportWarning]]:
    """The metadata with what a table states in the place of what is missing, and warnings where the two disagree.

    `stated` has fields of `Metadata`; a region may be short (上海), and is looked for in the province if that is stated too.
    """
    changes: dict[str, Any] = {
        name: stated[name] for name in _PLAIN if stated.get(name) and not getattr(metadata, name)
    }
    warnings = []
    digits = stated.get("year", "").removesuffix("年")
    year = int(digits) if is_year(digits) else None
    if year is not None and metadata.year is None:
        changes["year"] = year
    elif year is not None and year != metadata.year:
        warnings.append(warn("table-disagrees", table=year, found=metadata.year))
    region = _region(stated, metadata.year or year)
    if region is not None and not metadata.region:
        changes |= {
            "region": region.name,
            "region_level": region.level,
            "adcode": region.adcode,
            "province": region.province,
        }
    elif region is not None and region.adcode and metadata.adcode and region.adcode != metadata.adcode:
        warnings.append(warn("table-disagrees", table=region.name, found=metadata.region))
    if changes:
        warnings.append(warn("from-table", fields=", ".join(sorted(changes))))
    return replace(metadata, **changes), warnings


def _region(stated: Mapping[str, str], year: int | None) -> RegionMention | None:
    """The region that a row names."""
    province, name = stated.get("province", ""), stated.get("region", "") or stated.get("province", "")
    if not name:
        return None
    for ending in _ENDINGS:
        found = resolve_region(name + ending, [province] if province else [], year)
        # 市 and 县 are regions too, which lie in 重庆市.
        if found.adcode and found.name != ending:
            return found
    return RegionMention(name)
