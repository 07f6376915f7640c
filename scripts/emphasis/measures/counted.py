"""The counted sentences of many reports, of which only those in use are in memory."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Collection, Iterable, Iterator

import pandas as pd

from emphasis.measures.shingles import Body, body
from emphasis.pieces import StoredTable

HELD = 512
"""Reports whose text is held in memory; one takes some 0.6 MB."""


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

    def sentences(self) -> Iterator[pd.DataFrame]:
        """The counted sentences of each report, in the order of the reports' ids."""
        return (self._of(report_id) for report_id in self._sentences.reports)

    def pairs(self, pairs: Iterable[tuple[str, str, str]]) -> Iterator[tuple[str, Body, Body]]:
        """The texts of pairs of reports, as far as both have any."""
        for relation, one, two in pairs:
            first, second = self._body(one), self._body(two)
            if len(first.sentences) and len(second.sentences):
                yield relation, first, second

    def _of(self, report_id: str) -> pd.DataFrame:
        roles = self._outline.of([report_id])
        kept = roles.loc[roles["role"].isin(list(self._roles)), "section_id"]
        own = self._sentences.of([report_id])
        return own[own["section_id"].isin(kept)].reset_index(drop=True)

    def _body(self, report_id: str) -> Body:
        if report_id not in self._held:
            self._held[report_id] = body(report_id, self._of(report_id))
        self._held.move_to_end(report_id)
        if len(self._held) > HELD:
            self._held.popitem(last=False)
        return self._held[report_id]
