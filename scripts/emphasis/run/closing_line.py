"""The last lines of a run: what it read, and where what it made is."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path


def closing_line(results: Path) -> tuple[str, bool]:
    """What the user should know after a run, and whether every report was read with confidence.

    Parameters
    ----------
    results : Path
        The folder of results, with corpus/reports.csv and corpus/warnings.csv. A run for single files may make neither of
        them; then the line does not mention reports.
    """
    reports, warnings = (results / "corpus" / name for name in ("reports.csv", "warnings.csv"))
    if not (reports.exists() and warnings.exists()):
        return f"finished; what was asked for is in {results}.", True
    with reports.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    # A file that could not be read is no report.
    without_text = sorted(row["report_id"] for row in rows if row.get("n_chars") == "0")
    confidence = {row["report_id"]: row["confidence"] for row in rows if row.get("n_chars") != "0"}
    with warnings.open(encoding="utf-8-sig", newline="") as file:
        warned = Counter(row["report_id"] for row in csv.DictReader(file))
    low = sorted(report_id for report_id, grade in confidence.items() if grade == "low")
    twice = _same_text(row for row in rows if row["report_id"] in confidence)
    left_out = sorted(set(warned) - set(confidence) - set(without_text))
    line = f"{len(confidence)} report{'s' * (len(confidence) != 1)}"
    if warned:
        line += f", {sum(warned.values())} warning{'s' * (sum(warned.values()) != 1)} in {results}/corpus/warnings.csv"
    if low:
        line += f"; low confidence: {_some(low)}"
    if without_text:
        line += f"; not read: {_some(without_text)}"
    if twice:
        line += f"; the same file again, counted twice: {_some(twice)}"
    if left_out:
        line += f"; left out: {_some(left_out)}"
    return line + ".", not (low or without_text or left_out)


def where_things_are(results: Path) -> list[str]:
    """A line for each kind of result that is there: what it is, where, how many.

    Parameters
    ----------
    results : Path
        The folder of results.
    """
    tables = sum(1 for _ in (results / "tables").glob("*.csv"))
    pictures = sum(1 for _ in (results / "figures").rglob("*.svg"))
    page, paper = results / "site" / "index.html", results / "paper"
    places = [
        ("page", page, "") if page.exists() else None,
        ("tables", results / "tables", f", {tables} of them") if tables else None,
        ("figures", results / "figures", f", {pictures} as PNG, SVG and PDF") if pictures else None,
        ("paper", paper, ", for a manuscript: workbook, LaTeX, Word, methods") if paper.exists() else None,
    ]
    return [f"  {kind:8} {place}{more}" for kind, place, more in filter(None, places)]


def _same_text(rows: Iterable[Mapping[str, str]]) -> list[str]:
    """Reports whose file another one before them has too, under another name; rows of tables likewise, by their text."""
    first: dict[str, str] = {}
    found = []
    for row in rows:
        name = row["report_id"]
        if (other := first.setdefault(row.get("sha256") or name, name)) != name:
            found.append(f"{name} (as {other})")
    return found


def _some(names: list[str], shown: int = 5) -> str:
    more = f" and {len(names) - shown} more" if len(names) > shown else ""
    return ", ".join(names[:shown]) + more
