"""The metadata of a report as its file states them: title, region, year, meeting, date, speaker, source."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Any

from emphasis.ingest.body import TITLE, Bounds
from emphasis.ingest.catalogue import warn
from emphasis.ingest.paragraphs import Paragraph, key_of
from emphasis.ingest.places import COMMITTEE, SESSION, PlaceSources, RegionEvidence, find_region, is_zone
from emphasis.ingest.records import Metadata, ReportWarning
from emphasis.ingest.regions import RegionMention, regions_by_name
from emphasis.ingest.years import DIGIT, YEAR, PlanYear, find_plan_year, year_of
from emphasis.text import numeral, visible

_H = r"[\u4e00-\u9fff]"
_MEETING = re.compile(
    rf"({_H}{{0,24}}?第?{DIGIT}{{1,4}}届(?:(?:全国)?人民代表大会(?:常务委员会)?|人大(?:常委会)?(?=第?{DIGIT}{{1,4}}次))"
    rf"(?:第?{DIGIT}{{1,4}}次(?:全体)?会议)?)(?!以来)"
)
_DATE = re.compile(rf"({YEAR})(元|{DIGIT}{{1,2}})月({DIGIT}{{1,3}})日")
_MONTH = re.compile(rf"({YEAR})(元|{DIGIT}{{1,2}})月日?(?!{DIGIT})")
"""A date whose day is not given, or left open in a draft."""
_CLOCK = re.compile(r"\d{1,2}[:时]\d{1,2}")
_OPENING_WORDS = 600
"""Characters of each of the first paragraphs of a speech in which it says on whose behalf it is given."""
_OF_MEETING = re.compile(r"会议|大会")
_LABELLED = re.compile(r"(?:发布|发表|更新|成文|生成)?(?:时间|日期)|来源|发布")
_PUBLISHED = re.compile(
    r"(?:发布|发表|更新|成文|生成)?(?:时间|日期)\s*[:：]?\s*(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?\s*(?:(\d{1,2})[:：](\d{2}))?"
)
_STAMPED = re.compile(r"\s*(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?\s+(\d{1,2})[:：时](\d{2})")
_WRITTEN = re.compile("成文|生成")
"""What says that a date is that of the document, and not of its publication."""
_TITLE_LABEL = re.compile(r"(?:文件|信息)?(?:名称|标题|题名):")
_OTHER_LABEL = re.compile(r"(?:主题词|关键词|分类|文号|索引号?|发布机构):")
"""Labels in the tables above documents of governments: what the first say is a title, what the others say is none."""
_TRAIL = re.compile(r"[>»›→]|^您?(?:现在|当前)?的?(?:所在)?位置:")
"""What a line has that says where a page of the web is: 当前位置：首页>>政务公开>>政府工作报告."""
_SOURCE = re.compile(
    r"(?:(?:信息|文章|稿件|新闻|内容)?来源|稿源)\s*[:：]\s*([^\s:：|][^\n\r:：|]{0,38}?)(?=\s{2,}|[|\n\r]|\s\S{1,6}[:：]|$)"
)
_SOURCE_LABEL = re.compile(r"来源\s*[:：]\s*$")
_PUBLISHER = re.compile(rf"{_H}{{2,16}}(?:[日晚]报|网站?|政府|办公[室厅]|公报|客户端|通讯社)")
_OFFICE = "(?:代理?|常务副|副)?(?:[省市县区旗州盟镇乡]长|自治区主席|政府主席|主席|总理|专员|行政长官|主任)"
_PERSON = rf"(?:{_H}{{1,6}}(?:[·•．.]{_H}{{1,8}}){{1,3}}|{_H}{{2,4}}?)"
_OFFICE_FIRST = re.compile(
    rf"(?P<title>(?:{_H}|、){{0,20}}?{_OFFICE})[:]?(?P<name>{_PERSON})(?:同志)?(?:$|作|做|代表|在|向|[,。(|]|\d|——)"
)
_NAME_FIRST = re.compile(
    rf"(?:^|日|[,:(|—\-])(?P<name>{_PERSON})(?:同志)?[,(]?(?P<title>(?:(?:{_H}|、){{0,12}}?(?:政府|[省市县区旗州盟、]|国务院|{COMMITTEE}))?{_OFFICE})(?:在|作|做|向|[)|]|$)"
)
_ONLY_OFFICE = re.compile(rf"(?:{_H}|、){{0,20}}?{_OFFICE}[:]?")
_ONLY_NAME = re.compile(rf"{_H}{{2,4}}")
_NOT_NAME = re.compile(
    r"^(?:在|于|作|向|的|为|由|现将|特将|日前|近日|昨日|今日|今天|上午|下午|同志|人民|政府|工作|报告|代表|会议|各位|现在|我)|[省市县区州旗盟]$|(?:会议|政府|行署|公署|代表|报告|同志)$"
)


@dataclass(frozen=True, slots=True)
class MetadataEvidence:
    """What region and year were inferred from, so that checks can see contradictions."""

    place: RegionEvidence = field(default_factory=RegionEvidence)
    year: PlanYear = field(default_factory=PlanYear)


def read_metadata(
    text: str, paragraphs: Sequence[Paragraph], bounds: Bounds, headings: Sequence[str], names: Sequence[str] = ()
) -> tuple[Metadata, MetadataEvidence]:
    """Metadata from the title block, the opening words, the headings of the first level and the footer.

    Where these do not give year and region, they come from `names`, of the file and its folder, or from the whole text.
    """
    front = paragraphs[: bounds.body]
    opening = [p for p in paragraphs[bounds.body : bounds.body + 3] if p.key]
    footer = paragraphs[bounds.footer :]
    title = next((key for p in reversed(front) if p.is_short and TITLE.match(key := _clean(p.key))), "")
    block = _title_block(front)
    meeting = _meeting([*block, *(p.key for p in opening[:2])])
    date = _date(block)
    speaker, office = _speaker(block, meeting)
    around = [text[p.start : p.end] for p in (*front, *footer) if p.is_short]
    published = _published(around)
    source = _source(around)
    held = date or _month(block)
    year = find_plan_year(title, held, headings, names)
    words = " ".join(key_of(text[p.start : min(p.end, p.start + _OPENING_WORDS)]) for p in opening)
    context = " ".join(block) + " ".join(map(key_of, around))
    when = (int(held[:4]), int(held[5:7])) if held else (year.year, 1)
    place = find_region(PlaceSources(title, meeting, office, words, context, visible(text), names, *when))
    region = place.region
    where = (region.name, region.level, region.adcode, region.province)
    metadata = Metadata(title, *where, year.year, meeting, date, speaker, office, source, published)
    return metadata, MetadataEvidence(place, year)


def _clean(key: str) -> str:
    """A title without label and without dashes, brackets and asterisks around it; empty if its label is that of something else."""
    bare = key.strip("—-《》*# ")
    return (
        ""
        if _OTHER_LABEL.match(bare) or _TRAIL.search(bare)
        else _TITLE_LABEL.sub("", bare, count=1).strip("—-《》*# ")
    )


def _title_block(front: Sequence[Paragraph]) -> list[str]:
    """Keys of the paragraphs around the last title before the speech; the whole front matter if there is no title."""
    titles = [i for i, p in enumerate(front) if p.is_short and TITLE.match(_clean(p.key))]
    start = max(0, titles[-1] - 2) if titles else 0
    if titles and len(titles) > 1 and titles[-1] - titles[0] <= 4:
        start = titles[0]
    return [p.key for p in front[start:]]


def _meeting(keys: Sequence[str]) -> str:
    """The first meeting that is named, without the words before it: 2025年1月8日在长春市第十六届… begins at 长春市.

    Its name may be broken over two lines.
    """
    matches = [match for key in keys if (match := _MEETING.search(key))]
    if not matches:
        matches = [match for before, key in pairwise(keys) if (match := _MEETING.search(before + key))]
    if not matches:
        return ""
    found: str = matches[0].group(1)
    for cut in ("在", "向", "于", "日", "从"):
        before = SESSION.split(found, maxsplit=1)[0]
        if cut in before:
            found = found[(before.rindex(cut) if cut == "日" else before.index(cut)) + 1 :]
    return found


def _date(keys: Sequence[str]) -> str:
    """The day of the speech in ISO 8601: the one that the meeting was held on, else the first that is not of publication."""
    found: list[tuple[int, str]] = []
    for before, key, after in zip(["", *keys], keys, [*keys[1:], ""], strict=False):
        match = _DATE.search(key)
        if match is None or _LABELLED.match(key) or _CLOCK.search(key, match.end()):
            continue
        try:
            year, month, day = year_of(match.group(1)), _month_number(match.group(2)), numeral(match.group(3))
        except ValueError:
            continue
        if 1 <= month <= 12 and 1 <= day <= 31:
            near = _OF_MEETING.search(before) or _OF_MEETING.search(after) or key[0] in "(—-"
            rank = 0 if _OF_MEETING.search(key) else 1 if near else 2
            found.append((rank, f"{year:04d}-{month:02d}-{day:02d}"))
    return min(found, key=lambda item: item[0], default=(0, ""))[1]


def _month(keys: Sequence[str]) -> str:
    """The month of the meeting in ISO 8601, where no day is given; empty if it is not said on the line of the meeting."""
    match = next((m for key in keys if _OF_MEETING.search(key) and (m := _MONTH.search(key))), None)
    if match is None:
        return ""
    try:
        year, month = year_of(match.group(1)), _month_number(match.group(2))
    except ValueError:
        return ""
    return f"{year:04d}-{month:02d}" if 1 <= month <= 12 else ""


def _month_number(words: str) -> int:
    """The number of a month; 元月 is January."""
    return 1 if words == "元" else numeral(words)


def _speaker(keys: Sequence[str], meeting: str) -> tuple[str, str]:
    """Name and office of the speaker, in either order, on one line or two: 市长 王子联, 龚正市长."""
    for key, after in zip(keys, [*keys[1:], ""], strict=False):
        if TITLE.match(_clean(key)):
            continue
        if _ONLY_OFFICE.fullmatch(key) and _ONLY_NAME.fullmatch(after) and not _NOT_NAME.search(after):
            return after, _office(key)
        bare = _DATE.sub("|", key.replace(meeting or "|", "|")).strip("—-|(). ")
        for pattern in (_OFFICE_FIRST, _NAME_FIRST):
            for match in pattern.finditer(bare):
                name, office = match.group("name"), match.group("title")
                if not _NOT_NAME.search(name) and len(office) <= 24 and name + office[0] not in regions_by_name():
                    return name, _office(office)
    return "", ""


def _office(words: str) -> str:
    """An office without the words before it: 会议上省长 becomes 省长."""
    for cut in ("会议上", "会议", "上", "的", "由"):
        if cut in words and not (cut == "上" and _begins_with_region(words)):
            words = words[words.index(cut) + len(cut) :]
    return words.strip("、,:")


def _begins_with_region(words: str) -> bool:
    """Whether words begin with the name of a region, such as 上海市市长."""
    return any(words[:end] in regions_by_name() for end in range(2, len(words)))


def _published(parts: Sequence[str]) -> str:
    """When the page was published, in ISO 8601; when the document was written only where nothing else is said."""
    found = [m for part in parts for m in (*_PUBLISHED.finditer(part), _STAMPED.match(part)) if m is not None]
    first = min(found, key=lambda m: _WRITTEN.match(m.group()) is not None, default=None)
    return _iso(first) if first is not None else ""


def _source(parts: Sequence[str]) -> str:
    """What the file names as its source, on the line of the label or on the next."""
    if same := next((m.group(1).strip() for part in parts if (m := _SOURCE.search(part))), ""):
        return same
    following = (after.strip() for part, after in pairwise(parts) if _SOURCE_LABEL.search(part))
    return next((words for words in following if _PUBLISHER.fullmatch(words)), "")


def _iso(match: re.Match[str]) -> str:
    """A time of publication in ISO 8601."""
    year, month, day, hour, minute = match.groups()
    date = f"{int(year):04d}-{int(month):02d}-{int(day):02d}"
    return f"{date}T{int(hour):02d}:{minute}" if hour else date


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
    found = [*_check_year(metadata, evidence.year), *_check_region(metadata, evidence.place)]
    if elsewhere := _source_elsewhere(metadata):
        found.append(warn("source-elsewhere", source=metadata.source, elsewhere=elsewhere, province=metadata.province))
    return found


def _check_year(metadata: Metadata, evidence: PlanYear) -> list[ReportWarning]:
    if metadata.year is None:
        return [warn("no-year")]
    if evidence.from_name:
        return [warn("year-from-name", year=metadata.year)]
    if len(set(evidence.said.values())) > 1:
        said = ", ".join(f"{name} {year}" for name, year in evidence.said.items())
        return [warn("years-disagree", said=said, year=metadata.year)]
    return []


def _check_region(metadata: Metadata, evidence: RegionEvidence) -> list[ReportWarning]:
    region, found = metadata.region, []
    if not region:
        return [warn("no-region")]
    ours = evidence.region if evidence.region.name == region else RegionMention()
    if not metadata.adcode and metadata.region_level != "national":
        if ours.candidates:
            names = ", ".join(f"{r.adcode} {r.name}" for r in ours.candidates[:6]) + " …" * (len(ours.candidates) > 6)
            found.append(warn("ambiguous-region", region=region, count=len(ours.candidates), names=names))
        elif is_zone(ours):
            found.append(warn("zone-without-code", region=region))
        else:
            found.append(warn("unknown-region", region=region))
    if ours.name and evidence.origin == "name":
        if evidence.named:
            found.append(warn("region-from-name", region=region, count=evidence.named))
        else:
            found.append(warn("region-from-name-alone", region=region))
    elif ours.name and evidence.origin == "text":
        found.append(warn("region-from-text", region=region, count=evidence.named))
    if len({mention.name for mention in evidence.mentions.values()}) > 1:
        said = ", ".join(f"{part} {mention.name}" for part, mention in evidence.mentions.items())
        found.append(warn("regions-disagree", said=said))
    return found


def _source_elsewhere(metadata: Metadata) -> str:
    """The province that the source line names, if it is not the report's."""
    match = _NEWSPAPER.match(metadata.source)
    if match is None or not metadata.province:
        return ""
    names = (match.group() + suffix for suffix in ("省", "市", "自治区"))
    elsewhere = (r for name in names if name != metadata.province for r in regions_by_name().get(name, ()))
    return next((r.name for r in elsewhere if r.level == "province"), "")
