"""The workbook, read by another program, against the CSV files."""

from __future__ import annotations

import csv
import zipfile
from datetime import datetime
from itertools import zip_longest

import openpyxl
import pytest
from openpyxl.utils.escape import unescape

from emphasis.areas.scheme import read_scheme
from emphasis.publish.manifest import datapackage
from emphasis.publish.names import load_names
from emphasis.publish.paper.sheets import FIRST, BookWords, Names, read_names
from emphasis.publish.paper.table import LANGUAGES
from emphasis.publish.paper.workbook import CELL_CHARACTERS, sheet_names, write_workbook
from emphasis.store.tables import Field, Schema, load_schema
from support import REFERENCE, ROOT
from support.hostile import TEXTS
from support.kit import kit_targets

ROWS = 900
"""As many as distinctive.csv has, whose parts are one after the other."""
PLAIN = BookWords.of("en", Names({}, {}, {}))
NAMES = [ROOT / f"workflow/schemas/names.{language}.tsv" for language in LANGUAGES]


@pytest.fixture(scope="module")
def chinese():
    return load_names(ROOT / "workflow/schemas/names.zh.tsv")


@pytest.fixture(scope="module")
def words(themes):
    scheme = read_scheme(ROOT / "config/areas/areas.tsv")
    return {lang: BookWords.of(lang, read_names(NAMES, lang), themes, scheme, kit_targets()) for lang in LANGUAGES}


@pytest.fixture(scope="module")
def books(package, words, tmp_path_factory):
    """The workbooks of the bundled report, long tables cut."""
    folder, found = tmp_path_factory.mktemp("books"), {}
    for language in LANGUAGES:
        write_workbook(package, REFERENCE, folder / f"{language}.xlsx", most=ROWS, words=words[language])
        found[language] = openpyxl.load_workbook(folder / f"{language}.xlsx")
    return found


def opened(package, folder, path, most=20_000):
    write_workbook(package, folder, path, most=most, words=PLAIN)
    return openpyxl.load_workbook(path, read_only=True)


def rows_of_tfidf():
    with (REFERENCE / "tables/tfidf.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def read(sheet):
    return [list(row) for row in sheet.iter_rows(values_only=True)]


def test_every_cell_is_that_of_the_csv(package, books, words):
    """Numbers as numbers; texts as they are or, of values that have words, in the words of the language."""
    book = books["en"]
    assert len(book.sheetnames) == 1 + len(package["resources"])
    names = {name: words["en"].sheet(name, "") for name in (resource["name"] for resource in package["resources"])}
    for resource in package["resources"]:
        fields = words["en"].fields(resource["schema"]["fields"])
        with (REFERENCE / resource["path"]).open(encoding="utf-8", newline="") as lines:
            expected = list(csv.DictReader(lines))[:ROWS]
        head, *body = read(book[names[resource["name"]]])
        assert head == [words["en"].head(resource["name"], field["name"]) for field in fields]
        assert [row for row in body if any(row)] == body and len(body) == len(expected)
        said = [words["en"].value(field) for field in fields]
        for row, wanted in zip(body, expected, strict=True):
            # Empty cells at the end of a row are not in the file.
            for field, say, cell in zip_longest(fields, said, row):
                text = wanted[field["name"]]
                if text == "":
                    assert cell is None
                elif field["type"] in ("number", "integer"):
                    assert cell == float(text), (resource["name"], field["name"])
                else:
                    assert cell == (say(wanted) if say else text), (resource["name"], field["name"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_sheets_are_named_filtered_and_keep_their_heads(books, package, words, language):
    book, own = books[language], words[language]
    first = [own.sheet(name, "") for name in FIRST]
    assert book.sheetnames[0] == {"en": "About", "zh": "说明"}[language]
    assert book.sheetnames[1 : 1 + len(first)] == first
    for sheet in book.worksheets[1:]:
        assert sheet.freeze_panes == "B2" and sheet.auto_filter.ref.startswith("A1:"), sheet.title
        assert all(9 <= dimension.width <= 61 for dimension in sheet.column_dimensions.values())
    heads = {cell.value for sheet in book.worksheets[1:] if sheet.title != own.sheet("panel", "") for cell in sheet[1]}
    with_han = {head for head in heads if any("\u4e00" <= c <= "\u9fff" for c in head)}
    # What is left is the names of measures.
    assert with_han == set() if language == "en" else heads - with_han <= {"MATTR", "SHA-256", "Juilland D", "TF-IDF"}
    assert not {"area_en", "area_zh", "per_10k", "q_bh"} & heads


def number_formats(sheet):
    return {
        sheet.cell(1, cell.column).value: cell.number_format
        for row in sheet.iter_rows(min_row=2, max_row=40)
        for cell in row
        if isinstance(cell.value, int | float)
    }


def test_shares_are_shown_as_per_cent_and_rates_with_decimals(books):
    areas = number_formats(books["en"]["Policy areas"])
    assert areas["Share of sentences"] == areas["Share, 95 % interval, low"] == "0.00%"
    assert areas["Sentences coded so"] == "0"
    distinctive = number_formats(books["zh"]["特有强调"])
    assert distinctive["每万词频次"] == distinctive["同类中位数（每万词）"] == "0.0"
    assert distinctive["参照报告覆盖率"] == "0.00%" and distinctive["校正q值"] == "0.000" and distinctive["频次"] == "0"
    assert number_formats(books["en"]["Reports"])["Year"] == "0"


def test_figures_of_a_table_of_several_kinds_are_shown_by_kind(books):
    head, *body = books["en"]["Standing among peers"].iter_rows()
    names = [cell.value for cell in head]
    shown = {
        row[names.index("What is measured")].value: row[names.index("Report's value")].number_format for row in body
    }
    assert shown["Culture, tourism and sport"] == shown["Plan, share of text (%)"] == shown["生态环境"] == "0.00%"
    assert shown["growth of GDP (%)"] == shown["MATTR"] == "0.00"
    head, *body = books["zh"]["主题注意力"].iter_rows()
    names = [cell.value for cell in head]
    shown = {row[names.index("定义")].value: row[names.index("数值")].number_format for row in body}
    assert shown["按词数"] == shown["按句数"] == "0.00%" and shown["每万词命中数"] == shown["命中数的对数"] == "0.00"


def test_values_are_said_in_the_language(books):
    values = {cell.value for row in books["zh"]["特有强调"].iter_rows(min_row=2, max_col=7) for cell in row}
    assert {"全文", "工作安排", "本地地名", "汇报用语"} <= values and not {"whole", "plan", "place"} & values
    last = {row[-2].value for row in books["zh"]["特有强调"].iter_rows(min_row=2)}
    assert last == {"省级 2025-2026"}
    kinds = {row[10].value for row in books["zh"]["上年完成与本年目标"].iter_rows(min_row=2)}
    assert kinds <= {"增速", "总量", "数量", "比重", "增减量", "位次", "倍数", "时长"}


def test_every_listed_value_of_a_column_has_words():
    chinese = BookWords.of("zh", Names({}, {}, {}))
    for path in (ROOT / "workflow/schemas/tables").glob("*.yaml"):
        for field in load_schema(path).fields:
            say = chinese.value({"name": field.name, "type": field.type, "constraints": field.constraints})
            # A coder's number is its name in every language.
            for value in [value for value in field.constraints.get("enum", []) if not str(value).isdigit()]:
                said = say({field.name: value})
                assert said != value, f"{path.name}: {field.name}: add {value} to values.yaml"


def test_the_first_sheet_explains_tables_and_columns(books, package, words):
    lines = read(books["en"]["About"])
    gap = next(number for number, line in enumerate(lines) if not any(line))
    tables = {line[0]: line for line in lines[1:gap]}
    assert set(tables) == set(books["en"].sheetnames[1:])
    assert tables["Themes"][1] == "tables/themes.csv" and tables["Themes"][3:6] == [198, 198, None]
    columns = [line[:5] for line in lines[gap + 2 :]]
    assert len(columns) == sum(
        len(words["en"].fields(resource["schema"]["fields"])) for resource in package["resources"]
    )
    meaning = "occurrences per 10,000 words of the target"
    assert ["Keyness within reports", "Per 10,000 words, target", meaning, "per_10k_target", "number"] in columns
    assert books["en"]["About"]["A2"].hyperlink.location == f"'{lines[1][0]}'!A1"


def test_a_long_table_is_cut_and_the_first_sheet_says_so(package, tmp_path):
    book = opened(package, REFERENCE, tmp_path / "workbook.xlsx", most=100)
    line = next(line for line in read(book["About"]) if line[0] == "TF-IDF by section")
    n = len(rows_of_tfidf())
    assert line[3:6] == [n, 100, f"first 100 of {n} rows; all are in tables/tfidf.csv"]
    assert len(read(book["TF-IDF by section"])) == 101


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
        assert b"<f>" not in sheets and b"<f " not in sheets
        # The first sheet leads to the others, and to nothing outside.
        assert b"hyperlink" not in archive.read("xl/worksheets/sheet2.xml")
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
    titles = dict(enumerate(["About", "x" * 40, "x" * 35, "X" * 33, "a: b/c [d]?", "'quoted'"]))
    names = sheet_names(titles, "About")
    assert len({name.lower() for name in names.values()} | {"about"}) == 7
    assert max(map(len, names.values())) <= 31
    assert names[4] == "a bc d" and names[5] == "quoted"


def test_the_same_tables_give_the_same_bytes(package, tmp_path):
    paths = [tmp_path / "one.xlsx", tmp_path / "other.xlsx"]
    for path in paths:
        write_workbook(package, REFERENCE, path, most=50, words=PLAIN)
    assert paths[0].read_bytes() == paths[1].read_bytes()
    assert openpyxl.load_workbook(paths[0]).properties.created == datetime(2000, 1, 1)
    with zipfile.ZipFile(paths[0]) as archive:
        assert {member.date_time for member in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_every_table_and_column_has_a_chinese_name(chinese):
    schemas = [load_schema(path) for path in (ROOT / "workflow/schemas/tables").glob("*.yaml")]
    tables = {schema.name for schema in schemas}
    columns = {name for schema in schemas for name in schema.columns}
    of_tables = {f"{schema.name}.{name}" for schema in schemas for name in schema.columns}
    assert tables - set(chinese.tables) == set(), "add them to workflow/schemas/names.zh.tsv"
    assert columns - set(chinese.columns) == set(), "add them to workflow/schemas/names.zh.tsv"
    for file, names in zip(NAMES, (read_names(NAMES, "en"), chinese), strict=True):
        left = set(names.tables) - tables | set(names.columns) - columns - of_tables
        assert left == set(), f"{file.name}: no longer in use"


def test_a_table_without_english_names_has_those_of_its_schema(words):
    own = words["en"]
    assert own.sheet("new", "A new table") == "A new table" and own.head("new", "n_new_words") == "n_new_words"
    assert own.number_format("new", {"name": "x", "type": "number"}) == "0.00"
    assert own.number_format("new", {"name": "x", "type": "integer"}) == "0"
    assert own.number_format("new", {"name": "x", "type": "string"}) == ""
