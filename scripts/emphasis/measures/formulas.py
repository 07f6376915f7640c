"""Which sentences are formulas: those that several reports have in the same words."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
import pyarrow as pa

from emphasis.measures.shingles import SHINGLE

_SHORT = 2**64 - 1
"""Stands for a sentence that is too short to be a formula; larger than any hash."""

FORMULA = 3
"""Reports that must have a sentence for it to be a formula."""


class Formulas:
    """Sentences of at least eight characters, without white space and punctuation, that at least three reports have.

    Reports are added one after the other and counted when all are there. A sentence is held as a hash of 64 bits: eight bytes
    for each sentence of each report.
    """

    def __init__(self) -> None:
        self._reports: dict[str, np.ndarray] = {}
        self._found: tuple[np.ndarray, np.ndarray] | None = None

    def add(self, report_id: str, texts: Sequence[str]) -> None:
        """Add the sentences of a report, without white space and punctuation."""
        hashes = np.minimum(pd.util.hash_array(np.array(texts, dtype=object), categorize=False), _SHORT - 1)
        short = np.fromiter(map(len, texts), dtype="int64", count=len(texts)) < SHINGLE
        self._reports[report_id] = np.where(short, np.uint64(_SHORT), hashes)
        self._found = None

    def of(self, report_id: str) -> np.ndarray:
        """For each sentence of a report the number of reports that have it; 0 for one that is no formula."""
        if self._found is None:
            every, n = np.unique(np.concatenate([np.unique(own) for own in self._reports.values()]), return_counts=True)
            kept = (n >= FORMULA) & (every != _SHORT)
            # A last entry that nothing equals, so that every search ends inside.
            self._found = np.r_[every[kept], np.uint64(_SHORT)], np.r_[n[kept], 0]
        known, n_reports = self._found
        place = np.searchsorted(known, self._reports[report_id])
        return np.where(known[place] == self._reports[report_id], n_reports[place], 0)


def formulas(report_id: str, sentences: pa.Table, n_reports: np.ndarray) -> pa.Table:
    """Where formulas stand (see `Formulas`): sentences that at least three reports have in the same words, eight characters
    or longer without white space and punctuation.

    Parameters
    ----------
    report_id : str
    sentences : Arrow table
        sentence_id, section_id, text; counted sentences of the report.
    n_reports : array
        As `Formulas` gives it for the same sentences.

    Returns
    -------
    Arrow table
        report_id, sentence_id, section_id, n_reports, text.
    """
    kept = np.flatnonzero(n_reports)
    table = sentences.take(pa.array(kept))
    return table.append_column("n_reports", pa.array(n_reports[kept])).append_column(
        "report_id", pa.array([report_id] * len(kept), type=pa.string())
    )
