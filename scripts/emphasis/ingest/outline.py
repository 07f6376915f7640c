"""The blocks a report falls into: what each is, where it begins and how deep it lies."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from emphasis.ingest.body import Bounds
from emphasis.ingest.headings import PAUSE, Heading
from emphasis.ingest.model import Report, Role, Section, Sentence
from emphasis.ingest.paragraphs import Paragraph, key_of, paragraphs
from emphasis.ingest.roles import closing_start, is_about_problems, is_address, role_by_wording, roles_of_headings
from emphasis.text import INVISIBLE, split_sentences, trim

_ANNEX_NUMBER = re.compile(r"附\s*(?:件|录|表|注)?\s*[一二三四五六七八九十\d]{0,2}\s*[:：.、]?")
_NOT_ON_A_LINE = re.compile(f"[\\r\\n\\x85\\v\\f{INVISIBLE}]+")
_TITLE_LENGTH = 40
"""Visible characters of an annex's title at most."""


@dataclass(frozen=True, slots=True)
class Block:
    """A section before it has an id.

    Attributes
    ----------
    start : int
    depth : int
        1 at the top.
    role : Role
    number, heading : str
    standalone : bool
    text_start, sentence_end, body_start : int
        Of the heading's words, of its sentence, of the text after it; -1 without a heading.
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


def find_blocks(
    text: str, paragraphs: Sequence[Paragraph], bounds: Bounds, headings: Sequence[Heading], year: int | None
) -> list[Block]:
    """The blocks of a report in order, front matter first."""
    blocks = [Block(0, 1, "front")]
    opening_end = headings[0].paragraph if headings else _opening_end(paragraphs, bounds)
    if bounds.body < opening_end:
        blocks.append(Block(paragraphs[bounds.body].start, 2, "front"))
    if headings:
        blocks += _headed(text, paragraphs, headings, bounds.end, year)
    elif opening_end < bounds.end:
        blocks += _unheaded(paragraphs, opening_end, bounds.end)
    blocks += [_annex(text, paragraphs, index) for index in bounds.annexes]
    if bounds.footer < len(paragraphs):
        blocks.append(Block(paragraphs[bounds.footer].start, 1, "footer", prefix="F"))
    return blocks


def _opening_end(paragraphs: Sequence[Paragraph], bounds: Bounds) -> int:
    """Behind the salutation and the formula after it, in a speech without headings."""
    if not bounds.opened:
        return bounds.body
    return min(bounds.end, bounds.body + (2 if is_address(paragraphs[bounds.body]) else 1))


def _unheaded(paragraphs: Sequence[Paragraph], first: int, end: int) -> list[Block]:
    farewell = closing_start(paragraphs, first, end)
    blocks = []
    if first < farewell:
        blocks.append(Block(paragraphs[first].start, 1, role_by_wording(paragraphs[first:farewell])))
    if farewell < end:
        blocks.append(Block(paragraphs[farewell].start, 1, "closing"))
    return blocks


def _annex(text: str, paragraphs: Sequence[Paragraph], index: int) -> Block:
    """An annex with its title, which may stand in the paragraph below its number."""
    paragraph = paragraphs[index]
    match = _ANNEX_NUMBER.match(text, paragraph.start, paragraph.end)
    number = match.group().strip() if match else ""
    start, end = trim(text, match.end() if match else paragraph.start, paragraph.end)
    after = index + 1
    if start >= end and after < len(paragraphs) and len(paragraphs[after].key) <= _TITLE_LENGTH:
        start, end = paragraphs[after].start, paragraphs[after].end
        after += 1
    elif start >= end:
        start, end, number = paragraph.start, paragraph.end, ""
    body_start = paragraphs[after].start if after < len(paragraphs) else end
    heading = one_line(text[start:end]).rstrip("。：:")
    return Block(paragraph.start, 1, "annex", number, heading, True, start, end, body_start, "A")


def one_line(words: str) -> str:
    """The words without line breaks and marks of no width."""
    return _NOT_ON_A_LINE.sub("", words)


def _headed(
    text: str, paragraphs: Sequence[Paragraph], headings: Sequence[Heading], end: int, year: int | None
) -> list[Block]:
    """The speech from its first heading on."""
    roles = iter(roles_of_headings([text[h.text_start : h.text_end] for h in headings if h.level == 1], year))
    farewell = closing_start(paragraphs, headings[-1].last + 1, end)
    blocks: list[Block] = []
    role: Role = "review"
    for i, heading in enumerate(headings):
        role = next(roles) if heading.level == 1 else role
        blocks.append(_heading(text, paragraphs, heading, role))
        after = headings[i + 1] if i + 1 < len(headings) else None
        stop = after.paragraph if after else end
        if after is None or after.level == 1:
            blocks += _after_last(paragraphs, headings, i, end=stop, farewell=farewell, role=role)
        elif after.level < heading.level:
            first = _trailing_start(paragraphs, headings, i, stop, farewell)
            if first < stop:
                blocks.append(Block(paragraphs[first].start, heading.level, role))
        elif after.level == heading.level and after.ordinal == 1:
            blocks += _between_series(paragraphs, heading, stop, role)
    return blocks


def _heading(text: str, paragraphs: Sequence[Paragraph], heading: Heading, role: Role) -> Block:
    words = one_line(text[heading.text_start : heading.text_end])
    number = one_line(text[heading.start : heading.text_start]).strip()
    body_start, _ = trim(text, heading.sentence_end, paragraphs[heading.last].end)
    if heading.standalone:
        after = heading.last + 1
        body_start = paragraphs[after].start if after < len(paragraphs) else heading.sentence_end
    return Block(
        heading.start,
        heading.level,
        role,
        number,
        words,
        heading.standalone,
        heading.text_start,
        heading.sentence_end,
        body_start,
    )


def _after_last(
    paragraphs: Sequence[Paragraph], headings: Sequence[Heading], i: int, *, end: int, farewell: int, role: Role
) -> list[Block]:
    """What follows the last subsection of a section at the top and speaks for the levels above it."""
    heading = headings[i]
    first = heading.last + 1
    blocks: list[Block] = []
    if heading.level > 1:
        first = _trailing_start(paragraphs, headings, i, end, farewell)
    if heading.level > 2:
        whole = _resumes(paragraphs, first, end, farewell)
        if first < whole:
            blocks.append(Block(paragraphs[first].start, heading.level, role))
        first = whole
    return blocks + _trailing(paragraphs, first, end, farewell, role, own_text=heading.level == 1)


def _between_series(paragraphs: Sequence[Paragraph], heading: Heading, end: int, role: Role) -> list[Block]:
    """A block for the paragraphs between two series under one parent, when they speak for the level above."""
    for index in range(heading.last + 1, end):
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
    single = several = 0
    following = heading.paragraph
    for elder in reversed(headings[:i]):
        if elder.level < heading.level:
            break
        if elder.level == heading.level:
            if elder.style == heading.style:
                is_single = following - elder.last == 1 + elder.standalone
                single, several = single + is_single, several + (not is_single)
            following = elder.paragraph
    first = min(heading.last + 1 + heading.standalone, end)
    if single >= 2 and single >= 4 * several:
        return first
    return _resumes(paragraphs, first, end, farewell)


def _resumes(paragraphs: Sequence[Paragraph], first: int, end: int, farewell: int) -> int:
    """The first paragraph that speaks for the whole again."""
    for index in range(first, end):
        if index >= farewell or PAUSE.match(paragraphs[index].key) or is_about_problems(paragraphs[index]):
            return index
    return end


def _trailing(
    paragraphs: Sequence[Paragraph], first: int, end: int, farewell: int, role: Role, *, own_text: bool
) -> list[Block]:
    """A block for each run of paragraphs of one role.

    With `own_text`, what comes before the first paragraph on problems or the farewell stays the section's own text.
    """
    labels: list[Role] = []
    current = role
    for index in range(first, end):
        paragraph = paragraphs[index]
        if index >= farewell:
            current = "closing"
        elif role == "review" and is_about_problems(paragraph):
            current = "problems"
        elif PAUSE.match(paragraph.key):
            current = role
        labels.append(current)
    for offset in range(len(labels) - 2, -1, -1):
        if is_address(paragraphs[first + offset]):
            labels[offset] = labels[offset + 1]
    blocks: list[Block] = []
    before: Role | None = role if own_text else None
    for offset, label in enumerate(labels):
        if label != before:
            blocks.append(Block(paragraphs[first + offset].start, 2, label))
            before = label
    return blocks


def build_sections(text: str, blocks: Sequence[Block]) -> tuple[Section, ...]:
    r"""Sections with ids, parents and ends.

    Examples
    --------
    >>> blocks = [Block(0, 1, "front"), Block(2, 1, "review", "一、", "回顾", True, 4, 6, 7), Block(9, 2, "problems")]
    >>> [(s.section_id, s.parent_id, s.level, s.start, s.end) for s in build_sections("题\n一、回顾\n好\n坏", blocks)]
    [('0', '', 0, 0, 2), ('1', '', 1, 2, 10), ('1.1', '1', 0, 9, 10)]
    """
    ends = _ends(text, blocks)
    counts: dict[str, int] = {}
    stack: list[tuple[int, str]] = []
    sections = []
    for i, (block, end) in enumerate(zip(blocks, ends, strict=True)):
        while stack and stack[-1][0] >= block.depth:
            stack.pop()
        parent = stack[-1][1] if stack else ""
        name = _name(block, parent, counts) if i else "0"
        stack.append((block.depth, name))
        headed = bool(block.heading or block.number)
        sections.append(
            Section(
                section_id=name,
                parent_id=parent,
                level=len(stack) if headed and not block.prefix else 0,
                number=block.number,
                heading=block.heading,
                standalone=block.standalone,
                role=block.role,
                start=block.start,
                end=end,
                body_start=min(block.body_start, end) if headed else block.start,
            )
        )
    return tuple(sections)


def _ends(text: str, blocks: Sequence[Block]) -> list[int]:
    """Where each block ends: at the next one that lies no deeper."""
    ends = [len(text)] * len(blocks)
    opened: list[int] = []
    for i, block in enumerate(blocks):
        while opened and blocks[opened[-1]].depth >= block.depth:
            ends[opened.pop()] = block.start
        opened.append(i)
    return ends


def _name(block: Block, parent: str, counts: dict[str, int]) -> str:
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


_GLOSSARY = re.compile(r"名词|用语|术语|词语|词汇|缩略语|注释|解释|释义|名詞|用語|術語|詞語|註釋|解釋|釋義")
_ITEM = re.compile(r"[(（〔\[【]?\s*(\d{1,3}|[一二三四五六七八九十百]{1,4})\s*(?:[.．、:：)）〕\]】]|(?=[“《]))\s*")
_CIRCLED = re.compile(r"[①-⑳⒈-⒛⑴-⒇]\s*")
_COLON = re.compile(r"[:：]|——|(?:是|系|即)指|(?<=[”》])(?:是|即)")
_QUOTED = re.compile(r"“[^“”]+”")
_LONGEST_TERM = 60


class Entry(NamedTuple):
    """A headword of a glossary.

    Attributes
    ----------
    term : str
        Without the quotation marks that enclose the whole of it.
    definition : str
        On one line.
    start, end : int
        Of the whole entry, in ``Source.text``.
    """

    term: str
    definition: str
    start: int
    end: int


def glossary(report: Report) -> tuple[Entry, ...]:
    """The entries of all glossaries in a report's annexes, in order.

    An entry without a number is recognised when the glossary numbers none; a paragraph without a headword continues the
    entry above it. A headword of several quoted terms gives one entry each.
    """
    text = report.source.text
    entries: list[Entry] = []
    for section in report.sections:
        if section.role == "annex" and _GLOSSARY.search(section.heading + section.number):
            entries += _entries(text, _body(text, section))
    return tuple(entries)


def _body(text: str, section: Section) -> list[Paragraph]:
    found = paragraphs(text[section.body_start : section.end])
    base = section.body_start
    return [Paragraph(p.start + base, p.end + base, p.key, p.tail) for p in found]


def _entries(text: str, parts: Sequence[Paragraph]) -> list[Entry]:
    numbered = sum(_number(text, p) is not None for p in parts) * 2 >= len(parts)
    spans: list[tuple[int, int, int]] = []
    for part in parts:
        item = _number(text, part)
        start = item if item is not None else part.start
        begins = item is not None if numbered else _split(text, part.start, part.end) is not None
        if begins:
            spans.append((part.start, start, part.end))
        elif spans:
            spans[-1] = (*spans[-1][:2], part.end)
    return [entry for whole, start, end in spans for entry in _terms(text, whole, start, end)]


def _number(text: str, part: Paragraph) -> int | None:
    """The offset behind an entry's number."""
    match = _ITEM.match(text, part.start, part.end) or _CIRCLED.match(text, part.start, part.end)
    return match.end() if match else None


def _split(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Where the headword ends and where the definition begins."""
    depth = 0
    for match in re.finditer(r"[“”《》]|" + _COLON.pattern, text[start:end]):
        mark = match.group()
        if mark in "“《":
            depth += 1
        elif mark in "”》":
            depth = max(0, depth - 1)
        elif depth == 0:
            if match.start() > _LONGEST_TERM:
                return None
            keeps = 0 if mark in ":：" or mark == "——" else match.start()
            return start + match.start(), start + (keeps or match.end())
    return None


def _terms(text: str, whole: int, start: int, end: int) -> list[Entry]:
    cut = _split(text, start, end)
    if cut is None:
        return []
    first, last = trim(text, start, cut[0])
    term = key_of(one_line(text[first:last])).rstrip(",、。")
    definition = one_line(text[slice(*trim(text, cut[1], end))])
    quoted = _QUOTED.findall(term)
    if quoted and re.fullmatch(r"[、和及与,]*", _QUOTED.sub("", term)):
        return [Entry(words.strip("“”"), definition, whole, end) for words in quoted]
    return [Entry(term, definition, whole, end)] if term else []
