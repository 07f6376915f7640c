"""The workbook in one language: a first sheet that explains the tables and a sheet for each; text is never written as a formula."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any

import xlsxwriter  # type: ignore[import-untyped]

from emphasis.publish.paper.fit import text_width
from emphasis.publish.paper.kit_words import WORDS
from emphasis.publish.paper.sheets import FIRST, FORMATS, BookWords
from emphasis.store.atomic import write_atomically
from emphasis.store.results import read_rows

CELL_CHARACTERS = 32_767
"""Characters that a cell of Excel holds."""
SHEET_NAME_CHARACTERS = 31

FIXED = datetime(2000, 1, 1)
_FIRST_DAY = (1980, 1, 1, 0, 0, 0)
"""The earliest date that a zip file can name."""
_LEAST_WIDTH, _MOST_WIDTH = 9.0, 60
"""Of a column, in characters."""
_MEASURED_ROWS = 2_000
"""Rows that the widths of columns are taken from."""
_CHARACTERS = 2
"""Characters of Excel's measure in an em."""
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\]")
_DIGITS = 15
"""Digits of a number that Excel keeps."""
NOT_IN_XML = re.compile("[\ud800-\udfff\ufffe\uffff]")


def write_workbook(package: Mapping[str, Any], folder: Path, path: Path, *, most: int, words: BookWords) -> None:
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
        Rows of a table that are written; the first sheet says what was left out.
    words : BookWords
        In the language of the workbook.
    """
    raw = path.with_name(f".{path.name}.raw")
    path.parent.mkdir(parents=True, exist_ok=True)
    tables = [resource for resource in package["resources"] if resource["format"] == "csv"]
    tables.sort(key=lambda table: FIRST.index(table["name"]) if table["name"] in FIRST else len(FIRST))
    # The first sheet says how many rows each table has, so they are counted first.
    n_rows = {resource["name"]: sum(1 for _ in read_rows(folder / resource["path"])) for resource in tables}
    about = WORDS["book.about"].in_language(words.language)
    names = sheet_names(
        {resource["name"]: words.sheet(resource["name"], resource["title"]) for resource in tables}, about
    )
    try:
        book = xlsxwriter.Workbook(
            raw, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        )
        book.set_properties({"title": "policy-emphasis", "author": "policy-emphasis", "created": FIXED})
        styles = Styles(book)
        _write_about(book.add_worksheet(about), about_lines(tables, n_rows, names, most, words), names, styles)
        for resource in tables:
            sheet = book.add_worksheet(names[resource["name"]])
            _write_table(sheet, folder / resource["path"], resource, words, most, styles)
        book.close()
        write_atomically(path, lambda part: repack_zip(raw, part))
    finally:
        raw.unlink(missing_ok=True)


class Styles:
    """The formats of a workbook, each made once.

    Parameters
    ----------
    book : xlsxwriter.Workbook
    """

    def __init__(self, book: Any) -> None:
        self._book = book
        self._numbers: dict[str, Any] = {}
        self.head = book.add_format(
            {"bold": True, "text_wrap": True, "valign": "top", "bottom": 1, "bg_color": "#EDEFF2"}
        )
        self.wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        self.link = book.add_format({"font_color": "#0563C1", "underline": 1, "valign": "top"})

    def number(self, shown: str) -> Any:
        """Numbers shown in a format of Excel."""
        if shown not in self._numbers:
            self._numbers[shown] = self._book.add_format({"num_format": shown})
        return self._numbers[shown]


def sheet_names(titles: Mapping[str, str], about: str) -> dict[str, str]:
    """Names of sheets by table: their titles, as far as Excel allows, each once.

    Examples
    --------
    >>> sheet_names({"a": "Topics", "b": "topics", "c": "Rates: a title that is longer than a sheet's name"}, "About")
    {'a': 'Topics', 'b': 'topics~2', 'c': 'Rates a title that is longer th'}
    """
    taken = {about.lower()}
    names = {}
    for table, title in titles.items():
        said = _NOT_IN_NAMES.sub("", title).strip("'")
        name, number = said[:SHEET_NAME_CHARACTERS].strip(), 1
        while name.lower() in taken:
            number += 1
            name = f"{said[: SHEET_NAME_CHARACTERS - 2]}~{number}"
        taken.add(name.lower())
        names[table] = name
    return names


def about_lines(
    tables: Sequence[Mapping[str, Any]],
    n_rows: Mapping[str, int],
    names: Mapping[str, str],
    most: int,
    words: BookWords,
) -> list[list[str | int]]:
    """The lines of the first sheet: the tables with their rows, an empty line, and the columns of each."""
    lines: list[list[str | int]] = [[*_said("book.tables", words).split("|")]]
    for resource in tables:
        name, path, total = resource["name"], resource["path"], n_rows[resource["name"]]
        note = _said("book.cut", words, most=most, total=total, path=path) if total > most else ""
        lines.append([names[name], path, resource["description"], total, min(total, most), note])
    lines += [[], [*_said("book.columns", words).split("|")]]
    for resource in tables:
        for field in words.fields(resource["schema"]["fields"]):
            name, column = names[resource["name"]], field["name"]
            lines.append([name, words.head(resource["name"], column), field["description"], column, field["type"]])
    return lines


def _said(name: str, words: BookWords, **values: str | int) -> str:
    return WORDS[name].in_language(words.language).format(**values)


def _write_about(sheet: Any, lines: Sequence[Sequence[str | int]], names: Mapping[str, str], styles: Styles) -> None:
    for column, width in enumerate((30, 34, 90, 22, 12, 44)):
        sheet.set_column(column, column, width)
    sheet.freeze_panes(1, 0)
    sheets = set(names.values())
    heads = {0, next(row for row, cells in enumerate(lines) if not cells) + 1}
    for row, cells in enumerate(lines):
        for column, cell in enumerate(cells):
            if isinstance(cell, int):
                sheet.write_number(row, column, cell, styles.wrapped)
            elif column == 0 and cell in sheets and row not in heads:
                quoted = str(cell).replace("'", "''")
                sheet.write_url(row, column, f"internal:'{quoted}'!A1", styles.link, str(cell))
            else:
                _write_text(sheet, row, column, cell, styles.head if row in heads else styles.wrapped)


def _write_table(
    sheet: Any, file: Path, resource: Mapping[str, Any], words: BookWords, most: int, styles: Styles
) -> None:
    """One table: head that stays, filters, widths by what the columns hold, and numbers as numbers."""
    table, fields = resource["name"], words.fields(resource["schema"]["fields"])
    heads = [words.head(table, field["name"]) for field in fields]
    widths = [_LEAST_WIDTH] * len(heads)
    for column, head in enumerate(heads):
        _write_text(sheet, 0, column, head, styles.head)
        # A head is broken into lines, so half of it is enough.
        widths[column] = max(_LEAST_WIDTH, min(text_width(head) * _CHARACTERS, 24) * 0.7 + 3)
    shown = [words.number_format(table, field) for field in fields]
    said = [words.value(field) for field in fields]
    kinds = [words.by_kind(table, field) for field in fields]
    number = 0
    for number, row in enumerate(islice(read_rows(file), most), 1):
        share = any(kinds) and words.is_share(row)
        for column, field in enumerate(fields):
            cell = row[field["name"]]
            if shown[column] and cell and len(cell.strip("-").replace(".", "").strip("0")) <= _DIGITS:
                how = FORMATS["percent"] if kinds[column] and share else shown[column]
                sheet.write_number(number, column, float(cell), styles.number(how))
                continue
            translate = said[column]
            text = translate(row) if translate and cell else cell
            _write_text(sheet, number, column, text, None)
            if number <= _MEASURED_ROWS:
                widths[column] = max(widths[column], text_width(text[:_MOST_WIDTH]) * _CHARACTERS + 1)
    for column, width in enumerate(widths):
        sheet.set_column(column, column, min(width, _MOST_WIDTH))
    sheet.set_row(0, 32)
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, max(number, 1), len(fields) - 1)


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
