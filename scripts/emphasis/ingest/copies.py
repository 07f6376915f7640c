"""Files that hold more than one speech: several reports one after the other, or one report twice.

Counted together, they would make one report of twice the length. The second copy of a text is set aside; several reports
are refused, because nothing says which of them the file's name means.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from emphasis.ingest.body import OPENING, SALUTATION, TITLE
from emphasis.ingest.paragraphs import Paragraph, find_marker

_REPORTS = re.compile(r"报告.{0,8}工作|作.{0,10}报告|向(?:大会|本次)|的报告|予?以?审议")
_THANKS = re.compile(r"感谢|致以|敬意|祝贺|慰问")
LEAST_APART = 3_000
"""Characters between the openings of two reports at least; the speech of a county has about 5,000."""
_NEAR = 12
"""Paragraphs before an opening in which its title is looked for."""
_HEAD = 4
"""Paragraphs after a title in which the salutation follows."""

LEAST_COMPARED = 30
"""Visible characters of the paragraphs that are compared; shorter ones (各位代表！) come again in any speech."""
LEAST_REPEATED = 5
"""Such paragraphs that come again, at least, in a text that a file holds twice."""
LEAST_SHARE = 0.8
"""Share of such paragraphs from the first that comes again on, that do, in a second copy."""


class Copies(NamedTuple):
    """What a file holds besides its first report."""

    titles: tuple[str, ...] = ()  # of all its reports, where there are several
    second_copy: int | None = None  # the paragraph at which the text begins again
    interleaved: int = 0  # paragraphs that come twice, where that is no second copy but each paragraph twice


def find_copies(paragraphs: Sequence[Paragraph]) -> Copies:
    r"""Whether a file holds its text twice, or several reports.

    Examples
    --------
    >>> from emphasis.ingest.paragraphs import split_paragraphs
    >>> text = "政府工作报告\n" + "\n".join(f"{n}、" + "坚持稳中求进工作总基调，" * 4 for n in "一二三四五六")
    >>> find_copies(split_paragraphs(text + "\n" + text)).second_copy
    7
    """
    repeated = _repeated(paragraphs)
    if len(repeated) >= LEAST_REPEATED:
        return _copies_of(paragraphs, repeated)
    openings = _openings(paragraphs)
    return Copies(tuple(_title(paragraphs, i) for i in openings)) if len(openings) > 1 else Copies()


def _repeated(paragraphs: Sequence[Paragraph]) -> list[int]:
    """The second places of the longer paragraphs that stand twice."""
    places: dict[tuple[str, str], list[int]] = {}
    for i, paragraph in enumerate(paragraphs):
        if len(paragraph.key) >= LEAST_COMPARED:
            places.setdefault((paragraph.key, paragraph.tail), []).append(i)
    return sorted(found[1] for found in places.values() if len(found) == 2)


def _copies_of(paragraphs: Sequence[Paragraph], repeated: Sequence[int]) -> Copies:
    """A second copy where most of what follows comes again; else, paragraphs of which each stands twice."""
    first = repeated[0]
    compared = [i for i in range(first, len(paragraphs)) if len(paragraphs[i].key) >= LEAST_COMPARED]
    before = sum(len(p.key) >= LEAST_COMPARED for p in paragraphs[:first])
    if before >= LEAST_REPEATED and len(repeated) >= LEAST_SHARE * len(compared):
        keys = {p.key for p in paragraphs[: first - 1]}
        # A title and a salutation above it belong to the second copy too.
        while len(paragraphs[first - 1].key) < LEAST_COMPARED and paragraphs[first - 1].key in keys:
            first -= 1
            keys = {p.key for p in paragraphs[: first - 1]}
        return Copies(second_copy=first)
    return (
        Copies(interleaved=len(repeated)) if 2 * len(repeated) >= LEAST_SHARE * (len(compared) + before) else Copies()
    )


def _openings(paragraphs: Sequence[Paragraph]) -> list[int]:
    """Where reports begin: the formula 我代表…向大会报告工作, or a title with a salutation below it."""
    found: list[int] = []
    for i, paragraph in enumerate(paragraphs):
        if _begins(paragraphs, i) and (not found or paragraph.start - paragraphs[found[-1]].start >= LEAST_APART):
            found.append(i)
    return found


def _begins(paragraphs: Sequence[Paragraph], i: int) -> bool:
    key = paragraphs[i].key
    if OPENING.match(key):
        return _REPORTS.search(key) is not None and _THANKS.search(key) is None
    if not (paragraphs[i].is_short and TITLE.match(key.strip("—-《》*# "))):
        return False
    return any(SALUTATION.fullmatch(p.key) for p in paragraphs[i + 1 : i + 1 + _HEAD])


def _title(paragraphs: Sequence[Paragraph], i: int) -> str:
    """The title above an opening, with the line below it, which has the date; else how the report begins, and its first heading."""
    for j in range(i, max(-1, i - _NEAR), -1):
        if TITLE.match(paragraphs[j].key.strip("—-《》*# ")):
            below = paragraphs[j + 1].key if j + 1 < len(paragraphs) else ""
            return f"{paragraphs[j].key} {below}"[:60].strip()
    heading = next((p.key for p in paragraphs[i + 1 : i + _NEAR] if find_marker(p.key)), "")
    return f"{paragraphs[i].key[:20]}… {heading[:30]}".strip()
