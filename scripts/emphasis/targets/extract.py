"""From a report to the entries of the ledger, the rows of ``targets.csv``.

Each sentence of the body is read on its own (`emphasis.targets.statements`, `emphasis.targets.relations`); the period, horizon and
place of what it says then follow from its context: the role of its section, the headings above it, the sentences before it in
its paragraph, and the passage that lists the year's main targets.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, partial
from typing import NamedTuple

from emphasis.ingest.records import BODY_ROLES, Report, Role, Section, Sentence
from emphasis.targets.coordination import coordinated_indicators
from emphasis.targets.entries import Comparator, Horizon, Kind, LedgerEntry, Period
from emphasis.targets.indicators import Indicators
from emphasis.targets.kinds import GOAL, kind_of, measures_otherwise
from emphasis.targets.plain import PlainSentence, plain_sentence
from emphasis.targets.relations import (
    HeadlineSpan,
    Relation,
    bound_by,
    find_qualitative,
    find_relations,
    hardness,
    headline_passages,
    set_before,
)
from emphasis.targets.statements import WIDEST_CLAUSE, Statement, read_statements
from emphasis.targets.timeline import Timeline
from emphasis.targets.times import horizon, part_of_year, period
from emphasis.targets.units import to_base
from emphasis.text import fold, visible

_EXPECTED = re.compile(
    r"(?:增长|增速|速度)的?(?:预期|预期目标|调控目标|宏观调控目标|计划)(?:是|为|,?定为|,?确定为|,?安排)$"
)
"""What says before a figure that it is the year's target (经济增长预期为｜7%左右)."""
_EXPECTED_WITHIN = 16
_WIDEST_SENTENCE = 600
"""How far back in its sentence the time of a figure is looked for."""
_CAPPED = ("控制在", "控制在全年", "控制到")
_BRACKETED = re.compile(r"\([^()]*\)")
_FOOTNOTE = re.compile(r"\[\d{1,3}\]")
"""The mark of a note (社会人口负担系数[10])."""
_GROWS = re.compile(r"增[长速]|收入|下降|减少|降低")
_ADDRESS = re.compile(r"(?:各位(?:代表|领导|同志)?|同志们|代表们)[、,:!。]?(?:同志们[,:!。]?)?")
_CLAUSE_ENDS = re.compile(r"[,;。]")
_ITEM_ENDS = re.compile(r"[,;。、]")


class _Context(NamedTuple):
    """A sentence with what its statements inherit from section, paragraph and headline passage.

    `number` is its index in the report. `earlier` and `looks_back` are what the `Timeline` read in the sentences
    before it.
    """

    sentence: Sentence
    number: int
    plain: PlainSentence
    role: Role
    headings: str
    passage: HeadlineSpan | None
    year: int | None
    earlier: Horizon | None
    looks_back: bool
    indicators: Indicators | None


def extract(report: Report, indicators: Indicators | None = None) -> list[LedgerEntry]:
    """Every quantitative statement of a report's body, in the order of the text.

    Front matter, annexes and footer are left out. Statements without a quantity are included where they are measured
    against another quantity (高于经济增速), or where they are in the passage that lists the year's main targets. Without
    `indicators`, the table of canonical indicators, `LedgerEntry.canonical` stays empty.
    """
    sections = {s.section_id: s for s in report.sections}
    role_of: dict[str, Role] = {section_id: section.role for section_id, section in sections.items()}
    roles: list[Role] = [role_of.get(s.section_id, "front") for s in report.sentences]
    plain = [plain_sentence(s.text) for s in report.sentences]
    year = report.metadata.year
    plan = frozenset(i for i, role in enumerate(roles) if role in ("plan", "closing"))
    review = frozenset(i for i, role in enumerate(roles) if role in BODY_ROLES) - plan
    passages = headline_passages(report.sentences, [p.text for p in plain], plan, review, year)
    headings = cache(partial(_headings, sections))
    entries: list[LedgerEntry] = []
    time = Timeline(year)
    for index, (sentence, role) in enumerate(zip(report.sentences, roles, strict=True)):
        above = headings(sentence.section_id)
        if sentence.paragraph != time.paragraph:
            time.begin(sentence.paragraph, _opening(report.sentences, plain, index), above)
        if role not in BODY_ROLES:
            continue
        text = plain[index].text
        passage = passages.get(index)
        if found := _statements(text, passage):
            earlier, looks_back = time.earlier, time.looks_back
            context = _Context(
                sentence, index, plain[index], role, above, passage, year, earlier, looks_back, indicators
            )
            entries += _entries(found, context)
        time.read(text)
    return entries


def _opening(sentences: Sequence[Sentence], plain: Sequence[PlainSentence], index: int) -> str:
    """The sentence that opens the paragraph of the sentence at `index`, which is the first: after 各位代表! the second."""
    after = index + 1
    second = after < len(sentences) and sentences[after].paragraph == sentences[index].paragraph
    return plain[after].text if second and _ADDRESS.fullmatch(plain[index].text) else plain[index].text


def _headings(sections: dict[str, Section], section_id: str) -> str:
    """The headings of a section and of those above it, one a line, from the inside out."""
    parts = []
    while section_id and section_id in sections:
        parts.append(" ".join(fold(sections[section_id].heading).split()))
        section_id = sections[section_id].parent_id
    return "\n".join(parts)


def _statements(text: str, passage: HeadlineSpan | None) -> list[Statement | Relation]:
    """Statements with and without a quantity, in the order of the text."""
    statements = read_statements(text)
    taken = [(s.quantity.start, s.quantity.end) for s in statements]
    relations = find_relations(text, taken)
    if passage is not None:
        relations += find_qualitative(text, passage, taken + [(r.start, r.end) for r in relations])
    if not relations and len(statements) < 2:
        return [*statements]
    return sorted(
        [*statements, *relations], key=lambda item: (item.quantity if isinstance(item, Statement) else item).start
    )


def _entries(found: list[Statement | Relation], context: _Context) -> list[LedgerEntry]:
    """The entries of a sentence; riders have the indicator of the target before them."""
    done: list[LedgerEntry] = []
    for item in found:
        if isinstance(item, Statement):
            done.append(_from_statement(item, context))
        elif item.comparator == "qualitative":
            done += [_from_relation(one, context) for one in _of_indicators(item, context.indicators)]
        elif item.comparator != "qualifier":
            done.append(_from_relation(item, context))
        elif done:
            last, rider = done[-1], _from_relation(item, context)
            done.append(rider._replace(indicator=last.indicator, kind=last.kind, canonical=last.canonical))
    return done


def _of_indicators(item: Relation, indicators: Indicators | None) -> list[Relation]:
    """A target in words, one for each indicator it is about; none if it is about something else (必须｜全面深化改革)."""
    if indicators is None or indicators.canonical(item.indicator):
        return [item]
    named = coordinated_indicators(item.indicator.removesuffix("等"))
    known = len(named) > 1 and all(indicators.canonical(name) for name in named)
    return [item._replace(indicator=name) for name in named] if known else []


def _from_statement(item: Statement, context: _Context) -> LedgerEntry:
    quantity, text = item.quantity, context.plain.text
    floor = max(0, quantity.start - WIDEST_CLAUSE)
    edge = max(floor, *(text.rfind(stop, floor, quantity.start) + 1 for stop in ",;:。"))
    comparator: Comparator = quantity.comparator
    # 控制在3% is a cap, although the words around the number say nothing of it.
    if comparator == "eq" and text.endswith(_CAPPED, 0, quantity.start):
        comparator = "le"
    ends = (item.end, _end(_CLAUSE_ENDS, text, item.end), _end(_ITEM_ENDS, text, item.end))
    relation = Relation(quantity.start, quantity.end, item.indicator, item.direction, comparator)
    entry = _entry(relation, item.verb, "level", context, edge, ends)
    if entry.canonical and (item.part or measures_otherwise(entry.canonical, quantity)):
        entry = entry._replace(canonical="")
    value, unit = to_base(quantity.value, quantity.unit)
    begin, end = context.plain.printed(min(item.begin, quantity.start), item.end)
    return entry._replace(
        value=quantity.value,
        value_high=quantity.high,
        unit=quantity.unit,
        kind=kind_of(item, entry.canonical),
        text=context.sentence.text[begin:end],
        base_value=value,
        base_high=to_base(quantity.high, quantity.unit)[0],
        base_unit=unit,
    )


def _from_relation(item: Relation, context: _Context) -> LedgerEntry:
    kind: Kind = "growth_rate" if _GROWS.search(item.indicator + item.direction) else "level"
    return _entry(item, "", kind, context, item.start, (item.end,) * 3)


def _entry(
    item: Relation, verb: str, kind: Kind, context: _Context, edge: int, ends: tuple[int, int, int]
) -> LedgerEntry:
    """An entry without a quantity; hardness, period and horizon are read from `edge` to each of the ends."""
    text, sentence = context.plain.text, context.sentence
    clause, dated, whole = (text[edge:end] for end in ends)
    in_passage = context.passage is not None and item.start >= context.passage.start
    before = text[max(0, edge - _WIDEST_SENTENCE) : edge]
    looks_back = context.looks_back
    when = period(context.role, dated, text, context.year, looks_back=looks_back, before=before, in_passage=in_passage)
    start, end = context.plain.printed(item.start, item.end)
    indicator, canonical, headline = _name_indicator(item.indicator, verb, when, item.start, context)
    return LedgerEntry(
        section_id=sentence.section_id,
        sentence=context.number,
        start=sentence.start + start,
        end=sentence.start + end,
        period=when,
        horizon=horizon(whole, before, context.headings, context.year, context.earlier),
        headline=headline,
        indicator=indicator,
        canonical=canonical,
        direction=item.direction,
        comparator=item.comparator,
        value=None,
        value_high=None,
        unit="",
        kind=kind,
        verb=verb,
        hardness="" if when == "outturn" else hardness(when, item.comparator, _wording(clause, before)),
        text=sentence.text[start:end],
        base_value=None,
        base_high=None,
        base_unit="",
    )


def _wording(clause: str, before: str) -> str:
    """The clause with the word before it that holds for the whole list, unless it has one of its own."""
    return clause if bound_by(clause) else set_before(before) + clause


def _name_indicator(indicator: str, verb: str, when: Period, start: int, context: _Context) -> tuple[str, str, bool]:
    """The indicator without 目标, its name in the table, and whether this is one of the year's main targets."""
    printed = _FOOTNOTE.sub("", visible(indicator)) or visible(indicator)
    name = (GOAL.sub("", printed) or printed) if "目标" in printed or "预期" in printed else printed
    # 进出口总额(1-11月)1157亿元: a note in brackets is of its own figure alone.
    before = _BRACKETED.sub("", context.plain.text[max(0, start - _WIDEST_SENTENCE) : start])
    part = part_of_year("".join(_BRACKETED.findall(printed))) or part_of_year(before) if when == "outturn" else ""
    if part and not name.startswith(part):
        # 前三季度｜地区生产总值增长2.7% is no figure for the year.
        name, printed = part + name, part + printed
    canonical = context.indicators.canonical(name, verb) if context.indicators is not None else ""
    listed = context.passage is not None and start >= context.passage.start
    set_as_target = name != printed or _EXPECTED.search(context.plain.text, max(0, start - _EXPECTED_WITHIN), start)
    return name, canonical, listed or (bool(set_as_target) and when == "target")


def _end(ends: re.Pattern[str], text: str, position: int) -> int:
    limit = min(len(text), position + WIDEST_CLAUSE)
    found = ends.search(text, position, limit)
    return found.start() if found else limit
