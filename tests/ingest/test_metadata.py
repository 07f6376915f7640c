from __future__ import annotations

from typing import NamedTuple

import pytest

from emphasis.ingest.records import Report, Source
from emphasis.ingest.regions import region_of_code, regions_by_name, resolve_region, split_names
from emphasis.ingest.report import parse
from support.outline_cases import PROSE

BODY = "一、{review}年工作回顾\n{prose}\n二、{plan}年工作安排\n{prose}\n各位代表！让我们团结奋斗！"


def read(
    front: str, *, plan: int = 2025, opening: str = "现在，我代表市人民政府，向大会报告工作。", **options: object
) -> Report:
    body = BODY.format(review=plan - 1, plan=plan, prose=PROSE)
    text = f"{front}\n各位代表：\n{opening}\n{body}\n"
    return parse(Source("report.txt", "", "utf-8", text), "report", **options)  # type: ignore[arg-type]


class Front(NamedTuple):
    text: str
    region: str
    adcode: str
    meeting: str
    date: str
    speaker: str
    office: str


FRONTS = [
    Front(
        "政 府 工 作 报 告\n——2025年1月8日在长春市第十六届人民代表大会第四次会议上\n市长 王子联",
        "长春市", "220100", "长春市第十六届人民代表大会第四次会议", "2025-01-08", "王子联", "市长",
    ),
    Front(
        "2025年上海市政府工作报告\n----2025年1月15日龚正市长在上海市第十六届人民代表大会第三次会议的政府工作报告\n来源：解放日报",
        "上海市", "310000", "上海市第十六届人民代表大会第三次会议", "2025-01-15", "龚正", "市长",
    ),
    Front(
        "2025年湖北省政府工作报告\n2025年1月16日在湖北省第十四届人民代表大会第三次会议上湖北省人民政府代省长李殿勋作政府工作报告。",
        "湖北省", "420000", "湖北省第十四届人民代表大会第三次会议", "2025-01-16", "李殿勋", "湖北省人民政府代省长",
    ),
    Front(
        "政府工作报告\n（2025年1月14日在北京市第十六届人民代表大会第三次会议上）\n北京市市长　殷勇同志",
        "北京市", "110000", "北京市第十六届人民代表大会第三次会议", "2025-01-14", "殷勇", "北京市市长",
    ),
    Front(
        "新疆维吾尔自治区政府工作报告\n——2025年1月18日在新疆维吾尔自治区第十四届人民代表大会第三次会议上\n自治区主席 艾尔肯·吐尼亚孜",
        "新疆维吾尔自治区", "650000", "新疆维吾尔自治区第十四届人民代表大会第三次会议", "2025-01-18", "艾尔肯·吐尼亚孜", "自治区主席",
    ),
    Front(
        "政府工作报告\n二〇二五年一月十二日在北京市朝阳区第十七届人民代表大会第六次会议上\n朝阳区人民政府区长　文　献",
        "朝阳区", "110105", "北京市朝阳区第十七届人民代表大会第六次会议", "2025-01-12", "文献", "朝阳区人民政府区长",
    ),
    Front(
        "农安县人民政府\n政府工作报告\n——2024年12月26日在农安县第十九届人民代表大会第四次会议上\n县长：张三丰",
        "农安县", "220122", "农安县第十九届人民代表大会第四次会议", "2024-12-26", "张三丰", "县长",
    ),
    Front(
        "王子联在长春市第十六届人民代表大会第四次会议上作政府工作报告\n政府工作报告\n2025年1月8日\n长春市人民政府市长　王子联",
        "长春市", "220100", "长春市第十六届人民代表大会第四次会议", "2025-01-08", "王子联", "长春市人民政府市长",
    ),
    Front(
        "政府工作报告\n——2025年3月5日在第十四届全国人民代表大会第三次会议上\n国务院总理　李　强",
        "全国", "", "第十四届全国人民代表大会第三次会议", "2025-03-05", "李强", "国务院总理",
    ),
    Front(
        "政府工作报告\n（2025年1月6日在延边朝鲜族自治州第十六届人民代表大会第五次会议上）\n州长 尹朝晖",
        "延边朝鲜族自治州", "222400", "延边朝鲜族自治州第十六届人民代表大会第五次会议", "2025-01-06", "尹朝晖", "州长",
    ),
]  # fmt: skip


@pytest.mark.parametrize("front", FRONTS, ids=lambda front: f"{front.region} {front.office}")
def test_front_matter_in_any_order(front: Front) -> None:
    metadata = read(front.text).metadata
    assert (metadata.region, metadata.adcode) == (front.region, front.adcode)
    assert (metadata.meeting, metadata.date) == (front.meeting, front.date)
    assert (metadata.speaker, metadata.speaker_title) == (front.speaker, front.office)
    assert metadata.year == 2025


@pytest.mark.parametrize(
    ("front", "date"),
    [
        ("政府工作报告\n2025年02月20日 07时41分\n——2025年1月8日在长春市第十六届人民代表大会第四次会议上", "2025-01-08"),
        ("政府工作报告\n2025年2月20日\n（2025年1月8日在长春市第十六届人民代表大会第四次会议上）", "2025-01-08"),
        (
            "政府工作报告\n2025年2月20日\n来源：长春日报\n2025年1月8日\n在长春市第十六届人民代表大会第四次会议上",
            "2025-01-08",
        ),
        ("政府工作报告\n成文日期：2025年2月20日\n（2025年1月8日）", "2025-01-08"),
        ("政府工作报告\n2025年2月20日 07:41", ""),
        ("政府工作报告\n——2025年元月8日在长春市第十六届人民代表大会第四次会议上", "2025-01-08"),
    ],
)
def test_the_day_is_that_of_the_speech(front: str, date: str) -> None:
    assert read(front).metadata.date == date


def test_a_session_may_be_broken_over_two_lines() -> None:
    found = read("政府工作报告\n——2025年1月26日在广东省第十四届\n人民代表大会第五次会议上\n省长 某某").metadata
    assert (found.meeting, found.adcode) == ("广东省第十四届人民代表大会第五次会议", "440000")


def test_a_session_may_lack_its_first_character() -> None:
    found = read("政府工作报告\n——二〇二五年一月二十七日在甘肃省十四届人民代表大会第四次会议上").metadata
    assert (found.meeting, found.adcode, found.date) == ("甘肃省十四届人民代表大会第四次会议", "620000", "2025-01-27")


def test_a_name_of_three_characters_before_its_office_stays_whole() -> None:
    found = read("政府工作报告\n（一九六四年十二月二十一日王建国总理在会议上作的报告）").metadata
    assert (found.speaker, found.speaker_title) == ("王建国", "总理")


@pytest.mark.parametrize("day", ["（2009年1月在", "（2009年1月  日在", "——二〇〇九年元月在"])
def test_the_month_of_the_session_gives_the_year_where_no_heading_does(day: str) -> None:
    text = (
        f"政府工作报告\n{day}绥阳县第十五届人民代表大会第三次会议上）\n绥阳县人民政府县长\n陈　丽\n各位代表：\n我代表县人民政府，向大会报告工作。\n"
        f"一、攻坚克难\n{PROSE}\n二、坚定信心\n{PROSE}\n各位代表！让我们团结奋斗！\n"
    )
    found = parse(Source("report.txt", "", "utf-8", text), "report").metadata
    assert (found.date, found.adcode) == ("", "520323")
    assert found.year == 2009
    assert (found.speaker, found.speaker_title) == ("陈丽", "绥阳县人民政府县长")


def test_where_a_page_stands_is_no_title() -> None:
    assert read("当前位置：首页>>政务公开>>政府工作报告").metadata.title == ""


def test_the_editors_words_name_no_speaker() -> None:
    found = read("编者按：现将市长在市人大会议上所作的政府工作报告全文刊发如下，以飨读者。").metadata
    assert (found.speaker, found.speaker_title) == ("", "")


def test_the_name_of_a_place_before_an_office_is_no_speaker() -> None:
    found = read("政府工作报告\n——2025年1月8日在长春市第十六届人民代表大会第四次会议上\n绥阳县人民政府县长").metadata
    assert (found.speaker, found.speaker_title) == ("", "")


def test_a_report_to_a_standing_committee_names_its_region() -> None:
    front = "关于2025年上半年工作情况的报告\n——2025年8月12日在光山县第十四届人大常委会第二十八次会议上\n县长 王某某"
    found = read(front, opening="我受县人民政府委托，报告工作。").metadata
    assert (found.meeting, found.adcode) == ("光山县第十四届人大常委会第二十八次会议", "411522")


@pytest.mark.parametrize("office", ["上海市市长", "上饶市市长"])
def test_an_office_stays_whole(office: str) -> None:
    front = f"政府工作报告\n——2025年1月8日在{office[:3]}第十六届人民代表大会第四次会议上\n{office} 王建国"
    assert read(front).metadata.speaker_title == office


@pytest.mark.parametrize(
    ("opening", "region"),
    [
        ("我代表自治州人民政府，向大会报告工作。", "凉山彝族自治州"),
        ("我代表新区管委会，向大会报告工作。", "大鹏新区"),
        ("我代表自治区人民政府，向大会报告工作。", "广西壮族自治区"),
    ],
)
def test_what_a_salutation_calls_the_region_is_no_other_place(opening: str, region: str) -> None:
    report = read(f"{region}政府工作报告\n——2025年1月8日在{region}第二届人民代表大会第四次会议上", opening=opening)
    assert report.metadata.region == region
    assert not [w.code for w in report.warnings if "region" in w.code]


def test_the_name_of_the_file_is_used_with_a_note() -> None:
    body = BODY.format(review=2019, plan=2020, prose=PROSE).replace("2019年", "").replace("2020年", "")
    text = f"各位代表：\n我代表市人民政府，向大会报告工作。\n{body}"
    found = parse(Source("a.txt", "", "utf-8", text), "2020吉林省长春市")
    assert (found.metadata.year, found.metadata.adcode) == (2020, "220100")
    assert {"year-from-name", "region-from-name-alone"} <= {w.code for w in found.warnings}
    named = parse(Source("a.txt", "", "utf-8", text.replace("全市", "长春全市")), "a", folder="2020年长春市")
    assert (named.metadata.year, named.metadata.adcode) == (2020, "220100")
    assert "region-from-name" in {w.code for w in named.warnings}
    settled = {"year": "2021", "adcode": "220200"}
    corrected = parse(Source("a.txt", "", "utf-8", text), "2020吉林省长春市", settled)
    assert not [w.code for w in corrected.warnings if "name" in w.code]


def test_source_and_publication_are_as_in_the_file() -> None:
    front = "政府工作报告\n来源：北京日报  作者：某某\n发布时间：2025-02-03 08:05\n——2025年1月18日在云南省第十四届人民代表大会第三次会议上"
    report = read(front)
    assert report.metadata.source == "北京日报"
    assert report.metadata.published == "2025-02-03T08:05"
    assert [p.code for p in report.warnings if p.code.startswith("source")] == ["source-elsewhere"]


def test_in_a_table_of_labels_the_name_is_the_title_and_the_day_of_release_the_publication():
    front = "索引号：1140 分类：\n成文日期：2025-02-02\n名称：2025年长春市政府工作报告\n发布日期：2025-02-04\n主题词：2025年 政府工作报告"
    metadata = read(front).metadata
    assert (metadata.title, metadata.published) == ("2025年长春市政府工作报告", "2025-02-04")
    assert read("政府工作报告\n成文日期：2025-02-02").metadata.published == "2025-02-02"


def test_an_empty_source_line_gives_none() -> None:
    assert read("政府工作报告\n来源：\n——2025年1月8日在长春市第十六届人民代表大会第四次会议上").metadata.source == ""


@pytest.mark.parametrize(
    ("front", "plan", "year"),
    [
        ("2025年政府工作报告", 2025, 2025),
        ("政府工作报告\n2024年12月30日", 2025, 2025),
        ("2024年政府工作报告", 2025, 2025),  # titled by the year it looks back on
        ("一九八六年政府工作报告", 1986, 1986),
    ],
)
def test_the_year_is_the_one_that_is_planned_for(front: str, plan: int, year: int) -> None:
    assert read(front, plan=plan).metadata.year == year


def test_contradictions_are_reported() -> None:
    report = read("2024年吉林省政府工作报告\n——2025年1月8日在长春市第十六届人民代表大会第四次会议上")
    codes = {p.code: p.message for p in report.warnings}
    assert "2024" in codes["years-disagree"]
    assert "吉林省" in codes["regions-disagree"]


def test_an_ambiguous_region_is_not_guessed() -> None:
    report = read("政府工作报告\n——2025年1月8日在朝阳区第十六届人民代表大会第四次会议上")
    assert (report.metadata.region, report.metadata.adcode) == ("朝阳区", "")
    message = next(p.message for p in report.warnings if p.code == "ambiguous-region")
    assert "110105" in message
    assert "220104" in message


def test_corrections_replace_what_was_read_and_settle_contradictions() -> None:
    front = "政府工作报告\n——2025年1月8日在朝阳区第十六届人民代表大会第四次会议上"
    report = read(front, corrections={"adcode": "220104", "speaker": "某某", "title": ""})
    assert report.metadata.province == "吉林省"
    assert report.metadata.region_level == "county"
    assert report.metadata.speaker == "某某"
    assert report.metadata.title == "政府工作报告"
    assert not [p for p in report.warnings if "region" in p.code]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *(("yaer", "2025"), ("year", "25"), ("year", "1900"), ("adcode", "2201"), ("region_level", "city")),
        *(("date", "2025年1月8日"), ("date", "2025-02-30"), ("date", "20250108"), ("date", "2025-01-08T09:30")),
        *(("published", "2025"), ("published", "2025-01-08 09:30"), ("published", "2025-01-08T25:00")),
    ],
)
def test_an_invalid_correction_is_a_warning_and_changes_nothing(name: str, value: str) -> None:
    front = FRONTS[0].text
    report = read(front, corrections={name: value})
    assert report.metadata == read(front).metadata
    message = next(p.message for p in report.warnings if p.code == "wrong-override")
    assert value in message or name in message


def test_dates_by_hand() -> None:
    corrections = {"date": "2025-01-09", "published": "2025-02-25T09:32"}
    report = read(FRONTS[0].text, corrections=corrections)
    assert (report.metadata.date, report.metadata.published) == tuple(corrections.values())
    assert read(FRONTS[0].text, corrections={"published": "2024-02-29"}).metadata.published == "2024-02-29"


def test_former_names_are_known() -> None:
    assert resolve_region("襄樊市", [], 2005).adcode == "420600"
    region = region_of_code("420600", 2005)
    assert region is not None
    assert region.name == "襄樊市"


def test_the_table_is_sound() -> None:
    regions = [region for regions in regions_by_name().values() for region in regions]
    assert len(regions) > 7000
    assert all(len(r.adcode) == 6 and r.adcode.isdigit() and r.first_year <= r.last_year for r in regions)


def test_compound_names_are_split_by_what_is_known() -> None:
    assert split_names("吉林省长春市朝阳区") == ["吉林省", "长春市", "朝阳区"]
    assert split_names("内蒙古自治区呼和浩特市") == ["内蒙古自治区", "呼和浩特市"]


def test_metadata_needs_no_front_matter() -> None:
    report = parse(Source("a.txt", "", "utf-8", f"一、回顾\n{PROSE}"), "a")
    assert report.metadata.speaker == ""
    assert {"no-region", "no-year"} <= {p.code for p in report.warnings}


@pytest.mark.parametrize(
    "title",
    [
        "2024年长春市政府工作报告",
        "长春市2024年政府工作报告",
        "长春市人民政府2024年政府工作报告",
        "吉林省长春市2024年度政府工作报告",
    ],
)
def test_a_title_names_place_and_year_in_either_order(title: str) -> None:
    found = read(title, plan=2024).metadata
    assert (found.region, found.adcode, found.year) == ("长春市", "220100", 2024)
