"""What each topic of a model can be believed for: coherence and stability beside the same on shuffled words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import TypeVar

import numpy as np
import pandas as pd
from scipy import sparse
from scipy.optimize import linear_sum_assignment

from emphasis.topics.corpus import Corpus, grouping
from emphasis.topics.model import Method, TopicModel, fit, shares, top_words, weigh

TOP = 10
"""Words of a topic that coherence and stability look at."""

DROPPED = 0.2
"""Share of the sentences that a refit goes without."""

KEPT, WEAK, NOISE = "kept", "weak", "not distinguishable from noise"

_NULL_REFITS = 2
"""Refits of a shuffled copy. The mean over fewer refits scatters more: the band is rather too wide than too narrow."""

_BAND = (0.025, 0.975)
_T = TypeVar("_T")


@dataclass(frozen=True)
class Finding:
    """One measure of each topic and of the model, and their bands on shuffled text.

    Attributes
    ----------
    topics : array of shape (K,)
    band : (low, high)
        Of single topics of models of shuffled text.
    mean : float
        Over the topics.
    mean_band : (low, high)
        Of the means of such models.
    """

    topics: np.ndarray
    band: tuple[float, float]
    mean: float
    mean_band: tuple[float, float]


@dataclass(frozen=True)
class Belief:
    """What a model can be believed for.

    Attributes
    ----------
    stability, coherence : Finding
    verdicts : list of str, length K
        kept: both measures above their bands; weak: one of them; otherwise not distinguishable from noise.
    verdict : str
        Of the model: kept when the means of both measures are above their bands, weak when one is; not distinguishable
        from noise when neither is or when at least half of the topics are noise.
    """

    stability: Finding
    coherence: Finding

    @property
    def verdicts(self) -> list[str]:
        """The verdict on each topic: kept where both measures are above the band of noise, weak where one is."""
        above = [finding.topics > finding.band[1] for finding in (self.stability, self.coherence)]
        return [(NOISE, WEAK, KEPT)[int(a) + int(b)] for a, b in zip(*above, strict=True)]

    @property
    def verdict(self) -> str:
        """The verdict on the model: noise where half of its topics are, else by the means of both measures."""
        above = [finding.mean > finding.mean_band[1] for finding in (self.stability, self.coherence)]
        if self.verdicts.count(NOISE) >= len(self.verdicts) / 2:
            return NOISE
        return (NOISE, WEAK, KEPT)[sum(above)]


def coherence(components: np.ndarray, corpus: Corpus) -> np.ndarray:
    """Mean NPMI of the pairs among the ten heaviest words of each topic, shape (K,).

    With p(w) the share of documents that have w and p(w, v) that have both: npmi = ln(p(w,v) / (p(w) p(v))) / -ln p(w,v);
    -1 for pairs that never meet, 1 for pairs that stand in every document (Bouma 2009; Lau, Newman & Baldwin 2014;
    the formula agrees with the program Wordless, the papers were not read; counting whole
    documents is this project's). A topic of a single word has -1.
    """
    tops = top_words(components, corpus.vocabulary, TOP)
    used = sorted({index for top in tops for index in top})
    place = {index: i for i, index in enumerate(used)}
    documents = corpus.documents
    present = (documents[:, used] > 0).astype("float64")
    together = (present.T @ present).toarray() / documents.shape[0]
    return np.array([_npmi([place[index] for index in top], together) for top in tops])


def _npmi(words: list[int], together: np.ndarray) -> float:
    first, second = np.triu_indices(len(words), 1)
    if not len(first):
        return -1.0
    a, b = np.array(words)[first], np.array(words)[second]
    both, expected = together[a, b], together[a, a] * together[b, b]
    npmi = np.full(len(both), -1.0)
    always = both >= 1
    some = (both > 0) & ~always
    npmi[some] = np.log(both[some] / expected[some]) / -np.log(both[some])
    npmi[always] = 1.0
    return float(npmi.mean())


def agreement(one: np.ndarray, other: np.ndarray, vocabulary: np.ndarray) -> np.ndarray:
    """Jaccard overlap of each topic's ten heaviest words with those of its match in another model, shape (K,).

    Topics are matched one to one so that the overlaps sum to the most.
    """
    tops = [[set(top) for top in top_words(c, vocabulary, TOP)] for c in (one, other)]
    overlap = np.array([[len(a & b) / max(len(a | b), 1) for b in tops[1]] for a in tops[0]])
    rows, columns = linear_sum_assignment(-overlap)
    found = np.zeros(len(one))
    found[rows] = overlap[rows, columns]
    return found


@dataclass(frozen=True)
class Draws:
    """How often a model is fitted anew: see the configuration's `topics`."""

    refits: int
    shuffles: int
    seed: int
    threads: int = 1


def believe(corpus: Corpus, model: TopicModel, draws: Draws) -> Belief:
    """Coherence and stability of each topic, and both on copies of the text with its words shuffled.

    Stability of a topic is its mean agreement with the models that are fitted after a fifth of the sentences was left out.
    A shuffled copy deals all word occurrences out anew to the sentences of all sections, each keeping its length: word
    frequencies stay, subjects go. The topics of all shuffled copies together give the band of a single topic (2.5th to
    97.5th percentile), the copies' means that of the model. A value above the band is better than noise; anything else is
    not. A fixed start of the fit makes topics repeat in noise too: only the comparison tells.
    """
    k, method = model.k, model.method

    def shuffled_copy(draw: int) -> tuple[np.ndarray, np.ndarray]:
        noise = shuffled(corpus, np.random.default_rng([draws.seed, 1, draw]))
        found = fit(noise.documents, noise.vocabulary, k, draws.seed, method)
        again = [_refit(noise, k, method, [draws.seed, 2, draw, i]) for i in range(_NULL_REFITS)]
        return _stability(found, again), coherence(found.components, noise)

    again = _each(lambda i: _refit(corpus, k, method, [draws.seed, 0, i]), range(draws.refits), draws.threads)
    null = _each(shuffled_copy, range(draws.shuffles), draws.threads)
    return Belief(
        _finding(_stability(model, again), [stability for stability, _ in null]),
        _finding(coherence(model.components, corpus), [npmi for _, npmi in null]),
    )


def shuffled(corpus: Corpus, rng: np.random.Generator) -> Corpus:
    """The same sentences with all word occurrences dealt out anew."""
    coo = corpus.counts.tocoo()
    times = coo.data.astype("int64")
    rows, columns = np.repeat(coo.row, times), rng.permutation(np.repeat(coo.col, times))
    counts = sparse.csr_array((np.ones(len(rows)), (rows, columns)), shape=corpus.counts.shape)
    counts.sum_duplicates()
    return replace(corpus, counts=counts)


def _refit(corpus: Corpus, k: int, method: Method, seed: list[int]) -> np.ndarray:
    rng = np.random.default_rng(seed)
    kept = np.flatnonzero(rng.random(len(corpus.document)) >= DROPPED)
    documents = grouping(corpus.document[kept], corpus.n_documents) @ corpus.counts[kept] @ corpus.spread
    documents = sparse.csr_array(documents)
    filled = np.flatnonzero(np.diff(documents.indptr) > 0)
    return fit(documents[filled], corpus.vocabulary, k, seed[0], method).components


def _stability(model: TopicModel, again: list[np.ndarray]) -> np.ndarray:
    found = [agreement(model.components, other, model.vocabulary) for other in again]
    return np.asarray(np.mean(found, axis=0))


def _finding(topics: np.ndarray, null: list[np.ndarray]) -> Finding:
    # Rounded first: a value is better than noise in what is printed or not at all.
    topics = np.round(topics, 6)
    bands = [np.round(np.quantile(v, _BAND), 6) for v in (np.concatenate(null), [copy.mean() for copy in null])]
    single, mean = [(float(low), float(high)) for low, high in bands]
    return Finding(topics, single, float(np.round(topics.mean(), 6)), mean)


def _each(work: Callable[[int], _T], draws: Iterable[int], threads: int) -> list[_T]:
    """Results in the order of the draws, whatever the number of threads."""
    if threads == 1:
        return [work(draw) for draw in draws]
    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(work, draws))


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
