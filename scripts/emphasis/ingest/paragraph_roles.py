"""The role of each paragraph of a chapter outside its subsections: the chapter's own, or problems, the plan, the farewell.

A review ends with what is still lacking, and in some reports with the outlook on the year ahead (今年是…，要…); a chapter on 发展成就和目标任务
first looks back, then ahead. Such passages have no heading, so that their words tell where they begin.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import accumulate

from emphasis.ingest.headings import PAUSE
from emphasis.ingest.paragraphs import Paragraph
from emphasis.ingest.passages import (
    admits_problems,
    continues_problems,
    count_lack,
    draws_lessons,
    is_about_problems,
    is_address,
    names_lack,
)
from emphasis.ingest.records import Role
from emphasis.ingest.roles import ChapterRole
from emphasis.ingest.wording import plan_log_odds

_AHEAD = re.compile(
    r"(?:(?:各位|诸位)代表[!:,。])?(?:(?:19|20)\d\d年(?:是|将|,?我们|,?要|政府工作|工作)|.{0,30}(?:今年|新的一年))"
)
"""Words at the beginning of a paragraph that may turn from the review to the year ahead."""
_BACK = re.compile(
    r"(?:各位代表[!:,])?(?:回顾|回望|刚刚过去|在?过去|去年|这?[一二三四五]年(?:多)?来|这[一二三四五]年|[“\"]?(?:十[一二三四五六七八]?|[六七八九])五[”\"]?(?:时期|期间|以来))"
)
"""Words at the beginning of a paragraph that may look back in a plan, on what it goes on from."""
_FORWARD = re.compile(
    r"目标(?:任务)?(?:是|为|:|包括|主要)|今后|未来|展望|力争|确保|到20\d\d年|规划(?:《)?纲要|《?纲要|草案|总体要求|总体思路"
)
"""Words near the beginning of a paragraph that looks ahead, though it may list what will have been reached as if it had been."""
_NEAR = 50
"""Characters of a paragraph in which they are looked for."""
_MUST_LOOK_BACK = -4.0
"""Log-odds of its wording at most."""
_PERIOD = re.compile(r"十[一二三四五六七八]?五|[六七八九]五|\d{4}年|(?:今后|未来)[一二三四五]年|今年")
"""The time that a heading gives its plan; a paragraph that begins with it is on the plan."""
_AT_ONCE = 10
"""Characters of a paragraph in which that is looked for."""
_SETS_TASKS = 1.0
"""Log-odds of a plan from which a paragraph sets tasks."""
_MANY = 5
"""Different words of lack in a paragraph of a plan on problems."""
_ALSO = ("与此同时", "同时,我们")
"""Words of `PAUSE` that may go on with problems."""
_MOST = 6.0
"""Log-odds of the wording of a paragraph at most."""
_PLAIN = 2.0
"""Log-odds of all paragraphs before the turn, or after it, from which a chapter is taken to look both back and ahead."""


def paragraph_roles(
    text: str,
    paragraphs: Sequence[Paragraph],
    first: int,
    end: int,
    *,
    farewell: int,
    chapter: ChapterRole,
    opens: bool = False,
    before: Role | None = None,
    still: bool = False,
) -> list[Role]:
    """The roles of ``paragraphs[first:end]``, which are a chapter's own text.

    Parameters
    ----------
    opens : bool
        Whether subsections follow. A passage on problems then begins where they are admitted and has only items of a list besides.
    before : str, optional
        The role of what is right before; the chapter's unless given.
    still : bool
        Whether a plan may be what tells of the problems, since nothing before it has.
    """
    turn = _turn(text, paragraphs[first : min(end, farewell)], chapter, opens=opens) + first
    roles: list[Role] = []
    current = before or _own_role(first, turn, chapter)
    told = current == "problems"
    for index, paragraph in enumerate(paragraphs[first:end], first):
        if told and index < turn and chapter.role == "review" and _looks_ahead(text, paragraph):
            turn = index
        own = _own_role(index, turn, chapter)
        if index >= farewell:
            current = "closing"
        elif own == "plan" and still and admits_problems(paragraph) and _enumerates_lack(text, paragraph):
            current, still = "problems", False
        elif own == "plan" and chapter.role == "plan" and _looks_back(text, paragraph):
            current = "review"
        elif own == "review" and (announces_problems(text, paragraph) if opens else is_about_problems(paragraph)):
            current, told = "problems", True
        elif current != "problems" or _returns(paragraph, paragraphs[index - 1], opens=opens or own == "plan"):
            current = own
        roles.append(current)
    for offset in range(len(roles) - 2, -1, -1):
        if is_address(paragraphs[first + offset]):
            roles[offset] = roles[offset + 1]
    return roles


def _own_role(index: int, turn: int, chapter: ChapterRole) -> Role:
    """The role of a paragraph that is on no problems; `turn` is the first paragraph of the plan in a chapter on past and future."""
    return chapter.role if chapter.role not in ("review", "plan") else "review" if index < turn else "plan"


def _returns(paragraph: Paragraph, before: Paragraph, *, opens: bool) -> bool:
    """Whether a paragraph after one on problems belongs to the chapter again."""
    if draws_lessons(paragraph):
        return True
    if pause := PAUSE.match(paragraph.key):
        return not (pause.group() in _ALSO and names_lack(paragraph))
    return not continues_problems(paragraph, before, listed=opens)


def announces_problems(text: str, paragraph: Paragraph) -> bool:
    """Whether a paragraph before sections admits problems, and does not set tasks in view of them (既要清醒看到…，又要坚定信心)."""
    return admits_problems(paragraph) and plan_log_odds(text[paragraph.start : paragraph.end]) < _SETS_TASKS


def _enumerates_lack(text: str, paragraph: Paragraph) -> bool:
    """Whether a paragraph has so many words of lack that it does not only weigh chances and risks."""
    return count_lack(text[paragraph.start : paragraph.end]) >= _MANY


def _looks_ahead(text: str, paragraph: Paragraph) -> bool:
    """Whether a paragraph begins with the year ahead and reads like a plan."""
    return _AHEAD.match(paragraph.key) is not None and plan_log_odds(text[paragraph.start : paragraph.end]) > 0


def _looks_back(text: str, paragraph: Paragraph) -> bool:
    """Whether a paragraph of a plan begins with the past and reads like a review."""
    if not _BACK.match(paragraph.key) or _FORWARD.search(paragraph.key[:_NEAR]):
        return False
    return plan_log_odds(text[paragraph.start : paragraph.end]) <= _MUST_LOOK_BACK


def _turn(text: str, own: Sequence[Paragraph], chapter: ChapterRole, *, opens: bool) -> int:
    """How many of the paragraphs come before the plan."""
    whole = len(own) if chapter.role == "review" else 0
    if not chapter.mixed or (chapter.role == "review" and opens):
        return whole
    odds = [max(-_MOST, min(_MOST, plan_log_odds(text[p.start : p.end]))) for p in own]
    found = review_before_plan(odds)
    past, future = -sum(odds[:found]), sum(odds[found:])
    # The chapter's role is that of most of it: some of its text or of its sections has it.
    if found == 0 or (found == len(own) and not opens) or (future if chapter.role == "review" else past) < _PLAIN:
        return whole
    period = _PERIOD.search(chapter.second)
    named = (i for i, p in enumerate(own[:found]) if i and period and period.group() in p.key[:_AT_ONCE])
    found = next(named, found)
    while found > 1 and _FORWARD.search(own[found - 1].key[:_NEAR]):
        found -= 1
    # What is lacking ends the review, though its words are like those of tasks: 有待提升, 还需加强.
    while found < len(own) and admits_problems(own[found]):
        found += 1
    return found


def review_before_plan(odds: Sequence[float]) -> int:
    """How many passages, from the first on, are review if the plan follows it and `odds` are their log-odds of a plan.

    Examples
    --------
    >>> review_before_plan([-3.0, 0.5, -2.0, 1.0, 4.0]), review_before_plan([2.0, -1.0]), review_before_plan([])
    (3, 0, 0)
    """
    totals = [0.0, *accumulate(odds)]
    return totals.index(min(totals))
