"""Short forms for writing tables down."""

from __future__ import annotations

from collections.abc import Sequence

from emphasis.publish.paper.model import Both, Cell, Column, Table


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
