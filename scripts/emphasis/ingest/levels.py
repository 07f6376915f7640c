"""The level of each numbered paragraph of a speech.

A numeral does not say how deep its heading is. In most reports 一、 numbers chapters and （一） their sections; in the
report of 1981 （一） is above 一、, and in 1986 一、 numbers both chapters and sections:

    一、计划执行情况的回顾    level 1
    二、基本任务和方针        level 1
    一、确定适度的增长率      level 2
    二、规定恰当的投资规模    level 2
    三、重视科技进步          level 2, since a 三、 of level 1 is still to come
    三、经济体制改革的任务    level 1

Levels are therefore inferred from continuity. While the report is read from top to bottom, a stack holds the open
series, outermost first, each with its style and last number: (一、 at 2, 一、 at 2) before 三、重视科技进步. Each
possible heading continues an open series, which closes those inside it; or opens a new one; or is no heading. Every
such step has a cost, and the steps of least total cost win.

The total counts, not the single step, because only later headings resolve earlier doubts. The first 三、 above could
continue either series, but if it were the chapter, the second 三、 would repeat a number. A beam search follows the
cheapest hypothesis for each stack until the end of the report.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from emphasis.ingest.paragraphs import RANK

PLAIN = "plain"
"""The style of a heading without a number."""

MAX_DEPTH = 4
BEAM_WIDTH = 64
"""Hypotheses followed at a time; the most expensive are dropped."""
MOST_HYPOTHESES, LEAST_WIDTH = 16_000, 8
"""Hypotheses in all, from which on fewer are followed at a time, and so many at least: 250 possible headings, four times what a report has,
are followed in full; a small file with a numeral on each line takes not much more time than they do."""
BEAM_MARGIN = 12.0
"""Hypotheses that cost this much more than the cheapest are dropped too: no later heading makes up for more."""

# Costs of steps. Only the order of their sums matters; the unit is roughly one unlikely event. A report in brackets is
# one that needs the step.
NEST = 1.0
NEST_SAME_STYLE = 5.0  # 一、 inside a 一、 (1986)
NEST_INVERTED = 3.0  # 一、 inside a （一） (1958, 1981, 1985)
NEST_AFTER_PAUSE = 3.0  # the text has already returned to the level above
SECOND_SERIES = 4.0  # （一）… and then 一是… under one parent (山东 2025)
SECOND_AFTER_PAUSE = 0.5
RESTART = 1.0  # the same style twice under one parent
RESTART_TOP = 8.0
SKIPPED = 4.0  # a number left out (2007)
SKIPPED_MINOR = 3.0  # the same in the styles that also number lists
REPEATED = 5.0  # a number printed twice
MISPRINTED = 5.5  # a number other than the next
NO_START = 3.0  # the report's first number is not 1
NO_START_INSIDE = 7.0
LONELY = 2.0  # a series of one
LONELY_MINOR = 6.0  # the same for the styles that also number lists
RUN_ON = 1.5  # the numbers run on below the next heading: 一、二、 | 三、四、
PLAIN_OPEN = (1.0, 3.0, 5.5, 5.5)  # by depth: the deeper, the more siblings it takes
PLAIN_NEXT = 0.3
PLAIN_AMONG_NUMBERED = 5.0
PLAIN_AMONG_NUMBERED_TOP = 2.0
NUMBERED_AMONG_PLAIN = 4.0  # the first of a series has lost its number
ONLY_TOP = 9.0  # text cost of a line that is a chapter heading wherever it appears: 结束语

TEXT_COST = dict.fromkeys(("part", "chapter", "section", "comma", "paren"), 8.0) | dict.fromkeys(
    "is ordinal dot digit circle".split(), 4.0
)
"""Cost of taking a numbered paragraph for ordinary text, by style."""
TEXT_COST_OTHER = 3.0
STRONG_TITLE = 6.0
"""Text cost from which a line without a number may join numbered chapters cheaply: its words are those of a chapter."""


@dataclass(frozen=True, slots=True)
class PossibleHeading:
    """A paragraph that may be a heading."""

    paragraph: int  # its index
    style: str  # of its marker, or `PLAIN`
    number: int  # 0 without a marker
    marker: int  # length of the marker in visible characters
    text_cost: float  # cost of taking it for ordinary text
    pause: bool = False  # whether the text has returned to the level above since the last one (各位代表！ 一年来，…)


class _Series(NamedTuple):
    """An open series of headings: its style, its last number, and whether it has more than one member.

    `below` is the style and last number of the series below the previous member, so that numbering that runs on through
    the chapters (一、 二、 | 三、 四、) is recognised.
    """

    style: str
    last: int
    several: bool
    below: tuple[str, int] = ("", 0)


_Stack = tuple[_Series, ...]


class _Hypothesis(NamedTuple):
    """The cheapest sequence of steps that leads to a stack: its cost, and the levels it assigns."""

    cost: float
    levels: tuple[int, tuple] | None  # type: ignore[type-arg]  # a linked list, newest first: copies nothing


def assign_levels(candidates: Sequence[PossibleHeading]) -> list[int]:
    """The level of each possible heading; 0 if it is none.

    Examples
    --------
    >>> marks = [("comma", 1), ("paren", 1), ("paren", 2), ("comma", 2), ("paren", 1)]
    >>> assign_levels([PossibleHeading(i, style, n, 2, 8.0) for i, (style, n) in enumerate(marks)])
    [1, 2, 2, 1, 2]
    >>> assign_levels([PossibleHeading(i, "comma", n, 2, 8.0) for i, n in enumerate([1, 2, 1, 2, 3, 3])])
    [1, 1, 2, 2, 2, 1]
    """
    width = min(BEAM_WIDTH, max(LEAST_WIDTH, MOST_HYPOTHESES // max(1, len(candidates))))
    hypotheses: dict[_Stack, _Hypothesis] = {(): _Hypothesis(0.0, None)}
    for candidate in candidates:
        following: dict[_Stack, _Hypothesis] = {}
        for stack, hypothesis in hypotheses.items():
            for after, level, cost in _steps(stack, candidate):
                total = hypothesis.cost + cost
                known = following.get(after)
                if known is None or total < known.cost:
                    following[after] = _Hypothesis(total, (level, hypothesis.levels))  # type: ignore[arg-type]
        hypotheses = _cheapest(following, width)
    _, best = min(hypotheses.items(), key=lambda item: (item[1].cost + _closing_cost(item[0]), item[0]))
    levels: list[int] = []
    link = best.levels
    while link is not None:
        levels.append(link[0])
        link = link[1]
    return levels[::-1]


def _cheapest(hypotheses: dict[_Stack, _Hypothesis], width: int) -> dict[_Stack, _Hypothesis]:
    """The hypotheses worth following: within `BEAM_MARGIN` of the cheapest, `width` at most."""
    limit = min(hypothesis.cost for hypothesis in hypotheses.values()) + BEAM_MARGIN
    kept = {stack: hypothesis for stack, hypothesis in hypotheses.items() if hypothesis.cost <= limit}
    if len(kept) > width:
        kept = dict(sorted(kept.items(), key=lambda item: (item[1].cost, item[0]))[:width])
    return kept


def _closing_cost(series: Sequence[_Series]) -> float:
    """What it costs to close these series: a series of one member is unlikely."""
    alone = (RANK.get(one.style, 0) for one in series if not one.several)
    return sum(LONELY_MINOR if rank >= RANK["is"] else LONELY for rank in alone)


def _below(stack: _Stack, depth: int) -> tuple[str, int]:
    """Style and last number of the series below the open member of the series at `depth`."""
    return stack[depth + 1][:2] if depth + 1 < len(stack) else stack[depth].below


def _steps(stack: _Stack, candidate: PossibleHeading) -> list[tuple[_Stack, int, float]]:
    """Every interpretation of a possible heading: the stack after it, its level, the cost of the step."""
    if candidate.style == PLAIN:
        return [(stack, 0, candidate.text_cost), *_plain_steps(stack, candidate)]
    steps = _continuing(stack, candidate)
    # The next number of the only series of its style (二、 after 一、) costs nothing: nothing else is tried.
    if steps and steps[0][2] == 0 and sum(one.style == candidate.style for one in stack) == 1:
        return steps[:1]
    steps.append((stack, 0, candidate.text_cost))
    if 0 < len(stack) < MAX_DEPTH and stack[-1].below == (candidate.style, candidate.number - 1):
        steps.append(((*stack, _Series(candidate.style, candidate.number, True)), len(stack) + 1, RUN_ON))
    if candidate.number == 1:
        steps += _opening(stack, candidate)
    elif not stack:
        steps.append(((_Series(candidate.style, candidate.number, False),), 1, NO_START + candidate.number))
    elif len(stack) < MAX_DEPTH and RANK[candidate.style] < RANK["is"]:
        nested = (*stack, _Series(candidate.style, candidate.number, False))
        steps.append((nested, len(nested), NO_START_INSIDE + candidate.number))
    return steps


def _continuing(stack: _Stack, candidate: PossibleHeading) -> list[tuple[_Stack, int, float]]:
    """The series that the possible heading may continue, innermost first."""
    steps = []
    skipped = SKIPPED_MINOR if RANK[candidate.style] >= RANK["is"] else SKIPPED
    for depth in range(len(stack) - 1, -1, -1):
        series = stack[depth]
        numbers = []
        if series.style == PLAIN and candidate.number > 1 and not series.several:
            numbers.append((candidate.number, NUMBERED_AMONG_PLAIN))
        elif series.style == candidate.style:
            ahead = candidate.number - series.last
            costs = {1: 0.0, 0: REPEATED, 2: skipped, 3: 2 * skipped}
            numbers += [(candidate.number, costs[ahead])] if ahead in costs else []
            if ahead != 1 and -2 <= ahead <= 3:
                # A slip of the printer: （一） （一） （三） counts as 1, 2, 3.
                numbers.append((series.last + 1, MISPRINTED))
        for last, cost in numbers:
            member = _Series(candidate.style, last, True, _below(stack, depth))
            steps.append(((*stack[:depth], member), depth + 1, cost + _closing_cost(stack[depth + 1 :])))
    return steps


def _opening(stack: _Stack, candidate: PossibleHeading) -> list[tuple[_Stack, int, float]]:
    """The depths at which a series may begin: below the innermost heading, or in place of an open series."""
    new = _Series(candidate.style, candidate.number, False)
    steps = []
    for depth in range(min(len(stack), MAX_DEPTH - 1), -1, -1):
        if depth == len(stack):
            cost = NEST
            if any(one.style == candidate.style for one in stack):
                cost += NEST_SAME_STYLE
            elif stack and RANK[candidate.style] < RANK.get(stack[-1].style, -1):
                cost += NEST_INVERTED
            if candidate.pause and stack:
                cost += NEST_AFTER_PAUSE
        elif depth == 0:
            cost = RESTART_TOP
        else:
            cost = SECOND_AFTER_PAUSE if candidate.pause else SECOND_SERIES
            cost += RESTART * (stack[depth].style == candidate.style)
        steps.append(((*stack[:depth], new), depth + 1, cost + _closing_cost(stack[depth:])))
    return steps


def _plain_steps(stack: _Stack, candidate: PossibleHeading) -> list[tuple[_Stack, int, float]]:
    """The levels at which a line without a number may be a heading."""
    steps = []
    strong = candidate.text_cost >= STRONG_TITLE
    deepest = 0 if candidate.text_cost >= ONLY_TOP else min(len(stack), MAX_DEPTH - 1)
    for depth in range(deepest, -1, -1):
        if depth == len(stack):
            cost, member = PLAIN_OPEN[depth], _Series(PLAIN, 0, False)
        elif stack[depth].style == PLAIN:
            cost, member = PLAIN_NEXT, _Series(PLAIN, 0, True, _below(stack, depth))
        else:
            cost = PLAIN_AMONG_NUMBERED_TOP if depth == 0 and strong else PLAIN_AMONG_NUMBERED
            member = stack[depth]._replace(below=_below(stack, depth))
        steps.append(((*stack[:depth], member), depth + 1, cost + _closing_cost(stack[depth + 1 :])))
    return steps
