"""Text that spreadsheet programs take for formulas."""

from __future__ import annotations

import csv

import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from emphasis.store.escaping import escape, unescape, unescape_table
from emphasis.store.merge import merge_tables
from emphasis.store.results import read_rows, read_table
from emphasis.store.tables import CsvForm, Field, Schema, read, write

SCHEMA = Schema(
    "t", "T", "", (Field("report_id", "string", ""), Field("text", "string", ""), Field("change", "number", "", 2)), ("report_id", "text"), ("report_id",),
)  # fmt: skip
TEXTS = ["=1+2", "+5%", "-3", "@x", "＝1", "'=1", "''-", "'90s", "'", "", "发展", 'a,"b', '="a,b"', "\t=1", "a=b"]
FORMULAS = {"=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠"}


def table(report_ids):
    return pd.DataFrame({"report_id": report_ids, "text": TEXTS[: len(report_ids)], "change": -1.5})


def rows(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("signs", [False, True])
def test_readers_see_no_difference(tmp_path, signs):
    written = table([f"r{i:02}" for i in range(len(TEXTS))])
    write(written, tmp_path / "t.csv", SCHEMA, CsvForm(escaped=signs))
    assert read(tmp_path / "t.csv", SCHEMA)["text"].tolist() == TEXTS
    assert read_table(tmp_path / "t.csv", SCHEMA)["text"].tolist() == TEXTS
    assert [row["text"] for row in read_rows(tmp_path / "t.csv")] == TEXTS


def test_what_other_programs_see(tmp_path):
    written = table([f"r{i:02}" for i in range(len(TEXTS))])
    write(written, tmp_path / "plain.csv", SCHEMA)
    write(written, tmp_path / "escaped.csv", SCHEMA, CsvForm(escaped=True))
    plain, escaped = rows(tmp_path / "plain.csv"), rows(tmp_path / "escaped.csv")
    assert [row["text"] for row in plain if row["text"] not in TEXTS] == ["''=1", "'''-"]
    assert not [row["text"] for row in escaped if row["text"][:1] in FORMULAS]
    assert escaped[0]["text"] == "'=1+2" and escaped[7]["text"] == "'90s" and escaped[10]["text"] == "发展"
    assert escaped[12]["text"] == '\'="a,b"'
    # Numbers are no text.
    assert {row["change"] for row in escaped} == {"-1.50"}


def test_ids_of_reports_are_merged_in_their_order(tmp_path):
    ids = ["+a", "-b", "0", "=c", "@d", "x"]
    form = CsvForm(escaped=True)
    for number in range(2):
        write(table(ids[number::2]), tmp_path / f"{number}.csv", SCHEMA, form)
    merge_tables([tmp_path / "0.csv", tmp_path / "1.csv"], tmp_path / "merged.csv", SCHEMA, form)
    assert [row["report_id"] for row in rows(tmp_path / "merged.csv")] == ["'+a", "'-b", "0", "'=c", "'@d", "x"]
    assert read(tmp_path / "merged.csv", SCHEMA)["report_id"].tolist() == ids
    assert [row["report_id"] for row in read_rows(tmp_path / "merged.csv", ["=c"])] == ["=c"]


@given(st.lists(st.text("'=+-@a＝\t\r\n")), st.booleans())
def test_nothing_is_lost(texts, signs):
    written = escape(pa.array(texts, pa.string()), signs=signs)
    assert [unescape(text) for text in written.to_pylist()] == texts
    assert unescape_table(pa.table({"t": written})).column("t").to_pylist() == texts
    if signs:
        assert not [text for text in written.to_pylist() if text[:1] in FORMULAS]
