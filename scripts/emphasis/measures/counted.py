"""The counted sentences of many reports, of which only those in use are in memory."""

from __future__ import annotations

from collections.abc import Collection, Iterator

import pyarrow as pa
import pyarrow.compute as pc

from emphasis.pieces import StoredTable, some_at_a_time

SENTENCES = pa.schema([(name, pa.string()) for name in ("sentence_id", "section_id", "text")])
"""What is known of a report's counted sentences."""


def counted_sentences(
    sentences: StoredTable, outline: StoredTable, roles: Collection[str]
) -> Iterator[tuple[str, pa.Table]]:
    """Each report that has sentences in its counted parts, in the order of the ids, with these sentences.

    Parameters
    ----------
    sentences : StoredTable
        report_id, sentence_id, section_id, text.
    outline : StoredTable
        report_id, section_id, role.
    roles : collection of str

    Yields
    ------
    str
    Arrow table
        The columns of `SENTENCES`.
    """
    wanted = pa.array(sorted(roles), type=pa.string())
    for some in some_at_a_time(sentences.reports):
        parts = outline.arrow(some)
        parts = parts.filter(pc.is_in(parts["role"], value_set=wanted))
        own = sentences.arrow(some)
        own = own.filter(pc.is_in(_place(own), value_set=_place(parts)))
        at = 0
        for count in pc.value_counts(own["report_id"]).to_pylist():
            yield count["values"], own.slice(at, count["counts"]).select(SENTENCES.names)
            at += count["counts"]


def _place(table: pa.Table) -> pa.ChunkedArray:
    return pc.binary_join_element_wise(table["report_id"], table["section_id"], "\n")
