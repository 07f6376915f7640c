"""Make the bundled report's results anew in a folder of their own and compare them with the reference (`make verify`).

python tests/verify.py [FOLDER]     compares results that are there already
"""

from __future__ import annotations

import csv
import subprocess
import sys
import tempfile
from pathlib import Path

from support import ROOT
from support.pictures import Comparison, compare
from support.project import Project

REFERENCE = ROOT / "tests/reference"


def bundled_project(folder: Path) -> Project:
    """The project with the report that the reference is of, whatever else lies in seeds/."""
    project = Project(folder)
    with (REFERENCE / "corpus/reports.csv").open(encoding="utf-8", newline="") as file:
        kept = {row["file"] for row in csv.DictReader(file)}
    for seed in (project.folder / "seeds").iterdir():
        if seed.is_file() and seed.name not in kept | {"README.md"}:
            seed.unlink()
    return project


def told(comparison: Comparison) -> list[str]:
    """What a person is told."""
    if comparison.different:
        edited = _edited()
        hint = [f"files that are not as committed, which may be why: {', '.join(edited)}"] if edited else []
        count = len(comparison.different)
        head = f"{count} of {comparison.n_files} results differ from tests/reference:"
        return [head, *(f"  {line}" for line in comparison.different), *hint]
    lines = [f"OK: all {comparison.n_files} results are those of tests/reference"]
    if comparison.repacked:
        lines.append(
            f"  {len(comparison.repacked)} of them hold the same in other bytes, packed by another build of zlib or zstd:"
        )
        lines += [f"  {path}" for path in comparison.repacked]
    return lines


def _edited() -> list[str]:
    inputs = ["Snakefile", "config", "scripts", "seeds", "workflow", "requirements.lock"]
    command = ["git", "status", "--porcelain", "--", *inputs]
    try:
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    except OSError:
        return []
    return [line[3:] for line in done.stdout.splitlines()][:10]


def main(arguments: list[str]) -> int:
    """The exit status: 0 when everything is as it should be."""
    if arguments:
        comparison = compare(Path(arguments[0]), REFERENCE)
    else:
        with tempfile.TemporaryDirectory() as folder:
            project = bundled_project(Path(folder) / "project")
            run = project.run()
            if run.status:
                print(run.output, file=sys.stderr)
                return run.status
            comparison = compare(project.results, REFERENCE)
    print("\n".join(f"policy-emphasis: {line}" if not line.startswith(" ") else line for line in told(comparison)))
    return int(bool(comparison.different))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
