"""The last line of a run."""

from __future__ import annotations

import csv
from collections import Counter
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
    left_out = sorted(set(warned) - set(confidence) - set(without_text))
    line = f"{len(confidence)} report{'s' * (len(confidence) != 1)}"
    if warned:
        line += f", {sum(warned.values())} warning{'s' * (sum(warned.values()) != 1)} in {results}/corpus/warnings.csv"
    if low:
        line += f"; low confidence: {_some(low)}"
    if without_text:
        line += f"; not read: {_some(without_text)}"
    if left_out:
        line += f"; left out: {_some(left_out)}"
    return line + ".", not (low or without_text or left_out)


def _some(names: list[str], shown: int = 5) -> str:
    more = f" and {len(names) - shown} more" if len(names) > shown else ""
    return ", ".join(names[:shown]) + more
