"""What a figure measures: a growth rate, a level, a count, a share, ..."""

from __future__ import annotations

import re

from emphasis.targets import words
from emphasis.targets.model import Kind
from emphasis.targets.statements import Statement
from emphasis.targets.subjects import is_change
from emphasis.targets.units import is_count, is_percent, is_time

_GROWTH_HEADS = tuple(words.GROWTH_HEADS)
_LEVEL_RATES = tuple(words.LEVEL_RATES)
_GOAL = re.compile(r"(?:预期|控制)?目标(?:值)?$")


def kind_of(item: Statement) -> Kind:
    """The kind of a statement, from its unit, its predicate and the last word of its indicator."""
    figure, changes = item.figure, is_change(item.direction)
    kind: Kind
    if figure.form in ("rank", "multiple"):
        kind = "rank" if figure.form == "rank" else "multiple"
    elif is_time(figure.unit):
        kind = "duration" if item.direction == "连续" else "change" if changes else "level"
    elif figure.form == "fraction":
        kind = "growth_rate" if changes else "share"
    elif "百分点" in figure.unit or "基点" in figure.unit:
        kind = "change"
    elif is_percent(figure.unit):
        kind = _of_percent(item)
    elif changes and not item.verb:
        kind = "change"
    else:
        kind = "count" if is_count(figure.unit) or figure.unit in ("万", "亿") else "level"
    return kind


def _of_percent(item: Statement) -> Kind:
    if item.share:
        return "share"
    # 经济增长预期目标 is about 经济增长.
    indicator = _GOAL.sub("", item.indicator) if "目标" in item.indicator else item.indicator
    if indicator.endswith(_LEVEL_RATES) and not is_change(item.direction):
        return "level"
    return "growth_rate" if indicator.endswith(_GROWTH_HEADS) or is_change(item.direction) else "share"
