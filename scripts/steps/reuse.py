"""Find what reports share with the year before, with superior levels and with neighbours, and which sentences are formulas."""

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from emphasis.measures.report_pairs import group_pairs, pairs_by_report, related_pairs, year_pairs
from emphasis.measures.reuse import PASSAGE_SCHEMA, find_passages
from emphasis.measures.reuse import reuse as shares_and_passages
from emphasis.measures.shared_text import SENTENCES, Formulas, NormalisedText, are_headings, formula_table
from emphasis.run.step import Step, run_step
from emphasis.store.batches import SpillFile, split_ids

SENTENCE = ("report_id", "sentence_id", "section_id", "text")
OUTLINE = ("report_id", "section_id", "role", "heading")
HEADING = ("report_id", "section_id", "heading")
HELD = 128
"""Reports whose text is held in memory; one takes up to 1 MB."""


def counted_sentences(step: Step) -> Iterator[tuple[str, pa.Table, dict[str, str]]]:
    """Each report that has sentences in its counted parts, in the order of the ids, with these sentences and its headings."""
    sentences, outline = step.stored("sentences", SENTENCE), step.stored("outline", OUTLINE)
    wanted = pa.array(sorted(step.params.count_roles), type=pa.string())
    for some in split_ids(sentences.reports):
        own, parts = sentences.arrow(some), outline.arrow(some)
        parts = parts.filter(pc.is_in(parts["role"], value_set=wanted))
        place, counted = (
            pc.binary_join_element_wise(table["report_id"], table["section_id"], "\n") for table in (own, parts)
        )
        own = own.filter(pc.is_in(place, value_set=counted))
        headings: dict[str, dict[str, str]] = {}
        for report_id, section_id, heading in zip(*(parts[n].to_pylist() for n in HEADING), strict=True):
            headings.setdefault(report_id, {})[section_id] = heading
        at = 0
        for report_id, n in map(dict.values, pc.value_counts(own["report_id"]).to_pylist()):
            yield report_id, own.slice(at, n).select(SENTENCES.names), headings[report_id]
            at += n


def shelve_texts(step: Step, texts: SpillFile) -> Formulas:
    """Put the counted sentences of every report away, and count in how many reports each sentence occurs."""
    formulas = Formulas()
    for report_id, own, headings in counted_sentences(step):
        texts.put(report_id, own)
        text = NormalisedText(report_id, own)
        formulas.add(report_id, text.sentence_texts, are_headings(text, headings))
    return formulas


def formula_tables(texts: SpillFile, formulas: Formulas) -> Iterator[dict[str, pd.DataFrame]]:
    for some in split_ids(texts.reports):
        parts = [formula_table(r, texts.take(r), formulas.n_reports(r)) for r in some]
        yield {"formulas": pa.concat_tables(parts).to_pandas()}


def reuse_tables(
    step: Step, texts: SpillFile, shared: SpillFile, formulas: Formulas
) -> Iterator[dict[str, pd.DataFrame]]:
    """What each report shares with the reports that it is compared with."""
    reports = step.table("reports")
    text_of = lru_cache(HELD)(lambda report_id: NormalisedText(report_id, texts.take(report_id)))
    filled = set(texts.reports)
    pairs = [pair for pair in related_pairs(reports, year_pairs(reports)) if filled.issuperset(pair[1:])]
    # Groups of reports that are compared with each other, then all reports in order.
    for group in group_pairs(pairs, reports):
        for report_id, own in find_passages(group, text_of):
            shared.put(report_id, own)
    by_report = pairs_by_report(pairs)
    for some in split_ids(sorted(by_report), 16):
        parts = [shares_and_passages(by_report[r], text_of, shared.take(r), formulas.are_common(r)) for r in some]
        shares, passages = (pa.concat_tables(tables).to_pandas() for tables in zip(*parts, strict=True))
        yield {"reuse": shares, "reuse_passages": passages}


def reuse(step: Step) -> None:
    # What was read and found for each report lies next to the results until all of it is written.
    step.folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=step.folder, prefix=".") as folder:
        texts, shared = SpillFile(Path(folder, "texts"), SENTENCES), SpillFile(Path(folder, "shared"), PASSAGE_SCHEMA)
        formulas = shelve_texts(step, texts)
        step.append(formula_tables(texts, formulas), ["formulas"])
        step.append(reuse_tables(step, texts, shared, formulas), ["reuse", "reuse_passages"])


if __name__ == "__main__":
    run_step(reuse, snakemake)
