"""From blocks to sections that cover the text, and from these to sentences."""

from __future__ import annotations

from collections.abc import Sequence

from emphasis.ingest.blocks import Block
from emphasis.ingest.model import Section, Sentence
from emphasis.ingest.paragraphs import Paragraph
from emphasis.text import split_sentences, trim


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
