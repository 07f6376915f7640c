"""PDF files with a text layer: pages without running heads and page numbers, lines joined into paragraphs."""

from __future__ import annotations

import io
import logging
import re
import time
from collections import Counter
from collections.abc import Sequence, Set
from typing import Any

from emphasis.errors import EmphasisError
from emphasis.ingest.paragraphs import key_of, split_paragraphs

MOST_PAGES = 400
MOST_SECONDS = 120.0
LEAST_CHARACTERS = 40
"""Visible characters per page on average; below that the pages are pictures."""
EDGE = 2
"""Lines at the top and at the bottom of a page that may be running heads."""

_PAGE_NUMBER = re.compile(r"[-—–·.~]*(?:第)?\d{1,3}(?:页)?(?:[/,]?共?\d{1,3}页?)?[-—–·.~]*$")
_DIGITS = re.compile(r"\d+")


def read(data: bytes) -> tuple[str, str]:
    """The text of a PDF and the word ``pdf``.

    Raises
    ------
    EmphasisError
        If it is encrypted, has no text layer, or takes too long.
    """
    pages = _drop_running_heads(_read_pages(data))
    seen = sum(len(key_of(line)) for page in pages for line in page)
    if pages and seen < LEAST_CHARACTERS * len(pages):
        found = f"{len(pages)} pages with {seen} characters of text"
        raise EmphasisError(f"is a scanned PDF: {found}; run text recognition (OCR) and save as .txt")
    lines = "\n".join(line for page in pages for line in page)
    return "\n".join(lines[p.start : p.end].replace("\n", "") for p in split_paragraphs(lines)), "pdf"


def _read_pages(data: bytes) -> list[list[str]]:
    """The lines of each page that are not blank."""
    import pypdf  # noqa: PLC0415  # only PDFs need it

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    reader: Any = pypdf.PdfReader(io.BytesIO(data), strict=False)
    if reader.is_encrypted and not reader.decrypt(""):
        raise EmphasisError("is encrypted; save it without a password")
    if len(reader.pages) > MOST_PAGES:
        raise EmphasisError(f"has {len(reader.pages)} pages, a report has fewer than {MOST_PAGES}")
    started = time.monotonic()
    pages = []
    for page in reader.pages:
        pages.append([line.rstrip() for line in (page.extract_text() or "").splitlines() if key_of(line)])
        if time.monotonic() - started > MOST_SECONDS:
            raise EmphasisError(f"takes longer than {MOST_SECONDS:.0f} s to read; save its text as .txt")
    return pages


def _drop_running_heads(pages: Sequence[list[str]]) -> list[list[str]]:
    """The lines without page numbers, and without those at the edge of more than half of the pages."""
    edges = Counter(edge for page in pages for edge in {_mask_digits(line) for line in (*page[:EDGE], *page[-EDGE:])})
    frequent = {line for line, count in edges.items() if len(pages) >= 3 and count > len(pages) / 2}
    kept = []
    for page in pages:
        lines = list(page)
        for at in (0, -1):
            for _ in range(EDGE):
                if lines and _is_edge(lines[at], frequent):
                    lines.pop(at)
        kept.append(lines)
    return kept


def _is_edge(line: str, frequent: Set[str]) -> bool:
    """Whether a line at the edge of a page is a page number or a running head; a sentence is neither."""
    key = key_of(line)
    return _PAGE_NUMBER.fullmatch(key) is not None or (_mask_digits(line) in frequent and key[-1] not in "。;!?")


def _mask_digits(line: str) -> str:
    """The key of a line with # for its numbers, so that running heads with a page number are alike."""
    return _DIGITS.sub("#", key_of(line))
