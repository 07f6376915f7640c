"""Rows of results tables one after the other, so that no table is held whole."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from pathlib import Path

Row = dict[str, str]


def rows(files: Iterable[Path | str] | Path | str) -> Iterator[Row]:
    """The rows of one or several CSV files of the same columns, as text."""
    for file in [files] if isinstance(files, Path | str) else files:
        with Path(file).open(encoding="utf-8", newline="") as lines:
            yield from csv.DictReader(lines)


def by_report(files: Iterable[Path | str] | Path | str, reports: Iterable[str]) -> dict[str, list[Row]]:
    """The rows of chosen reports."""
    found: dict[str, list[Row]] = {report_id: [] for report_id in reports}
    for row in rows(files):
        if row["report_id"] in found:
            found[row["report_id"]].append(row)
    return found
