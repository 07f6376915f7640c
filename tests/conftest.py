"""What several tests share."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from emphasis.store.tables import Schema, load_schema
from support import ROOT, SHARED, TESTS
from support.browser import chromium
from support.project import Project, made_once

if TYPE_CHECKING:
    from playwright.sync_api import Browser

# The same examples in every run: a test that fails on one machine fails on all.
settings.register_profile("repeatable", derandomize=True, deadline=None)
# For `make test-fast`.
settings.register_profile("fast", settings.get_profile("repeatable"), max_examples=20)
settings.load_profile("repeatable")


LONG = ("workflow", "browser", "simulation")
"""Marks of tests that take long, the longest first."""


def pytest_collection_modifyitems(items: list[pytest.Function]) -> None:
    """Mark tests by their folder and by what they use, see `markers` in pyproject.toml, and put files of long tests first.

    Files are handed to the processors one by one; were a long one the last, the others would wait for it.
    """
    for item in items:
        if item.path.is_relative_to(TESTS / "workflow") or hasattr(item.module, "Project"):
            item.add_marker("workflow")
        if item.path.is_relative_to(TESTS / "publish/site") and {"results", "browser"} & set(item.fixturenames):
            item.add_marker("browser")
    rank: dict[Path, int] = {}
    for item in items:
        own = next((i for i, mark in enumerate(LONG) if item.get_closest_marker(mark)), len(LONG))
        rank[item.path] = min(own, rank.get(item.path, own))
    items.sort(key=lambda item: rank[item.path])


@pytest.fixture(scope="session")
def schemas() -> dict[str, Schema]:
    """Every table schema by name."""
    return {path.stem: load_schema(path) for path in sorted((ROOT / "workflow/schemas/tables").glob("*.yaml"))}


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder ../shared, or a skip that says what is missing."""
    if not SHARED.is_dir():
        pytest.skip(f"{SHARED} is absent: real reports and annotations are not part of the project")
    return SHARED


def run_bundled(folder: Path) -> None:
    """Started with the bare command, as a user does."""
    run = Project(folder).run()
    assert run.status == 0, run.output


@pytest.fixture(scope="session")
def bundled(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The project after its first run. What changes anything works on a copy, see `copy_to`."""
    return Project.at(made_once(tmp_path_factory, "bundled", run_bundled))


@pytest.fixture(scope="session")
def cluster_plugins(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The environment of a run that has what a cluster needs besides, installed from its lock.

    Snakemake imports every plugin it finds at every start, so the environment of the tests does without those for clusters.
    """
    there, needed = (
        dict(
            re.findall(r"^([\w.-]+)(==.+?[^\\]\n)", (ROOT / lock).read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
        )
        for lock in ("requirements-dev.lock", "requirements-cluster.lock")
    )
    place = tmp_path_factory.mktemp("cluster")
    lock = place / "besides.lock"
    lock.write_text("".join(name + needed[name] for name in sorted(needed.keys() - there.keys())), encoding="utf-8")
    uv = Path(sys.executable).parent / "uv"
    install = [
        str(uv),
        "pip",
        "install",
        "--quiet",
        "--no-deps",
        "--require-hashes",
        "--target",
        str(place / "packages"),
    ]
    subprocess.run([*install, "--python", sys.executable, "-r", str(lock)], check=True)
    paths = [str(place / "packages"), os.environ.get("PYTHONPATH", "")]
    return {"PYTHONPATH": os.pathsep.join(filter(None, paths))}


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One browser for all tests of pages: Playwright bears no second one in a process."""
    with chromium() as opened:
        yield opened
