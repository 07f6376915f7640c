"""The checks that a parsed report must pass to be trusted, and the confidence grade that follows from them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from emphasis.ingest.body import Bounds
from emphasis.ingest.headings import LONGEST_HEADING
from emphasis.ingest.metadata import MetadataEvidence, check_metadata
from emphasis.ingest.model import BODY_ROLES, Confidence, Metadata, ReportWarning, Section
from emphasis.ingest.paragraphs import Paragraph, find_marker, key_of

WEIGHTS: dict[str, int] = {
    "unreadable": 9,
    "empty": 9,
    "parser-failed": 9,
    "no-headings": 9,
    "damaged-text": 2,
    "no-opening": 1,
    "no-ending": 1,
    "series-start": 2,
    "series-gap": 1,
    "series-repeat": 1,
    "series-single": 1,
    "unplaced-number": 1,
    "mixed-siblings": 1,
    "long-heading": 1,
    "empty-section": 1,
    "no-review": 1,
    "no-plan": 1,
    "coarse-outline": 1,
    "thin-level-2": 1,
    "large-front": 2,
    "short-speech": 2,
    "no-region": 1,
    "ambiguous-region": 1,
    "unknown-region": 1,
    "no-year": 1,
    "years-disagree": 1,
    "regions-disagree": 1,
    "source-elsewhere": 0,
    "traditional-text": 0,
    "no-metadata": 1,
    "wrong-override": 2,
    "wrong-outline": 2,
}
"""How much each kind of warning lowers the confidence in a report; a kind counts once however often it occurs."""

LOW, MEDIUM = 3, 1
"""Sums of weights from which the confidence is low, and medium."""

LEAST_SPEECH = 3_000
"""Characters; the shortest reports of counties have about 5,000."""
MOST_FRONT = 3_000
"""Characters before the first heading, without what precedes the opening words, or before these."""
MOST_PER_HEADING = 12_000
"""Characters of speech per heading; with more, the outline is too coarse to compare sections."""
LEAST_LEVEL_2 = 0.25
"""Share of the speech in sections of level 2, in a report that has such headings."""

_SNIPPET = 60


@dataclass(frozen=True, slots=True)
class ParsedText:
    """A parsed report, as the checks need it; `bounds` is None where the outline was corrected by the user."""

    text: str
    traditional: bool
    paragraphs: Sequence[Paragraph]
    bounds: Bounds | None
    sections: Sequence[Section]
    metadata: Metadata
    evidence: MetadataEvidence
    unplaced: Sequence[int] = ()


def grade(warnings: Iterable[ReportWarning]) -> Confidence:
    """Confidence in a report: high without warnings that count, low from a weight of `LOW`, medium between.

    Examples
    --------
    >>> grade([]), grade([ReportWarning("series-gap", "", "")]), grade([ReportWarning("no-headings", "", "")])
    ('high', 'medium', 'low')
    """
    total = sum(WEIGHTS[code] for code in {warning.code for warning in warnings})
    return "low" if total >= LOW else "medium" if total >= MEDIUM else "high"


def check(parsed: ParsedText) -> list[ReportWarning]:
    """The warnings of all checks, in the order of the text."""
    warnings = [
        *_anchors(parsed),
        *_series(parsed),
        *_headings(parsed),
        *_shares(parsed),
        *_roles(parsed),
        *check_metadata(parsed.metadata, parsed.evidence),
    ]
    return sorted(warnings, key=lambda p: (p.start is not None, p.start or 0, p.code, p.message))


def snippet(text: str, start: int) -> str:
    """The first characters of the text from `start`, on one line."""
    return " ".join(text[start : start + 2 * _SNIPPET].split())[:_SNIPPET]


def _warning(parsed: ParsedText, code: str, message: str, suggestion: str, start: int | None = None) -> ReportWarning:
    return ReportWarning(code, message, suggestion, start, snippet(parsed.text, start) if start is not None else "")


def _anchors(parsed: ParsedText) -> list[ReportWarning]:
    """Warnings where the text is damaged or the speech does not begin and end as speeches do."""
    found = []
    text, bounds = parsed.text, parsed.bounds
    if damaged := text.count("\ufffd"):
        message = f"{damaged} characters could not be read in this encoding."
        found.append(_warning(parsed, "damaged-text", message, "Save the file as UTF-8.", text.index("\ufffd")))
    if parsed.traditional:
        message = "The text is in traditional characters."
        advice = "It is parsed as it stands; set the option for simplified characters to count it with other reports."
        found.append(_warning(parsed, "traditional-text", message, advice))
    if bounds is None or not parsed.paragraphs:
        return found
    if not bounds.opened:
        start = parsed.paragraphs[min(bounds.body, len(parsed.paragraphs) - 1)].start
        message = "Neither a salutation (各位代表) nor an opening formula (我代表…) was found."
        advice = "See whether the speech begins here; if not, mend the outline."
        found.append(_warning(parsed, "no-opening", message, advice, start))
    if not bounds.closed:
        start = parsed.paragraphs[max(0, bounds.end - 1)].start
        message = "The speech does not end like one (让我们…, 奋斗！)."
        advice = "See whether the file is complete and whether a footer was counted in."
        found.append(_warning(parsed, "no-ending", message, advice, start))
    return found


def _numbered(parsed: ParsedText) -> list[list[tuple[Section, str, int]]]:
    """The series of numbered headings: for each parent and style, split where the numbers start again at 1."""
    series: dict[tuple[str, str, int], list[tuple[Section, str, int]]] = {}
    runs: dict[tuple[str, str], int] = {}
    for section in parsed.sections:
        marker = find_marker(key_of(section.number)) if section.level and section.number else None
        if marker is None:
            continue
        key = (section.parent_id, marker.style)
        run = runs.setdefault(key, 0)
        if marker.number == 1 and series.get((*key, run)):
            run = runs[key] = run + 1
        series.setdefault((*key, run), []).append((section, marker.style, marker.number))
    return list(series.values())


def _series(parsed: ParsedText) -> list[ReportWarning]:
    """Warnings where a series of numbers is not 1, 2, ..., n."""
    found = []
    for members in _numbered(parsed):
        first, style, number = members[0]
        if number != 1:
            message = f"The series of {first.number} begins with {number}."
            advice = "Look for the headings before it; they may be images, or run into the text above."
            found.append(_warning(parsed, "series-start", message, advice, first.start))
        if len(members) == 1 and style != "bare":
            message = f"{first.number} is the only one of its series."
            advice = "See whether it is a heading, and whether the next one lost its number."
            found.append(_warning(parsed, "series-single", message, advice, first.start))
        for (_, _, before), (section, _, after) in pairwise(members):
            if after > before + 1:
                message = f"{section.number} follows number {before}: {after - before - 1} left out."
                advice = "Compare with the printed report; if a heading was missed, add it to the outline."
                found.append(_warning(parsed, "series-gap", message, advice, section.start))
            elif after <= before:
                message = f"{section.number} follows number {before}."
                advice = "A slip in the report or a missed level; compare and mend the outline."
                found.append(_warning(parsed, "series-repeat", message, advice, section.start))
    for index in parsed.unplaced:
        start = parsed.paragraphs[index].start
        message = "A numbered paragraph fits no series and was taken for text."
        found.append(_warning(parsed, "unplaced-number", message, "If it is a heading, add it to the outline.", start))
    return found


def _headings(parsed: ParsedText) -> list[ReportWarning]:
    """Warnings about headings that do not look like headings or like their siblings."""
    found = []
    headed = [s for s in parsed.sections if s.level]
    speech = [s for s in parsed.sections if s.role in BODY_ROLES]
    if speech and not headed:
        message = "No headings were found; the speech is one section."
        advice = "Some reports before 1980 have none. If this one does, write its outline."
        return [_warning(parsed, "no-headings", message, advice, speech[0].start)]
    parents = {s.parent_id for s in parsed.sections}
    for section in headed:
        if len(section.heading) > LONGEST_HEADING:
            message = f"A heading of {len(section.heading)} characters."
            advice = "See whether heading and text run into each other."
            found.append(_warning(parsed, "long-heading", message, advice, section.start))
        if section.section_id not in parents and not parsed.text[section.body_start : section.end].strip():
            message = "A heading without text below it."
            advice = "See whether it is a list item, or whether its text was lost."
            found.append(_warning(parsed, "empty-section", message, advice, section.start))
    for parent in sorted({s.parent_id for s in headed}):
        siblings = [s for s in headed if s.parent_id == parent and s.role != "closing"]
        plain = [s for s in siblings if not s.number]
        if plain and len(plain) < len(siblings) and not _own_series(siblings):
            message = f"Among {len(siblings)} siblings, {len(plain)} without a number."
            advice = "See whether this line is a heading of the level of its neighbours."
            found.append(_warning(parsed, "mixed-siblings", message, advice, plain[0].start))
    return found


def _own_series(siblings: Sequence[Section]) -> bool:
    """Whether the unnumbered siblings are consecutive: a series of their own before or after the numbered ones."""
    marks = [bool(s.number) for s in siblings]
    return sum(a != b for a, b in pairwise(marks)) == 1 and marks.count(False) >= 2


def _shares(parsed: ParsedText) -> list[ReportWarning]:
    """Warnings about parts that are shorter or longer than those of a report."""
    found = []
    tops = [s for s in parsed.sections if not s.parent_id]
    speech = sum(s.end - s.start for s in tops if s.role in BODY_ROLES)
    headings = sum(s.level > 0 for s in parsed.sections)
    if speech < LEAST_SPEECH:
        message = f"The speech has {speech} characters; a report has more than {LEAST_SPEECH}."
        found.append(_warning(parsed, "short-speech", message, "See whether the file holds the whole report."))
    front = next((s for s in tops if s.section_id == "0"), None)
    opening = next((s for s in parsed.sections if s.section_id == "0.1"), None)
    ahead = max(opening.start if opening else 0, (front.end if front else 0) - (opening.start if opening else 0))
    if ahead > MOST_FRONT:
        message = f"{ahead} characters before the first heading were taken for front matter or opening words."
        advice = "See where the speech begins; write the outline if headings have no numbers."
        found.append(_warning(parsed, "large-front", message, advice, front.start if front else 0))
    if headings and speech / headings > MOST_PER_HEADING:
        message = f"One heading per {speech // headings} characters."
        advice = "The report may have headings that the parser does not see; look at the outline."
        found.append(_warning(parsed, "coarse-outline", message, advice))
    below = sum(s.end - s.start for s in parsed.sections if s.level == 2)
    if below and speech and below < LEAST_LEVEL_2 * speech:
        message = f"Only {below / speech:.0%} of the speech lies below headings of level 2."
        advice = "Compare reports by their parts at level 1, or see whether headings of level 2 were missed."
        found.append(_warning(parsed, "thin-level-2", message, advice))
    return found


def _roles(parsed: ParsedText) -> list[ReportWarning]:
    """Warnings where there is no review or no plan."""
    roles = {s.role for s in parsed.sections}
    found = []
    for role, code, words in (("review", "no-review", "looks back"), ("plan", "no-plan", "looks ahead")):
        if role not in roles and roles & set(BODY_ROLES):
            message = f"No section was recognised as one that {words}."
            found.append(_warning(parsed, code, message, "Give the roles in an outline of your own."))
    return found
