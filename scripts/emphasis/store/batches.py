"""Tables that are read report by report, so that only some reports are in memory: Parquet files have a row group for each."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from emphasis.store.damaged import name_in_errors
from emphasis.store.escaping import unescape_table
from emphasis.store.file_bytes import FileBytes
from emphasis.store.merge import mapped, report_runs
from emphasis.store.row_groups import owners
from emphasis.store.tables import Schema, apply_types, open_csv


class StoredTable:
    """A table in one or several files that `Writer` wrote, from which the rows of single reports are read.

    Files are read report by report.

    Parameters
    ----------
    paths : sequence of Path
    schema : Schema
    columns : sequence of str, optional
        The columns to read; by default all.
    as_codes : bool
        Whether strings of Parquet files stay Arrow dictionaries, as they are stored. This takes a fraction of the time and of
        the memory, and is enough where words are only compared: `emphasis.store.codes` reads it.
    only : (str, str), optional
        A column and its value in the rows that are read; of others there are none.
    """

    def __init__(
        self,
        paths: Sequence[Path | str],
        schema: Schema,
        columns: Sequence[str] | None = None,
        *,
        as_codes: bool = False,
        only: tuple[str, str] | None = None,
    ) -> None:
        self._schema, self._only = schema.only(columns), only
        self._files = [
            _Parquet(path, self._schema, as_codes, schema.first)
            if str(path).endswith(".parquet")
            else _Csv(path, schema, self._schema)
            for path in paths
        ]
        self._places = {
            report_id: (number, place)
            for number, file in enumerate(self._files)
            for report_id, place in file.places.items()
        }

    @property
    def reports(self) -> list[str]:
        """Ids of the reports that have rows, sorted."""
        return sorted(self._places)

    def of(self, report_ids: Sequence[str]) -> pd.DataFrame:
        """The rows of some reports, one report after the other in the order of their ids."""
        return apply_types(self.arrow(report_ids).to_pandas(use_threads=False, types_mapper=_as_stored), self._schema)

    def arrow(self, report_ids: Sequence[str]) -> pa.Table:
        """The same rows as `of`, as an Arrow table."""
        known = [self._places[report_id] for report_id in sorted(report_ids) if report_id in self._places]
        # One table for all reports: making one for each would take longer than reading its rows.
        runs = groupby(known, key=lambda place: place[0])
        found = [self._files[number].rows([place for _, place in run]) for number, run in runs]
        table = pa.concat_tables(found) if found else self._schema.arrow.empty_table()
        if self._only is None:
            return table
        column, value = self._only
        return table.filter(pc.equal(table[column], value))


class SpillFile:
    """Rows of reports that would be too many for memory, kept in a file: first those of all reports are put in, then any is taken.

    Parameters
    ----------
    path : Path
        The caller removes it.
    schema : Arrow schema
    """

    def __init__(self, path: Path, schema: pa.Schema) -> None:
        self._path, self.schema = path, schema
        self._writer: pa.ipc.RecordBatchFileWriter | None = None
        self._reader: pa.ipc.RecordBatchFileReader | None = None
        self._number: dict[str, int] = {}

    @property
    def reports(self) -> list[str]:
        """Ids of the reports that have rows, in the order in which they were put."""
        return list(self._number)

    def put(self, report_id: str, table: pa.Table) -> None:
        """Write the rows of a report to the file."""
        if not table.num_rows:
            return
        if self._writer is None:
            self._writer = pa.ipc.new_file(self._path, self.schema)
        self._writer.write_batch(table.combine_chunks().to_batches()[0])
        self._number[report_id] = len(self._number)

    def take(self, report_id: str) -> pa.Table:
        """Read the rows of a report."""
        if report_id not in self._number:
            return self.schema.empty_table()
        if self._writer is not None:
            self._writer.close()
            self._writer = None
        if self._reader is None:
            self._reader = pa.ipc.open_file(self._path)
        return pa.Table.from_batches([self._reader.get_batch(self._number[report_id])])


def _as_stored(kind: pa.DataType) -> pd.ArrowDtype | None:
    return pd.ArrowDtype(kind) if pa.types.is_dictionary(kind) else None


class _Parquet:
    """A file with a row group for each report."""

    def __init__(self, path: Path | str, schema: Schema, as_codes: bool, column: int) -> None:
        coded = [f.name for f in schema.fields if as_codes and f.type == "string"]
        self._path, self._columns = path, schema.columns
        with name_in_errors(path):
            self._file = pq.ParquetFile(path, read_dictionary=coded)
            self.places = {report_id: (i, i + 1) for i, report_id in enumerate(owners(self._file.metadata, column))}

    def rows(self, places: Sequence[tuple[int, int]]) -> pa.Table:
        with name_in_errors(self._path):
            return self._file.read_row_groups([first for first, _ in places], self._columns, use_threads=False)


class _Csv:
    """A file that is sorted first by report."""

    def __init__(self, path: Path | str, schema: Schema, wanted: Schema) -> None:
        self._path, self._schema = path, wanted
        with name_in_errors(path), mapped(path) as data:
            self.places = {name.decode(): (start, stop) for name, start, stop in report_runs(data, schema)}
            # No field of a header has a line feed.
            self._header = data[: data.find(b"\n") + 1]

    def rows(self, places: Sequence[tuple[int, int]]) -> pa.Table:
        with name_in_errors(self._path):
            with FileBytes(self._path) as data:
                some = b"".join([self._header, *(data[start:stop] for start, stop in places)])
            return unescape_table(open_csv(pa.BufferReader(some), self._schema).read_all())


def split_ids(report_ids: Sequence[str], size: int = 32) -> Iterator[Sequence[str]]:
    """The ids in chunks of this size, in their order."""
    for start in range(0, len(report_ids), size):
        yield report_ids[start : start + size]


def chunks(tables: Mapping[str, StoredTable], size: int = 32) -> Iterator[dict[str, pd.DataFrame]]:
    """Some reports at a time, in the order of their ids: the rows of each table."""
    ids = sorted({report_id for table in tables.values() for report_id in table.reports})
    for some in split_ids(ids, size):
        yield {name: table.of(some) for name, table in tables.items()}


def read_chunks(
    paths: Mapping[str, Path | str],
    schemas: Mapping[str, Schema],
    columns: Mapping[str, Sequence[str]],
    size: int = 32,
    as_codes: Collection[str] = (),
) -> Iterator[dict[str, pd.DataFrame]]:
    """Read files that `Writer` wrote, some reports at a time: for each table its rows of the same reports.

    Parameters
    ----------
    paths : mapping
        Files by table.
    schemas : mapping
    columns : mapping
        The columns to read from a table; all of a table that is not named.
    size : int
        Reports at a time.
    as_codes : collection of str
        Tables whose strings stay as they are stored; see `StoredTable`.
    """
    tables = {
        name: StoredTable([path], schemas[name], columns.get(name), as_codes=name in as_codes)
        for name, path in paths.items()
    }
    return chunks(tables, size)
