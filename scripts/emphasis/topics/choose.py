"""The number of topics of a corpus, by what a model says of text that it has not seen."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from scipy import sparse

from emphasis.topics.documents import Corpus, grouping
from emphasis.topics.model import Method, TopicModel, fit, weigh
from emphasis.topics.project import shares

_HELD_OUT = 0.2


def curve(corpus: Corpus, grid: Sequence[int], seed: int, method: Method) -> dict[int, float]:
    """Held-out completion for each number of topics.

    A model is fitted on 80 % of the documents, drawn at random. In each of the others the word occurrences are dealt into
    two halves at random; the model's picture of the first half (its topic shares times the topics' words) is compared with
    the TF-IDF of the second by their cosine. The mean over the documents is the value; 0 for a model that knows nothing.
    Numbers of topics that the documents or words do not allow are passed over.

    Returns
    -------
    dict
        Number of topics to value, rounded to six digits.
    """
    rng = np.random.default_rng([seed, 3])
    tokens = sparse.csr_array(grouping(corpus.document, corpus.n_documents) @ corpus.counts)
    tokens = tokens[np.flatnonzero(tokens.sum(axis=1) > 1)]
    held_out = rng.random(tokens.shape[0]) < _HELD_OUT
    known, unknown = sparse.csr_array(tokens[~held_out] @ corpus.spread), tokens[held_out]
    known = known[np.diff(known.indptr) > 0]
    # A term and the words inside it stay in one half.
    first, second = [sparse.csr_array(half @ corpus.spread) for half in _halves(unknown, rng)]
    possible = [k for k in grid if k <= min(known.shape) // 2]
    models = {k: fit(known, corpus.vocabulary, k, seed, method) for k in possible if unknown.shape[0]}
    return {k: completion(model, first, second) for k, model in models.items()}


def completion(model: TopicModel, first: sparse.csr_array, second: sparse.csr_array) -> float:
    """Mean cosine of what the model makes of the first halves with the second halves."""
    picture = np.nan_to_num(shares(model, first)) @ model.components
    truth = weigh(second, model.idf, row_norm=True)
    length = np.sqrt((picture**2).sum(axis=1))
    inner = np.asarray(truth.multiply(picture).sum(axis=1)).ravel()
    return float(np.round((inner / np.where(length > 0, length, 1)).mean(), 6))


def smallest(values: dict[int, float], level: float) -> int:
    """The smallest number of topics whose value is at least `level` times the best."""
    enough = level * max(values.values())
    return min(k for k, value in values.items() if value >= enough)


def _halves(documents: sparse.csr_array, rng: np.random.Generator) -> tuple[sparse.csr_array, sparse.csr_array]:
    coo = documents.tocoo()
    times = coo.data.astype("int64")
    row, column = np.repeat(coo.row, times), np.repeat(coo.col, times)
    order = np.lexsort((rng.random(len(row)), row))
    place = pd.Series(row[order]).groupby(row[order]).cumcount().to_numpy()
    parts = []
    for half in (0, 1):
        mine = order[place % 2 == half]
        part = sparse.csr_array((np.ones(len(mine)), (row[mine], column[mine])), shape=documents.shape)
        part.sum_duplicates()
        parts.append(part)
    return parts[0], parts[1]
