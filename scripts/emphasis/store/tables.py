"""The only way a table is written: checked against its schema, sorted, in a fixed format, whole or not at all.

A schema is a file in workflow/schemas/tables, in the terms of Frictionless Table Schema (name, type, description,
constraints), with one addition: ``decimals`` of a number, to which it is rounded and printed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import Any, BinaryIO, TypeAlias, cast

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
from pyarrow import csv

from emphasis.errors import EmphasisError
from emphasis.store.atomic import AtomicFile
from emphasis.store.columns import Column, Field, check_column, csv_lines, encode, first_duplicate, order
from emphasis.store.damaged import name_in_errors
from emphasis.store.escaping import unescape_table
from emphasis.store.markup import from_yaml
from emphasis.store.row_groups import Assembly, RowGroup, read_footer

__all__ = [
    "CsvForm",
    "Field",
    "Schema",
    "Writer",
    "check",
    "concat",
    "load_schema",
    "load_schemas",
    "only",
    "read",
    "table_from_rows",
    "write",
]

_BLOCK = 1 << 25
"""Bytes of a CSV file that are parsed at once."""


@dataclass(frozen=True)
class CsvForm:
    """How CSV files are written: with a byte-order mark, with apostrophes before what looks like a formula; see the configuration.

    The readers here read every form.
    """

    mark: bool = False
    escaped: bool = False


_PLAIN = CsvForm()

StoredGroups: TypeAlias = tuple[Any, Sequence[RowGroup]]
"""All bytes of a Parquet file, and some of its row groups."""


_TYPES: dict[str, tuple[str, pa.DataType]] = {
    "string": ("str", pa.string()),
    "integer": ("Int64", pa.int64()),
    "number": ("float64", pa.float64()),
    "boolean": ("bool", pa.bool_()),
}


@dataclass(frozen=True)
class Schema:
    """One table: its columns in order, the columns that identify a row, and those that its rows are sorted by.

    A column of `order` with a minus sign before it is sorted from the largest value down; the key breaks ties.
    """

    name: str
    title: str
    description: str
    fields: tuple[Field, ...]
    key: tuple[str, ...]
    order: tuple[str, ...]

    @property
    def columns(self) -> list[str]:
        """Names of the columns, in order."""
        return [f.name for f in self.fields]

    @property
    def first(self) -> int:
        """The number of the column that rows are sorted by first; in most tables it is the first, with the report's id."""
        return self.columns.index(self.order[0].removeprefix("-"))

    def only(self, columns: Sequence[str] | None) -> Schema:
        """The schema with some of its columns, in the schema's order; with all of them for None."""
        if columns is None:
            return self
        return replace(self, fields=tuple(f for f in self.fields if f.name in columns))

    @property
    def arrow(self) -> pa.Schema:
        """The same columns as Arrow types."""
        return pa.schema([(f.name, _TYPES[f.type][1]) for f in self.fields])


def load_schema(path: Path | str) -> Schema:
    """Read a schema file; the table is named like the file."""
    file = Path(path)
    data = from_yaml(file.read_text(encoding="utf-8"))
    fields = tuple(Field(**entry) for entry in data["fields"])
    key = tuple(data["primaryKey"])
    return Schema(file.stem, data["title"], data["description"], fields, key, tuple(data.get("order", key)))


def load_schemas(paths: Iterable[Path | str]) -> dict[str, Schema]:
    """Read several schema files; schemas by table name."""
    return {schema.name: schema for schema in map(load_schema, paths)}


def table_from_rows(rows: Iterable[Any], schema: Schema) -> pd.DataFrame:
    """A table with the schema's types from rows: tuples in the order of the columns, or mappings."""
    return apply_types(pd.DataFrame(list(rows), columns=schema.columns), schema)


def apply_types(table: pd.DataFrame, schema: Schema) -> pd.DataFrame:
    """The table with the columns of a schema and their types; missing text becomes empty, Arrow dictionaries stay as they are."""
    out = {}
    for f in schema.fields:
        column = table[f.name]
        if isinstance(column.dtype, pd.ArrowDtype):
            out[f.name] = column
            continue
        if f.type == "string":
            column = column.fillna("")
        out[f.name] = column.astype(_TYPES[f.type][0])  # type: ignore[call-overload]
    return pd.DataFrame(out, columns=schema.columns)


def check(table: pd.DataFrame, schema: Schema) -> pd.DataFrame:
    """Return the table with the schema's types, order of columns and order of rows, or refuse it.

    A table without rows may lack its columns.

    Raises
    ------
    EmphasisError
        Names the table, the column, the first offending value and what is allowed.
    """
    columns, rows = _check_and_sort(table, schema)
    arrow = pa.table([c.to_arrow(slice(None) if rows is None else rows) for c in columns], schema=schema.arrow)
    return apply_types(arrow.to_pandas(), schema)


def _check_and_sort(table: pd.DataFrame, schema: Schema) -> tuple[list[Column], np.ndarray | None]:
    """The columns as the schema has them, and the order of rows that sorts them; None if they are sorted."""
    if not len(table.columns):
        table = table_from_rows([], schema)
    if set(table.columns) != set(schema.columns):
        raise EmphasisError(f"{schema.name}: columns are {list(table.columns)}; they must be {schema.columns}")
    try:
        columns = {f.name: encode(table[f.name], f) for f in schema.fields}
    except (TypeError, ValueError) as error:
        raise EmphasisError(f"{schema.name}: a column has values of another type: {error}") from error
    for column in columns.values():
        check_column(column, schema.name)
    keys = list(schema.key)
    twice = first_duplicate([columns[name] for name in keys])
    if twice is not None:
        row = {name: columns[name].to_arrow(slice(twice, twice + 1))[0].as_py() for name in keys}
        raise EmphasisError(f"{schema.name}: the row {row} occurs twice")
    names = [name.removeprefix("-") for name in schema.order]
    names += [name for name in keys if name not in names]
    upward = [f"-{name}" not in schema.order for name in names]
    return list(columns.values()), order([columns[name] for name in names], upward)


class Writer:
    """Writes a table chunk by chunk, each chunk with whole reports whose ids come after those of the chunk before.

    The file is the one that `write` makes of all chunks together, but only one chunk is in memory. Of a table that is not
    sorted by report, all that was said of reports holds for the values of its first column. Used in a `with` statement: the file appears when it ends without an exception.

    Parameters
    ----------
    path : path-like
    schema : Schema
    form : CsvForm
        Of a CSV file.
    """

    def __init__(self, path: Path | str, schema: Schema, form: CsvForm = _PLAIN) -> None:
        self._schema = schema
        self._form = form
        self._whole = AtomicFile(path)
        self._as_parquet = str(path).endswith(".parquet")
        self._last = ""
        self._parquet: pq.ParquetWriter | None = None
        self._csv: BinaryIO | None = None
        self._assembly: Assembly | None = None

    def __enter__(self) -> Writer:
        partial = self._partial = self._whole.__enter__()
        if self._as_parquet:
            self._parquet = pq.ParquetWriter(partial, self._schema.arrow, compression="zstd")
        else:
            self._csv = partial.open("wb")
            self._csv.write((",".join(self._schema.columns) + "\n").encode("utf-8-sig" if self._form.mark else "utf-8"))
        return self

    def add(self, table: pd.DataFrame) -> None:
        """Check a chunk and write it.

        Raises
        ------
        EmphasisError
            As `check`, and for a report that should have come in an earlier chunk.
        """
        columns, rows = _check_and_sort(table, self._schema)
        # A table may have its reports in another column than the first, as that of the topics of sections.
        first = next((c for c in columns if c.field.name == self._schema.order[0] == "report_id"), columns[0])
        if not len(first):
            return
        self._check_follows(first, rows)
        if self._csv:
            self._csv.writelines(csv_lines(columns, rows, escaped=self._form.escaped))
        else:
            arrow = self._schema.arrow
            places = _by_report(first, rows)
            self._write_parquet(pa.table([c.to_arrow(some) for c in columns], schema=arrow) for some in places)

    def copy(self, report_id: str, rows: bytes | StoredGroups) -> None:
        """Write the rows of a report as they are, which a writer of this schema and form wrote before: as bytes, or as row groups.

        Raises
        ------
        EmphasisError
            For a report that should have come earlier.
        """
        if not rows:
            return
        self._check_order(report_id, report_id)
        if self._csv:
            self._csv.write(cast(bytes, rows))
            return
        self._assemble().add(*cast("StoredGroups", rows))

    def _assemble(self) -> Assembly:
        """The file, closed by its writer, to be gone on with in row groups."""
        if self._assembly is None:
            cast(pq.ParquetWriter, self._parquet).close()
            self._assembly = Assembly(self._partial)
        return self._assembly

    def _write_parquet(self, tables: Iterable[pa.Table]) -> None:
        if self._assembly is None:
            _write_groups(cast(pq.ParquetWriter, self._parquet), tables)
            return
        # As a file of their own, of which the row groups are taken.
        with pa.BufferOutputStream() as stream:
            with pq.ParquetWriter(stream, self._schema.arrow, compression="zstd") as writer:
                _write_groups(writer, tables)
            data = stream.getvalue().to_pybytes()
        self._assembly.add(data, read_footer(data).groups)

    def _check_follows(self, first: Column, rows: np.ndarray | None) -> None:
        if first.strings is None:
            return
        ends = [0, -1] if rows is None else rows[[0, -1]]
        self._check_order(*(str(word) for word in first.strings.take(pa.array(first.values[ends])).to_pylist()))

    def _check_order(self, start: str, end: str) -> None:
        if self._last and start <= self._last:
            raise EmphasisError(f"{self._schema.name}: {start} has to come before {self._last}")
        self._last = end

    def __exit__(self, *error: Any) -> None:
        for file in (self._csv, self._assembly or self._parquet):
            if file:
                file.close()
        self._whole.__exit__(*error)


def _write_groups(writer: pq.ParquetWriter, tables: Iterable[pa.Table]) -> None:
    """Write each table as one row group; left to itself, pyarrow begins another one after 2**20 rows."""
    for table in tables:
        writer.write_table(table, row_group_size=max(len(table), 1))


def _by_report(first: Column, rows: np.ndarray | None) -> Iterator[np.ndarray | slice]:
    """The rows of each report; all rows when the first column is not report_id."""
    if first.field.name != "report_id":
        yield slice(None) if rows is None else rows
        return
    values = first.values if rows is None else first.values[rows]
    starts = [0, *(np.flatnonzero(values[1:] != values[:-1]) + 1), len(values)]
    for start, stop in pairwise(starts):
        yield slice(start, stop) if rows is None else rows[start:stop]


def write(table: pd.DataFrame, path: Path | str, schema: Schema, form: CsvForm = _PLAIN) -> None:
    """Check a table and write it as CSV or Parquet, depending on the file's name.

    CSV is UTF-8 with LF, a header, and an empty field for a missing value, in the form that is asked for;
    Parquet has a row group for each report.
    """
    with Writer(path, schema, form) as out:
        out.add(table)


def read(path: Path | str, schema: Schema, columns: Sequence[str] | None = None) -> pd.DataFrame:
    """Read a table that was written here, with its schema's types.

    Parameters
    ----------
    path : path-like
    schema : Schema
    columns : sequence of str, optional
        Only these are read.
    """
    wanted = schema.only(columns)
    return apply_types(read_arrow(path, wanted).to_pandas(use_threads=False), wanted)


def read_arrow(path: Path | str, schema: Schema) -> pa.Table:
    """The columns of a schema from a table that was written here, as Arrow reads them; see `read`."""
    with name_in_errors(path):
        if str(path).endswith(".parquet"):
            arrow = pq.read_table(path, columns=schema.columns, use_threads=False)
        else:
            arrow = unescape_table(open_csv(path, schema).read_all())
    # A column without any chunk, as a file without rows gives it, cannot be merged by pandas.
    return arrow if arrow.num_rows else schema.arrow.empty_table()


def open_csv(path: Path | str | pa.NativeFile, schema: Schema) -> csv.CSVStreamingReader:
    """The columns of a schema from a CSV file that was written here, block by block; a byte-order mark is skipped, apostrophes stay."""
    return csv.open_csv(
        path,
        read_options=csv.ReadOptions(use_threads=False, block_size=_BLOCK),
        parse_options=csv.ParseOptions(newlines_in_values=True),
        convert_options=csv.ConvertOptions(
            column_types=schema.arrow, include_columns=schema.columns, null_values=[""], strings_can_be_null=False
        ),
    )


def concat(tables: Sequence[pd.DataFrame], schema: Schema) -> pd.DataFrame:
    """Tables of one schema, one after the other; tables without rows are skipped."""
    filled = [table for table in tables if len(table)]
    return pd.concat(filled, ignore_index=True) if filled else table_from_rows([], schema)


def only(table: pd.DataFrame, report_id: str) -> pd.DataFrame:
    """The rows of one report."""
    return table[table["report_id"] == report_id].reset_index(drop=True)


def report_slices(table: pd.DataFrame) -> dict[str, slice]:
    """The slice of each report's rows in a table that has them next to each other."""
    ids = table["report_id"].to_numpy(dtype=object)
    starts = [*(np.flatnonzero(ids[1:] != ids[:-1]) + 1).tolist(), len(ids)] if len(ids) else []
    return {ids[start]: slice(start, stop) for start, stop in pairwise([0, *starts])}
