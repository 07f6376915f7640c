"""The terms of all reports summed up: what the lexicon and the reports themselves contributed, and what may be added."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from emphasis.segment.audit import CANDIDATE_COLUMNS, TERM_COLUMNS, TermCount, candidate_rows
from emphasis.segment.discover import Candidate, find_shared_terms
from emphasis.segment.lexicon import Lexicon, Term

_MOST = 10_000_000
"""Candidates that are counted exactly."""


def count_table(count: TermCount) -> pd.DataFrame:
    """The counts of a batch: term, kind, source, n_substring, n_token."""
    return pd.DataFrame(list(count.rows()), columns=list(TERM_COLUMNS)).drop(columns="retained")


def sum_up_terms(counts: Iterable[pd.DataFrame], lexicon: Lexicon) -> pd.DataFrame:
    """The table terms.csv from the counts of all batches."""
    together = TermCount(lexicon.terms)
    for table in counts:
        columns = (table[name].tolist() for name in ("term", "kind", "source", "n_substring", "n_token"))
        for term, kind, source, n_substring, n_token in zip(*columns, strict=True):
            together.add_counts(Term(term, kind, source), n_substring, n_token)
    return pd.DataFrame(list(together.rows()), columns=list(TERM_COLUMNS))


def sum_up_candidates(found: Iterable[pd.DataFrame], lexicon: Lexicon) -> pd.DataFrame:
    """The table term_candidates.csv from what was found in all batches."""
    candidates = [_candidates(own) for table in found for _, own in table[~table["used"]].groupby("report_id")]
    shared = dict(find_shared_terms(candidates, memory=_MOST))
    rows = candidate_rows((c for report in candidates for c in report), lexicon, shared)
    return pd.DataFrame(list(rows), columns=list(CANDIDATE_COLUMNS))


def _candidates(found: pd.DataFrame) -> list[Candidate]:
    columns = (found[name].tolist() for name in ("term", "n", "evidence", "score"))
    return [
        Candidate(term, n, tuple(evidence.split("+")), score, False)
        for term, n, evidence, score in zip(*columns, strict=True)
    ]
