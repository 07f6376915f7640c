"""The counted sentences of many reports, of which only those in use are in memory."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Collection, Iterator, Sequence, Set

import pandas as pd

from emphasis.measures.shingles import Body, body
from emphasis.pieces import StoredTable

HELD = 512
"""Reports whose text is held in memory; one takes some 0.6 MB."""
_AT_ONCE = 32
"""Reports, or pairs of reports, that are read together."""


class CountedTexts:
    """Sentences in the counted parts of reports.

    Parameters
    ----------
    sentences : StoredTable
        report_id, sentence_id, section_id, text.
    outline : StoredTable
        report_id, section_id, role.
    roles : collection of str
    """

    def __init__(self, sentences: StoredTable, outline: StoredTable, roles: Collection[str]) -> None:
        self._sentences, self._outline, self._roles = sentences, outline, roles
        self._held: OrderedDict[str, Body] = OrderedDict()

    def sentences(self) -> Iterator[list[pd.DataFrame]]:
        """The counted sentences of each report, some reports at a time, in the order of the reports' ids."""
        ids = self._sentences.reports
        for start in range(0, len(ids), _AT_ONCE):
            yield self._of(ids[start : start + _AT_ONCE])

    def pairs(self, pairs: Sequence[tuple[str, str, str]]) -> Iterator[tuple[str, Body, Body]]:
        """The texts of pairs of reports, as far as both have any."""
        for start in range(0, len(pairs), _AT_ONCE):
            some = pairs[start : start + _AT_ONCE]
            self._hold({report_id for _, *both in some for report_id in both})
            for relation, one, two in some:
                first, second = self._held[one], self._held[two]
                if len(first.sentences) and len(second.sentences):
                    yield relation, first, second

    def _of(self, report_ids: Sequence[str]) -> list[pd.DataFrame]:
        """The counted sentences of some reports, in the order of their ids; those without any are empty."""
        outline = self._outline.of(report_ids)
        counted = outline.loc[outline["role"].isin(list(self._roles)), ["report_id", "section_id"]]
        own = self._sentences.of(report_ids).merge(counted, on=["report_id", "section_id"])
        rows = own.groupby("report_id", sort=False).indices
        none = own.iloc[:0]
        return [
            own.iloc[rows[report_id]].reset_index(drop=True) if report_id in rows else none
            for report_id in sorted(report_ids)
        ]

    def _hold(self, report_ids: Set[str]) -> None:
        for report_id in sorted(report_ids & self._held.keys()):
            self._held.move_to_end(report_id)
        new = sorted(report_ids - self._held.keys())
        if new:
            self._held.update({name: body(name, own) for name, own in zip(new, self._of(new), strict=True)})
        while len(self._held) > HELD:
            self._held.popitem(last=False)
