"""The terms of all reports summed up: what the lexicon and the reports themselves contributed, and what may be added."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from emphasis.segment.audit import CANDIDATE_COLUMNS, TERM_COLUMNS, TermCount, candidate_rows
from emphasis.segment.discover import Candidate, find_shared_terms
from emphasis.segment.lexicon import Lexicon, Term, clean

Batch = tuple[pd.DataFrame, ...]


def sum_up_terms(batches: Iterable[Batch], lexicon: Lexicon) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The tables terms.csv and term_candidates.csv.

    Parameters
    ----------
    batches : iterable of (sentences, tokens, found_terms)
        As in the tables of these names, for each batch of reports; read one at a time.
    lexicon : Lexicon
    """
    count = TermCount(lexicon.terms)
    candidates: list[list[Candidate]] = []
    for sentences, tokens, found in batches:
        texts = dict(list(sentences.groupby("report_id")["text"]))
        words = dict(list(tokens.groupby("report_id")["token"]))
        terms = dict(list(found.groupby("report_id")))
        for report_id, text in texts.items():
            own = terms.get(report_id, found.head(0))
            used = own[own["used"]]
            more = [Term(*row) for row in zip(used["term"], ["report"] * len(used), used["evidence"], strict=True)]
            count.add(map(clean, text), words.get(report_id, ()), more)
            candidates.append(_candidates(own[~own["used"]]))
    shared = dict(find_shared_terms(candidates))
    rows = candidate_rows((c for report in candidates for c in report), lexicon, shared)
    return (
        pd.DataFrame(list(count.rows()), columns=list(TERM_COLUMNS)),
        pd.DataFrame(list(rows), columns=list(CANDIDATE_COLUMNS)),
    )


def _candidates(found: pd.DataFrame) -> list[Candidate]:
    columns = (found[name].tolist() for name in ("term", "n", "evidence", "score"))
    return [
        Candidate(term, n, tuple(evidence.split("+")), score, False)
        for term, n, evidence, score in zip(*columns, strict=True)
    ]
