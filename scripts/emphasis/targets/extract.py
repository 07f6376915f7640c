"""From a report to the rows of ``targets.csv``."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from emphasis.ingest.model import BODY_ROLES, Report, Role, Section, Sentence
from emphasis.targets.indicators import Indicators
from emphasis.targets.kinds import kind_of
from emphasis.targets.model import Comparator, Horizon, Quantity
from emphasis.targets.relations import Passage, Relation, find_qualitative, find_relations, headline_passages
from emphasis.targets.statements import Statement, read_statements
from emphasis.targets.timing import era, hardness, horizon, period
from emphasis.targets.units import to_base
from emphasis.text import INVISIBLE, fold, squeeze

_CAPPED = re.compile(r"控制在(?:全年)?$|控制到$")
_GOAL = re.compile(r"(?:预期)?目标(?:值)?$|(?<=增长)预期$")
_LINE_BREAK = re.compile(rf"[\r\n{INVISIBLE}]")
_GROWS = re.compile(r"增[长速]|收入|下降|减少|降低")


@dataclass(frozen=True)
class _Context:
    """Where a sentence stands: what its figures inherit from section, paragraph and headline passage."""

    sentence: Sentence
    index: int
    text: str
    role: Role
    headings: str
    passage: Passage | None
    year: int | None
    earlier: Horizon | None
    looks_back: bool


def extract(report: Report, indicators: Indicators | None = None) -> list[Quantity]:
    """Every quantitative statement of a report's body, in the order of the text.

    Front matter, annexes and footer are left out. Statements without a figure are included where they are measured against
    another quantity (高于经济增速), or where they stand in the passage that lists the year's main targets.

    Parameters
    ----------
    report : Report
    indicators : Indicators, optional
        The table of canonical indicators; without it `Quantity.canonical` stays empty.
    """
    sections = {s.section_id: s for s in report.sections}
    roles = [_role(sections.get(s.section_id)) for s in report.sentences]
    plan = frozenset(i for i, role in enumerate(roles) if role in ("plan", "closing"))
    passages = headline_passages(report.sentences, plan)
    headings: dict[str, str] = {}
    rows: list[Quantity] = []
    paragraph = -1
    earlier: Horizon | None = None
    looks_back = False
    for index, (sentence, role) in enumerate(zip(report.sentences, roles, strict=True)):
        if sentence.paragraph != paragraph:
            paragraph, earlier, looks_back = sentence.paragraph, None, False
        if role not in BODY_ROLES:
            continue
        text = _LINE_BREAK.sub(" ", fold(sentence.text))
        if sentence.section_id not in headings:
            headings[sentence.section_id] = _headings(sections, sentence.section_id)
        passage = passages.get(index)
        context = _Context(
            sentence,
            index,
            text,
            role,
            headings[sentence.section_id],
            passage,
            report.metadata.year,
            earlier,
            looks_back,
        )
        rows += _rows(context, indicators)
        said, back = era(text)
        if said is not None:
            earlier, looks_back = said, back
    return rows


def _role(section: Section | None) -> Role:
    return section.role if section is not None else "front"


def _headings(sections: dict[str, Section], section_id: str) -> str:
    parts = []
    while section_id and section_id in sections:
        parts.append(fold(sections[section_id].heading))
        section_id = sections[section_id].parent_id
    return " ".join(parts)


def _rows(context: _Context, indicators: Indicators | None) -> list[Quantity]:
    text = context.text
    statements = read_statements(text)
    taken = [(s.figure.start, s.figure.end) for s in statements]
    relations = find_relations(text, taken)
    if context.passage is not None:
        spans = taken + [(r.start, r.end) for r in relations]
        relations += find_qualitative(text, context.passage, spans)
    found = [(s.figure.start, _from_statement(s, context)) for s in statements]
    found += [(r.start, _from_relation(r, context)) for r in relations]
    found.sort(key=lambda pair: pair[0])
    return _finish([q for _, q in found], indicators)


def _from_statement(item: Statement, context: _Context) -> Quantity:
    figure, text, sentence = item.figure, context.text, context.sentence
    edge = max(text.rfind(c, 0, figure.start) for c in ",;:。") + 1
    clause = text[edge : item.end]
    when = period(context.role, text[edge : _end(text, item.end, ",;。")], text, context.year, context.looks_back)
    comparator: Comparator = figure.comparator
    if comparator == "eq" and _CAPPED.search(text[: figure.start]):
        comparator = "le"
    whole = text[edge : _end(text, item.end, ",;。、")]
    value, unit = to_base(figure.value, figure.unit)
    return Quantity(
        section_id=sentence.section_id,
        sentence=context.index,
        start=sentence.start + figure.start,
        end=sentence.start + figure.end,
        period=when,
        horizon=horizon(whole, text[:edge], context.headings, context.year, context.earlier),
        headline=context.passage is not None and figure.start >= context.passage.start,
        indicator=item.indicator,
        canonical="",
        direction=item.direction,
        comparator=comparator,
        value=figure.value,
        value_high=figure.high,
        unit=figure.unit,
        kind=kind_of(item),
        verb=item.verb,
        hardness=hardness(when, comparator, clause),
        text=sentence.text[min(item.begin, figure.start) : item.end],
        base_value=value,
        base_high=to_base(figure.high, figure.unit)[0],
        base_unit=unit,
    )


def _from_relation(item: Relation, context: _Context) -> Quantity:
    text, sentence = context.text, context.sentence
    clause = text[item.start : item.end]
    when = period(context.role, clause, text, context.year, context.looks_back)
    return Quantity(
        section_id=sentence.section_id,
        sentence=context.index,
        start=sentence.start + item.start,
        end=sentence.start + item.end,
        period=when,
        horizon=horizon(clause, text[: item.start], context.headings, context.year, context.earlier),
        headline=context.passage is not None and item.start >= context.passage.start,
        indicator=item.indicator,
        canonical="",
        direction=item.direction,
        comparator=item.comparator,
        value=None,
        value_high=None,
        unit="",
        kind="growth_rate" if _GROWS.search(item.indicator + item.direction) else "level",
        verb="",
        hardness=hardness(when, item.comparator, clause),
        text=sentence.text[item.start : item.end],
        base_value=None,
        base_high=None,
        base_unit="",
    )


def _end(text: str, position: int, stops: str) -> int:
    found = [p for p in (text.find(c, position) for c in stops) if p >= 0]
    return min(found, default=len(text))


def _finish(rows: list[Quantity], indicators: Indicators | None) -> list[Quantity]:
    """Give riders the indicator of the target before them, take 目标 off names, and add names from the table."""
    done: list[Quantity] = []
    for row in rows:
        if row.comparator == "qualifier":
            if not done:
                continue
            done.append(replace(row, indicator=done[-1].indicator, kind=done[-1].kind, canonical=done[-1].canonical))
            continue
        printed = squeeze(row.indicator)[0]
        name = _GOAL.sub("", printed) or printed
        named_goal = name != printed and row.period == "target"
        canonical = indicators.canonical(name, row.verb) if indicators is not None else ""
        done.append(replace(row, indicator=name, headline=row.headline or named_goal, canonical=canonical))
    return done
