"""Codes that a user corrects: config/areas/corrections.tsv."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from emphasis.areas.scheme import Scheme
from emphasis.errors import EmphasisError
from emphasis.store.written import written_rows

_COLUMNS = ("report_id", "sentence_id", "start", "area")


@dataclass(frozen=True)
class Correction:
    """The area of a sentence, given by a person: the place of its code, and where in the file it stands."""

    report_id: str
    sentence_id: str
    start: int | None
    area: int
    where: str


def read_corrections(path: Path | str, scheme: Scheme) -> list[Correction]:
    """Read ``corrections.tsv``: report_id, sentence_id or start (characters of the decoded file before the sentence), area.

    A file that is missing corrects nothing.

    Raises
    ------
    EmphasisError
        With file and line: no report, neither sentence nor start, a start that is no number, a code that is no area, a sentence
        twice.
    """
    file = Path(path)
    if not file.exists():
        return []
    found, lines = [], dict[tuple[str, str, str], int]()
    for line, row in written_rows(file, _COLUMNS):
        where = f"{path}, line {line}"
        report_id, sentence_id, start, area = (row[name] for name in _COLUMNS)
        if not report_id:
            raise EmphasisError(f"{where}: report_id is empty; write the stem of the report's file")
        if bool(sentence_id) == bool(start):
            raise EmphasisError(f"{where}: write either sentence_id or start, as they stand in corpus/areas.parquet")
        if start and not start.isdecimal():
            raise EmphasisError(
                f"{where}: start {start!r} is no whole number; write the start of a sentence from corpus/areas.parquet"
            )
        key = (report_id, sentence_id, start)
        if key in lines:
            raise EmphasisError(f"{where}: the sentence of line {lines[key]} again; leave one of them")
        lines[key] = line
        found.append(
            Correction(report_id, sentence_id, int(start) if start else None, scheme.place(area, where), where)
        )
    return found


def corrected_rows(corrections: Sequence[Correction], sentences: pd.DataFrame) -> dict[int, int]:
    """Rows of sentences (report_id, sentence_id, start) and the areas that they were given.

    Corrections of reports that are not among these sentences are left to others.

    Raises
    ------
    EmphasisError
        With file and line: a report at hand has no such sentence, or one is corrected twice with different areas.
    """
    # Most reports have no correction.
    own = (
        sentences[sentences["report_id"].isin({one.report_id for one in corrections})] if corrections else sentences[:0]
    )
    here = set(own["report_id"])
    by_id = dict(zip(zip(own["report_id"], own["sentence_id"], strict=True), own.index, strict=True))
    by_start = dict(zip(zip(own["report_id"], own["start"], strict=True), own.index, strict=True))
    found: dict[int, int] = {}
    for one in corrections:
        if one.report_id not in here:
            continue
        row = (
            by_id.get((one.report_id, one.sentence_id))
            if one.start is None
            else by_start.get((one.report_id, one.start))
        )
        if row is None:
            wanted = one.sentence_id if one.start is None else f"at {one.start}"
            raise EmphasisError(
                f"{one.where}: {one.report_id} has no sentence {wanted}; corpus/areas.parquet lists those that it has"
            )
        if found.setdefault(int(row), one.area) != one.area:
            raise EmphasisError(f"{one.where}: the sentence has another area on another line; leave one of them")
    return found
