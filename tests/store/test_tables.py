import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import pytest
import yaml

from emphasis.errors import EmphasisError
from emphasis.sections import section_order
from emphasis.store import tables
from emphasis.store.batches import StoredTable
from emphasis.store.row_groups import read_footer
from emphasis.store.tables import Field, Schema


@pytest.fixture
def schema(tmp_path):
    path = tmp_path / "things.yaml"
    fields = [
        {"name": "report_id", "type": "string", "description": "id", "constraints": {"required": True}},
        {"name": "section_id", "type": "string", "description": "place", "constraints": {"pattern": r"s\d+(\.\d+)*"}},
        {"name": "n", "type": "integer", "description": "count", "constraints": {"minimum": 1}},
        {"name": "share", "type": "number", "description": "part", "decimals": 3, "constraints": {"maximum": 1}},
        {"name": "kind", "type": "string", "description": "kind", "constraints": {"enum": ["a", "b"]}},
        {"name": "flag", "type": "boolean", "description": "yes or no"},
    ]
    document = {"title": "Things", "description": "d", "primaryKey": ["report_id", "section_id"], "fields": fields}
    path.write_text(yaml.safe_dump(document), encoding="utf-8")
    return tables.load_schema(path)


def rows(*changes):
    row = {"report_id": "r", "section_id": "s1", "n": 1, "share": 0.5, "kind": "a", "flag": True}
    return pd.DataFrame([row | change for change in changes])


def test_a_table_is_sorted_printed_and_read_back(schema, tmp_path):
    table = rows({"section_id": "s1.10"}, {"section_id": "s1.2", "n": None, "share": -0.0001, "flag": False})
    path = tmp_path / "new" / "things.csv"
    tables.write(table, path, schema)
    assert path.read_text(encoding="utf-8") == (
        "report_id,section_id,n,share,kind,flag\nr,s1.2,,0.000,a,false\nr,s1.10,1,0.500,a,true\n"
    )
    back = tables.read(path, schema)
    assert back["section_id"].tolist() == ["s1.2", "s1.10"]
    assert back["n"].isna().tolist() == [True, False]
    assert back["flag"].tolist() == [False, True]


@pytest.mark.parametrize("name", ["things.csv", "things.parquet"])
def test_text_that_looks_like_a_missing_value_or_a_number_stays_text(schema, tmp_path, name):
    path = tmp_path / name
    tables.write(rows({"report_id": "NA"}, {"report_id": "007"}, {"report_id": 'a,"b"'}), path, schema)
    assert tables.read(path, schema)["report_id"].tolist() == ["007", "NA", 'a,"b"']


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"n": 0}, ["column n", "0", "at least 1"]),
        ({"share": 1.5}, ["column share", "1.5", "at most 1"]),
        ({"kind": "c"}, ["column kind", "'c'", "a, b"]),
        ({"report_id": ""}, ["column report_id", "no missing value"]),
        ({"section_id": "x"}, ["column section_id", "'x'"]),
        ({"n": "many"}, ["another type"]),
    ],
)
def test_a_value_that_is_not_allowed_is_named(schema, change, words):
    with pytest.raises(EmphasisError) as error:
        tables.check(rows(change), schema)
    assert all(word in str(error.value) for word in ["things", *words])


def test_a_duplicate_row_and_a_wrong_column_are_refused(schema):
    with pytest.raises(EmphasisError, match="twice"):
        tables.check(rows({}, {}), schema)
    with pytest.raises(EmphasisError, match="columns are"):
        tables.check(rows({}).drop(columns="n"), schema)


def test_a_table_without_rows_has_its_header(schema, tmp_path):
    tables.write(pd.DataFrame(), tmp_path / "things.csv", schema)
    assert (tmp_path / "things.csv").read_text() == "report_id,section_id,n,share,kind,flag\n"
    assert tables.read(tmp_path / "things.csv", schema).empty


@pytest.mark.parametrize("name", ["t.csv", "t.parquet"])
def test_a_table_without_rows_can_be_merged(schemas, tmp_path, name):
    """As that of a batch in which no report could be read."""
    schema = schemas["sentences"]
    tables.write(tables.table_from_rows([], schema), tmp_path / name, schema)
    empty = tables.read(tmp_path / name, schema)
    assert empty.merge(empty, on=["report_id", "section_id"]).empty


def test_a_refused_table_leaves_the_old_one_alone(schema, tmp_path):
    path = tmp_path / "things.csv"
    tables.write(rows({}), path, schema)
    before = path.read_bytes()
    with pytest.raises(EmphasisError):
        tables.write(rows({"n": 0}), path, schema)
    assert path.read_bytes() == before
    assert [p.name for p in tmp_path.glob("*things.csv*")] == ["things.csv"]


def test_sections_sort_like_the_report():
    ids = ["F", "A1", "s2", "s1.10", "s1.2", "s0.1", "s1", "s0", "A2"]
    assert sorted(ids, key=section_order) == ["s0", "s0.1", "s1", "s1.2", "s1.10", "s2", "A1", "A2", "F"]


def test_every_schema_names_its_key_and_order_after_its_columns(schemas):
    assert len(schemas) >= 14
    for schema in schemas.values():
        assert set(schema.key) <= set(schema.columns), schema.name
        assert {name.removeprefix("-") for name in schema.order} <= set(schema.columns), schema.name
        assert all(f.description for f in schema.fields), schema.name


def test_parquet_has_a_row_group_for_each_report_and_one_without_reports(schemas, tmp_path):
    formulas = pd.DataFrame({"report_id": ["a", "a", "b"], "sentence_id": ["a:1", "a:2", "b:1"], "section_id": "s1"})
    path = tmp_path / "formulas.parquet"
    tables.write(formulas.assign(n_reports=3, text="x"), path, schemas["formulas"])
    assert pq.ParquetFile(path).num_row_groups == 2
    assert StoredTable([path], schemas["formulas"]).of(["a"])["sentence_id"].tolist() == ["a:1", "a:2"]
    words = pd.DataFrame(
        {"term": ["甲", "乙"], "n": 1, "n_alone": 1, "per_10k": 1.0, "low": 1.0, "high": 1.0, "rank": 1, "range": 1}
    )
    path = tmp_path / "frequency_corpus.parquet"
    tables.write(words.assign(dp=0.0, dp_norm=0.0, juilland_d=1.0), path, schemas["frequency_corpus"])
    assert pq.ParquetFile(path).num_row_groups == 1


def test_a_report_has_one_row_group_however_many_rows_it_has(tmp_path):
    """Arrow would begin another after a million, and readers know one for each report."""
    schema = Schema(
        "t", "", "", (Field("report_id", "string", ""), Field("n", "integer", "")), *[("report_id", "n")] * 2
    )
    n = (1 << 20) + 5
    whole, copied = tmp_path / "whole.parquet", tmp_path / "copied.parquet"
    table = pd.DataFrame({"report_id": pd.Categorical.from_codes(np.zeros(n, "int8"), ["b"]), "n": np.arange(n)})
    first = tables.table_from_rows([("a", 1)], schema)
    with tables.Writer(whole, schema) as out:
        out.add(first)
        out.add(table)
    with tables.Writer(copied, schema) as out:
        data = whole.read_bytes()
        out.copy("a", (data, read_footer(data).groups[:1]))
        out.add(table)
    assert len(StoredTable([whole], schema).of(["b"])) == n
    assert copied.read_bytes() == whole.read_bytes()
