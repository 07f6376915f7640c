"""Runs that are killed, disks that are full, files that cannot be read: the next run finishes with the same bytes."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import time

import pandas as pd
import pytest

from support.project import Project, hashes

SECTIONS = """各位代表：
  现在，我代表市政府，向大会报告工作。
  一、2024年工作回顾
  （一）经济稳步增长。地区生产总值增长{n}%，固定资产投资增长6%。
  二、2025年工作安排
  （一）扩大有效需求。地区生产总值增长{n}.5%以上，城镇新增就业{n}万人以上。
  各位代表！让我们团结奋斗！
"""
TARGETS = ["corpus", *(f"results/tables/{table}.csv" for table in ("frequency", "themes", "targets", "structure"))]
CHAINS = [2, 3, 1, 4, 1, 2, 3, 4]
"""How often a run is killed, started again and killed again before one is left to finish: 20 kills in all."""
if not os.environ.get("EVERY_FAULT"):
    CHAINS = CHAINS[:2]  # 5 kills; `make test-faults` does them all


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory):
    """The project with four reports, the hashes of what an undisturbed run makes, and how long that takes."""
    project = Project(tmp_path_factory.mktemp("faults") / "project")
    for seed in (project.folder / "seeds").iterdir():
        seed.unlink()
    for n in range(1, 5):
        (project.folder / f"seeds/r{n}.txt").write_text(SECTIONS.format(n=n), encoding="utf-8")
    begun = time.monotonic()
    run = project.run(*TARGETS)
    lasted = time.monotonic() - begun
    assert run.status == 0, run.output
    expected = hashes(project.results)
    assert {"corpus/tokens.parquet", "tables/themes.csv"} <= set(expected)
    shutil.rmtree(project.results)
    shutil.rmtree(project.folder / ".snakemake")
    return project.folder, expected, lasted


def copy_of(folder, place):
    shutil.copytree(folder, place)
    return Project.at(place)


def begin(project, *arguments):
    return subprocess.Popen(
        project.command(*TARGETS, *arguments), cwd=project.folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        text=True, start_new_session=True,
    )  # fmt: skip


def steps_of(running):
    """The processes of a run's steps, which are forks of one that waits for them, or processes of scripts."""
    listed = subprocess.run(
        ["ps", "-ww", "-o", "pid=,ppid=,args=", "-s", str(running.pid)], check=False, capture_output=True, text=True
    ).stdout.splitlines()
    found = {int(pid): (int(parent), command) for pid, parent, command in (line.split(None, 2) for line in listed)}
    forking = {pid for pid, (_, command) in found.items() if "emphasis.run.forks" in command}
    return sorted(
        pid for pid, (parent, command) in found.items() if parent in forking or ".snakemake/scripts/" in command
    )


def kill(running, what):
    if what == "everything":
        os.killpg(running.pid, signal.SIGKILL)
    elif what == "a step" and (steps := steps_of(running)):
        os.kill(steps[-1], signal.SIGKILL)
    else:
        # Its steps live on for a while.
        os.kill(running.pid, signal.SIGKILL)


@pytest.mark.parametrize("chain", range(len(CHAINS)))
def test_killed_at_random_moments(undisturbed, tmp_path, chain):
    folder, expected, lasted = undisturbed
    project = copy_of(folder, tmp_path / "project")
    chance = random.Random(chain)
    killed = 0
    while killed < CHAINS[chain]:
        running = begin(project)
        try:
            running.wait(chance.uniform(0.1, 1) * lasted)
        except subprocess.TimeoutExpired:
            what = chance.choice(["everything", "snakemake", "a step"])
            kill(running, what)
            killed += 1
            # A step that lives on keeps the pipe open: do not wait for its end.
            running.wait(60)
        else:
            # It was done before its moment: begin again from nothing.
            assert running.returncode == 0, running.stdout.read()
            assert hashes(project.results) == expected
            shutil.rmtree(project.results)
        running.stdout.close()
    run = project.run(*TARGETS)
    assert run.status == 0, run.output
    assert hashes(project.results) == expected
    assert not list(project.results.rglob("*.part"))
    assert "Nothing to be done" in project.run(*TARGETS, "-n").output


@pytest.mark.parametrize("kilobytes", [24, 60])
def test_a_full_disk(undisturbed, tmp_path, kilobytes):
    folder, expected, _ = undisturbed
    project = copy_of(folder, tmp_path / "project")
    project.results.mkdir()
    size = f"size={kilobytes}k"
    if subprocess.run(
        ["mount", "-t", "tmpfs", "-o", size, "tmpfs", project.results], check=False, capture_output=True
    ).returncode:
        pytest.skip("a small file system cannot be mounted here: needs the right to mount")
    try:
        run = project.run(*TARGETS)
        assert run.status == 1 and "make room on the disk" in run.output, run.output
        assert "Traceback" not in run.output
        subprocess.run(["mount", "-o", "remount,size=64m", project.results], check=True)
        again = project.run(*TARGETS)
        assert again.status == 0, again.output
        assert hashes(project.results) == expected
        assert not list(project.results.rglob("*.part"))
    finally:
        subprocess.run(["umount", project.results], check=True)


def test_two_runs_at_a_time_are_refused(undisturbed, tmp_path):
    folder, expected, _ = undisturbed
    project = copy_of(folder, tmp_path / "project")
    elsewhere = copy_of(folder, tmp_path / "elsewhere")
    running = begin(project)
    deadline = time.monotonic() + 60
    while not steps_of(running) and time.monotonic() < deadline:
        time.sleep(0.02)
    os.killpg(running.pid, signal.SIGSTOP)
    try:
        here = project.run(*TARGETS)
        there = elsewhere.run(*TARGETS[:1], "--config", f"results={project.results}")
    finally:
        os.killpg(running.pid, signal.SIGCONT)
    assert here.status == 1 and f"another run is at work in results (process {running.pid}" in here.output, here.output
    assert there.status == 1 and "another run is at work in" in there.output, there.output
    output, _ = running.communicate(timeout=60)
    assert running.returncode == 0, output
    assert hashes(project.results) == expected


def test_the_next_run_waits_for_steps_that_a_killed_run_left_behind(undisturbed, tmp_path):
    folder, _, _ = undisturbed
    project = copy_of(folder, tmp_path / "project")
    running = begin(project, "--cores", "1")
    deadline = time.monotonic() + 60
    while not (project.results / "logs/ingest.log").exists() and time.monotonic() < deadline:
        time.sleep(0.01)
    (step,) = steps_of(running)
    os.kill(step, signal.SIGSTOP)
    os.kill(running.pid, signal.SIGKILL)
    running.wait()
    # What the step that was left behind knows is out of date: it must not have the last word.
    (project.folder / "seeds/r1.txt").write_text(SECTIONS.format(n=9), encoding="utf-8")
    second = begin(project)
    while second.poll() is None and "waiting for steps" not in (line := second.stdout.readline()):
        assert line or second.poll() is None
    os.kill(step, signal.SIGCONT)
    output, _ = second.communicate(timeout=60)
    assert second.returncode == 0, output
    after = hashes(project.results)
    fresh = project.run(*TARGETS, "--forceall")
    assert fresh.status == 0
    assert hashes(project.results) == after


def test_one_that_cannot_be_read_among_a_thousand(undisturbed, tmp_path):
    project = copy_of(undisturbed[0], tmp_path / "project")
    reports = project.folder / "thousand"
    reports.mkdir()
    for n in range(1000):
        (reports / f"r{n:03}.txt").write_text(SECTIONS.format(n=n), encoding="utf-8")
    (reports / "r500.txt").write_bytes(bytes(range(256)) * 4)
    run = project.run(
        "results/corpus/reports.csv", "results/corpus/warnings.csv", "--config", "reports=thousand", "batch_size=500"
    )
    assert run.status == 0, run.output
    assert len(pd.read_csv(project.results / "corpus/reports.csv")) == 1000
    warnings = pd.read_csv(project.results / "corpus/warnings.csv").query("report_id == 'r500'")
    assert "unreadable" in set(warnings["code"]) and warnings["suggestion"].str.len().min() > 10
