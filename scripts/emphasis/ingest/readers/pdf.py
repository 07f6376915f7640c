"""PDF files with a text layer: pages without running heads and page numbers, lines joined into paragraphs by their places."""

from __future__ import annotations

import io
import logging
import math
import re
import time
from collections import Counter
from collections.abc import Sequence, Set
from typing import Any

from emphasis.errors import EmphasisError
from emphasis.ingest.catalogue import warn
from emphasis.ingest.paragraphs import key_of
from emphasis.ingest.readers.page_layout import Column, Piece, columns_of, join_lines, line_of, rows_of
from emphasis.ingest.readers.reading import Reading

MOST_PAGES = 400
MOST_SECONDS = 120.0
LEAST_CHARACTERS = 40
"""Visible characters per page on average; below that the pages are pictures."""
EDGE = 2
"""Lines at the top and at the bottom of a page that may be running heads."""
_DRAWN = 20_000
"""Bytes of drawing on a page without text, from which it is no blank page: text may have been turned into shapes."""

_PAGE_NUMBER = re.compile(r"[-—–·.~]*(?:第)?\d{1,3}(?:页)?(?:[/,]?共?\d{1,3}页?)?[-—–·.~]*$")
_DIGITS = re.compile(r"\d+")


def read(data: bytes) -> Reading:
    """The text of a PDF, one paragraph a line, with a note of each page that has no text.

    Raises
    ------
    EmphasisError
        If it is encrypted, has no text layer, or takes too long.
    """
    pages, drawn = _read_pages(data)
    seen = sum(len(key_of(piece.text)) for page in pages for row in page for piece in row)
    if pages and seen < LEAST_CHARACTERS * len(pages):
        found = f"{len(pages)} pages with {seen} characters of text"
        raise EmphasisError(f"is a scanned PDF: {found}; run text recognition (OCR) and save as .txt")
    columns: list[Column] = []
    notes = []
    for number, rows in enumerate(_drop_running_heads(pages)):
        columns += columns_of(rows)
        if not rows and drawn[number]:
            notes.append(warn("page-without-text", page=number + 1, pages=len(pages)))
    return Reading("\n".join(join_lines(columns)), "pdf", tuple(notes))


def _read_pages(data: bytes) -> tuple[list[list[list[Piece]]], list[bool]]:
    """The rows of text of each page, and whether it shows something besides."""
    import pypdf  # noqa: PLC0415  # only PDFs need it

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    reader: Any = pypdf.PdfReader(io.BytesIO(data), strict=False)
    if reader.is_encrypted and not reader.decrypt(""):
        raise EmphasisError("is encrypted; save it without a password")
    if len(reader.pages) > MOST_PAGES:
        raise EmphasisError(f"has {len(reader.pages)} pages, a report has fewer than {MOST_PAGES}")
    started = time.monotonic()
    pages, drawn = [], []
    for page in reader.pages:
        pages.append(rows_of(_pieces(page)))
        # Only pages with next to no text are asked: others may have a picture, too.
        drawn.append(len(pages[-1]) <= 2 * EDGE and _shows_something(page))
        if time.monotonic() - started > MOST_SECONDS:
            raise EmphasisError(f"takes longer than {MOST_SECONDS:.0f} s to read; save its text as .txt")
    return pages, drawn


def _pieces(page: Any) -> list[Piece]:
    """The pieces of text of a page as a reader holds it, without what is printed at a slant, such as a watermark."""
    found: dict[int, list[Piece]] = {0: [], 90: [], 180: [], 270: []}
    space = ""

    def visit(text: str, cm: Sequence[float], tm: Sequence[float], _font: object, font_size: float) -> None:
        nonlocal space
        words = text.strip("\r\n")
        if not key_of(words):
            space = " " if words and "\n" not in text else ""
            return
        a, b, c, d, x, y = _multiply(tm, cm)
        size = abs(font_size) * math.hypot(c, d) or 1.0
        angle = math.degrees(math.atan2(b, a)) % 360
        turned = round(angle / 90) * 90 % 360
        if abs(angle - round(angle / 90) * 90) < 2:
            sine, cosine = ((0, 1), (1, 0), (0, -1), (-1, 0))[turned // 90]
            found[turned].append(Piece(words, x * cosine + y * sine, y * cosine - x * sine, size))
            if space:
                piece = found[turned][-1]
                found[turned][-1] = Piece(" " + words, piece.x - 0.5 * size, piece.y, size)
        space = ""

    page.extract_text(visitor_text=visit)
    return max(found.values(), key=lambda pieces: sum(len(piece.text) for piece in pieces))


def _multiply(a: Sequence[float], b: Sequence[float]) -> tuple[float, float, float, float, float, float]:
    return (
        a[0] * b[0] + a[1] * b[2],
        a[0] * b[1] + a[1] * b[3],
        a[2] * b[0] + a[3] * b[2],
        a[2] * b[1] + a[3] * b[3],
        a[4] * b[0] + a[5] * b[2] + b[4],
        a[4] * b[1] + a[5] * b[3] + b[5],
    )


def _shows_something(page: Any) -> bool:
    """Whether a page has pictures, or more drawing than a frame: without text it is then not blank."""
    resources = page.get("/Resources")
    if resources is not None and resources.get_object().get("/XObject"):
        return True
    contents = page.get_contents()
    return contents is not None and len(contents.get_data()) > _DRAWN


def _drop_running_heads(pages: Sequence[list[list[Piece]]]) -> list[list[list[Piece]]]:
    """The rows without page numbers, and without those at the edge of more than half of the pages."""
    texts = [[line_of(row).text for row in page] for page in pages]
    edges = Counter(edge for page in texts for edge in {_mask_digits(line) for line in (*page[:EDGE], *page[-EDGE:])})
    frequent = {line for line, count in edges.items() if len(pages) >= 3 and count > len(pages) / 2}
    kept = []
    for page, lines in zip(pages, texts, strict=True):
        first, last = 0, len(lines)
        while first < min(EDGE, last) and _is_edge(lines[first], frequent):
            first += 1
        while last > max(first, len(lines) - EDGE) and _is_edge(lines[last - 1], frequent):
            last -= 1
        kept.append(page[first:last])
    return kept


def _is_edge(line: str, frequent: Set[str]) -> bool:
    """Whether a line at the edge of a page is a page number or a running head; a sentence is neither."""
    key = key_of(line)
    return (
        not key
        or _PAGE_NUMBER.fullmatch(key) is not None
        or (_mask_digits(line) in frequent and key[-1] not in "。;!?")
    )


def _mask_digits(line: str) -> str:
    """The key of a line with # for its numbers, so that running heads with a page number are alike."""
    return _DIGITS.sub("#", key_of(line))
