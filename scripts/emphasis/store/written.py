"""Files of settings and lists, as people write them: in another encoding, saved from a spreadsheet or R, or not there at all."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

from emphasis.errors import EmphasisError


def read_written(path: Path | str) -> str:
    """The text of a file that a person may have written or saved from a spreadsheet.

    Raises
    ------
    EmphasisError
        If there is no such file, it cannot be opened or is not in UTF-8.
    """
    try:
        text = Path(path).read_text(encoding="utf-8-sig")
        # Text in UTF-16 without a mark of its own may pass for UTF-8, with a zero after each letter.
        zero = text.find("\0")
    except UnicodeDecodeError as error:
        zero = error.start
    except FileNotFoundError:
        raise EmphasisError(f"{path}: there is no such file; restore it from the repository") from None
    except OSError as error:
        raise EmphasisError(f"{path}: cannot be read ({error.strerror}); restore it from the repository") from None
    if zero >= 0:
        raise EmphasisError(
            f"{path}: not UTF-8 (byte {zero}); save the file as UTF-8 text, a table with tabs between its columns"
        )
    return text


def written_lines(path: Path | str) -> list[tuple[int, str]]:
    """The lines of such a file that are neither empty nor comments, which begin with #; each with its number, from 1.

    Raises
    ------
    EmphasisError
        As `read_written` does.
    """
    # Not `splitlines`, which also divides where no editor begins a line: at U+2028 and U+0085.
    lines = enumerate(read_written(path).split("\n"), 1)
    return [(number, line) for number, line in lines if line.strip() and not line.startswith("#")]


def written_cells(path: Path | str) -> list[tuple[int, list[str]]]:
    """The lines of a table with tabs between its columns as cells without space around them; empty ones at the end are left out.

    A cell may stand in quotation marks, as R and spreadsheets write them.

    Raises
    ------
    EmphasisError
        As `read_written` does; and with the line, if a quotation mark is not closed.
    """
    return [(number, split_cells(line, f"{path}, line {number}")) for number, line in written_lines(path)]


def split_cells(line: str, where: str) -> list[str]:
    r"""The cells of one line; see `written_cells`.

    Examples
    --------
    >>> split_cells('新质生产力\t "policy"\t\t', "user_terms.tsv, line 2")
    ['新质生产力', 'policy']
    """
    cells = line.split("\t")
    if '"' in line:
        try:
            (cells,) = csv.reader([line.strip(" ")], delimiter="\t", skipinitialspace=True, strict=True)
        except csv.Error as error:
            raise EmphasisError(
                f"{where}: not a row of a table ({error}); a cell that begins with a quotation mark has to end with one"
            ) from None
    cells = [cell.strip() for cell in cells]
    while cells and not cells[-1]:
        del cells[-1]
    return cells


def written_rows(path: Path | str, columns: Sequence[str]) -> list[tuple[int, dict[str, str]]]:
    """The rows of a table with tabs and a header, each with the number of its line. Cells that a line lacks at its end are empty.

    Parameters
    ----------
    path : path-like
    columns : sequence of str
        Columns that there have to be; the table may have others.

    Raises
    ------
    EmphasisError
        As `written_cells` does; if a column is missing, there twice or without a name, or a line has more cells than the header.
    """
    lines = written_cells(path)
    names = lines[0][1] if lines else []
    if missing := ", ".join(name for name in columns if name not in names):
        raise EmphasisError(
            f"{path}: the columns {missing} are missing; its first line names {', '.join(columns)}, with tabs between"
        )
    if wrong := [name for name in names if not name or names.count(name) > 1]:
        raise EmphasisError(f"{path}: the column {wrong[0]!r} {'is there twice' if wrong[0] else 'has no name'}")
    found = []
    for number, cells in lines[1:]:
        if len(cells) > len(names):
            raise EmphasisError(f"{path}, line {number}: {len(cells)} fields; the first line names {len(names)}")
        found.append((number, dict(zip(names, [*cells, *[""] * (len(names) - len(cells))], strict=True))))
    return found
