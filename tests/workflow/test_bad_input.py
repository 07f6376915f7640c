"""What goes wrong in practice: every case ends in a clear line, and the other reports are processed."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import time

import pandas as pd
import pytest

from support.project import Project, hashes

GOOD = """各位代表：
  现在，我代表市政府，向大会报告工作。
  一、2024年工作回顾
  （一）经济稳步增长。地区生产总值增长5%，固定资产投资增长6%。
  （二）民生持续改善。城镇新增就业5万人，新建学校3所。
  二、2025年工作安排
  （一）扩大有效需求。地区生产总值增长5%以上。
  （二）保障改善民生。城镇新增就业5万人以上。
  各位代表！让我们团结奋斗！
"""


@pytest.fixture
def project(tmp_path):
    project = Project(tmp_path / "project")
    for seed in (project.folder / "seeds").iterdir():
        seed.unlink()
    return project


def put(project, name, content):
    (project.folder / "seeds" / name).write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))


def corpus(project, table):
    return pd.read_csv(project.results / f"corpus/{table}.csv", keep_default_na=False)


def test_a_folder_as_people_have_them(project):
    put(project, "good.txt", GOOD)
    put(project, "长春 2025.txt", GOOD)
    put(project, "gb.txt", GOOD.encode("gb18030"))
    put(project, "utf16.txt", GOOD.encode("utf-16"))
    put(project, "bom.txt", GOOD.encode("utf-8-sig"))
    put(project, "empty.txt", "")
    put(project, "blank.txt", " \n\u3000\n")
    put(project, "binary.txt", bytes(range(256)) * 40)
    put(project, "plain.txt", "这里没有标题。只有一段话，说的是别的事情。\n")
    put(project, "good.docx", b"not a docx")
    put(project, "{x}.txt", GOOD)
    # The other pictures would show the same text, or none.
    drawn = ["长春 2025", "empty", "binary", "plain"]
    pictures = [f"{kind}={json.dumps({'reports': drawn})}" for kind in ("figures", "clouds")]
    run = project.run("tables", "figures", "--config", *pictures)
    assert run.status == 0, run.output
    assert "Traceback" not in run.output
    assert "warnings in results/corpus/warnings.csv" in run.output and "low confidence" in run.output
    reports = corpus(project, "reports").set_index("report_id")
    assert set(reports.index) == {"good", "长春 2025", "gb", "utf16", "bom", "empty", "blank", "binary", "plain"}
    warnings = corpus(project, "warnings")
    warned = warnings.groupby("report_id")["code"].agg(set)
    assert "same-stem" in warned["good"] and "bad-name" in warned["{x}"]
    assert {"empty", "blank", "binary", "plain"} <= set(warned.index)
    assert warnings["suggestion"].str.len().min() > 10
    assert (reports.loc[["empty", "blank", "binary", "plain"], "confidence"] == "low").all()
    assert reports.loc["gb", "encoding"] == "gb18030"
    headings = corpus(project, "sections").query("level == 2").groupby("report_id")["heading"].agg(list)
    assert set(headings.index) == {"good", "长春 2025", "gb", "utf16", "bom"}
    assert len({tuple(h) for h in headings}) == 1
    assert {p.name for p in (project.results / "figures").iterdir()} == {*drawn, "across"}

    strict = project.run("results/corpus/sections.csv", "--config", "strict=true", "--forcerun", "sections")
    assert strict.status == 1 and "strict" in strict.output


def test_a_fault_in_the_configuration_is_told_before_any_job(project):
    put(project, "good.txt", GOOD)
    run = project.run("--config", "segmenter=hanlp")
    assert run.status == 1
    lines = [line for line in run.output.splitlines() if line.startswith("policy-emphasis")]
    assert lines == ["policy-emphasis: configuration: segmenter: found 'hanlp'; allowed: auto, jieba, rjieba"]
    assert "Traceback" not in run.output and not project.results.exists()


@pytest.mark.parametrize(
    ("setting", "words"),
    [("results=/proc/results", "does not allow writing"), ("reports=nowhere", "there is no folder nowhere")],
)
def test_a_folder_that_cannot_be_used_is_named(project, setting, words):
    put(project, "good.txt", GOOD)
    run = project.run("--config", setting)
    assert run.status == 1 and words in run.output and "Traceback" not in run.output


@pytest.mark.parametrize(
    ("setting", "words"),
    [
        ("areas=nowhere", "configuration: areas: nowhere/areas.tsv is not there"),
        ("metadata=nowhere.tsv", "configuration: metadata: nowhere.tsv is not there"),
        ("results=seeds", "results: seeds is the folder of the reports"),
    ],
)
def test_a_file_that_a_setting_names_is_looked_for_before_any_job(project, setting, words):
    put(project, "good.txt", GOOD)
    run = project.run("--dry-run", "--config", setting)
    assert run.status == 1 and words in run.output
    assert "Traceback" not in run.output and "MissingInputException" not in run.output


def test_a_setting_that_stands_twice_is_told_with_its_line(project):
    put(project, "good.txt", GOOD)
    own = project.folder / "own.yaml"
    own.write_text("strict: true\nseed: 1\nstrict: false\n", encoding="utf-8")
    run = project.run("--dry-run", "--configfile", own)
    assert run.status == 1 and "own.yaml: not YAML: line 3: the key strict is there twice" in run.output
    file = project.folder / "config/config.yaml"
    file.write_text(file.read_text(encoding="utf-8") + "seed: 7\n", encoding="utf-8")
    run = project.run("--dry-run")
    assert run.status == 1 and "config.yaml: not YAML: line" in run.output and "seed is there twice" in run.output


def test_a_row_of_metadata_that_corrects_nothing_is_told(project):
    put(project, "changchun-2025.txt", GOOD)
    (project.folder / "config/reports.tsv").write_text("report_id\tyear\nchangchun_2025\t2025\n", encoding="utf-8")
    run = project.run("--dry-run", "corpus")
    said = "config/reports.tsv: rows of no report here: changchun_2025 (is changchun-2025 meant?)"
    assert run.status == 0 and said in run.output


def test_after_ctrl_c_the_next_run_goes_on(project):
    put(project, "good.txt", GOOD)

    def targets(results):
        tables = [f"{results}/tables/{name}.csv" for name in ("frequency", "tfidf", "themes", "targets", "areas")]
        return ["corpus", *tables, f"{results}/figures/good/clouds"]

    # As a terminal starts it; what a shell starts in the background ignores the signal, and so do its children.
    running = subprocess.Popen(
        ["env", "--default-signal=INT", *project.command(*targets("results"))], cwd=project.folder, stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT, text=True, start_new_session=True,
    )  # fmt: skip
    first = project.results / "corpus/tokens.parquet"
    deadline = time.monotonic() + 60
    while not first.exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    # A terminal sends the signal to every process of the run.
    os.killpg(running.pid, signal.SIGINT)
    output, _ = running.communicate(timeout=60)
    assert running.returncode != 0, output
    run = project.run(*targets("results"))
    assert run.status == 0, run.output
    assert "ingest" not in run.rules
    fresh = project.run(*targets("fresh"), "--config", "results=fresh")
    assert fresh.status == 0
    assert hashes(project.results) == hashes(project.folder / "fresh")


def test_files_that_once_ended_a_run(project):
    """Each is read or refused, the others are processed, and every result is made."""
    put(project, "glyphs.txt", GOOD.replace("扩大有效需求", "降低CO₂排放🌳\ufffd"))
    put(project, "numbers.txt", GOOD.replace("5%", "零分之一").replace("5万人", f"{'9' * 400}个"))
    put(project, f"{'长' * 80}.txt", GOOD)
    put(project, "broken.docx", b"no docx")
    (project.folder / "seeds/2024").mkdir()
    put(project, "2024/short.txt", GOOD)
    table = pd.DataFrame({"省份": ["江苏省"], "年份": [2025], "全文": [GOOD]})
    table.to_csv(project.folder / "seeds/table.csv", index=False)
    # Four batches, one of them empty; pictures of what pictures once choked on.
    shortened = f"{'长' * 47}_fcee1a6b"
    drawn = json.dumps({"reports": ["glyphs", "numbers", shortened]})
    run = project.run("--config", "batch_size=2", f"figures={drawn}", f"clouds={drawn}")
    assert run.status == 0, run.output
    assert "Traceback" not in run.output and "not read: broken" in run.output
    reports = corpus(project, "reports").set_index("report_id")
    assert {"2024_short", "table_2025_江苏省", shortened} <= set(reports.index) and len(reports) == 6
    assert len(list((project.results / "batches").iterdir())) == 4
    warned = corpus(project, "warnings").groupby("report_id")["code"].agg(set)
    assert "no-glyph" in warned["glyphs"] and "unreadable" in warned["broken"]
    themes = pd.read_csv(project.results / "tables/themes.csv")
    assert set(themes["report_id"]) == set(reports.index) - {"broken"}
    assert "broken" not in set(pd.read_csv(project.results / "tables/panel.csv")["report_id"])


@pytest.mark.parametrize("linked", [False, True])
def test_where_no_report_can_be_read_all_results_are_made_and_it_is_said(project, linked):
    """Whether its file is damaged or is refused, so that there is not even a row for it."""
    file = project.folder / ("elsewhere.docx" if linked else "seeds/broken.docx")
    file.write_bytes(b"no docx")
    if linked:
        (project.folder / "seeds/broken.docx").symlink_to(file)
    run = project.run()
    assert run.status == 0, run.output
    assert "Traceback" not in run.output
    assert ("left out: broken" if linked else "not read: broken") in run.output
    assert set(corpus(project, "warnings")["report_id"]) == {"broken"}
    assert len(pd.read_csv(project.results / "tables/panel.csv")) == len(corpus(project, "sections")) == 0
    assert (project.results / "site/index.html").stat().st_size > 100_000


def test_a_table_of_terms_with_commas_is_refused_in_words(project):
    put(project, "good.txt", GOOD)
    (project.folder / "config/lexicon/user_terms.tsv").write_text("term,kind\n新质生产力,policy\n", encoding="utf-8")
    run = project.run("tables")
    assert run.status == 1 and "Traceback" not in run.output
    assert "user_terms.tsv, line 1: has commas and no tabs; the columns are separated by tabs" in run.output
