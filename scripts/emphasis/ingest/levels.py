"""Which level each numbered paragraph stands at.

The numerals do not tell: 一、 heads a chapter here and an item of a list there. What tells is continuity. A chain of
open series, outermost first, each with its style and its last number, is carried through the report; each candidate
either continues a series (closing those inside it), opens a new one, or is no heading at all. Every such step has a
cost, and the cheapest way through the whole report is taken, so that what comes later decides what was ambiguous
before: of two open series that both wait for 三、, the one is right that leaves the following 四、 and 三、 a place.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from emphasis.ingest.paragraphs import RANK

PLAIN = "plain"
"""The style of a heading without a number."""

MAX_DEPTH = 4
MAX_STATES = 64
"""More ways than this are not followed at a time; the dearest are dropped."""
MARGIN = 12.0
"""Nor are ways that cost this much more than the cheapest so far: more than any later heading makes up for."""

# What a step costs. Only the order of sums matters; the unit is "one unlikely thing".
NEST = 1.0
NEST_SAME_STYLE = 5.0  # 一、 inside a 一、 (1986)
NEST_INVERTED = 3.0  # 一、 inside a （一） (1958, 1981, 1985)
NEST_AFTER_PAUSE = 3.0  # the text has already returned to the level above
SECOND_SERIES = 4.0  # （一）… and then 一是… under one parent (山东 2025)
SECOND_AFTER_PAUSE = 0.5
RESTART = 1.0  # the same style twice under one parent
RESTART_TOP = 8.0
SKIPPED = 4.0  # a number left out (2007)
SKIPPED_MINOR = 3.0  # the same in the styles that number lists too
REPEATED = 5.0  # a number printed twice
MISPRINTED = 5.5  # another number than the next
NO_START = 3.0  # the report's first number is not 1
NO_START_INSIDE = 7.0
LONELY = 2.0  # a series of one
LONELY_MINOR = 6.0  # the same for the styles that number lists too
RUN_ON = 1.5  # the numbers run on below the next heading: 一、二、 | 三、四、
PLAIN_OPEN = (1.0, 3.0, 5.5, 5.5)  # by depth: the deeper, the more siblings it takes
PLAIN_NEXT = 0.3
PLAIN_AMONG_NUMBERED = 5.0
PLAIN_AMONG_NUMBERED_TOP = 2.0
NUMBERED_AMONG_PLAIN = 4.0  # the first of a series has lost its number
ONLY_TOP = 9.0  # weight of a line that heads a chapter wherever it stands: 结束语

TEXT_COST = {
    "part": 8.0,
    "comma": 8.0,
    "paren": 8.0,
    "is": 4.0,
    "ordinal": 4.0,
    "dot": 4.0,
    "digit": 4.0,
    "circle": 4.0,
}
"""What it costs to take a numbered paragraph for ordinary text, by style."""
TEXT_COST_OTHER = 3.0


@dataclass(frozen=True, slots=True)
class Candidate:
    """A paragraph that may be a heading.

    Attributes
    ----------
    paragraph : int
        Its index.
    style : str
        Of its marker, or `PLAIN`.
    number : int
        0 without a marker.
    marker : int
        Length of the marker in visible characters.
    weight : float
        What it costs to take it for ordinary text.
    pause : bool
        Whether, since the candidate before, the text has returned to the level above (各位代表！ 一年来，…).
    """

    paragraph: int
    style: str
    number: int
    marker: int
    weight: float
    pause: bool = False


class _Series(NamedTuple):
    style: str
    last: int
    several: bool
    below: tuple[str, int] = ("", 0)  # style and last number of the series below the member before


_Stack = tuple[_Series, ...]


class _Way(NamedTuple):
    cost: float
    levels: tuple[int, tuple] | None  # type: ignore[type-arg]  # a linked list, newest first


def assign_levels(candidates: Sequence[Candidate]) -> list[int]:
    """The level of each candidate, 0 for one that is no heading.

    Examples
    --------
    >>> marks = [("comma", 1), ("paren", 1), ("paren", 2), ("comma", 2), ("paren", 1)]
    >>> assign_levels([Candidate(i, style, n, 2, 8.0) for i, (style, n) in enumerate(marks)])
    [1, 2, 2, 1, 2]
    """
    ways: dict[_Stack, _Way] = {(): _Way(0.0, None)}
    for candidate in candidates:
        following: dict[_Stack, _Way] = {}
        for stack, way in ways.items():
            for after, level, cost in _steps(stack, candidate):
                total = way.cost + cost
                known = following.get(after)
                if known is None or total < known.cost:
                    following[after] = _Way(total, (level, way.levels))  # type: ignore[arg-type]
        ways = _cheapest(following)
    _, best = min(ways.items(), key=lambda item: (item[1].cost + _closing(item[0]), item[0]))
    levels: list[int] = []
    link = best.levels
    while link is not None:
        levels.append(link[0])
        link = link[1]
    return levels[::-1]


def _cheapest(ways: dict[_Stack, _Way]) -> dict[_Stack, _Way]:
    limit = min(way.cost for way in ways.values()) + MARGIN
    kept = {stack: way for stack, way in ways.items() if way.cost <= limit}
    if len(kept) > MAX_STATES:
        kept = dict(sorted(kept.items(), key=lambda item: (item[1].cost, item[0]))[:MAX_STATES])
    return kept


def _closing(series: Sequence[_Series]) -> float:
    return sum(_lonely(one.style) for one in series if not one.several)


def _lonely(style: str) -> float:
    return LONELY_MINOR if RANK.get(style, 0) >= RANK["is"] else LONELY


def _below(stack: _Stack, depth: int) -> tuple[str, int]:
    """What the next member of the series at `depth` has to know of the series below this one."""
    return stack[depth + 1][:2] if depth + 1 < len(stack) else stack[depth].below


def _steps(stack: _Stack, candidate: Candidate) -> list[tuple[_Stack, int, float]]:
    """Every way to read a candidate: the chain after it, its level, what it costs."""
    if candidate.style == PLAIN:
        return [(stack, 0, candidate.weight), *_plain_steps(stack, candidate)]
    steps = _continuing(stack, candidate)
    if steps and steps[0][2] == 0 and sum(one.style == candidate.style for one in stack) == 1:
        return steps[:1]
    steps.append((stack, 0, candidate.weight))
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


def _continuing(stack: _Stack, candidate: Candidate) -> list[tuple[_Stack, int, float]]:
    """The series that the candidate may be the next member of, innermost first."""
    steps = []
    skipped = SKIPPED_MINOR if RANK[candidate.style] >= RANK["is"] else SKIPPED
    for depth in range(len(stack) - 1, -1, -1):
        series = stack[depth]
        if series.style == PLAIN and candidate.number > 1 and not series.several:
            member = _Series(candidate.style, candidate.number, True, _below(stack, depth))
            steps.append(((*stack[:depth], member), depth + 1, NUMBERED_AMONG_PLAIN + _closing(stack[depth + 1 :])))
        if series.style != candidate.style:
            continue
        ahead = candidate.number - series.last
        ways = {1: 0.0, 0: REPEATED, 2: skipped, 3: 2 * skipped}
        readings = [(candidate.number, ways[ahead])] if ahead in ways else []
        if ahead != 1 and -2 <= ahead <= 3:
            readings.append((series.last + 1, MISPRINTED))
        closed = _closing(stack[depth + 1 :])
        below = _below(stack, depth)
        for last, cost in readings:
            member = _Series(candidate.style, last, True, below)
            steps.append(((*stack[:depth], member), depth + 1, cost + closed))
    return steps


def _opening(stack: _Stack, candidate: Candidate) -> list[tuple[_Stack, int, float]]:
    """The places where a series may begin: inside the innermost heading, or in place of an open series."""
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
        steps.append(((*stack[:depth], new), depth + 1, cost + _closing(stack[depth:])))
    return steps


def _plain_steps(stack: _Stack, candidate: Candidate) -> list[tuple[_Stack, int, float]]:
    """The levels at which a line without a number may be a heading."""
    steps = []
    strong = candidate.weight >= TEXT_COST["comma"] - 2
    deepest = 0 if candidate.weight >= ONLY_TOP else min(len(stack), MAX_DEPTH - 1)
    for depth in range(deepest, -1, -1):
        if depth == len(stack):
            cost, member = PLAIN_OPEN[depth], _Series(PLAIN, 0, False)
        elif stack[depth].style == PLAIN:
            cost, member = PLAIN_NEXT, _Series(PLAIN, 0, True, _below(stack, depth))
        else:
            cost = PLAIN_AMONG_NUMBERED_TOP if depth == 0 and strong else PLAIN_AMONG_NUMBERED
            member = stack[depth]._replace(below=_below(stack, depth))
        steps.append(((*stack[:depth], member), depth + 1, cost + _closing(stack[depth + 1 :])))
    return steps
