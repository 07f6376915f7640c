"""What a clause leaves out: the measure, the share or the whole that a clause before it named.

占GDP比重达20%,提高｜6.3个百分点                         the share itself has risen
农民收入仅为全国平均水平的47%、全省的｜75%                the same is also a part of another whole
粮食产量再获丰收,达到｜70万吨                           the clause without a figure names the measure
轻工业占工业的比重,由41%上升到｜47%                   so does a measure alone
工业增加值增长18.9%,拉动经济增长｜4.9个百分点             a contribution: the whole did not grow by it
"""

from __future__ import annotations

import re

from emphasis.targets.composition import clause_start
from emphasis.targets.entries import Quantity
from emphasis.targets.phrases import LeftContext, is_change, read_left_context
from emphasis.targets.units import is_percent
from emphasis.targets.wordlists import WordSet, words

_MEASURES = WordSet(words("nouns", "measures"))
_OF_ANOTHER = re.compile(r"[、和与](?P<whole>(?:全[国省市州区县]|世界|全球)[^,;、\d]{0,6})的")
"""Another whole of which the same is a part (为全国平均水平的47%、｜全省的｜75%)."""
_CONTRIBUTED = re.compile(
    r"(?P<what>(?:拉动|带动)[^,;、\d]{0,8}(?:经济|生产总值|GDP|工业|投资|消费|增加值)[^,;、\d]{0,6}?(?:增长|提高|上升))[了约近超过达]*$"
)
"""What a part contributes to the growth of the whole (拉动经济增长｜4.9个百分点): the whole did not grow by it."""
_RATE_OF_CONTRIBUTION = re.compile(r"(?<=.)对[^,;、]{2,12}贡献率$")
_SAID_WITHOUT_FIGURE = re.compile(
    r"(?P<name>[^,;:。\d]{2,30}?)(?:基本|总体|首次|历史性|全年|连年|先后|相继|接连)?"
    r"(?:实现|创|再创|再获|喜获|获得|再|又|继续|持续|保持|稳步|稳定|平稳|较快|快速|大幅|明显|显著|不断|连续|迈上|跨上|跃上|跨越|连跨)"
    r"(?:[^,;:。\d]|\d+个?(?=[百千万亿元、\d个]*(?:台阶|关口|大关)))*|(?P<hit>[^,;:。\d]{2,30}?)受[^,;:。\d]{2,20}(?:影响|冲击|拖累)"
)
"""A clause that says of a measure how it went, but not by how much."""

_SAYS_ALONE = re.compile(
    r"(?:由|从)[^,;、。]{0,10}|(?:(?:到|在)?(?:\d{4}年|[去今上明]年)(?:底|末)?|也|都|将|要|必须|预计|计划|已经?|仍然?|全国"
    r"|比(?:\d{4}|[上去])年|年均|平均每年)+"
    r"(?:有|为|是|达到?|增长|增加|上升|提高|下降|减少|递增|控制在|(?:增加|提高|上升|下降|减少)到)?了?"
)
"""What says something of a measure that a clause of its own has named (进出口总额,｜1982年为｜416亿美元)."""
_ENTRY_SAYS = re.compile(r"(?:由|从)[^,;、。]{0,10}|(?:达到?|增长|增加到|有)了?")
_ENTRY = re.compile(r"(?!其中|包括|分别|例如|如下|目标)[^,;:。、\d的()]{1,8}")
"""A heading word of a table in words (机制糖:｜达到｜68万吨)."""
_AT_BEST = re.compile("最[好高低]水平|以来|作为")


def another_whole(left: str) -> str:
    """The whole that follows another in a list of shares (、全省的: 全省); empty if the text names none."""
    found = _OF_ANOTHER.fullmatch(left)
    return found["whole"] if found else ""


def measure_of_clause(clause: str) -> str:
    """The measure that a clause names without giving a figure (粮食产量再获丰收: 粮食产量); empty if it names none."""
    named = _SAID_WITHOUT_FIGURE.fullmatch(clause)
    name = (named["name"] or named["hit"]) if named is not None else ""
    if len(_MEASURES.longest_suffix(name[1:])) < 2 and not name.endswith(
        ("生产总值", "经济总量", "出口", "进口", "养老金")
    ):
        return ""
    found = read_left_context(name)
    return f"{found.indicator}占{found.base}比重" if found.base and found.indicator else found.indicator


def named_alone(text: str, stops: list[int], left: str, edge: int, floor: int) -> str:
    """The measure that the clause before `edge` names alone, where the text before a quantity only says something of one.

    轻工业产值占工业总产值的比重,｜由上年的41%上升到47%; 机制糖:｜达到68万吨. Empty if it names none.
    """
    listed = text[edge - 1] == ":"
    if text[edge - 1] not in ",:" or (_ENTRY_SAYS if listed else _SAYS_ALONE).fullmatch(left) is None:
        return ""
    named = text[clause_start(text, stops, edge - 1, floor) : edge - 1]
    if listed:
        return named if _ENTRY.fullmatch(named) else ""
    return named if len(_MEASURES.longest_suffix(named)) > 1 and not _AT_BEST.search(named) else ""


def contribution(left: str, quantity: Quantity, subject: str) -> str:
    """What contributes to growth, and to whose (工业增加值拉动经济增长); empty if the text says nothing of the kind.

    `subject` contributes where the text itself does not say what does.
    """
    found = _CONTRIBUTED.search(left) if "百分点" in quantity.unit else None
    if found is None:
        return ""
    own = read_left_context(left[: found.start()]).indicator or subject
    return _RATE_OF_CONTRIBUTION.sub("", own) + found["what"]


def is_contribution(indicator: str) -> bool:
    """Whether an indicator is a contribution to growth, which clauses that follow are not about."""
    return _CONTRIBUTED.search(indicator) is not None


def continues_share(quantity: Quantity, before: LeftContext) -> bool:
    """Whether a quantity that names nothing may be one of the share before it: a change in points, or where it arrived."""
    arrives = bool(before.direction) and not is_change(before.direction)
    return before.base is None and ("百分点" in quantity.unit or (is_percent(quantity.unit) and arrives))
