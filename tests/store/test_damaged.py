"""Results that cannot be read: every reader names the file and says what to do."""

from __future__ import annotations

import pandas as pd
import pyarrow.parquet as pq
import pytest

from emphasis.errors import EmphasisError
from emphasis.measures.report_terms import load_report_terms
from emphasis.store.batches import StoredTable
from emphasis.store.kept import MadeFrom
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


BY_REPORT = {
    "StoredTable": lambda file, schema: StoredTable([file], schema),
    "merge_tables": lambda file, schema: merge_tables([file], file.with_name(f"merged{file.suffix}"), schema),
    "MadeFrom": lambda file, schema: MadeFrom({"t": [file]}, {"t": schema}, ()),
}
"""What takes rows of single reports out of a file."""


@pytest.mark.parametrize("damage", [cut, lambda content: content[:-20], lambda _: b""])
def test_a_damaged_file_is_named_by_what_hashes_its_bytes(tmp_path, schemas, damage):
    """It sees only the description at the end, since it reads no pages."""
    schema, file = schemas["report_terms"], tmp_path / "report_terms.parquet"
    write(pd.DataFrame({f.name: ["a", "b"] if f.type == "string" else [1, 2] for f in schema.fields}), file, schema)
    file.write_bytes(damage(file.read_bytes()))
    with pytest.raises(EmphasisError, match=r"report_terms\.parquet: cannot be read"):
        BY_REPORT["MadeFrom"](file, schema)


@pytest.mark.parametrize("statistics", [True, False])
@pytest.mark.parametrize("reader", BY_REPORT)
def test_a_parquet_file_that_another_program_wrote_is_not_taken_apart_by_report(tmp_path, schemas, reader, statistics):
    """It has the rows of all reports in one row group, or does not say whose they are."""
    schema, file = schemas["report_terms"], tmp_path / "report_terms.parquet"
    rows = {f.name: ["a", "b"] if f.type == "string" else [1, 2] for f in schema.fields}
    write(pd.DataFrame(rows), file, schema)
    pq.write_table(pq.read_table(file), file, write_statistics=statistics)
    with pytest.raises(
        EmphasisError, match=r"report_terms\.parquet: cannot be read \(it does not have a row group for"
    ):
        BY_REPORT[reader](file, schema)


@pytest.mark.parametrize("damage", [lambda content: content[:-1], lambda content: content + b'"c', lambda _: b""])
@pytest.mark.parametrize("reader", BY_REPORT)
def test_a_csv_file_that_was_cut_off_does_not_lose_its_last_row_in_silence(tmp_path, schemas, reader, damage):
    schema, file = schemas["report_sizes"], tmp_path / "report_sizes.csv"
    write(pd.DataFrame({f.name: ["a", "b"] if f.type == "string" else [1, 2] for f in schema.fields}), file, schema)
    file.write_bytes(damage(file.read_bytes()))
    with pytest.raises(EmphasisError, match=r"report_sizes\.csv: cannot be read .*; delete it and run snakemake again"):
        BY_REPORT[reader](file, schema)


def test_csv_files_of_other_columns_are_not_merged(tmp_path, schemas):
    schema, parts = schemas["report_sizes"], [tmp_path / "a.csv", tmp_path / "b.csv"]
    for part in parts:
        rows = {f.name: [part.stem] if f.type == "string" else [1] for f in schema.fields}
        write(pd.DataFrame(rows), part, schema)
    parts[1].write_text("report_id,n\nb,1\n", encoding="utf-8")
    with pytest.raises(EmphasisError, match=r"b\.csv: cannot be read \(it has other columns than its table\)"):
        merge_tables(parts, tmp_path / "merged.csv", schema)
    assert not (tmp_path / "merged.csv").exists()
