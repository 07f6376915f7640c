"""The role of every heading of a report: of chapters by their headings and wording, of what is below by the chapter's and its own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from emphasis.ingest.body import OPENING, SALUTATION, Bounds
from emphasis.ingest.headings import Heading
from emphasis.ingest.paragraphs import Paragraph, key_of
from emphasis.ingest.passages import closing_start, is_address
from emphasis.ingest.records import Role
from emphasis.ingest.roles import (
    Chapter,
    ChapterRole,
    cue_of_heading,
    horizon_below,
    horizon_of_heading,
    roles_of_chapters,
)
from emphasis.ingest.wording import plan_log_odds

_ON_PROBLEMS = re.compile(
    r"(?:关于|当前|目前|工作中|发展中|我市|我县|我区|我省){0,2}(?:存在|面临)(?:着)?(?:的)?(?:主要|突出|一些)?(?:问题|困难|不足|挑战|短板)"
    r"(?:(?:和|与|及|、)(?:问题|困难|不足|挑战|短板|差距))*|(?:主要|突出)?(?:问题|困难|差距|不足)(?:和|与|及)(?:问题|困难|不足|挑战|差距|短板)"
)
"""The title of a section on problems, which is no task such as 解决突出问题."""
_ON_THE_PAST = re.compile(
    r"(?:关于)?.{0,30}(?:回顾|(?:发展|主要|取得的)(?:的)?(?:成就|成绩)|(?:完成|执行|实施|发展|主要|基本|工作)情况)"
)
"""The title of a section that looks back, which is none of a plan's slogans such as 推动工作取得新成效."""
_LOOKS_BACK = -2.0
"""Log-odds of the text before the first heading at most, from which it is a review and not an introduction."""
_ANNOUNCES = re.compile(
    r"(?:如下|以下)(?:的)?(?:说明|报告|汇报|意见)|(?:请予|请)(?:大会)?审(?:议|查)|报告(?:如下)?[。:!]?$|说明[。:!]?$"
)
"""The end of an introduction, which the speech itself follows."""
_LONGEST_SALUTATION = 60
"""Visible characters of a paragraph that is a salutation."""


def decide_roles(
    text: str, paragraphs: Sequence[Paragraph], bounds: Bounds, headings: Sequence[Heading], year: int | None
) -> list[ChapterRole]:
    """The role of each heading, in order; without headings, that of the speech.

    A heading below level 1 has the role of its chapter, and its horizon unless its own words name another. `text` is in
    simplified characters, as the paragraphs are.
    """
    if not headings:
        first = opening_end(paragraphs, bounds)
        farewell = closing_start(paragraphs, first, bounds.end)
        words = text[paragraphs[first].start : paragraphs[farewell - 1].end] if first < farewell else ""
        return [replace(found, mixed=True) for found in roles_of_chapters([Chapter("", words)], year)]
    tops = [i for i, heading in enumerate(headings) if heading.level == 1]
    farewell = closing_start(paragraphs, headings[-1].last + 1, bounds.end)
    ends = [headings[i].start for i in tops[1:]] + [paragraphs[farewell - 1].end]
    chapters = [
        Chapter(text[headings[i].text_start : headings[i].text_end], text[headings[i].sentence_end : end])
        for i, end in zip(tops, ends, strict=True)
    ]
    roles = roles_of_chapters(chapters, year)
    if headings[-1].level == 1 and farewell == headings[-1].last + 1 and not cue_of_heading(chapters[-1].heading, year):
        roles[-1] = ChapterRole("closing")
    return _plan_below_review(text, headings, _roles_below(text, headings, roles), ends[0], year)


_LEAST_NUMBERED = 3
"""Sections that a line has to head, at least, before it is asked whether they are part of what it announces."""


def _plan_below_review(
    text: str, headings: Sequence[Heading], roles: Sequence[ChapterRole], end: int, year: int | None
) -> list[ChapterRole]:
    """The roles, with those of numbered sections under a line that announces a review and heads all that follows (2002).

    After 首先报告2001年的工作 come 一、 to 八、, which are no part of it but the plan: each has the role that its wording and place say. `end` is
    where the text of the first chapter ends.
    """
    found = list(roles)
    first, rest = headings[0], [role for heading, role in zip(headings, roles, strict=True) if heading.level == 1][1:]
    alone = first.level == 1 and not first.ordinal and all(role.role == "closing" for role in rest)
    below = [i for i, heading in enumerate(headings) if heading.level == 2 and heading.start < end]
    if not alone or roles[0].role != "review" or len(below) < _LEAST_NUMBERED or not headings[below[0]].ordinal:
        return found
    ends = [*(headings[i].start for i in below[1:]), end]
    sections = [
        Chapter(text[headings[i].text_start : headings[i].text_end], text[headings[i].sentence_end : stop])
        for i, stop in zip(below, ends, strict=True)
    ]
    opening = Chapter("", text[first.sentence_end : headings[below[0]].start])
    for i, stop, role in zip(below, ends, roles_of_chapters([opening, *sections], year)[1:], strict=True):
        if role.role == "plan":
            inside = [n for n in range(i + 1, len(headings)) if headings[n].start < stop]
            found[i : i + len(inside) + 1] = [role, *(ChapterRole("plan", role.horizon) for _ in inside)]
    return found


def _roles_below(text: str, headings: Sequence[Heading], chapters: Sequence[ChapterRole]) -> list[ChapterRole]:
    """The roles of all headings from those of the chapters."""
    following = iter(chapters)
    above: list[ChapterRole] = []
    headed: list[str] = []
    found: list[ChapterRole] = []
    for heading in headings:
        if heading.level == 1:
            above = [next(following)]
        else:
            del above[heading.level - 1 :], headed[heading.level - 1 :]
            own = horizon_of_heading(text[heading.text_start : heading.text_end])
            role = role_below(text[heading.text_start : heading.text_end], above[-1].role)
            below = horizon_below(headed[-1], above[-1].horizon)
            above.append(ChapterRole(role, (own or below) if role == "plan" else ""))
        headed = [*headed[: heading.level - 1], text[heading.text_start : heading.text_end]]
        found.append(above[-1])
    return found


def role_below(heading: str, role: Role) -> Role:
    """The role of a section of a chapter with this role: the same, unless its heading is the title of another kind of passage.

    Examples
    --------
    >>> (
    ...     role_below("存在的主要问题", "review"),
    ...     role_below("着力解决突出问题", "review"),
    ...     role_below("“十四五”发展成就", "plan"),
    ... )
    ('problems', 'review', 'review')
    """
    key = key_of(heading)
    if role == "review" and _ON_PROBLEMS.fullmatch(key):
        return "problems"
    return "review" if role == "plan" and _ON_THE_PAST.fullmatch(key) else role


def opening_end(paragraphs: Sequence[Paragraph], bounds: Bounds) -> int:
    """The first paragraph after the salutation and the opening formula, in a speech without headings."""
    if not bounds.opened:
        return bounds.body
    return min(bounds.end, bounds.body + (2 if is_address(paragraphs[bounds.body]) else 1))


def lost_chapter_start(
    text: str,
    paragraphs: Sequence[Paragraph],
    bounds: Bounds,
    headings: Sequence[Heading],
    roles: Sequence[ChapterRole],
) -> int:
    """The first paragraph of a review that has no heading, before the first that there is; that heading's if there is none.

    The file of a report may lack the beginning of the first chapter, so that the first heading carries 二、; or only what follows the
    review may have headings.
    """
    end = headings[0].paragraph
    first = bounds.body
    while first < end and _is_opening(paragraphs[first]):
        first += 1
    if first == end or headings[0].level > 1 or roles[0].role != "plan" or _ANNOUNCES.search(paragraphs[end - 1].tail):
        return end
    odds = plan_log_odds(text[paragraphs[first].start : paragraphs[end - 1].end])
    return first if headings[0].ordinal > 1 or odds <= _LOOKS_BACK else end


def _is_opening(paragraph: Paragraph) -> bool:
    """Whether a paragraph is a salutation or says on whose behalf the speaker reports."""
    short = len(paragraph.key) <= _LONGEST_SALUTATION and SALUTATION.match(paragraph.key) is not None
    return short or is_address(paragraph) or OPENING.match(paragraph.key) is not None
