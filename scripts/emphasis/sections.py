"""Section ids: paths of positions such as s2.3, front matter s0, annexes A1, A2, ..., footer F.

The letter before the first position keeps programs from taking an id for a number: as 2.10, section ten of part two would
become 2.1 in pandas, R and Excel, and be added to section one.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

_RANK = {"s": 0, "A": 1, "F": 2}
_WITHOUT_LETTER = re.compile(r"\d+(\.\d+)*")


def ancestors(section_id: str) -> list[str]:
    """A section and the sections that contain it, innermost first.

    Examples
    --------
    >>> ancestors("s2.3.1")
    ['s2.3.1', 's2.3', 's2']
    """
    parts = section_id.split(".")
    return [".".join(parts[:depth]) for depth in range(len(parts), 0, -1)]


def section_order(section_id: str) -> tuple[tuple[int, int], ...]:
    """Sort key in the order of the report: s0, s0.1, s1, s1.2, s1.10, s2, A1, F; no section comes before all."""
    if not section_id:
        return ()
    first, *below = section_id.split(".")
    return (_RANK[first[0]], int(first[1:] or 0)), *((0, int(part)) for part in below)


def section_number(section_id: str) -> str:
    """The id as names of files have it, where nothing can take it for a number.

    Examples
    --------
    >>> section_number("s2.10"), section_number("A1")
    ('2.10', 'A1')
    """
    return section_id.removeprefix("s")


def as_section_id(given: str) -> str:
    """The id that a person means who may have left out its letter.

    Examples
    --------
    >>> as_section_id("2.10"), as_section_id("s2.10"), as_section_id("A1")
    ('s2.10', 's2.10', 'A1')
    """
    return f"s{given}" if _WITHOUT_LETTER.fullmatch(given) else given


def leaf_sections(sections: pd.DataFrame) -> pd.DataFrame:
    """report_id and section_id of the sections without subsections."""
    parents = set(zip(sections["report_id"], sections["parent_id"], strict=True))
    is_leaf = [key not in parents for key in zip(sections["report_id"], sections["section_id"], strict=True)]
    return sections.loc[is_leaf, ["report_id", "section_id"]].reset_index(drop=True)
