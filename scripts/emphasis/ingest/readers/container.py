"""Files that are zip archives of markup (.docx, .odt, .xlsx): what is in them is bounded before it is unpacked."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager

from emphasis.errors import EmphasisError
from emphasis.ingest.readers.reading import declares_entities

MOST_UNPACKED = 200_000_000
"""Bytes of all parts of the container together, unpacked."""
MOST_XML = 40_000_000
"""Bytes of all parts of markup together; those of a report have about a million."""
MOST_TAGS = 500_000
"""Of all parts of markup together; in memory each takes many times what it takes in the file."""
MOST_PARTS = 5_000
_MARKUP = (".xml", ".rels")


@contextmanager
def open_container(data: bytes, kind: str) -> Iterator[zipfile.ZipFile]:
    """The container of a file of a kind (docx, odt), after its sizes were checked; reading a part is bounded by them.

    Raises
    ------
    EmphasisError
        If it is damaged, encrypted or larger than a report when unpacked, or declares entities.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as container:
            _check(container)
            yield container
    except (zipfile.BadZipFile, KeyError) as error:
        raise EmphasisError(f"is damaged or no .{kind} file; open it in a word processor and save it again") from error


def _check(container: zipfile.ZipFile) -> None:
    parts = container.infolist()
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise EmphasisError("unpacks to more than a report can hold; save its text as .txt")
    markup = [part for part in parts if part.filename.endswith(_MARKUP)]
    if (size := sum(part.file_size for part in markup)) > MOST_XML:
        largest = max(markup, key=lambda part: part.file_size)
        raise EmphasisError(
            f"holds {size / 1e6:.0f} MB of markup, {largest.file_size / 1e6:.0f} MB in {largest.filename}; save its text as .txt"
        )
    if any(part.flag_bits & 1 for part in parts):
        raise EmphasisError("is encrypted; save it without a password")
    tags = 0
    for part in markup:
        content = container.read(part)
        if declares_entities(content):
            raise EmphasisError(f"declares entities in {part.filename}, which no word processor does")
        tags += content.count(b"<")
    if tags > MOST_TAGS:
        raise EmphasisError(f"has {tags:,} tags, a report fewer than {MOST_TAGS:,}; save its text as .txt")
