"""Word files (.docx): paragraphs and table cells in order, one paragraph per line, with automatic numbers written out."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from typing import Any, NamedTuple

from emphasis.errors import EmphasisError
from emphasis.ingest.readers.reading import Reading
from emphasis.text import chinese_numeral

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_VAL = f"{_W}val"
_DEEPEST = 9
_PLACEHOLDER = re.compile(r"%([1-9])")


def _circled(number: int) -> str:
    return chr(0x245F + number) if 1 <= number <= 20 else str(number)


_FORMATS: dict[str, Callable[[int], str]] = dict.fromkeys(
    (
        "chineseCounting", "chineseCountingThousand", "chineseLegalSimplified", "ideographDigital", "japaneseCounting",
        "taiwaneseCounting", "taiwaneseCountingThousand", "japaneseDigitalTenThousand",
    ),
    chinese_numeral,
) | {"decimal": str, "decimalZero": "{:02d}".format, "decimalEnclosedCircle": _circled}  # fmt: skip
"""Number formats of headings; others (bullets, letters) give no number."""


class _ListLevel(NamedTuple):
    """How a level of a list is numbered: first number, format, and text such as ``（%2）``, where %2 is the number of level 2."""

    start: int
    format: str
    text: str


class Numbering:
    """Automatic numbers of paragraphs, counted as Word does.

    Parameters
    ----------
    numbering, styles : lxml elements or None
        Roots of the parts ``numbering.xml`` and ``styles.xml``.

    Notes
    -----
    A paragraph refers to a list (numId), a list to its definition (abstractNum), which numbers up to nine levels. Lists
    of one definition share their counts: a new number at one level starts the deeper levels again.
    """

    def __init__(self, numbering: Any, styles: Any) -> None:
        self._levels: dict[str, dict[int, _ListLevel]] = {}
        self._lists: dict[str, str] = {}
        self._counts: dict[str, list[int]] = {}
        self._styles: dict[str, tuple[str, int, str]] = {}
        if numbering is not None:
            self._read_lists(numbering)
        if styles is not None:
            self._read_styles(styles)

    def label(self, paragraph: Any) -> str:
        """The number of a paragraph, "" if it has none. Must be called once for each paragraph, in order."""
        number_id, depth = self._list_level(paragraph)
        abstract = self._lists.get(number_id, "")
        levels = self._levels.get(abstract, {})
        if depth not in levels:
            return ""
        counts = self._counts.setdefault(abstract, [0] * _DEEPEST)
        counts[depth] = counts[depth] + 1 if counts[depth] else levels[depth].start
        counts[depth + 1 :] = [0] * (_DEEPEST - depth - 1)
        if levels[depth].format not in _FORMATS:
            return ""

        def number(match: re.Match[str]) -> str:
            at = int(match.group(1)) - 1
            level = levels.get(at)
            value = counts[at] or (level.start if level else 1)
            return _FORMATS.get(level.format if level else "", str)(value)

        return _PLACEHOLDER.sub(number, levels[depth].text)

    def _list_level(self, paragraph: Any) -> tuple[str, int]:
        """The list and level of a paragraph: its own, else those of its style or of a style that this is based on."""
        properties = paragraph.find(f"{_W}pPr")
        if properties is None:
            return "", 0
        style = properties.find(f"{_W}pStyle")
        number_id, depth = _number_properties(properties)
        name = style.get(_VAL, "") if style is not None else ""
        for _ in range(_DEEPEST):
            if not number_id and name in self._styles:
                number_id, depth, name = self._styles[name]
        return number_id, depth

    def _read_lists(self, root: Any) -> None:
        for abstract in root.findall(f"{_W}abstractNum"):
            levels = {}
            for level in abstract.findall(f"{_W}lvl"):
                depth = _number(level.get(f"{_W}ilvl"), 0)
                if 0 <= depth < _DEEPEST:
                    start = _number(_value(level, "start"), 1)
                    levels[depth] = _ListLevel(start, _value(level, "numFmt") or "decimal", _value(level, "lvlText"))
            self._levels[abstract.get(f"{_W}abstractNumId", "")] = levels
        for item in root.findall(f"{_W}num"):
            self._lists[item.get(f"{_W}numId", "")] = _value(item, "abstractNumId")

    def _read_styles(self, root: Any) -> None:
        for style in root.findall(f"{_W}style"):
            properties = style.find(f"{_W}pPr")
            number_id, depth = _number_properties(properties) if properties is not None else ("", 0)
            self._styles[style.get(f"{_W}styleId", "")] = (number_id, depth, _value(style, "basedOn"))


def _number_properties(properties: Any) -> tuple[str, int]:
    element = properties.find(f"{_W}numPr")
    if element is None:
        return "", 0
    return _value(element, "numId"), min(max(_number(_value(element, "ilvl"), 0), 0), _DEEPEST - 1)


def _value(element: Any, name: str) -> str:
    child = element.find(f"{_W}{name}")
    return child.get(_VAL, "") if child is not None else ""


def _number(value: str | None, otherwise: int) -> int:
    return int(value) if value and value.isascii() and value.isdigit() and len(value) < 6 else otherwise


MOST_UNPACKED = 200_000_000
"""Bytes of all parts of the container together, unpacked."""
MOST_XML = 40_000_000
"""Bytes of one part of markup; that of a report has about a million."""
MOST_PARTS = 5_000

_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_LEFT_OUT = frozenset({*(f"{_W}{name}" for name in ("p", "del", "moveFrom", "instrText", "delText")), _FALLBACK})
_SIGNS = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}


def read(data: bytes) -> Reading:
    """The text of a .docx and the word ``docx``.

    Raises
    ------
    EmphasisError
        If it is damaged, or larger than a report when unpacked.
    """
    _check_container(data)
    import docx  # noqa: PLC0415  # only Word files need it

    document: Any = docx.Document(io.BytesIO(data))
    parts = {relation.reltype.rsplit("/", 1)[-1]: relation for relation in document.part.rels.values()}
    numbering = Numbering(_root(parts.get("numbering")), _root(parts.get("styles")))
    lines = []
    for paragraph in document.element.body.iter(f"{_W}p"):
        lines += (numbering.label(paragraph) + _text(paragraph)).split("\n")
    return Reading("\n".join(lines), "docx")


def _root(relation: Any) -> Any:
    """The root of a related part's markup."""
    return None if relation is None or relation.is_external else getattr(relation.target_part, "element", None)


def _check_container(data: bytes) -> None:
    """Refuse, before unpacking it, what is no .docx or would not fit into memory."""
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
    """The visible text of a paragraph: with insertions and line breaks, without deletions."""
    found: list[str] = []

    def walk(element: Any) -> None:
        for child in element:
            if child.tag == f"{_W}t":
                found.append(child.text or "")
            elif child.tag in _SIGNS:
                found.append(_SIGNS[child.tag])
            elif child.tag not in _LEFT_OUT:
                walk(child)

    walk(paragraph)
    return "".join(found)
