"""The workbook, read by another program, against the CSV files."""

from __future__ import annotations

import csv
import zipfile
from datetime import datetime
from itertools import zip_longest

import openpyxl
import pytest
from openpyxl.utils.escape import unescape

from emphasis.publish.manifest import datapackage
from emphasis.publish.paper.workbook import CELL_CHARACTERS, ChineseNames, load_names, sheet_names, write_workbook
from emphasis.store.tables import Field, Schema, load_schema
from support import REFERENCE, ROOT
from support.hostile import TEXTS


@pytest.fixture(scope="module")
def chinese():
    return load_names(ROOT / "workflow/schemas/names.zh.tsv")


def opened(package, folder, path, most=20_000, chinese=ChineseNames({}, {})):  # noqa: B008  # a constant
    write_workbook(package, folder, path, most=most, chinese=chinese)
    return openpyxl.load_workbook(path, read_only=True)


def rows_of_tfidf():
    with (REFERENCE / "tables/tfidf.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def read(sheet):
    return [list(row) for row in sheet.iter_rows(values_only=True)]


def test_every_cell_is_that_of_the_csv(package, tmp_path, chinese):
    book = opened(package, REFERENCE, tmp_path / "workbook.xlsx", chinese=chinese)
    assert book.sheetnames == ["about", *(resource["name"] for resource in package["resources"])]
    for resource in package["resources"]:
        numeric = {field["name"] for field in resource["schema"]["fields"] if field["type"] in ("number", "integer")}
        with (REFERENCE / resource["path"]).open(encoding="utf-8", newline="") as lines:
            expected = list(csv.reader(lines))
        head, *body = read(book[resource["name"]])
        assert head == expected[0]
        assert len(body) == len(expected) - 1
        for row, wanted in zip(body, expected[1:], strict=True):
            # Empty cells at the end of a row are not in the file.
            for name, cell, text in zip_longest(head, row, wanted):
                if text == "":
                    assert cell is None
                elif name in numeric:
                    assert cell == float(text), (resource["name"], name)
                else:
                    assert cell == text, (resource["name"], name)


def test_the_first_sheet_explains_tables_and_columns(package, tmp_path, chinese):
    lines = read(opened(package, REFERENCE, tmp_path / "workbook.xlsx", chinese=chinese)["about"])
    gap = next(number for number, line in enumerate(lines) if not any(line))
    tables = {line[0]: line for line in lines[1:gap]}
    assert set(tables) == {resource["name"] for resource in package["resources"]}
    assert tables["themes"][2:4] == ["Attention to themes", "主题注意力"]
    assert tables["themes"][5:8] == [180, 180, None]
    columns = [line[:5] for line in lines[gap + 2 :]]
    assert len(columns) == sum(len(resource["schema"]["fields"]) for resource in package["resources"])
    meaning = "occurrences per 10,000 words of the target"
    assert ["keyness", "per_10k_target", "number", "目标文本每万词频次", meaning] in columns


def test_a_long_table_is_cut_and_the_first_sheet_says_so(package, tmp_path):
    book = opened(package, REFERENCE, tmp_path / "workbook.xlsx", most=100)
    line = next(line for line in read(book["about"]) if line[0] == "tfidf")
    n = len(rows_of_tfidf())
    assert line[5:8] == [n, 100, f"first 100 of {n} rows; all are in tables/tfidf.csv"]
    assert len(read(book["tfidf"])) == 101


def small(tmp_path, texts, kind="string"):
    """A package of one table with one column."""
    schema = Schema("t", "t", "t", (Field("text", kind, "a text"),), ("text",), ("text",))
    file = tmp_path / "tables/t.csv"
    file.parent.mkdir()
    with file.open("w", encoding="utf-8", newline="") as lines:
        csv.writer(lines, lineterminator="\n").writerows([["text"], *([text] for text in texts)])
    return datapackage(tmp_path, [file], {"t": schema})


def test_no_text_becomes_a_formula_or_a_link(tmp_path):
    path = tmp_path / "workbook.xlsx"
    found = read(opened(small(tmp_path, TEXTS), tmp_path, path)["t"])
    assert [row[0] for row in found[1:]] == list(TEXTS)
    with zipfile.ZipFile(path) as archive:
        sheets = b"".join(archive.read(name) for name in archive.namelist() if "worksheets/" in name)
        assert b"<f>" not in sheets and b"<f " not in sheets and b"hyperlink" not in sheets
        assert not any("externalLink" in name or "_rels/sheet" in name for name in archive.namelist())


def test_long_texts_control_characters_and_long_numbers(tmp_path):
    texts = ["长" * (CELL_CHARACTERS + 1), "a\x01b", "_x0041_"]
    found = [row[0] for row in read(opened(small(tmp_path, texts), tmp_path, tmp_path / "w.xlsx")["t"])[1:]]
    # Excel reads _x0001_ as the character of that code; openpyxl leaves it to its user.
    assert [unescape(text) for text in found] == ["长" * CELL_CHARACTERS, "a\x01b", "_x0041_"]


def test_numbers_that_a_double_does_not_hold_stay_texts(tmp_path):
    numbers = ["0.1", "-3", "12345678901234567890", "30000000000.0000"]
    found = [row[0] for row in read(opened(small(tmp_path, numbers, "number"), tmp_path, tmp_path / "w.xlsx")["t"])[1:]]
    assert found == [0.1, -3, "12345678901234567890", 30000000000]


def test_names_of_sheets_are_short_and_told_apart():
    names = sheet_names(["about", "x" * 40, "x" * 35, "X" * 33])
    assert len({name.lower() for name in names.values()} | {"about"}) == 5
    assert max(map(len, names.values())) <= 31


def test_the_same_tables_give_the_same_bytes(package, tmp_path):
    paths = [tmp_path / "one.xlsx", tmp_path / "other.xlsx"]
    for path in paths:
        write_workbook(package, REFERENCE, path, most=50, chinese=ChineseNames({}, {}))
    assert paths[0].read_bytes() == paths[1].read_bytes()
    assert openpyxl.load_workbook(paths[0]).properties.created == datetime(2000, 1, 1)
    with zipfile.ZipFile(paths[0]) as archive:
        assert {member.date_time for member in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_every_table_and_column_has_a_chinese_name(chinese):
    schemas = [load_schema(path) for path in (ROOT / "workflow/schemas/tables").glob("*.yaml")]
    tables = {schema.name for schema in schemas}
    columns = {name for schema in schemas for name in schema.columns}
    assert tables - set(chinese.tables) == set(), "add them to workflow/schemas/names.zh.tsv"
    assert columns - set(chinese.columns) == set(), "add them to workflow/schemas/names.zh.tsv"
    assert set(chinese.tables) - tables == set(chinese.columns) - columns == set(), "no longer in use"
