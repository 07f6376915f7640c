"""Models and what is known of them as tables."""

from __future__ import annotations

import numpy as np
import pandas as pd

from emphasis.topics.believe import KEPT, NOISE, Finding
from emphasis.topics.fitting import Fitted
from emphasis.topics.model import Method, TopicModel

TOO_LITTLE = "too little text"
_FIT_COLUMNS = ["model", "topic", "measure", "k", "value", "null_low", "null_high", "verdict"]


def model_rows(name: str, model: TopicModel) -> pd.DataFrame:
    """A model as rows: model, method, prior, topic, term, idf, weight; weights of zero are left out."""
    topic, word = np.nonzero(model.components)
    return pd.DataFrame(
        {
            "model": name,
            "method": model.method.name,
            "prior": model.method.doc_topic_prior,
            "topic": topic + 1,
            "term": model.vocabulary[word],
            "idf": model.idf[word],
            "weight": model.components[topic, word],
        }
    )


def models_of(rows: pd.DataFrame) -> dict[str, TopicModel]:
    """The models that `model_rows` wrote, by name."""
    found = {}
    for name, own in rows.groupby("model", sort=True):
        words = own.drop_duplicates("term").sort_values("term")
        vocabulary = words["term"].to_numpy(dtype=object)
        components = np.zeros((int(own["topic"].max()), len(vocabulary)))
        column = pd.Index(vocabulary).get_indexer(pd.Index(own["term"].to_numpy(dtype=object)))
        components[own["topic"].to_numpy(dtype="int64") - 1, column] = own["weight"]
        method = Method(str(own["method"].iloc[0]), doc_topic_prior=float(own["prior"].iloc[0]))
        found[str(name)] = TopicModel(method, vocabulary, words["idf"].to_numpy(), components)
    return found


def fit_rows(fitted: Fitted) -> pd.DataFrame:
    """What is known of a model as rows; topic 0 is the model as a whole."""
    name, k = fitted.name, fitted.model.k if fitted.model else 0
    size = TOO_LITTLE if fitted.belief is None else "enough"
    rows: list[tuple[object, ...]] = [
        (name, 0, "n_documents", k, fitted.n_documents, None, None, size),
        (name, 0, "n_words", k, fitted.n_words, None, None, size),
    ]
    rows += [
        (name, 0, "k_curve", tried, value, None, None, "chosen" if tried == k else "tried")
        for tried, value in (fitted.values or {}).items()
    ]
    belief = fitted.belief
    if belief is None:
        rows.append((name, 0, "model", k, None, None, None, TOO_LITTLE))
        return pd.DataFrame(rows, columns=_FIT_COLUMNS)
    for measure, finding in (("stability_jaccard", belief.stability), ("coherence_npmi", belief.coherence)):
        rows += _finding_rows(name, k, measure, finding)
    kept = belief.verdicts.count(KEPT) / k
    rows.append((name, 0, "model", k, round(kept, 6), None, None, belief.verdict))
    rows += [(name, t, "topic", k, None, None, None, verdict) for t, verdict in enumerate(belief.verdicts, start=1)]
    return pd.DataFrame(rows, columns=_FIT_COLUMNS)


def _finding_rows(name: str, k: int, measure: str, finding: Finding) -> list[tuple[object, ...]]:
    values = [(0, finding.mean, finding.mean_band)]
    values += [(t, float(value), finding.band) for t, value in enumerate(finding.topics, start=1)]
    return [
        (name, topic, measure, k, value, low, high, "better than noise" if value > high else NOISE)
        for topic, value, (low, high) in values
    ]
