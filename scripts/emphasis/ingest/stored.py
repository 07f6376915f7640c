"""Reports as they were stored in tables, for steps that read outline and sentences but not the file."""

from __future__ import annotations

from typing import Any

import pandas as pd

from emphasis.ingest.model import Metadata, Report, Section, Sentence, Source

_SECTION = ("section_id", "parent_id", "level", "number", "heading", "standalone", "role", "start", "end")
_SENTENCE = ("section_id", "paragraph", "start", "end", "text")


def _records(table: pd.DataFrame, columns: tuple[str, ...]) -> list[dict[str, Any]]:
    rows = zip(*(table[name].tolist() for name in columns), strict=True)
    return [dict(zip(columns, row, strict=True)) for row in rows]


def stored_report(reports: pd.DataFrame, outline: pd.DataFrame, sentences: pd.DataFrame) -> Report:
    """A report with year, title, sections and sentences, but without its text.

    Parameters
    ----------
    reports, outline, sentences : DataFrame
        As in the tables of these names, of one report.
    """
    about = reports.iloc[0]
    year = None if pd.isna(about["year"]) else int(about["year"])
    return Report(
        about["report_id"],
        Source(about["file"], about["sha256"], about["encoding"], ""),
        Metadata(title=about["title"], region=about["region"], year=year),
        tuple(Section(**row, body_start=row["start"]) for row in _records(outline, _SECTION)),
        tuple(Sentence(**row) for row in _records(sentences, _SENTENCE)),
        about["confidence"],
    )
