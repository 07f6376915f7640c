"""Fitting: the number of topics, the model, and its validation, for a corpus in memory or too large for it."""

from __future__ import annotations

import math
import warnings
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from scipy import sparse

from emphasis.topics.corpus import Corpus, concat_corpora, hash_name
from emphasis.topics.model import Method, TopicModel, fit, normalise_rows, one_blas_thread, weigh
from emphasis.topics.validation import Validation, ValidationSettings, choose_k, completion_curve, validate

MAX_IN_MEMORY = 20_000
"""Documents held in memory, at most."""

MAX_VALIDATED = 4_000
"""Documents used to choose the number of topics and to validate, at most: both fit a model dozens of times."""

_STARTS = 10
"""Starts of the model that is kept; the refits that validate it have one each."""

_LEAST_SHARE = 0.0015
"""Share of the documents that a word must occur in, in addition to `min_df`: five of 3,333. In a large corpus, the words of
five paragraphs would outweigh those of a subject."""

_LEAST_DOCUMENTS_PER_TOPIC = 2
_LEAST_WORDS_PER_TOPIC = 10


@dataclass(frozen=True)
class FitSettings:
    """How models are fitted and validated; see the configuration's `topics`."""

    method: Method
    k: int | None  # number of topics; None to choose it from `grid`
    grid: Sequence[int]
    level: float  # share of the best completion that is good enough
    min_df: int  # documents that a word must occur in
    validation: ValidationSettings


def fit_settings(topics: Mapping[str, Any], seed: int, threads: int) -> tuple[FitSettings, FitSettings]:
    """How the model of all reports is fitted, and how that of a single report, by the configuration's `topics`."""
    validation = ValidationSettings(topics["refits"], topics["shuffles"], seed, threads)
    method = Method(topics["method"], topics["row_norm"], **topics["lda"])
    k = None if topics["k"] == "auto" else int(topics["k"])
    of_all = FitSettings(method, k, topics["grid"], topics["level"], topics["min_df"], validation)
    return of_all, FitSettings(method, topics["self_k"], [], 1.0, topics["self_min_df"], validation)


def basis_fit_settings(topics: Mapping[str, Any], seed: int, threads: int) -> FitSettings:
    """How a reference basis is fitted: always by factorisation, since reports are projected on it by least squares."""
    validation = ValidationSettings(topics["refits"], topics["shuffles"], seed, threads)
    return FitSettings(Method("nmf", topics["row_norm"]), topics["reference_k"], [], 1.0, topics["min_df"], validation)


@dataclass(frozen=True)
class FittedModel:
    """A model and its validation; without a model when there was too little text."""

    name: str  # corpus, basis, or self:<report_id>
    n_documents: int
    n_words: int
    model: TopicModel | None = None
    validation: Validation | None = None
    completion: dict[int, float] | None = None  # held-out completion of each number of topics that was tried


def fit_and_validate(name: str, corpus: Corpus, settings: FitSettings) -> FittedModel:
    """Choose the number of topics, fit a model, and validate it.

    A word is used when it occurs in at least `min_df` documents, and in 0.15 % of all. With fewer than two documents or ten
    words per topic nothing is fitted. Of more than 4,000 documents, 4,000 are sampled to
    choose the number of topics and to validate; the model is fitted on all.
    """
    # Outside the threads that fit: each would give back to the others what it found.
    with one_blas_thread():
        return _fit_and_validate(name, corpus, settings)


def _fit_and_validate(name: str, corpus: Corpus, settings: FitSettings) -> FittedModel:
    corpus = corpus.with_common_words(max(settings.min_df, math.ceil(_LEAST_SHARE * corpus.n_documents)))
    unfitted = FittedModel(name, corpus.n_documents, len(corpus.vocabulary))
    seed, threads = settings.validation.seed, settings.validation.threads
    most = min(unfitted.n_documents // _LEAST_DOCUMENTS_PER_TOPIC, unfitted.n_words // _LEAST_WORDS_PER_TOPIC)
    sample = sample_documents(corpus, MAX_VALIDATED, seed)
    k, completion = settings.k, None
    if k is None and most >= min(settings.grid):
        completion = completion_curve(sample, [k for k in settings.grid if k <= most], seed, settings.method, threads)
        k = choose_k(completion, settings.level)
    if k is None or k > most:
        return unfitted
    model = fit(corpus.document_counts, corpus.vocabulary, k, seed, settings.method, starts=_STARTS, threads=threads)
    validation = validate(sample, model, settings.validation)
    return replace(unfitted, model=model, validation=validation, completion=completion)


def sample_documents(corpus: Corpus, most: int, seed: int) -> Corpus:
    """At most so many documents of a corpus, at random."""
    if corpus.n_documents <= most:
        return corpus
    rng = np.random.default_rng([seed, 4])
    chosen = np.zeros(corpus.n_documents, dtype=bool)
    chosen[rng.choice(corpus.n_documents, most, replace=False)] = True
    return corpus.select_sentences(np.flatnonzero(chosen[corpus.document]))


def fit_batches(
    name: str, batches: Callable[[], Iterable[Corpus]], settings: FitSettings, most: int = MAX_IN_MEMORY
) -> FittedModel | None:
    """Fit and validate one model of the reports of all batches; None when they have no document.

    Up to 20,000 paragraphs are held in memory. Of more, 20,000 are sampled; the model is fitted and validated on the sample
    and, if it is a factorisation, updated with all paragraphs, batch by batch: `batches` yields the batches anew each time it
    is called.
    """
    sample = DocumentSample(most)
    for batch in batches():
        sample.add(batch)
    corpus = sample.corpus
    if corpus is None:
        return None
    print(f"{sample.n_documents} paragraphs, {corpus.n_documents} of them in memory")
    fitted = replace(fit_and_validate(name, corpus, settings), n_documents=sample.n_documents)
    if fitted.model is None or sample.complete or settings.method.name != "nmf":
        return fitted
    return replace(fitted, model=update_online(fitted.model, batches(), settings.validation.seed))


class DocumentSample:
    """A sample of documents that depends neither on the batches nor on their order.

    Each document has a number hashed from the id of its first sentence; the sample is the documents with the smallest
    numbers. Up to `most` documents, it is all of them.
    """

    def __init__(self, most: int = MAX_IN_MEMORY) -> None:
        self.n_documents = 0
        self._most = most
        self._parts: list[tuple[Corpus, np.ndarray]] = []

    def add(self, corpus: Corpus) -> None:
        """Add the documents of a batch."""
        if not corpus.n_documents:
            return
        self.n_documents += corpus.n_documents
        first = np.unique(corpus.document, return_index=True)[1]
        numbers = np.array([hash_name(name) for name in corpus.sentences["sentence_id"].iloc[first]], dtype="uint64")
        self._parts.append((corpus, numbers))
        if sum(len(numbers) for _, numbers in self._parts) > 2 * self._most:
            self._keep_smallest()

    @property
    def corpus(self) -> Corpus | None:
        """The sample; None when no document was added."""
        self._keep_smallest()
        return concat_corpora([part for part, _ in self._parts]) if self._parts else None

    @property
    def complete(self) -> bool:
        """Whether the sample is all documents."""
        return self.n_documents <= self._most

    def _keep_smallest(self) -> None:
        numbers = np.concatenate([numbers for _, numbers in self._parts]) if self._parts else np.zeros(0)
        if len(numbers) <= self._most:
            return
        edge = np.sort(numbers)[self._most - 1]
        self._parts = [
            (corpus.select_sentences(np.flatnonzero((own <= edge)[corpus.document])), own[own <= edge])
            for corpus, own in self._parts
            if (own <= edge).any()
        ]


def update_online(model: TopicModel, batches: Iterable[Corpus], seed: int) -> TopicModel:
    """A model of a sample, updated with all documents batch by batch.

    Mini-batch non-negative matrix factorisation as implemented in scikit-learn (`MiniBatchNMF`), starting from the sample's components: topics keep their numbers, words their IDF, and a
    word that a topic of the sample lacks stays out of it. One batch is in memory at a time.
    """
    from sklearn.decomposition import MiniBatchNMF  # noqa: PLC0415  two seconds

    nmf = MiniBatchNMF(model.k, init="custom", random_state=seed, max_iter=1)
    start: np.ndarray | None = model.components.copy()
    with one_blas_thread(), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for batch in batches:
            documents = batch.with_vocabulary(model.vocabulary).document_counts
            documents = documents[np.flatnonzero(np.diff(documents.indptr) > 0)]
            if not documents.shape[0]:
                continue
            weights = sparse.csr_matrix(weigh(documents, model.idf, model.method.row_norm))
            begin = {} if start is None else {"W": np.full((documents.shape[0], model.k), 1.0), "H": start}
            nmf.partial_fit(weights, **begin)
            start = None
    return model if start is not None else replace(model, components=normalise_rows(nmf.components_))
