"""What goes with a reference basis when it is made."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import pandas as pd

from emphasis.topics.basis import FORMULA, POLICY
from emphasis.topics.batch import batch_tables
from emphasis.topics.documents import Reading, build_corpus
from emphasis.topics.fitting import Fitted, Fitting
from emphasis.topics.scoring import best
from emphasis.topics.summary import FORMULA_MASS, labels, mass

_NOT_READ = (
    "found by rule, not read yet: read the words and passages of each topic, then correct labels.tsv and this line"
)


def described(
    fitted: Fitted, batches: Iterable[Sequence[pd.DataFrame]], reading: Reading
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Labels and passages of a basis, from the reports that it was fitted on.

    Parameters
    ----------
    batches : iterable of (tokens, sentences, outline)

    Returns
    -------
    labels : DataFrame
        topic, label, kind.
    passages : DataFrame
        As in topic_passages.
    """
    if fitted.model is None:
        return pd.DataFrame(), pd.DataFrame()
    parts, evidence = [], []
    for tokens, sentences, outline in batches:
        corpus = build_corpus(tokens, sentences, outline, reading)
        tables = batch_tables(corpus, {"basis": fitted.model}, sentences, outline, 2, 0)
        parts.append(tables.topic_parts)
        evidence.append(tables.topic_evidence)
    found = best(pd.concat(evidence, ignore_index=True))
    untitled = mass(pd.concat(parts, ignore_index=True)).set_index("topic")["untitled"]
    topics = range(1, fitted.model.k + 1)
    kinds = [FORMULA if untitled.get(topic, 0) >= FORMULA_MASS else POLICY for topic in topics]
    named = pd.DataFrame({"topic": topics, "label": labels("basis", fitted.model, found), "kind": kinds})
    passages = found[found["kind"] == "passage"].rename(columns={"place": "sentence_id"})
    passages["rank"] = passages.groupby("topic").cumcount() + 1
    return named, passages[["model", "topic", "rank", "report_id", "sentence_id", "text"]]


def provenance(reports: pd.DataFrame, fitted: Fitted, fitting: Fitting, seed: int) -> dict[str, Any]:
    """Which reports a basis was fitted on, and how."""
    return {
        "labels": _NOT_READ,
        "topics": fitted.model.k if fitted.model else 0,
        "paragraphs": fitted.n_documents,
        "words": fitted.n_words,
        "method": "non-negative matrix factorisation of TF-IDF; see topics/model.py",
        "row_norm": fitting.method.row_norm,
        "min_df": fitting.min_df,
        "refits": fitting.draws.refits,
        "shuffles": fitting.draws.shuffles,
        "seed": seed,
        "reports": [
            {"report": row.report_id, "title": row.title, "sha256": row.sha256}
            for row in reports.sort_values("report_id").itertuples()
        ],
    }
