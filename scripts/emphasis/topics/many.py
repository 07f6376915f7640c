"""Models of corpora that are not held in memory."""

from __future__ import annotations

import hashlib
import warnings
from collections.abc import Iterable
from dataclasses import replace

import numpy as np
from scipy import sparse

from emphasis.topics.documents import Corpus, stack
from emphasis.topics.model import TopicModel, normed, weigh

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
