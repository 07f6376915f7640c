"""Topics by non-negative matrix factorisation."""

from __future__ import annotations

import warnings
from dataclasses import dataclass

import numpy as np
from scipy import sparse
from sklearn.decomposition import NMF
from sklearn.exceptions import ConvergenceWarning
from sklearn.feature_extraction.text import TfidfTransformer
from threadpoolctl import threadpool_limits

_DIGITS = 6
"""Models are rounded to so many digits: beyond them, results differ between processors."""


@dataclass(frozen=True)
class TopicModel:
    """A fitted model.

    Attributes
    ----------
    components : array of shape (K, V)
        Weight of each word in each topic, each row summing to 1, the topic with most weight in the documents first.
    """

    components: np.ndarray
    _nmf: NMF
    _tfidf: TfidfTransformer
    _order: np.ndarray

    @property
    def k(self) -> int:
        """Number of topics."""
        return len(self.components)

    def shares(self, counts: sparse.csr_array) -> np.ndarray:
        """Topic shares of texts, shape (rows of `counts`, K).

        Rows sum to 1; a text without any word of the model has a row of missing values.
        """
        with threadpool_limits(1), warnings.catch_warnings():
            warnings.simplefilter("ignore", ConvergenceWarning)
            weights = self._nmf.transform(self._tfidf.transform(counts))[:, self._order]
        return _normed(weights)


def fit(documents: sparse.csr_array, k: int, seed: int) -> TopicModel:
    """Factorise documents into k topics.

    X = W H with X the TF-IDF of the documents (1 + ln n, smooth IDF, rows of Euclidean length 1), W and H >= 0, least
    squares, coordinate descent from the NNDSVD start (Lee & Seung 1999; Cichocki & Phan 2009; Boutsidis & Gallopoulos
    2008; references from memory, not checked), as implemented in scikit-learn. One BLAS thread, rounded to 6 digits.

    Parameters
    ----------
    documents : sparse array of shape (D, V)
        Word counts; D > k and V > k.
    k : int
    seed : int
    """
    tfidf = TfidfTransformer(sublinear_tf=True)
    nmf = NMF(n_components=k, init="nndsvd", solver="cd", tol=0.0, max_iter=200, random_state=seed)
    with threadpool_limits(1), warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        weights = nmf.fit_transform(tfidf.fit_transform(documents))
    mass = np.round(weights.sum(axis=0) * nmf.components_.sum(axis=1), _DIGITS)
    order = np.argsort(-mass, kind="stable")
    return TopicModel(np.nan_to_num(_normed(nmf.components_[order])), nmf, tfidf, order)


def _normed(weights: np.ndarray) -> np.ndarray:
    """Rows divided by their sums and rounded; rows of zeros become missing."""
    sums = weights.sum(axis=1, keepdims=True)
    shares = np.full_like(weights, np.nan)
    np.divide(weights, sums, out=shares, where=sums > 0)
    return np.round(shares, _DIGITS)


def top_words(components: np.ndarray, n: int) -> np.ndarray:
    """Indices of the n heaviest words of each topic, heaviest first, of equal ones the first in the vocabulary."""
    return np.argsort(-components, axis=1, kind="stable")[:, :n]
