"""The outline of a report: blocks, sections and sentences.

A block is the text between one heading and the next, or a part without a heading that has another role than the text
above it: opening words, problems, farewell, annex, footer. `find_blocks` cuts a report into blocks, `build_sections`
gives them ids, parents and ends, and `build_sentences` assigns every sentence to its section.

The difficult part is the last subsection of a chapter, because nothing marks its end:

    （三）民生持续改善。就业稳定。    level 2
    城乡居民收入增长。              still part of （三）, or of the chapter?
    各位代表！一年来，…            the chapter again: a block of its own

`_trailing_start` decides by the length of the earlier subsections and by words that return to the level above.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from emphasis.ingest.body import Bounds
from emphasis.ingest.headings import PAUSE, Heading
from emphasis.ingest.paragraphs import Paragraph
from emphasis.ingest.passages import closing_start, continues_problems, is_about_problems, is_address
from emphasis.ingest.records import Horizon, Role, Section, Sentence
from emphasis.ingest.roles import (
    Chapter,
    ChapterRole,
    cue_of_heading,
    horizon_below,
    horizon_of_heading,
    roles_of_chapters,
)
from emphasis.text import INVISIBLE, split_sentences, trim

_ANNEX_NUMBER = re.compile(r"附\s*(?:件|录|表|注)?\s*[一二三四五六七八九十\d]{0,2}\s*[:：.、]?")
_NOT_ON_A_LINE = re.compile(f"[\\r\\n\\x85\\v\\f{INVISIBLE}]+")
_LONGEST_TITLE = 40
"""Visible characters of an annex's title at most."""


@dataclass(frozen=True, slots=True)
class Block:
    """A block, from which a section is built."""

    start: int
    depth: int  # 1 at the top
    role: Role
    number: str = ""
    heading: str = ""
    standalone: bool = False
    text_start: int = -1  # where the heading's words begin; this and the next two are -1 without a heading
    sentence_end: int = -1  # end of the heading's sentence
    body_start: int = -1  # start of the text after the heading
    prefix: str = ""  # A for annexes and F for the footer
    horizon: Horizon = ""


def decide_roles(
    text: str, paragraphs: Sequence[Paragraph], bounds: Bounds, headings: Sequence[Heading], year: int | None
) -> list[ChapterRole]:
    """The role of each heading, in order; without headings, that of the speech.

    A heading below level 1 has the role of its chapter, and its horizon unless its own words name another. `text` is in
    simplified characters, as the paragraphs are.
    """
    if not headings:
        first = _opening_end(paragraphs, bounds)
        farewell = closing_start(paragraphs, first, bounds.end)
        words = text[paragraphs[first].start : paragraphs[farewell - 1].end] if first < farewell else ""
        return roles_of_chapters([Chapter("", words)], year)
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
            role = above[-1].role
            below = horizon_below(headed[-1], above[-1].horizon)
            above.append(ChapterRole(role, (own or below) if role == "plan" else ""))
        headed = [*headed[: heading.level - 1], text[heading.text_start : heading.text_end]]
        found.append(above[-1])
    return found


def find_blocks(
    text: str,
    paragraphs: Sequence[Paragraph],
    bounds: Bounds,
    headings: Sequence[Heading],
    roles: Sequence[ChapterRole],
) -> list[Block]:
    """The blocks of a report in order, front matter first; `roles` are what `decide_roles` returns."""
    blocks = [Block(0, 1, "front")]
    opening_end = headings[0].paragraph if headings else _opening_end(paragraphs, bounds)
    if bounds.body < opening_end:
        blocks.append(Block(paragraphs[bounds.body].start, 2, "front"))
    if headings:
        blocks += _blocks_with_headings(text, paragraphs, headings, bounds.end, roles)
    elif opening_end < bounds.end:
        blocks += _blocks_without_headings(paragraphs, opening_end, bounds.end, roles[0])
    blocks += [_annex_block(text, paragraphs, index) for index in bounds.annexes]
    if bounds.footer < len(paragraphs):
        blocks.append(Block(paragraphs[bounds.footer].start, 1, "footer", prefix="F"))
    return blocks


def _opening_end(paragraphs: Sequence[Paragraph], bounds: Bounds) -> int:
    """The first paragraph after the salutation and the opening formula, in a speech without headings."""
    if not bounds.opened:
        return bounds.body
    return min(bounds.end, bounds.body + (2 if is_address(paragraphs[bounds.body]) else 1))


def _blocks_without_headings(paragraphs: Sequence[Paragraph], first: int, end: int, found: ChapterRole) -> list[Block]:
    farewell = closing_start(paragraphs, first, end)
    blocks = []
    if first < farewell:
        blocks.append(Block(paragraphs[first].start, 1, found.role, horizon=found.horizon))
    if farewell < end:
        blocks.append(Block(paragraphs[farewell].start, 1, "closing"))
    return blocks


def _annex_block(text: str, paragraphs: Sequence[Paragraph], index: int) -> Block:
    """An annex with its title, which may be in the paragraph below its number (附件1 | 2025年民生实事)."""
    paragraph = paragraphs[index]
    match = _ANNEX_NUMBER.match(text, paragraph.start, paragraph.end)
    number = match.group().strip() if match else ""
    start, end = trim(text, match.end() if match else paragraph.start, paragraph.end)
    after = index + 1
    if start >= end and after < len(paragraphs) and len(paragraphs[after].key) <= _LONGEST_TITLE:
        start, end = paragraphs[after].start, paragraphs[after].end
        after += 1
    elif start >= end:
        start, end, number = paragraph.start, paragraph.end, ""
    body_start = paragraphs[after].start if after < len(paragraphs) else end
    heading = one_line(text[start:end]).rstrip("。：:")
    return Block(paragraph.start, 1, "annex", number, heading, True, start, end, body_start, "A")


def one_line(words: str) -> str:
    """The words without line breaks and zero-width marks."""
    return _NOT_ON_A_LINE.sub("", words)


def _blocks_with_headings(
    text: str, paragraphs: Sequence[Paragraph], headings: Sequence[Heading], end: int, roles: Sequence[ChapterRole]
) -> list[Block]:
    """The blocks of the speech from its first heading on."""
    farewell = closing_start(paragraphs, headings[-1].last + 1, end)
    blocks: list[Block] = []
    chapter = roles[0]
    for i, heading in enumerate(headings):
        chapter = roles[i] if heading.level == 1 else chapter
        blocks.append(_heading_block(text, paragraphs, heading, roles[i]))
        after = headings[i + 1] if i + 1 < len(headings) else None
        stop = after.paragraph if after else end
        if after is None or after.level == 1:
            blocks += _blocks_after_last(paragraphs, headings, i, end=stop, farewell=farewell, chapter=chapter)
        elif after.level < heading.level:
            first = _trailing_start(paragraphs, headings, i, stop, farewell)
            if first < stop:
                blocks.append(_plain_block(paragraphs[first], heading.level, chapter))
        elif after.level == heading.level and after.ordinal == 1:
            blocks += _block_between_series(paragraphs, heading, stop, chapter)
    return blocks


def _plain_block(paragraph: Paragraph, depth: int, chapter: ChapterRole, role: Role | None = None) -> Block:
    """A block without a heading, of the chapter's role unless another is given."""
    kept = role in (None, chapter.role)
    return Block(paragraph.start, depth, role or chapter.role, horizon=chapter.horizon if kept else "")


def _heading_block(text: str, paragraphs: Sequence[Paragraph], heading: Heading, found: ChapterRole) -> Block:
    words = one_line(text[heading.text_start : heading.text_end])
    number = one_line(text[heading.start : heading.text_start]).strip()
    body_start, _ = trim(text, heading.sentence_end, paragraphs[heading.last].end)
    if heading.standalone:
        after = heading.last + 1
        body_start = paragraphs[after].start if after < len(paragraphs) else heading.sentence_end
    place = (heading.text_start, heading.sentence_end, body_start)
    words_of = (number, words, heading.standalone)
    return Block(heading.start, heading.level, found.role, *words_of, *place, horizon=found.horizon)


def _blocks_after_last(
    paragraphs: Sequence[Paragraph],
    headings: Sequence[Heading],
    i: int,
    *,
    end: int,
    farewell: int,
    chapter: ChapterRole,
) -> list[Block]:
    """The blocks after the last subsection of a chapter that belong to the levels above it."""
    heading = headings[i]
    first = heading.last + 1
    blocks: list[Block] = []
    if heading.level > 1:
        first = _trailing_start(paragraphs, headings, i, end, farewell)
    if heading.level > 2:
        whole = _resumes(paragraphs, first, end, farewell)
        if first < whole:
            blocks.append(_plain_block(paragraphs[first], heading.level, chapter))
        first = whole
    return blocks + _blocks_by_role(paragraphs, first, end, farewell, chapter, own_text=heading.level == 1)


def _block_between_series(
    paragraphs: Sequence[Paragraph], heading: Heading, end: int, chapter: ChapterRole
) -> list[Block]:
    """A block for the paragraphs between two series under one parent, where they return to the level above."""
    first = next((p for p in paragraphs[heading.last + 1 : end] if PAUSE.match(p.key)), None)
    return [_plain_block(first, heading.level, chapter)] if first else []


def _trailing_start(
    paragraphs: Sequence[Paragraph], headings: Sequence[Heading], i: int, end: int, farewell: int
) -> int:
    """The first paragraph after the last subsection that belongs to the level above.

    Where its earlier siblings are one paragraph each, so is the last; elsewhere it extends to the first paragraph that
    returns to the whole (`_resumes`).
    """
    heading = headings[i]
    single = several = 0
    following = heading.paragraph
    for sibling in reversed(headings[:i]):
        if sibling.level < heading.level:
            break
        if sibling.level == heading.level:
            if sibling.style == heading.style:
                is_single = following - sibling.last == 1 + sibling.standalone
                single, several = single + is_single, several + (not is_single)
            following = sibling.paragraph
    first = min(heading.last + 1 + heading.standalone, end)
    if single >= 2 and single >= 4 * several:
        return first
    return _resumes(paragraphs, first, end, farewell)


def _resumes(paragraphs: Sequence[Paragraph], first: int, end: int, farewell: int) -> int:
    """The first paragraph that returns to the whole: farewell, problems, or words such as 一年来."""
    for index in range(first, end):
        if index >= farewell or PAUSE.match(paragraphs[index].key) or is_about_problems(paragraphs[index]):
            return index
    return end


def _blocks_by_role(
    paragraphs: Sequence[Paragraph], first: int, end: int, farewell: int, chapter: ChapterRole, *, own_text: bool
) -> list[Block]:
    """A block for each run of paragraphs of one role.

    With `own_text`, paragraphs before the first on problems and before the farewell remain the section's own text.
    """
    role = chapter.role
    labels: list[Role] = []
    current = role
    for index, paragraph in enumerate(paragraphs[first:end], first):
        if index >= farewell:
            current = "closing"
        elif role == "review" and is_about_problems(paragraph):
            current = "problems"
        elif PAUSE.match(paragraph.key) or (
            current == "problems" and not continues_problems(paragraph, paragraphs[index - 1])
        ):
            current = role
        labels.append(current)
    for offset in range(len(labels) - 2, -1, -1):
        if is_address(paragraphs[first + offset]):
            labels[offset] = labels[offset + 1]
    starts = zip(labels, [role if own_text else None, *labels], paragraphs[first:end], strict=False)
    return [_plain_block(paragraph, 2, chapter, label) for label, before, paragraph in starts if label != before]


def build_sections(text: str, blocks: Sequence[Block]) -> tuple[Section, ...]:
    r"""Sections with ids, parents and ends.

    Examples
    --------
    >>> blocks = [Block(0, 1, "front"), Block(2, 1, "review", "一、", "回顾", True, 4, 6, 7), Block(9, 2, "problems")]
    >>> [(s.section_id, s.parent_id, s.level, s.start, s.end) for s in build_sections("题\n一、回顾\n好\n坏", blocks)]
    [('s0', '', 0, 0, 2), ('s1', '', 1, 2, 10), ('s1.1', 's1', 0, 9, 10)]
    """
    counts: dict[str, int] = {}
    stack: list[tuple[int, str]] = []
    sections = []
    for i, (block, end) in enumerate(zip(blocks, _ends(text, blocks), strict=True)):
        while stack and stack[-1][0] >= block.depth:
            stack.pop()
        parent = stack[-1][1] if stack else ""
        name = _next_id(block, parent, counts) if i else "s0"
        stack.append((block.depth, name))
        headed = bool(block.heading or block.number)
        level = len(stack) if headed and not block.prefix else 0
        words = (block.number, block.heading, block.standalone)
        body_start = min(block.body_start, end) if headed else block.start
        place = (block.start, end, body_start)
        sections.append(Section(name, parent, level, *words, block.role, *place, block.horizon))
    return tuple(sections)


def _ends(text: str, blocks: Sequence[Block]) -> list[int]:
    """The end of each block: the start of the next that is no deeper."""
    ends = [len(text)] * len(blocks)
    opened: list[int] = []
    for i, block in enumerate(blocks):
        while opened and blocks[opened[-1]].depth >= block.depth:
            ends[opened.pop()] = block.start
        opened.append(i)
    return ends


def _next_id(block: Block, parent: str, counts: dict[str, int]) -> str:
    if block.prefix == "F":
        return "F"
    key = block.prefix or parent
    counts[key] = counts.get(key, 0) + 1
    if block.prefix:
        return f"{block.prefix}{counts[key]}"
    return f"{parent}.{counts[key]}" if parent else f"s{counts[key]}"


def build_sentences(
    text: str, paragraphs: Sequence[Paragraph], sections: Sequence[Section], blocks: Sequence[Block]
) -> tuple[Sentence, ...]:
    """All sentences in order. A heading is a sentence of its own; its number belongs to none."""
    sentences: list[Sentence] = []
    position = done = 0
    for number, paragraph in enumerate(paragraphs, 1):
        start = max(paragraph.start, done)
        while start < paragraph.end:
            while position + 1 < len(blocks) and blocks[position + 1].start <= start:
                position += 1
            block, section = blocks[position], sections[position].section_id
            if block.text_start >= 0 and block.start >= done:
                a, b = trim(text, block.text_start, block.sentence_end)
                if a < b:
                    sentences.append(Sentence(section, number, a, b, text[a:b]))
                start = done = max(block.sentence_end, block.text_start, start)
            following = blocks[position + 1].start if position + 1 < len(blocks) else paragraph.end
            end = min(paragraph.end, following)
            if start < end:
                for a, b in split_sentences(text, start, end, lines=False):
                    sentences.append(Sentence(section, number, a, b, text[a:b]))
            start = done = max(start, end)
    return tuple(sentences)
