"""Tables as they are printed, against pandas and plain Python."""

import csv
import io

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from emphasis.errors import EmphasisError
from emphasis.sections import section_order
from emphasis.store import tables
from emphasis.store.batches import SpillFile, StoredTable, chunks
from emphasis.store.codes import string_codes
from emphasis.store.columns import Field, encode, first_duplicate, order
from emphasis.store.tables import Schema

FIELDS = (
    Field("report_id", "string", "id"), Field("section_id", "string", "place"), Field("n", "integer", "count"),
    Field("share", "number", "part", decimals=3), Field("score", "number", "score", decimals=0),
    Field("flag", "boolean", "yes or no"), Field("text", "string", "words"),
)  # fmt: skip
SCHEMA = Schema(
    "things", "Things", "d", FIELDS, ("report_id", "section_id", "n"), ("report_id", "-share", "section_id")
)
NUMBERS = st.one_of(st.none(), st.floats(-1e6, 1e6), st.sampled_from([0.0005, 0.0015, -0.0001, 2.5, 1e300, -7e17]))
ROWS = st.lists(
    st.tuples(
        st.text('ab长,"\n\r', max_size=3),
        st.sampled_from(["s0", "s0.1", "s1", "s1.2", "s1.10", "s2", "A1", "F"]),
        st.one_of(st.none(), st.integers(-(2**40), 2**40)),
        NUMBERS,
        NUMBERS,
        st.booleans(),
        st.one_of(st.none(), st.text(max_size=4)),
    ),
    max_size=30,
    unique_by=lambda row: (row[0], row[1], row[2]),
)


def plain_csv(table):
    """The same by pandas' sorting and Python's formats."""

    def number(v, decimals):
        return "" if pd.isna(v) else f"{np.round(v, decimals) + 0.0:.{decimals}f}"

    keys = ["report_id", "share", "section_id", "n"]
    table = table.sort_values(
        keys, ascending=[True, False, True, True], kind="stable",
        key=lambda c: c.map(section_order) if c.name == "section_id" else c,
    )  # fmt: skip
    rows = [
        (r.report_id, r.section_id, "" if pd.isna(r.n) else int(r.n), number(r.share, 3), number(r.score, 0),
         "true" if r.flag else "false", "" if pd.isna(r.text) else r.text)
        for r in table.itertuples()
    ]  # fmt: skip
    out = io.StringIO()
    # A carriage return is quoted as a line feed is, whatever the version of Python.
    csv.writer(out, lineterminator="\r\n").writerows([[f.name for f in FIELDS], *rows])
    return out


def apply_types(rows):
    table = pd.DataFrame(rows, columns=SCHEMA.columns)
    return table.astype({"n": "Int64", "share": "float64", "score": "float64", "flag": "bool"})


@given(ROWS)
def test_csv_is_what_pandas_and_python_would_write(tmp_path_factory, rows):
    path = tmp_path_factory.mktemp("t") / "things.csv"
    table = apply_types(rows)
    tables.write(table, path, SCHEMA)
    with path.open(encoding="utf-8", newline="") as file:
        found = list(csv.reader(file))
    expected = list(csv.reader(io.StringIO(plain_csv(table).getvalue(), newline="")))
    assert found == expected
    assert (b"\r\n" in path.read_bytes()) == any("\r\n" in str(v) for row in rows for v in row)


@given(ROWS)
def test_categorical_columns_and_plain_ones_give_the_same_bytes(tmp_path_factory, rows):
    folder = tmp_path_factory.mktemp("t")
    table = apply_types(rows)
    coded = table.astype({"report_id": "category", "section_id": "category", "text": "category"})
    for name in ("a.csv", "a.parquet"):
        tables.write(table, folder / name, SCHEMA)
        tables.write(coded, folder / f"coded-{name}", SCHEMA)
        assert (folder / name).read_bytes() == (folder / f"coded-{name}").read_bytes()


@given(ROWS, st.integers(1, 3))
def test_chunks_give_the_bytes_of_one_write(tmp_path_factory, rows, size):
    folder = tmp_path_factory.mktemp("t")
    table = apply_types(rows)
    reports = sorted(set(table["report_id"]))
    for name in ("things.csv", "things.parquet"):
        with tables.Writer(folder / name, SCHEMA) as out:
            for at in range(0, len(reports), size):
                out.add(table[table["report_id"].isin(reports[at : at + size])])
        tables.write(table, folder / f"whole-{name}", SCHEMA)
        assert (folder / name).read_bytes() == (folder / f"whole-{name}").read_bytes()
    stored = StoredTable([folder / "things.parquet"], SCHEMA, ["report_id", "n"])
    back = [chunk["t"] for chunk in chunks({"t": stored}, 1)]
    assert [own["report_id"].iloc[0] for own in back] == reports
    assert all(list(own.columns) == ["report_id", "n"] for own in back)


@given(ROWS, st.data())
def test_text_read_as_codes_is_the_same_text(tmp_path_factory, rows, data):
    path = tmp_path_factory.mktemp("t") / "things.parquet"
    tables.write(apply_types(rows), path, SCHEMA)
    plain, stored = (StoredTable([path], SCHEMA, as_codes=as_codes) for as_codes in (False, True))
    for report_ids in (plain.reports, plain.reports[1:]):
        expected, found = plain.of(report_ids), stored.of(report_ids)
        assert found.astype(expected.dtypes.to_dict()).equals(expected)
        kept = data.draw(st.lists(st.sampled_from(range(len(expected))))) if len(expected) else []
        for name in ("report_id", "section_id", "text"):
            places, words = string_codes(found[name].iloc[kept])
            assert [words[place].as_py() for place in places] == expected[name].iloc[kept].tolist()
            assert words.to_pylist() == sorted(set(expected[name].iloc[kept]))


def test_a_spill_file_gives_back_what_was_put(tmp_path):
    whole = pa.table({"text": ["甲", "乙", "丙"], "n": [1, 2, 3]})
    spilled = SpillFile(tmp_path / "spilled", whole.schema)
    for report_id, rows in (("b", whole.slice(1)), ("c", whole.slice(3)), ("a", whole.slice(0, 1))):
        spilled.put(report_id, rows)
    assert spilled.reports == ["b", "a"]
    assert [spilled.take(name).to_pydict() for name in "abc"] == [
        {"text": ["甲"], "n": [1]},
        {"text": ["乙", "丙"], "n": [2, 3]},
        {"text": [], "n": []},
    ]
    assert SpillFile(tmp_path / "none", whole.schema).take("a").schema == whole.schema


def test_a_chunk_out_of_order_is_refused_and_leaves_no_file(tmp_path):
    piece = apply_types([("b", "s1", 1, 0.5, 1.0, True, "")])
    with pytest.raises(EmphasisError, match="a has to come before b"), tables.Writer(tmp_path / "a.csv", SCHEMA) as out:
        out.add(piece)
        out.add(piece.assign(report_id="a"))
    assert not list(tmp_path.iterdir())


def test_only_some_columns_are_read(tmp_path):
    for name in ("a.csv", "a.parquet"):
        tables.write(apply_types([("b", "s1", None, 0.5, 1.0, True, "")]), tmp_path / name, SCHEMA)
        found = tables.read(tmp_path / name, SCHEMA, ["text", "n"])
        assert list(found.columns) == ["n", "text"]
        assert found["n"].isna().all() and found["text"].tolist() == [""]


@given(st.lists(st.tuples(st.floats(allow_nan=True, width=16), st.integers(-3, 3)), max_size=30))
def test_order_and_duplicates_against_pandas(rows):
    table = pd.DataFrame(rows, columns=["share", "n"]).astype({"share": "float64", "n": "int64"})
    columns = [encode(table["share"], FIELDS[3]), encode(table["n"], FIELDS[2])]
    found = order(columns, [False, True])
    expected = table.sort_values(["share", "n"], ascending=[False, True], kind="stable").index.tolist()
    assert (list(range(len(rows))) if found is None else found.tolist()) == expected
    twice = table.duplicated().to_numpy()
    assert first_duplicate(columns) == (int(twice.argmax()) if twice.any() else None)
