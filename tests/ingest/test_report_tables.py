"""Tables with one row a report."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
import yaml

from emphasis.errors import EmphasisError
from emphasis.ingest.readers import table as table_reader
from emphasis.ingest.readers.table import CELL, read_rows
from emphasis.ingest.records import Metadata
from emphasis.ingest.report import ingest, ingest_files
from emphasis.ingest.table_metadata import fill_metadata
from emphasis.run.reports_folder import open_reports_folder
from support import ROOT, samples

COLUMNS = yaml.safe_load((ROOT / "config/config.yaml").read_text(encoding="utf-8"))["reports_table"]
HEADER = ["省份", "City", "年份", "full_text", "publish_date", "别的"]
OTHER = samples.REPORT.replace("长春市", "吉林市")
ROWS: list[list[object]] = [
    ["吉林省", "长春市", 2025, samples.REPORT, "2025-01-20", "a,b"],
    ["吉林省", "吉林市", 2025, OTHER, "", '"'],
    ["", "", None, "", "", ""],
    ["吉林省", "四平市", 2025, "", "", ""],
]


def write_table(path: Path) -> Path:
    """The rows as a table in the format of the file's name."""
    if path.suffix == ".jsonl":
        records = [{k: v for k, v in zip(HEADER, row, strict=True) if v} for row in ROWS if any(row)]
        path.write_text("\n".join(json.dumps(r, ensure_ascii=False) for r in records), encoding="utf-8")
    elif path.suffix == ".xlsx":
        book = openpyxl.Workbook()
        for row in (HEADER, *ROWS):
            book.active.append(row)
        book.save(path)
    elif path.suffix == ".dta":
        names = ["province", "city", "year", "text", "published", "other"]
        table = pd.DataFrame([row for row in ROWS if any(row)], columns=names)
        table.to_stata(path, write_index=False, version=118, convert_strl=["text"])
    else:
        separator = {".tsv": "\t", ".csv": ","}[path.suffix]
        text = pd.DataFrame(ROWS, columns=HEADER).to_csv(index=False, sep=separator)
        path.write_bytes(text.encode("gb18030" if path.suffix == ".tsv" else "utf-8-sig"))
    return path


@pytest.mark.parametrize("suffix", [".csv", ".tsv", ".jsonl", ".xlsx", ".dta"])
def test_rows_of_a_table_give_the_reports_of_separate_files(tmp_path: Path, suffix: str) -> None:
    write_table(tmp_path / f"all{suffix}")
    found = open_reports_folder(tmp_path, 8, lambda path: read_rows(path, COLUMNS))
    assert list(found.files) == ["all_2025_吉林省吉林市", "all_2025_吉林省长春市"]
    assert [(r.code, r.report_id) for r in found.refused] == [("empty-row", "all_2025_吉林省四平市")]
    of_table = list(ingest_files(found.reports, {}, [], COLUMNS))
    for report, text in zip(of_table, (OTHER, samples.REPORT), strict=True):
        path = tmp_path / "one.txt"
        path.write_text(text, encoding="utf-8")
        alone = ingest(path, report.report_id)
        assert (report.sections, report.sentences) == (alone.sections, alone.sentences)
        assert report.metadata.region == alone.metadata.region and report.metadata.year == 2025
    assert of_table[1].metadata.published == "2025-01-20"
    assert of_table[1].source.file == f"all{suffix}:2"


def test_a_table_without_a_column_of_texts_says_which_it_has(tmp_path: Path) -> None:
    path = tmp_path / "all.csv"
    path.write_text("省份,年份\n吉林省,2025\n", encoding="utf-8")
    with pytest.raises(
        EmphasisError, match=r"all\.csv: has no column of texts among 省份, 年份; name it in .*reports_table\.text"
    ):
        read_rows(path, COLUMNS)
    (row,) = read_rows(path, COLUMNS | {"text": ["省份"], "province": []})
    assert (row.name, row.text) == ("2025", "吉林省")


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.jsonl", '{"text": 1}\nx', "line 2: is no JSON"),
        ("b.jsonl", "[1]", "line 1: is no object"),
        ("c.xlsx", "x", "cannot be read as a table"),
        ("d.dta", "x", "cannot be read as a table"),
        ("e.csv", "", "has no column of texts among (none)"),
    ],
)
def test_a_damaged_table_is_refused_with_the_reason(tmp_path: Path, name: str, content: str, words: str) -> None:
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    with pytest.raises(EmphasisError) as error:
        read_rows(path, COLUMNS)
    assert name in str(error.value) and words in str(error.value)


def test_a_text_that_a_workbook_cut_off_is_warned_of(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["text"])
    book.active.append([(samples.REPORT * 200)[:CELL]])
    book.save(tmp_path / "all.xlsx")
    found = open_reports_folder(tmp_path, 8, lambda path: read_rows(path, COLUMNS))
    (report,) = ingest_files(found.reports, {}, [], COLUMNS)
    assert "cut-off" in {warning.code for warning in report.warnings}


def test_a_table_fills_in_what_the_text_does_not_say() -> None:
    filled, warnings = fill_metadata(
        Metadata(), {"year": "2025", "province": "吉林", "region": "长春", "title": "报告"}
    )
    assert (filled.region, filled.adcode, filled.province, filled.year) == ("长春市", "220100", "吉林省", 2025)
    assert [w.code for w in warnings] == ["from-table"]
    unknown, _ = fill_metadata(Metadata(), {"province": "火星", "region": "火星市", "year": "1025"})
    assert (unknown.region, unknown.adcode, unknown.province, unknown.year) == ("火星市", "", "", None)
    alone, _ = fill_metadata(Metadata(), {"province": "上海"})
    assert (alone.region, alone.adcode) == ("上海市", "310000")


def test_where_text_and_table_disagree_the_text_counts_with_a_warning() -> None:
    known = Metadata(
        region="长春市", region_level="prefecture", adcode="220100", province="吉林省", year=2025, title="报告"
    )
    same, warnings = fill_metadata(known, {"year": "2024年", "region": "吉林市", "title": "别的"})
    assert same == known
    assert [w.message for w in warnings] == [
        "The table says 2024, the text 2025, which was taken.",
        "The table says 吉林市, the text 长春市, which was taken.",
    ]


def test_a_workbook_that_unpacks_to_more_than_a_table_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_table(tmp_path / "all.xlsx")
    monkeypatch.setattr(table_reader, "LARGEST", path.stat().st_size + 1)  # less than it unpacks to
    with pytest.raises(EmphasisError, match=r"all\.xlsx: unpacks to more than .* divide the table"):
        read_rows(path, COLUMNS)


def test_half_a_character_in_a_cell_stops_nothing(tmp_path):
    """JSON can say the code of half a character, which no file can hold."""
    row = {"full_text": samples.REPORT, "City": "长春\ud83d市", "序号\ud83d": 1}
    (tmp_path / "t.jsonl").write_text(json.dumps(row), encoding="utf-8")
    (found,) = read_rows(tmp_path / "t.jsonl", COLUMNS)
    assert found.metadata["region"] == "长春?市"
    folder = open_reports_folder(tmp_path, 64, lambda path: read_rows(path, COLUMNS))
    assert list(folder.files) == ["t_长春_市"]


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ('text,year\n"甲,2024\n乙,2025\n', 2),
        ('text,year\n甲,2024\n\n"乙"丙,"2025\n丁,2026', 4),
        ('"text,year\n甲,2024\n', 1),
        ('"', 1),
    ],
)
def test_a_quotation_mark_that_nothing_closes_swallows_no_reports(tmp_path, text, row):
    path = tmp_path / "t.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(EmphasisError, match=rf"t\.csv, row {row}: a quotation mark is opened there and not closed"):
        read_rows(path, COLUMNS)


@pytest.mark.parametrize("end", ["", "\n", "\r\n", "\n\n"])
def test_quoted_texts_of_several_lines_are_read_to_the_last(tmp_path, end):
    path = tmp_path / "t.csv"
    path.write_bytes(f'text,year\r\n"甲\n乙",2024\r\n丙,2025\r\n"丁，""戊""\n"{end}'.encode())
    assert [(row.number, row.text) for row in read_rows(path, COLUMNS)] == [(2, "甲\n乙"), (3, "丙"), (4, '丁，"戊"\n')]
