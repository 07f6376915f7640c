"""Topic models: fitting by non-negative matrix factorisation or latent Dirichlet allocation, and projecting texts on them."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import cache
from operator import itemgetter
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np
from scipy import sparse

from emphasis.topics.least_squares import gram_matrix, nonnegative_weights

if TYPE_CHECKING:
    from threadpoolctl import ThreadpoolController

ROUNDS = 200
"""Rounds of the factorisation that is kept."""

_TRIAL, _GO_ON = 50, 3
"""Rounds after which the best of several starts are chosen, and how many of them go on. On seven sets of real reports the start that was
best of ten after 200 rounds was always among the two best after 50."""

_EM_ROUNDS = 100
_DIGITS = 6
"""Models are rounded to so many digits; beyond them, results differ between processors."""

_Input = TypeVar("_Input")
_Result = TypeVar("_Result")


@dataclass(frozen=True)
class Method:
    """How a model is fitted; see the configuration's `topics`."""

    name: str = "nmf"  # or lda
    row_norm: bool = False  # NMF: whether each document's weights have Euclidean length 1
    doc_topic_prior: float = 0.1  # LDA: parameters of the symmetric Dirichlet priors
    topic_word_prior: float = 0.01
    max_iter: int = 50  # LDA: passes over the documents


@dataclass(frozen=True)
class TopicModel:
    """A fitted model. If it was fitted here, the topic with the most weight in the documents comes first."""

    method: Method
    vocabulary: np.ndarray  # (V,) of str, sorted
    idf: np.ndarray  # (V,)
    components: np.ndarray  # (K, V): weight of each word in each topic; each row sums to 1

    @property
    def k(self) -> int:
        """Number of topics."""
        return len(self.components)


def one_blas_thread() -> AbstractContextManager[Any]:
    """Within it, linear algebra runs in one thread, so that sums are added in one order."""
    limited: AbstractContextManager[Any] = _blas().limit(limits=1)
    return limited


# To find the libraries takes longer than many a fit.
@cache
def _blas() -> ThreadpoolController:
    import sklearn.decomposition  # noqa: F401, PLC0415  libraries are found when they are loaded
    from threadpoolctl import ThreadpoolController  # noqa: PLC0415

    return ThreadpoolController()


def map_threads(task: Callable[[_Input], _Result], inputs: Iterable[_Input], threads: int) -> list[_Result]:
    """The task's result for each input, in their order, whatever the number of threads.

    Call it within `one_blas_thread`: threads that each limited linear algebra would give back to the others what they found.
    """
    if threads == 1:
        return [task(one) for one in inputs]
    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(task, inputs))


def inverse_df(documents: sparse.csr_array) -> np.ndarray:
    """Smooth inverse document frequency ``ln((1 + D) / (1 + df)) + 1`` of each word, rounded."""
    df = np.bincount(documents.indices, minlength=documents.shape[1])
    return np.asarray(np.round(np.log((1 + documents.shape[0]) / (1 + df)) + 1, _DIGITS))


def weigh(counts: sparse.csr_array, idf: np.ndarray, row_norm: bool = False) -> sparse.csr_array:
    """TF-IDF with ``(1 + ln n) * idf``, each row divided by its Euclidean length if `row_norm`."""
    weights = sparse.csr_array(counts, dtype="float64", copy=True)
    weights.data = (1 + np.log(weights.data)) * idf[weights.indices]
    if row_norm:
        length = np.sqrt(weights.multiply(weights).sum(axis=1))
        weights = sparse.csr_array(weights.multiply((1 / np.where(length > 0, length, 1))[:, None]))
    return sparse.csr_array(weights)


def fit(
    documents: sparse.csr_array,
    vocabulary: np.ndarray,
    k: int,
    seed: int,
    method: Method,
    *,
    starts: int = 1,
    rounds: int = ROUNDS,
    threads: int = 1,
) -> TopicModel:
    """Factorise documents into k topics.

    NMF: X = W H with X the TF-IDF of the documents ((1 + ln n) times smooth IDF; rows of Euclidean length 1 with
    `row_norm`), W and H >= 0, least squares (Lee & Seung 1999), `rounds` of coordinate descent from the NNDSVD start
    (Boutsidis & Gallopoulos 2008; scikit-learn and the R package NMF cite both; papers not read), as implemented in
    scikit-learn. The descent ends in one of several near-equal optima: with more `starts`, random ones are tried as
    well as NNDSVD, the three with the smallest errors after 50 rounds go on, and of these the one with the smallest error is
    taken. One BLAS thread, rounded to 6 digits.

    LDA: variational Bayes with the given priors on word counts (Hoffman, Blei & Bach 2010, as scikit-learn and gensim name it;
    not read), as implemented in scikit-learn, one process.

    The rows of H, divided by their sums, are the topics' words; topics are sorted by their weight in the documents.

    Parameters
    ----------
    documents : sparse array of shape (D, V)
        Word counts; D and V at least k.
    vocabulary : array of str, shape (V,)
    k : int
    seed : int
    method : Method
    starts, rounds : int
        Of NMF.
    threads : int
        Starts that descend at a time; the model is the same.
    """
    from sklearn.decomposition import LatentDirichletAllocation  # noqa: PLC0415  two seconds

    idf = inverse_df(documents)
    with one_blas_thread(), warnings.catch_warnings():
        # So many rounds are the definition, not an attempt to converge.
        warnings.simplefilter("ignore")
        if method.name == "lda":
            priors = {"doc_topic_prior": method.doc_topic_prior, "topic_word_prior": method.topic_word_prior}
            lda = LatentDirichletAllocation(k, **priors, max_iter=method.max_iter, random_state=seed, n_jobs=1)
            shares, components = lda.fit_transform(documents), lda.components_
            mass = documents.sum(axis=1) @ shares
        else:
            target = weigh(documents, idf, method.row_norm)
            # The factorisation sorts what is unsorted in place, which starts that share it would do at a time.
            target.sum_duplicates()
            weights, components = _factorise(target, k, seed, starts, rounds, threads)
            mass = weights.sum(axis=0) * components.sum(axis=1)
    order = np.argsort(-np.round(mass, _DIGITS), kind="stable")
    return TopicModel(method, vocabulary, idf, normalise_rows(components[order]))


def _factorise(
    target: sparse.csr_array, k: int, seed: int, starts: int, rounds: int, threads: int
) -> tuple[np.ndarray, np.ndarray]:
    """W of shape (D, K) and H of shape (K, V) after so many rounds, from the best of some starts."""
    from sklearn.decomposition import NMF  # noqa: PLC0415  two seconds

    def descend(rounds: int, init: str, state: int, **begin: np.ndarray) -> tuple[float, np.ndarray, np.ndarray]:
        nmf = NMF(k, init=init, solver="cd", tol=0.0, max_iter=rounds, random_state=state % 2**32)
        weights = nmf.fit_transform(target, **begin)
        # Rounded, so that of nearly equal errors every processor takes the same, the first.
        return round(nmf.reconstruction_err_, 4), weights, nmf.components_

    first = rounds if starts == 1 else min(rounds, _TRIAL)

    def begin(start: int) -> tuple[float, np.ndarray, np.ndarray]:
        return descend(first, "random" if start else "nndsvd", seed + start)

    def go_on(known: tuple[float, np.ndarray, np.ndarray]) -> tuple[float, np.ndarray, np.ndarray]:
        return descend(rounds - first, "custom", seed, W=known[1], H=known[2])

    tried = map_threads(begin, range(starts), threads)
    if first < rounds:
        tried = map_threads(go_on, sorted(tried, key=itemgetter(0))[:_GO_ON], threads)
    _, weights, components = min(tried, key=itemgetter(0))
    return weights, components


def normalise_rows(components: np.ndarray) -> np.ndarray:
    """Rows divided by their sums and rounded; a row of zeros stays a row of zeros."""
    sums = components.sum(axis=1, keepdims=True)
    return np.round(components / np.where(sums > 0, sums, 1), _DIGITS)


def top_words(components: np.ndarray, vocabulary: np.ndarray, n: int) -> list[list[int]]:
    """Indices of the n heaviest words of each topic, heaviest first; ties in the order of the vocabulary.

    Of words that contain one another (科技, 科技创新) only the heaviest is listed: they co-occur by definition.
    Words without weight are left out.
    """
    return [_distinct(row, vocabulary, n) for row in components]


def _distinct(weights: np.ndarray, vocabulary: np.ndarray, n: int) -> list[int]:
    chosen: list[int] = []
    for index in np.argsort(-weights, kind="stable"):
        if len(chosen) == n or weights[index] <= 0:
            break
        word = vocabulary[index]
        if not any(word in vocabulary[other] or vocabulary[other] in word for other in chosen):
            chosen.append(int(index))
    return chosen


def shares(model: TopicModel, counts: sparse.csr_array) -> np.ndarray:
    """Topic shares of texts, shape (rows of `counts`, K).

    NMF: the weights w >= 0 that minimise ``|x - w H|`` for a text's TF-IDF x, where the rows of H sum to 1, divided by
    their sum: exact non-negative least squares (see `emphasis.topics.least_squares`).
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
    """Non-negative weights of the topics in each text."""
    right = weigh(counts, model.idf, False) @ model.components.T
    return nonnegative_weights(gram_matrix(model.components), np.asarray(right))


def _mixtures(model: TopicModel, counts: sparse.csr_array) -> np.ndarray:
    """Expectation maximisation of each text's mixture, the topics' words held fixed."""
    words = counts.tocoo()
    likelihood = model.components[:, words.col].T + 1e-12
    texts = sparse.csr_array((words.data, (words.row, np.arange(len(words.data)))), shape=(counts.shape[0], words.nnz))
    mixture = np.full((counts.shape[0], model.k), 1 / model.k)
    for _ in range(_EM_ROUNDS):
        joint = mixture[words.row] * likelihood
        mixture = texts @ (joint / joint.sum(axis=1, keepdims=True)) + model.method.doc_topic_prior
        mixture /= mixture.sum(axis=1, keepdims=True)
    return mixture
