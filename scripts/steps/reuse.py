"""Find what reports share with the year before, with superior levels and with neighbours, and which sentences are formulas."""

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd
import pyarrow as pa

from emphasis.measures.counts import SENTENCES, counted_sentences
from emphasis.measures.keyness_across import year_pairs
from emphasis.measures.reuse import SHARED, by_report, compared, nearby, related
from emphasis.measures.reuse import reuse as measure
from emphasis.measures.shared_text import Body, Formulas, formulas
from emphasis.run.step import Step, run_step
from emphasis.store.batches import Shelf, some_at_a_time

SENTENCE = ("report_id", "sentence_id", "section_id", "text")
ROLE = ("report_id", "section_id", "role")
HELD = 128
"""Reports whose text is held in memory; one takes up to 1 MB."""


def find_formulas(step: Step, texts: Shelf) -> tuple[Formulas, Iterator[dict[str, pd.DataFrame]]]:
    """Put the counted sentences of every report away; which of them are formulas, and the table of these."""
    known = Formulas()
    sentences, outline = step.stored("sentences", SENTENCE), step.stored("outline", ROLE)
    for report_id, own in counted_sentences(sentences, outline, step.params.count_roles):
        texts.put(report_id, own)
        known.add(report_id, Body(report_id, own).spans)
    tables = (
        pa.concat_tables([formulas(report_id, texts.take(report_id), known.of(report_id)) for report_id in some])
        for some in some_at_a_time(texts.reports)
    )
    return known, ({"formulas": table.to_pandas()} for table in tables)


def find_shared(step: Step, texts: Shelf, shared: Shelf, known: Formulas) -> Iterator[dict[str, pd.DataFrame]]:
    """What the related reports of each report share with it."""
    reports = step.table("reports")
    body = lru_cache(HELD)(lambda report_id: Body(report_id, texts.take(report_id)))
    filled = set(texts.reports)
    pairs = [pair for pair in related(reports, year_pairs(reports)) if filled.issuperset(pair[1:])]
    # Groups of reports that are compared with each other, then all reports in order.
    for group in nearby(pairs, reports):
        for report_id, own in compared(group, body):
            shared.put(report_id, own)
    others = by_report(pairs)
    for some in some_at_a_time(sorted(others), 16):
        found = [measure(others[r], body, shared.take(r), known.of(r)) for r in some]
        shares, passages = (pa.concat_tables(tables).to_pandas() for tables in zip(*found, strict=True))
        yield {"reuse": shares, "reuse_passages": passages}


def reuse(step: Step) -> None:
    # What was read and found for each report lies next to the results until all of it is written.
    step.folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=step.folder, prefix=".") as folder:
        texts, shared = Shelf(Path(folder, "texts"), SENTENCES), Shelf(Path(folder, "shared"), SHARED)
        known, tables = find_formulas(step, texts)
        step.append(tables, ["formulas"])
        step.append(find_shared(step, texts, shared, known), ["reuse", "reuse_passages"])


if __name__ == "__main__":
    run_step(reuse, snakemake)
