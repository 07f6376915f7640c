"""Corrections by the user: metadata in config/reports.tsv, and outlines in files next to the reports.

An outline file lists the sections in the order of the text. Each is found by the words it begins with, so that sections
can be added, removed and moved to another level without counting characters.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any, cast, get_args

import yaml

from emphasis.errors import EmphasisError
from emphasis.ingest.catalogue import warn
from emphasis.ingest.groupings import METADATA_FIELDS, read_metadata_table
from emphasis.ingest.outline import Block
from emphasis.ingest.records import YEARS, Horizon, Metadata, RegionLevel, Report, ReportWarning, Role, Section, is_year
from emphasis.ingest.regions import province_of, region_of_code
from emphasis.ingest.roles import horizon_of_heading
from emphasis.store.markup import fault_of_yaml, from_yaml
from emphasis.text import UNSEEN, squeeze, trim

OUTLINE_SUFFIX = ".outline.yaml"
"""End of the name of the file that holds a corrected outline: ``<report_id>.outline.yaml``."""

MetadataCorrections = Mapping[str, Mapping[str, str]]
"""Values of metadata by report_id and field."""

_FIELDS = METADATA_FIELDS
_KEYS = frozenset({"begins", "depth", "role", "number", "heading", "at", "horizon"})
_DAYS = {"date": re.compile(r"\d{4}-\d\d-\d\d"), "published": re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d)?")}
_OR_TIME = " or a time like 2025-01-08T09:30"
_SHORTEST, _LONGEST = 12, 200
"""Visible characters of `begins` at least, and characters of the section that they are taken from."""
_HEAD = """\
# The outline of {report_id}. Edit it and save it as {report_id}.outline.yaml next to the report; it then replaces what
# the parser finds. One entry per section, in the order of the text:
#   begins   the first characters of the section, number included; spaces do not matter
#   depth    1 for a section at the top, 2 for a subsection, ...
#   role     {roles}
#   horizon  of a plan, year or multi-year; leave out elsewhere
#   number   as printed; leave out if there is none
#   heading  without number and final stop; leave out if the section has none
#   at       characters of the file before the section; only where the same words also occur earlier
# The first entry is the front matter; every entry ends where the next one of the same or a smaller depth begins.
"""


@dataclass(frozen=True, slots=True)
class OutlineEntry:
    """One section of a corrected outline."""

    begins: str
    depth: int
    role: Role
    number: str = ""
    heading: str = ""
    at: int | None = None
    horizon: Horizon = ""


@dataclass(frozen=True, slots=True)
class OutlineCorrection:
    """An outline written by the user."""

    sha256: str  # of the file it was written for; empty if it does not say
    entries: tuple[OutlineEntry, ...]


def read_metadata_corrections(path: Path) -> dict[str, dict[str, str]]:
    """Corrected metadata by report_id, from a tab-separated table with a header and any columns of `Metadata`.

    Its other columns are groupings, see `emphasis.ingest.groupings`, and left out.

    Raises
    ------
    EmphasisError
        With file and line: a column that is nearly called like one of `Metadata`, a row without report_id, a report twice.
    """
    return {
        report_id: {name: value for name, value in row.items() if name in _FIELDS and value}
        for report_id, row in read_metadata_table(path).items()
    }


def correct_metadata(metadata: Metadata, corrections: Mapping[str, str]) -> tuple[Metadata, list[ReportWarning]]:
    """The metadata with the corrections, and a warning for each that is invalid; empty ones are ignored."""
    changes: dict[str, Any] = {}
    warnings = []
    for name, given in corrections.items():
        value = str(given or "").strip()
        wrong = ""
        if name not in _FIELDS:
            wrong = f"There is no metadata field {name!r}; known are {', '.join(_FIELDS)}."
        elif name == "year" and value and not is_year(value):
            wrong = f"The year is {value!r}, not one from {YEARS[0]} to {YEARS[-1]}."
        elif name == "region_level" and value not in get_args(RegionLevel):
            wrong = f"The region_level is {value!r}, not one of {' '.join(filter(None, get_args(RegionLevel)))}."
        elif name == "adcode" and value and not (value.isascii() and value.isdigit() and len(value) == 6):
            wrong = f"The adcode is {value!r}, not six digits."
        elif name in _DAYS and value and not _is_day(value, _DAYS[name]):
            wrong = f"The {name} is {value!r}, not a day like 2025-01-08{_OR_TIME if name == 'published' else ''}."
        elif value:
            changes[name] = int(value) if name == "year" else value
        if wrong:
            warnings.append(warn("wrong-override", wrong=wrong))
    if "adcode" in changes and (region := region_of_code(changes["adcode"], changes.get("year", metadata.year))):
        derived = {"region": region.name, "region_level": region.level, "province": province_of(region.adcode)}
        changes = derived | changes
    return replace(metadata, **changes), warnings


def _is_day(value: str, form: re.Pattern[str]) -> bool:
    """Whether a value has a form of ISO 8601 and is in the calendar."""
    try:
        return bool(form.fullmatch(value) and datetime.fromisoformat(value))
    except ValueError:
        return False


def write_outline(report: Report) -> str:
    """A report's outline as the text of a file to edit."""
    text = report.source.text
    entries: list[dict[str, Any]] = []
    position = 0
    for section in report.sections:
        depth = section.section_id.count(".") + 1
        entry: dict[str, Any] = {"begins": _begins(text, position, section), "depth": depth, "role": section.role}
        entry |= {
            k: v
            for k, v in (("horizon", section.horizon), ("number", section.number), ("heading", section.heading))
            if v
        }
        entries.append(entry)
        if _find(text, entry["begins"], position) != section.start and len(entries) > 1:
            entry["at"] = section.start
        position = _next_start(text, section.start, section.number + section.heading) if len(entries) > 1 else 0
    head = _HEAD.format(report_id=report.report_id, roles=" ".join(get_args(Role)))
    content = {"sha256": report.source.sha256, "sections": entries}
    return head + str(yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=200))


def read_outline(text: str) -> OutlineCorrection:
    """An outline from its file's text.

    Raises
    ------
    EmphasisError
        If it is no outline; the message names the entry and what to do.
    """
    try:
        content = from_yaml(text)
    except yaml.YAMLError as error:
        raise EmphasisError(f"is not YAML: {fault_of_yaml(error)}") from error
    if not isinstance(content, dict) or not isinstance(content.get("sections"), list) or not content["sections"]:
        raise EmphasisError("has no list `sections`; write one with `snakemake outline` to see its form")
    entries = tuple(_entry(i, raw) for i, raw in enumerate(content["sections"], 1))
    return OutlineCorrection(str(content.get("sha256") or ""), entries)


def _entry(position: int, raw: object) -> OutlineEntry:
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
    horizon = str(raw.get("horizon") or "")
    if horizon not in get_args(Horizon) or (horizon and role != "plan"):
        raise EmphasisError(f"{where}: horizon is {horizon!r}; only a plan has one, year or multi-year")
    return OutlineEntry(begins, depth, cast("Role", role), number, heading, at, cast("Horizon", horizon))


def _begins(text: str, position: int, section: Section) -> str:
    """As many of a section's first characters as are needed to find it again."""
    visible = squeeze(text[section.start : section.start + _LONGEST])[0]
    starts = (visible[:length] for length in range(min(_SHORTEST, len(visible)), len(visible) + 1))
    return next((words for words in starts if _find(text, words, position) == section.start), visible)


def _find(text: str, words: str, position: int) -> int:
    """Where `words` occur at or after `position`, with or without white space between them; -1 if nowhere."""
    start = text.find(words[:1], position)
    while start >= 0 and _end_of(text, start, words) < 0:
        start = text.find(words[:1], start + 1)
    return start


def apply_outline(text: str, outline: OutlineCorrection) -> list[Block]:
    """The blocks that an outline describes.

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
        block = _block(text, start, entry, i)
        blocks.append(replace(block, horizon=_horizon(entry, blocks)))
        position = _next_start(text, start, entry.number + entry.heading) if i > 1 else 0
    return blocks


def _horizon(entry: OutlineEntry, above: Sequence[Block]) -> Horizon:
    """The horizon of a plan: as given, or as its heading says, or that of the section above it, or the year."""
    if entry.role != "plan":
        return ""
    parent = next((block for block in reversed(above) if block.depth < entry.depth), None)
    inherited = parent.horizon if parent else ""
    return entry.horizon or horizon_of_heading(entry.heading) or inherited or "year"


def _block(text: str, start: int, entry: OutlineEntry, position: int) -> Block:
    prefix = {"annex": "A", "footer": "F"}.get(entry.role, "") if entry.depth == 1 else ""
    if not entry.heading and not entry.number:
        return Block(start, entry.depth, entry.role, prefix=prefix)
    number, heading = squeeze(entry.number)[0], squeeze(entry.heading)[0]
    text_start = _end_of(text, start, number)
    if text_start < 0 or _end_of(text, text_start, heading) < 0:
        raise EmphasisError(f"section {position}: {entry.number}{entry.heading!r} is not how {entry.begins!r} begins")
    text_start, _ = trim(text, text_start, len(text))
    end = _end_of(text, text_start, heading)
    sentence_end = end
    while sentence_end < len(text) and text[sentence_end] in "。.．：:！!？?":
        sentence_end += 1
    line_end = min((i for c in "\r\n" if (i := text.find(c, end)) >= 0), default=len(text))
    standalone = UNSEEN.issuperset(text[sentence_end:line_end])
    body_start, _ = trim(text, sentence_end, len(text))
    place = (text_start, sentence_end, body_start)
    words_of = (entry.number, entry.heading, standalone)
    return Block(start, entry.depth, entry.role, *words_of, *place, prefix)


def _next_start(text: str, start: int, words: str) -> int:
    """The first offset at which the section after one that begins at `start` with `words` may begin."""
    return max(start + 1, _end_of(text, start, squeeze(words)[0]))


def _end_of(text: str, start: int, words: str) -> int:
    """The offset after `words`, which begin at `start` apart from white space; -1 if they do not."""
    at = start
    for character in words:
        while at < len(text) and text[at] in UNSEEN:
            at += 1
        if at >= len(text) or text[at] != character:
            return -1
        at += 1
    return at
