"""Tables as a paper prints them, in English and Chinese at once, and how their numbers are written."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Literal

Language = Literal["en", "zh"]
LANGUAGES: tuple[Language, ...] = ("en", "zh")


@dataclass(frozen=True)
class Bilingual:
    """The same words in both languages."""

    en: str
    zh: str

    def in_language(self, language: Language) -> str:
        """The words in one language."""
        return self.zh if language == "zh" else self.en


Cell = str | Bilingual
"""Content of a cell; a plain string is the same in both languages."""


def cell_text(cell: Cell, language: Language) -> str:
    """A cell in one language."""
    return cell.in_language(language) if isinstance(cell, Bilingual) else cell


@dataclass(frozen=True)
class PaperColumn:
    """A column: its head, and whether it holds numbers (set to the right) or long text (broken into lines)."""

    head: Bilingual
    kind: Literal["text", "long", "number"] = "text"


@dataclass(frozen=True)
class Table:
    """A table of a paper."""

    name: str
    report_id: str
    """Empty for a table of all reports."""
    title: Bilingual
    columns: tuple[PaperColumn, ...]
    rows: tuple[tuple[Cell, ...], ...]
    notes: tuple[Bilingual, ...] = ()
    """What a reader has to know, in whole sentences."""
    said: Bilingual | None = None
    """What it shows, as a sentence without the mark at its end."""
    subject: Bilingual | None = None
    """The title without the place, where there is one."""
    group: Bilingual = Bilingual("All reports", "全部报告")
    """What the table is of: the report, by region and year."""

    @property
    def label(self) -> str:
        """Name of the table's file and LaTeX label: letters, digits and hyphens, any other character as its code point after a plus."""
        parts = [self.report_id, self.name] if self.report_id else [self.name]
        return "/".join("".join(c if c.isalnum() or c == "-" else f"+{ord(c):x}" for c in part) for part in parts)

    def note_text(self, language: Language) -> str:
        """The notes as one text in one language."""
        return (" " if language == "en" else "").join(note.in_language(language) for note in self.notes)


MISSING = "–"


def format_number(value: str | float, decimals: int, times: int = 1) -> str:
    """A number of a results table rounded to some decimals, halves to even; a dash for a missing value.

    Examples
    --------
    >>> format_number("0.012901", 2, times=100)
    '1.29'
    >>> format_number("", 2)
    '–'
    >>> format_number("-0.0004", 2)
    '0.00'
    """
    if value == "":
        return MISSING
    rounded = (Decimal(str(value)) * times).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_EVEN)
    return f"{abs(rounded) if rounded == 0 else rounded:f}"


def format_probability(value: str) -> str:
    """A p or q value with three decimals, or ``<0.001``.

    Examples
    --------
    >>> format_probability("0.000352"), format_probability("0.876543")
    ('<0.001', '0.877')
    """
    return "<0.001" if value and Decimal(value) < Decimal("0.001") else format_number(value, 3)


def strip_zeros(value: str) -> str:
    """A number as a report prints it: without the zeros that a table's fixed decimals add.

    Examples
    --------
    >>> strip_zeros("260.0000"), strip_zeros("5.5000"), strip_zeros("")
    ('260', '5.5', '–')
    """
    return (value.rstrip("0").rstrip(".") if "." in value else value) or MISSING
