"""From one report to ten thousand: time, memory and disk of the stages `corpus` and `tables` (`make bench-scale`).

Usage: python benchmarks/bench_scale.py [--sizes 1 100 1000 10000] [--steps corpus tables ...] [--work FOLDER]

For each size the steps in their order: `corpus`, `tables` (after corpus), `nothing` (a run with nothing to do), `dry` (`snakemake
-n`), `start` (planning one job of a batch, which on a cluster comes before each job), `added` (a run after one more report came), `plain` (the script of an afternoon, benchmarks/plain_script.py, without
pictures, on at most 100 of the reports), `same` (from nothing to the tables that the script makes too, of as many reports as
have them in one file). Reports come from benchmarks/synthetic.py. What was measured before is kept and not
measured again unless --again is given, so that sizes and steps can be run one at a time.

Time is the wall clock of whole processes; processor time that of all their children, Snakemake's own apart; memory is sampled
ten times a second: the sum of resident memory over all processes, which counts shared pages several times, and the largest
single process with the step that it belongs to. Writes benchmarks/scale.csv, scale.md and scale.svg; of `corpus`, `tables` and `added`
benchmarks/scale_rules.csv: for each rule its jobs, their processor time, that of the longest, and the largest process. Of a job that
time is up to its last sample, a tenth of a second short at most. `make docs` makes docs/scale.md from both.
"""

from __future__ import annotations

import argparse
import csv
import os
import platform
import re
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from threading import Event, Thread
from typing import Any

import psutil

from synthetic import CHARACTERS, files, names, write

ROOT = Path(__file__).resolve().parents[1]
SNAKEMAKE = Path(sys.executable).parent / "snakemake"
STEPS = ("corpus", "tables", "nothing", "dry", "start", "added", "plain", "same")
COLUMNS = (
    "reports",
    "step",
    "wall_s",
    "cpu_s",
    "snakemake_cpu_s",
    "memory_mb",
    "largest_mb",
    "largest_step",
    "disk_mb",
    "jobs",
    "machine",
)
OF_RULES = ("reports", "step", "rule", "jobs", "cpu_s", "longest_s", "largest_mb")
PLAIN = 100
SAME = ["corpus/sections.csv", "corpus/sentences.parquet", "corpus/tokens.parquet"]
SAME += [f"tables/{name}.csv" for name in ("frequency", "dispersion", "tfidf", "topics", "topic_sections")]
SAME_MOST = 2000
"""`large_corpus` of the configuration: beyond it tables by word are not put together."""
_SCRIPT = re.compile(r"\.snakemake/scripts/\w+\.(\w+)\.py")
STEPS_BY_NAME = {path.stem[:15]: path.stem for path in (ROOT / "scripts/steps").glob("*.py")}
"""A step that is forked shows its name (emphasis/run/forks.py)."""
OUT = ROOT / "benchmarks"


@dataclass
class Job:
    """A process below Snakemake's: the rule whose script it runs, if it runs one, its processor time and most memory."""

    rule: str
    cpu: float = 0.0
    memory: int = 0


class Sampler(Thread):
    """Watches a process and all that it starts."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self._process = psutil.Process(pid)
        self._over = Event()
        self.total = self.largest = 0
        self.largest_step = ""
        self.own_cpu = 0.0
        self.jobs: dict[int, Job] = {}

    def run(self) -> None:
        while not self._over.wait(0.1):
            sizes = []
            try:
                times = self._process.cpu_times()
                self.own_cpu = times.user + times.system
                family = [self._process, *self._process.children(recursive=True)]
            except psutil.Error:
                continue
            for process in family:
                try:
                    sizes.append(process.memory_info().rss)
                    job = self._job_of(process)
                    times = process.cpu_times()
                    job.cpu = max(job.cpu, times.user + times.system + times.children_user + times.children_system)
                    job.memory = max(job.memory, sizes[-1])
                    if sizes[-1] > self.largest:
                        self.largest, self.largest_step = sizes[-1], job.rule or "snakemake"
                except psutil.Error:
                    continue
            self.total = max(self.total, sum(sizes))

    def _job_of(self, process: psutil.Process) -> Job:
        job = self.jobs.setdefault(process.pid, Job(""))
        if not job.rule:
            script = _SCRIPT.search(" ".join(process.cmdline()))
            # What a job starts is among its children, whose time becomes its own.
            parent = self.jobs.get(process.ppid())
            if not (parent and parent.rule):
                job.rule = script[1] if script else STEPS_BY_NAME.get(process.name(), "")
        return job

    def rules(self) -> dict[str, dict[str, float]]:
        """What the jobs of each rule took."""
        by_rule: dict[str, list[Job]] = {}
        for job in self.jobs.values():
            if job.rule:
                by_rule.setdefault(job.rule, []).append(job)
        return {
            rule: {"jobs": len(jobs), "cpu_s": sum(job.cpu for job in jobs), "longest_s": max(job.cpu for job in jobs)}
            | {"largest_mb": max(job.memory for job in jobs) / 1e6}
            for rule, jobs in sorted(by_rule.items())
        }

    def stop(self) -> None:
        self._over.set()
        self.join()


def measure(command: list[str | Path]) -> dict[str, Any]:
    """Run a command to its end."""
    before = os.times()
    start = time.perf_counter()
    process = subprocess.Popen(
        [str(part) for part in command], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    sampler = Sampler(process.pid)
    sampler.start()
    output, _ = process.communicate()
    wall = time.perf_counter() - start
    sampler.stop()
    after = os.times()
    if process.returncode:
        raise SystemExit(output)
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    memory = {
        "memory_mb": sampler.total / 1e6,
        "largest_mb": sampler.largest / 1e6,
        "largest_step": sampler.largest_step,
    }
    total = [words[1] for words in map(str.split, output.splitlines()) if words[:1] == ["total"]]
    found = {"wall_s": wall, "cpu_s": cpu, "snakemake_cpu_s": sampler.own_cpu, "jobs": int((total or ["0"])[0])}
    return found | memory | {"rules": sampler.rules()}


def disk(folder: Path) -> float:
    """Megabytes of the files; one that has two names counts once."""
    sizes = {
        (found.st_dev, found.st_ino): found.st_size
        for path in folder.rglob("*")
        if path.is_file()
        for found in [path.stat()]
    }
    return sum(sizes.values()) / 1e6


def run(size: int, step: str, work: Path, settings: argparse.Namespace) -> dict[str, Any]:
    """One step of one size."""
    pool, reports, results = work / "pool", work / f"reports-{size}", work / f"results-{size}"
    wanted = [f"{report_id}.txt" for report_id, *_ in islice(names(), size + 1)]
    write(pool, size + 1, files(settings.sources))
    reports.mkdir(exist_ok=True)
    for name in wanted[:size]:
        if not (reports / name).exists():
            os.link(pool / name, reports / name)
    (reports / wanted[size]).unlink(missing_ok=True)
    if step == "plain":
        some = [reports / name for name in wanted[: min(size, PLAIN)]]
        found = measure([sys.executable, "benchmarks/plain_script.py", "--tables", *some, work / "plain"])
        shutil.rmtree(work / "plain")
        # In proportion: the script treats every report alike.
        whole = {name: float(found[name]) * size / len(some) for name in ("wall_s", "cpu_s")}
        return found | whole | {"snakemake_cpu_s": 0, "largest_step": ""}
    if step == "same":
        results = work / "same"
        target = [results / name for name in SAME]
    elif step == "start":
        # A batch's first table: its place says how many batches there are.
        target = sorted(results.glob("batches/*/corpus/reports.csv"))[:1] or [results / "corpus/reports.csv"]
    else:
        target = ["corpus"] if step == "corpus" else ["tables"]
    config = [f"reports={reports}", f"results={results}"]
    command = [SNAKEMAKE, *target, "--cores", settings.cores, "--configfile", settings.configfile, "--config", *config]
    if step in ("corpus", "same"):
        shutil.rmtree(results, ignore_errors=True)
    if step == "added":
        os.link(pool / wanted[size], reports / wanted[size])
    planned = {"dry": ["-n", "-q"], "start": ["-n", "-q", "--forcerun", "ingest"]}.get(step, [])
    found = measure([*command, *planned])
    found |= {"disk_mb": disk(results)}
    if step == "same":
        shutil.rmtree(results)
    return found


def load() -> dict[tuple[int, str], dict[str, str]]:
    path = OUT / "scale.csv"
    if not path.exists():
        return {}
    with path.open(encoding="utf-8") as file:
        return {(int(row["reports"]), row["step"]): dict.fromkeys(COLUMNS, "") | row for row in csv.DictReader(file)}


def save(rows: dict[tuple[int, str], dict[str, str]]) -> None:
    ordered = [rows[key] for key in sorted(rows, key=lambda key: (key[0], STEPS.index(key[1])))]
    with (OUT / "scale.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(ordered)
    heads = [
        "reports",
        "step",
        "wall (s)",
        "CPU (s)",
        "CPU per report (s)",
        "Snakemake's share",
        "memory (MB)",
        "largest process (MB)",
        "disk (MB)",
    ]
    lines = ["| " + " | ".join(heads) + " |", "|" + "---|" * len(heads)]
    for row in ordered:
        cpu, own, n = float(row["cpu_s"]), float(row["snakemake_cpu_s"]), int(row["reports"])
        share = f"{own / cpu:.0%}" if cpu and row["step"] != "plain" else ""
        cells = [row["reports"], row["step"], f"{float(row['wall_s']):.1f}", f"{cpu:.1f}", f"{cpu / n:.3f}", share]
        largest = f"{float(row['largest_mb']):.0f} {row['largest_step']}".strip()
        cells += [f"{float(row['memory_mb']):.0f}", largest, f"{float(row['disk_mb'] or 0):.0f}"]
        lines.append("| " + " | ".join(cells) + " |")
    (OUT / "scale.md").write_text("\n".join(["# Measured speed", "", *lines]) + "\n", encoding="utf-8")
    draw(ordered)


def save_rules(size: int, step: str, rules: dict[str, dict[str, float]]) -> None:
    """What each rule took, in place of what is known of this size and step."""
    if step not in ("corpus", "tables", "added"):
        return
    path = OUT / "scale_rules.csv"
    kept: list[dict[str, str]] = []
    if path.exists():
        with path.open(encoding="utf-8") as file:
            kept = [row for row in csv.DictReader(file) if (row["reports"], row["step"]) != (str(size), step)]
    for rule, found in rules.items():
        numbers = {name: f"{value:.0f}" if name == "jobs" else f"{value:.2f}" for name, value in found.items()}
        kept.append({"reports": str(size), "step": step, "rule": rule} | numbers)
    kept.sort(key=lambda row: (int(row["reports"]), STEPS.index(row["step"]), row["rule"]))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, OF_RULES, lineterminator="\n")
        writer.writeheader()
        writer.writerows(kept)


def draw(rows: list[dict[str, str]]) -> None:
    """Processor time per report of both stages and of the plain script, and memory, by the number of reports."""
    cpu = {(int(row["reports"]), row["step"]): float(row["cpu_s"]) for row in rows}
    both = sorted(n for n, step in cpu if step == "tables" and (n, "corpus") in cpu)
    if not both:
        return
    import matplotlib as mpl  # noqa: PLC0415 - only at the end

    mpl.use("Agg")
    mpl.rcParams["svg.hashsalt"] = "scale"
    import matplotlib.pyplot as plt  # noqa: PLC0415

    figure, (left, right) = plt.subplots(1, 2, figsize=(10, 4), layout="constrained")
    left.plot(both, [(cpu[n, "corpus"] + cpu[n, "tables"]) / n for n in both], marker="o", label="corpus and tables")
    plain = sorted(n for n, step in cpu if step == "plain")
    left.plot(plain, [cpu[n, "plain"] / n for n in plain], marker="s", label="plain script, fewer measures")
    left.set(xscale="log", yscale="log", xlabel="reports", ylabel="processor seconds per report")
    left.legend()
    memory = sorted((int(row["reports"]), float(row["memory_mb"])) for row in rows if row["step"] == "tables")
    right.plot([n for n, _ in memory], [mb for _, mb in memory], marker="o")
    right.set(xscale="log", ylim=(0, None), xlabel="reports", ylabel="memory of all processes (MB)")
    figure.savefig(OUT / "scale.svg", metadata={"Date": None})
    plt.close(figure)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--sizes", type=int, nargs="+", default=[1, 100, 1000, 10_000])
    parser.add_argument("--steps", choices=STEPS, nargs="+", default=list(STEPS))
    parser.add_argument("--work", type=Path, default=ROOT / ".bench")
    parser.add_argument("--sources", type=Path, nargs="+", default=None, help="reports whose paragraphs are used")
    parser.add_argument("--cores", default="2")
    parser.add_argument("--configfile", type=Path, default=OUT / "scale.yaml", help="settings of the workflow")
    parser.add_argument("--again", action="store_true", help="measure also what was measured before")
    settings = parser.parse_args()
    shared = ROOT.parent / "shared" / "reports"
    settings.sources = settings.sources or [ROOT / "seeds", *([shared] if shared.is_dir() else [])]
    work = settings.work.resolve()
    work.mkdir(parents=True, exist_ok=True)
    machine = f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    print(f"{machine}; reports of {CHARACTERS} characters", flush=True)
    rows = load()
    for size in sorted(settings.sizes):
        for step in sorted(settings.steps, key=STEPS.index):
            if ((size, step) in rows and not settings.again) or (step == "same" and size > SAME_MOST):
                continue
            found = run(size, step, work, settings)
            save_rules(size, step, found.pop("rules"))
            shown = {
                name: value if isinstance(value, str) else f"{value:.0f}" if name == "jobs" else f"{value:.2f}"
                for name, value in found.items()
            }
            rows[size, step] = {"reports": str(size), "step": step, "machine": machine, "disk_mb": "0"} | shown
            save(rows)
            print(size, step, shown, flush=True)


if __name__ == "__main__":
    main()
