"""Which tokens of a report count, and which of them are keywords."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from emphasis.sections import section_order
from emphasis.store.codes import string_codes, unsorted_codes, used_codes


@dataclass(frozen=True)
class Counting:
    """The parts of a report that are counted, terms that are no keywords, and the fewest characters of a keyword."""

    roles: Collection[str]
    stopwords: Collection[str] = ()
    min_length: int = 1


@dataclass(frozen=True)
class CountedTokens:
    """The n counted tokens of one or more reports, as numbers.

    Attributes
    ----------
    blocks : DataFrame
        report_id, section_id, role; the blocks that have tokens, in the order of reports and sections.
    types : Arrow array of strings, sorted
        The distinct tokens.
    rows, block, type : array of shape (n,)
        The row of each token in the table of tokens, its place in `blocks` and in `types`.
    keyword, number : bool array of shape (n,)
    """

    blocks: pd.DataFrame
    types: pa.Array
    rows: np.ndarray
    block: np.ndarray
    type: np.ndarray
    keyword: np.ndarray
    number: np.ndarray


def select_tokens(tokens: pd.DataFrame, sections: pd.DataFrame, counting: Counting) -> CountedTokens:
    """The tokens (report_id, section_id, token, kind) in counted sections (report_id, section_id, role)."""
    report, reports = string_codes(tokens["report_id"])
    section, names = string_codes(tokens["section_id"])
    cell = report * len(names) + section
    present = np.flatnonzero(np.bincount(cell, minlength=len(reports) * len(names)))
    ids, section_ids = reports.to_pylist(), names.to_pylist()
    keys = zip(sections["report_id"], sections["section_id"], strict=True)
    roles = dict(zip(keys, sections["role"], strict=True))
    if len(roles) < len(sections):
        raise ValueError("a section is in the outline twice")
    rows = [(ids[c // len(names)], section_ids[c % len(names)]) for c in present.tolist()]
    found = [(*row, roles.get(row, "")) for row in rows]
    order = sorted(
        (i for i, (_, _, role) in enumerate(found) if role in counting.roles),
        key=lambda i: (found[i][0], section_order(found[i][1])),
    )
    block_of = np.full(len(reports) * len(names), -1)
    block_of[present[order]] = np.arange(len(order))
    block = block_of[cell]
    rows_kept = np.flatnonzero(block >= 0)
    # All words get a place first, which is faster than to put the kept ones together.
    places, every = string_codes(tokens["token"])
    type_, types = used_codes(places[rows_kept], every)
    listed = are_listed(types, counting)
    kind, kinds = unsorted_codes(tokens["kind"])
    number = np.asarray(pc.equal(kinds, "number"), dtype=bool)[kind[rows_kept]]
    blocks = pd.DataFrame([found[i] for i in order], columns=["report_id", "section_id", "role"])
    return CountedTokens(blocks, types, rows_kept, block[rows_kept], type_, listed[type_] & ~number, number)


def are_listed(terms: pa.Array, counting: Counting) -> np.ndarray:
    """Which terms are long enough for keywords and no stop words."""
    long = pc.greater_equal(pc.utf8_length(terms), counting.min_length)
    plain = pc.is_in(terms, pa.array(sorted(counting.stopwords), type=pa.string()))
    listed: np.ndarray = np.asarray(pc.and_(long, pc.invert(plain)), dtype=bool)
    return listed
