"""The tables of a paper and their files: LaTeX, Word, captions, and a document that shows them."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from emphasis.measures.dictionaries import Theme
from emphasis.publish.paper.corpus_tables import corpus_tables
from emphasis.publish.paper.kit_words import WORDS, region_and_year, words
from emphasis.publish.paper.latex import escape, latex_table
from emphasis.publish.paper.peer_tables import TargetName
from emphasis.publish.paper.report_tables import CHANGE_TABLES, REPORT_TABLES, TOPIC_TABLES, report_tables
from emphasis.publish.paper.table import Cell, Language, Table
from emphasis.publish.paper.topic_tables import topic_tables
from emphasis.publish.paper.word import write_document
from emphasis.publish.templates import render
from emphasis.store.atomic import write_text
from emphasis.store.results import Results, Row


def kit_tables(
    results: Results,
    themes: Sequence[Theme],
    targets: Mapping[str, TargetName],
    *,
    printed: Sequence[str],
    most: int,
) -> list[Table]:
    """Every table of the kit: those of all reports, then those of each report that is printed.

    Parameters
    ----------
    results : Results
        reports; attention and area_shares, the themes and policy areas of all reports; and the tables that `report_tables`
        takes, of which only the rows of printed reports are kept.
    themes : sequence of Theme
    targets : mapping of str to TargetName
        Of the panel's variables.
    printed : sequence of str
        Reports with tables of their own.
    most : int
        Rows of tables that list the first of many.
    """
    reports = {report["report_id"]: report for report in results.rows("reports")}
    chosen = {name: results.rows_by_report(name, printed) for name in (*REPORT_TABLES, *CHANGE_TABLES)}
    # A model of one report bears its id; any other is one of all reports.
    topics = {name: _by_model(results.rows(name), printed) for name in TOPIC_TABLES}
    every = list(reports.values())
    made = corpus_tables(every, results.rows("attention"), results.rows("area_shares"), themes, most)
    made += topic_tables(topics["topics"][""], topics["topic_diagnostics"][""], None)
    for report_id in printed:
        if report_id in reports:
            own = {name: rows[report_id] for name, rows in chosen.items()}
            # Of the models of all reports, those that this report has shares of.
            shared = {row["model"] for row in own["topic_sections"]}
            own |= {
                name: [*rows[report_id], *(row for row in rows[""] if row["model"] in shared)]
                for name, rows in topics.items()
            }
            made += report_tables(reports[report_id], own, themes, targets, most)
    return made


def _by_model(rows: Iterable[Row], printed: Sequence[str]) -> dict[str, list[Row]]:
    """The rows of each printed report's own model, and those of the models of all reports under the empty name."""
    found: dict[str, list[Row]] = {report_id: [] for report_id in ["", *printed]}
    for row in rows:
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
    write_document(tables, folder / f"tables{ending}.docx", language, WORDS["document.title"].in_language(language))
    write_text(folder / f"sample{ending}.tex", render(template, groups=sample_groups(tables, language)))
    write_text(folder / f"captions{ending}.md", suggest_captions(tables, figures, language))


def sample_groups(tables: Sequence[Table], language: Language) -> list[dict[str, Any]]:
    """The sections of the document that shows the tables: of all reports, then of each report; titles and texts for LaTeX."""
    groups: dict[str, list[dict[str, str]]] = {}
    titles: dict[str, str] = {}
    for table in tables:
        titles.setdefault(table.report_id, table.group.in_language(language))
        file = f"tex/{language}/{table.label}"
        title = escape((table.subject or table.title).in_language(language))
        said = escape(table.said.in_language(language)) if table.said else ""
        shown = {"file": file, "label": table.label, "title": title, "said": said}
        groups.setdefault(table.report_id, []).append(shown)
    return [{"title": escape(titles[report_id]), "tables": found} for report_id, found in groups.items()]


def suggest_captions(tables: Sequence[Table], figures: Sequence[Row], language: Language) -> str:
    """Captions of the tables of a kit and of the figures of reports (rows of reports.csv), as Markdown."""

    def said(name: str, **values: Cell | int) -> str:
        return words(name, **values).in_language(language)

    lines = [said("captions.head"), "", said("captions.tables"), ""]
    for number, table in enumerate(tables, 1):
        title, notes = table.title.in_language(language), table.note_text(language)
        lines.append(said("captions.table", number=number, label=table.label, title=title, notes=notes).rstrip())
    if figures:
        lines += ["", said("captions.figures"), ""]
    for report in figures:
        for name in [name for name in WORDS if name.startswith("figure.")]:
            file, caption = name.removeprefix("figure."), said(name, place=region_and_year(report))
            lines.append(said("captions.figure", file=f"{report['report_id']}/{file}", caption=caption))
    return "\n".join(lines) + "\n"
