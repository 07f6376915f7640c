"""The texts of a report that are compared, the whole, its parts and its sections: what is counted of each, and what is searched."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import sparse

from emphasis.measures.counts import Counts
from emphasis.reference.search import plain_lines
from emphasis.reference.subjects import Subjects
from emphasis.sections import ancestors, section_order

WHOLE = "whole"
PARTS = {WHOLE: (), "review": ("review",), "plan": ("plan",)}
"""The parts of a report, and the roles of their passages; all counted ones of the whole."""
SECTION = "section"


@dataclass(frozen=True)
class Text:
    """A part or section of a report, and what it is compared with.

    Attributes
    ----------
    part, section_id : str
        Whole, review, plan or section; the section's id, or empty.
    roles : tuple of str
        Roles of the peers' passages; all of them if empty.
    area : str
        Their policy area; empty for all.
    n, alone : array of shape (V,)
        Occurrences of the report's terms, and those as a token of its own.
    size : int
        Words.
    """

    part: str
    section_id: str
    roles: tuple[str, ...]
    area: str
    n: np.ndarray
    alone: np.ndarray
    size: int

    @property
    def unit(self) -> str:
        """``section`` or ``part``."""
        return SECTION if self.part == SECTION else "part"


def texts_of(counts: Counts, report_id: str, subjects: Subjects) -> Iterator[Text]:
    """The parts of a report, and its sections in review and plan that have a policy area."""
    of_units = counts.units["section_id"].to_numpy(dtype=object)
    begins = np.r_[True, of_units[1:] != of_units[:-1]]
    of_unit, block_ids = np.cumsum(begins) - 1, of_units[begins].tolist()
    # The blocks of one report and all its terms: a few hundred thousand numbers.
    shape = len(block_ids), len(counts.vocabulary)
    cell = of_unit[counts.unit] * shape[1] + counts.term
    n, alone = (np.bincount(cell, values, shape[0] * shape[1]).reshape(shape) for values in (counts.n, counts.n_alone))
    words = np.bincount(of_unit, counts.sizes, len(block_ids))
    role = counts.units["role"].to_numpy(dtype=object)[begins]
    names: list[tuple[str, str, tuple[str, ...], str]] = []
    groups: list[np.ndarray] = []
    for part, roles in PARTS.items():
        inside = np.isin(role, roles) if roles else np.ones(len(role), dtype=bool)
        if inside.any():
            names.append((part, "", roles, ""))
            groups.append(inside)
    for section_id, inside in _sections(block_ids):
        area, own_role = subjects.get((report_id, section_id), ""), role[inside][0]
        of_part = role == own_role
        if area and own_role in PARTS and of_part[inside].all() and not inside[of_part].all():
            names.append((SECTION, section_id, (str(own_role),), area))
            groups.append(inside)
    inside = np.array(groups).astype("int64")
    of_groups = sparse.csr_array(inside)
    own, own_alone = ((of_groups @ values).astype("int64") for values in (n, alone))
    for row, name in enumerate(names):
        yield Text(*name, own[row], own_alone[row], int(inside[row] @ words))


def _sections(blocks: Sequence[str]) -> Iterator[tuple[str, np.ndarray]]:
    """The sections of these blocks and those that hold them, in order, and which of the blocks each holds."""
    held: dict[str, list[int]] = {}
    for place, section_id in enumerate(blocks):
        for holder in ancestors(section_id):
            held.setdefault(holder, []).append(place)
    for section_id in sorted(held, key=section_order):
        inside = np.zeros(len(blocks), dtype=bool)
        inside[held[section_id]] = True
        yield section_id, inside


def said_in_parts(sentences: pd.DataFrame, units: pd.DataFrame) -> dict[str, str]:
    """The text of the whole report, with annexes and whatever else is not counted, its review and its plan, as it is searched."""
    role_of = dict(zip(units["section_id"].tolist(), units["role"].tolist(), strict=True))
    roles = [role_of.get(section_id) for section_id in sentences["section_id"].astype("str").tolist()]
    lines = list(zip(roles, plain_lines(sentences["text"].tolist()), strict=True))
    return {
        part: "\n".join(line for role, line in lines if not of_part or role in of_part)
        for part, of_part in PARTS.items()
    }
