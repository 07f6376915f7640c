"""OpenDocument texts (.odt): paragraphs and table cells in order, one paragraph per line, with automatic numbers written out."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from typing import Any

from emphasis.errors import EmphasisError
from emphasis.ingest.readers.reading import Reading, declares_entities
from emphasis.text import chinese_numeral

MOST_XML = 60_000_000
"""Bytes of one part of markup, unpacked."""

_NS = "urn:oasis:names:tc:opendocument:xmlns:"
_TEXT, _STYLE, _OFFICE = (f"{{{_NS}{name}:1.0}}" for name in ("text", "style", "office"))
_LIST_FORMAT = "{urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0}num-list-format"
_XML_ID = "{http://www.w3.org/XML/1998/namespace}id"
_LEFT_OUT = frozenset(
    (
        *(f"{_TEXT}{name}" for name in ("tracked-changes", "note", "ruby-text", "hidden-text", "hidden-paragraph")),
        *(f"{_TEXT}{name}" for name in ("table-of-content", "sequence-decls")),
        *(f"{_OFFICE}{name}" for name in ("annotation", "annotation-end", "forms")),
    )
)
_PARAGRAPHS = (f"{_TEXT}p", f"{_TEXT}h")
_SIGNS = {f"{_TEXT}tab": "\t", f"{_TEXT}line-break": "\n"}
_FORMATS: dict[str, Callable[[int], str]] = {
    "1": str,
    "一": chinese_numeral,
    "①": lambda number: chr(0x245F + number) if 1 <= number <= 20 else str(number),
}
"""Number formats by their first character; others (bullets, letters) give no number."""
_PLACE = re.compile(r"%(\d)%")


def read(data: bytes) -> Reading:
    """The text of an .odt.

    Raises
    ------
    EmphasisError
        If it is damaged, encrypted or larger than a report.
    """
    from lxml import etree  # noqa: PLC0415  # only these files need it

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as container:
            part = container.getinfo("content.xml")
            if part.file_size > MOST_XML:
                raise EmphasisError(f"holds {part.file_size / 1e6:.0f} MB of text; save its text as .txt")
            if b"encryption-data" in container.read("META-INF/manifest.xml"):
                raise EmphasisError("is encrypted; save it without a password")
            styles = container.read("styles.xml") if "styles.xml" in container.namelist() else b"<none/>"
            markup = container.read(part)
    except (zipfile.BadZipFile, KeyError) as error:
        raise EmphasisError("is damaged or no .odt file; open it in a word processor and save it again") from error
    if declares_entities(markup):
        raise EmphasisError("declares entities, which no word processor does")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    root: Any = etree.fromstring(markup, parser)
    writer = _Writer([root, etree.fromstring(styles[:MOST_XML], parser)])
    body = root.find(f"{_OFFICE}body/{_OFFICE}text")
    if body is None:
        raise EmphasisError("is no text document; save the text as .odt or .docx")
    writer.walk(body)
    return Reading("\n".join(writer.lines), "odt")


class _Writer:
    """The lines of a document, numbered as its lists are."""

    def __init__(self, roots: list[Any]) -> None:
        self.lines: list[str] = []
        self._levels: dict[str, dict[int, tuple[str, int]]] = {}
        self._hidden: set[str] = set()
        self._counts: dict[str, list[int]] = {}
        for root in roots:
            for style in root.iter(f"{_TEXT}list-style"):
                levels = style.findall(f"{_TEXT}list-level-style-number")
                self._levels[style.get(f"{_STYLE}name", "")] = {
                    _whole(x.get(f"{_TEXT}level"), 1): _format(x) for x in levels
                }
            for properties in root.iter(f"{_STYLE}text-properties"):
                if properties.get(f"{{{_NS}text:1.0}}display") == "none":
                    self._hidden.add(properties.getparent().get(f"{_STYLE}name", ""))

    def walk(self, element: Any, label: Callable[[], str] = lambda: "") -> None:
        """Write the paragraphs in an element, the first with a label."""
        for child in element:
            if child.tag in _PARAGRAPHS:
                text = self._text(child)
                if text.strip():
                    self.lines += (label() + text).split("\n")
                    label = _nothing
                for inner in child.iter(*_PARAGRAPHS):
                    if inner is not child and not any(a.tag in _LEFT_OUT for a in inner.iterancestors()):
                        self.lines += self._text(inner).split("\n")
            elif child.tag == f"{_TEXT}list":
                self._list(child, "", 1, "")
            elif child.tag not in _LEFT_OUT and isinstance(child.tag, str):
                self.walk(child)

    def _list(self, element: Any, style: str, depth: int, key: str) -> None:
        style = element.get(f"{_TEXT}style-name", style)
        own = element.get(_XML_ID) or f"list {len(self._counts)}"
        if depth == 1:
            before = element.get(f"{_TEXT}continue-list") or (
                style if element.get(f"{_TEXT}continue-numbering") == "true" else ""
            )
            # Lists that continue each other share their counts.
            key = own
            self._counts[key] = self._counts.get(before) or [0] * 11
            self._counts[style] = self._counts[key]
        counts = self._counts[key]
        depth = min(depth, 10)
        for item in element.findall(f"{_TEXT}list-item"):

            def label(item: Any = item) -> str:
                start = item.get(f"{_TEXT}start-value")
                first = self._levels.get(style, {}).get(depth, ("", 1))[1]
                counts[depth] = _whole(start, 1) if start else (counts[depth] + 1 if counts[depth] else first)
                counts[depth + 1 :] = [0] * (10 - depth)
                return self._number(style, depth, counts)

            for child in item:
                if child.tag == f"{_TEXT}list":
                    self._list(child, style, depth + 1, key)
                else:
                    self.walk([child], label)
                    label = _nothing  # type: ignore[assignment]

    def _number(self, style: str, depth: int, counts: list[int]) -> str:
        levels = self._levels.get(style, {})
        wanted = levels.get(depth, ("", 1))[0]

        def shown(match: re.Match[str]) -> str:
            level = int(match.group(1))
            kind = (
                wanted.partition("\x00")[0]
                if level == depth
                else levels.get(level, ("1\x00", 1))[0].partition("\x00")[0]
            )
            return _FORMATS.get(kind[:1], str)(counts[level] or 1)

        kind, _, text = wanted.partition("\x00")
        return _PLACE.sub(shown, text) if kind[:1] in _FORMATS and kind else ""

    def _text(self, element: Any) -> str:
        """The visible text of a paragraph, without that of paragraphs anchored in it."""
        if element.get(f"{_TEXT}style-name", "") in self._hidden:
            return ""
        found = [element.text or ""]
        for child in element:
            if child.tag in _SIGNS:
                found.append(_SIGNS[child.tag])
            elif child.tag == f"{_TEXT}s":
                found.append(" " * _whole(child.get(f"{_TEXT}c"), 1))
            elif isinstance(child.tag, str) and child.tag not in _LEFT_OUT and child.tag not in _PARAGRAPHS:
                found.append(self._text(child))
            found.append(child.tail or "")
        return "".join(found)


def _nothing() -> str:
    return ""


def _format(level: Any) -> tuple[str, int]:
    """How a level is numbered: its format, a NUL, and its text with ``%2%`` for the number of level 2; and its first number."""
    depth = _whole(level.get(f"{_TEXT}level"), 1)
    prefix, suffix = (level.get(f"{_STYLE}num-{name}", "") for name in ("prefix", "suffix"))
    text = level.get(_LIST_FORMAT) or f"{prefix}%{depth}%{suffix}"
    return f"{level.get(f'{_STYLE}num-format', '')}\x00{text}", _whole(level.get(f"{_TEXT}start-value"), 1)


def _whole(value: str | None, otherwise: int) -> int:
    return int(value) if value and value.isascii() and value.isdigit() and len(value) < 5 else otherwise
