"""Find what reports share with the year before, with superior levels and with neighbours, and which sentences are formulas."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache, partial
from hashlib import sha256
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from emphasis.measures.report_pairs import ReportPair, group_pairs, pairs_by_report, related_pairs, year_pairs
from emphasis.measures.reuse import PASSAGE_SCHEMA, find_passages
from emphasis.measures.reuse import reuse as shares_and_passages
from emphasis.measures.shared_text import SENTENCES, Formulas, NormalisedText, are_headings, formula_table
from emphasis.run.step import Step, run_step
from emphasis.store.batches import SpillFile, split_ids
from emphasis.store.kept import Block, key_of

SENTENCE = ("report_id", "sentence_id", "section_id", "text")
OUTLINE = ("report_id", "section_id", "role", "heading")
HEADING = ("report_id", "section_id", "heading")
COMPARED = ("reuse", "reuse_passages")
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


def shelve_texts(step: Step, texts: SpillFile) -> tuple[Formulas, dict[str, bytes]]:
    """Put the counted sentences of every report away, and count in how many reports each sentence occurs; a hash of each report's."""
    formulas, hashes = Formulas(), {}
    for report_id, own, headings in counted_sentences(step):
        texts.put(report_id, own)
        hashes[report_id] = sha256(own.combine_chunks().to_batches()[0].serialize()).digest()
        text = NormalisedText(report_id, own)
        formulas.add(report_id, text.sentence_texts, are_headings(text, headings))
    return formulas, hashes


def formula_tables(texts: SpillFile, formulas: Formulas) -> Iterator[dict[str, pd.DataFrame]]:
    for some in split_ids(texts.reports):
        parts = [formula_table(r, texts.take(r), formulas.n_reports(r)) for r in some]
        yield {"formulas": pa.concat_tables(parts).to_pandas()}


def reuse_tables(
    by_report: Mapping[str, Sequence[ReportPair]],
    reports: pd.DataFrame,
    texts: SpillFile,
    shared: SpillFile,
    formulas: Formulas,
    before: Mapping[str, Callable[[], dict[str, Block]]],
) -> Iterator[dict[str, pd.DataFrame] | tuple[str, dict[str, Block]]]:
    """What each report shares with the reports that it is compared with; where there are rows of the run `before`, these."""
    text_of = lru_cache(HELD)(lambda report_id: NormalisedText(report_id, texts.take(report_id)))
    new = by_report.keys() - before.keys()
    # Groups of reports that are compared with each other, then all reports in order.
    for group in group_pairs([pair for report_id in sorted(new) for pair in by_report[report_id]], reports):
        for report_id, own in find_passages(group, text_of):
            shared.put(report_id, own)
    for are_new, run in groupby(sorted(by_report), key=new.__contains__):
        if not are_new:
            yield from ((report_id, before[report_id]()) for report_id in run)
            continue
        for some in split_ids(list(run), 16):
            parts = [shares_and_passages(by_report[r], text_of, shared.take(r), formulas.are_common(r)) for r in some]
            shares, passages = (pa.concat_tables(tables).to_pandas() for tables in zip(*parts, strict=True))
            yield {"reuse": shares, "reuse_passages": passages}


def keys_of(
    step: Step, by_report: Mapping[str, Sequence[ReportPair]], hashes: Mapping[str, bytes], formulas: Formulas
) -> dict[str, str]:
    """What the rows of each report are made from: its text, those that it is compared with, which sentences many have, the code."""
    return {
        report_id: key_of(
            *(step.params.code, hashes[report_id], formulas.are_common(report_id).tobytes()),
            *((relation, other, hashes[other]) for relation, _, other in own),
        )
        for report_id, own in by_report.items()
    }


def reuse(step: Step) -> None:
    # What was read and found for each report lies next to the results until all of it is written.
    step.folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=step.folder, prefix=".") as folder, step.kept(*COMPARED) as kept:
        texts, shared = SpillFile(Path(folder, "texts"), SENTENCES), SpillFile(Path(folder, "shared"), PASSAGE_SCHEMA)
        formulas, hashes = shelve_texts(step, texts)
        step.append(formula_tables(texts, formulas), ["formulas"])
        reports = step.table("reports")
        related = related_pairs(reports, year_pairs(reports))
        by_report = pairs_by_report([pair for pair in related if hashes.keys() >= {*pair[1:]}])
        keys = keys_of(step, by_report, hashes, formulas)
        before = {report_id: partial(kept.rows, report_id) for report_id in kept.known(keys)}
        print(f"rows of the run before: {len(before)} of {len(by_report)} reports", flush=True)
        step.append(reuse_tables(by_report, reports, texts, shared, formulas, before), COMPARED)
        kept.keep(keys)


if __name__ == "__main__":
    run_step(reuse, snakemake)
