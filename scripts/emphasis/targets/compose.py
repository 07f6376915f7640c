"""Figures as their clause composes them: 由X到Y as one, thresholds inside names left out, cues that a list shares."""

from __future__ import annotations

import re
from bisect import bisect_left

from emphasis.targets.cues import Figure
from emphasis.targets.figures import find_figures
from emphasis.targets.subjects import final_verb
from emphasis.targets.units import is_count, is_percent, is_time, to_base

STOPS = ",;:。!?\n"
"""What ends a clause in a folded sentence."""
_STOP = re.compile(f"[{STOPS}]")

_FROM = re.compile(r"(?:由|从)[^,;。]{0,16}$")
_YEAR = r"(?:[\d一二三四五六七八九○〇零]{4}年|去年|目前|现在|今年)"
_TO = re.compile(
    rf"^(?:左右|以上|以下)?[^,;。、\d]{{0,8}}?[到至为成达过]了?(?:{_YEAR}(?:底|末)?的?|[^,;。、\d]{{0,4}}的)?$"
)
_LINK = re.compile(rf"^(?:左右|以上|以下|的)+|(?<=[到至为成达过])了?{_YEAR}.*$")
_BOUNDS = frozenset(("range", "ge", "gt", "le", "lt"))
_NOUN_TAIL = re.compile(r"(?!用于|左右)[^,;:。、!?\s%的]|的(?:部分|村|乡镇|企业|家庭|农户)")
_NAMED_NOUN = re.compile(
    r"的?部分|项目|企业|产业|集群|园区|镇|县|城市|重点|的?(?:重大|工业|大型)|机组|以上|单位|品牌|人口|管道|老旧|小区|平台"
    r"|高速|水库|船|市场|信贷|存量|贷款|断面|的(?:村|乡镇|企业|家庭|农户)"
)
_MONEY_NOUN = re.compile(r"的?[^,;。]{0,8}(?:资金|债券|国债|贷款|投资|补贴|收入|支持|增长|融资|减税|税费)")
_NOT_NOUN = re.compile(r"[的,;。、]|居|占|位|增|同比|创|较|比|实现|其中|和|均|总")
_CAPACITY = re.compile(r"的?[^,;。、]{0,14}?(?:项目|工程|装置|机组|生产线|线路|电站|基地|变电|轮|级|泊位|晶圆|芯片)")
_CAPACITY_VERBS = ("新增", "建成", "投产", "核准")
_SCALES = frozenset("百千万亿")
_PROGRAMME = re.compile(r"[^,;。]{0,12}(?:行动|工程|计划)")
"""千亿斤粮食产能提升行动 is a name."""
_CLASS = re.compile("的?超?大班额")
"""66人以上超大班额 says from which size a class is too large."""
_SIZES = ("纳米", "英寸")
_QUALIFYING = re.compile(r"[^,;。、]{0,9}[过超达上破]")
_WINDOW = 24


def compose_figures(text: str) -> list[Figure]:
    """The figures of a folded sentence that state something, or may.

    Examples
    --------
    >>> [(f.value, f.high) for f in compose_figures("审批时限由180天压缩至58天,实施投资5000万元以上项目1381个")]
    [(180.0, 58.0), (1381.0, None)]
    """
    figures = find_figures(text)
    return _share_cues(text, _without_thresholds(text, _merge_changes(text, figures))) if figures else []


def stops_in(text: str) -> list[int]:
    """The places of what may end a clause."""
    return [m.start() for m in _STOP.finditer(text)]


def clause_begin(text: str, stops: list[int], position: int, floor: int) -> int:
    """Where the clause of a position begins, but not before `floor`; `stops` are the places of what ends clauses."""
    last = bisect_left(stops, position) - 1
    while last >= 0 and _is_separator(text, stops[last]):
        last -= 1
    return max(stops[last] + 1, floor) if last >= 0 else floor


def _is_separator(text: str, at: int) -> bool:
    """Whether a comma separates thousands (1,234)."""
    return at > 0 and text[at] == "," and text[at - 1].isdigit() and text[at + 1 : at + 4].isdigit()


def _merge_changes(text: str, figures: list[Figure]) -> list[Figure]:
    """Join 由X…到Y into one figure with the comparator ``from_to``."""
    merged: list[Figure] = []
    position = 0
    while position < len(figures):
        figure = figures[position]
        position += 1
        follower = figures[position] if position < len(figures) else None
        if follower is not None and _changes(text, figure, follower):
            merged.append(_join(figure, follower, text[figure.end : follower.start]))
            position += 1
        elif figure.comparator == "range" and _FROM.search(text[max(0, figure.start - 3) : figure.start]):
            merged.append(figure._replace(comparator="from_to"))
        else:
            merged.append(figure)
    return merged


def _changes(text: str, first: Figure, last: Figure) -> bool:
    one, other = (to_base(1.0, f.unit)[1].partition("/")[0] for f in (first, last))
    if one not in ("", other):
        return False
    if _FROM.search(text[max(0, first.start - 18) : first.start]) is None:
        return False
    return _TO.match(text[first.end : last.start]) is not None


def _join(first: Figure, last: Figure, gap: str) -> Figure:
    low = first.value
    if first.unit.partition("/")[0] not in ("", last.unit.partition("/")[0]):
        # 由4771公里增加到2.52万公里: both in the unit of the second.
        start, step = to_base(first.value, first.unit)[0], to_base(1.0, last.unit)[0]
        low = round(start / step, 6) if start is not None and step else first.value
    # 由每人每年320元提高到380元: what the first is divided by holds for both.
    rate = first.unit.partition("/")[2]
    unit = f"{last.unit}/{rate}" if rate and "/" not in last.unit else last.unit
    return Figure(first.start, first.core, last.end, low, last.value, unit, "from_to", first.form, _LINK.sub("", gap))


def _without_thresholds(text: str, figures: list[Figure]) -> list[Figure]:
    """Leave out figures that are part of a name: 投资5000万元以上项目, 亿元以上产业项目, 690万千瓦火电项目."""
    kept: list[Figure] = []
    for i, figure in enumerate(figures):
        following = figures[i + 1] if i + 1 < len(figures) else None
        plain = figure.form in ("number", "fraction") and bool(figure.unit)
        if not plain or not _is_part_of_name(text, figure, kept[-1] if kept else None, following):
            kept.append(figure)
    return kept


def _is_part_of_name(text: str, figure: Figure, before: Figure | None, following: Figure | None) -> bool:
    tail = text[figure.end : figure.end + _WINDOW]
    counted = before is not None and is_count(before.unit) and figure.start - before.end < _WINDOW // 2
    if figure.comparator in _BOUNDS and _CLASS.match(tail):
        return True
    if counted and before is not None and not is_count(figure.unit):
        if before.end == figure.start:
            return True
        gap = text[before.end : figure.core]
        if figure.unit.endswith("元") and _QUALIFYING.fullmatch(gap) and tail[:1] not in (*STOPS, "、", ""):
            return True
    if is_percent(figure.unit) or _NOUN_TAIL.match(tail) is None:
        return False
    sized = figure.unit in _SIZES or (not is_count(figure.unit) and text.startswith("内", figure.end))
    fast = figure.unit == "公里" and text.endswith("时速", 0, figure.start)
    programme = text[figure.core] in _SCALES and _PROGRAMME.match(tail) is not None
    beside = following is not None and not any(c in text[figure.end : following.start] for c in STOPS)
    counts_next = following is not None and is_count(following.unit)
    bound = _is_bound_of_name(text, figure, tail, beside, counts_next)
    return sized or fast or programme or bound or _is_capacity(text, figure, tail)


def _is_bound_of_name(text: str, figure: Figure, tail: str, beside: bool, counted: bool) -> bool:
    if figure.comparator not in _BOUNDS or is_count(figure.unit):
        return False
    if _NAMED_NOUN.match(tail) or (beside and counted):
        return True
    if _MONEY_NOUN.match(tail) or final_verb(text[max(0, figure.start - 8) : figure.start]):
        return False
    named = text[figure.start : figure.core].startswith(("超", "过", "破"))
    return beside or (named and _NOT_NOUN.match(tail) is None)


def _is_capacity(text: str, figure: Figure, tail: str) -> bool:
    measured = not is_count(figure.unit) and not figure.unit.endswith("元") and not is_time(figure.unit)
    return measured and _CAPACITY.match(tail) is not None and not text[: figure.start].endswith(_CAPACITY_VERBS)


def _share_cues(text: str, figures: list[Figure]) -> list[Figure]:
    """Give 左右 and 以上 at the end of a list that 分别 opened to all its figures (分别增长5%和7%左右)."""
    if "分别" not in text:
        return figures
    shared = list(figures)
    for i in range(len(shared) - 1, 0, -1):
        first, last = shared[i - 1], shared[i]
        opened = text.rfind("分别", 0, first.start)
        if opened < 0 or any(c in text[opened : first.start] for c in STOPS):
            continue
        joined = text[first.end : last.start] in ("、", "和", "与", "及")
        trailing = last.comparator in ("ge", "le", "approx") and text[last.end - 1] in "右上下内"
        if joined and trailing and first.comparator == "eq":
            shared[i - 1] = first._replace(comparator=last.comparator)
    return shared
