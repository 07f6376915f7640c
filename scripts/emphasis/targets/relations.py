"""Targets without a figure: measured against another quantity (高于经济增速), or in words (稳中提质), and where they stand."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from emphasis.ingest.model import Sentence
from emphasis.targets.model import Comparator
from emphasis.targets.subjects import read_before

_REFERENCE = (
    r"(?:经济(?:增长速度|增长|增速|发展)|GDP(?:增速|增长)?|(?:地区|国内)?生产总值增[长速](?:速度)?"
    r"|(?:全国|全省|全市|全区|全县|世界|中部|东部|西部|同期|各项贷款|行业|预期|年度|年初)[^,;]{0,14}?"
    r"(?:平均水平|平均增速|平均|增速|水平|目标|预期)|全国|全省|全市|预期目标|年度目标|城镇居民[^,;]{0,10}?|农民|城镇)"
)
_MAY_COMPARE = re.compile(r"于|同步|超过|跑赢|相适应|相匹配")
_GREATER = re.compile(
    r"(?:均|都|继续|持续|明显|总体|将|大幅|保持)*(?P<how>高于|快于|超过|跑赢|优于|好于|不低于|低于|慢于)"
    rf"{_REFERENCE}(?:[,;。]|$)"
)
_SYNC = re.compile(
    rf"(?:与|和|同|跟){_REFERENCE}(?:速度)?(?:保持|实现|基本|大体|总体)*(?P<how>同步|相适应|相匹配|相当)"
    r"(?:增长|提高)?(?:[,;。]|$)"
)
_QUALIFIER = re.compile(r"争取更好|争取.{0,6}更好(?:的)?(?:结果|成绩|成效)|力争更好|在实际工作中争取|努力实现更好")
_PREDICATE = re.compile(
    r"稳中[提向有]|稳量提质|量稳质升|提质提效|提质增效|促稳提质|保稳提质|稳量|提质|回稳|基本平衡|总体平衡|平衡"
    r"|保持|继续|持续|进一步|稳步|有效|有序|完成|达到|实现|控制在|稳定在|基本|明显|全面|逐步|不断|力争|取得|处于"
    r"|稳定|增长|下降|降低|减少|改善|提高|提升"
)
_OBJECT_FIRST = re.compile(
    r"^(?:全面|确保|保证|努力)*(?:完成|达到|实现|落实)(?:国家|省|上级|市)?(?:下达|确定|规定|要求)?的?(?P<noun>.{2,40})$"
)
_MANDATE = re.compile(r"(?:全面|均|全部|圆满)*(?:完成|达到|实现)(?:国家|省|上级|“)")
_LEAD = re.compile(
    r"(?<!增长)(?<!增速)(?<!就业)(?:(?:主要|预期|发展|总体|具体|工作|奋斗)的?(?:主要|预期)?目标|目标任务)(?!设定)"
    r"(?:建议)?[^,;。:!?\d]{0,10}?(?:是|为|:)[:,]?|建议[^,;。]{0,20}主要(?:预期)?目标[^,;。]{0,4}[是为:]:?"
)
_END = re.compile(
    r"上述|这些|这一|这里|这样|实现|提出|要|做好|完成(?:上述|以上)|以上|为|围绕|同时,?要|确保完成|我们|在实际|各位|落实"
    r"|综合|经济增[长速]|确定|突出|必须|今年要|关键|之所以|重点|具体要|通过|一要|贯彻|坚持"
)


class Relation(NamedTuple):
    """A statement without a figure. Offsets are into the folded sentence."""

    start: int
    end: int
    indicator: str
    direction: str
    comparator: Comparator


class Passage(NamedTuple):
    """Where the list of the year's targets runs through a sentence; offsets into the sentence."""

    start: int
    end: int


def headline_passages(sentences: Sequence[Sentence], texts: Sequence[str], plan: frozenset[int]) -> dict[int, Passage]:
    """Which sentences list the year's main targets, and from where.

    The list begins after 主要预期目标是 (or a wording like it) and runs to the end of its paragraph, or of the next one if the
    lead ends its own; a sentence that begins to comment (上述, 提出, 实现上述目标) ends it.

    Parameters
    ----------
    sentences : sequence of Sentence
    texts : sequence of str
        Their texts, folded.
    plan : frozenset of int
        Indexes of the sentences that stand in the plan.
    """
    found: dict[int, Passage] = {}
    paragraph = -1
    for index in sorted(plan):
        sentence, text = sentences[index], texts[index]
        lead = _LEAD.search(text) if "目标" in text else None
        if lead is not None:
            # A lead that ends its paragraph opens the next one.
            here = len(text[lead.end() :].strip("。: ")) > 1
            paragraph = sentence.paragraph + (0 if here else 1)
            if here:
                found[index] = Passage(lead.end(), len(text))
        elif sentence.paragraph == paragraph:
            if _END.match(text):
                paragraph = -1
            else:
                found[index] = Passage(0, len(text))
    return found


def find_relations(text: str, taken: list[tuple[int, int]]) -> list[Relation]:
    """Statements measured against another quantity, in clauses that hold no figure.

    Parameters
    ----------
    text : str
        A folded sentence.
    taken : list of (start, end)
        Spans of figures.
    """
    if not _MAY_COMPARE.search(text):
        return []
    found = []
    for start, end in clauses(text):
        if any(start <= a < end for a, _ in taken):
            continue
        clause = text[start:end]
        m = _SYNC.search(clause) or _GREATER.search(clause)
        if m is None:
            continue
        before = read_before(clause[: m.start()])
        subject = before.indicator + ("增长" if before.direction == "增长" else "")
        if len(subject) < 2:
            continue
        greater: Comparator = "lt_relational" if m["how"] in ("低于", "慢于") else "gt_relational"
        direction = m.group().strip(",;。")
        begin = start + max(clause.find(subject), 0)
        stop = start + m.start() + len(direction)
        found.append(Relation(begin, stop, subject, direction, "sync_relational" if m.re is _SYNC else greater))
    return found


def find_qualitative(text: str, passage: Passage, taken: list[tuple[int, int]]) -> list[Relation]:
    """Targets in words, and riders on the target before, among the clauses of a headline passage."""
    found: list[Relation] = []
    for start, end in clauses(text, passage.start):
        if any(a < end and b > start for a, b in taken):
            tail = _QUALIFIER.search(text, start, end)
            if tail is not None:
                begin = max(text.rfind("、", start, tail.start()) + 1, start)
                found.append(Relation(begin, end, "", text[begin:end].strip("、。"), "qualifier"))
            continue
        clause = text[start:end].strip("。 ")
        if _QUALIFIER.search(clause):
            found.append(Relation(start, start + len(clause), "", clause, "qualifier"))
            continue
        split = _qualitative(clause)
        if split is not None:
            found.append(Relation(start, start + len(clause), *split, "qualitative"))
    return found


def _qualitative(clause: str) -> tuple[str, str] | None:
    first = _OBJECT_FIRST.match(clause)
    if first is not None:
        return first["noun"], clause[: first.start("noun")].rstrip("的")
    m = _MANDATE.search(clause, 2) or _PREDICATE.search(clause, 2)
    if m is None:
        return None
    noun = clause[: m.start()].rstrip("均都")
    return (noun, clause[m.start() :]) if len(noun) >= 2 else None


def clauses(text: str, start: int = 0) -> list[tuple[int, int]]:
    """Spans of the clauses of a folded sentence, without the comma that ends them."""
    spans = []
    position = start
    for m in re.finditer(r"[,;:。!?]", text[start:]):
        spans.append((position, start + m.start()))
        position = start + m.end()
    spans.append((position, len(text)))
    return [(a, b) for a, b in spans if b - a > 1]
