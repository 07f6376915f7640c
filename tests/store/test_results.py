"""Tables of a run read back: as text and with types, from CSV and Parquet, of some reports only."""

from __future__ import annotations

import re
import subprocess
import sys

import pandas as pd
import pytest

from emphasis.errors import EmphasisError
from emphasis.store.results import Results, read_rows, read_table
from emphasis.store.tables import Field, Schema, table_from_rows, write
from support import ROOT

FIELDS = (
    *(Field("report_id", "string", ""), Field("term", "string", ""), Field("n", "integer", "")),
    *(Field("rate", "number", "", decimals=2), Field("found", "boolean", "")),
)
SCHEMA = Schema("t", "", "", FIELDS, ("report_id", "term"), ("report_id", "term"))
ROWS = [("a", 'says "甲",\nand more', 1, 0.5, True), ("a", "乙", None, None, False), ("b", "丙", 3, 2.0, True)]
TEXT = [
    {"report_id": "a", "term": 'says "甲",\nand more', "n": "1", "rate": "0.50", "found": "true"},
    {"report_id": "a", "term": "乙", "n": "", "rate": "", "found": "false"},
    {"report_id": "b", "term": "丙", "n": "3", "rate": "2.00", "found": "true"},
]


@pytest.fixture(params=["csv", "parquet"])
def results(request, tmp_path):
    """A table of three reports in the parts of two batches."""
    parts = [tmp_path / f"{batch}.{request.param}" for batch in (1, 2)]
    write(table_from_rows(ROWS, SCHEMA), parts[0], SCHEMA)
    write(table_from_rows([("c", "丁", 4, -0.25, False)], SCHEMA), parts[1], SCHEMA)
    return Results({"t": parts, "first": parts[0], "none": []}, dict.fromkeys(["t", "first", "none"], SCHEMA))


def test_rows_are_what_a_csv_file_prints(results):
    assert list(results.rows("first")) == TEXT
    assert [row["rate"] for row in results.rows("t")] == ["0.50", "", "2.00", "-0.25"]


def test_columns_have_the_types_of_the_schema(results):
    expected = table_from_rows([*ROWS, ("c", "丁", 4, -0.25, False)], SCHEMA)
    pd.testing.assert_frame_equal(results.table("t"), expected)
    pd.testing.assert_frame_equal(results.table("none"), table_from_rows([], SCHEMA))


def test_some_reports_only(results):
    assert list(results.rows("t", ["b"])) == TEXT[2:]
    assert results.rows_by_report("t", ["b", "x"]) == {"b": TEXT[2:], "x": []}
    assert results.table("t", ["c", "b", "x"])["term"].tolist() == ["丙", "丁"]
    assert len(results.table("t", [])) == 0


def test_reports_one_after_the_other_have_the_rows_that_each_has_alone(results):
    for at_once in (1, 2, 16):
        found = dict(results.each(["b", "a", "x", "c"], at_once))
        assert list(found) == ["b", "a", "x", "c"]
        for report_id, tables in found.items():
            assert list(tables) == ["t", "first", "none"]
            for name, table in tables.items():
                pd.testing.assert_frame_equal(table, results.table(name, [report_id]))


def test_a_table_without_reports_is_read_whole(tmp_path):
    schema = Schema("t", "", "", (Field("term", "string", ""),), ("term",), ("term",))
    for ending in ("csv", "parquet"):
        file = tmp_path / f"t.{ending}"
        write(table_from_rows([("甲",)], schema), file, schema)
        assert list(read_rows(file, ["a"])) == [{"term": "甲"}]
        assert read_table(file, schema, ["a"])["term"].tolist() == ["甲"]


@pytest.mark.parametrize("name", ["t.csv", "t.parquet"])
def test_a_missing_file_is_named_with_what_to_do(tmp_path, name):
    for read in (lambda file: list(read_rows(file)), lambda file: read_table(file, SCHEMA)):
        with pytest.raises(EmphasisError, match=rf"{re.escape(name)}: absent; run snakemake"):
            read(tmp_path / name)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("t.csv", b"", "it has no header"),
        ("t.csv", b"report_id,term\na\n", "line 2 has 1 fields, the header has 2"),
        ("t.csv", b'report_id,term\na,"b\n', "unexpected end of data"),
        ("t.csv", b"report_id,term\na,\xff\n", "can't decode byte"),
        ("t.parquet", b"report_id,term\n", "not a parquet file"),
    ],
)
def test_a_damaged_file_is_named_with_what_to_do(tmp_path, name, content, said):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(
        EmphasisError, match=rf"{re.escape(name)}: cannot be read .*{said}.*delete it and run snakemake"
    ):
        list(read_rows(tmp_path / name))
    with pytest.raises(EmphasisError, match=rf"{re.escape(name)}: cannot be read .*delete it and run snakemake"):
        read_table(tmp_path / name, SCHEMA)


def test_rows_of_text_do_without_pandas(results, tmp_path):
    program = f"""
import sys
sys.path.insert(0, {str(ROOT / "scripts")!r})
from emphasis.store.results import read_rows
print(len(list(read_rows({str(results.files["first"])!r}, ["a"]))), "pandas" in sys.modules)
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["2", "False"]


def test_a_sentence_of_any_length_is_read(tmp_path):
    file = tmp_path / "long.csv"
    file.write_text(f"report_id,text\na,{'经' * 200_000}\n", encoding="utf-8")
    (row,) = read_rows(file)
    assert row == {"report_id": "a", "text": "经" * 200_000}
