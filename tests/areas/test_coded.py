"""Files that people write: schemes, coded sentences, corrections. Wrong lines are refused in words."""

import pandas as pd
import pytest

from areas.conftest import FOLDER
from emphasis.areas.coded import find_rows, read_coded, report_ids
from emphasis.areas.corrections import corrected_rows, read_corrections
from emphasis.areas.scheme import read_scheme
from emphasis.areas.validation import agreement
from emphasis.errors import EmphasisError

HEADER = "report_id\tsentence_id\tstart\tarea\n"


def test_the_scheme(scheme):
    assert len(scheme.areas) == 25
    assert scheme.sums == {"15": ("15a", "15b", "15c", "15d")}
    assert scheme.listed[scheme.listed.index("15") : scheme.listed.index("16")] == ("15", "15a", "15b", "15c", "15d")
    assert len({scheme.major[area] for area in scheme.areas} - {"0"}) == 21
    assert all(scheme.names_en[area] and scheme.names_zh[area] for area in scheme.listed)


def test_an_area_twice_is_refused(tmp_path):
    file = tmp_path / "areas.tsv"
    file.write_text("area\tmajor\tpart\tname_en\tname_zh\n1\t1\t\ta\tb\n1\t1\t\ta\tb\n", encoding="utf-8")
    with pytest.raises(EmphasisError, match="area 1 is there twice"):
        read_scheme(file)


def test_the_coded_sentences(scheme):
    coded = read_coded(FOLDER / "coded.tsv", FOLDER / "coded_reports.tsv", scheme)
    assert len(coded.table) >= 4000
    assert set(coded.table["report"]) == set(coded.sha256)
    assert set(coded.table["area"]) == set(scheme.areas)
    twice, alike, kappa = agreement(coded.table["area"], coded.table["area_again"])
    assert twice >= 500 and alike > 0.95 and kappa > 0.95


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("a\t5\t3\t1\t", "the start before the end"),
        ("a\tx\t3\t1\t", "whole numbers"),
        ("a\t1\t3\t99\t", "'99' is no policy area"),
        ("a\t1\t3\t15\t", "'15' is no policy area"),
        ("a\t1\t3\t1\t77", "'77' is no policy area"),
        ("a\t0\t9\t1\t\ta\tb\tc", "8 fields"),
        ("a\t0\t9\t1\t\na\t0\t9\t2\t", "line 3: the sentence of line 2 again"),
    ],
)
def test_wrong_coded_lines(tmp_path, scheme, line, told):
    (tmp_path / "coded.tsv").write_text(f"report\tstart\tend\tarea\tsecond\n{line}\n", encoding="utf-8")
    (tmp_path / "reports.tsv").write_text("report\tsha256\n", encoding="utf-8")
    with pytest.raises(EmphasisError, match=told) as error:
        read_coded(tmp_path / "coded.tsv", tmp_path / "reports.tsv", scheme)
    assert "coded.tsv, line" in str(error.value)


def test_reports_are_found_by_hash_and_without_one_by_name(tmp_path, scheme):
    (tmp_path / "coded.tsv").write_text(
        "report\tstart\tend\tarea\tsecond\na\t0\t9\t1\t\nb\t0\t9\t1\t\nc\t0\t9\t1\t\n", encoding="utf-8"
    )
    (tmp_path / "reports.tsv").write_text("report\tsha256\na\tx\nb\ty\n", encoding="utf-8")
    coded = read_coded(tmp_path / "coded.tsv", tmp_path / "reports.tsv", scheme)
    here = pd.DataFrame({"report_id": ["renamed", "b", "c"], "sha256": ["x", "changed", "z"]})
    assert report_ids(coded, here) == {"a": "renamed", "c": "c"}


def test_a_sentence_is_found_by_most_of_its_span():
    places = pd.DataFrame({"report_id": ["a", "a", "b"], "start": [0, 10, 0], "end": [10, 30, 5]})
    assert find_rows(places, [("a", 8, 20), ("a", 40, 50), ("b", 0, 5), ("c", 0, 5)]).tolist() == [1, -1, 2, -1]


SENTENCES = pd.DataFrame({"report_id": ["a", "a", "b"], "sentence_id": ["a:1", "a:2", "b:1"], "start": [0, 9, 0]})


def test_corrections_by_id_and_by_start(tmp_path, scheme):
    file = tmp_path / "corrections.tsv"
    file.write_text(f"# why\n{HEADER}a\ta:1\t\t3\na\t\t9\t15b\nelsewhere\tx:1\t\t1\n", encoding="utf-8")
    found = corrected_rows(read_corrections(file, scheme), SENTENCES)
    assert {row: scheme.areas[area] for row, area in found.items()} == {0: "3", 1: "15b"}
    assert read_corrections(tmp_path / "none.tsv", scheme) == []
    assert read_corrections(FOLDER / "corrections.tsv", scheme) == []


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ("\ta:1\t\t3", "line 2: report_id is empty"),
        ("a\t\t\t3", "either sentence_id or start"),
        ("a\ta:1\t0\t3", "either sentence_id or start"),
        ("a\t\tx\t3", "start 'x' is no whole number"),
        ("a\ta:1\t\t15", "'15' is no policy area"),
        ("a\ta:1\t\t3\na\ta:1\t\t4", "line 3: the sentence of line 2 again"),
        ("a\ta:7\t\t3", "line 2: a has no sentence a:7"),
        ("a\t\t5\t3", "a has no sentence at 5"),
        ("a\ta:1\t\t3\na\t\t0\t4", "line 3: the sentence has another area on another line"),
    ],
)
def test_wrong_corrections(tmp_path, scheme, lines, told):
    file = tmp_path / "corrections.tsv"
    file.write_text(f"{HEADER}{lines}\n", encoding="utf-8")
    with pytest.raises(EmphasisError, match=told):
        corrected_rows(read_corrections(file, scheme), SENTENCES)


def test_a_file_without_its_columns(tmp_path, scheme):
    file = tmp_path / "corrections.tsv"
    file.write_text("report_id,area\n", encoding="utf-8")
    with pytest.raises(EmphasisError, match="sentence_id"):
        read_corrections(file, scheme)
    file.write_bytes("report_id\t领域\n".encode("gb18030"))
    with pytest.raises(EmphasisError, match="UTF-8"):
        read_corrections(file, scheme)
