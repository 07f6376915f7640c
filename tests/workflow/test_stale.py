"""Contents decide what is made again, not dates; and nothing that was changed since it was made is taken for a result."""

from __future__ import annotations

import os
import signal
import subprocess
import time

import pandas as pd
import pytest

from support.project import Project, hashes

REPORT = """各位代表：
  现在，我代表市政府，向大会报告工作。
  一、2024年工作回顾
  （一）经济稳步增长。地区生产总值增长5%，固定资产投资增长6%。空气质量改善。
  二、2025年工作安排
  （一）扩大有效需求。地区生产总值增长5.5%以上，城镇新增就业3万人以上。
"""
TARGETS = ["results/tables/frequency.csv", "results/tables/themes.csv"]
EARLY = 1_000_000_000
"""A time in seconds that is before that of every result."""
OUTLINE = "sha256: ''\nsections: []\n"
COUNTED = {"counts", "frequency"}
READ = COUNTED | {"ingest", "segment", "themes"}


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    """A project after a run on two reports."""
    project = Project(tmp_path_factory.mktemp("stale") / "project")
    for seed in (project.folder / "seeds").iterdir():
        seed.unlink()
    for name in "ab":
        (project.folder / f"seeds/{name}.txt").write_text(REPORT, encoding="utf-8")
    (project.folder / "seeds/a.outline.yaml").write_text(OUTLINE, encoding="utf-8")
    (project.folder / "config/reports.tsv").write_text("report_id\tregion\na\t长春市\n", encoding="utf-8")
    config = project.folder / "config/config.yaml"
    config.write_text(
        config.read_text(encoding="utf-8").replace("segmenter: auto", "segmenter: rjieba"), encoding="utf-8"
    )
    make(project)
    return project


def make(project, *arguments):
    run = project.run(*TARGETS, *arguments)
    assert run.status == 0, run.output
    return run


@pytest.fixture
def edit(project):
    """A function that replaces a file's contents by older-dated ones; they are put back, and results with them, after the test."""
    before = {}

    def replace(path: str, old: str, new: str) -> None:
        file = project.folder / path
        before.setdefault(file, file.read_bytes())
        text = file.read_text(encoding="utf-8")
        assert old in text
        file.write_text(text.replace(old, new, 1), encoding="utf-8")
        os.utime(file, (EARLY, EARLY))

    yield replace
    for file, content in before.items():
        file.write_bytes(content)


@pytest.mark.parametrize(
    ("path", "old", "new", "rules"),
    [
        ("seeds/a.txt", "增长5%", "增长4%", READ),
        ("seeds/a.outline.yaml", "[]", "[1]", READ),
        ("config/reports.tsv", "长春市", "吉林市", READ),
        ("config/lexicon/policy_terms.tsv", "\n", "\n# more\n", READ - {"ingest"}),
        ("config/lexicon/stopwords.txt", "很 更", "很 甚 更", COUNTED),
        ("config/themes/environment.yaml", "空气", "大气", {"themes"}),
    ],
)
def test_a_file_that_an_older_one_replaced(edit, project, path, old, new, rules):
    edit(path, old, new)
    assert project.run(*TARGETS, "-n").rules == rules


def test_a_touched_file_runs_nothing(project):
    later = time.time() + 1000
    for path in ("seeds/a.txt", "config/lexicon/stopwords.txt", "config/themes/environment.yaml"):
        os.utime(project.folder / path, (later, later))
    assert "Nothing to be done" in project.run(*TARGETS, "-n").output
    # Made from a file of tomorrow, a table is older than it.
    run = make(project, "--forcerun", "frequency", "counts")
    assert "stopwords.txt was dated in the future" in run.output


def test_an_edit_while_ingest_reads(edit, project):
    edit("seeds/a.txt", "增长6%", "增长7%")
    log = project.results / "logs/ingest.log"
    log.unlink()
    running = subprocess.Popen(
        project.command(*TARGETS), cwd=project.folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        start_new_session=True,
    )  # fmt: skip
    deadline = time.monotonic() + 60
    while not log.exists() and time.monotonic() < deadline:
        time.sleep(0.01)
    os.killpg(running.pid, signal.SIGSTOP)
    edit("seeds/a.txt", "增长7%", "增长8%")
    os.killpg(running.pid, signal.SIGCONT)
    output, _ = running.communicate(timeout=120)
    # The edit came before the step's end, or after it.
    assert "seeds/a.txt changed" in output if running.returncode else "100%" in output
    make(project)
    assert "8" in counted(project) and "7" not in counted(project)


def counted(project):
    """What the table of sentences says of the growth of investment in report a."""
    sentences = pd.read_parquet(project.results / "corpus/sentences.parquet").query("report_id == 'a'")["text"]
    return "".join(sentences.str.extract(r"投资增长(\d)%")[0].dropna())


def test_a_run_that_was_killed_under_a_clock_set_back(edit, project):
    make(project)
    edit("seeds/a.txt", "增长6%", "增长9%")
    run = project.run("results/corpus/reports.csv")
    assert run.status == 0 and "ingest" in run.output
    for file in [*(project.results / "corpus").iterdir(), *(project.results / "steps").iterdir()]:
        os.utime(file, (EARLY, EARLY))
    assert project.run(*TARGETS, "-n").rules == READ - {"ingest"}


@pytest.mark.parametrize(
    ("path", "rules"),
    [
        ("tables/frequency.csv", {"frequency"}),
        ("steps/counts.parquet", COUNTED),
    ],
)
def test_a_result_that_was_changed_by_hand(project, path, rules):
    make(project)
    expected = hashes(project.results)
    result = project.results / path
    content = result.read_bytes()
    # As long as before, and as old.
    damaged = bytearray(content)
    damaged[len(damaged) // 2] ^= 1
    seen = result.stat()
    result.write_bytes(damaged)
    os.utime(result, ns=(seen.st_atime_ns, seen.st_mtime_ns))
    plan = project.run(*TARGETS, "-n")
    assert plan.rules == rules
    assert f"results/{path} is not what its step made" in plan.output
    make(project)
    assert hashes(project.results) == expected
    assert (project.results / "logs/changed" / path).read_bytes() == damaged
    assert "Nothing to be done" in project.run(*TARGETS, "-n").output
