"""A parsed report, as plain data.

All ``start`` and ``end`` are offsets in characters into ``Source.text``, the text as it was read, whose ``text[start:end]``
is the passage; of a text file, it is the decoded file unless a note says that something was taken out. Sections nest: a section contains its subsections. The sections at the top (front matter, level 1, blocks
without a heading, annexes, footer) follow each other without a gap and together are the whole text.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

Role = Literal["front", "review", "problems", "plan", "closing", "annex", "footer"]
Horizon = Literal["year", "multi-year", ""]
RegionLevel = Literal["national", "province", "prefecture", "county", ""]
Confidence = Literal["high", "medium", "low"]

BODY_ROLES: tuple[Role, ...] = ("review", "problems", "plan", "closing")
"""The roles of the speech itself, which are counted unless the configuration says otherwise."""


YEARS = range(1949, 2201)
"""Years that a report can plan for."""


def is_year(text: str) -> bool:
    """Whether a text is one of `YEARS`, in plain digits.

    Examples
    --------
    >>> [is_year(text) for text in ("2025", "1900", "２０２５", "25")]
    [True, False, False, False]
    """
    return text.isascii() and text.isdigit() and len(text) == 4 and int(text) in YEARS


@dataclass(frozen=True)
class ReportWarning:
    """Something the user should know about a report; a row of ``warnings.csv``."""

    code: str  # stable identifier in lower case with hyphens: no-headings
    message: str  # what was found
    suggestion: str  # what to do
    start: int | None = None  # where in the text; None if it concerns the whole report
    snippet: str = ""  # the text from there on one line, at most 60 characters


@dataclass(frozen=True)
class Source:
    """A file and its text."""

    file: str  # name without its folder
    sha256: str  # of the file's bytes
    encoding: str  # Python's name of it (utf-8, utf-8-sig, gb18030, ...); for docx and pdf, the format
    text: str  # decoded; line ends are kept as they are in the file
    notes: tuple[ReportWarning, ...] = ()  # what was mended or is missing


@dataclass(frozen=True)
class Section:
    """One node of the outline.

    Ids are paths of positions: ``2``, ``2.3``, ``2.3.1``; front matter ``0`` and its opening words ``0.1``; annexes
    ``A1``, ``A2``, ...; footer ``F``. The level is the depth of the heading in the speech, from 1. It is 0 without a
    heading and outside the speech, so that rows of level 1 are exactly the chapter headings.
    """

    section_id: str
    parent_id: str  # empty at the top
    level: int
    number: str  # as printed: （一）, 一、, 一是; empty if there is none
    heading: str  # without its number and without a final full stop; empty for a block without a heading
    standalone: bool  # whether the heading is a line of its own rather than the first sentence of its paragraph
    role: Role
    start: int  # first character of the number or heading
    end: int  # end of the last subsection
    body_start: int  # start of the text after the heading; `start` if there is no heading
    horizon: Horizon = ""  # of a plan: whether it is about the report's year or looks beyond it; empty elsewhere


class Sentence(NamedTuple):
    """One sentence: ``source.text[start:end]``. A heading is a sentence of its own, without its number."""

    section_id: str  # the deepest section that contains it
    paragraph: int  # number of its paragraph in the report, from 1
    start: int
    end: int
    text: str


@dataclass(frozen=True)
class Metadata:
    """What the file states about the report; empty where it states nothing.

    `year` is the year the report plans for. `date` and `published` are in ISO 8601, as precise as the file is
    (``2025-01-08``). `adcode` is the six-digit code of GB/T 2260.
    """

    title: str = ""
    region: str = ""
    region_level: RegionLevel = ""
    adcode: str = ""
    province: str = ""
    year: int | None = None
    meeting: str = ""
    date: str = ""
    speaker: str = ""
    speaker_title: str = ""
    source: str = ""
    published: str = ""


@dataclass(frozen=True)
class Report:
    """A parsed report."""

    report_id: str
    source: Source
    metadata: Metadata
    sections: tuple[Section, ...] = ()
    sentences: tuple[Sentence, ...] = ()
    confidence: Confidence = "low"
    warnings: tuple[ReportWarning, ...] = ()
