"""An outline written by hand: its text form, and the sections it stands for.

The file lists the sections in the order of the text. Each is found by the words it begins with, so that a person can
add, remove and re-level sections without counting characters.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, cast, get_args

import yaml

from emphasis.errors import EmphasisError
from emphasis.ingest.model import Report, Role, Section
from emphasis.ingest.outline import Block
from emphasis.text import INVISIBLE, SPACES, squeeze, trim

_SKIP = frozenset(SPACES + INVISIBLE)
_KEYS = frozenset({"begins", "depth", "role", "number", "heading", "at"})
_SHORTEST, _LONGEST = 12, 200
_HEAD = """\
# The outline of {report_id}. Edit it and keep it as {report_id}.outline.yaml beside the report; it then replaces what
# the parser finds. One entry per section, in the order of the text:
#   begins   the first characters of the section, number included; spaces do not matter
#   depth    1 for a section at the top, 2 for a subsection, ...
#   role     {roles}
#   number   as printed; leave out if there is none
#   heading  without number and final stop; leave out if the section has none
#   at       characters of the file before the section; only where the same words stand earlier, too
# The first entry is the front matter; every entry ends where the next one of the same or a smaller depth begins.
"""


@dataclass(frozen=True, slots=True)
class Entry:
    """One section of an outline written by hand."""

    begins: str
    depth: int
    role: Role
    number: str = ""
    heading: str = ""
    at: int | None = None


@dataclass(frozen=True, slots=True)
class OutlineOverride:
    """An outline written by hand.

    Attributes
    ----------
    sha256 : str
        Of the file it was written for; empty if it does not say.
    entries : tuple of Entry
    """

    sha256: str
    entries: tuple[Entry, ...]


def write_outline(report: Report) -> str:
    """A report's outline as a file to edit."""
    text = report.source.text
    entries: list[dict[str, Any]] = []
    position = 0
    for section in report.sections:
        entry: dict[str, Any] = {
            "begins": _begins(text, position, section),
            "depth": section.section_id.count(".") + 1,
            "role": section.role,
        }
        entry |= {k: v for k, v in (("number", section.number), ("heading", section.heading)) if v}
        entries.append(entry)
        if _find(text, entry["begins"], position) != section.start and len(entries) > 1:
            entry["at"] = section.start
        position = _behind(text, section.start, section.number + section.heading) if len(entries) > 1 else 0
    roles = " ".join(get_args(Role))
    head = _HEAD.format(report_id=report.report_id, roles=roles)
    content = {"sha256": report.source.sha256, "sections": entries}
    return head + str(yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=200))


def read_outline(text: str) -> OutlineOverride:
    """An outline from its file's text.

    Raises
    ------
    EmphasisError
        If it is no outline; the message names the entry and what to do.
    """
    try:
        content = yaml.safe_load(text)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f"line {mark.line + 1}: " if mark else ""
        raise EmphasisError(f"{where}is not YAML ({getattr(error, 'problem', None) or error})") from error
    except RecursionError as error:
        raise EmphasisError("is nested too deeply for an outline") from error
    if not isinstance(content, dict) or not isinstance(content.get("sections"), list) or not content["sections"]:
        raise EmphasisError("has no list `sections`; write one with `snakemake outline` to see its form")
    entries = tuple(_entry(i, raw) for i, raw in enumerate(content["sections"], 1))
    return OutlineOverride(str(content.get("sha256") or ""), entries)


def _entry(position: int, raw: object) -> Entry:
    where = f"section {position}"
    if not isinstance(raw, dict):
        raise EmphasisError(f"{where}: is {raw!r} instead of begins, depth and role")
    unknown = sorted(str(key) for key in raw if key not in _KEYS)
    if unknown:
        raise EmphasisError(f"{where}: unknown key {unknown[0]!r}; known are {', '.join(sorted(_KEYS))}")
    begins, depth, role = str(raw.get("begins") or ""), raw.get("depth"), str(raw.get("role") or "")
    if not isinstance(depth, int) or isinstance(depth, bool) or not 1 <= depth <= 6:
        raise EmphasisError(f"{where}: depth is {depth!r}, not a number from 1 to 6")
    if role not in get_args(Role):
        raise EmphasisError(f"{where}: role is {role!r}, not one of {' '.join(get_args(Role))}")
    if position > 1 and not squeeze(begins)[0]:
        raise EmphasisError(f"{where}: begins is empty; give the first characters of the section")
    number, heading, at = str(raw.get("number") or ""), str(raw.get("heading") or ""), raw.get("at")
    if at is not None and (not isinstance(at, int) or at < 0):
        raise EmphasisError(f"{where}: at is {at!r}, not a number of characters")
    return Entry(begins, depth, cast("Role", role), number, heading, at)


def _begins(text: str, position: int, section: Section) -> str:
    """As many of a section's first characters as it takes to find it again."""
    visible = squeeze(text[section.start : section.start + _LONGEST])[0]
    for length in range(min(_SHORTEST, len(visible)), len(visible) + 1):
        if _find(text, visible[:length], position) == section.start:
            return visible[:length]
    return visible


def _find(text: str, words: str, position: int) -> int:
    """Where `words` stand at or after `position`, whatever white space lies between them; -1 if nowhere."""
    start = text.find(words[0], position)
    while start >= 0:
        at = start
        for character in words:
            while at < len(text) and text[at] in _SKIP:
                at += 1
            if at >= len(text) or text[at] != character:
                break
            at += 1
        else:
            return start
        start = text.find(words[0], start + 1)
    return -1


def apply_outline(text: str, outline: OutlineOverride) -> list[Block]:
    """The blocks that an outline stands for.

    Raises
    ------
    EmphasisError
        If a section's words are not in the text after those of the section before.
    """
    blocks: list[Block] = []
    position = 0
    for i, entry in enumerate(outline.entries, 1):
        words = squeeze(entry.begins)[0]
        start = _find(text, words, position if entry.at is None else max(position, entry.at)) if words and i > 1 else 0
        if start < 0:
            raise EmphasisError(f"section {i}: {entry.begins!r} does not stand in the report after section {i - 1}")
        if entry.depth > (blocks[-1].depth if blocks else 0) + 1:
            raise EmphasisError(f"section {i}: depth {entry.depth} has no section of depth {entry.depth - 1} above it")
        blocks.append(_block(text, start, entry, i))
        position = _behind(text, start, entry.number + entry.heading) if i > 1 else 0
    return blocks


def _block(text: str, start: int, entry: Entry, position: int) -> Block:
    prefix = {"annex": "A", "footer": "F"}.get(entry.role, "") if entry.depth == 1 else ""
    if not entry.heading and not entry.number:
        return Block(start, entry.depth, entry.role, prefix=prefix)
    number, heading = squeeze(entry.number)[0], squeeze(entry.heading)[0]
    text_start = _after(text, start, number)
    if text_start < 0 or _after(text, text_start, heading) < 0:
        raise EmphasisError(f"section {position}: {entry.number}{entry.heading!r} is not how {entry.begins!r} begins")
    text_start, _ = trim(text, text_start, len(text))
    end = _after(text, text_start, heading)
    sentence_end = end
    while sentence_end < len(text) and text[sentence_end] in "。.．：:！!？?":
        sentence_end += 1
    line_end = min((i for c in "\r\n" if (i := text.find(c, end)) >= 0), default=len(text))
    standalone = not text[sentence_end:line_end].strip(SPACES + INVISIBLE)
    body_start, _ = trim(text, sentence_end, len(text))
    return Block(
        start,
        entry.depth,
        entry.role,
        entry.number,
        entry.heading,
        standalone,
        text_start,
        sentence_end,
        body_start,
        prefix,
    )


def _behind(text: str, start: int, words: str) -> int:
    """The first offset at which the section after one that begins at `start` with `words` may begin."""
    return max(start + 1, _after(text, start, squeeze(words)[0]))


def _after(text: str, start: int, words: str) -> int:
    """The offset behind `words`, which stand at `start` but for white space; -1 if they do not."""
    at = start
    for character in words:
        while at < len(text) and text[at] in _SKIP:
            at += 1
        if at >= len(text) or text[at] != character:
            return -1
        at += 1
    return at


def outline_file(report_id: str) -> str:
    """The name of the file that replaces a report's outline."""
    return f"{report_id}.outline.yaml"


__all__: Sequence[str] = ("Entry", "OutlineOverride", "apply_outline", "outline_file", "read_outline", "write_outline")
