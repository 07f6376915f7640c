"""When a statement is about: outturn or target (`period`), one year or several (`horizon`).

A quantity in the plan is a target and covers a year, unless the wording dates it otherwise (去年新建公园30处, 到2027年城镇化率达到70%).
What dates it may stand in its clause, before it in its sentence, at the beginning of its paragraph or of an earlier one
(`time_frame`, `opening_time`), or in the headings above.
"""

from __future__ import annotations

import re
from functools import lru_cache

from emphasis.ingest.records import Role
from emphasis.targets.entries import Horizon, Period
from emphasis.text import numeral

_PAST = re.compile(
    r"去年|上年(?!度?的?\d*倍)|前年|过去[一二三四五十\d]+年|一年来|五年来|本届政府|(?<!项)目前|累计已|上一?年度"
    r"|已经?(?:达|完成|建成|有|实现|发放|超)"
)
_PLAN_PERIOD = re.compile(r"“(?P<number>[一二三四五六七八九十]+)五”?(?:时期|期间)")
"""A five-year plan as a time (“十四五”时期)."""
_COMPARED_PAST = re.compile(
    r"(?:比|较|与|超过?|高于|低于|是|相当于|由|从)(?:去年|上年|前年)|(?:去年|上年)(?:同期)?(?:的|增加|提高|增长)?\d"
)
"""The past as what is compared with (比上年增长3%): that does not date the clause."""
_YEAR = re.compile(r"(?<![—\-–])((?:19|20)\d\d)年")
_COMPARED_YEAR = re.compile(
    r"(?:(?:恢复|回升|达|提高)[到至](?=(?:19|20)\d\d年(?:同期)?(?:水平)?的)|比|较|同|与|由|从|超过|高于|低于|相当于|是|自)(?:19|20)\d\d年"
    r"|按(?:照)?(?:19|20)\d\d年(?=[^,;]{0,4}价)"
    r"|(?:在|以)(?:19|20)\d\d年(?=(?:的?(?:实绩|水平))?的?基[数础]|为基)"
)
_AHEAD = re.compile(r"今年(?!以来)|今后|力争|确保|预期目标|下一步|未来|拟|将(?:新|再|增|达|继)")
_AIMS = re.compile(r"力争|确保|预期目标|争取")
_WILL = re.compile(
    r"今年(?:我们|全国|全省|全市|全区)?(?:要|将|拟|再(?!次))|今年(?!以来)[^,;。]{0,12}(?:扩大到|增加到|提高到)"
)
_AIMED_BEFORE = re.compile(
    r"今年(?!以来)(?:(?!今年|去年|上年|年初|已|完成了|实现了)[^。]){0,60}?"
    r"(?:预期目标|调控目标|增长目标|力争|计划(?!单列|生育|经济|体制|总投资|投资|项目|任务|行动|的))"
)
"""What in the sentence before a clause of the review makes it a target: 今年计划…, 今年…的调控目标."""
_OPENING_YEAR = re.compile(r"(?:^—*|[,;:。])(?:在|“[^”]*”和)?((?:19|20)\d\d)年(?![底末初])")
"""A year that opens a clause and so covers what follows."""
_FIVE = r"[一二三四五六七八九十]+五”?"
_SEVERAL_YEARS = re.compile(
    r"(?<!全)年均(?!浓度|值|气温|降水|空气)|(?<!全)年平均(?!浓度)|平均每年|每年平均|五年(?!级)"
    r"|[三四六七八九十]年(?:来|间|内|共|累计|攻坚|行动|任务|规划|计划|时间|的时间)"
    rf"|{_FIVE}(?:时期|期间|以来|规划|末|计划)"
    r"|近[两三四五六七八九十\d]+年|过去[三四五六七八九十\d]+年|[两三四五六七八九十\d]+年来|用[两三四五\d]+年"
    r"|历史累计|改革开放以来|新中国|本世纪|从(?:一九|19|20)\d?|以来的[三五]年"
)
_SPAN_LEAD = re.compile(
    r"(?:^|[,;:。])(?:今后|未来)[三四五]年|(?:^|[,;:。])(?:这|过去|今后|未来|近)?"
    r"(?:[三四五六七八九十]年(?:来|间|里|内|共|累计|全国|[^\d,;。]{0,3}(?:新建|建成|投入))|[三四五\d]+年,"
    rf"|“?{_FIVE}(?:时期|期间)|第[一二三四五六七八九十]+个五年计划(?:时期|期间))"
    r"|(?:^|[,;:。])这[两几]年[中来间里,]|过去[三四五]年|以来的[三五]年|[五十]年来"
)
_MAY_DATE = re.compile("[年期来划末累中世从比]")
"""Every wording of a year or of a span of years has one of these: without any, the slow patterns are not tried."""
_SINCE_YEAR = re.compile(r"(?:比|较|同|与)((?:19|20)\d\d)年")
_FRAMES = re.compile(
    r"(?:^—*|(?<=[,;:。]))(?:特别是|尤其是)?(?:刚刚)?(?:过去(?:的)?一年|一年来|去年|今年|全年|(?P<year>(?:19|20)\d\d)年)(?![底末初的])(?P<comma>[,全])?"
)
"""A single year that opens a sentence, or stands before a comma: it holds for the sentences after it, too."""
_THIS_YEAR = re.compile(
    r"去年|今年|当年|全年|同比|上年(?!的)|刚刚过去的\d{4}年|年内(?<![一二三四五六七八九十两几\d]年内)"
)
_SPAN_AHEAD = re.compile(rf"(?:过去|今后|未来)[三五]年|{_FIVE}(?:发展|时|主要|目标|总体|经济)|规划纲要")
_NAMES_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d年(?!远景)|今年|去年|过去一年|[上下]半年|下一步")
_OPENING = 30
_OPENING_SPAN = re.compile(
    rf"(?:过去|这|近|今后|未来)(?:的)?[三五]年|[两三四五]年来|“?{_FIVE}(?:时期|期间|以来)|^五年|^[—(一二三四五六七八九十、)]*这是[^,;。]*的[三五]年"
)
"""What opens a paragraph about several years (五年来,…; 这是民生福祉显著增进的｜五年)."""
_OPENING_THIS_YEAR = re.compile("去年|过去(?:的)?一年|刚刚过去的|一年来|今年")
_LOOKS_BACK = re.compile(r"过去[三四五十\d]+年|[三四五十]年来")
_PART_OF_YEAR = re.compile(
    r"(?:^|[,;:。(]|在)在?(?:去年|今年|\d{4}年)?(?P<part>前[一二三]个?季度|[一二三四]季度|上半年|下半年|1[-—–~至到]\d{1,2}月份?)"
    r"|(?P<year>全年|年度|去年(?!同期|[前上下一二三四1])|今年(?![前上下一二三四1])|\d{4}年(?![前上下一二三四1\d])|[一二三四五]年来|过去)"
)
"""A part of a year that opens a clause or follows 在, or a whole year, which ends it."""


def time_frame(sentence: str, plan_year: int | None = None) -> tuple[Horizon | None, bool]:
    """What a sentence sets for the rest of its paragraph: the horizon, if any, and whether it looks back over years.

    过去五年 or 五年来 at the beginning of a paragraph holds for what follows, until a single year is named.
    """
    span, _ = _last_time(sentence, plan_year)
    year = _framing_year(sentence, plan_year)
    if span < 0 and year < 0:
        return None, False
    return ("multi-year", _LOOKS_BACK.search(sentence) is not None) if span > year else ("year", False)


def _framing_year(text: str, plan_year: int | None) -> int:
    """Where a sentence last names a single year that holds beyond its clause; -1 if it names none.

    2024年,粮食产量再创新高 does, 2024年总量比2020年增加7000亿元 in the middle of a sentence does not.
    """
    if "年" not in text:
        return -1
    near = (plan_year, plan_year - 1) if plan_year is not None else ()
    framed = (m for m in _FRAMES.finditer(text) if m["year"] is None or int(m["year"]) in near)
    return max((m.start() for m in framed if m["comma"] or m.start() == 0), default=-1)


def _last_time(text: str, plan_year: int | None = None) -> tuple[int, int]:
    """Where a text last names a span of years, and where a single year; -1 if it names none."""
    return _last_time_named(text, plan_year) if "年" in text or "期" in text else (-1, -1)


@lru_cache(maxsize=64)
def _last_time_named(text: str, plan_year: int | None) -> tuple[int, int]:
    span = max((m.start() for m in _SPAN_LEAD.finditer(text)), default=-1)
    year = max((m.start() for m in _THIS_YEAR.finditer(text)), default=-1)
    return span, max(year, _opening_year(text, plan_year))


def _opening_year(text: str, plan_year: int | None) -> int:
    """Where a clause last opens with the plan's year or the one before (2025年全市…), and not as an end (到2025年); else -1."""
    if plan_year is None:
        return -1
    years = (m for m in _OPENING_YEAR.finditer(text) if int(m[1]) in (plan_year, plan_year - 1))
    return max((m.start(1) for m in years), default=-1)


def period(
    role: Role,
    clause: str,
    sentence: str,
    plan_year: int | None,
    *,
    looks_back: bool = False,
    before: str = "",
    in_passage: bool = False,
) -> Period:
    """Outturn or target, from the section's role and the wording of the clause.

    A quantity in the plan is a target unless its clause dates it to a year before the plan's or says that it has been reached;
    one in the review is an outturn unless its clause has 今年 together with a word of aim (力争, 确保, 预期目标), unless the sentence
    `before` it has (今年计划要求,…｜国民生产总值增长百分之六), or unless it is in the list of this year's targets (`in_passage`).
    """
    years = _YEAR.findall(_COMPARED_YEAR.sub("", clause)) if "年" in clause else []
    past_year = any(plan_year is not None and int(year) < plan_year for year in years)
    if role in ("plan", "closing"):
        dated = _PAST.search(clause) is not None and _COMPARED_PAST.search(clause) is None
        dated = dated or _names_past_plan(clause, plan_year)
        return "outturn" if (dated or past_year or looks_back) and not _AHEAD.search(clause) else "target"
    if in_passage and not past_year and not _PAST.search(_COMPARED_PAST.sub("", clause)):
        return "target"
    aimed = "今年" in clause and (_AIMS.search(clause) or _WILL.search(clause)) is not None
    aimed = aimed or _AIMED_BEFORE.search(before + clause) is not None
    return "target" if aimed and not past_year and "年初" not in sentence else "outturn"


def _names_past_plan(clause: str, plan_year: int | None) -> bool:
    """Whether the clause names a five-year plan that had ended before the plan's year (the third began in 1966)."""
    named = _PLAN_PERIOD.search(clause) if plan_year is not None else None
    return named is not None and plan_year is not None and 1966 + 5 * (numeral(named["number"]) - 3) + 4 < plan_year


def horizon(clause: str, before: str, headings: str, plan_year: int | None, earlier: Horizon | None = None) -> Horizon:
    """Whether a quantity covers one year or several.

    A plan period named in `before`, the sentence up to the quantity's clause, covers what follows, until a single year
    is named. `headings` are those of the section and of the ones above it, one a line; `earlier` is what `time_frame` found
    in the sentences before.
    """
    if _MAY_DATE.search(clause):
        if _SEVERAL_YEARS.search(clause) or _is_beyond(clause, plan_year):
            return "multi-year"
        if _THIS_YEAR.search(clause) or _opening_year(clause, plan_year) >= 0:
            return "year"
    if plan_year is not None and _compares_since(before, plan_year):
        return "multi-year"
    last_span, last_year = _last_time(before, plan_year)
    if last_span >= 0 or last_year >= 0:
        return "multi-year" if last_span > last_year else "year"
    if earlier is not None:
        return earlier
    return "multi-year" if _over_years(headings) else "year"


def _compares_since(before: str, plan_year: int) -> bool:
    """Whether the sentence before a clause compares with a year before last year, and no other time has been named since."""
    compared = max((m.end() for m in _SINCE_YEAR.finditer(before) if int(m[1]) < plan_year - 1), default=-1)
    return compared >= 0 and max(_last_time(before[compared:], plan_year)) < 0


@lru_cache(maxsize=1024)
def _over_years(headings: str) -> bool:
    """Whether headings announce several years and no single one (过去五年工作回顾): the innermost that names a time decides."""
    for heading in headings.split("\n"):
        span, year = _names_span(heading), _NAMES_YEAR.search(heading) is not None
        if span or year:
            return span and not year
    return False


@lru_cache(maxsize=1024)
def names_span(headings: str) -> bool:
    """Whether one of the headings announces several years, alone or with a single one (“十五五”时期目标任务和2026年工作安排)."""
    return any(map(_names_span, headings.split("\n")))


def opening_time(paragraph: str, plan_year: int | None) -> Horizon | None:
    """The horizon of the time that a paragraph opens with (2022年是…, 过去一年…, 五年来…); None if it opens with none."""
    opening = paragraph[:_OPENING]
    span, year = _OPENING_SPAN.search(opening), _OPENING_THIS_YEAR.search(opening)
    at_year = min(
        ([year.start()] if year else []) + ([at] if (at := _opening_year(opening, plan_year)) >= 0 else []), default=-1
    )
    if span is None and at_year < 0:
        return None
    return "multi-year" if span is not None and (at_year < 0 or span.start() < at_year) else "year"


def _names_span(heading: str) -> bool:
    return _SEVERAL_YEARS.search(heading) is not None or _SPAN_AHEAD.search(heading) is not None


def _is_beyond(clause: str, plan_year: int | None) -> bool:
    """Whether the clause names a year after the plan's (2027年达到), or one before last year as its beginning."""
    if plan_year is None:
        return False
    ahead = any(int(m[1]) > plan_year for m in _YEAR.finditer(clause))
    return ahead or any(int(m[1]) < plan_year - 1 for m in _SINCE_YEAR.finditer(clause))


def part_of_year(before: str) -> str:
    """The part of a year that the sentence before a figure names last (前三季度, 1-11月); empty if it names none or a whole year."""
    if not any(c in before for c in "季月半"):
        return ""
    named = list(_PART_OF_YEAR.finditer(before))
    return named[-1]["part"] or "" if named else ""
