"""Reports projected on models: topic shares of sections and parts with intervals, and evidence for each topic.

Evidence of a topic is the passages and the headings of sections that it has the largest shares of.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

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


@dataclass(frozen=True)
class SentenceGroups:
    """The sections, with their subsections, and the parts of reports, and the paragraphs that each holds.

    A paragraph that runs on into another section is one on either side: sections and parts hold whole paragraphs.

    Attributes
    ----------
    report_id, name : object array of shape (G,)
        Report by report its sections, then its parts.
    is_part : bool array of shape (G,)
    held : sparse array of shape (G, U)
        1 where a group holds a paragraph.
    paragraphs : sparse array of shape (U, S)
        1 where a paragraph has a sentence.
    """

    report_id: np.ndarray
    name: np.ndarray
    is_part: np.ndarray
    held: sparse.csr_array
    paragraphs: sparse.csr_array

    def count(self, of_sentences: np.ndarray) -> np.ndarray:
        """Sums over the sentences of each group of what is counted in them, shape (G,)."""
        return np.asarray(self.held @ (self.paragraphs @ of_sentences)).astype("int64")


@dataclass(frozen=True)
class ProjectedReports:
    """Reports, one after the other, projected on one model."""

    model: str
    sentences: pd.DataFrame  # S rows: report_id, section_id, sentence_id, paragraph, role, level
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
    headings, tables = _subject_headings(outline), []
    for projected in _project_all(corpus, models):
        of_sections, of_parts = share_rows(projected)
        evidence = evidence_rows(projected, of_sections, sentences, headings)
        tables.append(BatchTables(of_sections, of_parts, evidence))
    return concat_tables(tables)


def concat_tables(batches: Iterable[BatchTables]) -> BatchTables:
    """The tables of several batches as those of one."""
    tables = list(batches)
    return BatchTables(
        _concat([own.topic_sections for own in tables], _SECTION_COLUMNS),
        _concat([own.topic_parts for own in tables], _PART_COLUMNS),
        join_evidence([own.topic_evidence for own in tables]),
    )


def join_evidence(tables: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """The evidence to keep of several batches; see `select_evidence`."""
    return select_evidence(_concat(tables, _EVIDENCE_COLUMNS))


def _concat(tables: Sequence[pd.DataFrame], columns: Sequence[str]) -> pd.DataFrame:
    filled = [table for table in tables if len(table)]
    return pd.concat(filled, ignore_index=True) if filled else pd.DataFrame(columns=list(columns))


def _subject_headings(outline: pd.DataFrame) -> dict[tuple[str, str], str]:
    """The headings that name a subject, by report and section; those of parts (工作回顾) do not."""
    names = ("report_id", "section_id", "parent_id", "level", "heading")
    report_id, section_id, parent_id, level, heading = (outline[name].tolist() for name in names)
    divided = set(zip(report_id, parent_id, strict=True))
    rows = zip(zip(report_id, section_id, strict=True), level, heading, strict=True)
    return {key: text for key, depth, text in rows if text and (depth > 1 or (depth == 1 and key not in divided))}


def _project_all(corpus: Corpus, models: Mapping[str, TopicModel]) -> Iterator[ProjectedReports]:
    present = set(corpus.sentences["report_id"])
    groups = group_sentences(corpus.sentences)
    for name, model in sorted(models.items()):
        report_id = name.removeprefix("self:")
        if report_id == name and present:
            yield project_reports(name, model, corpus, groups)
        elif report_id in present:
            yield project_reports(name, model, corpus.select_reports([report_id]))


def project_reports(
    name: str, model: TopicModel, corpus: Corpus, groups: SentenceGroups | None = None
) -> ProjectedReports:
    """The reports of a corpus, projected on a model; `groups` are those of its sentences, if they are known."""
    own = corpus.with_vocabulary(model.vocabulary)
    n_tokens = np.asarray(own.token_counts.sum(axis=1)).ravel()
    groups = groups or group_sentences(own.sentences)
    return ProjectedReports(name, own.sentences, shares(model, own.sentence_counts), own.n_known, n_tokens, groups)


def group_sentences(sentences: pd.DataFrame) -> SentenceGroups:
    """The sections and parts of the reports that the sentences are of, one report after the other."""
    key = ["report_id", "section_id"]
    place = sentences.groupby(key, sort=False).ngroup().to_numpy()
    unit = sentences.groupby([*key, "paragraph"], sort=False).ngroup().to_numpy()
    first_of_place, first_of_unit = (np.unique(numbers, return_index=True)[1] for numbers in (place, unit))
    own = sentences.iloc[first_of_place]
    role = own["role"].tolist()
    inside = {REVIEW: [r == REVIEW for r in role], PLAN: [r == PLAN for r in role], UNTITLED: untitled(own).tolist()}
    rows: list[tuple[str, str, bool, list[int]]] = []
    ids = list(enumerate(zip(*(own[name].tolist() for name in key), strict=True)))
    for report_id, some in groupby(ids, key=lambda entry: entry[1][0]):
        sections: dict[str, list[int]] = {}
        for number, (_, section_id) in some:
            for ancestor in ancestors(section_id):
                sections.setdefault(ancestor, []).append(number)
            sections.setdefault("", []).append(number)
        whole = sections.pop("")
        rows += [(report_id, name, False, numbers) for name, numbers in sections.items()]
        rows.append((report_id, WHOLE, True, whole))
        rows += [(report_id, part, True, [n for n in whole if among[n]]) for part, among in inside.items()]
    names, members = np.empty((2, len(rows)), dtype=object), [numbers for *_, numbers in rows]
    names[0], names[1] = [row[0] for row in rows], [row[1] for row in rows]
    at = np.repeat(np.arange(len(rows)), [len(numbers) for numbers in members])
    places = np.array([number for numbers in members for number in numbers], dtype="int64")
    of_places = sparse.csr_array((np.ones(len(at)), (at, places)), shape=(len(rows), len(own)))
    held = sparse.csr_array(of_places @ indicator_matrix(place[first_of_unit], len(own)))
    # Sums are taken in the order of the paragraphs, on which their last digits depend.
    held.sort_indices()
    is_part = np.array([row[2] for row in rows], dtype=bool)
    return SentenceGroups(names[0], names[1], is_part, held, indicator_matrix(unit, len(first_of_unit)))


def untitled(sentences: pd.DataFrame) -> np.ndarray:
    """Which sentences of reports are under no heading that names a subject.

    Those of the front matter, of the closing words, of blocks without a heading, and those of a section of the first level
    before its first subsection: its heading (工作回顾) names a part of the report.
    """
    ids = list(zip(sentences["report_id"].tolist(), sentences["section_id"].tolist(), strict=True))
    divided = {(report_id, above) for report_id, section_id in set(ids) for above in ancestors(section_id)[1:]}
    level = sentences["level"].to_numpy(dtype="int64")
    introduces = (level == 1) & np.array([key in divided for key in ids], dtype=bool)
    return np.asarray(sentences["role"].isin(["front", "closing"]).to_numpy() | (level == 0) | introduces)


def share_rows(projected: ProjectedReports) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Topic shares of the sections and of the parts of reports.

    A share is the mean of the sentences' shares, weighted by their words that the model knows; missing when no word is known.
    Its interval (95 %) is that of `emphasis.measures.intervals.rate_intervals` over the paragraphs, a paragraph that runs on
    into another section being one on either side: words of a topic among known words, the design effect of all topics together
    being the usual one. Missing with fewer than four paragraphs.

    Returns
    -------
    sections, parts : DataFrame
        Rows of topic_sections and of topic_parts.
    """
    groups, k = projected.groups, projected.shares.shape[1]
    numbers = {name: np.clip(np.round(values, 6), 0, 1) for name, values in _share_intervals(projected).items()}
    n_tokens, n_known = groups.count(projected.n_tokens), groups.count(projected.n_known)
    sections, parts = (
        {
            "model": projected.model,
            "report_id": np.repeat(groups.report_id[own], k),
            "name": np.repeat(groups.name[own], k),
            "topic": np.tile(np.arange(1, k + 1), len(own)),
            "n_tokens": np.repeat(n_tokens[own], k),
            "n_known": np.repeat(n_known[own], k),
            **{name: values[own].ravel() for name, values in numbers.items()},
        }
        for own in (np.flatnonzero(~groups.is_part), np.flatnonzero(groups.is_part))
    )
    sections |= {"section_id": sections["name"], "prevalence": sections["share"]}
    parts |= {"part": parts["name"]}
    return pd.DataFrame(sections, columns=_SECTION_COLUMNS), pd.DataFrame(parts, columns=_PART_COLUMNS)


def _share_intervals(projected: ProjectedReports) -> dict[str, np.ndarray]:
    """share, low and high of each topic in each group, each of shape (G, K)."""
    groups, k = projected.groups, projected.shares.shape[1]
    known = np.where(np.isnan(projected.shares[:, 0]), 0.0, projected.n_known)
    # Sparse products are added in the order of the sentences and paragraphs, those of BLAS as the processor likes.
    words, size = groups.paragraphs @ (np.nan_to_num(projected.shares) * known[:, None]), groups.paragraphs @ known
    of_topics = ((groups.held @ values).ravel() for values in (words, words**2, words * size[:, None]))
    of_groups = (np.repeat(groups.held @ values, k) for values in (size, size**2, size > 0))
    (n, squares, with_size), (total, size_squares, units) = of_topics, of_groups
    sums = UnitSums(n, total, squares, with_size, size_squares, units)
    low, high = rate_intervals(sums, pooled_effect(sums, np.repeat(np.arange(len(groups.name)), k)))
    return {name: values.reshape(-1, k) for name, values in (("share", sums.rate), ("low", low), ("high", high))}


def evidence_rows(
    projected: ProjectedReports,
    sections: pd.DataFrame,
    sentences: pd.DataFrame,
    headings: Mapping[tuple[str, str], str],
) -> pd.DataFrame:
    """The sentences with the most words in each topic, and the headings of the sections with the largest shares.

    A sentence is weighed by its share times its known words, so that sentences of one word do not come first. `sections` are
    the reports' rows of topic_sections; `sentences` have sentence_id and text; `headings`, by report_id and section_id, are those
    that name a subject.

    Returns
    -------
    DataFrame
        Rows of topic_evidence, those to keep: see `select_evidence`.
    """
    own, groups, k = projected.sentences, projected.groups, projected.shares.shape[1]
    weight = np.round(np.nan_to_num(projected.shares) * projected.n_known[:, None], 6)
    passages = _largest(weight, own["report_id"].to_numpy(dtype=object), own["sentence_id"].to_numpy(dtype=object))
    report_id, name = (column[~groups.is_part] for column in (groups.report_id, groups.name))
    named = np.array([key in headings for key in zip(report_id, name, strict=True)], dtype=bool)
    named &= groups.count(projected.n_known)[~groups.is_part] >= _LEAST_TOKENS
    prevalence = np.nan_to_num(sections["prevalence"].to_numpy().reshape(-1, k)) * named[:, None]
    found = [passages.assign(kind="passage"), _largest(prevalence, report_id, name).assign(kind="heading")]
    kept = select_evidence(pd.concat(found, ignore_index=True).assign(model=projected.model))
    # Few sentences are kept; only theirs are made strings of Python.
    wanted = sentences[sentences["sentence_id"].isin(kept["place"])]
    texts = dict(zip(wanted["sentence_id"].tolist(), wanted["text"].tolist(), strict=True))
    rows = zip(kept["kind"], kept["report_id"], kept["place"], strict=True)
    text = [texts[place] if kind == "passage" else headings[report, place] for kind, report, place in rows]
    return kept.assign(text=pd.Series(text, index=kept.index, dtype="str"))[_EVIDENCE_COLUMNS]


def _largest(values: np.ndarray, report_id: np.ndarray, place: np.ndarray) -> pd.DataFrame:
    """The largest values above zero that each report has in the column of each topic, of equal ones the first.

    Parameters
    ----------
    values : array of shape (N, K)
        None below zero.
    report_id, place : object array of shape (N,)
        Of the rows, of which there is one at least; those of a report are one after the other.

    Returns
    -------
    DataFrame
        report_id, place, topic and rank, both from 1, score.
    """
    begins = np.r_[True, report_id[1:] != report_id[:-1]]
    starts, number = np.flatnonzero(begins), np.cumsum(begins) - 1
    left, numbers = values.copy(), np.arange(len(values))[:, None]
    found: list[tuple[np.ndarray, ...]] = []
    for rank in range(1, _PER_REPORT + 1):
        most = np.maximum.reduceat(left, starts)
        row = np.minimum.reduceat(np.where(left == most[number], numbers, len(values)), starts)
        report, topic = np.nonzero(most > 0)
        at = row[report, topic]
        left[at, topic] = 0
        found.append((report_id[at], place[at], topic + 1, np.full(len(at), rank), most[report, topic]))
    columns = ["report_id", "place", "topic", "rank", "score"]
    return pd.concat([pd.DataFrame(dict(zip(columns, own, strict=True))) for own in found])


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
