"""A workbook that coders filled in, read back and checked against the draw."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from emphasis.errors import EmphasisError
from emphasis.publish.validation.instructions import CODERS, DECIDED, INSTRUCTIONS, head
from emphasis.publish.validation.key import Key, text_hash
from emphasis.publish.validation.questions import Question

MOST = 10
"""Faults that are told one by one; more are counted."""


@dataclass(frozen=True)
class Coded:
    """The codes of both coders and what they decided on, by question; each an array of shape (n,) in the order of the key.

    Decided codes are empty where nothing was decided.
    """

    first: Mapping[str, np.ndarray]
    second: Mapping[str, np.ndarray]
    decided: Mapping[str, np.ndarray]


def read_filled(paths: Sequence[Path], key: Key, questions: Sequence[Question]) -> Coded:
    """Read the codes of both coders from one workbook, or from the copies that they filled in apart from each other.

    Parameters
    ----------
    paths : sequence of Path
        Workbooks; of several, each cell is taken from the one in which it is filled in.
    key : Key
    questions : sequence of Question
        Those of the draw.

    Raises
    ------
    EmphasisError
        With sheet and number: a file that is no such workbook or one of another draw, sentences that were changed or are missing, empty
        cells, codes that do not exist, cells that two copies fill in differently.
    """
    faults: list[str] = []
    sheets: dict[str, dict[tuple[int, str], str]] = {name: {} for name in (*CODERS, DECIDED)}
    for path in paths:
        book = _open(path)
        _check_draw(book, path, str(key.about["draw"]))
        for name, known in sheets.items():
            if name not in book:
                raise EmphasisError(f"{path}: there is no sheet {name!r}; restore it from the workbook as it was drawn")
            where = f"{path}, sheet {name!r}"
            for cell, value in _cells(book[name], key, questions, where, faults).items():
                if value and known.setdefault(cell, value) != value:
                    faults.append(
                        f"{where}, no. {cell[0]}, {cell[1]}: {value}, but {known[cell]} in another copy; leave one"
                    )
    numbers = key.table["number"].tolist()
    for name in CODERS:
        for question in questions:
            empty = [n for n in numbers if (n, question.name) not in sheets[name]]
            if empty:
                faults.append(f"sheet {name!r}: {len(empty)} empty cells in {question.header}: no. {_listed(empty)}")
    if faults:
        told = faults[:MOST] + [f"and {len(faults) - MOST} more"] * (len(faults) > MOST)
        raise EmphasisError("\n".join(told))
    found = (
        {q.name: np.array([sheets[name].get((n, q.name), "") for n in numbers], dtype=str) for q in questions}
        for name in (*CODERS, DECIDED)
    )
    return Coded(*found)


def _open(path: Path) -> Any:
    from openpyxl import load_workbook  # noqa: PLC0415  # takes a third of a second

    try:
        return load_workbook(path, data_only=True)
    except Exception as error:  # on other files and damaged ones, the library raises anything
        raise EmphasisError(
            f"configuration: validate.filled: {path} cannot be read as a workbook ({error}); save it as .xlsx"
        ) from None


def _check_draw(book: Any, path: Path, draw: str) -> None:
    rows = book[INSTRUCTIONS].iter_rows(max_col=2, values_only=True) if INSTRUCTIONS in book else ()
    found = next((str(value) for name, value in rows if name == head("draw")), "")
    if found != draw:
        said = f"is of the draw {found}" if found else "names no draw"
        raise EmphasisError(
            f"{path}: {said}, the key in results is of the draw {draw}; put key.tsv and draw.yaml of the workbook's draw beside each "
            "other into the folder `validation` of results"
        )


def _cells(
    sheet: Any, key: Key, questions: Sequence[Question], where: str, faults: list[str]
) -> dict[tuple[int, str], str]:
    """The codes of a sheet by number and question; empty ones as empty text."""
    rows = sheet.iter_rows(values_only=True)
    place = {str(name): i for i, name in enumerate(next(rows, ())) if name is not None}
    wanted = [head("number"), head("sentence"), *(question.header for question in questions)]
    if missing := [name for name in wanted if name not in place]:
        raise EmphasisError(
            f"{where}: the columns {', '.join(missing)} are missing; restore the first line as it was drawn"
        )
    hashes = dict(zip(key.table["number"].tolist(), key.table["text_sha256"], strict=True))
    cells: dict[tuple[int, str], str] = {}
    seen: set[int] = set()
    for line, row in enumerate(rows, 2):
        values = [row[place[name]] if place[name] < len(row) else None for name in wanted]
        if all(value is None for value in values):
            continue
        number = _number(values[0])
        if number not in hashes or number in seen:
            fault = "there twice" if number in seen else "of no sentence of the draw"
            faults.append(f"{where}, line {line}: the number {values[0]!r} is {fault}; restore the row")
            continue
        seen.add(number)
        if text_hash(str(values[1] or "")) != hashes[number]:
            faults.append(
                f"{where}, no. {number}: the sentence was changed; restore it from the workbook as it was drawn"
            )
        for question, value in zip(questions, values[2:], strict=True):
            code = _code(value)
            if code and code not in question.codes:
                allowed = ", ".join(question.codes)
                faults.append(f"{where}, no. {number}, {question.header}: {value!r} is no code; allowed: {allowed}")
            cells[number, question.name] = code
    if lost := sorted(set(hashes) - seen):
        faults.append(f"{where}: {len(lost)} rows are missing: no. {_listed(lost)}")
    return cells


def _number(value: Any) -> int:
    try:
        return int(value)
    except (TypeError, ValueError):
        return 0


def _code(value: Any) -> str:
    """The code at the beginning of what was chosen or typed: 7 of ``7 生态环境``, of 7 and of 7.0."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    words: list[str] = str("" if value is None else value).split()
    return words[0].lower() if words else ""


def _listed(numbers: Sequence[int]) -> str:
    return ", ".join(map(str, numbers[:MOST])) + ("" if len(numbers) <= MOST else ", ...")
