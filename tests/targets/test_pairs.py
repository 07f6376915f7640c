"""Pairs inside a report, across years and across levels; the table of indicators."""

from pathlib import Path

import pytest

from emphasis.errors import EmphasisError
from emphasis.targets.entries import LedgerEntry
from emphasis.targets.extract import extract
from emphasis.targets.indicators import Indicators, load_indicators
from emphasis.targets.pairs import attainment, gaps, headline_target, pairs
from support import ROOT
from support.target_report import report

TABLE = load_indicators(ROOT / "config" / "indicators.tsv")
LEAD = "今年发展主要预期目标是："


def rows(review: str = "", plan: str = "", year: int = 2025) -> list[LedgerEntry]:
    return extract(report(("review", "回顾", review), ("plan", "安排", plan), year=year), TABLE)


@pytest.mark.parametrize(
    ("review", "plan", "reason"),
    [
        ("全市地区生产总值增长4.8%。", "GDP增长5%以上。", "same measure"),
        ("新建口袋公园40处。", "新建口袋公园30处。", "same measure"),
        ("建成高标准农田238.9万亩。", "新建高标准农田200万亩。", "same measure"),
        ("市级中试基地达到28个。", "完善30个中试基地。", "same measure"),
        ("市级中试基地达到28个。", "完善12个中试基地。", "different action"),
        ("市级中试基地达到28个。", "新建中试基地3个。", "different measure: stock and increase"),
        ("市级中试基地28个。", "中试基地达到30个。", "same measure"),
        ("科技产业园区增至16个。", "完善18个科技产业园区服务功能。", "same measure"),
        ("便民生活圈达到190个。", "建成20个便民生活圈。", "different measure: stock and increase"),
        ("建成中试基地85个。", "中试基地达到150个。", "same measure"),
        ("博士人才累计达1125名。", "引进领军人才15名、博士人才300名。", "different measure: stock and increase"),
        ("累计建成污水管网106公里。", "新建污水管网15公里。", "different measure: stock and increase"),
        ("累计恢复国际航线13条。", "累计恢复和新增国际航线15条。", "same measure"),
        ("全年累计拆除违法建筑183万平方米。", "拆除违法建筑215万平方米。", "same measure"),
        ("五年来，累计建成污水管网106公里。", "新建污水管网15公里。", "different horizon"),
        ("五年来，高铁里程由2110公里增至3055公里。", "高铁里程达到3400公里。", "same measure"),
        ("每千人养老床位6张。", "新增养老床位2500张。", "different definition"),
        ("建成经济适用住房42万平方米。", "新开工经济适用住房50万平方米。", "different action"),
        ("固定资产投资规模达到1986.7亿元。", "固定资产投资增长5%。", "different measure: level and growth_rate"),
        ("高新技术企业数量增加400户。", "高新技术企业发展到3500户。", "different measure: change and count"),
        ("城镇新增就业达到9.5万人。", "新增城镇就业9万人。", "same measure"),
        ("规上企业突破600家。", "新增规上企业100家以上。", "different measure: stock and increase"),
        ("新增上市公司30家，上市公司总数达495家。", "新增上市公司20家。", "same measure"),
        ("签约亿元以上产业项目542个。", "签约5000万元以上产业项目1000个。", "different threshold"),
        ("实施投资5000万元以上项目1381个。", "新签约投资5000万元以上项目1000个。", "different action"),
        ("新建农村公路4440公里。", "完成农村公路1万公里三年攻坚任务。", "different horizon"),
        ("新增义务教育学位5000个。", "新增义务教育公办学位6000个。", "different definition"),
        ("粮食产量853亿斤。", "粮食产量420万吨。", "different unit: 亿斤 and 万吨"),
    ],
)
def test_comparable_or_why_not(review: str, plan: str, reason: str) -> None:
    (pair,) = pairs("r", rows(review, plan))
    assert (pair.reason, pair.comparable) == (reason, reason == "same measure")


def test_of_equal_names_the_same_verb_comes_first() -> None:
    (pair,) = pairs("r", rows("供应工业用地5平方公里，整备工业用地4平方公里。", "整备工业用地3平方公里。"))
    assert pair.outturn.value == 4


def test_ranks_are_not_paired() -> None:
    assert pairs("r", rows("经济总量居全国第3位。", "地区生产总值增长7%。")) == []


def test_what_the_table_of_indicators_has_is_not_paired_with_a_part_of_it() -> None:
    (pair,) = pairs("r", rows("跨境电商进出口总额增长20%。", "进出口总额增长5%。"))
    assert pair.reason == "different definition"


def test_general_nouns_pair_only_under_the_same_verb() -> None:
    assert pairs("r", rows("引进企业30家。", "改造企业20家。")) == []
    assert len(pairs("r", rows("引进企业30家。", "引进企业20家。"))) == 1


def test_attainment() -> None:
    before = rows(
        plan=LEAD
        + "地区生产总值增长5%左右，城镇新增就业10万人以上，城镇调查失业率5.5%以内，固定资产投资增长6%，粮食产量900亿斤。"
    )
    after = rows("地区生产总值增长4.8%，城镇新增就业9万人，城镇调查失业率5.2%，固定资产投资2000亿元。", year=2026)
    found = {a.indicator: (a.verdict, a.difference) for a in attainment(before, after, TABLE)}
    assert found == {
        "地区生产总值": ("near", -0.2),
        "城镇新增就业": ("missed", -10_000.0),
        "城镇调查失业率": ("met", -0.3),
        "固定资产投资": ("not comparable", None),
        "粮食产量": ("not reported", None),
    }


def test_an_outturn_of_another_measure_does_not_stand_beside_a_target() -> None:
    before = rows(
        plan=LEAD + "地区生产总值增长6.5%左右，城镇新增就业15万人，居民收入增长与经济增长同步，进出口总额增长5%。"
    )
    after = rows(
        "居民收入增长5.5%。|进出口总额下降0.6%。|地区生产总值达2.77万亿元，五年年均增长7.1%。|五年来，城镇新增就业64.6万人。",
        year=2026,
    )
    found = {
        a.indicator: (a.verdict, a.outturn and a.outturn.value, a.difference) for a in attainment(before, after, TABLE)
    }
    assert found == {
        "地区生产总值": ("not comparable", None, None),
        "城镇新增就业": ("not comparable", None, None),
        "居民收入增长": ("not comparable", 5.5, None),
        "进出口总额": ("missed", 0.6, -5.6),
    }


def test_targets_of_several_years_are_none_of_the_next_year() -> None:
    before = rows(plan="今后五年主要预期目标是：地区生产总值达到9000亿元。")
    assert attainment(before, rows("地区生产总值8000亿元。", year=2026), TABLE) == []


def test_a_fall_is_met_when_it_is_at_least_as_large() -> None:
    before = rows(plan=LEAD + "单位GDP能耗下降3%左右。")
    assert attainment(before, rows("单位GDP能耗下降3.4%。"), TABLE)[0].verdict == "met"
    assert attainment(before, rows("单位GDP能耗下降2%。"), TABLE)[0].verdict == "missed"


def test_cross_level_tells_absent_from_different() -> None:
    own = rows(plan=LEAD + "地区生产总值增长5.5%以上，城镇新增就业9万人。")
    superior = rows(plan=LEAD + "国内生产总值增长5%左右，居民消费价格涨幅2%左右。")
    found = {g.indicator: (g.difference, g.note) for g in gaps(own, superior)}
    assert found == {
        "地区生产总值": (0.5, "stated by both"),
        "城镇新增就业": (None, "absent in superior"),
        "居民消费价格": (None, "absent in own"),
    }


def test_headline_prefers_the_passage_and_leaves_plan_periods_out() -> None:
    found = rows(plan="“十四五”时期国内生产总值年均增长7%。")
    assert headline_target(found, "地区生产总值") is None
    stated = rows(plan=LEAD + "国内生产总值增长5%左右，就业稳定。")
    late = stated[0]._replace(headline=False, start=0, value=9.0)
    chosen = headline_target([late, *stated], "地区生产总值")
    assert chosen is not None
    assert chosen.value == 5.0


@pytest.mark.parametrize(
    ("indicator", "canonical"),
    [
        ("全市地区生产总值", "地区生产总值"),
        ("GDP", "地区生产总值"),
        ("CPI涨幅", "居民消费价格"),
        ("城乡居民收入增速", "居民人均可支配收入"),
        ("本区生产总值", "地区生产总值"),
        ("本市地区生产总值", "地区生产总值"),
        ("全市能源消耗强度", "单位地区生产总值能耗"),
        ("城镇居民登记失业率", "城镇登记失业率"),
        ("口袋公园", ""),
    ],
)
def test_canonical_names(indicator: str, canonical: str) -> None:
    assert TABLE.canonical(indicator) == canonical


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("canonical\tsynonyms\n甲\t乙\n", "better, source are missing"),
        ("canonical\tsynonyms\tbetter\tsource\n甲\t乙\tmore\t\n", "better is 'more'"),
        ("canonical\tsynonyms\tbetter\tsource\n甲\t乙\tup\t\n丙\t乙\tup\t\n", "'乙' stands for both '甲' and '丙'"),
    ],
)
def test_a_wrong_table_is_refused_in_words(tmp_path: Path, content: str, message: str) -> None:
    path = tmp_path / "indicators.tsv"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(EmphasisError, match=message):
        load_indicators(path)


def test_a_missing_table_is_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(EmphasisError, match="there is no such file"):
        load_indicators(tmp_path / "none.tsv")
    assert Indicators().canonical("地区生产总值") == ""
