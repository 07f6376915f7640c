"""From bounds and headings to sections that cover the text, and from these to sentences."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from emphasis.ingest.bounds import Bounds
from emphasis.ingest.headings import PAUSE, Heading
from emphasis.ingest.model import Role, Section, Sentence
from emphasis.ingest.paragraphs import Paragraph
from emphasis.ingest.roles import closing_start, is_about_problems, is_address, role_by_wording, roles_of_headings
from emphasis.text import split_sentences, trim

_ANNEX_NUMBER = re.compile(r"附\s*(?:件|录|表)?\s*[一二三四五六七八九十\d]{0,2}\s*[:：.、]?")


@dataclass(frozen=True, slots=True)
class Block:
    """A section before it has an id: what it is, where it begins, how deep it lies.

    Attributes
    ----------
    start : int
    depth : int
        1 at the top.
    number, heading : str
    role : Role
    standalone : bool
    text_start, sentence_end, body_start : int
        Of the heading's words, of its sentence, of the text after it.
    prefix : str
        ``A`` for annexes and ``F`` for the footer.
    """

    start: int
    depth: int
    role: Role
    number: str = ""
    heading: str = ""
    standalone: bool = False
    text_start: int = -1
    sentence_end: int = -1
    body_start: int = -1
    prefix: str = ""


def outline_blocks(
    text: str, paragraphs: Sequence[Paragraph], bounds: Bounds, headings: Sequence[Heading], year: int | None
) -> list[Block]:
    """The blocks of a report in order, front matter first."""
    blocks = [Block(0, 1, "front")]
    first = headings[0].paragraph if headings else bounds.end
    body = bounds.body
    if not headings and bounds.opened:
        body = min(bounds.end, bounds.body + _opening_length(paragraphs[bounds.body : bounds.end]))
    stop = first if headings else body
    if bounds.body < stop:
        blocks.append(Block(paragraphs[bounds.body].start, 2, "front"))
    if headings:
        blocks += _body_blocks(text, paragraphs, headings, bounds.end, year)
    elif body < bounds.end:
        last = closing_start(paragraphs, body, bounds.end)
        if last > body:
            blocks.append(Block(paragraphs[body].start, 1, role_by_wording(paragraphs[body:last])))
        if last < bounds.end:
            blocks.append(Block(paragraphs[last].start, 1, "closing"))
    for index in bounds.annexes:
        blocks.append(_annex_block(text, paragraphs, index, bounds.footer))
    if bounds.footer < len(paragraphs):
        blocks.append(Block(paragraphs[bounds.footer].start, 1, "footer", prefix="F"))
    return blocks


def _opening_length(paragraphs: Sequence[Paragraph]) -> int:
    """How many paragraphs the salutation and the formula after it take."""
    if not paragraphs:
        return 0
    return 2 if is_address(paragraphs[0]) and len(paragraphs) > 1 else 1


def _annex_block(text: str, paragraphs: Sequence[Paragraph], index: int, end: int) -> Block:
    paragraph = paragraphs[index]
    line = text[paragraph.start : paragraph.end]
    match = _ANNEX_NUMBER.match(line)
    number = match.group().strip() if match else ""
    text_start, text_end = trim(text, paragraph.start + (match.end() if match else 0), paragraph.end)
    after = index + 1
    if text_start >= text_end and after < end and paragraphs[after].is_short and len(paragraphs[after].key) <= 40:
        text_start, text_end = paragraphs[after].start, paragraphs[after].end
        after += 1
    elif text_start >= text_end:
        text_start, number = paragraph.start, ""
        text_end = paragraph.end
    body_start = paragraphs[after].start if after < len(paragraphs) else text_end
    heading = _one_line(text[text_start:text_end]).rstrip("。：:")
    return Block(
        paragraph.start, 1, "annex", number, heading, True, text_start, text_end, min(body_start, len(text)), "A"
    )


def _one_line(words: str) -> str:
    return re.sub(r"[\r\n]+", "", words)


def _body_blocks(
    text: str, paragraphs: Sequence[Paragraph], headings: Sequence[Heading], end: int, year: int | None
) -> list[Block]:
    tops = [h for h in headings if h.level == 1]
    roles = iter(roles_of_headings([text[h.text_start : h.text_end] for h in tops], year))
    farewell = closing_start(paragraphs, headings[-1].last + 1, end)
    blocks: list[Block] = []
    role: Role = "review"
    for i, heading in enumerate(headings):
        following = headings[i + 1].paragraph if i + 1 < len(headings) else end
        role = next(roles) if heading.level == 1 else role
        blocks.append(_heading_block(text, paragraphs, heading, role))
        ends_top = i + 1 == len(headings) or headings[i + 1].level == 1
        first = heading.last + 1
        if ends_top:
            if heading.level > 1:
                first = _trailing_start(paragraphs, headings, i, following, farewell)
            blocks += _trailing_blocks(paragraphs, first, following, farewell, role, heading.level == 1)
        elif headings[i + 1].level < heading.level or headings[i + 1].style != heading.style:
            blocks += _between_series(paragraphs, headings, i, following, role)
    return blocks


def _heading_block(text: str, paragraphs: Sequence[Paragraph], heading: Heading, role: Role) -> Block:
    words = _one_line(text[heading.text_start : heading.text_end])
    number = _one_line(text[heading.start : heading.text_start]).strip()
    body_start, _ = trim(text, heading.sentence_end, paragraphs[heading.last].end)
    if heading.standalone:
        after = heading.last + 1
        body_start = paragraphs[after].start if after < len(paragraphs) else heading.sentence_end
    return Block(
        heading.start, heading.level, role, number, words, heading.standalone,
        heading.text_start, heading.sentence_end, body_start,
    )  # fmt: skip


def _between_series(
    paragraphs: Sequence[Paragraph], headings: Sequence[Heading], i: int, following: int, role: Role
) -> list[Block]:
    """A block for the paragraphs between two series under one parent, when they speak for the level above."""
    heading, after = headings[i], headings[i + 1]
    if after.level != heading.level or after.ordinal != 1:
        return []
    for index in range(heading.last + 1, following):
        if PAUSE.match(paragraphs[index].key):
            return [Block(paragraphs[index].start, heading.level, role)]
    return []


def _trailing_start(
    paragraphs: Sequence[Paragraph], headings: Sequence[Heading], i: int, end: int, farewell: int
) -> int:
    """The first paragraph after the last subsection that belongs to the level above.

    When its elder siblings are one paragraph each, so is the last; else it reaches to the first paragraph that
    speaks for the whole again.
    """
    heading = headings[i]
    siblings = []
    for j in range(i - 1, -1, -1):
        if headings[j].level < heading.level:
            break
        if headings[j].level == heading.level and headings[j].style == heading.style:
            siblings.append(headings[j + 1].paragraph - headings[j].last)
    first = heading.last + 1 + heading.standalone
    single = sum(count == 1 + h for count, h in ((c, heading.standalone) for c in siblings))
    if len(siblings) >= 3 and single >= 0.8 * len(siblings) or len(siblings) == 2 and single == 2:
        return min(first, end)
    for index in range(first, end):
        if index >= farewell or PAUSE.match(paragraphs[index].key) or is_about_problems(paragraphs[index]):
            return index
    return end


def _trailing_blocks(
    paragraphs: Sequence[Paragraph], first: int, end: int, farewell: int, role: Role, is_introduction: bool
) -> list[Block]:
    """Blocks for runs of paragraphs of one role after the last subsection.

    Without subsections the text up to the first paragraph on problems or the farewell stays the section's own.
    """
    labels: list[Role] = []
    for index in range(first, end):
        if index >= farewell:
            labels.append("closing")
        elif role == "review" and is_about_problems(paragraphs[index]):
            labels.append("problems")
        else:
            labels.append(role)
    for index in range(end - 2, first - 1, -1):
        if is_address(paragraphs[index]):
            labels[index - first] = labels[index - first + 1]
    blocks: list[Block] = []
    before: Role | None = role if is_introduction else None
    for offset, label in enumerate(labels):
        if label != before:
            blocks.append(Block(paragraphs[first + offset].start, 2, label))
            before = label
    return blocks


def build_sections(text: str, blocks: Sequence[Block]) -> tuple[Section, ...]:
    """Sections with ids, parents and ends."""
    counts: dict[str, int] = {}
    stack: list[tuple[int, str]] = []
    parts: list[tuple[Block, str, str]] = []
    for block in blocks:
        while stack and stack[-1][0] >= block.depth:
            stack.pop()
        parent = stack[-1][1] if stack else ""
        name = _name(block, parent, counts, first=not parts)
        parts.append((block, name, parent))
        stack.append((block.depth, name))
    sections = []
    for i, (block, name, parent) in enumerate(parts):
        end = next((b.start for b, _, _ in parts[i + 1 :] if b.depth <= block.depth), len(text))
        body_start = block.body_start if block.heading or block.number else block.start
        level = name.count(".") + 1 if (block.heading or block.number) and not block.prefix else 0
        sections.append(
            Section(
                name, parent, level, block.number, block.heading, block.standalone, block.role,
                block.start, end, min(body_start, end),
            )
        )  # fmt: skip
    return tuple(sections)


def _name(block: Block, parent: str, counts: dict[str, int], *, first: bool) -> str:
    if first:
        return "0"
    if block.prefix == "F":
        return "F"
    key = block.prefix or parent
    counts[key] = counts.get(key, 0) + 1
    if block.prefix:
        return f"{block.prefix}{counts[key]}"
    return f"{parent}.{counts[key]}" if parent else str(counts[key])


def build_sentences(
    text: str, paragraphs: Sequence[Paragraph], sections: Sequence[Section], blocks: Sequence[Block]
) -> tuple[Sentence, ...]:
    """All sentences in order; markers of headings belong to none, a heading is one of its own."""
    sentences: list[Sentence] = []
    position = -1
    skip_to = 0
    for number, paragraph in enumerate(paragraphs, 1):
        while position + 1 < len(blocks) and blocks[position + 1].start <= paragraph.start:
            position += 1
            block = blocks[position]
            if block.text_start >= 0:
                section = sections[position].section_id
                span = trim(text, block.text_start, block.sentence_end)
                if span[0] < span[1]:
                    sentences.append(Sentence(section, number, *span, text[span[0] : span[1]]))
                skip_to = block.sentence_end
        start = max(paragraph.start, skip_to)
        if start >= paragraph.end:
            continue
        section = sections[position].section_id if position >= 0 else "0"
        for a, b in split_sentences(text, start, paragraph.end, lines=False):
            sentences.append(Sentence(section, number, a, b, text[a:b]))
    return tuple(sentences)
