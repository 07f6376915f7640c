"""A report from a file: the one function that the workflow calls."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, replace
from hashlib import file_digest
from pathlib import Path
from typing import Any, get_args

from emphasis.errors import EmphasisError
from emphasis.ingest.body import find_bounds
from emphasis.ingest.checks import Parsed, check, grade
from emphasis.ingest.corrections import OutlineOverride, apply_outline, read_outline
from emphasis.ingest.headings import find_headings
from emphasis.ingest.metadata import Reading, as_printed, read_metadata
from emphasis.ingest.model import Metadata, Problem, RegionLevel, Report, Source
from emphasis.ingest.outline import Block, build_sections, build_sentences, find_blocks
from emphasis.ingest.paragraphs import paragraphs
from emphasis.ingest.readers import read
from emphasis.ingest.regions import province_of, region_of_code
from emphasis.ingest.simplify import is_traditional, simplified

_FIELDS = tuple(field.name for field in fields(Metadata))


def ingest(
    path: Path,
    report_id: str,
    overrides: Mapping[str, str] | None = None,
    outline: OutlineOverride | None = None,
) -> Report:
    """Read and parse a report; never raises for bad input: what is wrong becomes `Report.problems`.

    Parameters
    ----------
    path : Path
        A .txt, .html, .htm, .docx or .pdf file.
    report_id : str
    overrides : mapping of str to str, optional
        Metadata given by a person, by the names of `Metadata`; empty values are ignored.
    outline : OutlineOverride, optional
        Replaces the outline that the parser finds.
    """
    try:
        source = read(path)
    except EmphasisError as error:
        problem = Problem("unreadable", str(error), "Mend or replace the file; the other reports are not affected.")
        return Report(report_id, Source(path.name, "", "", ""), Metadata(), problems=(problem,))
    try:
        return parse(source, report_id, overrides, outline)
    except Exception as error:  # one report must not stop the others, whatever is in it
        message = f"{path.name}: the parser failed ({type(error).__name__}: {error})."
        problem = Problem("parser-failed", message, "Please report this with the file; write its outline meanwhile.")
        return Report(report_id, source, Metadata(), problems=(problem,))


def parse(
    source: Source,
    report_id: str,
    overrides: Mapping[str, str] | None = None,
    outline: OutlineOverride | None = None,
) -> Report:
    """Parse a text that was read. Traditional characters are understood through their simplified forms."""
    text = source.text
    plain = simplified(text) if is_traditional(text) else text
    parts = paragraphs(plain)
    if not parts:
        problem = Problem("empty", "The file has no text.", "Replace it; a PDF or page may hold only pictures.")
        return Report(report_id, source, Metadata(), problems=(problem,))
    bounds = find_bounds(parts)
    headings, unplaced = find_headings(plain, parts, bounds.body, bounds.end)
    tops = [plain[h.text_start : h.text_end] for h in headings if h.level == 1]
    reading = read_metadata(plain, parts, bounds, tops)
    metadata, problems = _overridden(as_printed(reading.metadata, text, plain), overrides or {})
    blocks: list[Block] | None = None
    if outline is not None:
        blocks, wrong = _given(text, source, outline)
        problems += wrong
    given = blocks is not None
    if blocks is None:
        blocks = find_blocks(text, parts, bounds, headings, metadata.year)
    sections = build_sections(text, blocks)
    sentences = build_sentences(text, parts, sections, blocks)
    parsed = Parsed(
        text=text,
        paragraphs=parts,
        bounds=None if given else bounds,
        sections=sections,
        metadata=metadata,
        reading=_agreed(reading, metadata, overrides or {}),
        unplaced=() if given else unplaced,
    )
    problems += check(parsed)
    return Report(report_id, source, metadata, sections, sentences, grade(problems), tuple(problems))


def _given(text: str, source: Source, outline: OutlineOverride) -> tuple[list[Block] | None, list[Problem]]:
    """The blocks of an outline written by hand, or what is wrong with it."""
    problems = []
    if outline.sha256 and outline.sha256 != source.sha256:
        message = "The outline was written for another version of this file."
        problems.append(Problem("wrong-outline", message, "Check it against the new file, then renew its sha256."))
    try:
        return apply_outline(text, outline), problems
    except EmphasisError as error:
        message = f"The outline does not fit the report and was not used: {error}"
        return None, [*problems, Problem("wrong-outline", message, "Mend that entry of the .outline.yaml file.")]


def _overridden(metadata: Metadata, overrides: Mapping[str, str]) -> tuple[Metadata, list[Problem]]:
    """The metadata with what a person gave, and what could not be taken over."""
    changes: dict[str, Any] = {}
    problems = []
    for name, given in overrides.items():
        value = str(given or "").strip()
        wrong = ""
        if name not in _FIELDS:
            wrong = f"There is no metadata field {name!r}; known are {', '.join(_FIELDS)}."
        elif name == "year" and value and not (value.isascii() and value.isdigit() and len(value) == 4):
            wrong = f"The year is {value!r}, not four digits."
        elif name == "region_level" and value not in get_args(RegionLevel):
            wrong = f"The region_level is {value!r}, not one of {' '.join(filter(None, get_args(RegionLevel)))}."
        elif name == "adcode" and value and not (value.isascii() and value.isdigit() and len(value) == 6):
            wrong = f"The adcode is {value!r}, not six digits."
        elif value:
            changes[name] = int(value) if name == "year" else value
        if wrong:
            problems.append(Problem("wrong-override", wrong, "Mend this report's row in config/reports.tsv."))
    if "adcode" in changes and (region := region_of_code(changes["adcode"], changes.get("year", metadata.year))):
        derived = {"region": region.name, "region_level": region.level, "province": province_of(region.adcode)}
        changes = derived | changes
    return replace(metadata, **changes), problems


def _agreed(reading: Reading, metadata: Metadata, overrides: Mapping[str, str]) -> Reading:
    """The reading without the disagreements that a person has settled."""
    if overrides.get("year"):
        reading = replace(reading, years={})
    if overrides.get("region") or overrides.get("adcode"):
        nowhere = type(reading.place)()
        reading = replace(reading, title_place=nowhere, meeting_place=nowhere, opening_place=nowhere)
    return reading


OUTLINE = ".outline.yaml"
"""Ending of the file beside a report that holds its outline as a person gave it."""

Overrides = Mapping[str, Mapping[str, str]]


def ingest_files(reports: Iterable[Path], overrides: Overrides, outlines: Iterable[Path]) -> Iterator[Report]:
    """Read and parse reports one after the other; a bad file or outline becomes a problem of its own report.

    Parameters
    ----------
    reports : iterable of Path
    overrides : mapping
        Metadata by report_id and field, as `read_overrides` gives it.
    outlines : iterable of Path
        Files named ``<report_id>.outline.yaml``.
    """
    given = {path.name.removesuffix(OUTLINE): path for path in outlines}
    for path in reports:
        outline, problems = _outline(given[path.stem]) if path.stem in given else (None, ())
        report = ingest(path, path.stem, overrides.get(path.stem), outline)
        if not report.source.sha256:
            report = replace(report, source=replace(report.source, sha256=_sha256(path), encoding="unreadable"))
        yield replace(report, problems=(*problems, *report.problems))


def _outline(path: Path) -> tuple[OutlineOverride | None, tuple[Problem, ...]]:
    try:
        return read_outline(path.read_text(encoding="utf-8")), ()
    except (EmphasisError, OSError, UnicodeDecodeError) as error:
        message = f"{path.name} was not used: {error}"
        return None, (Problem("wrong-outline", message, f"Mend that entry of {path.name}."),)


def _sha256(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return file_digest(file, "sha256").hexdigest()
    except OSError:
        return "0" * 64


def read_overrides(path: Path) -> dict[str, dict[str, str]]:
    """Metadata that a person gave, by report_id: a table with tabs, a header, and any columns of `Metadata`.

    Raises
    ------
    EmphasisError
        With file and line: an unknown column, a row without report_id, a report twice.
    """
    known = ["report_id", *(field.name for field in fields(Metadata))]
    overrides: dict[str, dict[str, str]] = {}
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.DictReader((line for line in file if not line.startswith("#")), delimiter="\t", restkey="more")
        unknown = [name for name in rows.fieldnames or [] if name not in known]
        if unknown or "report_id" not in (rows.fieldnames or []):
            found = f"column {unknown[0]!r}" if unknown else "no column report_id"
            raise EmphasisError(f"{path}: {found}; the columns are separated by tabs and named {', '.join(known)}")
        for number, row in enumerate(rows, start=2):
            report_id = (row.pop("report_id") or "").strip()
            if not report_id or "more" in row or report_id in overrides:
                wrong = "stands there twice" if report_id in overrides else "has no report_id or too many columns"
                raise EmphasisError(f"{path}: row {number} ({report_id or 'no name'}) {wrong}; mend that row")
            overrides[report_id] = {name: value.strip() for name, value in row.items() if value and value.strip()}
    return overrides
