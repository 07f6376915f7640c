"""The reports of a folder with what a person has added to them: metadata and outlines."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, replace
from hashlib import file_digest
from pathlib import Path

from emphasis.errors import EmphasisError
from emphasis.ingest.model import Metadata, Problem, Report
from emphasis.ingest.override import OutlineOverride, read_outline
from emphasis.ingest.report import ingest

OUTLINE = ".outline.yaml"
"""Ending of the file beside a report that holds its outline as a person gave it."""

Overrides = Mapping[str, Mapping[str, str]]


def ingest_files(reports: Iterable[Path], overrides: Overrides, outlines: Iterable[Path]) -> Iterator[Report]:
    """Read and parse reports one after the other; a bad file or outline becomes a problem of its own report.

    Parameters
    ----------
    reports : iterable of Path
    overrides : mapping
        Metadata by report_id and field, as `read_overrides` gives it.
    outlines : iterable of Path
        Files named ``<report_id>.outline.yaml``.
    """
    given = {path.name.removesuffix(OUTLINE): path for path in outlines}
    for path in reports:
        outline, problems = _outline(given[path.stem]) if path.stem in given else (None, ())
        report = ingest(path, path.stem, overrides.get(path.stem), outline)
        if not report.source.sha256:
            report = replace(report, source=replace(report.source, sha256=_sha256(path), encoding="unreadable"))
        yield replace(report, problems=(*problems, *report.problems))


def _outline(path: Path) -> tuple[OutlineOverride | None, tuple[Problem, ...]]:
    try:
        return read_outline(path.read_text(encoding="utf-8")), ()
    except (EmphasisError, OSError, UnicodeDecodeError) as error:
        message = f"{path.name} was not used: {error}"
        return None, (Problem("wrong-outline", message, f"Mend that entry of {path.name}."),)


def _sha256(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return file_digest(file, "sha256").hexdigest()
    except OSError:
        return "0" * 64


def read_overrides(path: Path) -> dict[str, dict[str, str]]:
    """Metadata that a person gave, by report_id: a table with tabs, a header, and any columns of `Metadata`.

    Raises
    ------
    EmphasisError
        With file and line: an unknown column, a row without report_id, a report twice.
    """
    known = ["report_id", *(field.name for field in fields(Metadata))]
    overrides: dict[str, dict[str, str]] = {}
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.DictReader((line for line in file if not line.startswith("#")), delimiter="\t", restkey="more")
        unknown = [name for name in rows.fieldnames or [] if name not in known]
        if unknown or "report_id" not in (rows.fieldnames or []):
            found = f"column {unknown[0]!r}" if unknown else "no column report_id"
            raise EmphasisError(f"{path}: {found}; the columns are separated by tabs and named {', '.join(known)}")
        for number, row in enumerate(rows, start=2):
            report_id = (row.pop("report_id") or "").strip()
            if not report_id or "more" in row or report_id in overrides:
                wrong = "stands there twice" if report_id in overrides else "has no report_id or too many columns"
                raise EmphasisError(f"{path}: row {number} ({report_id or 'no name'}) {wrong}; mend that row")
            overrides[report_id] = {name: value.strip() for name, value in row.items() if value and value.strip()}
    return overrides
