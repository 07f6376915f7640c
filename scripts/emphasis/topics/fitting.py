"""From a corpus to a model with all that is known of it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from emphasis.topics.believe import Belief, Draws, believe
from emphasis.topics.choose import curve, smallest
from emphasis.topics.documents import Corpus
from emphasis.topics.model import Method, TopicModel, fit

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
