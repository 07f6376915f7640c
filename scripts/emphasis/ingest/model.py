"""A parsed report, as plain data.

All ``start`` and ``end`` are offsets in characters into ``Source.text``, the decoded file, whose ``text[start:end]`` is
the passage. Sections nest: a section contains its subsections. The sections at the top (front matter, level 1, blocks
without a heading, annexes, footer) follow each other without a gap and together are the whole text.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Role = Literal["front", "review", "problems", "plan", "closing", "annex", "footer"]
RegionLevel = Literal["national", "province", "prefecture", "county", ""]
Confidence = Literal["high", "medium", "low"]

BODY_ROLES: tuple[Role, ...] = ("review", "problems", "plan", "closing")
"""The roles of the speech itself, which are counted unless the configuration says otherwise."""


@dataclass(frozen=True)
class Source:
    """A file and its text.

    Attributes
    ----------
    file : str
        Name of the file without its folder.
    sha256 : str
        Hash of the file's bytes.
    encoding : str
        Python's name of it (``utf-8``, ``utf-8-sig``, ``gb18030``, ...); for docx and pdf, the format.
    text : str
        The decoded text; line ends are kept as they are in the file.
    """

    file: str
    sha256: str
    encoding: str
    text: str


@dataclass(frozen=True)
class ReportWarning:
    """Something the user should know about a report; a row of ``warnings.csv``.

    Attributes
    ----------
    code : str
        Stable identifier in lower case with hyphens: ``no-headings``.
    message : str
        What was found.
    start : int or None
        Where in the text; None if it concerns the whole report.
    snippet : str
        The text from there on one line, at most 60 characters.
    suggestion : str
        What to do.
    """

    code: str
    message: str
    suggestion: str
    start: int | None = None
    snippet: str = ""


@dataclass(frozen=True)
class Section:
    """One node of the outline.

    Attributes
    ----------
    section_id : str
        Path of positions: ``2``, ``2.3``, ``2.3.1``; front matter ``0`` and its opening words ``0.1``; annexes
        ``A1``, ``A2``, ...; footer ``F``.
    parent_id : str
        Empty at the top.
    level : int
        Depth of the heading in the speech, from 1. It is 0 without a heading and outside the speech, so that rows of
        level 1 are exactly the chapter headings.
    number : str
        As printed: ``（一）``, ``一、``, ``一是``; empty if there is none.
    heading : str
        Without its number and without a final full stop; empty for a block without a heading.
    standalone : bool
        Whether the heading is a line of its own rather than the first sentence of its paragraph.
    role : Role
    start, end : int
        From the first character of the number or heading to the end of the last subsection.
    body_start : int
        Start of the text after the heading; `start` if there is no heading.
    """

    section_id: str
    parent_id: str
    level: int
    number: str
    heading: str
    standalone: bool
    role: Role
    start: int
    end: int
    body_start: int


@dataclass(frozen=True)
class Sentence:
    """One sentence. A heading is a sentence of its own, without its number.

    Attributes
    ----------
    section_id : str
        The deepest section that contains it.
    paragraph : int
        Number of its paragraph in the report, from 1.
    start, end : int
        ``text == source.text[start:end]``.
    """

    section_id: str
    paragraph: int
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
    warnings: tuple[ReportWarning, ...] = field(default=())
