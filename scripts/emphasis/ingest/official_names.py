"""The official names of regions from the names that people call them by: 广西, 凉山州, 北川县, 科左中旗."""

from __future__ import annotations

from functools import lru_cache
from itertools import chain

from emphasis.ingest.regions import Region, in_force, regions_by_name, stem_of

_SHORTEST = {"旗": 2, "县": 3}
"""Characters of the shortest name that a banner (莫旗) or an autonomous county (喀左县) is called by."""


@lru_cache(maxsize=64)
def current_regions(year: int | None = None) -> tuple[Region, ...]:
    """The regions in force in a year; those of the last edition without one."""
    found = (in_force(regions, 9999 if year is None else year, 1) for regions in regions_by_name().values())
    return tuple(chain.from_iterable(found))


@lru_cache(maxsize=4_096)
def official_name(words: str) -> str:
    """The official name of the region of today that is called so; empty if there is none, or several.

    Examples
    --------
    >>> [official_name(words) for words in ("广西", "凉山州", "北川县", "喀左县", "科左中旗")]
    ['广西壮族自治区', '凉山彝族自治州', '北川羌族自治县', '喀喇沁左翼蒙古族自治县', '科尔沁左翼中旗']
    >>> [official_name(words) for words in ("三水县", "阿旗", "长春")]
    ['', '', '']
    """
    for is_called in (_is_called_in_full, _is_called_for_short):
        found = {r.name for r in current_regions() if is_called(words, r)}
        if found:
            return found.pop() if len(found) == 1 else ""
    return ""


def _is_called_in_full(words: str, region: Region) -> bool:
    """Whether words are the name of a province or of an autonomous region without what it is, or whose autonomy."""
    if region.level == "province" and words == stem_of(region.name):
        return True
    autonomous = words[-1] in "州县旗" and region.name.endswith(f"自治{words[-1]}")
    return autonomous and len(words) > 2 and region.name.startswith(words[:-1])


def _is_called_for_short(words: str, region: Region) -> bool:
    """Whether words are some characters of the name of a banner or an autonomous county, in their order, the first and last among them.

    Names of counties that are or were, such as 三水县, are none of these.
    """
    name = region.name
    if words[0] != name[0] or words in regions_by_name() or len(words) < _SHORTEST.get(words[-1], len(name)):
        return False
    following = iter(name)
    return name.endswith(("旗", "自治县")) and words[-1] == name[-1] and all(c in following for c in words)
