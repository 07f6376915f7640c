"""A report from a file: the one function that the workflow calls."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from emphasis.errors import EmphasisError
from emphasis.ingest.blocks import find_blocks
from emphasis.ingest.bounds import find_bounds
from emphasis.ingest.headings import find_headings
from emphasis.ingest.metadata import read_metadata
from emphasis.ingest.model import Metadata, Problem, Report, Source
from emphasis.ingest.paragraphs import paragraphs
from emphasis.ingest.readers import read
from emphasis.ingest.sections import build_sections, build_sentences


def ingest(
    path: Path,
    report_id: str,
    overrides: Mapping[str, str] | None = None,
    outline: None = None,
) -> Report:
    """Read and parse a report; never raises for bad input: what is wrong becomes `Report.problems`."""
    try:
        source = read(path)
    except EmphasisError as error:
        problem = Problem("unreadable", str(error), "Mend or replace the file; the other reports are not affected.")
        return Report(report_id, Source(path.name, "", "", ""), Metadata(), problems=(problem,))
    return parse(source, report_id)


def parse(source: Source, report_id: str) -> Report:
    """Parse a report that was read."""
    text = source.text
    parts = paragraphs(text)
    if not parts:
        return Report(report_id, source, Metadata())
    bounds = find_bounds(parts)
    headings = find_headings(text, parts, bounds.body, bounds.end)
    tops = [text[h.text_start : h.text_end] for h in headings if h.level == 1]
    reading = read_metadata(text, parts, bounds, tops)
    blocks = find_blocks(text, parts, bounds, headings, reading.metadata.year)
    sections = build_sections(text, blocks)
    sentences = build_sentences(text, parts, sections, blocks)
    return Report(report_id, source, reading.metadata, sections, sentences, "medium", ())
