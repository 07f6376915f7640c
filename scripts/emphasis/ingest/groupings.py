"""The table config/reports.tsv: facts about reports, and groupings of them, which are all its other columns."""

from __future__ import annotations

import csv
import io
from dataclasses import fields
from difflib import get_close_matches
from pathlib import Path

from emphasis.errors import EmphasisError
from emphasis.ingest.records import Metadata
from emphasis.store.written import read_written

METADATA_FIELDS = tuple(field.name for field in fields(Metadata))
"""The fields of a report's metadata, which columns of these names correct."""

_ID = "report_id"
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
    header, *rows = _rows(path)
    names = _names(path, header)
    for number, row in enumerate(rows, start=2):
        values = dict(zip(names, [*map(str.strip, row), *[""] * (len(names) - len(row))], strict=False))
        report_id = values.pop(_ID)
        if not report_id or len(row) > len(names) or report_id in table:
            wrong = "occurs twice" if report_id in table else "has no report_id or too many columns"
            raise EmphasisError(f"{path}: row {number} ({report_id or 'no name'}) {wrong}; correct that row")
        table[report_id] = values
    return table


def grouping_columns(path: Path) -> list[str]:
    """The columns of the table that are groupings, in its order; none if there is no table."""
    if not path.is_file():
        return []
    return [name for name in _names(path, _rows(path)[0]) if name not in (_ID, *METADATA_FIELDS)]


def _rows(path: Path) -> list[list[str]]:
    """The header, which is empty if there is none, and the rows."""
    lines = io.StringIO(read_written(path), newline="")
    try:
        rows = list(csv.reader((line for line in lines if not line.startswith("#")), delimiter="\t", strict=True))
    except csv.Error as error:
        raise EmphasisError(
            f"{path}: not a table ({error}); a cell that begins with a quotation mark has to end with one"
        ) from None
    return [row for row in rows if row] or [[]]


def _names(path: Path, header: list[str]) -> list[str]:
    names = [name.strip() for name in header]
    known = [_ID, *METADATA_FIELDS]
    about = f"the columns are separated by tabs; report_id and {', '.join(METADATA_FIELDS)} are facts, any other is a grouping"
    if _ID not in names:
        raise EmphasisError(f"{path}: no column report_id, only {', '.join(map(repr, names))}; {about}")
    for name in names:
        likely = get_close_matches(name.lower(), known, 1, _NEARLY)
        if not name or names.count(name) > 1:
            raise EmphasisError(f"{path}: column {name!r} {'occurs twice' if name else 'has no name'}; {about}")
        if name not in known and likely:
            raise EmphasisError(f"{path}: column {name!r}: {likely[0]} is meant, or choose another name; {about}")
    return names
