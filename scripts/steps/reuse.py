"""Find what reports share with the year before, with superior levels and with neighbours, and which sentences are formulas."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from emphasis.measures.report_pairs import ReportPair, group_pairs, pairs_by_report, related_pairs, year_pairs
from emphasis.measures.reuse import PASSAGE_SCHEMA, find_passages
from emphasis.measures.reuse import reuse as shares_and_passages
from emphasis.measures.shared_text import SENTENCES, Formulas, NormalisedText, counted_texts, formula_table
from emphasis.run.step import Step, run_step
from emphasis.store.batches import SpillFile, split_ids
from emphasis.store.kept import Block, KeptTables, Made, MadeFrom, key_of
from emphasis.store.tables import read_arrow

SENTENCE = ("report_id", "sentence_id", "section_id", "text")
OUTLINE = ("report_id", "section_id", "role", "heading")
COMPARED = ("reuse", "reuse_passages")
HELD = 128
"""Reports whose text is held in memory; one takes up to 1 MB."""


class Before(NamedTuple):
    """Tables of the run before, and the reports whose rows are taken over from them."""

    tables: KeptTables
    known: Collection[str]


Tables = Iterator[Made | tuple[str, dict[str, Block]]]


def read_hashes(step: Step) -> Formulas:
    """In how many reports each sentence occurs."""
    formulas = Formulas()
    for file in step.files("sentence_hashes"):
        table, at = read_arrow(file, step.schemas["sentence_hashes"]), 0
        for report_id, n in map(dict.values, pc.value_counts(table["report_id"]).to_pylist()):
            hashes, headings = (table[name].slice(at, n).to_numpy() for name in ("hash", "heading"))
            formulas.add(report_id, hashes.view("uint64"), headings)
            at += n
    return formulas


def shelve_texts(step: Step, wanted: Collection[str], texts: SpillFile) -> None:
    """Put the counted sentences of some reports away."""
    sentences, outline = step.stored("sentences", SENTENCE), step.stored("outline", OUTLINE)
    for some in split_ids(sorted(wanted)):
        for text, _ in counted_texts(sentences.arrow(some), outline.arrow(some), step.params.count_roles):
            texts.put(text.report_id, text.sentences)


def formula_tables(texts: SpillFile, formulas: Formulas, before: Before) -> Tables:
    """The formulas of each report; where there are rows of the run before, these."""

    def made(some: Sequence[str]) -> dict[str, pd.DataFrame]:
        parts = [formula_table(r, texts.take(r), formulas.n_reports(r)) for r in some]
        return {"formulas": pa.concat_tables(parts).to_pandas()}

    return before.tables.in_order(sorted(formulas.reports), before.known, made)


def reuse_tables(
    by_report: Mapping[str, Sequence[ReportPair]],
    reports: pd.DataFrame,
    texts: SpillFile,
    shared: SpillFile,
    formulas: Formulas,
    before: Before,
) -> Tables:
    """What each report shares with the reports that it is compared with; where there are rows of the run before, these."""
    text_of = lru_cache(HELD)(lambda report_id: NormalisedText(report_id, texts.take(report_id)))
    new = [report_id for report_id in sorted(by_report) if report_id not in before.known]
    # Groups of reports that are compared with each other, then all reports in order.
    for group in group_pairs([pair for report_id in new for pair in by_report[report_id]], reports):
        for report_id, own in find_passages(group, text_of):
            shared.put(report_id, own)

    def made(some: Sequence[str]) -> dict[str, pd.DataFrame]:
        parts = [shares_and_passages(by_report[r], text_of, shared.take(r), formulas.are_common(r)) for r in some]
        shares, passages = (pa.concat_tables(tables).to_pandas() for tables in zip(*parts, strict=True))
        return {"reuse": shares, "reuse_passages": passages}

    return before.tables.in_order(sorted(by_report), before.known, made, 16)


def reuse(step: Step) -> None:
    formulas, reports = read_hashes(step), step.table("reports")
    related = related_pairs(reports, year_pairs(reports))
    there = frozenset(formulas.reports)
    by_report = pairs_by_report([pair for pair in related if there >= {*pair[1:]}])
    # What rows are made from: the text, those that it is compared with, which sentences others have, settings and code.
    own = {name: step.files(name) for name in ("sentences", "outline")}
    made_from = MadeFrom(own, step.schemas, [step.params.code, sorted(step.params.count_roles)])
    text = {report_id: made_from.key(report_id) for report_id in formulas.reports}
    of_formulas = {r: key_of(text[r], formulas.n_reports(r).tobytes()) for r in text}
    of_pairs = {
        report_id: key_of(
            *(text[report_id], formulas.are_common(report_id).tobytes()),
            *((relation, other, text[other]) for relation, _, other in pairs),
        )
        for report_id, pairs in by_report.items()
    }
    # What is read and found lies next to the results until all of it is written.
    step.folder.mkdir(parents=True, exist_ok=True)
    with (
        TemporaryDirectory(dir=step.folder, prefix=".") as folder,
        step.kept("formulas") as kept_formulas,
        step.kept(*COMPARED) as kept,
    ):
        texts, shared = SpillFile(Path(folder, "texts"), SENTENCES), SpillFile(Path(folder, "shared"), PASSAGE_SCHEMA)
        with_formulas = Before(kept_formulas, kept_formulas.known(of_formulas))
        compared = Before(kept, kept.known(of_pairs))
        print(f"rows of the run before: {len(compared.known)} of {len(by_report)} reports", flush=True)
        wanted = text.keys() - with_formulas.known
        new = [pair for report_id, pairs in by_report.items() if report_id not in compared.known for pair in pairs]
        wanted |= {report_id for _, *both in new for report_id in both}
        shelve_texts(step, wanted, texts)
        step.append(formula_tables(texts, formulas, with_formulas), ["formulas"])
        step.append(reuse_tables(by_report, reports, texts, shared, formulas, compared), COMPARED)
        kept_formulas.keep(of_formulas)
        kept.keep(of_pairs)


if __name__ == "__main__":
    run_step(reuse, snakemake)
