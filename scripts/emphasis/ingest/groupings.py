"""The table config/reports.tsv: facts about reports, and groupings of them, which are all its other columns."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import fields
from difflib import get_close_matches
from pathlib import Path

from emphasis.errors import EmphasisError
from emphasis.ingest.records import Metadata
from emphasis.store.written import written_cells

METADATA_FIELDS = tuple(field.name for field in fields(Metadata))
"""The fields of a report's metadata, which columns of these names correct."""

_ID = "report_id"
_FEW, _SHOWN = 1000, 5
_NEARLY = 0.75
"""Likeness from which a column is taken for a misspelt one: yaer for year, provence for province."""


def read_metadata_table(path: Path) -> dict[str, dict[str, str]]:
    """The rows of the table by report_id, each with all its columns; what is empty or missing is "".

    Raises
    ------
    EmphasisError
        With file and line: no column report_id, a column without a name, twice, or nearly called like one of `METADATA_FIELDS`, a row
        without report_id or with too many columns, a report twice.
    """
    table: dict[str, dict[str, str]] = {}
    names, rows = _rows(path)
    for number, row in rows:
        values = dict(zip(names, [*row, *[""] * (len(names) - len(row))], strict=False))
        report_id = values.pop(_ID)
        if not report_id or len(row) > len(names) or report_id in table:
            wrong = "occurs twice" if report_id in table else "has no report_id or too many columns"
            raise EmphasisError(f"{path}, line {number} ({report_id or 'no name'}): {wrong}; correct that line")
        table[report_id] = values
    return table


def grouping_columns(path: Path) -> list[str]:
    """The columns of the table that are groupings, in its order; none if there is no table."""
    if not path.exists():
        return []
    return [name for name in _rows(path)[0] if name not in (_ID, *METADATA_FIELDS)]


def corrects_nothing(path: Path, report_ids: Collection[str]) -> str:
    """A line on rows of the table that are of no report, with the reports that may be meant; empty if there are none.

    A table may hold more reports than are at hand: such a row is no fault, but a slip in a name corrects nothing.

    Raises
    ------
    EmphasisError
        As `read_metadata_table` does.
    """
    unknown = sorted(set(read_metadata_table(path)) - set(report_ids)) if path.exists() else []
    if not unknown:
        return ""
    # Looking for what is meant takes its time for each name.
    known = list(report_ids) if len(report_ids) <= _FEW else []
    named = [(name, get_close_matches(name, known, 1)) for name in unknown[:_SHOWN]]
    shown = ", ".join(f"{name} (is {near[0]} meant?)" if near else name for name, near in named)
    return f"rows of no report here: {shown}{f' and {len(unknown) - _SHOWN} more' if len(unknown) > _SHOWN else ''}"


def _rows(path: Path) -> tuple[list[str], list[tuple[int, list[str]]]]:
    """The names of the columns, and the rows with the numbers of their lines."""
    lines = written_cells(path)
    names = lines[0][1] if lines else []
    known = [_ID, *METADATA_FIELDS]
    about = f"the columns are separated by tabs; report_id and {', '.join(METADATA_FIELDS)} are facts, any other is a grouping"
    if _ID not in names:
        raise EmphasisError(f"{path}: no column report_id, {_only(names)}; {about}")
    for name in names:
        likely = get_close_matches(name.lower(), known, 1, _NEARLY)
        if not name or names.count(name) > 1:
            raise EmphasisError(f"{path}: column {name!r} {'occurs twice' if name else 'has no name'}; {about}")
        if name not in known and likely:
            raise EmphasisError(f"{path}: column {name!r}: {likely[0]} is meant, or choose another name; {about}")
    return names, lines[1:]


def _only(names: list[str]) -> str:
    return f"only {', '.join(map(repr, names))}" if names else "for the table is empty"
