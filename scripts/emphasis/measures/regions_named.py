"""Regions that a report names: who looks to whom."""

from __future__ import annotations

from collections import ChainMap, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain
from typing import Any, NamedTuple

import pandas as pd

from emphasis.ingest.regions import (
    Region,
    in_force,
    ordinary_names,
    regions_by_name,
    resolve_region,
    short_name,
    split_names,
)
from emphasis.ingest.zones import MUNICIPALITIES
from emphasis.measures.superiors import superior_codes, superiors

COLUMNS = [
    *("report_id", "region", "named", "adcode", "level", "relation", "n", "n_sentences", "n_sections"),
    *("section_id", "sentence_id", "start", "end"),
]
_NATIONAL = "national"
_INSTITUTIONS = tuple(
    "大学 学院 交大 理工 师范 中医 医科 科技大学 中文大学 "
    "银行 证券 交易所 日报 卫视 时代 合作组织 公报 宣言 协定".split()
)
"""What follows a short name in the name of something else: 宁德时代, 上海合作组织, 河南大学."""
_SPOTS = frozenset("路街巷桥村镇屯寨头湾岭")
"""Words that make a street or a spot of a short name: 南京｜路, 长沙｜头."""


class Mention(NamedTuple):
    """A name in a sentence: the place of its first token, offsets, and the regions that it can mean."""

    first: int
    start: int
    end: int
    name: str
    candidates: tuple[Region, ...]


class Place(NamedTuple):
    """The region of a report: its code (empty for the nation and for a zone), level, and the codes that it lies in, the nearest first."""

    code: str
    level: str
    above: tuple[str, ...]

    @classmethod
    def of(cls, region: str, code: str, level: str, province: str = "") -> Place:
        """From region, adcode, region_level and province of a report; where it is not known in which city a zone lies, in the province alone."""
        above = superiors(region, level, code, province)
        if above or code or level == _NATIONAL:
            return cls(code, level, tuple(above))
        parent = resolve_region("".join(split_names(region)[:-1]) or province, ())
        if not parent.adcode:
            return cls("", level, ())
        return cls("", level, (parent.adcode, *superior_codes(parent.level, parent.adcode)))


_Names = ChainMap[str, tuple[Region, ...] | None]


@dataclass
class _Found:
    """What a report has of a region: how often, the sentences and sections, the first place."""

    n: int = 0
    sentences: set[str] = field(default_factory=set)
    sections: set[str] = field(default_factory=set)
    first: tuple[str, str, int, int] = ("", "", 0, 0)


def regions_named(tokens: pd.DataFrame, reports: pd.DataFrame) -> pd.DataFrame:
    """The administrative regions (GB/T 2260) that each report names, how often, and how they are related to its own.

    A name counts where it begins and ends at borders of words, the longest first, if it was in force in the report's year:

    - every full name (长春市, 云南省, 南关区);
    - short names of provinces and prefectures (云南, 长春), and of counties those that lie in the same prefecture or municipality as
      the report's region, or in it; where a province and a prefecture have one short name (吉林, 海南) the
      province is meant, and where a city and a prefecture of old times have one (洛阳) the city;
    - full names of two characters (和县), and those in 区 whose short name is an ordinary word (和平区, 新城区), only in the province
      of the report's region or after the name of a region that they lie in;
    - but no name, full or short, that is an ordinary word too (config/place_words.txt: 东方, 和平, 城区), and no short name that is part of the
      name of an institution or of a street or spot (河南大学, 宁德时代, 南京路).

    Inside a longer term a name does not count (深圳经济特区), nor does one that only says where the next one lies: 江西赣州 names 赣州. A zone counts for the region
    whose name it bears: 兰州新区 names 兰州. What the table of codes does not have is not found: new areas, development zones, towns, countries,
    and groups such as 长三角; nor are 我省 and 全市, or abbreviations (京津冀).

    A name that several regions bear (朝阳区) is that of the one that the name before it says, that is the report's own, that lies in this, in the same
    prefecture, or in the same province, the first of these that leaves one; otherwise its relation is ``unclear``. Relations::

        own         the report's region
        superior    a region that it lies in
        within      a region that lies in it; for the nation every region
        sibling     another region of its level with the same nearest superior
        other       any other

    A zone lies in the city that its name or config/zones.tsv says, and regions of a county's level in this city are its siblings.

    To name is not to follow: help for a partner, a railway to a city and a visit are all names. The first place is given to read it.

    Parameters
    ----------
    tokens : DataFrame
        report_id, section_id, sentence_id, token, start, end, in the order of the text.
    reports : DataFrame
        report_id, region, adcode, region_level, province, year.

    Returns
    -------
    DataFrame
        report_id, region, named (the official name), adcode, level, relation, n, n_sentences, n_sections, and section_id, sentence_id, start, end
        of the first place.
    """
    facts = {row["report_id"]: row for row in reports.to_dict("records")}
    rows: list[dict[str, Any]] = []
    for report_id, own in tokens.groupby("report_id", sort=True, observed=True):
        of = facts[str(report_id)]
        place = Place.of(of["region"], of["adcode"], of["region_level"], of["province"])
        named = _named_in(own, place, None if pd.isna(of["year"]) else int(of["year"]))
        for (name, adcode), found in sorted(named.items()):
            row: dict[str, Any] = {"report_id": report_id, "region": of["region"], "named": name, "adcode": adcode}
            row |= {"level": Region(adcode, name, 0, 0).level if adcode else "", "relation": relation(place, adcode)}
            row |= {"n": found.n, "n_sentences": len(found.sentences), "n_sections": len(found.sections)}
            rows.append(row | dict(zip(COLUMNS[-4:], found.first, strict=True)))
    return pd.DataFrame(rows, columns=COLUMNS)


def _named_in(tokens: pd.DataFrame, place: Place, year: int | None) -> dict[tuple[str, str], _Found]:
    """What a report has of each region, by its name and code."""
    columns = (tokens[name].tolist() for name in ("sentence_id", "section_id", "token", "start", "end"))
    sentence_ids, section_ids, words, starts, ends = columns
    names = _names(place, year)
    mentions = list(_mentions(words, starts, ends, sentence_ids, names))
    named: dict[tuple[str, str], _Found] = defaultdict(_Found)
    for mention, last, after in zip(mentions, [None, *mentions], [*mentions[1:], None], strict=False):
        if after is not None and after.start == mention.end and _is_where(mention, after):
            continue
        before = last if last is not None and last.end == mention.start else None
        if _is_doubtful(mention.name) and not _is_near(mention, before, place):
            continue
        region = _resolve(mention, before, place)
        key = (region.name, region.adcode) if region else (mention.name, "")
        found = named[key]
        if not found.n:
            found.first = section_ids[mention.first], sentence_ids[mention.first], mention.start, mention.end
        found.n += 1
        found.sentences.add(sentence_ids[mention.first])
        found.sections.add(section_ids[mention.first])
    return named


def _mentions(
    words: Sequence[str],
    starts: Sequence[int],
    ends: Sequence[int],
    sentence_ids: Sequence[str],
    names: _Names,
) -> Iterator[Mention]:
    """The names among the tokens, from left to right, none of which overlaps another."""
    # Few tokens begin a name.
    own, everywhere = names.maps
    past = 0
    for i in [i for i, word in enumerate(words) if word in everywhere or word in own]:
        if i < past:
            continue
        said, stop, after = "", i, i
        # `names` has None for what only begins a name.
        while (
            after < len(words)
            and sentence_ids[after] == sentence_ids[i]
            and (after == i or starts[after] == ends[after - 1])
        ):
            said += words[after]
            if said not in names:
                break
            after += 1
            if names[said]:
                stop = after
        name = "".join(words[i:stop])
        if stop > i and not _is_institution(words, stop, starts, ends, name):
            yield Mention(i, starts[i], ends[stop - 1], name, names[name] or ())
        past = stop


def _is_institution(words: Sequence[str], stop: int, starts: Sequence[int], ends: Sequence[int], name: str) -> bool:
    if stop == len(words) or starts[stop] != ends[stop - 1] or name in regions_by_name():
        return False
    return words[stop] in _SPOTS or words[stop].startswith(_INSTITUTIONS)


@lru_cache(maxsize=4_096)
def _is_doubtful(name: str) -> bool:
    """Whether a full name can be something else where nothing says that it is a place: 统筹新老城区, 产业兴县."""
    return name in regions_by_name() and (len(name) == 2 or (name[-1] == "区" and short_name(name) in ordinary_names()))


def _is_near(mention: Mention, before: Mention | None, place: Place) -> bool:
    provinces = {code[:2] for code in (place.code, *place.above) if code}
    return any(region.adcode[:2] in provinces for region in mention.candidates) or (
        before is not None and _is_where(before, mention)
    )


def _is_where(mention: Mention, after: Mention) -> bool:
    """Whether a name says where the region of the next one lies."""
    return any(_lies_in(r.adcode, above.adcode) for above in mention.candidates for r in after.candidates)


def _resolve(mention: Mention, before: Mention | None, place: Place) -> Region | None:
    """Which of its regions a name means; None where that is not clear."""
    found = mention.candidates
    near = (place.code, *place.above)
    scopes = [[r.adcode for r in before.candidates] if before else [], *([code] for code in near if code)]
    if len(found) > 1 and place.code in {r.adcode for r in found}:
        scopes.insert(1, [place.code])
    for scope in scopes:
        if len(found) == 1:
            break
        found = tuple(r for r in found if any(r.adcode == code or _lies_in(r.adcode, code) for code in scope)) or found
    return found[0] if len(found) == 1 else None


def relation(place: Place, code: str) -> str:
    """How the region of a code is related to that of a report; see `regions_named`.

    Examples
    --------
    >>> changchun = Place.of("长春市", "220100", "prefecture")
    >>> [relation(changchun, code) for code in ("220100", "220000", "220102", "220200", "210100", "")]
    ['own', 'superior', 'within', 'sibling', 'other', 'unclear']
    """
    if not code:
        return "unclear"
    if code == place.code:
        return "own"
    if code in place.above:
        return "superior"
    if place.level == _NATIONAL or (place.code and _lies_in(code, place.code)):
        return "within"
    if not place.code and len(place.above) < 2 and code[:2] in {own[:2] for own in place.above}:
        return "unclear"
    level = Region(code, "", 0, 0).level
    # A zone without a code is taken for a part like the counties of the prefecture that it lies in.
    own_level = place.level or "county"
    return "sibling" if level == own_level and tuple(superior_codes(level, code))[:1] == place.above[:1] else "other"


def _lies_in(code: str, other: str) -> bool:
    """Whether a region lies in another one, by their codes."""
    return code != other and other in superior_codes(Region(code, "", 0, 0).level, code)


@lru_cache(maxsize=512)
def _names(place: Place, year: int | None) -> _Names:
    """The regions that each name means in a report, and None for what only begins a name: of those near it, and everywhere."""
    own: dict[str, tuple[Region, ...] | None] = {}
    known = ChainMap(own, _names_everywhere(year))
    for name, regions in _short_names_around(place, year).items():
        own[name] = known.get(name) or regions
        own |= {name[:n]: known.get(name[:n]) for n in range(1, len(name))}
    return known


@lru_cache(maxsize=128)
def _names_everywhere(year: int | None) -> dict[str, tuple[Region, ...] | None]:
    """Full names of all regions, and short names of provinces and prefectures."""
    found: dict[str, dict[str, Region]] = defaultdict(dict)
    short: dict[str, list[Region]] = defaultdict(list)
    for region in _in_force(year):
        found[region.name][region.adcode] = region
        if region.level != "county" and (name := short_name(region.name)):
            short[name].append(region)
    names: dict[str, tuple[Region, ...] | None] = {name: tuple(own.values()) for name, own in found.items()}
    for name, regions in short.items():
        provinces = tuple(region for region in regions if region.level == "province")
        cities = tuple(region for region in regions if region.name.endswith("市"))
        names.setdefault(name, provinces or cities or tuple(regions))
    names = {name: regions for name, regions in names.items() if name not in ordinary_names()}
    begins = {name[:n] for name in names for n in range(1, len(name))} - names.keys()
    return names | dict.fromkeys(begins)


def _short_names_around(place: Place, year: int | None) -> dict[str, tuple[Region, ...]]:
    """Short names of the counties in the prefecture or municipality that a report's region lies in, or is."""
    codes = [code for code in (place.code, *place.above) if code[2:] != "0000" or code[:2] in MUNICIPALITIES]
    around = {code[:2] if code[:2] in MUNICIPALITIES else code[:4] for code in codes if code}
    found: dict[str, list[Region]] = defaultdict(list)
    for region in _in_force(year) if around else ():
        if region.level == "county" and {region.adcode[:2], region.adcode[:4]} & around:
            found[short_name(region.name)].append(region)
    return {name: tuple(regions) for name, regions in found.items() if name and name not in ordinary_names()}


@lru_cache(maxsize=128)
def _in_force(year: int | None) -> tuple[Region, ...]:
    """The regions in force at the beginning of a year; without one, those of the last edition."""
    return tuple(
        chain.from_iterable(in_force(rs, 9999 if year is None else year, 1) for rs in regions_by_name().values())
    )
