"""What the pages of a printed report leave in a text that was copied from them: page numbers, and running heads beside these.

They stand between the lines of a paragraph as often as not, so that it would fall in two, and its last line would look like a
heading. Numbers of pages rise by one from each to the next, and there is a page of text between them: that tells them from the
numbers of a list, which stand on lines of their own in texts copied from a page of the web.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import accumulate, pairwise
from statistics import median
from typing import NamedTuple

from emphasis.ingest.catalogue import warn
from emphasis.ingest.paragraphs import key_of
from emphasis.ingest.records import ReportWarning
from emphasis.text import SPACES, visible

_LINE = re.compile(r"[^\r\n\f]*(?:\r\n|[\r\n\f]|$)")
_DIGITS = re.compile(r"\d+")
_DASHES = "-—–―_·.~"
_NUMBER = re.compile(
    rf"[{_DASHES}]{{0,6}}(?:第)?(\d{{1,3}})页?(?:[/,]?(?:共|of)?\d{{1,3}}页?)?[{_DASHES}]{{0,6}}$"
    r"|(?:page|p\.)(\d{1,3})(?:(?:of|/)\d{1,3})?$",
    re.IGNORECASE,
)
"""The key of a line with the number of a page: 12, - 12 -, 第12页, 第12页 共30页, 12/30."""
_LONGEST = 24
"""Visible characters of such a line."""
_LEAST_PAGES = 3
_MOST_AHEAD = 2
"""By how much a number is greater than the one before it; a page may have lost its own."""
_LEAST_TEXT, _USUAL_TEXT = 100, 250
"""Visible characters between two numbers at least, and in the middle of all of them; a printed page has some hundreds."""
_LONGEST_HEAD = 40
"""Visible characters of a running head."""
_ENDS_SENTENCE = re.compile(r"[。！？!?；;：:][”’」』）)]*$")


class _Line(NamedTuple):
    start: int
    end: int  # behind its line end
    key: str


def drop_page_marks(text: str) -> tuple[str, tuple[ReportWarning, ...]]:
    r"""The text without the lines that number its pages and the running heads beside them, and a note of how many there were.

    A page that ends within a sentence is joined to the next without a blank line.

    Examples
    --------
    >>> page = "全市上下坚持稳中求进，各项工作\n扎实推进，成效明显，" * 12
    >>> text, notes = drop_page_marks("\n".join(f"{page}\n\n— {n} —\n" for n in (1, 2, 3)))
    >>> "—" in text, notes[0].code
    (False, 'page-marks')
    """
    lines = [
        _Line(match.start(), match.end(), key_of(match.group())[: 2 * _LONGEST_HEAD])
        for match in _LINE.finditer(text)
        if match.group()
    ]
    numbers = _page_numbers(lines, [0, *accumulate(len(visible(text[line.start : line.end])) for line in lines)])
    if not numbers:
        return text, ()
    dropped = {*numbers, *_running_heads(lines, numbers)}
    kept: list[str] = []
    at = 0
    while at < len(lines):
        stop = at
        while stop < len(lines) and (stop in dropped or not lines[stop].key):
            stop += 1
        if stop > at and any(i in dropped for i in range(at, stop)):
            before = next((part for part in reversed(kept) if part.strip(SPACES)), "").rstrip(SPACES)
            blank = any(not lines[i].key for i in range(at, stop)) and _ENDS_SENTENCE.search(before)
            kept.append("\n" if blank else "")
            at = stop
        else:
            kept.append(text[lines[at].start : lines[at].end])
            at += 1
    return "".join(kept), (warn("page-marks", count=len(dropped), example=lines[numbers[0]].key),)


def _page_numbers(lines: Sequence[_Line], seen: Sequence[int]) -> list[int]:
    """The indices of lines that number pages, all of one form; none if their numbers do not rise as those of pages do.

    `seen` are the visible characters before each line.
    """
    forms: dict[str, list[tuple[int, int]]] = {}
    for i, line in enumerate(lines):
        if not 0 < len(line.key) <= _LONGEST or not (match := _NUMBER.fullmatch(line.key)):
            continue
        number = int(match.group(1) or match.group(2))
        found = forms.setdefault(_form_of(line.key), [])
        if not found or (number == 1 and len(found) < _LEAST_PAGES):
            found[:] = [(i, number)]
        elif 0 < number - found[-1][1] <= _MOST_AHEAD and seen[i] - seen[found[-1][0] + 1] >= _LEAST_TEXT:
            found.append((i, number))
    likely = max(forms.values(), key=len, default=[])
    if len(likely) < _LEAST_PAGES:
        return []
    usual = median(seen[b] - seen[a + 1] for (a, _), (b, _) in pairwise(likely))
    return [i for i, _ in likely] if usual >= _USUAL_TEXT else []


def _form_of(key: str) -> str:
    """How a number is printed: its dashes may be on one side, the other on the next page."""
    bare = key.strip(_DASHES)
    return "-" * (bare != key) + _DIGITS.sub("0", bare)


def _running_heads(lines: Sequence[_Line], numbers: Sequence[int]) -> list[int]:
    """The indices of lines right above or below the number of a page that are there on most of the pages."""
    near = [i for number in numbers for i in (_beside(lines, number, -1), _beside(lines, number, 1)) if i is not None]
    often = Counter(lines[i].key for i in near)
    least = max(_LEAST_PAGES, (len(numbers) + 1) // 2)
    return [
        i
        for i in near
        if often[lines[i].key] >= least and len(lines[i].key) <= _LONGEST_HEAD and lines[i].key[-1] not in "。;!?"
    ]


def _beside(lines: Sequence[_Line], at: int, step: int) -> int | None:
    """The nearest line with text before or after another."""
    at += step
    while 0 <= at < len(lines):
        if lines[at].key:
            return at
        at += step
    return None
