"""What a quantity measures: a growth rate, a level, a share ... (`kind_of`)."""

from __future__ import annotations

import re

from emphasis.targets.entries import Kind, Quantity
from emphasis.targets.phrases import is_change
from emphasis.targets.statements import Statement
from emphasis.targets.units import is_count, is_percent, is_time
from emphasis.targets.wordlists import WordSet, words

_MEASURES = WordSet(words("nouns", "measures"))
_GROWTH_RATES = words("nouns", "growth_rates")
_LEVEL_RATES = words("nouns", "level_rates")
GOAL = re.compile(r"的?(?:预期|宏观|调控|控制|增长(?=目标))*目标(?:值)?$|(?<=增长)预期$|(?<=速度)的?(?:宏观)?调控$")
"""What at the end of an indicator says that it is a target (经济增长｜预期目标)."""
_SHARES = ("率", "比例", "比重", "强度", "比率")
"""Last words of canonical indicators that are shares or rates themselves."""
_OF_GROWTH = frozenset(("", "保持", "保持在", "达到", "达", "安排", "定为", "确定为", "设定为", "安排为"))


def kind_of(item: Statement, canonical: str = "") -> Kind:
    """The kind of a statement, from its unit, its predicate and the last word of its indicator and of its `canonical` name."""
    quantity, changes = item.quantity, is_change(item.direction)
    if quantity.form in ("rank", "multiple"):
        return "rank" if quantity.form == "rank" else "multiple"
    if is_time(quantity.unit):
        return "duration" if item.direction == "连续" else "change" if changes else "level"
    if quantity.form == "fraction":
        return "growth_rate" if changes else "share"
    in_points = "百分点" in quantity.unit or "基点" in quantity.unit
    if is_percent(quantity.unit) and not in_points:
        return _of_percent(item, canonical)
    if in_points or (changes and not item.verb):
        return "change"
    return "count" if is_count(quantity.unit) or quantity.unit in ("万", "亿") else "level"


def measures_otherwise(canonical: str, quantity: Quantity) -> bool:
    """Whether a canonical indicator cannot be measured by a quantity: amounts and rates are not counted.

    13个｜设区市地区生产总值 counts cities, and 利用外资｜20条 paragraphs of a policy.

    Examples
    --------
    >>> from emphasis.targets.quantities import find_quantities
    >>> [measures_otherwise("地区生产总值", found) for found in find_quantities("13个市,500亿元")]
    [True, False]
    """
    counted = quantity.form == "number" and is_count(quantity.unit)
    return counted and (quantity.unit == "条" or bool(_MEASURES.longest_suffix(canonical)))


def _of_percent(item: Statement, canonical: str) -> Kind:
    """A percentage is a share unless its indicator or its predicate makes it a level (失业率) or a growth rate (增速, 增长).

    What is measured in money or counted and has a canonical name (地区生产总值) is no share of anything: 地区生产总值5% is growth.
    """
    if item.share:
        return "share"
    # 经济增长预期目标 is about 经济增长.
    indicator = GOAL.sub("", item.indicator) if "目标" in item.indicator else item.indicator
    if is_change(item.direction):
        return "growth_rate"
    if indicator.endswith(_LEVEL_RATES) or canonical.endswith(_LEVEL_RATES):
        return "level"
    if item.part:
        return "share"
    rate = canonical.endswith((*_SHARES, "水质")) or indicator.endswith(_SHARES)
    grows = bool(canonical) and not rate and item.verb == "" and item.direction in _OF_GROWTH
    of_growth = indicator.endswith(_GROWTH_RATES) or "增长目标" in item.indicator
    return "growth_rate" if grows or of_growth else "share"
