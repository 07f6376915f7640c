"""A copy of the project to run the workflow in, and what a test needs to know of a run."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from filelock import FileLock

from support import ROOT

SNAKEMAKE = Path(sys.executable).parent / "snakemake"
PARTS = ("Snakefile", "config", "profiles", "scripts", "seeds", "workflow")


@dataclass(frozen=True)
class Run:
    """How a run of snakemake ended."""

    status: int
    output: str

    @property
    def rules(self) -> set[str]:
        """Rules that were run or, in a dry run, would be."""
        table = re.search(r"Job stats *\n\s*\n rule +count *\n ─+ *\n(.*?)\n *\n", self.output, re.DOTALL)
        names = [line.rsplit(maxsplit=1)[0].strip() for line in table[1].splitlines()] if table else []
        return {name.replace(" ", "_") for name in names} - {"all"}


class Project:
    """The project's files in a folder of their own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(exist_ok=True)
        for part in PARTS:
            copy = shutil.copytree if (ROOT / part).is_dir() else shutil.copy2
            # With its bytecode, which a run would have to make again for each copy.
            copy(ROOT / part, folder / part)

    @classmethod
    def at(cls, folder: Path) -> Project:
        """A copy that is there already."""
        project = cls.__new__(cls)
        project.folder = folder
        return project

    def copy_to(self, folder: Path) -> Project:
        """A copy with all that was made, as old as here: a run there has nothing to do."""
        shutil.copytree(self.folder, folder)
        return Project.at(folder)

    @property
    def results(self) -> Path:
        """Where results go unless the run says otherwise."""
        return self.folder / "results"

    def command(self, *arguments: str | Path) -> list[str]:
        """The command line of a run."""
        return [str(SNAKEMAKE), *map(str, arguments)]

    def run(self, *arguments: str | Path, **environment: str) -> Run:
        """Run snakemake and wait for it."""
        done = subprocess.run(
            self.command(*arguments),
            cwd=self.folder,
            env=os.environ | environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        return Run(done.returncode, done.stdout)


def made_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], None]) -> Path:
    """A folder that the processes of a test run share: the first that wants it makes it, the others wait.

    Its files are to be read only; what writes into it works on a copy.
    """
    # Each process of pytest-xdist has a folder of its own below that of the test run.
    shared = factory.getbasetemp().parent if "PYTEST_XDIST_WORKER" in os.environ else factory.getbasetemp()
    folder, made = shared / name, shared / f"{name}.made"
    with FileLock(shared / f"{name}.lock"):
        if not made.exists():
            # What is there was left by one that failed.
            shutil.rmtree(folder, ignore_errors=True)
            make(folder)
            made.touch()
    return folder


def hashes(results: Path) -> dict[str, str]:
    """SHA-256 of every result by its path; logs, steps on the way and the data dictionary are none."""
    return {
        str(path.relative_to(results)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(results.rglob("*"))
        if path.is_file() and path.relative_to(results).parts[0] not in ("logs", "steps", "batches", "README.md")
    }
