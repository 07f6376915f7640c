"""The one way to read the tables of a run: by name, of all reports or of some, as rows of text or as typed columns.

A table is one file or the parts that batches left, CSV or Parquet. Of a large table no more is held than what was asked for, and
pandas is imported for typed columns only: the page and the figures calculate with them, the paper kit, the workbook and the
evidence print the text as it is.
"""

from __future__ import annotations

import csv
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from emphasis.store.damaged import name_in_errors
from emphasis.store.escaping import unescape, unescape_table

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

    from emphasis.store.tables import Schema

Row = dict[str, str]
"""A row by column, each value as a CSV file prints it; a missing value is empty."""

Files = Path | str | Sequence[Path | str]
"""One file, or the parts of a table in order."""


_LONGEST_FIELD = 2**31 - 1


@dataclass(frozen=True)
class Results:
    """Tables of a run by name.

    Attributes
    ----------
    files : mapping of str to files
    schemas : mapping of str to Schema
        Of the tables that are read with types; for rows of text only numbers of Parquet files need them.
    """

    files: Mapping[str, Files]
    schemas: Mapping[str, Schema] = field(default_factory=dict)

    def rows(self, name: str, report_ids: Collection[str] | None = None) -> Iterator[Row]:
        """The rows of a table, or those of some reports; see `read_rows`."""
        return read_rows(self.files[name], report_ids, self.schemas.get(name))

    def rows_by_report(self, name: str, report_ids: Collection[str]) -> dict[str, list[Row]]:
        """The rows of some reports by report, with an empty list for a report without rows."""
        found: dict[str, list[Row]] = {report_id: [] for report_id in report_ids}
        for row in self.rows(name, report_ids):
            found[row["report_id"]].append(row)
        return found

    def table(self, name: str, report_ids: Collection[str] | None = None) -> pd.DataFrame:
        """A table, or its rows of some reports, with its schema's types; see `read_table`."""
        return read_table(self.files[name], self.schemas[name], report_ids)

    def each(self, report_ids: Sequence[str], at_once: int = 16) -> Iterator[tuple[str, dict[str, pd.DataFrame]]]:
        """The rows that each of some reports has in all tables with schemas, as `table` gives them; some reports are read at once."""
        for start in range(0, len(report_ids), at_once):
            some = report_ids[start : start + at_once]
            tables = {name: self.table(name, some) for name in self.schemas}
            for report_id in some:
                yield report_id, {name: _rows_of(table, report_id) for name, table in tables.items()}


def _rows_of(table: pd.DataFrame, report_id: str) -> pd.DataFrame:
    return table[table["report_id"] == report_id].reset_index(drop=True) if "report_id" in table else table


def read_rows(files: Files, report_ids: Collection[str] | None = None, schema: Schema | None = None) -> Iterator[Row]:
    """Rows of a table as text, one after the other.

    Parameters
    ----------
    files : files
    report_ids : collection of str, optional
        Only rows of these reports; a table without a column report_id is read whole.
    schema : Schema, optional
        Says with how many decimals the numbers of Parquet files are printed.

    Raises
    ------
    EmphasisError
        Names a file that is missing or damaged.
    """
    ids = None if report_ids is None else set(report_ids)
    decimals = {f.name: f.decimals for f in schema.fields if f.type == "number"} if schema else {}
    for file in _paths(files):
        with name_in_errors(file):
            if file.suffix == ".parquet":
                for group in _row_groups(file, None, ids):
                    for row in group.to_pylist():
                        if ids is None or "report_id" not in row or row["report_id"] in ids:
                            yield {name: _print(value, decimals.get(name)) for name, value in row.items()}
            else:
                yield from _csv_rows(file, ids)


def read_table(files: Files, schema: Schema, report_ids: Collection[str] | None = None) -> pd.DataFrame:
    """A table with its schema's types, without rows if there are no files; `report_ids` and errors as for `read_rows`."""
    import pyarrow as pa  # noqa: PLC0415 - rows of text do without it
    import pyarrow.compute as pc  # noqa: PLC0415

    from emphasis.store.tables import apply_types, open_csv  # noqa: PLC0415 - pandas comes with it

    ids = None if report_ids is None or "report_id" not in schema.columns else pa.array(sorted(report_ids), pa.string())
    kept = [schema.arrow.empty_table()]
    for file in _paths(files):
        with name_in_errors(file):
            if file.suffix == ".parquet":
                blocks = _row_groups(file, schema.columns, report_ids)
            else:
                blocks = (pa.Table.from_batches([batch]) for batch in open_csv(file, schema))
            for stored in blocks:
                block = stored if file.suffix == ".parquet" else unescape_table(stored)
                chosen = block if ids is None else block.filter(pc.is_in(block["report_id"], value_set=ids))
                kept.append(chosen.select(schema.columns))
    return apply_types(pa.concat_tables(kept).to_pandas(use_threads=False), schema)


def _paths(files: Files) -> list[Path]:
    return [Path(files)] if isinstance(files, Path | str) else [Path(file) for file in files]


def _csv_rows(file: Path, report_ids: Collection[str] | None) -> Iterator[Row]:
    # A text without punctuation is one sentence, which may be longer than the 131,072 characters that Python expects.
    csv.field_size_limit(_LONGEST_FIELD)
    with file.open(encoding="utf-8-sig", newline="") as lines:
        reader = csv.reader(lines, strict=True)
        names = next(reader, [])
        if not names:
            raise ValueError("it has no header")
        owner = names.index("report_id") if report_ids is not None and "report_id" in names else None
        for cells in reader:
            if len(cells) != len(names):
                raise ValueError(f"line {reader.line_num} has {len(cells)} fields, the header has {len(names)}")
            if report_ids is None or owner is None or unescape(cells[owner]) in report_ids:
                yield dict(zip(names, map(unescape, cells), strict=True))


def _row_groups(file: Path, columns: Sequence[str] | None, report_ids: Collection[str] | None) -> Iterator[pa.Table]:
    """The row groups that may have rows of the reports: in a table of single reports, each report has its own."""
    import pyarrow.parquet as pq  # noqa: PLC0415 - CSV files do without it

    with pq.ParquetFile(file) as parquet:
        names = parquet.schema_arrow.names
        owner = names.index("report_id") if report_ids is not None and "report_id" in names else None
        for number in range(parquet.num_row_groups):
            # A filter of Arrow's own would import pandas.
            ids = None if owner is None else parquet.metadata.row_group(number).column(owner).statistics
            if ids is None or not ids.has_min_max or any(ids.min <= wanted <= ids.max for wanted in report_ids or ()):
                yield parquet.read_row_group(number, columns=columns, use_threads=False)


def _print(value: Any, decimals: int | None) -> str:
    """A value of a Parquet file as the same table prints it in a CSV file."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    return f"{value:.{decimals}f}" if decimals is not None else str(value)
