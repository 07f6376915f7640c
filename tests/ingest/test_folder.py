"""Reports of a folder with corrected metadata and outlines."""

import re

import pytest
import yaml

from emphasis.errors import EmphasisError
from emphasis.ingest.corrections import OUTLINE_SUFFIX, read_metadata_corrections, write_outline
from emphasis.ingest.groupings import corrects_nothing, grouping_columns, read_metadata_table
from emphasis.ingest.report import ReportReader, ingest_files
from emphasis.ingest.tables import tabulate_reports
from emphasis.run.folder_listing import ReportFile
from emphasis.run.records import hash_file
from emphasis.store.tables import check
from support import ROOT

SEED = ROOT / "seeds/changchun-2025.txt"


def table(tmp_path, text):
    path = tmp_path / "reports.tsv"
    path.write_text(text, encoding="utf-8")
    return path


def test_corrected_metadata_replaces_what_was_read(tmp_path):
    path = table(tmp_path, "# corrections\nreport_id\tyear\tspeaker\nchangchun-2025\t2031\t\nother\t1999\t某某\n")
    corrections = read_metadata_corrections(path)
    assert corrections == {"changchun-2025": {"year": "2031"}, "other": {"year": "1999", "speaker": "某某"}}
    (report,) = ingest_files([SEED], corrections, [])
    assert (report.metadata.year, report.metadata.speaker) == (2031, "王子联")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("report_id\tyaer\nr\t2025\n", ["'yaer'", "year"]),
        ("id\tyear\n", ["'id'"]),
        ("year\n2025\n", ["no column report_id"]),
        ("report_id\tyear\nr\t2025\nr\t2026\n", ["line 3", "twice"]),
        ("report_id\tyear\n\t2025\n", ["line 2", "no report_id"]),
        ("# why\n\nreport_id\tyear\nr\t2025\t1\n", ["line 4", "too many columns"]),
    ],
)
def test_a_malformed_table_is_refused_with_its_line(tmp_path, text, words):
    with pytest.raises(EmphasisError) as error:
        read_metadata_corrections(table(tmp_path, text))
    assert all(word in str(error.value) for word in ["reports.tsv", *words])


def test_a_written_outline_gives_the_same_report_and_an_edited_one_another(tmp_path):
    (found,) = ingest_files([SEED], {}, [])
    path = tmp_path / f"changchun-2025{OUTLINE_SUFFIX}"
    text = write_outline(found)
    path.write_text(text, encoding="utf-8")
    (again,) = ingest_files([SEED], {}, [path])
    assert [s for s in again.sections if s.level] == [s for s in found.sections if s.level]
    assert again.sentences == found.sentences
    content = yaml.safe_load(text)
    content["sections"] = [entry for entry in content["sections"] if entry.get("number") != "(八)"]
    path.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
    (edited,) = ingest_files([SEED], {}, [path])
    headings = [s.heading for s in found.sections if s.level and s.number != "(八)"]
    assert [s.heading for s in edited.sections if s.level] == headings


def test_an_unusable_outline_is_a_warning(tmp_path, schemas):
    path = tmp_path / f"changchun-2025{OUTLINE_SUFFIX}"
    path.write_text("sections: [", encoding="utf-8")
    (report,) = ingest_files([SEED], {}, [path])
    assert [p.code for p in report.warnings] == ["wrong-outline"]
    assert len([s for s in report.sections if s.level]) == 20
    for name, rows in tabulate_reports([report]).items():
        check(rows, schemas[name])


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("sections:\n- {begins: 各位代表}".encode("gb18030"), r"was not used: it is not UTF-8 \(byte \d+\)"),
        (b"sections: []\nsha256: a\nsections: []\n", "is not YAML: line 3: the key sections is there twice"),
        (b"sections: 2025-13-45\n", "is not YAML: a value is not what it looks like"),
        (b"[" * 5000, "is not YAML"),
    ],
)
def test_what_is_wrong_with_an_outline_is_told_without_the_words_of_a_library(tmp_path, content, said):
    path = tmp_path / f"changchun-2025{OUTLINE_SUFFIX}"
    path.write_bytes(content)
    (report,) = ingest_files([SEED], {}, [path])
    (warning,) = report.warnings
    assert warning.code == "wrong-outline" and re.search(said, warning.message), warning
    assert path.name in warning.suggestion and str(tmp_path) not in warning.message


def test_an_unreadable_file_has_a_row_and_a_hash(tmp_path, schemas):
    path = tmp_path / "bad.docx"
    path.write_bytes(b"no archive")
    (report,) = ingest_files([path], {}, [])
    assert report.confidence == "low" and len(report.source.sha256) == 64
    for name, rows in tabulate_reports([report]).items():
        check(rows, schemas[name])


def test_a_report_that_was_other_while_it_was_read_is_refused(tmp_path):
    """Edited, read and put back: before and after the step its file has the same hash."""
    path = tmp_path / "r.txt"
    path.write_text("政府工作报告", encoding="utf-8")
    reader = ReportReader([ReportFile("r", path)], {}, [], None, {str(path): hash_file(path)})
    assert reader.read("r").report_id == "r"
    assert hash_file(path) in reader.made_from("r")
    path.write_text("另一个报告", encoding="utf-8")
    for look in (reader.read, reader.made_from):
        with pytest.raises(EmphasisError, match=r"r\.txt changed while it was read; run snakemake again"):
            look("r")


def test_a_report_without_a_known_hash_is_read_as_it_is(tmp_path):
    """As with reports in a cloud's storage; rows of tables have hashes of their own."""
    path = tmp_path / "t.csv"
    path.write_text("text\n政府工作报告\n", encoding="utf-8")
    reader = ReportReader([ReportFile("t_2", path, 2)], {}, [], {"text": ["text"]}, {str(path): "0"})
    assert reader.read("t_2").source.text == "政府工作报告"
    text = tmp_path / "r.txt"
    text.write_text("政府工作报告", encoding="utf-8")
    assert ReportReader([ReportFile("r", text)], {}, []).read("r").source.text == "政府工作报告"


def test_rows_that_correct_no_report_are_told(tmp_path):
    path = table(tmp_path, "report_id\tyear\nchangchun_2025\t2025\n长春2025\t2025\nxyz\t2020\n")
    said = corrects_nothing(path, ["changchun-2025", "长春2025"])
    assert said == "rows of no report here: changchun_2025 (is changchun-2025 meant?), xyz"
    many = [str(n) for n in range(2000)]
    path = table(tmp_path, "report_id\tyear\n" + "".join(f"r{n}\t2025\n" for n in range(9)) + "7\t2025\n")
    assert corrects_nothing(path, many) == "rows of no report here: r0, r1, r2, r3, r4 and 4 more"
    assert corrects_nothing(tmp_path / "none.tsv", many) == corrects_nothing(table(tmp_path, "report_id\n"), many) == ""


def test_other_columns_are_groupings(tmp_path):
    path = table(tmp_path, "# groups\nreport_id\tyear\t 区域 \tmayor\nr\t2025\t东部\t\ns\t\t西部\n")
    assert grouping_columns(path) == ["区域", "mayor"]
    assert read_metadata_table(path) == {
        "r": {"year": "2025", "区域": "东部", "mayor": ""},
        "s": {"year": "", "区域": "西部", "mayor": ""},
    }
    assert read_metadata_corrections(path) == {"r": {"year": "2025"}, "s": {}}
    assert grouping_columns(tmp_path / "none.tsv") == []


@pytest.mark.parametrize(
    "header", ["report_id\tprovence", "report_id\tYear", "report_id\t\t东西", "report_id\t区域\t区域", ""]
)
def test_a_column_that_may_be_misspelt_is_no_grouping(tmp_path, header):
    with pytest.raises(EmphasisError, match=r"reports\.tsv"):
        grouping_columns(table(tmp_path, header + "\n"))
