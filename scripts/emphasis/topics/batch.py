"""The reports of a batch under all models."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
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
    texts = sentences.set_index("sentence_id")["text"]
    titled = outline[(outline["level"] >= 1) & (outline["heading"] != "")]
    holders = set(zip(outline["report_id"], outline["parent_id"], strict=True))
    subject = [
        level > 1 or (report_id, section_id) not in holders
        for report_id, section_id, level in zip(titled["report_id"], titled["section_id"], titled["level"], strict=True)
    ]
    headings = dict(iter(titled[subject].groupby("report_id")))
    none = titled.iloc[:0]
    # Small products: more threads of BLAS wait for each other longer than they work.
    with threadpool_limits(1):
        for report in _reports(corpus, models):
            of_sections, of_parts = share_rows(report, bootstrap, seed)
            sections.append(of_sections)
            parts.append(of_parts)
            heading = headings.get(report.report_id, none).set_index("section_id")["heading"]
            evidence.append(evidence_rows(report, of_sections, texts, heading))
    filled = [table for table in evidence if len(table)]
    return BatchTables(
        pd.concat(sections, ignore_index=True) if sections else pd.DataFrame(),
        pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(),
        best(pd.concat(filled, ignore_index=True)) if filled else pd.DataFrame(),
    )


def _reports(corpus: Corpus, models: Mapping[str, TopicModel]) -> Iterator[Scored]:
    places = by_report(corpus)
    for name, model in sorted(models.items()):
        report_id = name.removeprefix("self:")
        if report_id == name:
            yield from scored(name, model, corpus, places)
        elif report_id in places:
            own = corpus.only(report_id)
            yield from scored(name, model, own, by_report(own))
