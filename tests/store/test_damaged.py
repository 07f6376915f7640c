"""Results that cannot be read: every reader names the file and says what to do."""

from __future__ import annotations

import pandas as pd
import pytest

from emphasis.errors import EmphasisError
from emphasis.measures.report_terms import load_report_terms
from emphasis.store.batches import StoredTable
from emphasis.store.merge import merge_tables
from emphasis.store.results import read_rows, read_table
from emphasis.store.tables import read, write

READERS = {
    "read": read,
    "read_table": read_table,
    "read_rows": lambda file, schema: list(read_rows(file, schema=schema)),
    "StoredTable": lambda file, schema: StoredTable([file], schema).of(["a", "b"]),
    "merge_tables": lambda file, schema: merge_tables([file], file.with_name("merged.parquet"), schema),
    "load_report_terms": lambda file, schema: load_report_terms([file], [file]),
}
"""What reads Parquet files of a run."""


def cut(content):
    return content[: len(content) // 2]


def spoil_pages(content):
    """The pages of columns overwritten; the description at the end of the file stays."""
    return content[:4] + b"\xff" * 60 + content[64:]


@pytest.mark.parametrize("damage", [cut, spoil_pages, lambda content: b""])
@pytest.mark.parametrize("reader", READERS)
def test_a_damaged_parquet_file_is_named(tmp_path, schemas, reader, damage):
    schema = schemas["report_terms"]
    rows = {f.name: ["a", "b"] if f.type == "string" else [1, 2] for f in schema.fields}
    file = tmp_path / "report_terms.parquet"
    write(pd.DataFrame(rows), file, schema)
    file.write_bytes(damage(file.read_bytes()))
    with pytest.raises(
        EmphasisError, match=r"report_terms\.parquet: cannot be read .*; delete it and run snakemake again"
    ):
        READERS[reader](file, schema)


@pytest.mark.parametrize("reader", READERS)
def test_a_missing_one_too(tmp_path, schemas, reader):
    with pytest.raises(EmphasisError, match=r"report_terms\.parquet: absent; run snakemake, which makes it"):
        READERS[reader](tmp_path / "report_terms.parquet", schemas["report_terms"])
