"""The workbook: a first sheet that explains the tables and a sheet for each; text is never written as a formula."""

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

CELL_CHARACTERS = 32_767
"""Characters that a cell of Excel holds."""
SHEET_NAME_CHARACTERS = 31

FIXED = datetime(2000, 1, 1)
_FIRST_DAY = (1980, 1, 1, 0, 0, 0)
"""The earliest date that a zip file can name."""
_ABOUT = "about"
_DIGITS = 15
"""Digits of a number that Excel keeps."""
NOT_IN_XML = re.compile("[\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True)
class ChineseNames:
    """Chinese names of columns and of tables."""

    columns: Mapping[str, str]
    tables: Mapping[str, str]


def load_names(file: Path) -> ChineseNames:
    """Chinese names from names.zh.tsv."""
    with file.open(encoding="utf-8", newline="") as lines:
        every = [(row["kind"], row["name"], row["zh"]) for row in csv.DictReader(lines, delimiter="\t")]
    return ChineseNames(*({name: zh for kind, name, zh in every if kind == wanted} for wanted in ("column", "table")))


def write_workbook(package: Mapping[str, Any], folder: Path, path: Path, *, most: int, chinese: ChineseNames) -> None:
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
    chinese : ChineseNames
    """
    raw = path.with_name(f".{path.name}.raw")
    path.parent.mkdir(parents=True, exist_ok=True)
    tables = [resource for resource in package["resources"] if resource["format"] == "csv"]
    # The first sheet says how many rows each table has, so they are counted first.
    n_rows = {resource["name"]: sum(1 for _ in read_rows(folder / resource["path"])) for resource in tables}
    names = sheet_names([resource["name"] for resource in tables])
    about = about_lines(tables, n_rows, names, most, chinese)
    try:
        book = xlsxwriter.Workbook(
            raw, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        )
        book.set_properties({"title": "policy-emphasis", "author": "policy-emphasis", "created": FIXED})
        bold = book.add_format({"bold": True})
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        _write_about(book.add_worksheet(_ABOUT), about, bold, wrapped)
        for resource in tables:
            sheet = book.add_worksheet(names[resource["name"]])
            sheet.freeze_panes(1, 0)
            _write_rows(sheet, folder / resource["path"], resource["schema"]["fields"], most, bold)
        book.close()
        write_atomically(path, lambda part: repack_zip(raw, part))
    finally:
        raw.unlink(missing_ok=True)


def sheet_names(tables: Sequence[str]) -> dict[str, str]:
    """Names of sheets: those of the tables, as far as Excel allows, each once.

    Examples
    --------
    >>> sheet_names(["themes", "a_table_with_a_name_that_is_too_long", "a_table_with_a_name_that_is_too_short"])
    {'themes': 'themes', 'a_table_with_a_name_that_is_too_long': 'a_table_with_a_name_that_is_too', 'a_table_with_a_name_that_is_too_short': 'a_table_with_a_name_that_is_t~2'}
    """
    taken = {_ABOUT}
    names = {}
    for table in tables:
        name, number = table[:SHEET_NAME_CHARACTERS], 1
        while name.lower() in taken:
            number += 1
            name = f"{table[: SHEET_NAME_CHARACTERS - 2]}~{number}"
        taken.add(name.lower())
        names[table] = name
    return names


def about_lines(
    tables: Sequence[Mapping[str, Any]],
    n_rows: Mapping[str, int],
    names: Mapping[str, str],
    most: int,
    chinese: ChineseNames,
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


def _write_about(sheet: Any, lines: Sequence[Sequence[str | int]], bold: Any, wrapped: Any) -> None:
    sheet.set_column(0, 1, 24)
    sheet.set_column(2, 3, 28)
    sheet.set_column(4, 4, 90)
    for row, cells in enumerate(lines):
        style = bold if cells and cells[0] == "sheet" else wrapped
        for column, cell in enumerate(cells):
            if isinstance(cell, int):
                sheet.write_number(row, column, cell, style)
            else:
                _write_text(sheet, row, column, cell, style)


def _write_rows(sheet: Any, file: Path, fields: Sequence[Mapping[str, Any]], most: int, bold: Any) -> None:
    for column, field in enumerate(fields):
        _write_text(sheet, 0, column, field["name"], bold)
    for number, row in enumerate(islice(read_rows(file), most), 1):
        for column, field in enumerate(fields):
            cell = row[field["name"]]
            is_number = field["type"] in ("number", "integer")
            if is_number and cell and len(cell.strip("-").replace(".", "").strip("0")) <= _DIGITS:
                sheet.write_number(number, column, float(cell))
            else:
                _write_text(sheet, number, column, cell, None)


def _write_text(sheet: Any, row: int, column: int, text: str, style: Any) -> None:
    # write_string never makes a formula or a link of a text, whatever it begins with.
    if text:
        sheet.write_string(row, column, NOT_IN_XML.sub("\ufffd", text)[:CELL_CHARACTERS], style)


def repack_zip(source: Path, target: Path) -> None:
    """Write the members of a zip file in a fixed order with a fixed date.

    Members are compressed with zlib: another build of zlib may write other bytes, with the same contents.
    """
    with zipfile.ZipFile(source) as given, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as out:
        # Programs look for the list of content types at the beginning.
        for name in sorted(given.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            member = zipfile.ZipInfo(name, _FIRST_DAY)
            member.compress_type = zipfile.ZIP_DEFLATED
            member.create_system = 3
            member.external_attr = 0o600 << 16
            # Copied chunk by chunk: a large sheet is never held whole.
            with given.open(name) as read, out.open(member, "w") as write:
                while chunk := read.read(1 << 20):
                    write.write(chunk)
