"""Stata files: what Stata allows, what it labels, and that nothing is lost on the way."""

import warnings

import pandas as pd
import pytest

from emphasis.store.columns import Field
from emphasis.store.stata import shorten, stata_names, write_stata
from emphasis.store.tables import Schema, check, table_from_rows

FIELDS = (
    Field("report_id", "string", "stem of the file", constraints={"required": True}),
    Field("part", "string", "whole report, or its plan", constraints={"enum": ["whole", "plan"]}),
    Field("main", "boolean", "whether it is what the part is about"),
    Field("n", "integer", "how often"),
    Field("end", "integer", "offset"),
    Field("value", "number", "share", 4),
    Field("text", "string", "as printed"),
)
SCHEMA = Schema("made_up", "A table", "Made up.", FIELDS, ("report_id", "part"), ("report_id", "part"))
ROWS = [
    ("甲", "plan", True, 3, 9, 0.25, "增长5%"),
    ("甲", "whole", False, None, 2**40, None, ""),
    ("乙", "", False, 101, 0, 1.0, "长" * 1500),
]


def stored(path):
    with pd.io.stata.StataReader(path) as reader:
        return reader.read(convert_categoricals=False), reader.value_labels(), reader.variable_labels()


@pytest.fixture
def file(tmp_path):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        write_stata(table_from_rows(ROWS, SCHEMA), tmp_path / "made_up.dta", SCHEMA)
    return tmp_path / "made_up.dta"


def test_everything_comes_back(file):
    written = check(table_from_rows(ROWS, SCHEMA), SCHEMA)
    read = pd.read_stata(file).rename(columns={"end_": "end"})
    assert list(read.columns) == SCHEMA.columns
    for name in ("report_id", "end", "text"):
        assert read[name].tolist() == written[name].tolist()
    assert read["part"].astype("object").fillna("").tolist() == written["part"].tolist() == ["", "plan", "whole"]
    assert read["main"].tolist() == ["no", "yes", "no"]
    assert read["n"].fillna(-1).tolist() == [101, 3, -1]
    assert read["value"].fillna(-1).tolist() == [1.0, 0.25, -1]


def test_codes_are_labelled_numbers_in_the_order_of_the_schema(file):
    table, values, labels = stored(file)
    assert values == {"part": {1: "whole", 2: "plan"}, "main": {0: "no", 1: "yes"}}
    assert table["part"].fillna(0).tolist() == [0, 2, 1] and table["main"].tolist() == [0, 1, 0]
    assert labels["part"] == "whole report, or its plan" and labels["end_"] == "offset"


def test_the_same_bytes_each_time(file, tmp_path):
    write_stata(table_from_rows(ROWS[::-1], SCHEMA), tmp_path / "again.dta", SCHEMA)
    assert (tmp_path / "again.dta").read_bytes() == file.read_bytes()


def test_no_rows(tmp_path):
    write_stata(table_from_rows([], SCHEMA), tmp_path / "empty.dta", SCHEMA)
    table, values, _ = stored(tmp_path / "empty.dta")
    assert table.empty and values["part"] == {1: "whole", 2: "plan"}


def test_names_that_stata_does_not_allow():
    long = "plan_theme_" + "x" * 30
    names = stata_names([long, long + "y", "2024", "in", "a b", "a_b", "主题", "str12"])
    assert list(names.values()) == [
        long[:32],
        long[:30] + "_2",
        "_2024",
        "in_",
        "a_b_2",
        "a_b",
        "主题",
        "str12_",
    ]
    assert len(set(names.values())) == len(names)


def test_no_table_has_a_name_that_pandas_changes(schemas):
    """Its own renaming would take the label from the variable."""
    reserved = pd.io.stata.StataParser().RESERVED_WORDS
    for schema in schemas.values():
        names = stata_names(schema.columns).values()
        assert not reserved & set(names) and all(len(name) <= 32 for name in names)


@pytest.mark.parametrize("word", sorted(pd.io.stata.StataParser().RESERVED_WORDS - {"str#"}))
def test_no_reserved_word_is_a_name(word):
    assert stata_names([word]) == {word: f"{word}_"}


def test_labels_end_with_a_clause_or_a_word():
    assert shorten("short") == "short"
    assert shorten("whether it is what the part or section is about, by its sentences and its heading") == (
        "whether it is what the part or section is about"
    )
    assert shorten("a " * 60) == ("a " * 40).strip() and len(shorten("长" * 200)) <= 80
