"""The year a report plans for, from its title, its date, its headings and the name of its file.

The date is the firmest: a congress meets early in the year it plans for, or in the last weeks before it. A title that
agrees with the date settles the matter. Headings come next, since they also name other years: of targets far ahead
(2035年远景目标), of a time that a review covers (2018年以来), of a feast (迎接2022年冬奥会).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from types import MappingProxyType
from typing import NamedTuple

from emphasis.ingest.paragraphs import key_of
from emphasis.ingest.records import YEARS
from emphasis.text import numeral

DIGIT = "[一二三四五六七八九十百零〇○\\d]"
YEAR = rf"(?:\d{{4}}|[一二][九〇○零0]{DIGIT}{{2}})年"
"""A year in Arabic or Chinese numerals, with 年."""

_CHINESE_DIGITS = str.maketrans("○0123456789", "〇〇一二三四五六七八九")

FIRST_MONTH_BEFORE = 11
"""A meeting in this month or later plans for the next year."""

_TITLED = re.compile(YEAR)
_OTHER = r"(?:远景|以来|[以之]?[前后]|[底末]|[—\-~至到])"
_NAMED = re.compile(rf"(?<![到至自从—\-~])(?<!迎接)(?<!\d)({YEAR})(?!{_OTHER})")
"""A year in a heading, unless it is the end of a span of years or the name of something far ahead."""
_PLAN = re.compile(r".{0,20}(?:安排|任务|重点|部署|要求|目标|计划|思路|打算|预算|建议|取向)")
_REVIEW = re.compile(r".{0,12}(?:回顾|总结|情况|决算|成绩)")
_REVIEW_BEFORE = re.compile(rf"(?:回顾|总结)({YEAR})")
_SINCE = re.compile(rf"({YEAR})以来.{{0,8}}(?:回顾|总结|情况)")
_FIVE_YEARS = re.compile(r"五年(?!规划|计划)|本届政府|新一届政府")
_IN_NAME = re.compile(r"(?<!\d)((?:19|20)\d\d)(年?)(?!\d)")


class PlanYear(NamedTuple):
    """The year a report plans for, and the year that each of its parts points to, by the part's name."""

    year: int | None = None
    said: Mapping[str, int] = MappingProxyType({})
    from_name: bool = False  # whether nothing but the file's name gave it


class _Headed(NamedTuple):
    """What the headings say of the year that is planned for; None where they say nothing."""

    plan: int | None
    review: int | None
    since: int | None
    uncued: int | None
    five_years: bool


def find_plan_year(title: str, date: str, headings: Sequence[str], names: Iterable[str] = ()) -> PlanYear:
    """The year that a report plans for.

    Parameters
    ----------
    title : str
        The report's title.
    date : str
        The day of the speech in ISO 8601; empty if it is not known.
    headings : sequence of str
        The headings of the first level, in order.
    names : iterable of str
        Names of the file and of its folder, consulted in turn only where the text gives no year of `YEARS`.

    Examples
    --------
    >>> find_plan_year("政府工作报告", "2021-01-08", ["2020年工作回顾", "主要目标和2035年远景目标"]).year
    2021
    >>> find_plan_year("", "", ["过去五年工作回顾", "今后五年任务"], ["某区政府工作报告_2021"])[::2]
    (2021, True)
    """
    titled = year_of(match.group()) if (match := _TITLED.search(title)) else None
    headed = _read_headings(headings)
    year: int | None
    if date:
        year, said = _with_date(titled, int(date[:4]), int(date[5:7]), headed)
    else:
        year, said = _without_date(titled, headed)
    if year in YEARS:
        return PlanYear(year, said)
    named = next((found for found in map(year_in_name, names) if found in YEARS), None)
    return PlanYear(named, said, named is not None)


def year_of(words: str) -> int:
    """The number of a year such as 二〇二五年, 2025年 or, as it is often typed, 二0二五年.

    Examples
    --------
    >>> year_of("二〇二五年"), year_of("2025年"), year_of("二0二5年")
    (2025, 2025, 2025)
    """
    return numeral(words.removesuffix("年").translate(_CHINESE_DIGITS))


def year_in_name(name: str) -> int | None:
    """The year in the name of a file or folder: the one that 年 follows, else the only one.

    Examples
    --------
    >>> [year_in_name(name) for name in ("2014年工作报告_2015", "2019吉林省长春市", "报告", "2014-2015")]
    [2014, 2019, None, None]
    """
    found = _IN_NAME.findall(key_of(name))
    marked = [int(year) for year, mark in found if mark]
    if marked:
        return marked[0]
    only = {int(year) for year, _ in found}
    return only.pop() if len(only) == 1 else None


def _read_headings(headings: Sequence[str]) -> _Headed:
    plans: list[int] = []
    reviews: list[int] = []
    since: list[int] = []
    named: list[int] = []
    uncued: int | None = None
    five_years = False
    for position, heading in enumerate(map(key_of, headings)):
        five_years |= _FIVE_YEARS.search(heading) is not None
        if match := _SINCE.search(heading):
            since.append(year_of(match.group(1)) + 1)
        if match := _REVIEW_BEFORE.search(heading):
            reviews.append(year_of(match.group(1)) + 1)
            continue
        for match in _NAMED.finditer(heading):
            year = year_of(match.group(1))
            named.append(year)
            # 2026年主要工作, which ends a report, and 首先报告2001年的工作, which begins one.
            uncued = year if position else year + 1
            if _REVIEW.match(heading, match.end()):
                reviews.append(year + 1)
            elif _PLAN.match(heading, match.end()):
                plans.append(year)
    review = reviews[0] if reviews else None
    # 2020年工作回顾 and 2025年发展目标 are of one report: what is more than a year ahead of the review is no plan's year.
    plans = [year for year in plans if review is None or year <= review]
    # 关于2019年工作, 关于2020年工作: the later of two years that follow each other.
    uncued = next((year for before, year in pairwise(named) if year == before + 1), uncued)
    return _Headed(next(iter(plans), None), review, next(iter(since), None), uncued, five_years)


def _with_date(titled: int | None, year: int, month: int, headed: _Headed) -> tuple[int, dict[str, int]]:
    """The year where the date is known: its own or the next."""
    usual = year + (month >= FIRST_MONTH_BEFORE)
    near = (year, year + 1)
    plan = headed.plan if headed.plan in near else None
    review = headed.review if headed.review in near else None
    if titled is not None and titled > year + 1:
        titled = None
    headings = plan or review
    if titled == usual:
        # Title and date agree: a heading of another year is not asked.
        return usual, _said(titled, usual, None, None)
    if headings is None and headed.five_years and titled is None:
        usual = headed.uncued if headed.uncued in near else year
    return headings or usual, _said(titled, usual, plan, review)


def _without_date(titled: int | None, headed: _Headed) -> tuple[int | None, dict[str, int]]:
    """The year where title and headings are all there is."""
    plan, review = headed.plan, headed.review
    said = _said(titled, None, plan, review)
    if titled is None:
        return plan or review or headed.uncued or headed.since, said
    # A title may name the year that is looked back on, but then the headings say so.
    if review == titled + 1 and plan in (None, review):
        return review, said
    return titled, said


def _said(titled: int | None, date: int | None, plan: int | None, review: int | None) -> dict[str, int]:
    found = {"title": titled, "date": date, "plan heading": plan, "review heading": review}
    return {part: year for part, year in found.items() if year is not None}
