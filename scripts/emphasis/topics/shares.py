"""Reports projected on models: topic shares of sections and parts with intervals, and evidence for each topic.

Evidence of a topic is the passages and the headings of sections that it has the largest shares of.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pandas as pd
from scipy import sparse

from emphasis.measures.intervals import UnitSums, pooled_effect, rate_intervals
from emphasis.sections import ancestors
from emphasis.topics.corpus import Corpus, indicator_matrix
from emphasis.topics.model import TopicModel, shares

PASSAGES, HEADINGS = 3, 10
"""Evidence of a topic that is kept of all reports."""

_PER_REPORT = 3
"""Passages and headings of a topic that one report can give."""

_LEAST_TOKENS = 10
"""Known words of a section whose heading can be evidence."""

_SECTION_COLUMNS = ["model", "report_id", "section_id", "topic", "prevalence", "low", "high"]
_PART_COLUMNS = ["report_id", "model", "part", "topic", "n_tokens", "n_known", "share", "low", "high"]
_EVIDENCE_COLUMNS = ["report_id", "model", "topic", "kind", "rank", "score", "place", "text"]
WHOLE, REVIEW, PLAN, UNTITLED = "whole", "review", "plan", "untitled"

SentenceGroups = dict[tuple[str, str], np.ndarray]
"""Positions of sentences by ("section", section_id) and ("part", part)."""


@dataclass(frozen=True)
class ProjectedReport:
    """One report projected on one model."""

    model: str
    report_id: str
    sentences: pd.DataFrame  # S rows: section_id, sentence_id, paragraph, role, level
    shares: np.ndarray  # (S, K): topic shares of each sentence; missing where the model knows no word
    n_known: np.ndarray  # (S,): words of each sentence that the model knows
    n_tokens: np.ndarray  # (S,): all that could be in a model
    groups: SentenceGroups


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
) -> BatchTables:
    """Topic shares and evidence of each report of a batch; a model named self:<report_id> is for that report alone."""
    texts = dict(zip(sentences["sentence_id"], sentences["text"], strict=True))
    headings, tables = _subject_headings(outline), []
    for report in _project_all(corpus, models):
        of_sections, of_parts = share_rows(report)
        evidence = evidence_rows(report, of_sections, texts, headings.get(report.report_id, {}))
        tables.append(BatchTables(of_sections, of_parts, evidence))
    return concat_tables(tables)


def concat_tables(batches: Iterable[BatchTables]) -> BatchTables:
    """The tables of several batches as those of one."""
    tables = list(batches)
    return BatchTables(
        _concat([own.topic_sections for own in tables]),
        _concat([own.topic_parts for own in tables]),
        select_evidence(_concat([own.topic_evidence for own in tables])),
    )


def _concat(tables: Sequence[pd.DataFrame]) -> pd.DataFrame:
    filled = [table for table in tables if len(table)]
    return pd.concat(filled, ignore_index=True) if filled else pd.DataFrame()


def _subject_headings(outline: pd.DataFrame) -> dict[str, dict[str, str]]:
    """The headings that name a subject, by report and section; those of parts (工作回顾) do not."""
    divided = set(zip(outline["report_id"], outline["parent_id"], strict=True))
    headings: dict[str, dict[str, str]] = {}
    columns = outline[["report_id", "section_id", "level", "heading"]]
    for report_id, section_id, level, heading in columns.itertuples(index=False):
        if heading and (level > 1 or (level == 1 and (report_id, section_id) not in divided)):
            headings.setdefault(report_id, {})[section_id] = heading
    return headings


def _project_all(corpus: Corpus, models: Mapping[str, TopicModel]) -> Iterator[ProjectedReport]:
    present = set(corpus.sentences["report_id"])
    for name, model in sorted(models.items()):
        report_id = name.removeprefix("self:")
        if report_id == name:
            yield from project_reports(name, model, corpus)
        elif report_id in present:
            yield from project_reports(name, model, corpus.select_reports([report_id]))


def project_reports(name: str, model: TopicModel, corpus: Corpus) -> Iterator[ProjectedReport]:
    """The reports of a corpus, projected on a model."""
    own = corpus.with_vocabulary(model.vocabulary)
    of_sentences, n_known = shares(model, own.sentence_counts), own.n_known
    n_tokens = np.asarray(own.token_counts.sum(axis=1)).ravel()
    report = corpus.sentences["report_id"].to_numpy(dtype=object)
    edges = [*np.flatnonzero(np.r_[True, report[1:] != report[:-1]]), len(report)] if len(report) else []
    for start, stop in pairwise(edges):
        inside = slice(int(start), int(stop))
        sentences = corpus.sentences.iloc[inside].reset_index(drop=True)
        of_rows = of_sentences[inside], n_known[inside], n_tokens[inside]
        yield ProjectedReport(name, str(report[start]), sentences, *of_rows, group_sentences(sentences))


def group_sentences(sentences: pd.DataFrame) -> SentenceGroups:
    """Positions of a report's sentences in each section, with its subsections, and in each part."""
    found: dict[tuple[str, str], list[int]] = {}
    for index, section_id in enumerate(sentences["section_id"].tolist()):
        for ancestor in ancestors(section_id):
            found.setdefault(("section", ancestor), []).append(index)
    role = sentences["role"].to_numpy(dtype=object)
    parts = {WHOLE: np.full(len(role), True), REVIEW: role == REVIEW, PLAN: role == PLAN, UNTITLED: untitled(sentences)}
    sections = {key: np.array(indices) for key, indices in found.items()}
    return sections | {("part", part): np.flatnonzero(inside) for part, inside in parts.items()}


def untitled(sentences: pd.DataFrame) -> np.ndarray:
    """Which sentences of a report are under no heading that names a subject.

    Those of the front matter, of the closing words, of blocks without a heading, and those of a section of the first level
    before its first subsection: its heading (工作回顾) names a part of the report.
    """
    ids = set(sentences["section_id"])
    divided = {ancestor for section_id in ids for ancestor in ancestors(section_id)[1:]}
    level = sentences["level"].to_numpy(dtype="int64")
    introduces = (level == 1) & sentences["section_id"].isin(list(divided)).to_numpy()
    return np.asarray(sentences["role"].isin(["front", "closing"]).to_numpy() | (level == 0) | introduces)


def share_rows(report: ProjectedReport) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Topic shares of the sections and of the parts of a report.

    A share is the mean of the sentences' shares, weighted by their words that the model knows; missing when no word is known.
    Its interval (95 %) is that of `emphasis.measures.intervals.rate_intervals` over the paragraphs, a paragraph that runs on
    into another section being one on either side: words of a topic among known words, the design effect of all topics together
    being the usual one. Missing with fewer than four paragraphs.

    Returns
    -------
    sections, parts : DataFrame
        Rows of topic_sections and of topic_parts.
    """
    groups = report.groups
    point, low, high = (np.clip(np.round(values, 6), 0, 1) for values in _share_intervals(report))
    k = report.shares.shape[1]
    table = pd.DataFrame({"topic": np.tile(np.arange(1, k + 1), len(groups)), "low": low, "high": high})
    table = table.assign(model=report.model, report_id=report.report_id, share=point)
    table["part"] = np.repeat(np.array([name for _, name in groups], dtype=object), k)
    for name, values in (("n_tokens", report.n_tokens), ("n_known", report.n_known)):
        sums = [values[indices].sum() for indices in groups.values()]
        table[name] = np.repeat(np.array(sums, dtype="int64"), k)
    # Sections come first in the groups, then parts.
    edge = sum(kind == "section" for kind, _ in groups) * k
    sections = table[:edge].rename(columns={"part": "section_id", "share": "prevalence"})
    return sections[_SECTION_COLUMNS], table.loc[edge:, _PART_COLUMNS].reset_index(drop=True)


def _share_intervals(report: ProjectedReport) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Share, low and high of each topic in each group, in the order of groups and topics."""
    known = np.where(np.isnan(report.shares[:, 0]), 0.0, report.n_known)
    unit = report.sentences.groupby(["section_id", "paragraph"], sort=False).ngroup().to_numpy()
    by_unit = indicator_matrix(unit, int(unit.max(initial=-1)) + 1)
    words, size = by_unit @ (np.nan_to_num(report.shares) * known[:, None]), by_unit @ known
    # Sections and parts hold whole units. Sparse products are added in the order of the units, those of BLAS as the processor likes.
    own = [np.unique(unit[indices]) for indices in report.groups.values()]
    row, column = np.repeat(np.arange(len(own)), [len(units) for units in own]), np.concatenate(own)
    held = sparse.csr_array((np.ones(len(row)), (row, column)), shape=(len(own), len(size)))
    k = words.shape[1]
    of_topics = ((held @ values).ravel() for values in (words, words**2, words * size[:, None]))
    of_groups = (np.repeat(held @ values, k) for values in (size, size**2, size > 0))
    (n, squares, with_size), (total, size_squares, units) = of_topics, of_groups
    sums = UnitSums(n, total, squares, with_size, size_squares, units)
    return sums.rate, *rate_intervals(sums, pooled_effect(sums, np.repeat(np.arange(len(own)), k)))


def evidence_rows(
    report: ProjectedReport, sections: pd.DataFrame, texts: Mapping[str, str], headings: Mapping[str, str]
) -> pd.DataFrame:
    """The sentences with the most words in each topic, and the headings of the sections with the largest shares.

    A sentence is weighed by its share times its known words, so that sentences of one word do not come first. `sections` are
    the report's rows of topic_sections; `texts` are by sentence_id; `headings`, by section_id, are those that name a subject.
    """
    weight = np.round(np.nan_to_num(report.shares) * report.n_known[:, None], 6)
    ids = report.sentences["sentence_id"].tolist()
    rows: list[tuple[object, ...]] = [
        ("passage", topic, rank, score, ids[index], texts[ids[index]]) for topic, rank, score, index in _largest(weight)
    ]
    k = report.shares.shape[1]
    prevalence = np.nan_to_num(sections["prevalence"].to_numpy().reshape(-1, k))
    names = sections["section_id"].to_numpy(dtype=object)[::k]
    for section, name in enumerate(names):
        if name not in headings or report.n_known[report.groups["section", name]].sum() < _LEAST_TOKENS:
            prevalence[section] = 0
    for topic, rank, score, section in _largest(prevalence):
        rows.append(("heading", topic, rank, score, names[section], headings[names[section]]))
    table = pd.DataFrame(rows, columns=["kind", "topic", "rank", "score", "place", "text"])
    return table.assign(report_id=report.report_id, model=report.model)[_EVIDENCE_COLUMNS]


def _largest(values: np.ndarray) -> Iterator[tuple[int, int, float, int]]:
    """Of the largest values above zero in the column of each topic: topic and rank, from 1, the value, and its row."""
    for topic, order in enumerate(np.argsort(-values, axis=0, kind="stable")[:_PER_REPORT].T):
        for rank, row in enumerate(order, start=1):
            if values[row, topic] > 0:
                yield topic + 1, rank, values[row, topic], row


def select_evidence(evidence: pd.DataFrame) -> pd.DataFrame:
    """The evidence to keep: first each report's best, the heaviest of them first, then each report's second.

    Selecting from what was selected in each batch gives the same as selecting from everything.
    """
    if evidence.empty:
        return evidence
    keys = ["model", "topic", "kind", "rank", "score", "report_id", "place"]
    ordered = evidence.sort_values(keys, ascending=[key != "score" for key in keys], kind="stable")
    number = ordered.groupby(["model", "topic", "kind"]).cumcount()
    return ordered[number < ordered["kind"].map({"passage": PASSAGES, "heading": HEADINGS})].reset_index(drop=True)
