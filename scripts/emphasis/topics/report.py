"""The topic tables of one report: a model fitted on that report alone, with what it can be believed for."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from emphasis.sections import ancestors
from emphasis.topics.believe import TOP, Finding, diagnose
from emphasis.topics.documents import Corpus
from emphasis.topics.model import TopicModel, fit, top_words

_LABEL_WORDS = 3
_PASSAGES = 3
_LEAST_DOCUMENTS_PER_TOPIC = 2
_INTERVAL = (0.025, 0.975)


@dataclass(frozen=True)
class Choices:
    """Settings of a model; see the configuration's `topics`."""

    k: int
    bootstrap: int
    null_draws: int
    seed: int


TABLES = ("topics", "topic_sections", "topic_diagnostics", "topic_passages")


@dataclass(frozen=True)
class TopicTables:
    """The tables of the same names."""

    topics: pd.DataFrame
    topic_sections: pd.DataFrame
    topic_diagnostics: pd.DataFrame
    topic_passages: pd.DataFrame


def topic_tables(corpus: Corpus, texts: pd.Series[str], choices: Choices) -> TopicTables:
    """Fit a model on one report and describe it.

    Parameters
    ----------
    corpus : Corpus
        Of one report.
    texts : Series
        Text of each sentence by sentence_id.
    choices : Choices

    Returns
    -------
    TopicTables
        With fewer than two documents a topic, the diagnostics alone: they say that the text is too short.
    """
    name = f"self:{corpus.sentences['report_id'].iloc[0]}" if len(corpus.sentences) else "self:"
    enough = corpus.n_documents >= _LEAST_DOCUMENTS_PER_TOPIC * choices.k and len(corpus.vocabulary) >= TOP * 2
    size = [
        Finding("n_documents", float(corpus.n_documents), np.nan, np.nan, "enough" if enough else "too little text"),
        Finding("n_words", float(len(corpus.vocabulary)), np.nan, np.nan, "enough" if enough else "too little text"),
    ]
    if not enough:
        return TopicTables(pd.DataFrame(), pd.DataFrame(), _diagnostics(name, 0, size), pd.DataFrame())
    model = fit(corpus.documents, choices.k, choices.seed)
    findings = size + diagnose(corpus, model, draws=choices.null_draws, seed=choices.seed)
    shares = model.shares(corpus.counts)
    sections = _sections(name, corpus, shares, choices)
    return TopicTables(
        _topics(name, corpus, model),
        sections,
        _diagnostics(name, model.k, findings),
        _passages(name, corpus, shares, texts),
    )


def _diagnostics(name: str, k: int, findings: list[Finding]) -> pd.DataFrame:
    return pd.DataFrame([{"model": name, "k": k, **vars(finding)} for finding in findings])


def _topics(name: str, corpus: Corpus, model: TopicModel) -> pd.DataFrame:
    exclusivity = model.components / np.maximum(model.components.sum(axis=0), 1e-12)
    rows = []
    for topic, words in enumerate(top_words(model.components, TOP)):
        label = "·".join(corpus.vocabulary[w] for w in words[:_LABEL_WORDS])
        for rank, w in enumerate(words, start=1):
            weight = model.components[topic, w]
            rows.append((name, topic + 1, label, rank, corpus.vocabulary[w], weight, exclusivity[topic, w]))
    return pd.DataFrame(rows, columns=["model", "topic", "label", "rank", "term", "weight", "exclusivity"])


def _sections(name: str, corpus: Corpus, shares: np.ndarray, choices: Choices) -> pd.DataFrame:
    """Token-weighted mean shares of each section, subsections included, with a bootstrap interval over its sentences."""
    rng = np.random.default_rng(choices.seed)
    length = np.asarray(corpus.counts.sum(axis=1)).ravel()
    scored = ~np.isnan(shares).any(axis=1)
    members: dict[str, list[int]] = {}
    for index, section_id in enumerate(corpus.sentences["section_id"]):
        for ancestor in ancestors(section_id):
            members.setdefault(ancestor, []).append(index)
    report_id = corpus.sentences["report_id"].iloc[0]
    rows = []
    for section_id, indices in members.items():
        used = np.array([i for i in indices if scored[i]], dtype="int64")
        point, low, high = _interval(shares[used], length[used], choices.bootstrap, rng)
        rows += [(name, report_id, section_id, t + 1, point[t], low[t], high[t]) for t in range(shares.shape[1])]
    return pd.DataFrame(rows, columns=["model", "report_id", "section_id", "topic", "prevalence", "low", "high"])


def _interval(
    shares: np.ndarray, length: np.ndarray, draws: int, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    missing = np.full(shares.shape[1], np.nan)
    if not len(shares):
        return missing, missing, missing
    point = np.round(length @ shares / length.sum(), 6)
    if len(shares) == 1:
        return point, missing, missing
    times = rng.multinomial(len(shares), np.full(len(shares), 1 / len(shares)), size=draws)
    means = (times * length) @ shares / (times @ length)[:, None]
    low, high = np.round(np.quantile(means, _INTERVAL, axis=0), 6)
    return point, low, high


def _passages(name: str, corpus: Corpus, shares: np.ndarray, texts: pd.Series[str]) -> pd.DataFrame:
    """The sentences with most words in a topic: share times length, so that one-word sentences do not come first."""
    length = np.asarray(corpus.counts.sum(axis=1)).ravel()
    rows = []
    for topic in range(shares.shape[1]):
        weight = np.round(np.nan_to_num(shares[:, topic]) * length, 6)
        for rank, index in enumerate(np.argsort(-weight, kind="stable")[:_PASSAGES], start=1):
            if weight[index] > 0:
                sentence = corpus.sentences.iloc[index]
                sentence_id = sentence["sentence_id"]
                rows.append((name, topic + 1, rank, sentence["report_id"], sentence_id, texts[sentence_id]))
    return pd.DataFrame(rows, columns=["model", "topic", "rank", "report_id", "sentence_id", "text"])
