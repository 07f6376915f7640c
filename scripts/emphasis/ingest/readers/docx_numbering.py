"""Automatic numbers of paragraphs in Word files, counted as Word does."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, NamedTuple

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
        self._restarts: dict[str, dict[int, int]] = {}
        self._own_levels: dict[str, dict[int, _ListLevel]] = {}
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
        levels = self._levels.get(abstract, {}) | self._own_levels.get(number_id, {})
        if depth not in levels:
            return ""
        counts = self._counts.setdefault(abstract, [0] * _DEEPEST)
        for level, start in self._restarts.pop(number_id, {}).items():
            counts[level] = 0
            levels[level] = levels[level]._replace(start=start)
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
            self._levels[abstract.get(f"{_W}abstractNumId", "")] = _read_levels(abstract)
        for item in root.findall(f"{_W}num"):
            number_id, abstract_id = item.get(f"{_W}numId", ""), _value(item, "abstractNumId")
            self._lists[number_id] = abstract_id
            for override in item.findall(f"{_W}lvlOverride"):
                self._own_levels.setdefault(number_id, {}).update(_read_levels(override))
                depth, start = _number(override.get(f"{_W}ilvl"), -1), _value(override, "startOverride")
                known = self._levels.get(abstract_id, {}) | self._own_levels[number_id]
                if start and depth in known:
                    self._restarts.setdefault(number_id, {})[depth] = _number(start, 1)

    def _read_styles(self, root: Any) -> None:
        for style in root.findall(f"{_W}style"):
            properties = style.find(f"{_W}pPr")
            number_id, depth = _number_properties(properties) if properties is not None else ("", 0)
            self._styles[style.get(f"{_W}styleId", "")] = (number_id, depth, _value(style, "basedOn"))


def _read_levels(element: Any) -> dict[int, _ListLevel]:
    levels = {}
    for level in element.findall(f"{_W}lvl"):
        depth = _number(level.get(f"{_W}ilvl"), 0)
        if 0 <= depth < _DEEPEST:
            start = _number(_value(level, "start"), 1)
            levels[depth] = _ListLevel(start, _value(level, "numFmt") or "decimal", _value(level, "lvlText"))
    return levels


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
