"""The command evidence.py: finds the row that is meant and prints the sentences behind it."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from emphasis.errors import EmphasisError
from emphasis.publish.evidence.folder import ResultsFolder
from emphasis.publish.evidence.passages import MarkedSentence, SentenceGroup, evidence
from emphasis.sections import as_section_id
from emphasis.store.results import Row

_LISTED = 10
_OF_SECTIONS = ("section_id", "parent_id", "target", "name")
"""Columns that may hold a section's id."""
_BRIGHT = ("\x1b[1;31m", "\x1b[0m")
_PLAIN = ("【", "】")


def main(arguments: Sequence[str], root: Path) -> int:
    """Print the sentences behind a row and return the exit status.

    Parameters
    ----------
    arguments : sequence of str
        Of the command line.
    root : Path
        The project's folder. Results and theme dictionaries are those of the folder in which Python was started, or else those there.
    """
    parser = argparse.ArgumentParser(
        prog="evidence.py",
        description="Show the sentences behind a row of a table.",
        epilog="examples: evidence.py keyness.csv 12;  evidence.py tfidf term=创新 section_id=s2.3 (or 2.3)",
    )
    parser.add_argument("table", help="a table of results/tables or results/corpus")
    parser.add_argument("row", nargs="+", help="its number, the header not counted, or column=value, one or several")
    parser.add_argument(
        "--results", type=Path, default=_folder("results/tables", root) / "results", help="folder of the results"
    )
    parser.add_argument("--most", type=int, default=200, help="sentences that are shown (200)")
    given = parser.parse_args(arguments)
    marks = _BRIGHT if sys.stdout.isatty() else _PLAIN
    try:
        results = ResultsFolder(given.results)
        name = results.table(given.table).stem
        number, row = find_row(results, name, given.row)
        themes = results.configuration["themes"] if "theme" in row else "."
        groups = evidence(results, name, row, _folder(themes, root))
    except EmphasisError as error:
        print(f"policy-emphasis: {error}", file=sys.stderr)
        return 1
    try:
        for line in [*_row_lines(results, name, number, row), *_group_lines(results, groups, given.most, marks)]:
            print(line)
    except BrokenPipeError:
        # The reader of a pipe has closed it (| head).
        sys.stderr.close()
    return 0


def _folder(path: str, root: Path) -> Path:
    """The folder in which Python was started, if the path is there, or else `root`."""
    return here if ((here := Path.cwd()) / path).exists() else root


def find_row(results: ResultsFolder, table: str, wanted: Sequence[str]) -> tuple[int, Row]:
    """The one row that a number or filters select, with its number.

    Raises
    ------
    EmphasisError
        If no row or more than one is selected; the message says which there are.
    """
    if len(wanted) == 1 and wanted[0].isdecimal():
        number, last = int(wanted[0]), 0
        for last, row in enumerate(results.rows(table), 1):
            if last == number:
                return number, row
        raise EmphasisError(
            f"{table}: no row {number}; there are rows 1 to {last}" if last else f"{table}: has no rows"
        )
    for item in wanted:
        if "=" not in item:
            raise EmphasisError(f"{item}: neither a row's number nor column=value")
    filters = [item.split("=", 1) for item in wanted]
    found: list[tuple[int, Row]] = []
    more = 0
    for number, row in enumerate(results.rows(table), 1):
        for column, _ in filters:
            if column not in row:
                raise EmphasisError(f"{table}: no column {column}; there are: {', '.join(row)}")
        if all(_matches(column, row[column], value) for column, value in filters):
            found.append((number, row)) if len(found) < _LISTED else None
            more += 1
    if not found:
        raise EmphasisError(f"{table}: no row has {' '.join(wanted)}; look at {results.table(table)}")
    if more > 1:
        listed = "; ".join(f"{number}: {_differing_values(row, [r for _, r in found])}" for number, row in found)
        rest = f"; and {more - len(found)} more" if more > len(found) else ""
        raise EmphasisError(
            f"{table}: {more} rows have {' '.join(wanted)}; give a number or another filter: {listed}{rest}"
        )
    return found[0]


def _matches(column: str, cell: str, value: str) -> bool:
    if cell == value or (column in _OF_SECTIONS and cell == as_section_id(value)):
        return True
    try:
        return float(cell) == float(value) and "." in cell
    except ValueError:
        return False


def _differing_values(row: Row, rows: Sequence[Row]) -> str:
    """The values of a row in the first columns in which the rows differ."""
    differing = [column for column in row if len({other[column] for other in rows}) > 1][:3]
    return " ".join(f"{column}={row[column]}" for column in differing)


def _row_lines(results: ResultsFolder, table: str, number: int, row: Row) -> Iterator[str]:
    resource = results.columns.get(table, {"title": "", "schema": {"fields": []}})
    meaning = {field["name"]: field["description"] for field in resource["schema"]["fields"]}
    yield f"{results.table(table).name}, row {number}: {resource['title']}".rstrip(": ")
    for column, value in row.items():
        if value:
            yield f"  {column}: {value}" + (f"  ({meaning[column]})" if meaning.get(column) else "")


def _group_lines(
    results: ResultsFolder, groups: Sequence[SentenceGroup], most: int, marks: tuple[str, str]
) -> Iterator[str]:
    left = most
    for group in groups:
        yield ""
        name = f"{group.name}: " if group.name else ""
        count = f"{group.n_marks} place{'s' * (group.n_marks != 1)} in " if group.n_marks else ""
        n = len(group.sentences)
        inside = f"; {group.inside} inside longer terms" if group.inside else ""
        yield f"{name}{count}{n} sentence{'s' * (n != 1)}{inside}"
        if group.expected is not None and group.expected != group.n_marks:
            yield f"  (the table says {group.expected}: the results are of two runs, or the dictionary was changed since)"
        for marked in group.sentences[:left]:
            yield from _sentence_lines(results, marked, marks)
        if n > left:
            yield f"  and {n - left} more; show them with --most {most + n}"
        left = max(0, left - n)


def _sentence_lines(results: ResultsFolder, marked: MarkedSentence, marks: tuple[str, str]) -> Iterator[str]:
    sentence = marked.sentence
    heading = results.sections(sentence.report_id).get(sentence.section_id, {}).get("heading", "")
    place = f"{sentence.section_id} {heading}".rstrip()
    yield f"  {sentence.sentence_id}  {place}  [{sentence.start}:{sentence.end}]"
    text = sentence.text
    for start, end in sorted(marked.marks, reverse=True):
        text = f"{text[:start]}{marks[0]}{text[start:end]}{marks[1]}{text[end:]}"
    yield f"    {' '.join(text.split())}"
