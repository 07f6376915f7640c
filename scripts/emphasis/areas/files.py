"""Tables with tabs that people write: rows with their line, or a refusal that names it."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path

from emphasis.errors import EmphasisError
from emphasis.store.written import written_lines


def read_rows(path: Path, columns: Sequence[str]) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows of a table with tabs and a header, each with the number of its line; lines that begin with # are left out.

    Raises
    ------
    EmphasisError
        If the file is missing or not UTF-8, lacks a column, or a line has too few or too many fields.
    """
    kept = written_lines(path)
    fields = list(csv.reader((line for _, line in kept), delimiter="\t"))
    header = fields[0] if fields else []
    if missing := ", ".join(name for name in columns if name not in header):
        raise EmphasisError(
            f"{path}: the columns {missing} are missing; its first line names {', '.join(columns)}, with tabs between"
        )
    for (number, _), row in zip(kept[1:], fields[1:], strict=True):
        if len(row) > len(header):
            raise EmphasisError(f"{path}, line {number}: {len(row)} fields; the first line names {len(header)}")
        padded = [*row, *[""] * (len(header) - len(row))]
        yield number, {name: value.strip() for name, value in zip(header, padded, strict=True)}
