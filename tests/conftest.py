"""What several tests share."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings

from emphasis.store.tables import Schema, load_schema
from support import ROOT, SHARED

# The same examples in every run: a test that fails on one machine fails on all.
settings.register_profile("repeatable", derandomize=True, deadline=None)
settings.load_profile("repeatable")


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
