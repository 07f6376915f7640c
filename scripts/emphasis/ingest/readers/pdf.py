"""PDF files with a text layer: pages without running heads and page numbers, lines joined into paragraphs by their places."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence, Set

from emphasis.errors import EmphasisError
from emphasis.ingest.catalogue import warn
from emphasis.ingest.paragraphs import key_of
from emphasis.ingest.readers.page_layout import Column, columns_of, join_lines, line_of, rows_of
from emphasis.ingest.readers.pdf_pages import Piece, read_pages
from emphasis.ingest.readers.reading import Reading

MOST_UNNAMED = 0.1
"""Share of characters that the file's fonts do not name, above which it cannot be read."""
LEAST_CHARACTERS = 40
"""Visible characters per page on average; below that the pages are pictures."""
EDGE = 2
"""Lines at the top and at the bottom of a page that may be running heads."""

_PAGE_NUMBER = re.compile(r"[-—–·.~]*(?:第)?\d{1,3}(?:页)?(?:[/,]?共?\d{1,3}页?)?[-—–·.~]*$")
_DIGITS = re.compile(r"\d+")


def read(data: bytes) -> Reading:
    """The text of a PDF, one paragraph a line, with a note of each page that has no text.

    Raises
    ------
    EmphasisError
        If it is encrypted or has no text layer.
    """
    printed = read_pages(data)
    pages = [rows_of(page.pieces) for page in printed]
    seen = sum(len(key_of(piece.text)) for page in pages for row in page for piece in row)
    if pages and seen < LEAST_CHARACTERS * len(pages):
        found = f"{len(pages)} pages with {seen} characters of text"
        raise EmphasisError(f"is a scanned PDF: {found}; run text recognition (OCR) and save as .txt")
    columns: list[Column] = []
    notes = []
    for number, rows in enumerate(_drop_running_heads(pages)):
        columns += columns_of(rows)
        if not rows and printed[number].shows_something:
            notes.append(warn("page-without-text", page=number + 1, pages=len(pages)))
    text = "\n".join(join_lines(columns))
    if text.count("\ufffd") > MOST_UNNAMED * len(text):
        raise EmphasisError(
            "has fonts that do not say which characters they show; run text recognition (OCR) and save as .txt"
        )
    return Reading(text, "pdf", tuple(notes))


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
