"""What becomes of a fuzzed file: read, refused with a message, or a fault of the program."""

from __future__ import annotations

import os
import re
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path

from emphasis.errors import EmphasisError
from emphasis.ingest.glossary import read_glossary
from emphasis.ingest.readers.apart import READER_PROCESS, TOO_LONG
from emphasis.ingest.readers.table import read_rows
from emphasis.ingest.records import Report
from emphasis.ingest.report import ingest, ingest_row
from fuzz.mutate import fuzzed
from fuzz.seeds import TABLE_SUFFIXES
from support.growth import Stages
from support.invariants import check_invariants

FAULTS = ("exceptions", "hangs over 5 s", "growth over 500 MB", "lost text")
OUTCOMES = ("files", "read", "refused with a message", *FAULTS)
MOST_SECONDS, MOST_GROWTH = 5.0, 500_000_000
STAGES_OF_EVERY = 20
"""Of every so many files, the text is also segmented, coded and searched for targets."""
_COLUMNS = {"text": ["正文"], "year": ["年份"], "province": ["省份"]}
_PAGE = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100


class FaultError(Exception):
    """A file that shows a fault, with its kind."""

    def __init__(self, kind: str, words: str) -> None:
        super().__init__(f"{kind}: {words}")
        self.kind = kind


def examine(number: int, folder: Path) -> Counter[str]:
    """Read a file by its number and count what becomes of it; a fault is named in the key of the count, with its message."""
    suffix, data = fuzzed(number)
    path = folder / f"{number}{suffix}"
    path.write_bytes(data)
    counts = Counter({"files": 1})
    try:
        counts[_outcome(path, number)] += 1
    except FaultError as fault:
        counts[fault.kind] += 1
        counts[f"{path.name}: {fault}"] += 1
    path.unlink()
    return counts


def _outcome(path: Path, number: int) -> str:
    pid = READER_PROCESS.pid
    _reset_peaks("self", pid)
    memory = _peak("self")
    started = _seconds(pid)
    try:
        reports = list(_reports(path))
    except EmphasisError as error:
        reports, refused = [], str(error)
    except Exception as error:
        raise FaultError("exceptions", repr(error)) from error
    else:
        refused = next((w.message for r in reports for w in r.warnings if not r.sections), "")
    seconds = _seconds(pid) - started
    # A table may hold thousands of short texts, each of which is a report.
    if seconds > MOST_SECONDS * max(1, len(reports) / 100) or TOO_LONG in refused:
        raise FaultError("hangs over 5 s", f"{seconds:.1f} s {refused}")
    if (peak := max(_peak(READER_PROCESS.pid), _peak("self") - memory)) > MOST_GROWTH:
        raise FaultError("growth over 500 MB", f"{peak / 1e6:.0f} MB {refused}")
    for report in reports:
        _check(report)
    if number % STAGES_OF_EVERY == 0:
        for report in reports:
            _run_stages(report)
    if any(report.sections for report in reports):
        return "read"
    if not refused and reports:
        raise FaultError("lost text", "no section and no word of it")
    return "refused with a message"


def _reports(path: Path) -> Iterator[Report]:
    if path.suffix not in TABLE_SUFFIXES:
        yield ingest(path, "report")
        return
    for row in read_rows(path, _COLUMNS):
        yield ingest_row(row, path.name, "report")


def _check(report: Report) -> None:
    """Nothing lost, no failure of the parser."""
    if failed := [w.message for w in report.warnings if w.code == "parser-failed"]:
        raise FaultError("exceptions", failed[0])
    if not report.sections:
        if not all(w.message for w in report.warnings) or not report.warnings:
            raise FaultError("lost text", "refused without a word")
        return
    try:
        check_invariants(report)
    except AssertionError as error:
        raise FaultError("lost text", str(error)[:200]) from error
    try:
        read_glossary(report)
    except Exception as error:
        raise FaultError("exceptions", f"glossary: {error!r}") from error


@cache
def _stages() -> Stages:
    return Stages()


def _run_stages(report: Report) -> None:
    stages = _stages()
    try:
        times = stages.times(report.source.text, areas=True)
    except Exception as error:
        raise FaultError("exceptions", f"after ingest: {error!r}") from error
    if (seconds := sum(times.values())) > MOST_SECONDS:
        raise FaultError("hangs over 5 s", f"{seconds:.1f} s after ingest")


def _seconds(pid: int | None) -> float:
    """Processor time of this process and of the reader's, as far as the system tells it."""
    own = time.process_time()
    if READER_PROCESS.pid is None:
        return own
    try:
        fields = Path(f"/proc/{READER_PROCESS.pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    except OSError:
        return own
    seconds = (int(fields[11]) + int(fields[12])) / _PAGE
    return own + seconds if READER_PROCESS.pid == pid else own


def _peak(pid: int | str | None) -> int:
    """Most memory that a process has held, in bytes; 0 where the system does not tell it."""
    try:
        status = Path(f"/proc/{pid}/status").read_text(encoding="ascii", errors="replace")
    except OSError:
        return 0
    found = re.search(r"VmHWM:\s*(\d+)", status)
    return 1024 * int(found[1]) if found else 0


def _reset_peaks(*pids: int | str | None) -> None:
    for pid in pids:
        with suppress(OSError):
            Path(f"/proc/{pid}/clear_refs").write_text("5", encoding="ascii")
