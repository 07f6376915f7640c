"""What a topic model can be believed for: coherence and stability beside the same on shuffled words."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse
from scipy.optimize import linear_sum_assignment

from emphasis.topics.documents import Corpus, grouping
from emphasis.topics.model import TopicModel, fit, top_words

TOP = 10
"""Words of a topic that coherence and stability look at."""

_DROPPED = 0.2


@dataclass(frozen=True)
class Finding:
    """One measure of a model, its band on shuffled text, and what follows."""

    measure: str
    value: float
    null_low: float
    null_high: float
    verdict: str


def coherence(components: np.ndarray, documents: sparse.csr_array) -> float:
    """Mean NPMI of the pairs among the top words of each topic.

    With p(w) the share of documents that have w and p(w, v) that have both: npmi = ln(p(w,v) / (p(w) p(v))) / -ln p(w,v);
    -1 for pairs that never meet, 1 for pairs that stand in every document (Bouma 2009; Lau, Newman & Baldwin 2014;
    references from memory, not checked).
    """
    present = (documents > 0).astype("float64")
    together = (present.T @ present).toarray() / documents.shape[0]
    values = []
    for words in top_words(components, TOP):
        first, second = np.triu_indices(len(words), 1)
        a, b = words[first], words[second]
        both, expected = together[a, b], together[a, a] * together[b, b]
        npmi = np.full(len(both), -1.0)
        met = both > 0
        always = both >= 1
        some = met & ~always
        npmi[some] = np.log(both[some] / expected[some]) / -np.log(both[some])
        npmi[always] = 1.0
        values.append(npmi.mean() if len(npmi) else -1.0)
    return float(np.mean(values))


def agreement(one: np.ndarray, other: np.ndarray) -> float:
    """Mean Jaccard overlap of top words between two models' topics, matched so that it is largest."""
    tops = [[set(row) for row in top_words(c, TOP).tolist()] for c in (one, other)]
    overlap = np.array([[len(a & b) / len(a | b) for b in tops[1]] for a in tops[0]])
    rows, columns = linear_sum_assignment(-overlap)
    return float(overlap[rows, columns].mean())


def diagnose(corpus: Corpus, model: TopicModel, *, draws: int, seed: int) -> list[Finding]:
    """Coherence and stability of a model, and both on `draws` copies of the text with its words shuffled.

    A shuffled copy deals all word occurrences out anew to the sentences, each keeping its length: word frequencies stay,
    subjects go. Stability is the mean agreement with models fitted after a fifth of the sentences was left out. A value
    above the 97.5th percentile of the shuffled copies is better than noise; anything else is not.
    """
    rng = np.random.default_rng(seed)
    stability = np.mean([agreement(model.components, _refit(corpus, model.k, seed, rng)) for _ in range(draws)])
    values = {"coherence_npmi": coherence(model.components, corpus.documents), "stability_jaccard": float(stability)}
    null: dict[str, list[float]] = {measure: [] for measure in values}
    for _ in range(draws):
        noise = shuffled(corpus, rng)
        noise_model = fit(noise.documents, model.k, seed)
        null["coherence_npmi"].append(coherence(noise_model.components, noise.documents))
        null["stability_jaccard"].append(agreement(noise_model.components, _refit(noise, model.k, seed, rng)))
    findings = []
    for measure, value in values.items():
        low, high = np.quantile(null[measure], [0.025, 0.975])
        verdict = "better than noise" if round(value, 6) > round(float(high), 6) else "not distinguishable from noise"
        findings.append(Finding(measure, value, float(low), float(high), verdict))
    return findings


def shuffled(corpus: Corpus, rng: np.random.Generator) -> Corpus:
    """The same sentences with all word occurrences dealt out anew."""
    coo = corpus.counts.tocoo()
    times = coo.data.astype("int64")
    rows, columns = np.repeat(coo.row, times), rng.permutation(np.repeat(coo.col, times))
    counts = sparse.csr_array((np.ones(len(rows)), (rows, columns)), shape=corpus.counts.shape)
    counts.sum_duplicates()
    return Corpus(corpus.vocabulary, counts, corpus.document, corpus.sentences)


def _refit(corpus: Corpus, k: int, seed: int, rng: np.random.Generator) -> np.ndarray:
    kept = np.flatnonzero(rng.random(len(corpus.document)) >= _DROPPED)
    documents = grouping(corpus.document[kept], corpus.n_documents) @ corpus.counts[kept]
    filled = np.flatnonzero(np.asarray(documents.sum(axis=1)).ravel() > 0)
    return fit(documents[filled], k, seed).components
