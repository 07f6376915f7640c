"""Administrative regions and their codes (GB/T 2260)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from emphasis.errors import EmphasisError
from emphasis.ingest.records import RegionLevel
from emphasis.project import find
from emphasis.store.written import written_cells, written_rows

REGIONS_FILE = find("config/regions.tsv")
"""Codes, names and the years in which they were in force; its first lines name the source."""
PLACE_WORDS_FILE = find("config/place_words.txt")
"""Names, most of them short, that are ordinary words too; its first lines say how they were chosen."""

SECOND_HALF = 7
"""The month from which a change of codes is taken to have happened already in the year in which the table has it."""

_SUFFIX = "(?:省|自治区|特别行政区|市|自治州|州|盟|地区|区|自治县|县|自治旗|旗|林区|特区)"
_NAME = re.compile(rf"[\u4e00-\u9fff]{{1,12}}?{_SUFFIX}")
_KIND = re.compile(rf"(?:新区|自治[区州县旗]|{_SUFFIX})$")
_NATIONALITIES = (
    "蒙古 回 藏 维吾尔 苗 彝 壮 布依 朝鲜 满 侗 瑶 白 土家 哈尼 哈萨克 傣 黎 傈僳 佤 畲 拉祜 水 东乡 纳西 景颇 柯尔克孜 土 达斡尔 "
    "仫佬 羌 布朗 撒拉 毛南 仡佬 锡伯 塔吉克 普米 怒 鄂温克 保安 裕固 独龙 鄂伦春 各"
)
_NATIONALITY = re.compile(rf"(?:(?:{'|'.join(_NATIONALITIES.split())})族|蒙古|维吾尔|哈萨克|柯尔克孜)$")


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
    for number, row in written_rows(REGIONS_FILE, ("adcode", "name", "first_year", "last_year")):
        adcode, name, first, last = row["adcode"], row["name"], row["first_year"] or "0", row["last_year"] or "9999"
        if not (name and len(adcode) == 6 and (adcode + first + last).isdecimal()):
            raise EmphasisError(
                f"{REGIONS_FILE}, line {number}: {' '.join(row.values()).strip()!r} is no code of six digits, name, and years or nothing"
            )
        rows.setdefault(name, []).append(Region(adcode, name, int(first), int(last)))
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


def resolve_region(words: str, context: Iterable[str], year: int | None = None, month: int = 1) -> RegionMention:
    """The region that `words` name; where several have that name, `context` decides.

    Parameters
    ----------
    words : str
        A name, perhaps with those of the regions above it: 吉林省长春市.
    context : iterable of str
        Texts that may name the province or prefecture; consulted only when several regions have the name.
    year : int, optional
        Only names in force in that year have a code, if there is one.
    month : int, optional
        The month of that year, from 1; it decides in a year in which a name passed to another code.

    Examples
    --------
    >>> [resolve_region(*it).adcode for it in (("长春市", []), ("朝阳区", []), ("朝阳区", ["长春市"]))]
    ['220100', '', '220104']
    >>> [resolve_region("巢湖市", [], year).adcode for year in (2010, 2011, 2012)]
    ['341400', '341400', '340181']
    """
    names = split_names(words)
    if not names:
        return RegionMention()
    name = names[-1]
    known = regions_by_name().get(name, ())
    found = {r.adcode: r for r in in_force(known, year, month)}
    for above in (names[:-1], *([c] for c in context)):
        if len(found) > 1:
            fitting = {c: r for c, r in found.items() if any(_lies_in(r, a) for a in above)}
            found = fitting or found
    among = found or {r.adcode: r for r in known}
    levels, provinces = {r.level for r in among.values()}, {province_of(code) for code in among}
    level = levels.pop() if len(levels) == 1 else ""
    province = provinces.pop() if len(provinces) == 1 else ""
    if len(found) == 1:
        return RegionMention(name, level, next(iter(found)), province)
    return RegionMention(name, level, "", province, tuple(found[c] for c in sorted(found)))


def in_force(regions: Iterable[Region], year: int | None, month: int) -> list[Region]:
    """The regions whose name was in force; a code that ended earlier or began later is none of the report's time.

    The table has whole years: a name passes to its next code within `first_year`. Congresses meet at the beginning of the
    year, when the old one is still in force; from July on the new one is tried first.
    """
    if year is None:
        return list(regions)
    at_start = [r for r in regions if (r.first_year or -1) < year <= r.last_year + 1]
    at_end = [r for r in regions if r.first_year <= year <= r.last_year]
    return (at_end or at_start) if month >= SECOND_HALF else (at_start or at_end)


_PEOPLES = (
    "壮 回 满 苗 土家 藏 蒙古 彝 布依 侗 瑶 白 哈尼 黎 哈萨克 傣 畲 傈僳 东乡 仡佬 拉祜 水 佤 纳西 羌 土 仫佬 锡伯 "
    "柯尔克孜 景颇 达斡尔 撒拉 布朗 毛南 塔吉克 普米 怒 鄂温克 鄂伦春 保安 裕固 独龙 朝鲜 门巴 维吾尔"
).split()
_PEOPLE = "|".join(people + ("族?" if len(people) > 1 else "族") for people in sorted(_PEOPLES, key=len, reverse=True))
_ENDING = re.compile(
    rf"(?:(?:{_PEOPLE}|各族)+(?:自治[州县旗]|区)|自治[州县旗]|(?:壮族|回族|维吾尔)?自治区|特别行政区|地区|[省市区县州盟旗])$"
)


@cache
def stem_of(name: str) -> str:
    """A region's name without what kind of region it is, as people say it.

    Examples
    --------
    >>> [stem_of(name) for name in ("深圳市", "广西壮族自治区", "内蒙古自治区", "坪山区", "延边朝鲜族自治州", "城区")]
    ['深圳', '广西', '内蒙古', '坪山', '延边', '城区']
    """
    stem = _ENDING.sub("", name)
    return stem if len(stem) > 1 else name


def province_of(adcode: str) -> str:
    """The name of the province a code belongs to."""
    region = region_of_code(adcode[:2] + "0000")
    return region.name if region else ""


def names_above(region: Region) -> list[str]:
    """The names, of any time, of the prefecture and province that a region lies in, the nearest first."""
    above = [code for code in (region.adcode[:4] + "00", region.adcode[:2] + "0000") if code != region.adcode]
    return [r.name for code in dict.fromkeys(above) for r in _regions_by_code().get(code, ())]


def _lies_in(region: Region, words: str) -> bool:
    """Whether `words` name the province or prefecture that a region lies in."""
    return any(name in words for name in names_above(region))


def short_name(name: str) -> str:
    """The name of a region as it is said for short: without what it is, and whose autonomy; empty if it has no shorter one.

    Examples
    --------
    >>> [short_name(name) for name in ("长春市", "延边朝鲜族自治州", "内蒙古自治区", "吴县")]
    ['长春', '延边', '内蒙古', '']
    """
    short = _KIND.sub("", name)
    # One nationality at a time: in 彭水苗族土家族自治县, 水 is none.
    while len(without := _NATIONALITY.sub("", short)) > 1 and without != short:
        short = without
    return short if len(short) > 1 and short != name else ""


@lru_cache(maxsize=256)
def names_around(region: str, adcode: str, holder: str = "") -> frozenset[str]:
    """What a report on a region may call the region, the regions that it lies in, and those that lie in it.

    Full names of any year and short ones, but none that is an ordinary word (`PLACE_WORDS_FILE`).

    Parameters
    ----------
    region : str
        The name that the report gives it; may be one that the table of regions lacks.
    adcode : str
        Six digits, or empty.
    holder : str
        Of a region without a code, the code of the region that it lies in; or empty.

    Examples
    --------
    >>> found = names_around("和平区", "120101")
    >>> [name in found for name in ("和平区", "和平", "天津市", "天津", "河西区")]
    [True, False, True, True, False]
    >>> sorted(names_around("大鹏新区", "", "440300"))
    ['大鹏', '大鹏新区', '广东', '广东省', '深圳', '深圳市']
    """
    return _all_names_around(region, adcode, holder) - ordinary_names()


@lru_cache(maxsize=256)
def ordinary_names_around(region: str, adcode: str, holder: str = "") -> frozenset[str]:
    """Of the same names those that are ordinary words too.

    Examples
    --------
    >>> "盐田" in ordinary_names_around("深圳市", "440300"), "深圳" in ordinary_names_around("深圳市", "440300")
    (True, False)
    """
    return _all_names_around(region, adcode, holder) & ordinary_names()


def _all_names_around(region: str, adcode: str, holder: str) -> frozenset[str]:
    names = {region} - {""}
    if lowest := adcode or holder:
        own = adcode[:2] if adcode.endswith("0000") else adcode[:4] if adcode.endswith("00") else adcode
        above = {lowest, f"{lowest[:2]}0000", f"{lowest[:4]}00"}
        codes = [code for code in _regions_by_code() if (own and code.startswith(own)) or code in above]
        names |= {place.name for code in codes for place in _regions_by_code()[code]}
    return frozenset(names | {short_name(name) for name in names}) - {""}


@lru_cache(maxsize=1)
def ordinary_names() -> frozenset[str]:
    """Names of regions that are ordinary words too (`PLACE_WORDS_FILE`)."""
    return frozenset(place_words())


@lru_cache(maxsize=1)
def always_ordinary_names() -> frozenset[str]:
    """Those of the same names that are words even in the reports of their own region.

    Examples
    --------
    >>> [name in always_ordinary_names() for name in ("合作", "光明")]
    [True, False]
    """
    return frozenset(name for name, always in place_words().items() if always)


@lru_cache(maxsize=4)
def place_words(path: Path = PLACE_WORDS_FILE) -> Mapping[str, bool]:
    """Each of the names, and whether it is always a word.

    Raises
    ------
    EmphasisError
        If something other than ``always`` stands behind a name.
    """
    found: dict[str, bool] = {}
    for number, (name, *more) in written_cells(path):
        if more not in ([], ["always"]):
            raise EmphasisError(
                f"{path}, line {number}: {name}: {' '.join(more)!r} stands behind the name; allowed: always, or nothing"
            )
        found[name] = bool(more)
    return found
