"""Put the tables of several batches together without holding them in memory."""

from __future__ import annotations

import csv
import heapq
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from operator import itemgetter
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from emphasis.tables import Schema
from emphasis.whole import whole


def merge_tables(parts: Sequence[Path | str], merged: Path | str, schema: Schema) -> None:
    """Merge tables of one schema, each sorted by one column first, the same for all, into one that is sorted by it too.

    The result is byte for byte what one batch with all reports would have written.
    """
    if str(merged).endswith(".parquet"):
        whole(merged, lambda path: _merge_parquet(parts, path, schema))
    else:
        whole(merged, lambda path: _merge_csv(parts, path, schema))


def _merge_csv(parts: Sequence[Path | str], path: Path, schema: Schema) -> None:
    with ExitStack() as stack, path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        readers: list[Iterator[list[str]]] = [
            csv.reader(stack.enter_context(Path(part).open(encoding="utf-8", newline=""))) for part in parts
        ]
        headers = [next(reader) for reader in readers]
        writer.writerow(headers[0])
        first = headers[0].index(schema.order[0])

        def by_report(row: Any) -> Any:
            return row[first]

        # Batches share no report, so whole reports are merged and the order of rows inside a report stays.
        writer.writerows(heapq.merge(*readers, key=by_report))


def _merge_parquet(parts: Sequence[Path | str], path: Path, schema: Schema) -> None:
    with pq.ParquetWriter(path, schema.arrow, compression="zstd") as writer:
        groups = (_row_groups(part) for part in parts)
        for _, group in heapq.merge(*groups, key=itemgetter(0)):
            writer.write_table(group)


def _row_groups(part: Path | str) -> Iterator[tuple[str, pa.Table]]:
    """The row groups of a file, each with its report's id: a row group holds one report."""
    file = pq.ParquetFile(part)
    for index in range(file.num_row_groups):
        group = file.read_row_group(index)
        yield group.column(0)[0].as_py(), group
