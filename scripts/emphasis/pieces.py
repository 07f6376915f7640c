"""Large tables report by report: of Parquet files with a row group for each report only some reports are in memory."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq

from emphasis.tables import Schema, concat, typed


class StoredTable:
    """A table in one or several Parquet files that were written here, of which the rows of single reports are read.

    Parameters
    ----------
    paths : sequence of Path
    schema : Schema
    columns : sequence of str, optional
        Those that are wanted; all without it.
    """

    def __init__(self, paths: Sequence[Path | str], schema: Schema, columns: Sequence[str] | None = None) -> None:
        self._schema = schema.only(columns)
        self._files = [pq.ParquetFile(path) for path in paths]
        self._places = {
            file.metadata.row_group(group).column(0).statistics.min: (number, group)
            for number, file in enumerate(self._files)
            for group in range(file.num_row_groups)
        }

    @property
    def reports(self) -> list[str]:
        """Ids of the reports that have rows, sorted."""
        return sorted(self._places)

    def of(self, report_ids: Sequence[str]) -> pd.DataFrame:
        """The rows of some reports, one report after the other in the order of their ids."""
        found = []
        for report_id in sorted(report_ids):
            if report_id in self._places:
                number, group = self._places[report_id]
                arrow = self._files[number].read_row_group(group, self._schema.columns, use_threads=False)
                found.append(typed(arrow.to_pandas(use_threads=False), self._schema))
        return concat(found, self._schema)


def pieces(tables: Mapping[str, StoredTable], size: int = 32) -> Iterator[dict[str, pd.DataFrame]]:
    """Some reports at a time, in the order of their ids: the rows of each table."""
    ids = sorted({report_id for table in tables.values() for report_id in table.reports})
    for start in range(0, len(ids), size):
        yield {name: table.of(ids[start : start + size]) for name, table in tables.items()}


def read_pieces(
    paths: Mapping[str, Path | str],
    schemas: Mapping[str, Schema],
    columns: Mapping[str, Sequence[str]],
    size: int = 32,
) -> Iterator[dict[str, pd.DataFrame]]:
    """Some reports at a time of Parquet files that were written here: for each table its rows of the same reports.

    Parameters
    ----------
    paths : mapping
        Files by table.
    schemas : mapping
    columns : mapping
        The columns that are wanted of a table; all of a table that is not named.
    size : int
        Reports at a time.
    """
    return pieces({name: StoredTable([path], schemas[name], columns.get(name)) for name, path in paths.items()}, size)
