"""The metadata of a report as its file states them: title, region, year, meeting, date, speaker, source."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from emphasis.ingest.body import TITLE, Bounds
from emphasis.ingest.catalogue import warn
from emphasis.ingest.paragraphs import Paragraph, key_of
from emphasis.ingest.records import Metadata, ReportWarning
from emphasis.ingest.regions import RegionMention, regions_by_name, resolve_region, split_names
from emphasis.text import numeral

_H = r"[\u4e00-\u9fff]"
_N = "[一二三四五六七八九十百零〇○\\d]"
_YEAR = re.compile(rf"(\d{{4}}|[一二][九〇○零0]{_N}{{2}})年")
_MEETING = re.compile(
    rf"({_H}{{0,24}}?第{_N}{{1,4}}届(?:全国)?人民代表大会(?:常务委员会)?(?:第{_N}{{1,4}}次(?:全体)?会议)?)(?:上|,|。|[)]|的|作|向|提|$|.)"
)
_DATE = re.compile(rf"(\d{{4}}|[一二][九〇○零0]{_N}{{2}})年({_N}{{1,2}})月({_N}{{1,3}})日")
_PUBLISHED = re.compile(
    r"(?:发布|发表|更新|成文|生成)?(?:时间|日期)\s*[:：]?\s*(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?\s*(?:(\d{1,2})[:：](\d{2}))?"
)
_SOURCE = re.compile(
    r"(?:(?:信息|文章|稿件|新闻|内容)?来源|稿源)\s*[:：]\s*([^\s:：|][^\n\r:：|]{0,38}?)(?=\s{2,}|[|\n\r]|\s\S{1,6}[:：]|$)"
)
_OFFICE = "(?:代理?|常务副|副)?(?:[省市县区旗州盟镇乡]长|自治区主席|政府主席|主席|总理|专员|行政长官|主任)"
_PERSON = rf"(?:{_H}{{1,6}}(?:[·•．.]{_H}{{1,8}}){{1,3}}|{_H}{{2,4}}?)"
_OFFICE_FIRST = re.compile(
    rf"(?P<title>(?:{_H}|、){{0,20}}?{_OFFICE})[:]?(?P<name>{_PERSON})(?:同志)?(?:$|作|做|代表|在|向|[,。(|]|\d|——)"
)
_NAME_FIRST = re.compile(
    rf"(?:^|日|[,:(|—\-])(?P<name>{_PERSON})(?:同志)?[,(]?(?P<title>(?:{_H}|、){{0,12}}?{_OFFICE})(?:在|作|做|向|[)|]|$)"
)
_NOT_NAME = re.compile(
    r"^(?:在|于|作|向|的|为|同志|人民|政府|工作|报告|代表|会议|各位|现在|我)|[省市县区州旗]$|(?:会议|政府|代表|报告|同志)$"
)
_ON_BEHALF = re.compile(rf"代表(?:({_H}{{0,20}}?)(?:人民)?政府|{_H}{{0,8}}国务院)")
_NATIONAL = re.compile(r"国务院|全国人民代表大会")
_PLAN_YEAR = re.compile(r"(\d{4})年.{0,20}(?:安排|任务|重点|部署|要求|目标|计划|思路|打算|预算|建议|取向)")
_REVIEW_YEAR = re.compile(r"(\d{4})年.{0,12}(?:回顾|总结|情况|决算|成绩)|(?:回顾|总结)(\d{4})年")

FIRST_MONTH_BEFORE = 11
"""A meeting in this month or later plans for the next year."""

NATION = "全国"
"""The region of reports of the State Council; GB/T 2260 has no code for it."""


@dataclass(frozen=True, slots=True)
class MetadataEvidence:
    """What region and year were inferred from, so that checks can see contradictions."""

    region: RegionMention  # the mention that gave the region
    title_region: RegionMention
    meeting_region: RegionMention
    opening_region: RegionMention  # in the opening words
    years: dict[str, int]  # the year that title, date and headings each point to, by source


def read_metadata(
    text: str, paragraphs: Sequence[Paragraph], bounds: Bounds, headings: Sequence[str]
) -> tuple[Metadata, MetadataEvidence]:
    """Metadata from the title block, the opening words, the headings of the first level and the footer."""
    front = paragraphs[: bounds.body]
    opening = [p for p in paragraphs[bounds.body : bounds.body + 3] if p.key]
    footer = paragraphs[bounds.footer :]
    title = next((key for p in reversed(front) if p.is_short and TITLE.match(key := _clean(p.key))), "")
    block = _title_block(front)
    meeting = _meeting([*block, *(p.key for p in opening[:2])])
    date = _date(block)
    speaker, office = _speaker(block, meeting)
    around = [text[p.start : p.end] for p in (*front, *footer) if p.is_short]
    published = next((_iso(m) for part in around if (m := _PUBLISHED.search(part))), "")
    source = next((m.group(1).strip() for part in around if (m := _SOURCE.search(part))), "")
    years = _years(title, date, headings)
    year = next((years[k] for k in ("plan heading", "review heading", "title", "date") if k in years), None)
    context = " ".join(block) + " ".join(map(key_of, around))
    mentions = _region_mentions(title, meeting, " ".join(p.key for p in opening), context, year)
    region = next((m for m in (mentions[1], mentions[0], mentions[2]) if m.name), RegionMention())
    place = (region.name, region.level, region.adcode, region.province)
    metadata = Metadata(title, *place, year, meeting, date, speaker, office, source, published)
    return metadata, MetadataEvidence(region, *mentions, years)


def _clean(key: str) -> str:
    """A title without dashes, brackets and asterisks around it."""
    return key.strip("—-《》*# ")


def _title_block(front: Sequence[Paragraph]) -> list[str]:
    """Keys of the paragraphs around the last title before the speech; the whole front matter if there is no title."""
    titles = [i for i, p in enumerate(front) if p.is_short and TITLE.match(_clean(p.key))]
    start = max(0, titles[-1] - 2) if titles else 0
    if titles and len(titles) > 1 and titles[-1] - titles[0] <= 4:
        start = titles[0]
    return [p.key for p in front[start:]]


def _meeting(keys: Sequence[str]) -> str:
    """The first meeting that is named, without the words before it: 2025年1月8日在长春市第十六届… begins at 长春市."""
    for key in keys:
        if match := _MEETING.search(key):
            found: str = match.group(1)
            for cut in ("在", "向", "于", "日"):
                before = found.split("第", maxsplit=1)[0]
                if cut in before:
                    found = found[(before.rindex(cut) if cut == "日" else before.index(cut)) + 1 :]
            return found
    return ""


def _date(keys: Sequence[str]) -> str:
    """The first date that is not one of publication, in ISO 8601."""
    for key in keys:
        if re.match(r"(?:发布|更新|成文)?(?:时间|日期)", key):
            continue
        if match := _DATE.search(key):
            try:
                year, month, day = (numeral(g.replace("○", "〇")) for g in match.groups())
            except ValueError:
                continue
            if 1 <= month <= 12 and 1 <= day <= 31:
                return f"{year:04d}-{month:02d}-{day:02d}"
    return ""


def _speaker(keys: Sequence[str], meeting: str) -> tuple[str, str]:
    """Name and office of the speaker, in either order: 市长 王子联, 龚正市长."""
    for key in keys:
        if TITLE.match(_clean(key)):
            continue
        bare = _DATE.sub("|", key.replace(meeting or "|", "|")).strip("—-|(). ")
        for pattern in (_OFFICE_FIRST, _NAME_FIRST):
            for match in pattern.finditer(bare):
                name, office = match.group("name"), match.group("title")
                if not _NOT_NAME.search(name) and len(office) <= 24:
                    return name, _office(office)
    return "", ""


def _office(words: str) -> str:
    """An office without the words before it: 会议上省长 becomes 省长."""
    for cut in ("会议上", "会议", "上", "的", "由"):
        if cut in words:
            words = words[words.index(cut) + len(cut) :]
    return words.strip("、,:")


def _iso(match: re.Match[str]) -> str:
    """A time of publication in ISO 8601."""
    year, month, day, hour, minute = match.groups()
    date = f"{int(year):04d}-{int(month):02d}-{int(day):02d}"
    return f"{date}T{int(hour):02d}:{minute}" if hour else date


def _years(title: str, date: str, headings: Sequence[str]) -> dict[str, int]:
    """The year that title, date and headings each say the report plans for."""
    years: dict[str, int] = {}
    if match := _YEAR.search(title):
        years["title"] = numeral(match.group(1).replace("○", "〇"))
    if date:
        # Congresses meet early in the year that is planned for; some of counties in November or December before it.
        years["date"] = int(date[:4]) + (int(date[5:7]) >= FIRST_MONTH_BEFORE)
    for heading in map(key_of, headings):
        if match := _REVIEW_YEAR.search(heading):
            years.setdefault("review heading", int(match.group(1) or match.group(2)) + 1)
        elif match := _PLAN_YEAR.search(heading):
            years.setdefault("plan heading", int(match.group(1)))
    return years


def _region_mentions(
    title: str, meeting: str, opening: str, context: str, year: int | None
) -> tuple[RegionMention, RegionMention, RegionMention]:
    """The regions that title, meeting and opening words name."""
    # The year comes before or after the region: 2025年长春市政府工作报告, 长春市2025年政府工作报告.
    titled = re.sub(rf"{_YEAR.pattern}度?|(?:人民)?政府.*$", "", title)
    gathered = meeting.split("第", maxsplit=1)[0]
    behalf = _ON_BEHALF.search(opening)
    spoken = (behalf.group(1) or "") if behalf else ""
    mentions = []
    for words, whole in ((titled, title), (gathered, meeting), (spoken, behalf.group() if behalf else "")):
        if _NATIONAL.search(whole):
            mentions.append(RegionMention(NATION, "national"))
        else:
            others = [w for w in (titled, gathered, spoken) if w and w != words]
            known = len(words) > 1 and split_names(words)
            mentions.append(resolve_region(words, [*others, context], year) if known else RegionMention())
    return mentions[0], mentions[1], mentions[2]


def restore_characters(metadata: Metadata, text: str, plain: str) -> Metadata:
    """The metadata in the characters of `text`, after it was read from `plain`, the same text in simplified characters.

    The region stays simplified, as in the table of codes.
    """
    if text == plain:
        return metadata
    printed, simple = key_of(text), key_of(plain)

    def original(words: str) -> str:
        at = simple.find(key_of(words)) if words else -1
        return printed[at : at + len(key_of(words))] if at >= 0 else words

    names = ("title", "meeting", "speaker", "speaker_title", "source")
    printed_words: dict[str, Any] = {name: original(getattr(metadata, name)) for name in names}
    return replace(metadata, **printed_words)


_NEWSPAPER = re.compile(r"[\u4e00-\u9fff]{2,4}?(?=日报|晚报|人大|人民政府|省政府|市政府|政府网)")


def check_metadata(metadata: Metadata, evidence: MetadataEvidence) -> list[ReportWarning]:
    """Warnings where it is not known which report this is, or where the file contradicts itself."""
    found = []
    region, years = metadata.region, evidence.years
    if metadata.year is None:
        found.append(warn("no-year"))
    if not region:
        found.append(warn("no-region"))
    elif not metadata.adcode and metadata.region_level != "national":
        several = evidence.region.candidates if evidence.region.name == region else ()
        if several:
            names = ", ".join(f"{r.adcode} {r.name}" for r in several[:6]) + " …" * (len(several) > 6)
            found.append(warn("ambiguous-region", region=region, count=len(several), names=names))
        else:
            found.append(warn("unknown-region", region=region))
    if metadata.year is not None and len(set(years.values())) > 1:
        said = ", ".join(f"{name} {year}" for name, year in years.items())
        found.append(warn("years-disagree", said=said, year=metadata.year))
    mentions = (evidence.title_region, evidence.meeting_region, evidence.opening_region)
    named = [(label, m.name) for label, m in zip(("title", "meeting", "salutation"), mentions, strict=True) if m.name]
    if len({name for _, name in named}) > 1:
        found.append(warn("regions-disagree", said=", ".join(f"{label} {name}" for label, name in named)))
    if elsewhere := _source_elsewhere(metadata):
        found.append(warn("source-elsewhere", source=metadata.source, elsewhere=elsewhere, province=metadata.province))
    return found


def _source_elsewhere(metadata: Metadata) -> str:
    """The province that the source line names, if it is not the report's."""
    match = _NEWSPAPER.match(metadata.source)
    if match is None or not metadata.province:
        return ""
    names = (match.group() + suffix for suffix in ("省", "市", "自治区"))
    elsewhere = (r for name in names if name != metadata.province for r in regions_by_name().get(name, ()))
    return next((r.name for r in elsewhere if r.level == "province"), "")
