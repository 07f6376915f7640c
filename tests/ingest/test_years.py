"""The year a report plans for, from made-up titles, dates and headings."""

from __future__ import annotations

import pytest

from emphasis.ingest.records import YEARS
from emphasis.ingest.years import find_plan_year, year_in_name

USUAL = ["2020年工作回顾", "2021年工作安排"]


@pytest.mark.parametrize(
    ("title", "date", "headings", "year"),
    [
        ("政府工作报告", "2021-01-08", USUAL, 2021),
        # Headings that name years of something else.
        ("政府工作报告", "2021-01-08", ["2020年工作回顾", "“十四五”主要目标和2035年远景目标"], 2021),
        ("2021年政府工作报告", "", ["“十三五”回顾", "2035年远景目标和“十四五”任务"], 2021),
        ("政府工作报告", "2021-01-08", ["过去一年工作", "到2030年的主要目标"], 2021),
        ("政府工作报告", "2021-01-08", ["自2018年以来工作回顾", "今后的任务"], 2021),
        ("政府工作报告", "2021-01-08", ["工作回顾", "以优异成绩迎接2022年冬奥会，重点任务"], 2021),
        ("政府工作报告", "2021-01-08", ["工作回顾", "2021—2025年主要目标"], 2021),
        ("", "", ["2020年工作回顾", "2025年主要目标"], 2021),
        # Title and date agree: headings are not asked.
        ("2021年政府工作报告", "2021-01-08", ["2024年工作任务"], 2021),
        # More than a year ahead of the date is refused, in the title too.
        ("2035年政府工作报告", "2021-01-08", [], 2021),
        ("政府工作报告", "2021-01-08", ["2023年工作安排"], 2021),
        # A meeting late in the year plans for the next, unless it looks back on five years and names none.
        ("政府工作报告", "2021-12-28", ["工作回顾", "工作安排"], 2022),
        ("政府工作报告", "2021-10-12", ["2021年工作回顾", "2022年工作安排"], 2022),
        ("政府工作报告", "2021-11-12", ["过去五年工作回顾", "今后五年主要任务"], 2021),
        ("政府工作报告", "2021-12-12", ["过去五年工作回顾", "2022年工作安排"], 2022),
        ("政府工作报告", "2021-12-28", ["五年历程", "今后五年蓝图催人奋进", "2022年务求突破"], 2022),
        # A title may name the year looked back on; then headings or the date say so.
        ("2020年政府工作报告", "", USUAL, 2021),
        ("2020年政府工作报告", "2021-01-08", [], 2021),
        ("1980年政府工作报告", "", ["取得新的进展", "1981年计划的任务"], 1980),
        # Without title and date.
        ("", "", USUAL, 2021),
        ("", "", ["关于2019年工作", "关于2020年工作", "加强自身建设"], 2020),
        ("", "", ["“十四五”时期回顾", "主要目标", "2026年主要工作"], 2026),
        ("", "", ["首先报告2001年的工作", "结束语"], 2002),
        ("", "", ["2021年以来工作回顾", "新的任务"], 2022),
        ("", "", ["一九八六年计划的安排"], 1986),
        ("", "", ["过去五年工作回顾", "今后五年的任务"], None),
        ("", "", [], None),
    ],
)
def test_the_year_is_the_one_planned_for(title: str, date: str, headings: list[str], year: int | None) -> None:
    found = find_plan_year(title, date, headings, ["政府工作报告"])
    assert (found.year, found.from_name) == (year, False)


def test_contradictions_are_kept_and_what_is_refused_is_none() -> None:
    said = find_plan_year("2020年政府工作报告", "2021-01-08", USUAL).said
    assert said == {"title": 2020, "date": 2021, "plan heading": 2021, "review heading": 2021}
    assert set(find_plan_year("政府工作报告", "2021-01-08", ["2035年远景目标"]).said.values()) == {2021}


@pytest.mark.parametrize(
    ("names", "year"),
    [
        (["某区政府工作报告_2021"], 2021),
        (["2014年工作报告_2015"], 2014),
        (["2014-2015"], None),
        (["20210108"], None),
        (["a", "2019"], 2019),
        (["报告（2020）", "1999"], 2020),
    ],
)
def test_the_name_of_file_or_folder_is_asked_last(names: list[str], year: int | None) -> None:
    found = find_plan_year("政府工作报告", "", ["过去五年工作回顾"], names)
    assert (found.year, found.from_name) == (year, year is not None)
    assert not find_plan_year("政府工作报告", "2018-01-08", [], names).from_name


def test_a_year_that_no_report_plans_for_is_a_slip_of_the_pen(schemas) -> None:
    """The table of reports would not take it, and with it no report of the batch."""
    (field,) = (field for field in schemas["reports"].fields if field.name == "year")
    assert (YEARS[0], YEARS[-1]) == (field.constraints["minimum"], field.constraints["maximum"])
    for year in (1025, 1948, 2205):
        headings = [f"{year - 1}年工作回顾", f"{year}年工作安排"]
        assert find_plan_year(f"{year}年政府工作报告", f"{year}-01-08", headings).year is None
        assert find_plan_year(f"{year}年政府工作报告", "", headings, ["1948年", "2025"])[::2] == (2025, True)


def test_digits_of_any_width_count() -> None:
    assert year_in_name("２０２１年报告") == 2021
