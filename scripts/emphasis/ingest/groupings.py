"""The table config/reports.tsv: facts about reports, and groupings of them, which are all its other columns."""

from __future__ import annotations

import csv
from dataclasses import fields
from difflib import get_close_matches
from pathlib import Path

from emphasis.errors import EmphasisError
from emphasis.ingest.records import Metadata

METADATA_FIELDS = tuple(field.name for field in fields(Metadata))
"""What is known of a report: the columns that correct metadata."""

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
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.DictReader((line for line in file if not line.startswith("#")), delimiter="\t", restkey="more")
        names = [name.strip() for name in rows.fieldnames or []]
        _check_columns(path, names)
        rows.fieldnames = names
        for number, row in enumerate(rows, start=2):
            report_id = (row.pop(_ID) or "").strip()
            if not report_id or "more" in row or report_id in table:
                wrong = "occurs twice" if report_id in table else "has no report_id or too many columns"
                raise EmphasisError(f"{path}: row {number} ({report_id or 'no name'}) {wrong}; correct that row")
            table[report_id] = {name: (value or "").strip() for name, value in row.items()}
    return table


def grouping_columns(path: Path) -> list[str]:
    """The columns of the table that are groupings, in its order; none if there is no table."""
    if not path.is_file():
        return []
    with path.open(encoding="utf-8-sig", newline="") as file:
        names = next(csv.reader((line for line in file if not line.startswith("#")), delimiter="\t"), [])
    names = [name.strip() for name in names]
    _check_columns(path, names)
    return [name for name in names if name not in (_ID, *METADATA_FIELDS)]


def _check_columns(path: Path, names: list[str]) -> None:
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
