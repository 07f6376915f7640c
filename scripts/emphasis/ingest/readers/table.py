"""Tables with one row a report, as public data sets come: .csv, .tsv, .jsonl, .xlsx, .dta."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import chain, pairwise
from pathlib import Path
from typing import Any, NamedTuple

from emphasis.errors import EmphasisError, MissingLibraryError
from emphasis.ingest.readers import txt
from emphasis.text import visible

Columns = Mapping[str, Sequence[str]]
"""For each thing that a table may say of a report, the names that its column may have; the first that there is counts."""

LARGEST = 1_000_000_000
"""Bytes of a table."""
CELL = 32_767
"""Characters that a cell of a workbook holds at most."""


class TableRow(NamedTuple):
    """A report in a table."""

    number: int  # of the row, the header being row 1
    name: str  # what tells it from the other rows: its id there, or year and region, or the number of the row
    text: str
    metadata: Mapping[str, str]  # by field of `records.Metadata`, as the table states them
    cut_off: bool  # whether the text fills its cell to the last character


def read_rows(path: Path, columns: Columns) -> list[TableRow]:
    """The reports of a table; those without text have an empty one.

    Raises
    ------
    EmphasisError
        If it cannot be read, or has no column of texts: which columns it has, and which were looked for.
    """
    name = path.name
    try:
        if path.stat().st_size > LARGEST:
            raise EmphasisError(f"{name}: has more than {LARGEST / 1e6:.0f} MB; divide the table")
        rows = _READERS[path.suffix.lower()](path)
        header = [_plain(_cell(value)) for value in next(rows, [])]
        places = _places(header, columns)
        if "text" not in places:
            raise EmphasisError(
                f"{name}: has no column of texts among {', '.join(header[:20]) or '(none)'}; name it in the setting "
                f"reports_table.text, or call it one of {', '.join(columns['text'])}"
            )
        return list(_reports(rows, places, is_workbook=path.suffix.lower() == ".xlsx"))
    except EmphasisError:
        raise
    except ImportError as error:
        raise MissingLibraryError(error) from error
    except OSError as error:
        raise EmphasisError(f"{name}: cannot be opened ({error.strerror or error})") from error
    except Exception as error:  # on damaged files, the libraries raise anything
        kind = type(error).__name__
        raise EmphasisError(
            f"{name}: cannot be read as a table ({kind}: {error}); save it again, or as .csv"
        ) from error


def _places(header: Sequence[str], columns: Columns) -> dict[str, int]:
    """The position of the column of each thing that the table has."""
    known = {name.casefold(): place for place, name in reversed(list(enumerate(header)))}
    found = {
        thing: next((known[name.casefold()] for name in names if name.casefold() in known), None)
        for thing, names in columns.items()
    }
    return {thing: place for thing, place in found.items() if place is not None}


def _reports(rows: Iterator[Sequence[Any]], places: Mapping[str, int], *, is_workbook: bool) -> Iterator[TableRow]:
    for number, row in enumerate(rows, start=2):
        values = {thing: _cell(row[place]) if place < len(row) else "" for thing, place in places.items()}
        text = values.pop("text")
        values = {thing: _UNMEANT.sub("", _plain(value)) for thing, value in values.items() if value.strip()}
        if not visible(text) and not values:
            continue
        own = values.pop("report_id", "")
        place = values.get("province", "") + values.get("region", "")
        name = own or "_".join(filter(None, (values.get("year"), place))) or str(number)
        yield TableRow(number, name, text, values, is_workbook and len(text) >= CELL)


def _cell(value: object) -> str:
    """A cell as text: a year that was read as 2026.0 is 2026, and nothing is nothing."""
    if value is None or value != value:  # noqa: PLR0124  # the missing number differs from itself
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return _ESCAPED_RETURN.sub("", str(value))


def _plain(value: str) -> str:
    """A cell other than a text, trimmed; half a character, of which JSON can say the code, is a question mark."""
    return value.strip().encode(errors="replace").decode()


_UNMEANT = re.compile(r"(?<=^\d{4})\.0+$| 00:00:00$")
"""What programs add to years and dates that they take for numbers and times."""
_ESCAPED_RETURN = re.compile("_x000D_")


_LAST = "\x1e"
"""A line that no table has, after the last one."""


def _separated(path: Path) -> Iterator[Sequence[str]]:
    """Rows of a table of text, whose columns are separated by what occurs most often in its first line."""
    text = txt.read(path.read_bytes()).text.removeprefix("\ufeff").replace("\x00", "")
    first = text.partition("\n")[0]
    delimiter = max("\t,;", key=first.count)
    csv.field_size_limit(10_000_000)
    # A quotation mark that nothing closes takes all rows below it into its cell, this last line too.
    rows = csv.reader(chain(io.StringIO(text, newline=""), [_LAST]), delimiter=delimiter)
    number = 0
    for number, (row, following) in enumerate(pairwise(rows), start=1):  # noqa: B007  # the last one is asked for below
        yield row
        if following == [_LAST]:
            return
    if text:
        raise EmphasisError(
            f"{path.name}, row {number + 1}: a quotation mark is opened there and not closed, which would make all rows below it "
            "part of one cell; close it, or delete it"
        )


def _json_lines(path: Path) -> Iterator[Sequence[Any]]:
    """Rows of a file with one JSON object a line; the first row is the names of all members, in order of appearance."""
    records = []
    for number, line in enumerate(path.read_text(encoding="utf-8-sig").split("\n"), start=1):
        if line.strip():
            try:
                record = json.loads(line)
            except ValueError as error:
                raise EmphasisError(f"{path.name}, line {number}: is no JSON ({error})") from error
            if not isinstance(record, dict):
                raise EmphasisError(f"{path.name}, line {number}: is no object with names and values")
            records.append(record)
    names = list(dict.fromkeys(name for record in records for name in record))
    yield names
    for record in records:
        yield [record.get(name) for name in names]


def _workbook(path: Path) -> Iterator[Sequence[Any]]:
    """Rows of the first sheet of a workbook."""
    from openpyxl import load_workbook  # noqa: PLC0415  # only workbooks need it

    with zipfile.ZipFile(path) as container:
        if sum(part.file_size for part in container.infolist()) > LARGEST:
            raise EmphasisError(f"{path.name}: unpacks to more than {LARGEST / 1e6:.0f} MB; divide the table")
    book: Any = load_workbook(path, read_only=True, data_only=True)
    yield from book.worksheets[0].iter_rows(values_only=True)


def _stata(path: Path) -> Iterator[Sequence[Any]]:
    import pandas as pd  # noqa: PLC0415  # only data of Stata needs it here

    table: Any = pd.read_stata(path, convert_categoricals=True)
    yield list(table.columns)
    yield from table.astype(object).itertuples(index=False)


_READERS: dict[str, Callable[[Path], Iterator[Sequence[Any]]]] = {
    ".csv": _separated,
    ".tsv": _separated,
    ".jsonl": _json_lines,
    ".xlsx": _workbook,
    ".dta": _stata,
}
