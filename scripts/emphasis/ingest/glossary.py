"""The glossary in a report's annexes: headwords and definitions of an annex called 名词解释 or the like."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from emphasis.ingest.outline import one_line
from emphasis.ingest.paragraphs import key_of, split_paragraphs
from emphasis.ingest.records import Report
from emphasis.text import trim

_GLOSSARY = re.compile(r"名词|用语|术语|词语|词汇|缩略语|注释|解释|释义|名詞|用語|術語|詞語|註釋|解釋|釋義")
_ITEM = re.compile(
    r"(?:[(（〔\[【]?\s*(?:\d{1,3}|[一二三四五六七八九十百]{1,4})\s*(?:[.．、:：)）〕\]】]|(?=[“《]))|[①-⑳⒈-⒛⑴-⒇])\s*"
)
_COLON = re.compile(r"[:：]|——|(?:是|系|即)指|(?<=[”》])(?:是|即)")
_QUOTED = re.compile(r"“[^“”]+”")
_LONGEST_TERM = 60
"""Characters of a headword at most; a colon further on belongs to a sentence."""


class GlossaryEntry(NamedTuple):
    """A headword of a glossary and its definition."""

    term: str  # without quotation marks around the whole of it
    definition: str  # on one line
    start: int  # of the whole entry, as an offset into Source.text; `end` likewise
    end: int


def read_glossary(report: Report) -> tuple[GlossaryEntry, ...]:
    """The entries of all glossaries in a report's annexes, in order.

    Entries without a number are recognised where the glossary numbers none; a paragraph without a headword continues the
    entry above it. A headword of several quoted terms gives one entry for each: “一单制”“一箱制”：….
    """
    text = report.source.text
    entries: list[GlossaryEntry] = []
    for section in report.sections:
        if section.role == "annex" and _GLOSSARY.search(section.heading + section.number):
            base = section.body_start
            found = split_paragraphs(text[base : section.end])
            entries += _read_entries(text, [(p.start + base, p.end + base) for p in found])
    return tuple(entries)


def _read_entries(text: str, parts: Sequence[tuple[int, int]]) -> list[GlossaryEntry]:
    """The entries of the glossary whose paragraphs have these spans."""
    numbers = [_ITEM.match(text, *part) for part in parts]
    numbered = sum(number is not None for number in numbers) * 2 >= len(parts)
    spans: list[tuple[int, int, int]] = []
    for (start, end), number in zip(parts, numbers, strict=True):
        if (number if numbered else _cut_headword(text, start, end)) is not None:
            spans.append((start, number.end() if number else start, end))
        elif spans:
            spans[-1] = (*spans[-1][:2], end)
    return [entry for whole, start, end in spans for entry in _item_entries(text, whole, start, end)]


def _cut_headword(text: str, start: int, end: int) -> tuple[int, int] | None:
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


def _item_entries(text: str, whole: int, start: int, end: int) -> list[GlossaryEntry]:
    cut = _cut_headword(text, start, end)
    if cut is None:
        return []
    first, last = trim(text, start, cut[0])
    term = key_of(one_line(text[first:last])).rstrip(",、。")
    definition = one_line(text[slice(*trim(text, cut[1], end))])
    quoted = _QUOTED.findall(term)
    if quoted and re.fullmatch(r"[、和及与,]*", _QUOTED.sub("", term)):
        return [GlossaryEntry(words.strip("“”"), definition, whole, end) for words in quoted]
    return [GlossaryEntry(term, definition, whole, end)] if term else []
