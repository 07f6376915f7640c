"""Reports as they were stored in tables, for steps that read outline and sentences but not the file."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

import pandas as pd

from emphasis.ingest.model import Metadata, Report, Section, Sentence, Source
from emphasis.tables import places_of

_SECTION = ("section_id", "parent_id", "level", "number", "heading", "standalone", "role", "start", "end")
_SENTENCE = ("section_id", "paragraph", "start", "end", "text")
COLUMNS = {
    "reports": ("report_id", "file", "sha256", "encoding", "title", "region", "year", "confidence"),
    "outline": ("report_id", *_SECTION),
    "sentences": ("report_id", *_SENTENCE),
}
"""What `stored_reports` needs of each table."""

_T = TypeVar("_T")


def stored_reports(reports: pd.DataFrame, outline: pd.DataFrame, sentences: pd.DataFrame) -> Iterator[Report]:
    """Reports with year, title, sections and sentences, but without their text.

    Parameters
    ----------
    reports, outline, sentences : DataFrame
        As in the tables of these names, with the rows of a report next to each other.
    """
    sections = _parts(outline, _SECTION, _section)
    parts = _parts(sentences, _SENTENCE, Sentence)
    for row in zip(*(reports[name].tolist() for name in COLUMNS["reports"]), strict=True):
        report_id, file, sha256, encoding, title, region, year, confidence = row
        yield Report(
            report_id,
            Source(file, sha256, encoding, ""),
            Metadata(title=title, region=region, year=None if pd.isna(year) else int(year)),
            sections(report_id),
            parts(report_id),
            confidence,
        )


def _parts(table: pd.DataFrame, columns: Sequence[str], make: Callable[..., _T]) -> Callable[[str], tuple[_T, ...]]:
    """A function that makes the parts of one report from its rows."""
    # Lists of whole columns: to take them from the table report by report would cost more than the parts do.
    values = [table[name].tolist() for name in columns]
    places = places_of(table)

    def of(report_id: str) -> tuple[_T, ...]:
        place = places.get(report_id, slice(0, 0))
        return tuple(map(make, *(column[place] for column in values)))

    return of


def _section(*row: object) -> Section:
    fields = dict(zip(_SECTION, row, strict=True))
    return Section(**fields, body_start=fields["start"])  # type: ignore[arg-type]
