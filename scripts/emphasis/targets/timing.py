"""Whether a figure is an outturn or a target, over which time, and how firmly it binds."""

from __future__ import annotations

import re
from functools import lru_cache

from emphasis.ingest.model import Role
from emphasis.targets.model import Comparator, Hardness, Horizon, Period
from emphasis.text import numeral

_PAST = re.compile(
    r"去年|上年(?!度?的?\d*倍)|前年|过去[一二三四五十\d]+年|一年来|五年来|本届政府|目前|累计已|上一?年度"
    r"|已经?(?:达|完成|建成|有|实现|发放|超)"
)
_PLAN_PERIOD = re.compile(r"“(?P<number>[一二三四五六七八九十]+)五”?(?:时期|期间)")
_COMPARED_PAST = re.compile(
    r"(?:比|较|与|超过?|高于|低于|是|相当于)(?:去年|上年|前年)|(?:去年|上年)(?:同期)?(?:的|增加|提高|增长)?\d"
)
_YEAR = re.compile(r"(?<![—\-–])((?:19|20)\d\d)年")
_COMPARED_YEAR = re.compile(r"(?:比|较|同|与|由|从|超过|高于|低于|相当于|是|自)(?:19|20)\d\d年")
_AHEAD = re.compile(r"今年(?!以来)|今后|力争|确保|预期目标|下一步|未来|拟|将(?:新|再|增|达|继)")
_PLAN_WORDS = re.compile(r"力争|确保|预期目标|争取")
_FIVE = r"[一二三四五六七八九十]+五”?"
_SEVERAL_YEARS = re.compile(
    r"年均(?!浓度|值|气温|降水|空气)|年平均(?!浓度)|平均每年|每年平均|五年(?!级)"
    r"|[三四六七八九十]年(?:来|间|内|共|累计|攻坚|行动|任务|规划|计划|时间|的时间)"
    rf"|{_FIVE}(?:时期|期间|以来|规划|末|计划)"
    r"|近[两三四五六七八九十\d]+年|过去[三四五六七八九十\d]+年|[两三四五六七八九十\d]+年来|用[两三四五\d]+年"
    r"|历史累计|改革开放以来|新中国|本世纪|从(?:一九|19|20)\d?|以来的[三五]年"
)
_SPAN_LEAD = re.compile(
    r"(?:^|[,;:。])(?:这|过去|今后|未来|近)?"
    r"(?:[三四五六七八九十]年(?:来|间|里|共|累计|全国|[^\d,;。]{0,3}(?:新建|建成|投入))|[三四五\d]+年,"
    rf"|“?{_FIVE}(?:时期|期间))"
    r"|过去[三四五]年|以来的[三五]年|[五十]年来"
)
_MAY_DATE = re.compile("[年期来划末累中世从]")
"""Each wording of a time or a span has one of these."""
_FAR_YEAR = re.compile(r"(?:到|至)((?:19|20)\d\d)年")
_THIS_YEAR = re.compile(r"去年|今年|当年|全年|上年(?!的)|刚刚过去的\d{4}年|年内")
_LOOKS_BACK = re.compile(r"过去[三四五十\d]+年|[三四五十]年来")
_HARD = re.compile(r"确保|必须|务必|坚决|不得|严格控制|约束性|红线|底线|力保|保证")
_SOFT = re.compile(r"力争|争取|努力|预计|有望|力求|尽可能")


def era(before: str) -> tuple[Horizon | None, bool]:
    """What the sentences before say in the same paragraph: the horizon they set, and whether they look back over years.

    过去五年 or 五年来 at the head of a paragraph holds for what follows, until a single year is named.
    """
    span, year = _last_time(before)
    if span < 0 and year < 0:
        return None, False
    return ("multi-year", _LOOKS_BACK.search(before) is not None) if span > year else ("year", False)


def _last_time(text: str) -> tuple[int, int]:
    """Where a text last names a span of years, and where a single year; -1 where it does not."""
    if "年" not in text and "期" not in text:
        return -1, -1
    span = max((m.start() for m in _SPAN_LEAD.finditer(text)), default=-1)
    year = max((m.start() for m in _THIS_YEAR.finditer(text)), default=-1)
    return span, year


def period(role: Role, clause: str, sentence: str, plan_year: int | None, looks_back: bool = False) -> Period:
    """Outturn or target, from the section's role and the wording of the clause.

    A figure in the plan is a target unless its clause dates it to a year before the plan's or says that it is already so;
    one in the review is an outturn unless its clause says 今年 together with a word of aim (力争, 确保, 预期目标).
    """
    years = _YEAR.findall(_COMPARED_YEAR.sub("", clause)) if "年" in clause else []
    past_year = any(plan_year is not None and int(year) < plan_year for year in years)
    if role in ("plan", "closing"):
        dated = _PAST.search(clause) is not None and _COMPARED_PAST.search(clause) is None
        dated = dated or _names_past_plan(clause, plan_year)
        return "outturn" if (dated or past_year or looks_back) and not _AHEAD.search(clause) else "target"
    aimed = "今年" in clause and _PLAN_WORDS.search(clause) is not None
    return "target" if aimed and not past_year and "年初" not in sentence else "outturn"


def _names_past_plan(clause: str, plan_year: int | None) -> bool:
    """Whether the clause names a five-year plan that had ended before the plan's year (the third began in 1966)."""
    named = _PLAN_PERIOD.search(clause)
    if named is None or plan_year is None:
        return False
    return 1966 + 5 * (numeral(named["number"]) - 3) + 4 < plan_year


def horizon(clause: str, before: str, headings: str, plan_year: int | None, earlier: Horizon | None = None) -> Horizon:
    """Whether a figure covers one year or several.

    Parameters
    ----------
    clause : str
        The clause of the figure.
    before : str
        The sentence up to the clause: a plan period named there covers what follows, until a single year is named.
    headings : str
        Headings of the section and those above it.
    plan_year : int or None
    earlier : {"year", "multi-year"} or None
        What `era` found in the sentences before.
    """
    if _MAY_DATE.search(clause):
        if _SEVERAL_YEARS.search(clause) or _far(clause, plan_year):
            return "multi-year"
        if _THIS_YEAR.search(clause):
            return "year"
    last_span, last_year = _last_time(before)
    if last_span >= 0 or last_year >= 0:
        return "multi-year" if last_span > last_year else "year"
    if earlier is not None:
        return earlier
    return "multi-year" if _over_years(headings) else "year"


@lru_cache(maxsize=1024)
def _over_years(headings: str) -> bool:
    return _SEVERAL_YEARS.search(headings) is not None or "过去五年" in headings


def _far(clause: str, plan_year: int | None) -> bool:
    return any(plan_year is not None and int(m[1]) > plan_year for m in _FAR_YEAR.finditer(clause))


def hardness(period_: Period, comparator: Comparator, wording: str) -> Hardness:
    """How firmly a target binds: ``hard``, ``soft``, or empty for a plain figure and for outturns.

    The wording decides first: 力争, 争取, 努力, 预计, 有望 make a target soft whatever its figure; else 确保, 必须, 务必,
    保证, 坚决, 约束性, 红线, 底线 make it hard. Without such a word the comparator decides: a bound (以上, 不低于, 超过,
    以内) is hard, an approximation or a range (左右, 约, 近, 余, 5%—6%) is soft, a bare figure is neither. Nor is a target
    that another quantity sets (高于经济增速, 与经济增长同步).

    Source: compiled here, from the wording of the reports.

    Parameters
    ----------
    period_ : {"outturn", "target"}
    comparator : Comparator
    wording : str
        The clause, as far as the figure and its cues.
    """
    if period_ == "outturn":
        return ""
    if _SOFT.search(wording):
        return "soft"
    if _HARD.search(wording):
        return "hard"
    if comparator in ("ge", "gt", "le", "lt"):
        return "hard"
    return "soft" if comparator in ("approx", "approx_above", "near_below", "range", "qualifier") else ""
