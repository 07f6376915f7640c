"""Sentences coded by readers: read, and found again in the reports that they were coded in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from emphasis.areas.scheme import Scheme
from emphasis.errors import EmphasisError
from emphasis.store.written import written_rows

_COLUMNS = ("report", "start", "end", "area", "second")
_AGAIN = ("area_again", "second_again")


@dataclass(frozen=True)
class CodedSentences:
    """Coded sentences and the reports that they stand in.

    Attributes
    ----------
    table : DataFrame
        report, start, end, area, second, area_again, second_again; codes are empty where none was given.
    sha256 : dict
        The hash of each report's file, where it is known.
    """

    table: pd.DataFrame
    sha256: dict[str, str]


def read_coded(path: Path | str, reports: Path | str, scheme: Scheme) -> CodedSentences:
    """Read ``coded.tsv`` (report, start, end, area, second) and ``coded_reports.tsv`` (report, sha256).

    Raises
    ------
    EmphasisError
        With file and line: offsets that are no numbers, a code that is no area, a sentence twice.
    """
    rows, lines = [], dict[tuple[str, str], int]()
    for line, row in written_rows(Path(path), _COLUMNS):
        where = f"{path}, line {line}"
        key = (row["report"], row["start"])
        if key in lines:
            raise EmphasisError(f"{where}: the sentence of line {lines[key]} again; leave one of them")
        lines[key] = line
        span = offsets(row, where)
        codes = [row["area"], row["second"], *(row.get(name, "") for name in _AGAIN)]
        scheme.place(row["area"], where)
        for code in filter(None, codes):
            scheme.place(code, where)
        rows.append((row["report"], *span, *codes))
    table = pd.DataFrame(rows, columns=["report", "start", "end", "area", "second", *_AGAIN])
    known = {row["report"]: row["sha256"] for _, row in written_rows(Path(reports), ("report", "sha256"))}
    return CodedSentences(table, known)


def offsets(row: dict[str, str], where: str) -> tuple[int, int]:
    """Start and end of a sentence in the decoded file, or a refusal."""
    if not (row["start"].isdecimal() and row["end"].isdecimal() and int(row["start"]) < int(row["end"])):
        raise EmphasisError(
            f"{where}: start {row['start']!r} and end {row['end']!r} must be whole numbers, characters of the decoded file, the "
            "start before the end"
        )
    return int(row["start"]), int(row["end"])


def report_ids(coded: CodedSentences, reports: pd.DataFrame) -> dict[str, str]:
    """report_id of each report with coded sentences that is among those at hand, by the hash of its file, else by its name.

    A report whose file has another hash than the one that was coded is left out: its offsets may be others.
    """
    by_hash = dict(zip(reports["sha256"], reports["report_id"], strict=True))
    here = set(reports["report_id"])
    found = {}
    for name in sorted(set(coded.table["report"])):
        if digest := coded.sha256.get(name, ""):
            if digest in by_hash:
                found[name] = by_hash[digest]
        elif name in here:
            found[name] = name
    return found


def find_rows(places: pd.DataFrame, wanted: Iterable[tuple[str, int, int]]) -> np.ndarray:
    """The row of the sentence that has most of each wanted span; -1 where none has any of it.

    Parameters
    ----------
    places : DataFrame
        report_id, start, end; in the order of the text.
    wanted : iterable of (report_id, start, end)
    """
    starts, ends = (places[name].to_numpy(dtype="int64") for name in ("start", "end"))
    rows = {report_id: np.asarray(own) for report_id, own in places.groupby("report_id", sort=False).indices.items()}
    found = []
    for report_id, start, end in wanted:
        own = rows.get(report_id, np.array([], dtype="int64"))
        shared = np.minimum(ends[own], end) - np.maximum(starts[own], start)
        found.append(int(own[shared.argmax()]) if shared.max(initial=0) > 0 else -1)
    return np.array(found, dtype="int64")
