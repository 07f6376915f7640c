"""The glossary printed after a report: its headwords and what they are said to mean."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from emphasis.ingest.blocks import one_line
from emphasis.ingest.model import Report, Section
from emphasis.ingest.paragraphs import Paragraph, key_of, paragraphs
from emphasis.text import trim

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
