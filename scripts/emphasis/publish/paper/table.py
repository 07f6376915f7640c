"""Tables as a paper prints them, in English and Chinese at once, and how their numbers are written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Literal

Language = Literal["en", "zh"]
LANGUAGES: tuple[Language, ...] = ("en", "zh")


@dataclass(frozen=True)
class Both:
    """The same words in both languages."""

    en: str
    zh: str

    def say(self, language: Language) -> str:
        """The words in one language."""
        return self.zh if language == "zh" else self.en


Cell = str | Both
"""What stands in a cell; a plain string is the same in both languages."""


def say(cell: Cell, language: Language) -> str:
    """A cell in one language."""
    return cell.say(language) if isinstance(cell, Both) else cell


@dataclass(frozen=True)
class Column:
    """A column: its head, and whether it holds numbers (set to the right) or long text (broken into lines)."""

    head: Both
    kind: Literal["text", "long", "number"] = "text"


@dataclass(frozen=True)
class Table:
    """A table of a paper.

    Attributes
    ----------
    name : str
        What its file is called.
    report_id : str
        The report that it is about; empty for a table of all reports.
    title : Both
    columns : tuple of Column
    rows : tuple of tuple of Cell
    notes : tuple of Both
        What a reader has to know, one sentence or more each.
    """

    name: str
    report_id: str
    title: Both
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    notes: tuple[Both, ...] = ()

    @property
    def label(self) -> str:
        """What the table's file and its label are called: letters, digits and hyphens, anything else as its code point."""
        parts = [self.report_id, self.name] if self.report_id else [self.name]
        return "/".join("".join(c if c.isalnum() or c == "-" else f"u{ord(c):x}" for c in part) for part in parts)


MISSING = "–"


def number(value: str | float, decimals: int, times: int = 1) -> str:
    """A number of a results table with so many decimals, halves to even; a dash for a missing value.

    Examples
    --------
    >>> number("0.012901", 2, times=100)
    '1.29'
    >>> number("", 2)
    '–'
    >>> number("-0.0004", 2)
    '0.00'
    """
    if value == "":
        return MISSING
    rounded = (Decimal(str(value)) * times).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_EVEN)
    return f"{abs(rounded) if rounded == 0 else rounded:f}"


def probability(value: str) -> str:
    """A p or q value with three decimals, or ``<0.001``.

    Examples
    --------
    >>> probability("0.000352"), probability("0.876543")
    ('<0.001', '0.877')
    """
    return "<0.001" if value and Decimal(value) < Decimal("0.001") else number(value, 3)


def plain(value: str) -> str:
    """A number as a report prints it: without the zeros that a table's fixed decimals add.

    Examples
    --------
    >>> plain("260.0000"), plain("5.5000"), plain("")
    ('260', '5.5', '–')
    """
    return (value.rstrip("0").rstrip(".") if "." in value else value) or MISSING


def table(name: str, title: Both, columns: Sequence[Column], rows: Sequence[tuple[Cell, ...]], *notes: Both) -> Table:
    """A table; the report that it is about is set later."""
    return Table(name, "", title, tuple(columns), tuple(rows), notes)


def text(en: str, zh: str) -> Column:
    """A column of short text."""
    return Column(Both(en, zh))


def long(en: str, zh: str) -> Column:
    """A column of text that may take several lines."""
    return Column(Both(en, zh), "long")


def figure(en: str, zh: str) -> Column:
    """A column of numbers."""
    return Column(Both(en, zh), "number")
