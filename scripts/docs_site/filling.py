"""Write the pages of docs/ whose numbers are those of the bundled report, from docs/source (part of `make docs`).

A source is the page with expressions in double braces: `row("frequency_parts", term="产业", part="whole").n` is a number of
tests/reference. `same(computed, stated, digits)` prints a number that the page computes by the formula it explains, and refuses the page if
the table has another; `said(file, words)` does so if a docstring no longer says what the page says; `holds(condition, claim)` if a sentence
is no longer true. So a page is as right as the tables, and a test keeps it up to date.
"""

from __future__ import annotations

import csv
import math
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, StrictUndefined

from docs_site.examples import first_uses, shared
from emphasis.errors import EmphasisError
from emphasis.publish.paper.formulas import formulas

ROOT = Path(__file__).parents[2]
SOURCES, TABLES, LIBRARY = "docs/source", "tests/reference", "scripts/emphasis"


class Row(dict[str, Any]):
    """A row of a table, whose columns are attributes: numbers where they are numbers, None where they are missing."""

    def __getattr__(self, name: str) -> Any:
        """The value of a column."""
        if name not in self:
            raise EmphasisError(f"no column {name}; there are {', '.join(self)}")
        return self[name]


@cache
def _table(name: str) -> list[Row]:
    file = ROOT / name if "/" in name else next(iter(sorted((ROOT / TABLES).glob(f"*/{name}.csv"))), None)
    if file is None:
        raise EmphasisError(f"{TABLES} has no table {name}")
    with file.open(encoding="utf-8", newline="") as lines:
        return [
            Row({key: _value(text) for key, text in line.items()})
            for line in csv.DictReader(lines, delimiter="," if file.suffix == ".csv" else "\t")
        ]


def _value(text: str) -> Any:
    if not text:
        return None
    try:
        return int(text) if text.lstrip("-").isdigit() else float(text)
    except ValueError:
        return text == "true" if text in ("true", "false") else text


def rows(table: str, **where: Any) -> list[Row]:
    """The rows of a table of the bundled report, or of a file of the project, that have these values, in its order."""
    return [row for row in _table(table) if all(row[key] == value for key, value in where.items())]


def row(table: str, **where: Any) -> Row:
    """The one row that has these values.

    Raises
    ------
    EmphasisError
        If there is none, or more than one.
    """
    found = rows(table, **where)
    if len(found) != 1:
        raise EmphasisError(f"{table}: {len(found)} rows with {where} instead of one")
    return found[0]


def same(computed: float, stated: float, digits: int) -> str:
    """The number, if it was computed as the table has it.

    Raises
    ------
    EmphasisError
        If the two differ by more than rounding.
    """
    if abs(computed - stated) > 0.51 * 10**-digits:
        raise EmphasisError(f"computed {computed}, the table has {stated}")
    return fixed(stated, digits)


def said(file: str, words: str) -> str:
    """The words, if the file says them.

    Raises
    ------
    EmphasisError
        If it does not.
    """
    if words not in " ".join((ROOT / file).read_text(encoding="utf-8").split()):
        raise EmphasisError(f"{file} no longer says “{words}”")
    return words


def holds(condition: bool, claim: str) -> str:
    """The sentence, if it is true.

    Raises
    ------
    EmphasisError
        If it is not.
    """
    if not condition:
        raise EmphasisError(f"no longer true: {claim}")
    return claim


def formula(name: str) -> str:
    """A formula of the methods text, as mathematics on lines of its own."""
    return f"$$\n{formulas(ROOT / LIBRARY)[name].strip()}\n$$"


def fixed(number: float, digits: int = 0) -> str:
    """A number with so many decimals and a real minus."""
    return f"{number:.{digits}f}".replace("-", "−")


def percent(share: float, digits: int = 1) -> str:
    """A share in hundredths, without the sign."""
    return fixed(100 * share, digits)


def signed(number: float, digits: int = 1) -> str:
    """A number with its sign."""
    return ("+" if number >= 0 else "") + fixed(number, digits)


def filled() -> Iterator[tuple[Path, str]]:
    """Each page and its text.

    Raises
    ------
    EmphasisError
        If a source asks for what is not there, or says what is no longer so; the message names the source.
    """
    environment = Environment(
        undefined=StrictUndefined, keep_trailing_newline=True, trim_blocks=True, lstrip_blocks=True
    )
    environment.globals |= {
        "row": row, "rows": rows, "same": same, "said": said, "holds": holds, "formula": formula, "shared": shared, "first_uses": first_uses,
        "ln": math.log, "log2": math.log2, "sqrt": math.sqrt,
    }  # fmt: skip
    environment.filters |= {"fixed": fixed, "percent": percent, "signed": signed}
    for file in sorted((ROOT / SOURCES).rglob("*.md")):
        try:
            text = environment.from_string(file.read_text(encoding="utf-8")).render()
        except Exception as error:
            raise EmphasisError(f"{file.relative_to(ROOT)}: {error}") from error
        yield ROOT / "docs" / file.relative_to(ROOT / SOURCES), text


def main() -> None:
    """Write the pages.

    Raises
    ------
    SystemExit
        If one says what is no longer so; the message says where.
    """
    try:
        pages = list(filled())
    except EmphasisError as error:
        sys.exit(str(error))
    for page, text in pages:
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
