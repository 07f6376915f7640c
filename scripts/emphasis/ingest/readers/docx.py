"""Word files (.docx): paragraphs and table cells in order, one paragraph per line, with automatic numbers written out."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Set
from typing import Any

from emphasis.errors import EmphasisError
from emphasis.ingest.readers.docx_numbering import Numbering
from emphasis.ingest.readers.reading import Reading, declares_entities

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_VAL = f"{_W}val"

MOST_UNPACKED = 200_000_000
"""Bytes of all parts of the container together, unpacked."""
MOST_XML = 40_000_000
"""Bytes of one part of markup; that of a report has about a million."""
MOST_PARTS = 5_000

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_LEFT_OUT = frozenset(f"{_W}{name}" for name in ("p", "del", "moveFrom", "instrText", "delText", "rt"))
_SIGNS = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}
_STRICT = {
    b"http://purl.oclc.org/ooxml/wordprocessingml/main": b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    b"http://purl.oclc.org/ooxml/officeDocument/relationships": (
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    ),
}
"""Names of the strict variant of the format, with those of the usual one."""


def read(data: bytes) -> Reading:
    """The text of a .docx and the word ``docx``.

    Raises
    ------
    EmphasisError
        If it is damaged, or larger than a report when unpacked.
    """
    data = _check_container(data)
    import docx  # noqa: PLC0415  # only Word files need it

    document: Any = docx.Document(io.BytesIO(data))
    parts = {relation.reltype.rsplit("/", 1)[-1]: relation for relation in document.part.rels.values()}
    styles = _root(parts.get("styles"))
    numbering = Numbering(_root(parts.get("numbering")), styles)
    hidden = _hidden_styles(styles)
    lines: list[str] = []
    begun = ""
    for paragraph in _paragraphs(document.element.body):
        begun += _text(paragraph, hidden)
        # Where the mark at its end was deleted, a paragraph is the beginning of the next, which gives both its number.
        if paragraph.find(f"{_W}pPr/{_W}rPr/{_W}del") is None:
            lines += (numbering.label(paragraph) + begun).split("\n")
            begun = ""
    return Reading("\n".join([*lines, begun] if begun else lines), "docx")


def _paragraphs(element: Any) -> Iterator[Any]:
    """The paragraphs in order, those of text boxes after the one that these are anchored to; each once.

    What only newer programs can show is stored with a fallback for others, often with the same text. Rows of tables that
    were deleted with changes tracked are left out.
    """
    for child in element:
        if child.tag == f"{_MC}AlternateContent":
            choices = [*child.findall(f"{_MC}Choice"), *child.findall(f"{_MC}Fallback")]
            shown = next((choice for choice in choices if any(choice.itertext(f"{_W}t"))), None)
            if shown is not None:
                yield from _paragraphs(shown)
        elif child.tag != f"{_W}tr" or child.find(f"{_W}trPr/{_W}del") is None:
            if child.tag == f"{_W}p":
                yield child
            yield from _paragraphs(child)


def _hidden_styles(styles: Any) -> frozenset[str]:
    """Styles whose text is hidden."""
    if styles is None:
        return frozenset()
    return frozenset(s.get(f"{_W}styleId", "") for s in styles.findall(f"{_W}style") if _is_hidden(s, frozenset()))


def _is_hidden(element: Any, hidden: Set[str]) -> bool:
    """Whether a run or a style has hidden text, by itself or by its style."""
    properties = element.find(f"{_W}rPr")
    if properties is None:
        return False
    mark, style = properties.find(f"{_W}vanish"), properties.find(f"{_W}rStyle")
    if mark is not None:
        return mark.get(_VAL, "true") not in ("0", "false", "off")
    return style is not None and style.get(_VAL, "") in hidden


def _root(relation: Any) -> Any:
    """The root of a related part's markup."""
    return None if relation is None or relation.is_external else getattr(relation.target_part, "element", None)


def _check_container(data: bytes) -> bytes:
    """The container, of the strict variant as the usual one.

    Before it is unpacked, what is no .docx or would not fit into memory is refused.
    """
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
                if is_markup and declares_entities(container.read(part)):
                    raise EmphasisError(f"declares entities in {part.filename}, which no word processor does")
            relations = next((container.read(p) for p in parts if p.filename == "_rels/.rels"), b"")
            return _as_usual(container) if b"purl.oclc.org" in relations else data
    except zipfile.BadZipFile as error:
        raise EmphasisError("is damaged or no .docx file; open it in a word processor and save it again") from error


def _as_usual(container: zipfile.ZipFile) -> bytes:
    """A container of the strict variant with the names of the usual one."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as usual:
        for part in container.infolist():
            content = container.read(part)
            if part.filename.endswith((".xml", ".rels")):
                for strict, name in _STRICT.items():
                    content = content.replace(strict, name)
            usual.writestr(part.filename, content)
    return file.getvalue()


def _text(paragraph: Any, hidden: Set[str]) -> str:
    """The visible text of a paragraph: with insertions and line breaks, without deletions, hidden text and pinyin."""
    found: list[str] = []
    style = paragraph.find(f"{_W}pPr/{_W}pStyle")
    if style is not None and style.get(_VAL, "") in hidden:
        return ""

    def walk(element: Any) -> None:
        for child in element:
            if child.tag == f"{_W}t":
                found.append(child.text or "")
            elif child.tag in _SIGNS:
                found.append(_SIGNS[child.tag])
            elif child.tag not in _LEFT_OUT and not (child.tag == f"{_W}r" and _is_hidden(child, hidden)):
                if child.tag != f"{_MC}AlternateContent":
                    walk(child)
                elif (choice := child.find(f"{_MC}Choice")) is not None:
                    walk(choice)

    walk(paragraph)
    return "".join(found)
