"""Section ids: paths of positions such as 2.3, front matter 0, annexes A1, A2, ..., footer F."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd


def ancestors(section_id: str) -> list[str]:
    """A section and the sections that contain it, innermost first.

    Examples
    --------
    >>> ancestors("2.3.1")
    ['2.3.1', '2.3', '2']
    """
    parts = section_id.split(".")
    return [".".join(parts[:depth]) for depth in range(len(parts), 0, -1)]


def section_order(section_id: str) -> tuple[tuple[int, int], ...]:
    """Sort key in the order of the report: 0, 0.1, 1, 1.2, 1.10, 2, A1, F."""
    rank = {"A": 1, "F": 2}
    return tuple(
        (rank.get(part[:1], 0), int(part[1:] or 0) if part[:1] in rank else int(part)) for part in section_id.split(".")
    )


def leaf_sections(sections: pd.DataFrame) -> pd.DataFrame:
    """report_id and section_id of the sections without subsections."""
    parents = set(zip(sections["report_id"], sections["parent_id"], strict=True))
    is_leaf = [key not in parents for key in zip(sections["report_id"], sections["section_id"], strict=True)]
    return sections.loc[is_leaf, ["report_id", "section_id"]].reset_index(drop=True)
