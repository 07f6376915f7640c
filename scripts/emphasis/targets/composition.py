"""Quantities of a sentence together: changes, thresholds in names, comparators of lists.

Two quantities may be one change (由180天压缩至58天), one may be a threshold in the name of what the next one counts
(投资5000万元以上项目｜1381个), and a comparator at the end of a list may hold for the whole list (分别增长5%和7%左右).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import deque
from itertools import zip_longest

from emphasis.targets.entries import Quantity
from emphasis.targets.phrases import YEAR_DIGITS, final_verb
from emphasis.targets.quantities import find_quantities
from emphasis.targets.units import is_count, is_percent, is_time, to_base
from emphasis.targets.wordlists import alternation, words

STOPS = ",;:。!?\n"
"""What ends a clause in a folded sentence."""
_STOP = re.compile(f"[{STOPS}]")

_FROM = re.compile(r"(?:由|从)[^,;。]{0,16}$")
_YEAR = rf"(?:[\d{YEAR_DIGITS}]{{4}}年|去年|目前|现在|今年)"
_FROM_TO = re.compile(
    rf"^(?:左右|以上|以下)?[^,;。、\d]{{0,8}}?[到至为成达过]了?(?:{_YEAR}(?:底|末)?的?|[^,;。、\d]{{0,4}}的)?$"
)
"""What comes between the two ends of a change: a predicate (压缩｜至), perhaps a year (到｜2020年｜的)."""
_LINK = re.compile(rf"^(?:左右|以上|以下|的)+|(?<=[到至为成达过])了?{_YEAR}.*$")
_BOUNDS = frozenset(("range", "ge", "gt", "le", "lt"))
_NOUN_TAIL = re.compile(r"(?!用于|左右)[^,;:。、!?\s%的]|的(?:部分|项目|村|乡镇|企业|家庭|农户|行政村)|的(?=\d)")
_THRESHOLD_NOUN = re.compile(alternation(words("nouns", "threshold_nouns")))
_MONEY_NOUN = re.compile(rf"的?[^,;。]{{0,8}}(?:{alternation(words('nouns', 'money_nouns'))})")
_NOT_NOUN = re.compile(r"[的,;。、]|居|占|位|增|同比|创|较|比|实现|其中|和|均|总")
_CAPACITY = re.compile(rf"级|轮|的?[^,;。、]{{0,14}}?(?:{alternation(words('nouns', 'capacity_nouns'))})")
_EXTENTS = ("公里", "千米", "里程", "米", "亩", "公顷")
"""Lengths and areas: they say how much of a thing is made (500公里｜农村公路工程), not which."""
_CAPACITY_VERBS = ("新增", "建成", "投产", "核准")
_SCALES = frozenset("百千万亿")
_PROGRAMME = re.compile(r"[^,;。]{0,12}(?:行动|工程|计划)")
"""千亿斤粮食产能提升行动 is a name, so 千亿斤 is no quantity."""
_CLASS_SIZE = re.compile("的?超?大班额")
"""66人以上超大班额 says from which size on a class is too large."""
_REACHES = ("米", "公里", "千米")
_WITHIN_REACH = re.compile("[^,;。占达]{0,14}(?:覆盖率|服务半径|半径|范围内|生活圈)")
"""500米｜公交站点覆盖率 says how near a stop has to be."""
_POPULATION_SIZE = re.compile("人?口?人口?以[上下]的")
"""20万｜人口以上的县 says how large the counties are."""
_SIZES = ("纳米", "英寸")
_QUALIFYING = re.compile(r"[^,;。、]{0,9}[过超达上破]")
_JOINTS = ("、", "和", "与", "及")
_THOSE_OF_IT = re.compile(r"的[^,;:。、\d的]{2,16}")
_UNIT_JOINT = re.compile(r"[、和与及或](?:全[国省市区县州]|全球|世界)?(?:平均水平|平均)?")
_WIDEST_LIST = 240
_WINDOW = 24
"""How many characters after a quantity decide whether it is part of a name."""


def compose_quantities(text: str) -> list[Quantity]:
    """The quantities of a folded sentence that state something, or may, with changes merged and thresholds left out.

    Examples
    --------
    >>> [(f.value, f.high) for f in compose_quantities("审批时限由180天压缩至58天,实施投资5000万元以上项目1381个")]
    [(180.0, 58.0), (1381.0, None)]
    """
    quantities = _share_units(text, find_quantities(text))
    return _share_comparators(text, _without_thresholds(text, _merge_changes(text, quantities))) if quantities else []


def stop_positions(text: str) -> list[int]:
    """The positions of what may end a clause."""
    return [m.start() for m in _STOP.finditer(text)]


def clause_start(text: str, stops: list[int], position: int, floor: int) -> int:
    """Where the clause of a position begins, but not before `floor`; `stops` is what `stop_positions` found."""
    last = bisect_left(stops, position) - 1
    while last >= 0 and stops[last] >= floor and _is_separator(text, stops[last]):
        last -= 1
    return max(stops[last] + 1, floor) if last >= 0 else floor


def _is_separator(text: str, at: int) -> bool:
    """Whether a comma separates thousands (1,234)."""
    return at > 0 and text[at] == "," and text[at - 1].isdigit() and text[at + 1 : at + 4].isdigit()


def _merge_changes(text: str, quantities: list[Quantity]) -> list[Quantity]:
    """Join 由180天压缩至58天 into one quantity with the comparator ``from_to``."""
    merged: list[Quantity] = []
    rest = deque(quantities)
    while rest:
        quantity = rest.popleft()
        if rest and _is_change(text, quantity, rest[0]):
            follower = rest.popleft()
            merged.append(_join(quantity, follower, text[quantity.end : follower.start]))
        elif quantity.comparator == "range" and _FROM.search(text[max(0, quantity.start - 3) : quantity.start]):
            merged.append(quantity._replace(comparator="from_to"))
        else:
            merged.append(quantity)
    return merged


def _is_change(text: str, first: Quantity, last: Quantity) -> bool:
    """Whether two quantities are the ends of one change: in the same unit, after 由 or 从, with 到 or the like between them."""
    if _FROM.search(text[max(0, first.start - 18) : first.start]) is None:
        return False
    one, other = (to_base(1.0, f.unit)[1].partition("/")[0] for f in (first, last))
    return one in ("", other) and _FROM_TO.match(text[first.end : last.start]) is not None


def _join(first: Quantity, last: Quantity, gap: str) -> Quantity:
    low = first.value
    if first.unit.partition("/")[0] not in ("", last.unit.partition("/")[0]):
        # 由4771公里增加到2.52万公里: both in the unit of the second.
        start, step = to_base(first.value, first.unit)[0], to_base(1.0, last.unit)[0]
        low = round(start / step, 6) if start is not None and step else first.value
    # 由每人每年320元提高到380元: what the first is divided by holds for both.
    rate = first.unit.partition("/")[2]
    unit = f"{last.unit}/{rate}" if rate and "/" not in last.unit else last.unit
    return Quantity(first.start, first.core, last.end, low, last.value, unit, "from_to", first.form, _LINK.sub("", gap))


def _without_thresholds(text: str, quantities: list[Quantity]) -> list[Quantity]:
    """Leave out quantities that are part of a name: 投资5000万元以上项目, 亿元以上产业项目, 690万千瓦火电项目."""
    kept: list[Quantity] = []
    for quantity, following in zip_longest(quantities, quantities[1:]):
        plain = quantity.form in ("number", "fraction") and bool(quantity.unit)
        if not plain or not _is_part_of_name(text, quantity, kept[-1] if kept else None, following):
            kept.append(quantity)
    return kept


def _is_part_of_name(text: str, quantity: Quantity, before: Quantity | None, following: Quantity | None) -> bool:
    """Whether a quantity with a unit only says which things are meant; `before` and `following` are its neighbours."""
    tail = text[quantity.end : quantity.end + _WINDOW]
    if (quantity.comparator in _BOUNDS and _CLASS_SIZE.match(tail)) or _POPULATION_SIZE.match(tail):
        return True
    if _qualifies_count(text, quantity, before, following):
        return True
    if is_percent(quantity.unit) or _NOUN_TAIL.match(tail) is None:
        return False
    sized = (
        quantity.unit in _SIZES
        or (quantity.unit in _REACHES and _WITHIN_REACH.match(tail) is not None)
        or (not is_count(quantity.unit) and text.startswith("内", quantity.end))
    )
    fast = quantity.unit == "公里" and text.endswith("时速", 0, quantity.start)
    programme = text[quantity.core] in _SCALES and _PROGRAMME.match(tail) is not None
    adjacent = following is not None and not any(c in text[quantity.end : following.start] for c in STOPS)
    if (
        following is not None
        and text[quantity.end : following.start] in _JOINTS
        and text.endswith("分别", 0, quantity.start)
    ):
        # 收入分别突破300亿元和500亿元: a list of bounds that each state something.
        return False
    if tail.startswith("的") and tail[1:2].isdecimal() and not (following and is_count(following.unit)):
        return False
    counts_next = following is not None and is_count(following.unit)
    bound = _is_threshold(text, quantity, tail, adjacent, counts_next)
    return sized or fast or programme or bound or _is_capacity(text, quantity, tail)


def _qualifies_count(text: str, quantity: Quantity, before: Quantity | None, following: Quantity | None) -> bool:
    """Whether a quantity says which of the things are meant that the quantity before it or after it counts."""
    if is_count(quantity.unit):
        return False
    if before is not None and is_count(before.unit) and quantity.start - before.end < _WINDOW // 2:
        # 220个｜亿元以上｜产业项目: it follows a count without a gap. 82个预增产值过｜10亿元｜的重大增长点: it qualifies what is counted.
        ends = text[quantity.end : quantity.end + 1] in (*STOPS, "、", "")
        gap = text[before.end : quantity.core]
        if not gap or before.end == quantity.start:
            return True
        if quantity.unit.endswith("元") and not ends and _QUALIFYING.fullmatch(gap):
            return True
    # 年产值超10亿元的｜农业龙头企业3家: the bound says which of them are counted.
    bounds = quantity.comparator in _BOUNDS and not is_percent(quantity.unit) and not is_time(quantity.unit)
    if not bounds or following is None or not is_count(following.unit):
        return False
    return _THOSE_OF_IT.fullmatch(text, quantity.end, following.start) is not None


def _is_threshold(text: str, quantity: Quantity, tail: str, adjacent: bool, counts_next: bool) -> bool:
    """Whether a bound is part of the name of what follows (5000万元以上｜项目), and not the amount of it (1000亿元以上｜资金).

    `adjacent` tells that the next quantity is in the same clause, `counts_next` that it is a count.
    """
    if quantity.comparator not in _BOUNDS or is_count(quantity.unit):
        return False
    if _THRESHOLD_NOUN.match(tail) or (adjacent and counts_next):
        return True
    if _MONEY_NOUN.match(tail) or final_verb(text[max(0, quantity.start - 8) : quantity.start]):
        return False
    named = text[quantity.start : quantity.core].startswith(("超", "过", "破"))
    return adjacent or (named and _NOT_NOUN.match(tail) is None)


def _is_capacity(text: str, quantity: Quantity, tail: str) -> bool:
    """Whether a quantity is the capacity that a plant is named by (690万千瓦｜火电项目), and not one that was added."""
    extent = quantity.unit.endswith(("元", *_EXTENTS))
    measured = not is_count(quantity.unit) and not extent and not is_time(quantity.unit)
    added = text[: quantity.start].endswith(_CAPACITY_VERBS) and not quantity.unit.endswith("千伏")
    return measured and _CAPACITY.match(tail) is not None and not added


def _share_units(text: str, quantities: list[Quantity]) -> list[Quantity]:
    """Give figures of a list the unit that only the last of them prints in full (30个和41个｜工作日, 3.4个、1个｜百分点)."""
    shared = list(quantities)
    for i in range(len(shared) - 1, 0, -1):
        first, last = shared[i - 1], shared[i]
        joined = _UNIT_JOINT.fullmatch(text, first.end, last.start) is not None
        if joined and first.unit == "个" and last.unit.startswith("个") and last.unit != "个":
            shared[i - 1] = first._replace(unit=last.unit)
    return shared


def _share_comparators(text: str, quantities: list[Quantity]) -> list[Quantity]:
    """Give a comparator to all quantities of a list that 分别 opened: one at its end (分别增长5%和7%｜左右), or before its first.

    A bound before the first holds for the others too: 分别｜突破｜300亿元和500亿元.
    """
    if "分别" not in text:
        return quantities
    shared = list(quantities)
    led = False
    for i in range(1, len(shared)):
        first, last = shared[i - 1], shared[i]
        joined = text[first.end : last.start] in _JOINTS
        led = joined and (led or (text.endswith("分别", 0, first.start) and first.core > first.start))
        if led and first.comparator in ("ge", "gt", "le", "lt") and last.comparator == "eq":
            shared[i] = last._replace(comparator=first.comparator)
    for i in range(len(shared) - 1, 0, -1):
        first, last = shared[i - 1], shared[i]
        opened = text.rfind("分别", max(0, first.start - _WIDEST_LIST), first.start)
        if opened < 0 or any(c in text[opened : first.start] for c in STOPS):
            continue
        trailing = last.comparator in ("ge", "le", "approx") and text[last.end - 1] in "右上下内"
        if text[first.end : last.start] in _JOINTS and trailing and first.comparator == "eq":
            shared[i - 1] = first._replace(comparator=last.comparator)
    return shared
