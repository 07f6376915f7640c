"""What a reader makes of a file."""

from __future__ import annotations

from typing import NamedTuple

from emphasis.ingest.records import ReportWarning


class Reading(NamedTuple):
    """The text of a file, how it was encoded, and what the reader has to say about it."""

    text: str
    encoding: str  # Python's name of it; for docx, pdf and the like, the format
    notes: tuple[ReportWarning, ...] = ()


def declares_entities(markup: bytes) -> bool:
    """Whether markup of a word processor's file has a document type, in which entities can be declared; in UTF-8, -16 or -32.

    No word processor writes one, and the text of such entities would be lost, or be that of another file.
    """
    return b"<!DOCTYPE" in markup.replace(b"\0", b"").upper()
