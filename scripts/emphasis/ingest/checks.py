"""The checks that a parsed report must pass to be trusted, and the confidence grade that follows from them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from emphasis.font import characters_without_glyph
from emphasis.ingest.body import Bounds
from emphasis.ingest.catalogue import WEIGHTS, warn
from emphasis.ingest.headings import LONGEST_HEADING
from emphasis.ingest.metadata import MetadataEvidence, check_metadata
from emphasis.ingest.paragraphs import Paragraph, find_marker, key_of
from emphasis.ingest.records import BODY_ROLES, Confidence, Metadata, ReportWarning, Section
from emphasis.ingest.roles import ChapterRole
from emphasis.text import fold

LOW, MEDIUM = 3, 1
"""Sums of weights from which the confidence is low, and medium."""

LEAST_SPEECH = 3_000
"""Characters; the shortest reports of counties have about 5,000."""
MOST_FRONT = 3_000
"""Characters before the first heading, without what precedes the opening words, or before these."""
MOST_PER_HEADING = 12_000
"""Characters of speech per heading; with more, the outline is too coarse to compare sections."""
MOST_NAMED = 10
"""Characters without a glyph that a warning names."""
LEAST_LEVEL_2 = 0.25
"""Share of the speech in sections of level 2, in a report that has such headings."""
LEAST_PLAN = 0.25
"""Share of the speech that looks ahead; those at the end of a term have the least, 0.28, others 0.42 and more."""

_FIGURE = re.compile(r"\d|百分之|[一二三四五六七八九十百千][万亿]")
_AIM = re.compile("目标|预期|力争|确保|争取|计划|要求|控制|安排|要|将")
_BOUND = re.compile("左右|以上|以内")
"""Words of aim, which stand before a figure, and words that make a bound of it, which stand after it."""


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
    roles: Sequence[ChapterRole] = ()  # of the headings, in order; empty where the outline was corrected


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
    found = [one for kind in (_anchors, _glyphs, _series, _headings, _shares, _roles) for one in kind(parsed)]
    found += check_metadata(parsed.metadata, parsed.evidence)
    return sorted(found, key=lambda p: (p.start is not None, p.start or 0, p.code, p.message))


def _anchors(parsed: ParsedText) -> list[ReportWarning]:
    """Warnings where the text is damaged or the speech does not begin and end as speeches do."""
    found = []
    text, bounds, paragraphs = parsed.text, parsed.bounds, parsed.paragraphs
    if damaged := text.count("\ufffd"):
        found.append(warn("damaged-text", text, text.index("\ufffd"), count=damaged))
    if parsed.traditional:
        found.append(warn("traditional-text"))
    if bounds is None or not paragraphs:
        return found
    if not bounds.opened:
        found.append(warn("no-opening", text, paragraphs[min(bounds.body, len(paragraphs) - 1)].start))
    if not bounds.closed:
        found.append(warn("no-ending", text, paragraphs[max(0, bounds.end - 1)].start))
    return found


def _glyphs(parsed: ParsedText) -> list[ReportWarning]:
    """A warning where the speech has characters that pictures cannot show; menus around it are in no picture."""
    speech = [s for s in parsed.sections if not s.parent_id and s.role in BODY_ROLES]
    lacking = characters_without_glyph("".join(parsed.text[s.start : s.end] for s in speech))
    if not lacking:
        return []
    shown = " ".join(f"{c} (U+{ord(c):04X})" for c in lacking[:MOST_NAMED])
    at = min(at for s in speech if (at := parsed.text.find(lacking[0], s.start, s.end)) >= 0)
    return [warn("no-glyph", parsed.text, at, characters=shown, count=len(lacking))]


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
    text = parsed.text
    found = []
    ends: dict[str, int] = {}
    for members in _numbered(parsed):
        first, style, least = members[0]
        # Numbers may run on through the chapters: 1. to 7. in one, 8. to 12. in the next.
        runs_on = least == ends.get(style, 0) + 1
        ends[style] = members[-1][2]
        if not runs_on and least != 1:
            found.append(warn("series-start", text, first.start, first=first.number, number=least))
        if len(members) == 1 and style != "bare":
            found.append(warn("series-single", text, first.start, first=first.number))
        for (_, _, before), (section, _, after) in pairwise(members):
            number, start, missing = section.number, section.start, after - before - 1
            if missing > 0:
                found.append(warn("series-gap", text, start, number=number, before=before, missing=missing))
            elif missing < 0:
                found.append(warn("series-repeat", text, start, number=number, before=before))
    unplaced = (parsed.paragraphs[index].start for index in parsed.unplaced)
    return found + [warn("unplaced-number", text, start) for start in unplaced]


def _headings(parsed: ParsedText) -> list[ReportWarning]:
    """Warnings about headings that do not look like headings or like their siblings."""
    text = parsed.text
    found = []
    headed = [s for s in parsed.sections if s.level]
    speech = [s for s in parsed.sections if s.role in BODY_ROLES]
    if speech and not headed:
        return [warn("no-headings", text, speech[0].start)]
    parents = {s.parent_id for s in parsed.sections}
    for section in headed:
        if len(section.heading) > LONGEST_HEADING:
            found.append(warn("long-heading", text, section.start, length=len(section.heading)))
        if section.section_id not in parents and not text[section.body_start : section.end].strip():
            found.append(warn("empty-section", text, section.start))
    for parent in sorted({s.parent_id for s in headed}):
        siblings = [s for s in headed if s.parent_id == parent and s.role != "closing"]
        plain = [s for s in siblings if not s.number]
        if plain and len(plain) < len(siblings) and not _own_series(siblings):
            found.append(warn("mixed-siblings", text, plain[0].start, siblings=len(siblings), plain=len(plain)))
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
        found.append(warn("short-speech", length=speech, least=LEAST_SPEECH))
    front = next((s for s in tops if s.section_id == "s0"), None)
    opening = next((s.start for s in parsed.sections if s.section_id == "s0.1"), 0)
    ahead = max(opening, (front.end if front else 0) - opening)
    if ahead > MOST_FRONT:
        found.append(warn("large-front", parsed.text, front.start if front else 0, length=ahead))
    if headings and speech / headings > MOST_PER_HEADING:
        found.append(warn("coarse-outline", length=speech // headings))
    below = sum(s.end - s.start for s in parsed.sections if s.level == 2)
    if below and speech and below < LEAST_LEVEL_2 * speech:
        found.append(warn("thin-level-2", share=below / speech))
    return found


def _roles(parsed: ParsedText) -> list[ReportWarning]:
    """Warnings where a role was guessed or is doubtful, and where there is no review or no plan."""
    found = []
    headed = [s for s in parsed.sections if s.level]
    for section, role in zip(headed, parsed.roles, strict=False):
        name, start = section.number + section.heading, section.start
        if role.guessed:
            reason = "its wording" if role.basis == "wording" else "its place among the other sections"
            found.append(warn("role-guessed", parsed.text, start, heading=name, role=role.role, reason=reason))
        elif role.disputed:
            found.append(warn("role-disputed", parsed.text, start, heading=name, role=role.role))
    roles = {s.role for s in parsed.sections}
    if not roles & set(BODY_ROLES):
        return []
    found += [warn(code) for role, code in (("review", "no-review"), ("plan", "no-plan")) if role not in roles]
    return found + (_plan(parsed) if "plan" in roles else [])


def _plan(parsed: ParsedText) -> list[ReportWarning]:
    """Warnings about a plan that is short, or in which nothing is aimed at: most of it may have been taken for a review."""
    found = []
    speech = sum(s.end - s.start for s in parsed.sections if not s.parent_id and s.role in BODY_ROLES)
    plans = [s for s in parsed.sections if s.role == "plan"]
    within = {s.section_id for s in plans}
    share = sum(s.end - s.start for s in plans if s.parent_id not in within) / max(speech, 1)
    if share < LEAST_PLAN and any(s.role == "review" for s in parsed.sections):
        found.append(warn("thin-plan", share=share))
    if not any(_aims(sentence) for s in plans for sentence in fold(parsed.text[s.start : s.end]).split("。")):
        found.append(warn("no-targets"))
    return found


def _aims(sentence: str) -> bool:
    """Whether a sentence has a figure after a word of aim or before a word that makes a bound of it.

    The first word and the first figure decide: what follows a later one follows them, too.
    """
    return any(
        (first := begin.search(sentence)) is not None and end.search(sentence, first.end()) is not None
        for begin, end in ((_AIM, _FIGURE), (_FIGURE, _BOUND))
    )
