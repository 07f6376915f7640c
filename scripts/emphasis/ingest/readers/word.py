"""Word files (.docx): paragraphs and tables in their order, one paragraph per line."""

from __future__ import annotations

import io
import zipfile
from typing import Any

from emphasis.errors import EmphasisError
from emphasis.ingest.readers.numbering import Numbering

MOST_UNPACKED = 200_000_000
"""Bytes of all parts of the container together."""
MOST_XML = 40_000_000
"""Bytes of one part of markup; the text of a report takes about one."""
MOST_PARTS = 5_000

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_LEFT_OUT = frozenset({f"{_W}del", f"{_W}moveFrom", f"{_W}instrText", f"{_W}delText", _FALLBACK})


def read(data: bytes) -> tuple[str, str]:
    """The text of a .docx and the word ``docx``.

    Raises
    ------
    EmphasisError
        If it is no sound container, or unpacks to more than a report can hold.
    """
    _check_container(data)
    import docx  # noqa: PLC0415  # only Word files need it

    document: Any = docx.Document(io.BytesIO(data))
    parts = {relation.reltype.rsplit("/", 1)[-1]: relation for relation in document.part.rels.values()}
    numbering = Numbering(_root(parts.get("numbering")), _root(parts.get("styles")))
    lines = []
    for paragraph in document.element.body.iter(f"{_W}p"):
        lines += (numbering.label(paragraph) + _text(paragraph)).split("\n")
    return "\n".join(lines), "docx"


def _root(relation: Any) -> Any:
    """The root of a related part's markup."""
    if relation is None or relation.is_external:
        return None
    return getattr(relation.target_part, "element", None)


def _check_container(data: bytes) -> None:
    """Refuse what is no .docx or would not fit into memory, before anything is unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as container:
            parts = container.infolist()
            if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
                raise EmphasisError("unpacks to more than a report can hold; save its text as .txt")
            for part in parts:
                is_markup = part.filename.endswith((".xml", ".rels"))
                if is_markup and part.file_size > MOST_XML:
                    raise EmphasisError(
                        f"holds {part.file_size / 1e6:.0f} MB in {part.filename}; save its text as .txt"
                    )
                if part.flag_bits & 1:
                    raise EmphasisError("is encrypted; save it without a password")
                if is_markup and b"<!DOCTYPE" in container.read(part)[:4096].upper():
                    raise EmphasisError(f"declares entities in {part.filename}, which no word processor does")
    except zipfile.BadZipFile as error:
        raise EmphasisError("is damaged or no .docx file; open it in a word processor and save it again") from error


def _text(paragraph: Any) -> str:
    """What a reader sees in a paragraph: insertions but not deletions, line breaks as such."""
    pieces: list[str] = []

    def walk(element: Any) -> None:
        for child in element:
            tag = child.tag
            if tag in _LEFT_OUT or tag == f"{_W}p":
                continue
            if tag == f"{_W}t":
                pieces.append(child.text or "")
            elif tag == f"{_W}tab":
                pieces.append("\t")
            elif tag in (f"{_W}br", f"{_W}cr"):
                pieces.append("\n")
            elif tag == f"{_W}noBreakHyphen":
                pieces.append("-")
            else:
                walk(child)

    walk(paragraph)
    return "".join(pieces)
