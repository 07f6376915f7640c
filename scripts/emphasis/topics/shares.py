"""Reports under models: topic shares of sections and parts with intervals, and the passages and headings of each topic."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pandas as pd
from threadpoolctl import threadpool_limits

from emphasis.sections import ancestors
from emphasis.topics.corpus import Corpus
from emphasis.topics.model import TopicModel, shares

PASSAGES, HEADINGS = 3, 10
_PER_REPORT = 3
_LEAST_TOKENS = 10
_INTERVAL = (0.025, 0.975)
_SECTION_COLUMNS = ["model", "report_id", "section_id", "topic", "prevalence", "low", "high"]
_PART_COLUMNS = ["report_id", "model", "part", "topic", "n_tokens", "n_known", "share", "low", "high"]
_EVIDENCE_COLUMNS = ["report_id", "model", "topic", "kind", "rank", "score", "place", "text"]
WHOLE, REVIEW, PLAN, UNTITLED = "whole", "review", "plan", "untitled"


Groups = dict[tuple[str, str], np.ndarray]
"""Positions of sentences by ("section", section_id) and ("part", part)."""


@dataclass(frozen=True)
class Scored:
    """One report under one model.

    Attributes
    ----------
    name, report_id : str
    sentences : DataFrame of S rows
        section_id, sentence_id, role, level.
    shares : array of shape (S, K)
        Missing where the model knows no word.
    known, tokens : array of shape (S,)
        Words of each sentence that the model knows, and all that could be in a model.
    """

    name: str
    report_id: str
    sentences: pd.DataFrame
    shares: np.ndarray
    known: np.ndarray
    tokens: np.ndarray
    groups: Groups


def groups(sentences: pd.DataFrame) -> Groups:
    """Positions of a report's sentences in each section, with its subsections, and in each part."""
    found: dict[tuple[str, str], list[int]] = {}
    for index, section_id in enumerate(sentences["section_id"].tolist()):
        for ancestor in ancestors(section_id):
            found.setdefault(("section", ancestor), []).append(index)
    role = sentences["role"].to_numpy(dtype=object)
    parts = {
        WHOLE: np.ones(len(role), dtype=bool),
        REVIEW: role == REVIEW,
        PLAN: role == PLAN,
        UNTITLED: untitled(sentences),
    }
    sections = {key: np.array(indices) for key, indices in found.items()}
    return sections | {("part", part): np.flatnonzero(inside) for part, inside in parts.items()}


def untitled(sentences: pd.DataFrame) -> np.ndarray:
    """Which sentences of a report stand under no heading of a subject.

    Those of the front matter, of the closing words, of blocks without a heading, and what a section of the first level says
    before its first subsection: its heading (工作回顾) names a part of the report.
    """
    ids = set(sentences["section_id"])
    holders = {ancestor for section_id in ids for ancestor in ancestors(section_id)[1:]}
    level = sentences["level"].to_numpy(dtype="int64")
    introduces = (level == 1) & sentences["section_id"].isin(list(holders)).to_numpy()
    return np.asarray(sentences["role"].isin(["front", "closing"]).to_numpy() | (level == 0) | introduces)


def by_report(corpus: Corpus) -> dict[str, tuple[slice, pd.DataFrame, Groups]]:
    """Where the sentences of each report stand in a corpus, the sentences, and their groups."""
    report = corpus.sentences["report_id"].to_numpy(dtype=object)
    edges = [*np.flatnonzero(np.r_[True, report[1:] != report[:-1]]), len(report)] if len(report) else []
    found = {}
    for start, stop in pairwise(edges):
        inside = slice(int(start), int(stop))
        sentences = corpus.sentences.iloc[inside].reset_index(drop=True)
        found[str(report[start])] = (inside, sentences, groups(sentences))
    return found


def scored(
    name: str, model: TopicModel, corpus: Corpus, places: dict[str, tuple[slice, pd.DataFrame, Groups]]
) -> Iterator[Scored]:
    """The reports of a corpus under a model; `places` as `by_report` gives them."""
    own = corpus.under(model.vocabulary)
    of_sentences, known = shares(model, own.known), own.lengths
    tokens = np.asarray(own.counts.sum(axis=1)).ravel()
    for report_id, (inside, sentences, grouped) in places.items():
        yield Scored(name, report_id, sentences, of_sentences[inside], known[inside], tokens[inside], grouped)


def share_rows(report: Scored, draws: int, seed: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Topic shares of the sections and of the parts of a report.

    A share is the mean of the sentences' shares, weighted by their words that the model knows; its interval (95 %) is
    the percentiles of `draws` resamples of the sentences with replacement (Efron & Tibshirani 1993, the book that SciPy
    names; not read). Missing when no word is known; the interval is missing with fewer than two sentences.

    Returns
    -------
    sections, parts : DataFrame
        Rows of topic_sections and of topic_parts.
    """
    grouped = report.groups
    usable = ~np.isnan(report.shares[:, 0])
    # A report's random numbers depend on nothing but the seed and its name.
    rng = np.random.default_rng(
        [seed, int.from_bytes(hashlib.blake2b(report.report_id.encode(), digest_size=8).digest())]
    )
    k = report.shares.shape[1]
    point = np.full((len(grouped), k), np.nan)
    low, high = point.copy(), point.copy()
    resampled, places = [], []
    for place, indices in enumerate(grouped.values()):
        used = indices[usable[indices]]
        if not len(used):
            continue
        own, length = report.shares[used], report.known[used]
        point[place] = length @ own / length.sum()
        if len(used) > 1:
            drawn = rng.integers(len(used), size=(draws, len(used))) + np.arange(draws)[:, None] * len(used)
            times = np.bincount(drawn.ravel(), minlength=draws * len(used)).reshape(draws, -1) * length
            resampled.append(times @ own / times.sum(axis=1, keepdims=True))
            places.append(place)
    if places:
        low[places], high[places] = np.quantile(np.array(resampled), _INTERVAL, axis=1)
    point, low, high = (np.clip(np.round(values, 6), 0, 1) for values in (point, low, high))
    names = np.repeat(np.array([name for _, name in grouped], dtype=object), k)
    columns = {"topic": np.tile(np.arange(1, k + 1), len(grouped)), "low": low.ravel(), "high": high.ravel()}
    # Sections come first in the groups, then parts.
    edge = sum(kind == "section" for kind, _ in grouped) * k
    of_sections = columns | {"section_id": names, "prevalence": point.ravel()}
    of_parts = columns | {"part": names, "share": point.ravel()}
    for name, values in (("n_tokens", report.tokens), ("n_known", report.known)):
        sums = [values[indices].sum() for indices in grouped.values()]
        of_parts[name] = np.repeat(np.array(sums, dtype="int64"), k)
    same = {"model": report.name, "report_id": report.report_id}
    sections, parts = (
        pd.DataFrame({name: values[rows] for name, values in own.items()} | same, columns=wanted)
        for own, rows, wanted in (
            (of_sections, slice(edge), _SECTION_COLUMNS),
            (of_parts, slice(edge, None), _PART_COLUMNS),
        )
    )
    return sections, parts


def evidence_rows(
    report: Scored, sections: pd.DataFrame, texts: Mapping[str, str], headings: Mapping[str, str]
) -> pd.DataFrame:
    """The sentences with most words in each topic, and the headings of the sections with the largest shares.

    A sentence is weighed by its share times its known words, so that sentences of one word do not come first.

    Parameters
    ----------
    sections : DataFrame
        The report's rows of topic_sections.
    texts, headings : mapping
        By sentence_id and by section_id; sections without a heading of a subject are not among them.
    """
    weight = np.round(np.nan_to_num(report.shares) * report.known[:, None], 6)
    ids = report.sentences["sentence_id"].tolist()
    rows: list[tuple[object, ...]] = []
    for topic, order in enumerate(np.argsort(-weight, axis=0, kind="stable")[:_PER_REPORT].T):
        for rank, index in enumerate(order, start=1):
            if weight[index, topic] > 0:
                found = (rank, weight[index, topic], ids[index], texts[ids[index]])
                rows.append((report.report_id, report.name, topic + 1, "passage", *found))
    k = report.shares.shape[1]
    prevalence = np.nan_to_num(sections["prevalence"].to_numpy().reshape(-1, k))
    names = sections["section_id"].to_numpy(dtype=object)[::k]
    for place, name in enumerate(names):
        if name not in headings or report.known[report.groups["section", name]].sum() < _LEAST_TOKENS:
            prevalence[place] = 0
    for topic, order in enumerate(np.argsort(-prevalence, axis=0, kind="stable")[:_PER_REPORT].T):
        for rank, place in enumerate(order, start=1):
            if prevalence[place, topic] > 0:
                row = (rank, prevalence[place, topic], names[place], headings[names[place]])
                rows.append((report.report_id, report.name, topic + 1, "heading", *row))
    return pd.DataFrame(rows, columns=_EVIDENCE_COLUMNS)


def best(evidence: pd.DataFrame) -> pd.DataFrame:
    """The evidence that is kept: first each report's best, the heaviest of them first, then each report's second.

    The best of the best of batches are the best of all.
    """
    if evidence.empty:
        return evidence
    ordered = evidence.sort_values(
        ["model", "topic", "kind", "rank", "score", "report_id", "place"],
        ascending=[True, True, True, True, False, True, True],
        kind="stable",
    )
    number = ordered.groupby(["model", "topic", "kind"]).cumcount()
    return ordered[number < ordered["kind"].map({"passage": PASSAGES, "heading": HEADINGS})].reset_index(drop=True)


@dataclass(frozen=True)
class BatchTables:
    """The tables of the same names."""

    topic_sections: pd.DataFrame
    topic_parts: pd.DataFrame
    topic_evidence: pd.DataFrame


def batch_tables(
    corpus: Corpus,
    models: Mapping[str, TopicModel],
    sentences: pd.DataFrame,
    outline: pd.DataFrame,
    bootstrap: int,
    seed: int,
) -> BatchTables:
    """Topic shares and passages of each report of a batch; a model named self:<report_id> is for that report alone."""
    sections, parts, evidence = [], [], []
    texts = dict(zip(sentences["sentence_id"], sentences["text"], strict=True))
    headings = _headings(outline)
    # Small products: more threads of BLAS wait for each other longer than they work.
    with threadpool_limits(1):
        for report in _reports(corpus, models):
            of_sections, of_parts = share_rows(report, bootstrap, seed)
            sections.append(of_sections)
            parts.append(of_parts)
            evidence.append(evidence_rows(report, of_sections, texts, headings.get(report.report_id, {})))
    return BatchTables(_concat(sections), _concat(parts), best(_concat(evidence)))


def joined(tables: Iterable[BatchTables]) -> BatchTables:
    """The tables of several batches as those of one."""
    every = list(tables)
    return BatchTables(
        _concat([own.topic_sections for own in every]),
        _concat([own.topic_parts for own in every]),
        best(_concat([own.topic_evidence for own in every])),
    )


def _concat(tables: Sequence[pd.DataFrame]) -> pd.DataFrame:
    filled = [table for table in tables if len(table)]
    return pd.concat(filled, ignore_index=True) if filled else pd.DataFrame()


def _headings(outline: pd.DataFrame) -> dict[str, dict[str, str]]:
    """The headings that name a subject, by report and section; those of parts (工作回顾) do not."""
    holders = set(zip(outline["report_id"], outline["parent_id"], strict=True))
    found: dict[str, dict[str, str]] = {}
    columns = (outline[name] for name in ("report_id", "section_id", "level", "heading"))
    for report_id, section_id, level, heading in zip(*columns, strict=True):
        if heading and (level > 1 or (level == 1 and (report_id, section_id) not in holders)):
            found.setdefault(report_id, {})[section_id] = heading
    return found


def _reports(corpus: Corpus, models: Mapping[str, TopicModel]) -> Iterator[Scored]:
    places = by_report(corpus)
    for name, model in sorted(models.items()):
        report_id = name.removeprefix("self:")
        if report_id == name:
            yield from scored(name, model, corpus, places)
        elif report_id in places:
            own = corpus.only(report_id)
            yield from scored(name, model, own, by_report(own))
