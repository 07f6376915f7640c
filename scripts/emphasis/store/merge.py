"""Merge the tables of several batches without holding them in memory."""

from __future__ import annotations

import heapq
import mmap
import re
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from operator import itemgetter
from pathlib import Path
from typing import TypeAlias

import numpy as np
import pyarrow.parquet as pq

from emphasis.store.atomic import write_atomically
from emphasis.store.damaged import name_in_errors
from emphasis.store.escaping import unescape
from emphasis.store.row_groups import Assembly, RowGroup, Struct, owner, read_footer, row_groups
from emphasis.store.tables import CsvForm, Schema, concat, read, write

_BYTES = 1 << 24
_PLAIN = CsvForm()
_FIELD_END = re.compile(b"[,\n]")

Run: TypeAlias = tuple[bytes, mmap.mmap, int, int]
"""The rows of a report: its id, all bytes of the file, where they begin and end."""


def merge_tables(parts: Sequence[Path | str], merged: Path | str, schema: Schema, form: CsvForm = _PLAIN) -> None:
    """Merge tables of one schema, all sorted first by the same column, the report's id, into one that is sorted likewise.

    Of a table that has no reports' ids, rows that several parts have are kept once. The result is byte for byte what one batch
    with all reports would have written in this form, which is that of the parts.
    """
    if "report_id" not in schema.columns:
        tables = [read(part, schema) for part in parts]
        write(concat(tables, schema).drop_duplicates(ignore_index=True), merged, schema, form)
    elif str(merged).endswith(".parquet"):
        write_atomically(merged, lambda path: _merge_parquet(parts, path, schema))
    else:
        write_atomically(merged, lambda path: _merge_csv(parts, path, schema))


def _merge_csv(parts: Sequence[Path | str], path: Path, schema: Schema) -> None:
    # No report is in two batches, so the rows of a report are copied as one block of bytes, in their order. The header is that
    # of the first part, with its byte-order mark if there is one; those of the others go with their headers.
    with ExitStack() as stack, path.open("wb") as out:
        runs: list[Iterator[Run]] = []
        for part in parts:
            with name_in_errors(part):
                file = stack.enter_context(Path(part).open("rb"))
                data = stack.enter_context(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
                rows = _rows(data)
                header = data[: rows[0]]
                if header.decode("utf-8-sig") != ",".join(schema.columns) + "\n":
                    raise ValueError("it has other columns than its table")
            if not runs:
                out.write(header)
            runs.append(_named(part, _runs(data, rows, schema.columns.index(schema.order[0]))))
        # Bytes of UTF-8 sort like the characters they encode.
        for _, data, start, stop in heapq.merge(*runs, key=itemgetter(0)):
            out.write(data[start:stop])


def _named(part: Path | str, runs: Iterator[Run]) -> Iterator[Run]:
    """The same runs; an error in reading them names the file."""
    with name_in_errors(part):
        yield from runs


def report_runs(data: mmap.mmap, schema: Schema) -> Iterator[tuple[bytes, int, int]]:
    """For each report in a CSV file that is sorted first by report: its id; where its rows begin and end."""
    for report_id, _, start, stop in _runs(data, _rows(data), schema.columns.index(schema.order[0])):
        yield report_id, start, stop


def _rows(data: mmap.mmap) -> np.ndarray:
    """Where each row after the header begins, and where the file ends.

    A line feed inside quotes ends no row: one that has an odd number of quotes before it, as the first in ``a,"b LF c" LF``. A
    quote that is doubled inside a field counts twice and changes nothing.

    Raises
    ------
    ValueError
        If the last row does not end, as in a file that was cut off.
    """
    quotes = feeds = np.zeros(0, dtype="int64")
    for at in range(0, len(data), _BYTES):
        some = np.frombuffer(data[at : at + _BYTES], dtype="uint8")
        quotes = np.append(quotes, np.flatnonzero(some == ord('"')) + at)
        feeds = np.append(feeds, np.flatnonzero(some == ord("\n")) + at)
    ends: np.ndarray = feeds[np.searchsorted(quotes, feeds) % 2 == 0] + 1
    if not len(ends) or ends[-1] != len(data):
        raise ValueError("its last row does not end")
    return ends


def _runs(data: mmap.mmap, rows: np.ndarray, column: int) -> Iterator[Run]:
    """For each report: its id, which is in a column of its rows; the file; where its rows begin and end."""
    at, last = 0, len(rows) - 1
    while at < last:
        report_id = _field(data, column, int(rows[at]))
        # A report's rows are next to each other: step 1, 2, 4, ... rows ahead until the id changes, then bisect the last step.
        step = 1
        while at + step < last and _field(data, column, int(rows[at + step])) == report_id:
            step *= 2
        low, high = at + step // 2, min(at + step, last)
        while high - low > 1:
            middle = (low + high) // 2
            same = _field(data, column, int(rows[middle])) == report_id
            low, high = (middle, high) if same else (low, middle)
        yield report_id, data, int(rows[at]), int(rows[high])
        at = high


def _field(data: mmap.mmap, column: int, start: int) -> bytes:
    """A field of the row that begins at `start`."""
    for _ in range(column):
        start = _end(data, start) + 1
    field = data[start : _end(data, start)]
    field = field[1:-1].replace(b'""', b'"') if field[:1] == b'"' else field
    return unescape(field.decode()).encode() if field[:1] == b"'" else field


def _end(data: mmap.mmap, start: int) -> int:
    """Where the field that begins at `start` ends; a quoted one ends at a quote that is not doubled."""
    stop = start
    if data[start : start + 1] == b'"':
        stop = start + 1
        while data[stop : stop + 2] == b'""' or data[stop : stop + 1] != b'"':
            stop += 2 if data[stop : stop + 1] == b'"' else 1
    match = _FIELD_END.search(data, stop)
    return match.start() if match else len(data)


def _merge_parquet(parts: Sequence[Path | str], path: Path, schema: Schema) -> None:
    pq.ParquetWriter(path, schema.arrow, compression="zstd").close()
    merged = Assembly(path)
    with ExitStack() as stack:
        groups = (_row_groups(part, stack) for part in parts)
        for _, group, data, footer in heapq.merge(*groups, key=itemgetter(0)):
            merged.add(data, [group], footer)
    merged.close()


def _row_groups(part: Path | str, stack: ExitStack) -> Iterator[tuple[str, RowGroup, mmap.mmap, Struct]]:
    """The row groups of a file, each with its report's id, the file's bytes and its footer: a row group holds one report."""
    with name_in_errors(part):
        with Path(part).open("rb") as file:
            data = stack.enter_context(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
        footer, table = read_footer(data), pq.ParquetFile(part)
        for number, group in enumerate(row_groups(footer)):
            # Read for nothing but to see that it can be.
            table.read_row_group(number, use_threads=False)
            yield owner(group), group, data, footer
