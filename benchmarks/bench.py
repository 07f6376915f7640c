"""How fast: the workflow from nothing against a plain script, and with nothing to do (`make bench`).

Runs both in turn, five times each after one warm-up, in this one session on this machine, and prints medians and the ratio
pair by pair. The wall clock of whole processes is what a user waits for.
"""

from __future__ import annotations

import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
BIN = Path(sys.executable).parent
RUNS = 5


def seconds(*command: str | Path, cwd: Path) -> float:
    start = time.perf_counter()
    subprocess.run([str(part) for part in command], cwd=cwd, check=True, capture_output=True)
    return time.perf_counter() - start


def checkout(folder: Path) -> Path:
    """The project's files as git knows them, without what is built."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True).stdout.decode()
    for name in filter(None, listed.split("\0")):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / name, folder / name)
    return folder


def cold(project: Path) -> float:
    shutil.rmtree(project / ".snakemake", ignore_errors=True)
    shutil.rmtree(project / "results", ignore_errors=True)
    return seconds(BIN / "snakemake", cwd=project)


def plain(project: Path) -> float:
    out = project / "plain"
    shutil.rmtree(out, ignore_errors=True)
    return seconds(sys.executable, "benchmarks/plain_script.py", "seeds/changchun-2025.txt", out, cwd=project)


def main() -> None:
    with tempfile.TemporaryDirectory() as scratch:
        project = checkout(Path(scratch))
        cold(project), plain(project)
        pairs = [(cold(project), plain(project)) for _ in range(RUNS)]
        idle = [
            (seconds(BIN / "snakemake", cwd=project), seconds(BIN / "snakemake", "--version", cwd=project))
            for _ in range(RUNS)
        ]
    figures = {
        "machine": f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}",
        "snakemake, nothing built (s)": statistics.median(a for a, _ in pairs),
        "plain script (s)": statistics.median(b for _, b in pairs),
        "ratio, median of pairs": statistics.median(a / b for a, b in pairs),
        "snakemake, nothing to do (s)": statistics.median(a for a, _ in idle),
        "snakemake --version (s)": statistics.median(b for _, b in idle),
        "ratio with nothing to do, median of pairs": statistics.median(a / b for a, b in idle),
    }
    for name, value in figures.items():
        print(f"{name:45}{value:.2f}" if isinstance(value, float) else f"{name:45}{value}")
    print(json.dumps({"pairs": pairs, "idle": idle}))


if __name__ == "__main__":
    main()
