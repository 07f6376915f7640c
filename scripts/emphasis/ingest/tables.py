"""Reports as rows of tables, and back.

`tabulate_reports` turns parsed reports into the tables of a batch: reports, outline, sentences, glossary, warnings.
`rebuild_reports` turns three of these into reports again, for steps that work on sections and sentences. What they do
not need is lost on the way: the text of the file, most metadata, warnings, and where a section's text begins.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, TypeVar

import pandas as pd

from emphasis.ingest.glossary import read_glossary
from emphasis.ingest.records import BODY_ROLES, Metadata, Report, Section, Sentence, Source
from emphasis.run.folder_listing import Refusal
from emphasis.sections import ancestors
from emphasis.store.tables import report_slices
from emphasis.text import visible

_SENTENCES = ["report_id", "sentence_id", "section_id", "paragraph", "start", "end", "text"]


def tabulate_reports(reports: Iterable[Report], refused: Iterable[Refusal] = ()) -> dict[str, pd.DataFrame]:
    """The tables `reports`, `outline`, `sentences`, `glossary` and `warnings` of parsed reports.

    Refused files, which are no reports, only have rows in `warnings`.
    """
    rows: dict[str, list[dict[str, Any]]] = {name: [] for name in ("reports", "outline", "glossary", "warnings")}
    sentences: list[tuple[object, ...]] = []
    for refusal in refused:
        row = {"report_id": refusal.report_id, "code": refusal.code, "message": refusal.message}
        rows["warnings"].append(row | {"start": None, "snippet": "", "suggestion": refusal.suggestion})
    for report in reports:
        outline = _outline_rows(report)
        rows["outline"] += outline
        rows["reports"].append(_report_row(report, outline))
        sentences += [
            (report.report_id, f"{report.report_id}:{number}", *sentence)
            for number, sentence in enumerate(report.sentences, start=1)
        ]
        rows["glossary"] += [{"report_id": report.report_id, **entry._asdict()} for entry in read_glossary(report)]
        rows["warnings"] += [{"report_id": report.report_id, **vars(warning)} for warning in report.warnings]
    tables = {name: pd.DataFrame(found) for name, found in rows.items()}
    return tables | {"sentences": pd.DataFrame(sentences, columns=_SENTENCES)}


def _report_row(report: Report, outline: Iterable[dict[str, Any]]) -> dict[str, Any]:
    return {
        "report_id": report.report_id,
        "file": report.source.file,
        "sha256": report.source.sha256,
        "encoding": report.source.encoding,
        **vars(report.metadata),
        "n_chars": sum(row["n_chars"] for row in outline if row["parent_id"] == "" and row["role"] in BODY_ROLES),
        "n_level1": sum(s.level == 1 for s in report.sections),
        "n_level2": sum(s.level == 2 for s in report.sections),
        "confidence": report.confidence,
        "n_warnings": len(report.warnings),
    }


def _outline_rows(report: Report) -> list[dict[str, Any]]:
    n_sentences: Counter[str] = Counter()
    for section_id, n in Counter(sentence.section_id for sentence in report.sentences).items():
        for ancestor in ancestors(section_id):
            n_sentences[ancestor] += n
    return [
        {
            "report_id": report.report_id,
            **{name: value for name, value in vars(s).items() if name != "body_start"},
            "n_chars": len(visible(report.source.text[s.start : s.end])),
            "n_sentences": n_sentences[s.section_id],
        }
        for s in report.sections
    ]


_SECTION = ("section_id", "parent_id", "level", "number", "heading", "standalone", "role", "start", "end")
_SENTENCE = ("section_id", "paragraph", "start", "end", "text")
REPORT_COLUMNS = {
    "reports": ("report_id", "file", "sha256", "encoding", "title", "region", "year", "confidence"),
    "outline": ("report_id", *_SECTION, "horizon"),
    "sentences": ("report_id", *_SENTENCE),
}
"""The columns of each table that `rebuild_reports` needs."""

_T = TypeVar("_T")


def rebuild_reports(reports: pd.DataFrame, outline: pd.DataFrame, sentences: pd.DataFrame) -> Iterator[Report]:
    """Reports with title, region, year, confidence, sections and sentences, but without their text.

    They come from the tables of these names, in which the rows of a report are next to each other.
    """
    # Where the text after the heading begins is not in the table: `start` is given for it.
    sections = _parts(outline, (*_SECTION, "start", "horizon"), Section)
    parts = _parts(sentences, _SENTENCE, Sentence)
    for row in zip(*(reports[name].tolist() for name in REPORT_COLUMNS["reports"]), strict=True):
        report_id, file, sha256, encoding, title, region, year, confidence = row
        metadata = Metadata(title=title, region=region, year=None if pd.isna(year) else int(year))
        source = Source(file, sha256, encoding, "")
        yield Report(report_id, source, metadata, sections(report_id), parts(report_id), confidence)


def _parts(table: pd.DataFrame, columns: Sequence[str], make: Callable[..., _T]) -> Callable[[str], tuple[_T, ...]]:
    """A function that makes the parts of one report from its rows."""
    # Whole columns as lists: slicing the table report by report would cost more than making the parts.
    values = [table[name].tolist() for name in columns]
    places = report_slices(table)

    nowhere = slice(0, 0)
    return lambda report_id: tuple(map(make, *(column[places.get(report_id, nowhere)] for column in values)))
