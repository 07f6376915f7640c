"""The door for people: reports read in a notebook, without the workflow, and the installation that makes that possible."""

import doctest
import os
import shutil
import subprocess
import sys
import sysconfig
import tomllib
import venv
from pathlib import Path

import pandas as pd
import pytest

import emphasis
from emphasis import EmphasisError, notebook, notebook_settings, read_report, read_reports
from emphasis.store.tables import write
from support import REFERENCE, REPORT, ROOT
from support.pictures import LISTED, fingerprint, read_fingerprints
from support.samples import word

SEED = ROOT / f"seeds/{REPORT}.txt"
IN_REFERENCE = (
    *("reports", "sections", "glossary", "warnings", "frequency", "frequency_parts", "dispersion", "tfidf"),
    *("structure", "themes", "theme_sections", "areas", "targets", "target_pairs"),
)


@pytest.fixture(scope="module")
def report():
    return read_report(SEED)


def run_python(program, folder, python=sys.executable):
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    return subprocess.run(
        [python, "-c", program], cwd=folder, env=environment, check=True, capture_output=True, text=True
    )


def test_tables_are_those_of_the_workflow(report, schemas, tmp_path):
    for name in IN_REFERENCE:
        (expected,) = REFERENCE.rglob(f"{name}.csv")
        write(getattr(report, name), tmp_path / f"{name}.csv", schemas[name])
        assert (tmp_path / f"{name}.csv").read_bytes() == expected.read_bytes(), name


def test_sentences_and_tokens_are_those_of_the_workflow(report, schemas, tmp_path):
    known = read_fingerprints(REFERENCE / LISTED)
    for name in ("sentences", "tokens"):
        file = tmp_path / f"{name}.parquet"
        write(getattr(report, name), file, schemas[name])
        assert fingerprint(file, name).content == known[f"corpus/{name}.parquet"].content, name


def test_tables_have_the_columns_of_their_schemas(report, schemas):
    for name in ("outline", "sentences", "tokens", "counts"):
        assert list(getattr(report, name).columns) == schemas[name].columns, name
    assert report.counts["n_alone"].sum() == report.structure.query("unit == 'report'")["n_tokens"].item()


def test_offsets_count_characters_of_the_text(report):
    for sentence in report.sentences.itertuples():
        assert report.text[sentence.start : sentence.end] == sentence.text


def test_a_table_is_made_once(report):
    assert report.tfidf is report.tfidf
    assert repr(report) == "<MeasuredReport: changchun-2025>"


def test_metadata_is_the_row_of_the_report(report):
    assert (report.metadata["region"], report.metadata["year"], report.metadata["confidence"]) == (
        "长春市",
        2025,
        "high",
    )


def test_settings_differ_from_the_configuration_where_they_are_given(report, tmp_path):
    assert set(report.counts["role"]) == {"review", "problems", "plan", "closing"} & set(report.outline["role"])
    plan = read_report(SEED, count_roles=["plan"], stopwords=[], min_length=1, segmenter="rjieba")
    assert set(plan.counts["role"]) == {"plan"}
    assert "的" in set(plan.frequency["term"]) - set(report.frequency["term"])
    (tmp_path / "words.txt").write_text("发展", encoding="utf-8")
    own = read_report(SEED, stopwords=tmp_path / "words.txt")
    assert "发展" in set(report.frequency["term"]) - set(own.frequency["term"])
    # What was given once is not remembered.
    pd.testing.assert_frame_equal(read_report(SEED).frequency, report.frequency)


def test_corrections_by_hand_are_used(tmp_path):
    file = shutil.copy(SEED, tmp_path / "r.txt")
    (tmp_path / "reports.tsv").write_text("report_id\tregion\nr\t吉林市\n", encoding="utf-8")
    assert read_report(file, metadata=tmp_path / "reports.tsv").metadata["region"] == "吉林市"
    (tmp_path / "r.outline.yaml").write_text("sections: 1", encoding="utf-8")
    assert read_report(file).warnings["code"].tolist() == ["wrong-outline"]


def test_a_folder_is_read_with_what_is_wrong_in_it(report, tmp_path):
    for name in ("a", "b"):
        shutil.copy(SEED, tmp_path / f"{name}.txt")
    (tmp_path / "c.docx").write_bytes(b"no Word file")
    (tmp_path / "d.xyz").write_text("")
    reports = read_reports(tmp_path)
    assert reports.reports["report_id"].tolist() == ["a", "b", "c"]
    assert dict(reports.warnings[["report_id", "code"]].to_numpy()) == {"c": "unreadable", "d": "unknown-format"}
    for name in ("tfidf", "theme_sections", "targets"):
        table, one = getattr(reports, name), getattr(report, name)
        own = [column for column in one if not column.endswith(("report_id", "sentence_id"))]
        assert table["report_id"].unique().tolist() == ["a", "b"]
        pd.testing.assert_frame_equal(table.query("report_id == 'b'")[own].reset_index(drop=True), one[own])


def test_a_folder_in_which_nothing_can_be_read_gives_tables_without_rows(tmp_path):
    for name in ("a", "b"):
        (tmp_path / f"{name}.docx").write_bytes(b"no Word file")
    reports = read_reports(tmp_path)
    assert reports.warnings["code"].tolist() == ["unreadable"] * 2
    for name in (*IN_REFERENCE, "sentences", "tokens", "vocabulary", "counts", "sentence_areas"):
        rows = {"reports": 2, "warnings": 2}.get(name, 0)
        table = getattr(reports, name)
        assert len(table.query("value > 0") if name == "themes" else table) == rows, name
    for made in (reports.peers, reports.distinctive, reports.missing, reports.standing):
        assert len(made()) == 0 and "report_id" in made().columns


@pytest.mark.parametrize(
    ("content", "settings", "said"),
    [
        (None, {}, r"there is no file /.*/report\.txt; check the path"),
        (b"", {}, "The file has no text. Replace it"),
        (b"\x00\x01\x02", {}, r"report\.txt: "),
        (b"text", {"segmenter": "thulac"}, "configuration: segmenter: found 'thulac'; allowed: auto, jieba, rjieba"),
        (b"text", {"segmentor": "jieba"}, "segmentor: unknown setting; there are: segmenter, "),
        (b"text", {"count_roles": "plan"}, "configuration: count_roles: found 'plan'; allowed: a list"),
        (b"text", {"min_length": 0}, "configuration: keywords.min_length: found 0; allowed: a whole number from 1"),
        (b"text", {"stopwords": "none.txt"}, r"stopwords: there is no /.*none\.txt; check the path"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_with_what_to_do(content, settings, said, tmp_path):
    if content is not None:
        (tmp_path / "report.txt").write_bytes(content)
    with pytest.raises(EmphasisError, match=said):
        read_report(tmp_path / "report.txt", **settings)


def test_a_damaged_word_file_and_a_folder_are_refused(tmp_path):
    (tmp_path / "r.docx").write_bytes(word("一、回顾")[:200])
    with pytest.raises(EmphasisError, match=r"open it in a word processor and save it again$"):
        read_report(tmp_path / "r.docx")
    with pytest.raises(EmphasisError, match="is a folder; use read_reports"):
        read_report(tmp_path)
    with pytest.raises(EmphasisError, match="there is no folder"):
        read_reports(tmp_path / "none")


def test_without_a_checkout_the_library_says_what_it_needs(monkeypatch, tmp_path):
    monkeypatch.setattr(notebook_settings, "ROOT", tmp_path)
    with pytest.raises(EmphasisError, match=r"config\.yaml: missing; .* checkout .* `pip install -e \.`"):
        read_report(SEED)


def test_the_examples_of_the_docstrings_are_true(monkeypatch):
    monkeypatch.chdir(ROOT)
    found = doctest.testmod(notebook)
    assert found.attempted >= 6
    assert not found.failed


def test_importing_the_package_imports_no_heavy_library():
    program = "import emphasis, sys; print(sorted({'pandas', 'numpy', 'pyarrow', 'jieba', 'yaml'} & set(sys.modules)))"
    assert run_python(f"import sys; sys.path.insert(0, {str(ROOT / 'scripts')!r}); {program}", ROOT).stdout == "[]\n"


def test_the_door_says_what_it_has():
    stub = (ROOT / "scripts/emphasis/__init__.pyi").read_text(encoding="utf-8")
    for name in emphasis.__all__:
        assert getattr(emphasis, name).__doc__
        assert f" import {name} as {name}\n" in stub
    assert set(emphasis.__all__) <= set(dir(emphasis))
    with pytest.raises(AttributeError, match="no attribute 'read_repot'"):
        _ = emphasis.read_repot


def test_an_editable_install_works_from_any_folder(tmp_path):
    """In an environment of its own that sees the packages of this one; nothing is fetched."""
    uv = Path(sysconfig.get_path("scripts")) / "uv"
    venv.create(tmp_path / "env")
    python = tmp_path / "env/bin/python"
    (site,) = (tmp_path / "env/lib").glob("python*/site-packages")
    (site / "packages.pth").write_text(sysconfig.get_path("purelib"))
    install = [uv, "pip", "install", "--quiet", "--offline", "--no-deps", "--python", python, "--editable", ROOT]
    subprocess.run(install, check=True)
    program = f"""
import emphasis
from importlib.metadata import version
report = emphasis.read_report({str(SEED)!r})
print(emphasis.__file__, version("policy-emphasis") == emphasis.__version__, len(report.targets))
"""
    expected = f"{ROOT / 'scripts/emphasis/__init__.py'} True {len(pd.read_csv(REFERENCE / 'tables/targets.csv'))}\n"
    assert run_python(program, tmp_path, python).stdout == expected


def test_the_build_back_end_is_the_one_inside_the_locked_uv():
    """With another, an editable install would have to fetch it."""
    data = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert data["build-system"]["requires"] == ["uv_build>=0.13,<1"]
    assert data["project"]["version"] == emphasis.__version__
