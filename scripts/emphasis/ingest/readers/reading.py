"""What a reader makes of a file."""

from __future__ import annotations

from typing import NamedTuple

from emphasis.ingest.records import ReportWarning


class Reading(NamedTuple):
    """The text of a file, how it was encoded, and what the reader has to say about it."""

    text: str
    encoding: str  # Python's name of it; for docx, pdf and the like, the format
    notes: tuple[ReportWarning, ...] = ()
