"""The workbook: a sheet for each table, a first sheet that explains them, every text a text and no formula."""

from __future__ import annotations

import csv
import re
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any

import xlsxwriter  # type: ignore[import-untyped]

from emphasis.store.atomic import write_atomically
from emphasis.store.results import read_rows

_FIRST_DAY = (1980, 1, 1, 0, 0, 0)


def settle(source: Path, target: Path) -> None:
    """Write the members of a zip file in a fixed order with a fixed date.

    Members are packed with zlib, so that another build of zlib may pack them into other bytes; what they hold is the same.
    """
    with zipfile.ZipFile(source) as given, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as out:
        # Programs look for the list of content types at the beginning.
        for name in sorted(given.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            member = zipfile.ZipInfo(name, _FIRST_DAY)
            member.compress_type = zipfile.ZIP_DEFLATED
            member.create_system = 3
            member.external_attr = 0o600 << 16
            # In pieces: a large sheet is never held whole.
            with given.open(name) as read, out.open(member, "w") as write:
                while piece := read.read(1 << 20):
                    write.write(piece)


CELL = 32_767
"""Characters that a cell of Excel holds."""
SHEET_NAME = 31

_FIXED = datetime(2000, 1, 1)
_FIRST = "about"
_INTEGERS = 15
"""Digits of a number that Excel keeps."""
_UNREADABLE = re.compile("[\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True)
class Names:
    """Chinese names of columns and of tables."""

    columns: Mapping[str, str]
    tables: Mapping[str, str]


def load_names(file: Path) -> Names:
    """Chinese names from names.zh.tsv."""
    with file.open(encoding="utf-8", newline="") as lines:
        every = [(row["kind"], row["name"], row["zh"]) for row in csv.DictReader(lines, delimiter="\t")]
    return Names(*({name: zh for kind, name, zh in every if kind == wanted} for wanted in ("column", "table")))


def write_workbook(package: Mapping[str, Any], folder: Path, path: Path, *, most: int, chinese: Names) -> None:
    """Write the tables of a data package into one workbook.

    Every file is read row by row and written row by row; memory does not grow with the number of rows.

    Parameters
    ----------
    package : mapping
        As in datapackage.json: the tables' paths, titles, descriptions and columns.
    folder : Path
        Where the paths begin.
    path : Path
        The workbook.
    most : int
        Rows of a sheet; the sheet of a longer table has the first ones, and the first sheet says so.
    chinese : Names
    """
    beside = path.with_name(f".{path.name}.raw")
    path.parent.mkdir(parents=True, exist_ok=True)
    tables = [resource for resource in package["resources"] if resource["format"] == "csv"]
    # The first sheet says how many rows the others have: they are counted before.
    n_rows = {resource["name"]: sum(1 for _ in read_rows(folder / resource["path"])) for resource in tables}
    names = sheet_names([resource["name"] for resource in tables])
    about = contents(tables, n_rows, names, most, chinese)
    try:
        book = xlsxwriter.Workbook(
            beside, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        )
        book.set_properties({"title": "policy-emphasis", "author": "policy-emphasis", "created": _FIXED})
        bold = book.add_format({"bold": True})
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        _explain(book.add_worksheet(_FIRST), about, bold, wrapped)
        for resource in tables:
            sheet = book.add_worksheet(names[resource["name"]])
            sheet.freeze_panes(1, 0)
            _fill(sheet, folder / resource["path"], resource["schema"]["fields"], most, bold)
        book.close()
        write_atomically(path, lambda part: settle(beside, part))
    finally:
        beside.unlink(missing_ok=True)


def sheet_names(tables: Sequence[str]) -> dict[str, str]:
    """Names of sheets: those of the tables, as far as Excel allows, each once.

    Examples
    --------
    >>> sheet_names(["themes", "a_table_with_a_name_that_is_too_long", "a_table_with_a_name_that_is_too_short"])
    {'themes': 'themes', 'a_table_with_a_name_that_is_too_long': 'a_table_with_a_name_that_is_too', 'a_table_with_a_name_that_is_too_short': 'a_table_with_a_name_that_is_t~2'}
    """
    taken = {_FIRST}
    names = {}
    for table in tables:
        name, number = table[:SHEET_NAME], 1
        while name.lower() in taken:
            number += 1
            name = f"{table[: SHEET_NAME - 2]}~{number}"
        taken.add(name.lower())
        names[table] = name
    return names


def contents(
    tables: Sequence[Mapping[str, Any]], n_rows: Mapping[str, int], names: Mapping[str, str], most: int, chinese: Names
) -> list[list[str | int]]:
    """The lines of the first sheet: the tables with their rows, an empty line, and the columns of each."""
    lines: list[list[str | int]] = [["sheet", "table", "title", "名称", "what it answers", "rows", "rows here", "note"]]
    for resource in tables:
        name, path, total = resource["name"], resource["path"], n_rows[resource["name"]]
        note = f"first {most} of {total} rows; all are in {path}" if total > most else ""
        said = [names[name], path, resource["title"], chinese.tables.get(name, ""), resource["description"]]
        lines.append([*said, total, min(total, most), note])
    lines += [[], ["sheet", "column", "type", "名称", "meaning and unit"]]
    for resource in tables:
        for field in resource["schema"]["fields"]:
            name = field["name"]
            said = [names[resource["name"]], name, field["type"], chinese.columns.get(name, ""), field["description"]]
            lines.append(said)
    return lines


def _explain(sheet: Any, lines: Sequence[Sequence[str | int]], bold: Any, wrapped: Any) -> None:
    sheet.set_column(0, 1, 24)
    sheet.set_column(2, 3, 28)
    sheet.set_column(4, 4, 90)
    for row, cells in enumerate(lines):
        style = bold if cells and cells[0] == "sheet" else wrapped
        for column, cell in enumerate(cells):
            if isinstance(cell, int):
                sheet.write_number(row, column, cell, style)
            else:
                _string(sheet, row, column, cell, style)


def _fill(sheet: Any, file: Path, fields: Sequence[Mapping[str, Any]], most: int, bold: Any) -> None:
    for column, field in enumerate(fields):
        _string(sheet, 0, column, field["name"], bold)
    for number, row in enumerate(islice(read_rows(file), most), 1):
        for column, field in enumerate(fields):
            cell = row[field["name"]]
            is_number = field["type"] in ("number", "integer")
            if is_number and cell and len(cell.strip("-").replace(".", "").strip("0")) <= _INTEGERS:
                sheet.write_number(number, column, float(cell))
            else:
                _string(sheet, number, column, cell, None)


def _string(sheet: Any, row: int, column: int, text: str, style: Any) -> None:
    # write_string never makes a formula or a link of a text, whatever it begins with.
    if text:
        sheet.write_string(row, column, _UNREADABLE.sub("\ufffd", text)[:CELL], style)
