"""Topic shares of texts under a model that is already there."""

from __future__ import annotations

import numpy as np
from scipy import sparse
from scipy.optimize import nnls

from emphasis.topics.model import TopicModel, weigh

_DIGITS = 6
_ROUNDS = 100


def shares(model: TopicModel, counts: sparse.csr_array) -> np.ndarray:
    """Topic shares of texts, shape (rows of `counts`, K).

    NMF: the weights w >= 0 with the least ``|x - w H|`` for a text's TF-IDF x, where the rows of H sum to 1, divided by
    their sum: exact non-negative least squares (Lawson & Hanson 1974, the book that the R package nnls names; not read).
    A share is the part of the text's explained weight that a topic accounts for.

    LDA: the topic mixture with the highest posterior given the topics' words (expectation maximisation, 100 rounds).

    Rows sum to 1; a text without any word of the model's topics has a row of missing values.
    """
    out = np.full((counts.shape[0], model.k), np.nan)
    filled = np.flatnonzero(np.diff(counts.indptr) > 0)
    if not len(filled):
        return out
    own = sparse.csr_array(counts)[filled]
    weights = _mixtures(model, own) if model.method.name == "lda" else _least_squares(model, own)
    sums = weights.sum(axis=1)
    some = sums > 0
    out[filled[some]] = np.round(weights[some] / sums[some, None], _DIGITS)
    return out


def _least_squares(model: TopicModel, counts: sparse.csr_array) -> np.ndarray:
    components = model.components
    # |x - wH|^2 differs from |R'b - R w|^2 by a constant when R'R = HH': K equations instead of V.
    gram = components @ components.T
    root = np.linalg.cholesky(gram + 1e-12 * np.trace(gram) / len(gram) * np.eye(len(gram))).T
    right = np.linalg.solve(root.T, (weigh(counts, model.idf, False) @ components.T).T).T
    return np.array([nnls(root, row)[0] for row in right])


def _mixtures(model: TopicModel, counts: sparse.csr_array) -> np.ndarray:
    words = counts.tocoo()
    likelihood = model.components[:, words.col].T + 1e-12
    texts = sparse.csr_array((words.data, (words.row, np.arange(len(words.data)))), shape=(counts.shape[0], words.nnz))
    mixture = np.full((counts.shape[0], model.k), 1 / model.k)
    for _ in range(_ROUNDS):
        belief = mixture[words.row] * likelihood
        mixture = texts @ (belief / belief.sum(axis=1, keepdims=True)) + model.method.doc_topic_prior
        mixture /= mixture.sum(axis=1, keepdims=True)
    return mixture
