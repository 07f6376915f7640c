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
from dataclasses import dataclass, replace

from emphasis.ingest.body import Bounds, is_note
from emphasis.ingest.heading_roles import lost_chapter_start, opening_end
from emphasis.ingest.headings import PAUSE, Heading
from emphasis.ingest.paragraph_roles import announces_problems, paragraph_roles
from emphasis.ingest.paragraphs import Paragraph
from emphasis.ingest.passages import admits_problems, closing_start, cut_before_problems, is_about_problems
from emphasis.ingest.records import Horizon, Role, Section, Sentence
from emphasis.ingest.roles import ChapterRole
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


def find_blocks(
    text: str,
    paragraphs: Sequence[Paragraph],
    bounds: Bounds,
    headings: Sequence[Heading],
    roles: Sequence[ChapterRole],
) -> list[Block]:
    """The blocks of a report in order, front matter first; `roles` are what `decide_roles` returns."""
    blocks = [Block(0, 1, "front")]
    start = headings[0].paragraph if headings else opening_end(paragraphs, bounds)
    first = lost_chapter_start(text, paragraphs, bounds, headings, roles) if headings else start
    if bounds.body < first:
        blocks.append(Block(paragraphs[bounds.body].start, 2, "front"))
    if first < start:
        blocks += _unheaded_blocks(text, paragraphs, first, start, ChapterRole("review"), farewell=start)
    if headings:
        blocks += _blocks_with_headings(text, paragraphs, headings, bounds.end, roles)
    elif start < bounds.end:
        farewell = closing_start(paragraphs, start, bounds.end)
        blocks += _unheaded_blocks(text, paragraphs, start, bounds.end, roles[0], farewell=farewell)
    blocks += [_annex_block(text, paragraphs, index) for index in bounds.annexes]
    if bounds.footer < len(paragraphs):
        blocks.append(Block(paragraphs[bounds.footer].start, 1, "footer", prefix="F"))
    return blocks


def as_printed(text: str, blocks: Sequence[Block]) -> list[Block]:
    """The blocks, which were found in simplified characters, with their headings in the characters of `text`."""
    return [_as_printed(text, block) if block.text_start >= 0 else block for block in blocks]


def _as_printed(text: str, block: Block) -> Block:
    number = one_line(text[block.start : block.text_start]).strip()[: len(block.number)]
    heading = one_line(text[block.text_start : block.sentence_end])[: len(block.heading)]
    return replace(block, number=number, heading=heading)


def _unheaded_blocks(
    text: str, paragraphs: Sequence[Paragraph], first: int, end: int, chapter: ChapterRole, *, farewell: int
) -> list[Block]:
    """The blocks of a speech, or of a chapter, without headings."""
    blocks = _own_blocks(text, paragraphs, first, end, farewell=farewell, chapter=chapter, own_text=False)
    return [replace(block, depth=1) for block in blocks]


def _annex_block(text: str, paragraphs: Sequence[Paragraph], index: int) -> Block:
    """An annex with its title, which may be in the paragraph below its number (附件1 | 2025年民生实事)."""
    paragraph = paragraphs[index]
    if is_note(paragraph):
        return Block(paragraph.start, 1, "annex", prefix="A")
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
    listed = False  # whether the headings are items of a list of problems
    for i, heading in enumerate(headings):
        chapter = roles[i] if heading.level == 1 else chapter
        if heading.level == 1 or (heading.level == 2 and heading.ordinal == 1):
            above = paragraphs[heading.paragraph - 1]
            listed = heading.level == 2 and blocks[-1].role == "problems" and announces_problems(text, above)
        own = ChapterRole("problems") if listed else roles[i]
        blocks.append(_heading_block(text, paragraphs, heading, own))
        still = not any(block.role == "problems" for block in blocks)
        after = headings[i + 1] if i + 1 < len(headings) else None
        stop = after.paragraph if after else end
        if after is None or after.level == 1:
            blocks += _blocks_after_last(
                text,
                paragraphs,
                headings,
                i,
                end=stop,
                farewell=farewell,
                chapter=chapter,
                role=own.role,
                still=heading.level == 1 and still,
            )
        elif heading.level == 1:
            blocks += _own_blocks(
                text,
                paragraphs,
                heading.last + 1,
                stop,
                farewell=farewell,
                chapter=chapter,
                own_text=True,
                opens=True,
                still=still,
            )
        elif after.level < heading.level:
            first = _trailing_start(paragraphs, headings, i, stop, farewell)
            if first < stop:
                blocks.append(_plain_block(paragraphs[first], heading.level, chapter))
        elif after.level == heading.level and after.ordinal == 1:
            blocks += _blocks_between_series(text, paragraphs, heading, stop, chapter)
    return blocks


def _plain_block(paragraph: Paragraph, depth: int, chapter: ChapterRole, role: Role | None = None) -> Block:
    """A block without a heading, of the chapter's role unless another is given."""
    own = role or chapter.role
    horizon = chapter.horizon if own == chapter.role else chapter.ahead if own == "plan" else ""
    return Block(paragraph.start, depth, own, horizon=horizon)


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
    text: str,
    paragraphs: Sequence[Paragraph],
    headings: Sequence[Heading],
    i: int,
    *,
    end: int,
    farewell: int,
    chapter: ChapterRole,
    role: Role,
    still: bool,
) -> list[Block]:
    """The blocks after the last subsection of a chapter, which has this role, that belong to the levels above it."""
    heading = headings[i]
    before = role if role == "problems" else None
    first = heading.last + 1
    blocks: list[Block] = []
    if heading.level > 1:
        first = _trailing_start(paragraphs, headings, i, end, farewell)
    if heading.level > 2:
        whole = _resumes(paragraphs, first, end, farewell)
        if first < whole:
            blocks.append(_plain_block(paragraphs[first], heading.level, chapter))
        first = whole
    own = heading.level == 1
    return blocks + _own_blocks(
        text, paragraphs, first, end, farewell=farewell, chapter=chapter, own_text=own, before=before, still=still
    )


def _blocks_between_series(
    text: str, paragraphs: Sequence[Paragraph], heading: Heading, end: int, chapter: ChapterRole
) -> list[Block]:
    """The blocks of the paragraphs between two series under one parent, where they return to the level above."""
    first = _resumes(paragraphs, heading.last + 1, end, end)
    found = _own_blocks(text, paragraphs, first, end, farewell=end, chapter=chapter, own_text=False, opens=True)
    return [replace(block, depth=heading.level) for block in found]


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
    first = min(heading.last + 1 + _has_text_below(paragraphs, heading, end, farewell), end)
    if single >= 2 and single >= 4 * several:
        return first
    return _resumes(paragraphs, first, end, farewell)


def _has_text_below(paragraphs: Sequence[Paragraph], heading: Heading, end: int, farewell: int) -> bool:
    """Whether the paragraph after a heading is text of its own; an item of one sentence may be followed by problems or the farewell."""
    after = heading.last + 1
    if not heading.standalone or after >= min(end, farewell):
        return False
    return not (paragraphs[heading.last].tail.endswith("。") and admits_problems(paragraphs[after]))


def _resumes(paragraphs: Sequence[Paragraph], first: int, end: int, farewell: int) -> int:
    """The first paragraph that returns to the whole: farewell, problems, or words such as 一年来."""
    for index in range(first, end):
        if index >= farewell or PAUSE.match(paragraphs[index].key) or is_about_problems(paragraphs[index]):
            return index
    return end


def _own_blocks(
    text: str,
    paragraphs: Sequence[Paragraph],
    first: int,
    end: int,
    *,
    farewell: int,
    chapter: ChapterRole,
    own_text: bool,
    opens: bool = False,
    before: Role | None = None,
    still: bool = False,
) -> list[Block]:
    """A block for each run of paragraphs of one role.

    With `own_text`, paragraphs of the chapter's role before any others remain the section's own text.
    """
    parts = list(paragraphs[first:end])
    if chapter.role == "review" or chapter.mixed:
        parts = [part for paragraph in parts for part in cut_before_problems(text, paragraph)]
    closing = sum(farewell >= len(paragraphs) or part.start < paragraphs[farewell].start for part in parts)
    above = [paragraphs[max(0, first - 1)]]
    found = paragraph_roles(
        text,
        above + parts,
        1,
        1 + len(parts),
        farewell=1 + closing,
        chapter=chapter,
        opens=opens,
        before=before,
        still=still,
    )
    starts = zip(found, [chapter.role if own_text else None, *found], parts, strict=False)
    return [_plain_block(paragraph, 2, chapter, role) for role, last, paragraph in starts if role != last]


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
