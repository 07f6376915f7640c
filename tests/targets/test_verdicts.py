"""Floors and ceilings, and which targets are met."""

import pytest

from emphasis.targets.entries import LedgerEntry
from emphasis.targets.extract import extract
from emphasis.targets.indicators import load_indicators
from emphasis.targets.pairs import attainment
from emphasis.targets.verdicts import aim, bound, verdict
from support import ROOT
from support.target_report import report

TABLE = load_indicators(ROOT / "config" / "indicators.tsv")


@pytest.mark.parametrize(
    ("target", "outturn", "side", "found"),
    [
        # A figure is at least what it says, whatever digits it is printed with.
        ("地区生产总值增长5%", "地区生产总值增长5%", "floor", "met"),
        ("地区生产总值增长5.0%", "地区生产总值增长4.9%", "floor", "missed"),
        ("地区生产总值增长5%以上", "地区生产总值增长4.9%", "floor", "missed"),
        # 左右 and 约 reach down by a twentieth of the figure.
        ("地区生产总值增长5%左右", "地区生产总值增长4.75%", "floor", "near"),
        ("地区生产总值增长5.0%左右", "地区生产总值增长4.75%", "floor", "near"),
        ("地区生产总值增长5%左右", "地区生产总值增长4.7%", "floor", "missed"),
        ("地区生产总值增长5.0%左右", "地区生产总值增长4.7%", "floor", "missed"),
        ("地区生产总值增长7.5%左右", "地区生产总值增长7.4%", "floor", "near"),
        ("城镇新增就业约10万人", "城镇新增就业9.6万人", "floor", "near"),
        ("地区生产总值增长6%—7%", "地区生产总值增长6.1%", "floor", "met"),
        # Prices and unemployment are ceilings, with or without 以内.
        ("居民消费价格涨幅3%左右", "居民消费价格上涨0.2%", "ceiling", "met"),
        ("居民消费价格涨幅3%左右", "居民消费价格上涨3.1%", "ceiling", "near"),
        ("居民消费价格涨幅控制在3%以内", "居民消费价格上涨3.1%", "ceiling", "missed"),
        ("城镇调查失业率5.5%左右", "城镇调查失业率5.2%", "ceiling", "met"),
        ("城镇调查失业率5%—6%", "城镇调查失业率5.8%", "ceiling", "met"),
        ("城镇居民登记失业率3%左右", "城镇居民登记失业率2.4%", "ceiling", "met"),
        ("城镇登记失业率控制在4.5%以内", "城镇登记失业率4.6%", "ceiling", "missed"),
        # A fall is stated as a positive number; what it falls to is not.
        ("单位GDP能耗下降3%左右", "单位GDP能耗下降3.4%", "floor", "met"),
        ("单位GDP能耗下降3%左右", "单位GDP能耗下降2%", "floor", "missed"),
        ("PM2.5平均浓度下降至28微克/立方米", "PM2.5平均浓度27微克/立方米", "ceiling", "met"),
        ("PM2.5平均浓度降至28微克/立方米", "PM2.5平均浓度29微克/立方米", "ceiling", "missed"),
        # An outturn that stays below its own figure.
        ("固定资产投资5000亿元", "固定资产投资近5000亿元", "floor", "missed"),
        ("固定资产投资5000亿元", "固定资产投资突破5000亿元", "floor", "met"),
    ],
)  # fmt: skip
def test_bound_and_verdict(target: str, outturn: str, side: str, found: str) -> None:
    before = extract(report(("plan", "安排", f"今年发展主要预期目标是：{target}。"), year=2025), TABLE)
    after = extract(report(("review", "回顾", f"{outturn}。"), year=2026), TABLE)
    (row,) = attainment(before, after, TABLE)
    assert (row.bound, row.verdict) == (side, found)


def entry(**values: object) -> LedgerEntry:
    plain = dict.fromkeys(LedgerEntry._fields, "") | {"sentence": 0, "start": 0, "end": 0, "base_high": None}
    plain |= {"comparator": "eq", "kind": "level", "value": values.get("base_value")} | values
    return LedgerEntry(**plain)


def test_a_change_counts_where_it_ends() -> None:
    target = entry(comparator="from_to", base_value=180.0, base_high=58.0)
    assert (bound(target, ""), aim(target, "ceiling")) == ("ceiling", 58.0)
    assert verdict(target, 60.0, "eq", "ceiling") == "missed"
    assert verdict(target, 50.0, "from_to", "ceiling") == "met"
    assert bound(entry(comparator="from_to", base_value=20.0, base_high=30.0), "") == "floor"


def test_without_a_figure_there_is_no_bound() -> None:
    target = entry(comparator="qualitative", base_value=None)
    assert (bound(target, "down"), aim(target, "")) == ("", None)
    assert verdict(target, 1.0, "eq", "floor") == "not comparable"


def test_words_around_the_figure_come_before_the_indicator() -> None:
    assert bound(entry(base_value=3.0, canonical="居民消费价格", comparator="ge"), "band") == "floor"
    assert bound(entry(base_value=3.0, canonical="地区生产总值", comparator="le"), "up") == "ceiling"
    assert bound(entry(base_value=3.0, indicator="孕产妇死亡率"), "") == "ceiling"
