"""Rows of a whole report: period, horizon, hardness, headline passage, offsets."""

import pytest

from emphasis.ingest.records import Role
from emphasis.targets.entries import LedgerEntry
from emphasis.targets.extract import extract
from emphasis.targets.indicators import load_indicators
from emphasis.targets.relations import hardness
from support import ROOT
from support.target_report import report


def one(role: Role, body: str, heading: str = "标题") -> LedgerEntry:
    (row,) = extract(report((role, heading, body)))
    return row


@pytest.mark.parametrize(
    ("role", "body", "period"),
    [
        ("review", "地区生产总值增长4.8%。", "outturn"),
        ("problems", "失业率升至6%。", "outturn"),
        ("plan", "地区生产总值增长5%左右。", "target"),
        ("plan", "去年新建公园30处。", "outturn"),
        ("plan", "2024年新建公园30处。", "outturn"),
        ("plan", "财政收入比2024年增长3%。", "target"),
        ("plan", "财政赤字比上年增加100亿元。", "target"),
        ("review", "今年力争增速达到5%以上。", "target"),
        ("plan", "“十三五”时期城镇化率提高到60%。", "outturn"),
        ("plan", "“十五五”时期城镇化率提高到75%。", "target"),
        ("plan", "补助资金从去年的6.5亿元扩大到8.5亿元。", "target"),
        ("review", "今年计划要求，在平衡的基础上，国民生产总值增长6%。", "target"),
        ("review", "今年经济社会发展主要预期目标是：地区生产总值增长6%。", "target"),
        ("review", "今年试点城市扩大到110个。", "target"),
        ("review", "2025年经济社会发展的主要预期目标是：地区生产总值增长6%。", "target"),
        ("review", "2025年是收官之年。|主要预期目标是：地区生产总值增长6%。", "target"),
        ("review", "2024年经济社会发展的主要预期目标是：地区生产总值增长6%。", "outturn"),
        ("plan", "国民生产总值按1990年不变价格计算达到2200亿元。", "target"),
        ("plan", "开展第二医院等33个项目前期工作。", "target"),
        ("plan", "一九五二年粮食产量达到三千二百亿斤。", "outturn"),
        ("plan", "工业总产值要在2020年的基数上增长29%。", "target"),
        ("plan", "旅游总收入恢复到2019年的90%以上。", "target"),
    ],
)
def test_period(role: Role, body: str, period: str) -> None:
    assert one(role, body).period == period


@pytest.mark.parametrize(
    ("heading", "body", "horizon"),
    [
        ("2024年工作回顾", "粮食产量达到853亿斤。", "year"),
        ("过去五年工作回顾", "粮食产量达到853亿斤。", "multi-year"),
        ("过去五年工作回顾", "去年粮食产量达到853亿斤。", "year"),
        ("工作回顾", "居民收入年均增长7.4%。", "multi-year"),
        ("工作回顾", "完成农村公路建设养护1万公里三年攻坚任务。", "multi-year"),
        ("工作安排", "到2027年城镇化率达到70%。", "multi-year"),
        ("“十四五”时期和2024年工作回顾", "粮食产量达到853亿斤。", "year"),
        ("“十四五”时期工作回顾", "2024年粮食产量达到853亿斤。", "year"),
        ("“十四五”时期工作回顾", "粮食产量同比增长3%。", "year"),
        ("工作回顾", "与2015年相比，粮食产量增长20%。", "multi-year"),
        ("工作回顾", "调查失业率全年平均为5.2%。", "year"),
        ("工作安排", "力争2027年建成万亿级产业6个。", "multi-year"),
        ("工作安排", "粮食产量比一九八○年增长40%。", "multi-year"),
        ("工作回顾", "这两年中,钢产量增长55%。", "multi-year"),
    ],
)
def test_horizon(heading: str, body: str, horizon: str) -> None:
    assert one("review", body, heading).horizon == horizon


def test_a_paragraph_that_looks_back_is_outturn_even_in_the_plan() -> None:
    rows = extract(report(("plan", "发展成就和主要任务", "过去五年,发展取得成就。|城镇化率达到60%。")))
    assert [(r.period, r.horizon) for r in rows] == [("outturn", "multi-year")]


@pytest.mark.parametrize(
    ("comparator", "wording", "expected"),
    [
        ("ge", "增长5%以上", "hard"),
        ("le", "控制在5%以内", "hard"),
        ("approx", "增长5%左右", "soft"),
        ("range", "增长5%—6%", "soft"),
        ("eq", "增长5%", ""),
        ("eq", "确保增长5%", "hard"),
        ("approx", "必须增长5%左右", "hard"),
        ("ge", "力争增长5%以上", "soft"),
        ("gt_relational", "高于经济增速", ""),
    ],
)
def test_hardness(comparator: str, wording: str, expected: str) -> None:
    assert hardness("target", comparator, wording) == expected  # type: ignore[arg-type]
    assert hardness("outturn", comparator, wording) == ""  # type: ignore[arg-type]


def test_what_precedes_a_list_says_how_firmly_all_of_it_binds() -> None:
    body = "力争到2028年，地区生产总值突破1700亿元，确保粮食产量达到50万吨，人口达到90万人。|人口达到95万人。"
    assert [r.hardness for r in extract(report(("plan", "安排", body)))] == ["soft", "hard", "soft", ""]


def test_headline_passage_is_read_whole() -> None:
    body = (
        "今年发展主要预期目标是：地区生产总值增长5%左右、努力争取更好结果，固定资产投资提质提效，城镇调查失业率5.5%以内，"
        "居民收入增长与经济增长同步，城乡居民收入增速高于经济增速，主要污染物排放完成国家下达目标。|粮食产量252亿斤以上。"
        "|上述目标考虑了需要和可能，经济增长6%就够。"
    )
    rows = [r for r in extract(report(("plan", "总体要求", body))) if r.headline]
    assert [(r.indicator, r.comparator, r.value) for r in rows] == [
        ("地区生产总值", "approx", 5.0),
        ("地区生产总值", "qualifier", None),
        ("固定资产投资", "qualitative", None),
        ("城镇调查失业率", "le", 5.5),
        ("居民收入增长", "sync_relational", None),
        ("城乡居民收入增速", "gt_relational", None),
        ("主要污染物排放", "qualitative", None),
        ("粮食产量", "ge", 252.0),
    ]


def test_main_targets_are_for_the_year_whatever_the_heading() -> None:
    body = "发展的主要预期目标是：地区生产总值增长4.5%左右，城镇新增就业45万人以上。"
    rows = extract(report(("plan", "“十五五”时期目标任务和2026年工作安排", body), year=2026))
    assert [(r.horizon, r.headline) for r in rows] == [("year", True)] * 2
    ahead = extract(report(("plan", "今后五年的目标任务", body), year=2026))
    assert {r.horizon for r in ahead} == {"multi-year"}


def test_under_a_heading_of_several_years_a_year_holds_for_the_paragraphs_after_it() -> None:
    parts = (
        ("review", "过去五年工作回顾", "五年来，新增就业600万人。"),
        ("review", "过去五年工作回顾", "2024年，发展迈上新台阶。"),
        ("review", "过去五年工作回顾", "新增就业130万人。"),
    )
    assert [r.horizon for r in extract(report(*parts))] == ["multi-year", "year"]


SPANS = "2025年和“十四五”时期工作回顾"


@pytest.mark.parametrize(
    ("paragraphs", "horizons"),
    [
        # A lead that ends with five years is one of five years for the items of its list, not for what follows the list.
        (
            (
                "各位代表！|2025年是“十四五”收官之年。|五年来，我们攻坚克难。",
                "——财力实现新跃升。|预算收入完成3万亿元。",
                "——2025年，高速公路达到9000公里。|港口达到8个。",
                "——新增就业600万人。",
                "2025年，新增就业130万人。",
            ),
            ["multi-year", "year", "year", "multi-year", "year"],
        ),
        # What stands above a paragraph says what it tells of.
        (("这是民生福祉显著增进的五年。", "新增就业600万人。"), ["multi-year"]),
        (("各位代表！|过去五年，我们牢记嘱托。", "新增就业600万人。"), ["multi-year"]),
        # A year in the middle of a sentence, or what every change is compared with, is of its clause alone.
        (
            ("过去五年，我们牢记嘱托。|经济实力增强，2025年总量比2020年增加7000亿元。|新增就业600万人。",),
            ["multi-year", "multi-year"],
        ),
        (("过去五年，我们牢记嘱托。|投资同比增长5%。|新增就业600万人。",), ["year", "multi-year"]),
        (("过去五年，我们牢记嘱托。|2025年，投资增长5%。|新增就业130万人。",), ["year", "year"]),
    ],
)
def test_how_far_a_time_holds(paragraphs: tuple[str, ...], horizons: list[str]) -> None:
    rows = extract(report(*(("review", SPANS, body) for body in paragraphs), year=2026))
    assert [r.horizon for r in rows] == horizons


def test_targets_in_words_are_those_of_indicators() -> None:
    table = load_indicators(ROOT / "config" / "indicators.tsv")
    body = "今年主要预期目标是：进出口稳中提质，必须全面深化改革，单位GDP能耗、主要污染物排放量继续下降，我省将实现高质量发展。"
    rows = extract(report(("plan", "安排", body)), table)
    assert [(r.indicator, r.comparator) for r in rows] == [
        ("进出口", "qualitative"),
        ("单位GDP能耗", "qualitative"),
        ("主要污染物排放量", "qualitative"),
    ]


def test_a_figure_for_a_part_of_the_year_says_so() -> None:
    table = load_indicators(ROOT / "config" / "indicators.tsv")
    (row,) = extract(report(("review", "回顾", "2024年前三季度，地区生产总值增长2.7%。")), table)
    assert (row.indicator, row.canonical) == ("前三季度地区生产总值", "")
    quarter, year = extract(
        report(("review", "回顾", "经济在一季度跌入谷底，地区生产总值下降7.4%，全年地区生产总值增长1.5%。")), table
    )
    assert (quarter.indicator, quarter.canonical) == ("一季度地区生产总值", "")
    assert (year.value, year.canonical) == (1.5, "地区生产总值")
    (row,) = extract(report(("review", "回顾", "在一季度GDP下降9.6%的形势下砥砺前行。")), table)
    assert (row.indicator, row.canonical) == ("一季度GDP", "")


def test_lead_that_ends_its_paragraph_opens_the_next() -> None:
    made = report(
        ("plan", "安排", "今年经济社会发展的主要预期目标是："),
        ("plan", "", "国内生产总值增长8％左右；城镇登记失业率控制在4.6％以内。"),
    )
    assert [(r.indicator, r.value, r.comparator, r.headline) for r in extract(made)] == [
        ("国内生产总值", 8.0, "approx", True),
        ("城镇登记失业率", 4.6, "le", True),
    ]


def test_offsets_are_those_of_the_quantity_as_printed() -> None:
    made = report(("plan", "安排", "固定资产投资增长５％左右，新建公园 ３０ 处。"))
    rows = extract(made)
    assert [made.source.text[r.start : r.end] for r in rows] == ["５％左右", "３０ 处"]
    assert [r.text for r in rows] == ["固定资产投资增长５％左右", "新建公园 ３０ 处"]


def test_front_matter_and_annexes_are_not_read() -> None:
    assert (
        extract(
            report(("front", "", "经济增长5%。"), ("annex", "名词解释", "投资增长5%。"), ("footer", "", "共10页。"))
        )
        == []
    )


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ("固定资产投资增长5%。", "growth_rate"),
        ("居民消费价格涨幅2%左右。", "growth_rate"),
        ("城镇调查失业率5.5%左右。", "level"),
        ("人口自然增长率降到6.45‰。", "level"),
        ("常住人口城镇化率达到70%。", "share"),
        ("高技术制造业占工业比重达到20%。", "share"),
        ("公交出行分担率提高2个百分点。", "change"),
        ("高新技术企业数量增加400户。", "change"),
        ("高新技术企业发展到3500户。", "count"),
        ("粮食产量260亿斤以上。", "level"),
        ("算力规模翻一番。", "multiple"),
        ("粮食单产居全国第1位。", "rank"),
        ("连续44年无重大森林火灾。", "duration"),
        ("经济增长预期目标为7%左右。", "growth_rate"),
        ("出口增速为5%。", "growth_rate"),
        ("经济增长目标设定为6%左右。", "growth_rate"),
        ("提出8%左右的国内生产总值增长目标。", "growth_rate"),
        ("将八成以上财政支出用于民生。", "share"),
        ("社会消费品零售总额2.76万亿元。", "level"),
        ("保持6%一档的税率。", "level"),
    ],
)
def test_kind(body: str, kind: str) -> None:
    assert one("review", body).kind == kind


@pytest.mark.parametrize(
    ("body", "canonical"),
    [
        ("财政支出增长5%。", "一般公共预算支出"),
        ("将八成以上财政支出用于民生。", ""),
        ("国家财政收入的60%左右来自企业。", ""),
        ("13个设区市地区生产总值实现正增长。", ""),
        ("出台利用外资20条。", ""),
        ("高新技术企业达到600家。", "高新技术企业"),
        ("常住人口城镇化率达到60%。", "常住人口城镇化率"),
        ("户籍人口城镇化率达到45%。", "户籍人口城镇化率"),
        ("近岸海域水质优良率保持100%。", "近岸海域水质"),
    ],
)
def test_what_is_no_figure_of_an_indicator_has_not_its_name(body: str, canonical: str) -> None:
    (row,) = extract(report(("review", "工作回顾", body)), load_indicators(ROOT / "config/indicators.tsv"))
    assert row.canonical == canonical


def test_a_rate_of_a_named_indicator_is_a_share() -> None:
    indicators = load_indicators(ROOT / "config/indicators.tsv")
    (row,) = extract(report(("review", "工作回顾", "近岸海域水质优良率保持100%。")), indicators)
    assert (row.canonical, row.kind) == ("近岸海域水质", "share")


@pytest.mark.parametrize(
    "printed",
    [
        "零分之一",
        "零分之零",
        "百分之" + "一" * 5000,
        "百分之" + "9" * 350,
        "9" * 400 + "%",
        "1" + ",234" * 400 + "元",
        "1/" + "9" * 5000,
        "居第" + "9" * 5000 + "位",
        "5" + "亿" * 5000 + "元",
        "从" + "9" * 400 + "亿元增加到" + "9" * 400 + "亿元",
    ],
)
def test_numbers_that_no_report_has_end_nothing(printed: str) -> None:
    rows = extract(report(("plan", "安排", f"投资{printed}，粮食产量5万吨。")))
    assert all(row.base_value is None or abs(row.base_value) < 1e30 for row in rows)
    assert rows[-1].value == 5
