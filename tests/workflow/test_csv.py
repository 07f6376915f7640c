"""The CSV files as other programs read them: ids that stay text, and a byte-order mark for those who want one."""

import re
from codecs import BOM_UTF8

import pandas as pd
import pytest

from emphasis.publish.evidence.folder import ResultsFolder
from emphasis.run.closing_line import closing_line
from emphasis.store.tables import load_schemas
from support import ROOT
from support.project import Project, hashes

NUMERALS = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二")
SUBJECTS = ("工业", "农业", "科技", "教育", "医疗", "文化", "环境", "交通", "城市", "乡村", "开放", "安全")
CODES = ("adcode", "area", "first_area")
"""Columns that programs read as numbers: none of them begins with 0."""
QUICK = {"refits": 5, "shuffles": 5, "draws": 200, "bootstrap": 20}
OF_SECTIONS = {
    "sections": "section_id", "frequency": "section_id", "tfidf": "section_id", "keyness_comparisons": "target",
    "structure": "name", "tasks": "section_id", "theme_sections": "section_id", "topic_sections": "section_id",
    "targets": "section_id", "frequency_intervals": "section_id",
}  # fmt: skip


def report(year: int) -> str:
    """A report whose plan has twelve subsections."""

    def sections(verb: str) -> str:
        # What is planned is said otherwise than what was done, or it would be taken for a second copy of the text.
        said = "{s}投资增长{i}%，{s}项目加快建设，{s}企业提质增效。\n{s}改革不断深化，{s}人才加快集聚，{s}平台加快建设，{s}服务更加优质。"
        if verb == "促进":
            said = (
                "谋划一批{s}项目，支持{s}企业做大做强。\n实施{s}行动计划，引进{s}人才{i}0名，完善{s}政策，办好{s}实事。"
            )
        return "\n".join(
            f"（{n}）{verb}{subject}发展。\n" + said.format(s=subject, i=i)
            for i, (n, subject) in enumerate(zip(NUMERALS, SUBJECTS, strict=True), 1)
        )

    return (
        f"{year}年长春市政府工作报告\n各位代表：\n现在，我代表市人民政府，向大会报告工作，请予审议。\n"
        f"一、{year - 1}年工作回顾\n一年来，全市经济平稳增长。\n{sections('推动')}\n"
        f"二、{year}年工作安排\n今年地区生产总值增长6%左右。\n{sections('促进')}\n"
        "各位代表！让我们更加紧密地团结起来，为实现全年目标而努力奋斗！\n"
    )


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    """The tables of two small reports, plain in one batch and with the mark in two."""
    project = Project(tmp_path_factory.mktemp("project"))
    settings = project.folder / "config/config.yaml"
    lines = settings.read_text(encoding="utf-8")
    for key, value in QUICK.items():
        lines = re.sub(rf"^(  {key}:) .*$", rf"\1 {value}", lines, flags=re.MULTILINE)
    settings.write_text(lines, encoding="utf-8")
    (project.folder / "few").mkdir()
    for year in (2024, 2025):
        (project.folder / f"few/长春市{year}.txt").write_text(report(year), encoding="utf-8")
    # Refused, since there is a report of that name: its warning belongs to one of the batches.
    (project.folder / "few/长春市2024.docx").write_bytes(b"")
    for results, more in (("plain", ()), ("marked", ("csv_bom=true", "batch_size=1"))):
        settings = ("reports=few", f"results={results}", *more)
        done = project.run("tables", "frequency_intervals", f"{results}/paper/workbook.xlsx", "--config", *settings)
        assert done.status == 0, done.output
    return project


def tables(project, results):
    """The CSV files of results by path."""
    folder = project.folder / results
    return {f"{file.parent.name}/{file.name}": file for file in sorted(folder.glob("[ct]*/*.csv"))}


def test_sections_one_and_ten_stay_apart(project):
    files = tables(project, "plain")
    for name, column in OF_SECTIONS.items():
        file = files[f"{'corpus' if name == 'sections' else 'tables'}/{name}.csv"]
        read = pd.read_csv(file)
        sections = read[read[column].astype(str).str.match(r"s\d")]
        assert {"s2.1", "s2.10", "s2.11"} <= set(sections[column]), name
        assert (sections[column] == pd.read_csv(file, dtype=str).loc[sections.index, column]).all(), name


def test_no_text_is_taken_for_a_number(project):
    """In no table, whatever its name; but codes of regions and of policy areas are numbers by convention: no two become one."""
    schemas = load_schemas((ROOT / "workflow/schemas/tables").glob("*.yaml"))
    for path, file in tables(project, "plain").items():
        read, text = pd.read_csv(file), pd.read_csv(file, dtype=str)
        for column in (f.name for f in schemas[file.stem].fields if f.type == "string" and f.name not in CODES):
            present = text[column].notna()
            assert (read.loc[present, column] == text.loc[present, column]).all(), (path, column)


def test_the_mark_is_all_that_differs(project):
    plain, marked = tables(project, "plain"), tables(project, "marked")
    assert plain.keys() == marked.keys() and len(plain) > 40
    for path, file in marked.items():
        content = file.read_bytes()
        assert content.startswith(BOM_UTF8) and content.count(BOM_UTF8) == 1, path
        assert content.removeprefix(BOM_UTF8) == plain[path].read_bytes(), path
        assert list(pd.read_csv(file).columns) == list(pd.read_csv(plain[path]).columns)
    for name in ("paper/workbook.xlsx", "tables/panel.dta", "tables/targets.dta"):
        assert (project.folder / "marked" / name).read_bytes() == (project.folder / "plain" / name).read_bytes()


def test_batches_give_the_results_of_one(project):
    """Tables apart from the mark (above), and what is no CSV file byte for byte."""
    plain, marked = (
        {path: sha for path, sha in hashes(project.folder / name).items() if not path.endswith(".csv")}
        for name in ("plain", "marked")
    )
    assert (project.folder / "marked/batches").is_dir() and not (project.folder / "plain/batches").exists()
    assert {"corpus/tokens.parquet", "corpus/sentences.parquet", "corpus/segmentation.html"} <= plain.keys()
    # These say what the settings were, and have hashes of CSV files.
    said = {"datapackage.json"}
    assert {path: sha for path, sha in marked.items() if path not in said} == {
        path: sha for path, sha in plain.items() if path not in said
    }
    warnings = pd.read_csv(project.folder / "plain/corpus/warnings.csv")
    assert "same-stem" in set(warnings["code"])


def test_own_readers_skip_the_mark(project):
    plain, marked = (project.folder / name for name in ("plain", "marked"))
    assert list(ResultsFolder(marked).rows("frequency")) == list(ResultsFolder(plain).rows("frequency"))
    assert ResultsFolder(marked).reports() == ["长春市2024", "长春市2025"]
    assert closing_line(marked)[0].replace("marked", "plain") == closing_line(plain)[0]


@pytest.mark.parametrize("setting", ["csv_bom=true", "csv_escape=true"])
def test_a_change_of_mind_writes_every_file_anew(project, setting):
    run = project.run("-n", "tables", "--config", "reports=few", "results=plain", setting)
    assert run.status == 0 and {"ingest", "sections", "tfidf", "panel"} <= run.rules
