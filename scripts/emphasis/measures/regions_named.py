"""Regions that a report names: who looks to whom."""

from __future__ import annotations

from collections import ChainMap, defaultdict
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain
from typing import Any, NamedTuple

import pandas as pd

from emphasis.ingest.regions import (
    Region,
    always_ordinary_names,
    in_force,
    ordinary_names,
    regions_by_name,
    resolve_region,
    short_name,
    split_names,
)
from emphasis.ingest.zones import MUNICIPALITIES
from emphasis.measures.region_mentions import Mention, Names, Text, mentions_in
from emphasis.measures.superiors import superior_codes, superiors

COLUMNS = [
    *("report_id", "region", "named", "adcode", "level", "relation", "n", "n_sentences", "n_sections"),
    *("section_id", "sentence_id", "start", "end"),
]
_NATIONAL = "national"
_OF_ANY_PLACE = frozenset("东南西北中内外上下城新港江河湖海山")
"""Characters of which 东港区 and 新北区 are made, and as well 盐田港｜东港区 and 高新｜北区."""


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
    - full names of two characters (和县), and those in 区 whose short name is an ordinary word everywhere or made of such characters as 东 and 港
      (和平区, 东港区), only in the province of the report's region or after the name of a region that they lie in;
    - but no name, full or short, that is an ordinary word too (config/place_words.txt: 东方, 和平, 城区); unless the word is rare (光明, 盐田), and the
      report is on the region, or on one that it lies in, and no word next to it says otherwise (光明前景);
    - no short name that is part of the name of an institution, of a street or of another spot: a river, a mountain, a station, a port, an airport
      (河南大学, 宁德时代, 南京路, 龙岗河, 坪山站);
    - and nothing that is cut out of two names: 湖北 in 罗湖北站, 海南 in 前海南山, where the report has 罗湖 and 前海 elsewhere too.

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
    text = Text(words, starts, ends, sentence_ids)
    mentions = list(mentions_in(text, _names(place, year), _short_names_in(place)))
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


@lru_cache(maxsize=4_096)
def _is_doubtful(name: str) -> bool:
    """Whether a full name can be something else where nothing says that it is a place: 统筹新老城区, 产业兴县, 盐田港东港区."""
    if name not in regions_by_name():
        return False
    short = short_name(name)
    return len(name) == 2 or (
        name[-1] == "区" and (short in always_ordinary_names() or _OF_ANY_PLACE.issuperset(short))
    )


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
def _names(place: Place, year: int | None) -> Names:
    """The regions that each name means in a report, and None for what only begins a name: of those near it, and everywhere."""
    own: dict[str, tuple[Region, ...] | None] = {}
    known = ChainMap(own, _names_everywhere(year))
    for name, regions in (_short_names_around(place, year) | _ordinary_names_of(place, year)).items():
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
    return {
        name: of
        for name, regions in found.items()
        if name and (of := tuple(r for r in regions if name not in ordinary_names() or _is_taken(r, place)))
    }


def _ordinary_names_of(place: Place, year: int | None) -> dict[str, tuple[Region, ...]]:
    """Short names of a prefecture, and of those in a province, that are ordinary words elsewhere: 大庆, 白银."""
    named = ((short_name(r.name), r) for r in _in_force(year) if r.level == "prefecture" and _is_taken(r, place))
    return {name: (region,) for name, region in named if name in ordinary_names()}


def _is_taken(region: Region, place: Place) -> bool:
    """Whether a report takes the short name of a region, an ordinary word elsewhere, for the region: it is on it, or on one that it lies in."""
    own = region.adcode == place.code or (bool(place.code) and _lies_in(region.adcode, place.code))
    return own and short_name(region.name) not in always_ordinary_names()


@lru_cache(maxsize=64)
def _short_names_in(place: Place) -> frozenset[str]:
    """Short names of all regions, of any time, in the province of a report."""
    provinces = {code[:2] for code in (place.code, *place.above) if code}
    every = chain.from_iterable(regions_by_name().values())
    return frozenset(short_name(region.name) for region in every if region.adcode[:2] in provinces) - {""}


@lru_cache(maxsize=128)
def _in_force(year: int | None) -> tuple[Region, ...]:
    """The regions in force at the beginning of a year; without one, those of the last edition."""
    return tuple(
        chain.from_iterable(in_force(rs, 9999 if year is None else year, 1) for rs in regions_by_name().values())
    )
