"""The reports of a batch under all models."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd
from threadpoolctl import threadpool_limits

from emphasis.topics.documents import Corpus
from emphasis.topics.model import TopicModel
from emphasis.topics.scoring import Scored, best, by_report, evidence_rows, scored, share_rows


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
