"""What surrounds the quantities: the headline passage, targets without a quantity, how firmly targets bind.

- Headline passage (`headline_passages`): 今年发展主要预期目标是:地区生产总值增长5%左右,… lists the year's main targets, to the end of
  its paragraph or to the sentence that comments on it (上述目标…).
- Targets without a quantity: measured against another quantity (居民收入增长｜与经济增长同步, `find_relations`) or, in the headline
  passage, in words (固定资产投资｜提质提效) and as riders on the target before (努力争取更好结果, both `find_qualitative`).
- `hardness`: 确保5% and 5%以上 are hard, 力争5% and 5%左右 soft.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from emphasis.ingest.records import Sentence
from emphasis.targets.entries import Comparator, Hardness, Period
from emphasis.targets.phrases import read_left_context
from emphasis.targets.wordlists import alternation, words

_REFERENCE = (
    r"(?:经济(?:增长速度|增长|增速|发展)|GDP(?:增速|增长)?|(?:地区|国内)?生产总值增[长速](?:速度)?"
    r"|(?:全国|全省|全市|全区|全县|世界|中部|东部|西部|同期|各项贷款|行业|预期|年度|年初)[^,;]{0,14}?"
    r"(?:平均水平|平均增速|平均|增速|水平|目标|预期)|全国|全省|全市|预期目标|年度目标|城镇居民[^,;]{0,10}?|农民|城镇)"
)
"""What a target is measured against."""
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
_PREDICATE = re.compile(alternation(words("goals", "qualitative_predicates")))
_PREDICATE_FIRST = re.compile(
    r"^(?:全面|确保|保证|努力)*(?:完成|达到|实现|落实)(?:国家|省|上级|市)?(?:下达|确定|规定|要求)?的?(?P<noun>.{2,40})$"
)
"""A predicate that precedes its noun (完成国家下达的｜节能目标)."""
_MANDATE = re.compile(r"(?:全面|均|全部|圆满)*(?:完成|达到|实现)(?:国家|省|上级|“)")
"""The predicate of what a higher level prescribes (主要污染物排放｜完成国家下达目标)."""
_LEAD = re.compile(
    r"(?<!增长)(?<!增速)(?<!就业)(?:(?:主要|预期|发展|总体|具体|工作|奋斗)的?(?:主要|预期)?目标|目标任务)(?!设定)"
    r"(?:建议)?[^,;。:!?\d]{0,10}?(?:是|为|:)[:,]?|建议[^,;。]{0,20}主要(?:预期)?目标[^,;。]{0,4}[是为:]:?"
)
"""What opens the list of the year's main targets (今年发展主要预期目标是:)."""
_WAS_SET = re.compile("去年|上年|年初|完成|实现了|今年以来")
_COMMENT = re.compile(alternation(words("goals", "comment_openers")))


class Relation(NamedTuple):
    """A statement without a quantity (居民收入增长, 与经济增长同步). Offsets are into the folded sentence."""

    start: int
    end: int
    indicator: str
    direction: str
    comparator: Comparator


class HeadlineSpan(NamedTuple):
    """The part of a sentence that belongs to the list of the year's main targets; offsets into the sentence."""

    start: int
    end: int


def headline_passages(
    sentences: Sequence[Sentence],
    texts: Sequence[str],
    plan: frozenset[int],
    review: frozenset[int] = frozenset(),
    year: int | None = None,
) -> dict[int, HeadlineSpan]:
    """Which sentences list the year's main targets, and from where.

    The list begins after 主要预期目标是 (or a wording like it) and runs to the end of its paragraph, or of the next one if the
    lead ends its own; a sentence that opens with a comment (上述, 提出, 实现上述目标) ends it. `texts` are those of the
    sentences, as `emphasis.targets.plain` leaves them; `plan` has the indices of the sentences in the plan, `review` those of
    other parts, where a list is one of targets only if its lead says that it is for this year, or the paragraph before it
    that it is for the report's `year`: a section may be taken for the wrong part, and some reports have no sections.
    """
    found: dict[int, HeadlineSpan] = {}
    paragraph = -1
    begun, opened = -1, ""
    for index in sorted(plan | review):
        sentence, text = sentences[index], texts[index]
        lead = _LEAD.search(text) if "目标" in text else None
        if sentence.paragraph != begun:
            begun, opened = sentence.paragraph, ""
        if lead is not None and index in review and not _is_for_this_year(text[: lead.end()], opened, year):
            lead = None
        opened = opened or text
        if lead is not None:
            # A lead that ends its paragraph opens the list in the next one.
            here = len(text[lead.end() :].strip("。: ")) > 1
            paragraph = sentence.paragraph + (0 if here else 1)
            if here:
                found[index] = HeadlineSpan(lead.end(), len(text))
        elif sentence.paragraph == paragraph:
            if _COMMENT.match(text):
                paragraph = -1
            else:
                found[index] = HeadlineSpan(0, len(text))
    return found


def _is_for_this_year(lead: str, opened: str, year: int | None) -> bool:
    """Whether the lead of a list of targets says that these are set now (今年…主要预期目标是), and not that they were (年初确定的…).

    `opened` is the sentence that opens the paragraph: 2023年是…开局之年 names the year of what follows.
    """
    if "预期" not in lead or _WAS_SET.search(lead):
        return False
    return "今年" in lead or (year is not None and f"{year}年" in (lead[:5], opened[:5]))


def find_relations(text: str, taken: list[tuple[int, int]]) -> list[Relation]:
    """Targets and outturns measured against another quantity, in clauses of a folded sentence without any.

    `taken` has the spans (start, end) of quantities.
    """
    if not _MAY_COMPARE.search(text):
        return []
    found = []
    for start, end in clause_spans(text):
        if any(start <= a < end for a, _ in taken):
            continue
        clause = text[start:end]
        m = _SYNC.search(clause) or _GREATER.search(clause)
        if m is None:
            continue
        before = read_left_context(clause[: m.start()])
        subject = before.indicator + ("增长" if before.direction == "增长" else "")
        if len(subject) < 2:
            continue
        greater: Comparator = "lt_relational" if m["how"] in ("低于", "慢于") else "gt_relational"
        direction = m.group().strip(",;。")
        begin, stop = start + max(clause.find(subject), 0), start + m.start() + len(direction)
        found.append(Relation(begin, stop, subject, direction, "sync_relational" if m.re is _SYNC else greater))
    return found


def find_qualitative(text: str, passage: HeadlineSpan, taken: list[tuple[int, int]]) -> list[Relation]:
    """Targets in words, and riders on the target before them, among the clauses of a headline passage."""
    found: list[Relation] = []
    for start, end in clause_spans(text, passage.start):
        if any(a < end and b > start for a, b in taken):
            # The rider may be in the same clause: 增长5%左右、努力争取更好结果.
            if (tail := _QUALIFIER.search(text, start, end)) is not None:
                begin = max(text.rfind("、", start, tail.start()) + 1, start)
                found.append(Relation(begin, end, "", text[begin:end].strip("、。"), "qualifier"))
            continue
        clause = text[start:end].strip("。 ")
        if _QUALIFIER.search(clause):
            found.append(Relation(start, start + len(clause), "", clause, "qualifier"))
        elif (split := _split_qualitative(clause)) is not None:
            found.append(Relation(start, start + len(clause), *split, "qualitative"))
    return found


def _split_qualitative(clause: str) -> tuple[str, str] | None:
    """Indicator and predicate of a target in words (固定资产投资, 提质提效); None if there is no predicate."""
    first = _PREDICATE_FIRST.match(clause)
    if first is not None:
        return first["noun"], clause[: first.start("noun")].rstrip("的")
    m = _MANDATE.search(clause, 2) or _PREDICATE.search(clause, 2)
    if m is None:
        return None
    noun = clause[: m.start()].rstrip("均都")
    return (noun, clause[m.start() :]) if len(noun) >= 2 else None


def clause_spans(text: str, start: int = 0) -> list[tuple[int, int]]:
    """Spans of the clauses of a folded sentence, without the comma that ends them."""
    stops = [m.start() for m in re.compile(r"[,;:。!?]").finditer(text, start)]
    spans = zip([start, *(stop + 1 for stop in stops)], [*stops, len(text)], strict=True)
    return [(a, b) for a, b in spans if b - a > 1]


_SET_BEFORE = re.compile(
    rf"(?:^|[;:。,])[^,;:。]{{0,12}}?(?P<how>{alternation(words('goals', 'soft'))}|{alternation(words('goals', 'hard'))})"
    r"(?:到|在|用|经过|通过)[^,;:。]{0,16}(?:年|年底|年末|年内|时间|努力),[^;。]*$"
)
"""What says of all that follows how firmly it binds (力争到2025年,｜…)."""


def set_before(before: str) -> str:
    """The word of a time before a list that holds for all of it (力争到2025年,生产总值突破1700亿元,｜年均增长7%); empty if none does.

    `before` is the sentence up to a clause.
    """
    found = _SET_BEFORE.search(before)
    return found["how"] if found is not None else ""


_HARD = re.compile(alternation(words("goals", "hard")))
_SOFT = re.compile(alternation(words("goals", "soft")))


def bound_by(wording: str) -> bool:
    """Whether a clause says itself how firmly it binds (确保, 力争)."""
    return _SOFT.search(wording) is not None or _HARD.search(wording) is not None


def hardness(period_: Period, comparator: Comparator, wording: str) -> Hardness:
    """How firmly a target binds: ``hard``, ``soft``, or empty for a plain quantity and for outturns.

    The wording decides first: 力争, 争取, 努力, 预计, 有望 make a target soft whatever its comparator; else 确保, 必须, 务必,
    保证, 坚决, 约束性, 红线, 底线 make it hard. Without such a word the comparator decides: a bound (以上, 不低于, 超过,
    以内) is hard, an approximation or a range (左右, 约, 近, 余, 5%—6%) is soft, a bare quantity is neither. Nor is a target
    that another quantity sets (高于经济增速, 与经济增长同步).

    Source: compiled here, from the wording of the reports.

    Parameters
    ----------
    wording : str
        The clause, as far as the quantity and its comparators.
    """
    if period_ == "outturn":
        return ""
    if _SOFT.search(wording):
        return "soft"
    if _HARD.search(wording):
        return "hard"
    if comparator in ("ge", "gt", "le", "lt"):
        return "hard"
    return "soft" if comparator in ("approx", "approx_above", "near_below", "range", "qualifier") else ""
