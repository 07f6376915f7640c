"""The tables of a paper and their files: LaTeX, Word, captions, and a document that shows them."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from emphasis.measures.dictionaries import Theme
from emphasis.publish.paper.captions import captions
from emphasis.publish.paper.corpus_tables import corpus_tables
from emphasis.publish.paper.latex import latex_table
from emphasis.publish.paper.model import Both, Language, Table
from emphasis.publish.paper.read import Row, by_report, rows
from emphasis.publish.paper.report_tables import report_tables
from emphasis.publish.paper.templates import render
from emphasis.publish.paper.topic_tables import topic_tables
from emphasis.publish.paper.word import write_document
from emphasis.whole import write_text

_TITLE = Both("Tables", "附表")


def kit_tables(
    reports: Sequence[Row],
    own: Mapping[str, Sequence[Path | str]],
    attention: Iterable[Row],
    themes: Sequence[Theme],
    *,
    printed: Sequence[str],
    most: int,
) -> list[Table]:
    """Every table of the kit: those of all reports, then those of each report that is printed.

    Parameters
    ----------
    reports : sequence of Row
        Of reports.csv.
    own : mapping of str to sequence of Path
        Files of the tables that `report_tables` takes; read one after the other, of which only the printed reports' rows
        are kept.
    attention : iterable of Row
        Of themes.csv, of all reports.
    themes : sequence of Theme
    printed : sequence of str
        Reports with tables of their own.
    most : int
        Rows of tables that list the first of many.
    """
    topics = {name: own[name] for name in ("topics", "topic_diagnostics")}
    chosen = {name: by_report(files, printed) for name, files in own.items() if name not in topics}
    read = {report["report_id"]: report for report in reports}
    # A model of one report bears its id; any other is one of all reports.
    kept = {name: _by_model(files, printed) for name, files in topics.items()}
    made = corpus_tables(reports, attention, themes, most)
    made += topic_tables(kept["topics"][""], [], kept["topic_diagnostics"][""], [])
    for report_id in printed:
        if report_id in read:
            ours = {name: found[report_id] for name, found in chosen.items()}
            # Of the models of all reports, those that this report has shares of.
            shared = {row["model"] for row in ours["topic_sections"]}
            ours |= {
                name: [*found[report_id], *(row for row in found[""] if row["model"] in shared)]
                for name, found in kept.items()
            }
            made += report_tables(read[report_id], ours, themes, most)
    return made


def _by_model(files: Sequence[Path | str], printed: Sequence[str]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {report_id: [] for report_id in ["", *printed]}
    for row in rows(files):
        kind, _, report_id = row["model"].partition(":")
        owner = report_id if kind == "self" else ""
        if owner in found:
            found[owner].append(row)
    return found


def write_kit(
    tables: Sequence[Table], folder: Path, language: Language, template: Path, figures: Sequence[Row]
) -> None:
    """Write every file of the kit's tables in one language.

    Parameters
    ----------
    tables : sequence of Table
    folder : Path
        Gets ``tex/<language>``, ``tables.docx``, ``sample.tex`` and ``captions.md``, the Chinese ones with ``.zh`` before
        the ending.
    language : Language
    template : Path
        Of the document that shows the tables.
    figures : sequence of Row
        Of reports.csv, of the reports that have figures.
    """
    place = folder / "tex" / language
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(parents=True)
    for table in tables:
        write_text(place / f"{table.label}.tex", latex_table(table, language))
    ending = "" if language == "en" else f".{language}"
    write_document(tables, folder / f"tables{ending}.docx", language, _TITLE.say(language))
    files = [f"tex/{language}/{table.label}" for table in tables]
    write_text(folder / f"sample{ending}.tex", render(template, files=files))
    write_text(folder / f"captions{ending}.md", captions(tables, figures, language))
