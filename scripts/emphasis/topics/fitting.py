"""From a corpus to a model with all that is known of it."""

from __future__ import annotations

import hashlib
import math
import warnings
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from scipy import sparse

from emphasis.topics.corpus import Corpus, stack
from emphasis.topics.model import Method, TopicModel, fit, normed, weigh
from emphasis.topics.validation import Belief, Draws, believe, curve, smallest

JUDGED = 4000
"""Documents that the number of topics and the verdict are found on, at most: both fit a model dozens of times."""

_STARTS = 10
"""Starts of the model that is kept; the refits that judge it have one each."""

_LEAST_SHARE = 0.0015
"""Share of the documents that must have a word, beside `min_df`: five of 3,333. In a large corpus, the weights of words that
five paragraphs have would outweigh those of a subject."""

_LEAST_DOCUMENTS_PER_TOPIC = 2
_LEAST_WORDS_PER_TOPIC = 10


@dataclass(frozen=True)
class Fitting:
    """How models are fitted and judged; see the configuration's `topics`.

    Attributes
    ----------
    k : int or None
        Number of topics; None to choose it from `grid`.
    grid : sequence of int
    level : float
        Share of the best value that is good enough.
    min_df : int
        Documents that must have a word.
    """

    method: Method
    k: int | None
    grid: Sequence[int]
    level: float
    min_df: int
    draws: Draws


@dataclass(frozen=True)
class Fitted:
    """A model and what is known of it; without a model when there was too little text.

    Attributes
    ----------
    name : str
        corpus, basis, or self:<report_id>.
    values : dict
        Held-out completion of each number of topics that was tried.
    """

    name: str
    n_documents: int
    n_words: int
    model: TopicModel | None = None
    belief: Belief | None = None
    values: dict[int, float] | None = None


def fit_and_judge(name: str, corpus: Corpus, fitting: Fitting) -> Fitted:
    """Choose the number of topics, fit, and say what can be believed.

    A word is used when `min_df` documents have it, and 0.15 % of all.

    With fewer than two documents or ten words a topic nothing is fitted. From more than 4,000 documents, as many are drawn
    for the choice of the number of topics and for the verdict; the model is fitted on all.
    """
    corpus = corpus.common(max(fitting.min_df, math.ceil(_LEAST_SHARE * corpus.n_documents)))
    size = Fitted(name, corpus.n_documents, len(corpus.vocabulary))
    seed = fitting.draws.seed
    most = min(size.n_documents // _LEAST_DOCUMENTS_PER_TOPIC, size.n_words // _LEAST_WORDS_PER_TOPIC)
    some = drawn(corpus, JUDGED, seed)
    values = None
    k = fitting.k
    if k is None and most >= min(fitting.grid):
        values = curve(some, [k for k in fitting.grid if k <= most], seed, fitting.method)
        k = smallest(values, fitting.level)
    if k is None or k > most:
        return size
    model = fit(corpus.documents, corpus.vocabulary, k, seed, fitting.method, _STARTS)
    return replace(size, model=model, belief=believe(some, model, fitting.draws), values=values)


def drawn(corpus: Corpus, most: int, seed: int) -> Corpus:
    """At most so many documents of a corpus, at random."""
    if corpus.n_documents <= most:
        return corpus
    rng = np.random.default_rng([seed, 4])
    chosen = np.zeros(corpus.n_documents, dtype=bool)
    chosen[rng.choice(corpus.n_documents, most, replace=False)] = True
    return corpus.rows(np.flatnonzero(chosen[corpus.document]))


LARGEST = 20_000
"""Documents that are held in memory at most."""


class Sample:
    """A sample of documents that depends neither on batches nor on their order.

    Each document has a number made from the id of its first sentence; the sample is the documents with the smallest
    numbers. Up to `most` documents, all of them.
    """

    def __init__(self, most: int = LARGEST) -> None:
        self.n_documents = 0
        self._most = most
        self._parts: list[tuple[Corpus, np.ndarray]] = []

    def add(self, corpus: Corpus) -> None:
        """Take in the documents of a batch."""
        if not corpus.n_documents:
            return
        self.n_documents += corpus.n_documents
        first = np.unique(corpus.document, return_index=True)[1]
        numbers = np.array([_number(name) for name in corpus.sentences["sentence_id"].iloc[first]], dtype="uint64")
        self._parts.append((corpus, numbers))
        if sum(len(numbers) for _, numbers in self._parts) > 2 * self._most:
            self._keep_smallest()

    @property
    def corpus(self) -> Corpus | None:
        """The sample; None when no document was added."""
        self._keep_smallest()
        return stack([part for part, _ in self._parts]) if self._parts else None

    @property
    def complete(self) -> bool:
        """Whether the sample is all documents."""
        return self.n_documents <= self._most

    def _keep_smallest(self) -> None:
        numbers = np.concatenate([numbers for _, numbers in self._parts]) if self._parts else np.zeros(0)
        if len(numbers) <= self._most:
            return
        edge = np.sort(numbers)[self._most - 1]
        kept = []
        for corpus, own in self._parts:
            inside = own <= edge
            if inside.any():
                kept.append((corpus.rows(np.flatnonzero(inside[corpus.document])), own[inside]))
        self._parts = kept


def _number(name: str) -> int:
    return int.from_bytes(hashlib.blake2b(name.encode(), digest_size=8).digest())


def refine(model: TopicModel, batches: Iterable[Corpus], seed: int) -> TopicModel:
    """A model of a sample carried on over all documents, batch by batch.

    Mini-batch non-negative matrix factorisation (Mairal, Bach, Ponce & Sapiro 2010; from memory, not checked), as
    implemented in scikit-learn, starting from the sample's components: topics keep their numbers, words their IDF, and a
    word that a topic of the sample lacks stays out of it. One batch is in memory at a time.
    """
    from sklearn.decomposition import MiniBatchNMF  # noqa: PLC0415  two seconds
    from threadpoolctl import threadpool_limits  # noqa: PLC0415

    nmf = MiniBatchNMF(model.k, init="custom", random_state=seed, max_iter=1)
    start: np.ndarray | None = model.components.copy()
    with threadpool_limits(1), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for batch in batches:
            documents = batch.under(model.vocabulary).documents
            documents = documents[np.flatnonzero(np.diff(documents.indptr) > 0)]
            if not documents.shape[0]:
                continue
            weights = sparse.csr_matrix(weigh(documents, model.idf, model.method.row_norm))
            if start is None:
                nmf.partial_fit(weights)
            else:
                nmf.partial_fit(weights, W=np.full((documents.shape[0], model.k), 1.0), H=start)
                start = None
    return model if start is not None else replace(model, components=normed(nmf.components_))


def fit_together(
    name: str, batches: Callable[[], Iterable[Corpus]], fitting: Fitting, largest: int = LARGEST
) -> Fitted | None:
    """Fit and judge a model of the reports of all batches; None when they have no document.

    Up to 20,000 paragraphs are held together. Of more, so many are drawn; the model is fitted and judged on these and, when
    it is a factorisation, carried on over all, batch by batch.

    Parameters
    ----------
    batches : callable
        Gives the batches anew each time it is called.
    """
    sample = Sample(largest)
    for batch in batches():
        sample.add(batch)
    corpus = sample.corpus
    if corpus is None:
        return None
    print(f"{sample.n_documents} paragraphs, {corpus.n_documents} of them in memory")
    found = replace(fit_and_judge(name, corpus, fitting), n_documents=sample.n_documents)
    if found.model is None or sample.complete or fitting.method.name != "nmf":
        return found
    return replace(found, model=refine(found.model, batches(), fitting.draws.seed))


def fittings(topics: Mapping[str, Any], seed: int, threads: int) -> tuple[Fitting, Fitting]:
    """How the model of all reports is fitted, and how that of a single report."""
    draws = Draws(topics["refits"], topics["shuffles"], seed, threads)
    method = Method(topics["method"], topics["row_norm"], **topics["lda"])
    k = None if topics["k"] == "auto" else int(topics["k"])
    together = Fitting(method, k, topics["grid"], topics["level"], topics["min_df"], draws)
    return together, Fitting(method, topics["self_k"], [], 1.0, topics["self_min_df"], draws)


def basis_fitting(topics: Mapping[str, Any], seed: int, threads: int) -> Fitting:
    """How a reference basis is fitted: always by factorisation, since reports are projected on it by least squares."""
    draws = Draws(topics["refits"], topics["shuffles"], seed, threads)
    method = Method("nmf", topics["row_norm"])
    return Fitting(method, topics["basis_k"], [], 1.0, topics["min_df"], draws)
