"""Merge the tables of several batches without holding them in memory."""

from __future__ import annotations

import heapq
import mmap
import re
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from operator import itemgetter
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq

from emphasis.store.atomic import write_atomically
from emphasis.store.damaged import name_in_errors
from emphasis.store.escaping import unescape
from emphasis.store.file_bytes import FileBytes
from emphasis.store.row_groups import Assembly, Footer, RowGroup, owner, read_footer
from emphasis.store.tables import CsvForm, Schema, concat, read, write

_BYTES = 1 << 24
_PLAIN = CsvForm()
_FIELD_END = re.compile(b"[,\n]")


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
        places: list[tuple[bytes, FileBytes, int, int]] = []
        for part in parts:
            with name_in_errors(part):
                data = stack.enter_context(FileBytes(part))
                with mapped(part) as whole:
                    rows = _rows(whole)
                    header = whole[: rows[0]]
                    if header.decode("utf-8-sig") != ",".join(schema.columns) + "\n":
                        raise ValueError("it has other columns than its table")
                    runs = _runs(whole, rows, schema.first)
                    places += [(report_id, data, start, stop) for report_id, start, stop in runs]
            if not out.tell():
                out.write(header)
        # Bytes of UTF-8 sort like the characters they encode.
        for _, data, start, stop in sorted(places, key=itemgetter(0)):
            out.write(data[start:stop])


@contextmanager
def mapped(path: Path | str) -> Iterator[mmap.mmap]:
    """All bytes of a file, to be looked through."""
    with Path(path).open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        yield data


def _let_go(data: mmap.mmap) -> None:
    """Free the memory of what was looked at; where it is wanted again, it is read again."""
    if hasattr(mmap, "MADV_DONTNEED"):  # not on Windows
        data.madvise(mmap.MADV_DONTNEED)


def report_runs(data: mmap.mmap, schema: Schema) -> Iterator[tuple[bytes, int, int]]:
    """For each report in a CSV file that is sorted first by report: its id; where its rows begin and end."""
    yield from _runs(data, _rows(data), schema.first)


def _rows(data: mmap.mmap) -> np.ndarray:
    """Where each row after the header begins, and where the file ends.

    A line feed inside quotes ends no row: one that has an odd number of quotes before it, as the first in ``a,"b LF c" LF``. A
    quote that is doubled inside a field counts twice and changes nothing.

    Raises
    ------
    ValueError
        If the last row does not end, as in a file that was cut off.
    """
    ends_of_blocks, n_quotes = [np.zeros(0, dtype="int64")], 0
    for at in range(0, len(data), _BYTES):
        some = np.frombuffer(data[at : at + _BYTES], dtype="uint8")
        _let_go(data)
        quotes, feeds = (np.flatnonzero(some == ord(mark)) for mark in ('"', "\n"))
        ends_of_blocks.append(feeds[(np.searchsorted(quotes, feeds) + n_quotes) % 2 == 0] + at + 1)
        n_quotes += len(quotes)
    ends = np.concatenate(ends_of_blocks)
    if not len(ends) or ends[-1] != len(data):
        raise ValueError("its last row does not end")
    return ends


def _runs(data: mmap.mmap, rows: np.ndarray, column: int) -> Iterator[tuple[bytes, int, int]]:
    """For each report: its id, which is in a column of its rows; where its rows begin and end."""
    at, last = 0, len(rows) - 1
    looked = 0
    while at < last:
        if rows[at] > looked + _BYTES:
            looked = int(rows[at])
            _let_go(data)
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
        yield report_id, int(rows[at]), int(rows[high])
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
        groups = (_row_groups(part, schema.first, stack) for part in parts)
        for _, group, data, footer in heapq.merge(*groups, key=itemgetter(0)):
            merged.add(data, [group], footer)
    merged.close()


def _row_groups(part: Path | str, column: int, stack: ExitStack) -> Iterator[tuple[str, RowGroup, FileBytes, Footer]]:
    """The row groups of a file, each with its report's id, the file's bytes and its footer: a row group holds one report."""
    with name_in_errors(part):
        data = stack.enter_context(FileBytes(part))
        footer, table = read_footer(data, column), pq.ParquetFile(part)
        for number, group in enumerate(footer.groups):
            # Read for nothing but to see that it can be.
            table.read_row_group(number, use_threads=False)
            yield owner(group), group, data, footer
