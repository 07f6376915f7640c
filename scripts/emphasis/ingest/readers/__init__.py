"""From files to text: one reader per format, each in bounded memory."""

from __future__ import annotations

import hashlib
import re
import stat
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from emphasis.errors import EmphasisError, MissingLibraryError
from emphasis.ingest.catalogue import warn
from emphasis.ingest.readers import docx, html, legacy, markdown, odt, pdf, rtf, txt
from emphasis.ingest.readers.apart import READER_PROCESS, TOO_LARGE
from emphasis.ingest.readers.mending import mend
from emphasis.ingest.readers.page_marks import drop_page_marks
from emphasis.ingest.readers.reading import Reading
from emphasis.ingest.records import Source

Reader = Callable[[bytes], Reading]

READERS: dict[str, tuple[Reader, int]] = {
    # suffix: reader, largest file in bytes
    ".txt": (txt.read, 20_000_000),
    ".html": (html.read, 20_000_000),
    ".htm": (html.read, 20_000_000),
    ".md": (markdown.read, 20_000_000),
    ".docx": (docx.read, 50_000_000),
    ".odt": (odt.read, 50_000_000),
    ".rtf": (rtf.read, 50_000_000),
    ".pdf": (pdf.read, 100_000_000),
    ".doc": (legacy.read, 50_000_000),
    ".wps": (legacy.read, 50_000_000),
}
"""A government work report has 10,000 to 40,000 characters; a larger file is something else."""

_IN_PROCESS = frozenset({".txt"})
"""What takes time and memory in proportion to its length, whatever it holds; the others are read apart."""

_SIGNATURES: tuple[tuple[re.Pattern[bytes], str], ...] = (
    (re.compile(rb"\s*\{\\rtf"), ".rtf"),
    (re.compile(rb"%PDF-"), ".pdf"),
    (re.compile(rb"PK\x03\x04.{0,8000}word/", re.DOTALL), ".docx"),
    (re.compile(rb"PK\x03\x04.{0,60}mimetypeapplication/vnd\.oasis\.opendocument\.text", re.DOTALL), ".odt"),
    (re.compile(rb"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), ".doc"),
    (
        re.compile(
            rb"(?:\xef\xbb\xbf)?\s*(?:<!doctype html|<html|<\?xml[^>]{0,100}>\s*<(?:!doctype )?html)", re.IGNORECASE
        ),
        ".html",
    ),
)
"""What files of a kind begin with. Many have the name of another: pages saved as .doc or .txt, and .doc files renamed .docx."""

MOST_CHARACTERS = 1_000_000
"""A longer text is not a report."""


def read_source(path: Path) -> Source:
    """The text of a report's file.

    Raises
    ------
    EmphasisError
        If the file cannot be read as a report; the message says why and what to do.
    """
    name = path.name
    _, largest = READERS.get(path.suffix.lower(), (None, 0))
    if not largest:
        known = ", ".join(sorted(READERS))
        raise EmphasisError(f"{name}: files of this kind are not read; save the report as one of {known}")
    data = _bytes(path, largest)
    try:
        text, encoding, notes = _read(_kind_of(data, path.suffix.lower()), data)
    except EmphasisError as error:
        raise EmphasisError(f"{name}: {error}") from error
    except ImportError as error:
        raise MissingLibraryError(error) from error
    except MemoryError as error:
        raise EmphasisError(f"{name}: {TOO_LARGE}") from error
    source = source_of(name, text, encoding, data)
    return replace(source, notes=(*notes, *source.notes))


def _kind_of(data: bytes, named: str) -> str:
    """The suffix for what a file is, whatever its name says."""
    return next((kind for sign, kind in _SIGNATURES if sign.match(data)), named)


def _read(kind: str, data: bytes) -> Reading:
    """What the reader for a kind of file makes of the file's bytes."""
    if kind == ".txt" and markdown.is_markdown(data):
        reading = READER_PROCESS.read(".md", data)
        return reading._replace(notes=(warn("markdown-in-text"), *reading.notes))
    if kind in _IN_PROCESS:
        return READERS[kind][0](data)
    if READERS[kind][0] is legacy.read:
        # LibreOffice is a process of its own, with its own limit of time.
        return READER_PROCESS.read(".odt", legacy.convert(data))._replace(encoding="doc")
    return READER_PROCESS.read(kind, data)


def source_of(name: str, text: str, encoding: str, data: bytes) -> Source:
    """A text that was read, mended; `data` are the bytes that it came from.

    Raises
    ------
    EmphasisError
        If it is longer than a report.
    """
    text, notes = mend(text)
    text, more = drop_page_marks(text)
    if len(text) > MOST_CHARACTERS:
        raise EmphasisError(f"{name}: has {len(text):,} characters, a report has fewer than {MOST_CHARACTERS:,}")
    return Source(name, hashlib.sha256(data).hexdigest(), encoding, text, (*notes, *more))


def _bytes(path: Path, largest: int) -> bytes:
    """The bytes of a regular file in its folder; a link must not lead out of it."""
    name = path.name
    try:
        if path.is_symlink() and not path.resolve().is_relative_to(path.parent.resolve()):
            raise EmphasisError(f"{name}: is a link that leads out of its folder; put the file itself there")
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise EmphasisError(f"{name}: is not a regular file")
        if status.st_size > largest:
            size, most = status.st_size / 1e6, largest / 1e6
            raise EmphasisError(
                f"{name}: has {size:.0f} MB, more than the {most:.0f} MB a report can have; take out pictures"
            )
        with path.open("rb") as file:
            data = file.read(largest + 1)
    except OSError as error:
        raise EmphasisError(f"{name}: cannot be opened ({error.strerror or error})") from error
    if len(data) > largest:
        raise EmphasisError(f"{name}: grew while it was read")
    return data
