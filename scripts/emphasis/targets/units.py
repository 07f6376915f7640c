"""Numbers and units as reports print them, and what they amount to.

A number keeps its last 万 or 亿 apart, because that is how reports give units: 1.7亿人次 is 1.7 in 亿人次. Values of different
statements are compared in the base unit, where 万 and 亿 are multiplied out (`to_base`): 170,000,000 人次.
"""

from __future__ import annotations

import re
from functools import lru_cache
from math import prod
from typing import NamedTuple

from emphasis.targets.wordlists import alternation, alternatives, words
from emphasis.text import numeral

_DIGITS = "一二三四五六七八九两〇零○"
_SCALE = {"十": 1e1, "百": 1e2, "千": 1e3, "万": 1e4, "亿": 1e8}

ARABIC = r"(?:\d(?: \d)+(?!\d)|\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?: ?\. ?\d+)?"
"""Digits with thousands separators or single spaces between them (``1 9 9 8``), and a decimal part."""

CHINESE = rf"[{_DIGITS}十百千万亿]{{1,24}}(?:点[{_DIGITS}]{{1,24}})?"
"""A Chinese numeral with a decimal part. No numeral of a report is longer."""

_PLAIN = re.compile(r"(\d+(?:\.\d+)?)([十百千万亿]*)")
_STEP = re.compile(r"(\d+(?:\.\d+)?)?([十百千万亿]+)|(\d+(?:\.\d+)?)$")
_TRAILING_SCALE = re.compile(r"(?:十|百|千)*(?:万|亿)+$")


class Number(NamedTuple):
    """A value, the scale that stays with its unit (``万``, ``亿``), and what its wording adds.

    `vague` is ``above`` for 多, 余 and 上百, ``about`` for 几 and 数十, else empty.
    """

    value: float
    scale: str
    vague: str

    @property
    def full(self) -> float:
        """The value with its scale multiplied out (1万: 10,000)."""
        return self.value * multiplier(self.scale)


def read_number(text: str) -> Number:
    """The number that `text` prints, in Arabic digits, Chinese numerals or both (1亿3千多万).

    The last 万 or 亿 is left to the unit. `text` is folded (`emphasis.text.fold`); ValueError if it is not a number.

    Examples
    --------
    >>> read_number("1.3万多"), read_number("三千五百多万").value, read_number("百亿").value
    (Number(value=1.3, scale='万', vague='above'), 3500.0, 100.0)
    >>> read_number("1亿3千多万").value
    130000000.0
    """
    plain = text.replace(" ", "").replace(",", "")
    simple = _PLAIN.fullmatch(plain)
    if simple is not None:
        return Number(float(simple[1]), simple[2], "")
    vague = "above" if any(c in plain for c in "多余来") or plain[:1] == "上" else ""
    if any(c in plain for c in "几数"):
        vague = "about"
    core = "".join(c for c in plain if c not in "多余来上")
    # 几十 and 数十 are read as ten, and are vague; 几 alone is no number.
    core = core.replace("几", "").replace("数", "") if len(core) > 1 else core
    if core == "半":
        return Number(0.5, "", vague)
    return Number(*(_arabic(core) if core[:1].isdecimal() else _chinese(core)), vague)


def _arabic(core: str) -> tuple[float, str]:
    """The value and the scale of digits with scales between them: 1亿3千万 is 130,000,000 without a scale."""
    simple = _PLAIN.fullmatch(core)
    if simple is not None:
        return float(simple[1]), simple[2]
    total = section = 0.0
    for step in _STEP.finditer(core):
        amount = float(step[1] or step[3] or 1)
        factor = multiplier(step[2] or "")
        if factor >= 1e4:
            total = (total + section + amount * factor) if factor >= 1e8 else total + (section + amount) * factor
            section = 0.0
        else:
            section += amount * factor
    return total + section, ""


def _chinese(core: str) -> tuple[float, str]:
    """The value and the scale of a Chinese numeral: 三千五百万 is 3,500 in 万."""
    whole, _, decimals = core.partition("点")
    if decimals:
        digits = "".join(str(numeral(c)) for c in decimals)
        return float(f"{numeral(whole)}.{digits}"), ""
    scale = ""
    if (trailing := _TRAILING_SCALE.search(core)) is not None:
        scale = trailing.group().lstrip("十百千")
        whole = core[: len(core) - len(scale)]
        # 一亿三千万 is one number: its 万 is a part of it, not its scale.
        if "亿" in whole or ("万" in whole and scale == "万"):
            return float(numeral(core)), ""
    if not whole:
        return 1.0, scale
    # 百 and 千 without a digit mean one of them (百亿: 100 in 亿).
    return float(numeral("一" + whole if whole[0] in "百千" else whole)), scale


def multiplier(scale: str) -> float:
    """The factor of a scale: 1e12 for 万亿."""
    return prod((_SCALE[c] for c in scale), start=1.0)


PERCENT = words("units", "percent")
MEASURES = words("units", "measures")
"""Units in which something is measured; a quantity in them is a level."""
COUNTS = words("units", "counts")
"""Classifiers; a quantity in them is a count."""
TIMES = words("units", "times")
"""Units of time: a quantity in them is a statement only where something takes or lasts that long."""

_UNITS = (*PERCENT, *MEASURES, *COUNTS, *TIMES, *words("units", "multiples"))
VAGUE_UNITS = {f"个多{unit[1:]}": unit for unit in (*PERCENT, *TIMES) if unit.startswith("个")}
"""Units with 多 inside, by the unit that is meant: 2个多百分点 is more than two of them."""
UNIT = alternation((*_UNITS, *VAGUE_UNITS), not_before=alternatives("units", "not_before", _UNITS))
"""A regular expression for any unit that is not the beginning of another word (个体, 家庭)."""
RATE = rf"(?:/(?:{alternation(words('units', 'denominators'))}))?"
"""A regular expression for what a unit may be divided by: 吨/日, 元/人·年."""

_COUNT_SET = frozenset(COUNTS)
_TIME_SET = frozenset(TIMES)
_PERCENT_SET = frozenset(PERCENT)
_TO_BASE = {
    "%": ("%", 1.0),
    "‰": ("%", 0.1),
    "‱": ("%", 0.01),
    "/10万": ("%", 0.001),
    "成": ("%", 10.0),
    "百分点": ("个百分点", 1.0),
    "个基点": ("个百分点", 0.01),
}
_SYMBOLS = {
    "平米": "平方米",
    "m2": "平方米",
    "㎡": "平方米",
    "m3": "立方米",
    "㎥": "立方米",
    "km": "公里",
    "㎞": "公里",
}
_SYMBOLS |= {"km2": "平方公里", "㎢": "平方公里", "kg": "公斤", "㎏": "公斤", "MW": "兆瓦", "kW": "千瓦", "℃": "摄氏度"}
"""The units that most reports write in characters."""


def is_count(unit: str) -> bool:
    """Whether the unit, without its scale, is a classifier."""
    return unit.lstrip("十百千万亿") in _COUNT_SET


def is_time(unit: str) -> bool:
    """Whether the unit, without its scale, measures time."""
    return unit.lstrip("十百千万亿") in _TIME_SET


def is_percent(unit: str) -> bool:
    """Whether the unit is a part of a hundred, or a difference of such parts."""
    return unit in _PERCENT_SET


def to_base(value: float | None, unit: str) -> tuple[float | None, str]:
    """Value and unit with 万 and 亿 multiplied out, per mille and 成 as per cent, and ㎡ as 平方米.

    Examples
    --------
    >>> to_base(1.7, "亿人次"), to_base(600.0, "万千瓦"), to_base(4.0, "成"), to_base(2.0, "万㎡")
    ((170000000.0, '人次'), (6000000.0, '千瓦'), (40.0, '%'), (20000.0, '平方米'))
    """
    base, factor = _base(unit)
    # Rounding takes off what binary fractions add (1.7e8 printed as 169999999.99999997).
    return (None if value is None else round(value * factor, 6)), base


@lru_cache(maxsize=4096)
def _base(unit: str) -> tuple[str, float]:
    """The unit without 万 and 亿, and their factor. 千 is part of the unit in 千瓦, 千米, 千克, 千伏, 千卡."""
    if unit in _TO_BASE:
        return _TO_BASE[unit]
    base = re.sub(r"^(?:[十百万亿]|千(?![瓦米克伏卡]))*", "", unit)
    return _SYMBOLS.get(base, base), multiplier(unit[: len(unit) - len(base)])
