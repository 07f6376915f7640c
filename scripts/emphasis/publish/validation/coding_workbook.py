"""The workbook that coders fill in: instructions, codes, a sheet for each coder, and one for codes that they decided on together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import xlsxwriter  # type: ignore[import-untyped]

from emphasis.publish.paper.workbook import CELL_CHARACTERS, FIXED, NOT_IN_XML, repack_zip
from emphasis.publish.validation.instructions import (
    BEFORE_CODES,
    CODERS,
    CODES,
    DECIDED,
    INSTRUCTIONS,
    head,
    instruction_lines,
)
from emphasis.publish.validation.questions import Question
from emphasis.store.atomic import write_atomically

_WIDTHS = {"number": 7, "heading": 26, "before": 30, "sentence": 60, "after": 30}
_CODE_WIDTH = 14


@dataclass(frozen=True)
class Shown:
    """What coders see of a sentence: its number, the headings above it, the sentence before it, itself, the one after it."""

    number: int
    heading: str
    before: str
    sentence: str
    after: str


def write_coding_workbook(
    path: Path, rows: Sequence[Shown], questions: Sequence[Question], codebook: str, draw: str
) -> None:
    """Write the workbook. It holds no code of the machine, no stratum, no weight and no name of a report.

    Parameters
    ----------
    path : Path
    rows : sequence of Shown
        In the order in which coders see them.
    questions : sequence of Question
        One column of codes each, with a list to choose from.
    codebook : str
        For policy areas: the codebook, shown line by line.
    draw : str
        The id of the draw, by which a filled-in workbook is recognised.
    """
    raw = path.with_name(f".{path.name}.raw")
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        book = xlsxwriter.Workbook(raw, {"strings_to_formulas": False, "strings_to_urls": False})
        book.set_properties({"title": "policy-emphasis", "author": "policy-emphasis", "created": FIXED})
        formats = {
            "head": book.add_format(
                {"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#E8EEF4", "border": 1}
            ),
            "text": book.add_format({"text_wrap": True, "valign": "top"}),
            "grey": book.add_format({"text_wrap": True, "valign": "top", "font_color": "#666666"}),
            "code": book.add_format({"valign": "top", "bg_color": "#FFF8E1", "border": 1, "num_format": "@"}),
        }
        _write_instructions(book.add_worksheet(INSTRUCTIONS), instruction_lines(questions, codebook, draw), formats)
        lists = _write_codes(book.add_worksheet(CODES), questions, formats)
        for name in (*CODERS, DECIDED):
            _write_sheet(book.add_worksheet(name), rows, questions, lists, formats)
        book.close()
        write_atomically(path, lambda part: repack_zip(raw, part))
    finally:
        raw.unlink(missing_ok=True)


def _write_instructions(sheet: Any, lines: Sequence[tuple[str, str]], formats: dict[str, Any]) -> None:
    sheet.set_column(0, 1, 80)
    for row, texts in enumerate(lines):
        for column, text in enumerate(texts):
            _write(sheet, row, column, text, formats["head" if row == 0 else "text"])


def _write_codes(sheet: Any, questions: Sequence[Question], formats: dict[str, Any]) -> list[str]:
    """A column of what can be chosen for each question; returns where each list stands, as lists in cells refer to it."""
    sheet.set_column(0, len(questions), 40)
    lists = []
    for column, question in enumerate(questions):
        _write(sheet, 0, column, question.header, formats["head"])
        for row, (_, label) in enumerate(question.options, 1):
            _write(sheet, row, column, label, formats["text"])
        corner = xlsxwriter.utility.xl_rowcol_to_cell(1, column, True, True)
        end = xlsxwriter.utility.xl_rowcol_to_cell(len(question.options), column, True, True)
        lists.append(f"={CODES}!{corner}:{end}")
    return lists


def _write_sheet(
    sheet: Any, rows: Sequence[Shown], questions: Sequence[Question], lists: Sequence[str], formats: dict[str, Any]
) -> None:
    first = len(BEFORE_CODES)
    heads = [*map(head, BEFORE_CODES), *(question.header for question in questions), head("remarks")]
    for column, text in enumerate(heads):
        _write(sheet, 0, column, text, formats["head"])
    for column, name in enumerate(BEFORE_CODES):
        sheet.set_column(column, column, _WIDTHS[name])
    sheet.set_column(first, first + len(questions) - 1, _CODE_WIDTH if len(questions) > 1 else 2 * _CODE_WIDTH)
    sheet.set_column(first + len(questions), first + len(questions), 30)
    sheet.freeze_panes(1, 1)
    for number, row in enumerate(rows, 1):
        sheet.write_number(number, 0, row.number, formats["text"])
        for column, name in enumerate(BEFORE_CODES[1:], 1):
            _write(sheet, number, column, getattr(row, name), formats["text" if name == "sentence" else "grey"])
        for column in range(first, first + len(questions)):
            sheet.write_blank(number, column, None, formats["code"])
    for column, source in enumerate(lists, first):
        sheet.data_validation(
            1,
            column,
            max(len(rows), 1),
            column,
            {
                "validate": "list",
                "source": source,
                "error_title": "编码 code",
                "error_message": "请从列表中选择。Choose from the list.",
            },
        )


def _write(sheet: Any, row: int, column: int, text: str, style: Any) -> None:
    # write_string never makes a formula or a link of a text, whatever it begins with.
    if text:
        sheet.write_string(row, column, NOT_IN_XML.sub("\ufffd", text)[:CELL_CHARACTERS], style)
