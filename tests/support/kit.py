"""The reference's tables as files, which the paper kit is made from."""

from __future__ import annotations

from pathlib import Path

from emphasis.publish.paper.report_tables import REPORT_TABLES, TOPIC_TABLES
from emphasis.store.results import Results
from support import REFERENCE


def file_of(table: str) -> Path:
    return next(REFERENCE.glob(f"*/{table}.csv"))


def kit_results() -> Results:
    """The tables that the kit of the bundled report is made from."""
    files = {name: file_of(name) for name in ("reports", *REPORT_TABLES, *TOPIC_TABLES)}
    return Results(files | {"attention": file_of("themes")})
