"""The region a report is of, from its title, session, speaker and salutation, and where these are silent from elsewhere.

A salutation often says no more than 我代表区人民政府. Then the name of the file or of its folder is asked, which collectors
give with care, and last the speech itself, which names its own region more often than any other.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal

from emphasis.ingest.official_names import current_regions, official_name
from emphasis.ingest.paragraphs import key_of
from emphasis.ingest.regions import (
    Region,
    RegionMention,
    in_force,
    names_above,
    province_of,
    regions_by_name,
    resolve_region,
    split_names,
    stem_of,
)
from emphasis.ingest.years import DIGIT, YEAR

NATION = "全国"
"""The region of reports of the State Council; GB/T 2260 has no code for it."""

_H = r"[\u4e00-\u9fff]"
COMMITTEE = "管(?:理)?委(?:员)?会"
"""The government of a zone."""
SESSION = re.compile(rf"第?{DIGIT}{{1,4}}届")
"""Which congress it is; the region stands before it."""
AGENCY = "(?:行政公署|行署|革命委员会|革委会|人民委员会)"
"""The government of a prefecture that is no congress's (行署), and those of 1968 to 1980 and of 1955 to 1967."""
_GOVERNMENT = rf"(?:(?:人民)?政府|{AGENCY}|(?:党工委、?)?{COMMITTEE})"
_ON_BEHALF = re.compile(
    rf"代表(?:({_H}{{0,20}}?){_GOVERNMENT}|{_H}{{0,8}}国务院)|受({_H}{{0,20}}?){_GOVERNMENT}的?委托|(?<=受)国务院的?委托"
)
_NATIONAL = re.compile(r"国务院|全国人民代表大会")
_NOT_PLACE = re.compile(
    rf"^(?:在|于|关于)|(?:{YEAR})度?|(?:人民)?政府.*$|{AGENCY}.*$|{COMMITTEE}.*$|工作报告.*$|[{{}}()\[\]《》—\-_ ]"
)
_ZONES = "新区|开发区|高新区|经开区|园区|示范区|试验区|实验区|合作区|度假区|管理区|保税港?区|先行区"
_GENERIC = re.compile(rf"(?:本|我|全|各|该)?(?:省|市|区|县|州|盟|旗|镇|乡|自治[区州县旗]|地区|特区|林区|街道|{_ZONES})")
"""What a speaker calls the region without its name: 我代表自治区人民政府."""
_ZONE = re.compile(rf"{_H}{{2,16}}(?:{_ZONES}|管委会)")
_TOWN = re.compile(rf"{_H}{{1,8}}?(?:镇|乡|街道(?:办事处)?|苏木)")
"""A town, a township or a part of a city, which GB/T 2260 has no code for."""
_NO_NAME = re.compile(r"工作|回顾|召开|我们|会议|大会|报告|年|的|和|是|向|受|在")
_OF_PARTY = re.compile(rf"(?:中共)?({_H}{{2,16}}?)(?:党工委|委)(?:员会)?(?:常务)?副?书记$")
"""An office in the party's committee, with the place before it."""
_LONGEST_UNKNOWN = 10
"""Characters of a name that the table does not have; a longer one is no name."""

_KINDS: dict[str, tuple[str, ...]] = {
    "省": ("省",), "自治区": ("自治区",), "市": ("市",), "区": ("区", "特区", "林区"), "县": ("县",), "自治县": ("自治县",),
    "州": ("自治州",), "自治州": ("自治州",), "盟": ("盟",), "旗": ("旗",), "自治旗": ("自治旗",), "地区": ("地区",),
}  # fmt: skip
"""How the names of regions end that are called so."""
_CALLED = re.compile(r"(?:全|我|本)(省|市|区|县|州|盟|旗)")

_DEPTH = {"national": 0, "province": 1, "prefecture": 2, "county": 3}

LEAST_NAMED = 5
"""How often a speech names its own region, by its name without 市 or 区, to be taken for a report of it."""
MOST_RIVALS = 0.5
"""How often it names the next one, as a share of that."""

Origin = Literal["stated", "name", "text"]


@dataclass(frozen=True, slots=True)
class PlaceSources:
    """Where a report may name its region."""

    title: str = ""
    meeting: str = ""
    office: str = ""  # of the speaker
    opening: str = ""  # the first words of the speech
    around: str = ""  # front matter and footer, which may name the region above
    speech: str = ""  # the whole text
    names: Sequence[str] = ()  # of the file and its folder
    year: int | None = None  # of the speech, and its month
    month: int = 1


@dataclass(frozen=True, slots=True)
class RegionEvidence:
    """The region of a report, where it is from, and what each part of the file says of it."""

    region: RegionMention = field(default_factory=RegionMention)
    origin: Origin = "stated"
    named: int = 0  # how often the speech names the region, where it was not stated
    mentions: dict[str, RegionMention] = field(default_factory=dict)


def find_region(sources: PlaceSources) -> RegionEvidence:
    """The region of a report.

    Examples
    --------
    >>> find_region(
    ...     PlaceSources(opening="我代表自治州人民政府,", meeting="凉山彝族自治州第十二届人民代表大会")
    ... ).region.adcode
    '513400'
    >>> find_region(PlaceSources(title="苏州工业园区2024年工作报告")).region.name
    '苏州工业园区'
    """
    said = _say(sources)
    mentions = {
        part: _mention(words, [w for w in said.values() if w != words], sources) for part, words in said.items()
    }
    mentions = {part: mention for part, mention in mentions.items() if mention.name}
    stated = sorted(mentions.values(), key=lambda m: not _is_known(m))
    if stated:
        return RegionEvidence(_settle(stated[0], sources), mentions=mentions)
    called = _called_by_speaker(sources)
    for name in sources.names:
        mention = _in_name(name, called, sources)
        if mention.name:
            return RegionEvidence(mention, "name", _count(mention.name, sources.speech))
    return _most_named(sources, _called_most(sources.speech) if called is None else called)


def _say(sources: PlaceSources) -> dict[str, str]:
    """The words in which each part of the file names a region."""
    behalf = _ON_BEHALF.search(sources.opening)
    national = _NATIONAL.search(sources.meeting)
    return {
        "session": NATION if national else SESSION.split(sources.meeting, maxsplit=1)[0],
        "title": NATION if _NATIONAL.search(sources.title) else _NOT_PLACE.sub("", sources.title),
        "salutation": (NATION if "国务院" in behalf.group() else _named_by(behalf)) if behalf else "",
        "office": NATION if "国务院" in sources.office else _NOT_PLACE.sub("", _of_office(sources.office)),
    }


def _named_by(behalf: re.Match[str]) -> str:
    """The place that is named before the government on whose behalf a speaker reports."""
    return behalf.group(1) or behalf.group(2) or ""


def _of_office(office: str) -> str:
    """The place in an office: 上海市 of 上海市市长, and 福田区 of 中共福田区委副书记、区长."""
    *others, last = office.split("、")
    place = re.sub(
        rf"(?:人民政府|{AGENCY}|{COMMITTEE})?(?:代理?|常务副|副)?(?:主席|主任|总理|专员|行政长官|.长)$", "", last
    )
    party = (match.group(1) for part in others if (match := _OF_PARTY.match(part)))
    return place if len(place) > 1 else next(party, "")


def _mention(words: str, others: Iterable[str], sources: PlaceSources) -> RegionMention:
    """The region that `words` name."""
    if words == NATION:
        return RegionMention(NATION, "national")
    if len(words) < 2 or _GENERIC.fullmatch(words):
        return RegionMention()
    names = split_names(words)
    if town := _TOWN.fullmatch(words.removeprefix("".join(names))):
        return RegionMention(town.group(), "", "", _province_around(words, names, sources))
    return _mention_above_towns(words, names, others, sources)


def _mention_above_towns(
    words: str, names: Sequence[str], others: Iterable[str], sources: PlaceSources
) -> RegionMention:
    """The county, city, province or zone that `words` name, which consist of `names` as far as these are known."""
    known = regions_by_name()
    if not _names_one_in_force(names, sources) and (found := _official_last(words, names) or _known_tail(words)):
        words, names = found, split_names(found)
    if names and names[-1] in known and not _GENERIC.fullmatch(names[-1]):
        mention = resolve_region(words, [*others, sources.around], sources.year, sources.month)
        if mention.adcode or not _ZONE.fullmatch(mention.name):
            return mention
    if zone := _ZONE.search(words):
        return _zone(zone.group(), sources)
    if names and len(words) <= _LONGEST_UNKNOWN and not _NO_NAME.search(words) and not _GENERIC.fullmatch(names[-1]):
        return RegionMention(names[-1])
    return RegionMention()


def _zone(words: str, sources: PlaceSources) -> RegionMention:
    """A zone, which has no code: its name without the regions above it, unless these are what tells it from others."""
    above = ""
    for name in split_names(words):
        if name not in regions_by_name() or name == words or len(name) < 3:
            break
        above += name
    own = _without_province(words.removeprefix(above))
    name = words if not own or _GENERIC.fullmatch(own) else own
    return RegionMention(name, "", "", _province_named(words) or _province_named(sources.around))


def _province_named(words: str) -> str:
    """The province that `words` name or in which the prefecture lies that they name."""
    for level in ("province", "prefecture"):
        found = {
            province_of(r.adcode)
            for r in current_regions()
            if r.level == level and stem_of(r.name) in words and len(r.name) > 2
        }
        if len(found) == 1:
            return found.pop()
    return ""


def _official_last(words: str, names: Sequence[str]) -> str:
    """The words with the official name of the region that is named last."""
    if found := official_name(words):
        return found
    last = official_name(names[-1]) if len(names) > 1 else ""
    return words.removesuffix(names[-1]) + last if last and words.endswith(names[-1]) else ""


def _names_one_in_force(names: Sequence[str], sources: PlaceSources) -> bool:
    """Whether the last of the names is in the table, and was in force, unless no other name is known for it."""
    known = regions_by_name().get(names[-1], ()) if names else ()
    return bool(known) and (bool(in_force(known, sources.year, sources.month)) or not official_name(names[-1]))


def _province_around(words: str, names: Sequence[str], sources: PlaceSources) -> str:
    """The province of what has no code: that of the regions named before it, or one that the file names."""
    above = resolve_region("".join(names), [sources.around], sources.year, sources.month).province if names else ""
    return above or _province_named(words) or _province_named(sources.around)


def is_zone(mention: RegionMention) -> bool:
    """Whether a region is one of those that have no code: a new area, a development zone."""
    return not mention.adcode and not mention.level and _ZONE.fullmatch(mention.name) is not None


def _known_tail(words: str) -> str:
    """The known region that words end with: 坪山区 of 一图读懂坪山区."""
    known = regions_by_name()
    tails = (words[i:] for i in range(1, len(words) - 2))
    return next(
        (
            t
            for t in tails
            if not _GENERIC.fullmatch(t) and (n := split_names(t)) and all(x in known for x in n) and "".join(n) == t
        ),
        "",
    )


def _is_known(mention: RegionMention) -> bool:
    return bool(
        mention.adcode or mention.candidates or mention.level or mention.province or _ZONE.fullmatch(mention.name)
    )


def _settle(mention: RegionMention, sources: PlaceSources) -> RegionMention:
    """The mention with the code of the one region of several that lies where the speech is about: 深圳 many times."""
    if mention.candidates:
        counts = {r: max(_count(name, sources.speech) for name in names_above(r)) for r in mention.candidates}
        best = _clear_winner(counts)
        if best is not None:
            return RegionMention(mention.name, best.level, best.adcode, province_of(best.adcode))
    elif mention.name and not mention.province and _ZONE.fullmatch(mention.name):
        return RegionMention(mention.name, "", "", _most_named(sources, "省").region.province)
    return mention


def _count(name: str, speech: str) -> int:
    """How often a speech names a region, with or without 市 or 区."""
    return speech.count(stem_of(name))


def _clear_winner(counts: dict[Region, int]) -> Region | None:
    """The region that is named often and at least twice as often as any other."""
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0].adcode))
    if not ranked or ranked[0][1] < LEAST_NAMED:
        return None
    return ranked[0][0] if len(ranked) == 1 or ranked[1][1] <= MOST_RIVALS * ranked[0][1] else None


def _called_by_speaker(sources: PlaceSources) -> str | None:
    """What the speaker calls the region, without its name: 区 in 我代表区人民政府; empty for a zone, None if it is not said."""
    behalf = _ON_BEHALF.search(sources.opening)
    word = _named_by(behalf) if behalf else ""
    return (word if word in _KINDS else "") if word else None


def _called_most(speech: str) -> str:
    """What the speech calls the region most often: 区 where 全区 and 我区 are more frequent than 全市."""
    counts: dict[str, int] = {}
    for word in _CALLED.findall(speech):
        counts[word] = counts.get(word, 0) + 1
    return max(sorted(counts), key=lambda word: counts[word], default="")


def _is_called(mention: RegionMention, called: str | None) -> bool:
    """Whether a speaker would call the region so."""
    return not called or mention.name.endswith(_KINDS[called]) or (called == "区" and not mention.adcode)


def _in_name(name: str, called: str | None, sources: PlaceSources) -> RegionMention:
    """The region that the name of a file or folder gives, the lowest of several: 长春市 in 吉林省_长春市_2019."""
    above = [r.name for r in current_regions() if r.level != "county" and stem_of(r.name) in name]
    found = []
    for alternatives in _places_in_name(name):
        mentions = (_settle(_mention(words, above, sources), sources) for words in alternatives)
        found += [next((m for m in mentions if m.name and _is_called(m, called)), RegionMention())]
    return max(found, key=lambda m: _DEPTH.get(m.level, 3) if m.name else 0, default=RegionMention())


def _places_in_name(name: str) -> list[list[str]]:
    """What each part of the name of a file or folder may name, the most likely first.

    Examples
    --------
    >>> [_places_in_name(name) for name in ("2019吉林省长春市", "大鹏新区2021年管委会工作报告", "2020_长春")]
    [[['吉林省长春市']], [['大鹏新区']], [['长春市']]]
    """
    known = regions_by_name()
    places = []
    for chunk in re.findall(rf"{_H}+", re.sub(r"人民代表大会|第.{1,3}届.*", " ", key_of(name))):
        words = _NOT_PLACE.sub("", chunk).removeprefix("年").removeprefix("在")
        start = next((i for i in range(len(words)) if (n := split_names(words[i:])) and n[0] in known), len(words))
        chain = "".join(split_names(words[start:]))
        if _TOWN.fullmatch(words[start:].removeprefix(chain)):
            places.append([words[start:]])
        elif len(chain) > 2 and not _GENERIC.fullmatch(chain) and chain[-1] in "省市区县州盟旗":
            places.append([chain])
        elif zone := _ZONE.search(words):
            places.append([zone.group()])
        elif len(words) > 1:
            places.append(_full_names(words))
    return [alternatives for alternatives in places if alternatives]


def _full_names(words: str) -> list[str]:
    """长春市 for 长春 and for 吉林长春: official names, the highest level first."""
    own = {words, _without_province(words)}
    found = {
        (_DEPTH[r.level], r.name) for r in current_regions() if stem_of(r.name) != r.name and stem_of(r.name) in own
    }
    official = official_name(words)
    return list(dict.fromkeys([official] * bool(official) + [name for _, name in sorted(found)]))


def _without_province(words: str) -> str:
    """雄安新区 for 河北雄安新区."""
    stems = (stem_of(r.name) for r in current_regions() if r.level == "province")
    own = next((words.removeprefix(stem) for stem in stems if words.startswith(stem)), words)
    return words if _GENERIC.fullmatch(own) or len(own) < 2 else own


def _most_named(sources: PlaceSources, called: str) -> RegionEvidence:
    """The region, of the kind that the speaker calls it, that the speech names most often."""
    speech, endings = sources.speech, _KINDS.get(called, ())
    if not endings:
        return RegionEvidence(origin="text")
    counts: dict[Region, int] = {}
    for region in current_regions(sources.year):
        stem = stem_of(region.name)
        if (
            not region.name.endswith(endings)
            or region.name.endswith("特别行政区")
            or stem == region.name
            or (count := speech.count(stem)) < LEAST_NAMED
        ):
            continue
        # 振兴 and 新兴 are words too: the speech must also name the region above often.
        above = max((_count(name, speech) for name in names_above(region)), default=0)
        if region.level == "province" or above >= LEAST_NAMED:
            counts[region] = count
    best = _clear_winner(counts)
    if best is None:
        return RegionEvidence(origin="text")
    mention = RegionMention(best.name, best.level, best.adcode, province_of(best.adcode))
    return RegionEvidence(mention, "text", counts[best])
