"""Find what reports share with the year before, with superior levels and with neighbours, and which sentences are formulas."""

from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pyarrow as pa

from emphasis.measures.counts import SENTENCES, counted_sentences
from emphasis.measures.report_pairs import group_pairs, pairs_by_report, related_pairs, year_pairs
from emphasis.measures.reuse import PASSAGE_SCHEMA, find_passages, reuse
from emphasis.measures.shared_text import Formulas, NormalisedText, formula_table
from emphasis.run.job import logged
from emphasis.store.batches import Shelf, StoredTable, some_at_a_time
from emphasis.store.tables import Writer, concat, load_schemas, read

if TYPE_CHECKING:
    from snakemake.script import snakemake

SENTENCE = ("report_id", "sentence_id", "section_id", "text")
ROLE = ("report_id", "section_id", "role")
HELD = 128
"""Reports whose text is held in memory; one takes up to 1 MB."""

if __name__ == "__main__":
    with logged(snakemake.log[0]):
        schemas = load_schemas(snakemake.input.schemas)
        reports = concat([read(file, schemas["reports"]) for file in snakemake.input.reports], schemas["reports"])
        sentences = StoredTable(snakemake.input.sentences, schemas["sentences"], SENTENCE)
        outline = StoredTable(snakemake.input.outline, schemas["outline"], ROLE)
        # What was read and found for each report lies beside the results until all of it is written.
        beside = Path(snakemake.output.reuse).parent
        beside.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(dir=beside, prefix=".") as folder:
            texts, shared = Shelf(Path(folder, "texts"), SENTENCES), Shelf(Path(folder, "shared"), PASSAGE_SCHEMA)
            formulas = Formulas()
            for report_id, own in counted_sentences(sentences, outline, snakemake.params.count_roles):
                texts.put(report_id, own)
                formulas.add(report_id, NormalisedText(report_id, own).sentence_texts)
            with Writer(snakemake.output.formulas, schemas["formulas"]) as out:
                for some in some_at_a_time(texts.reports):
                    parts = [formula_table(r, texts.take(r), formulas.n_reports(r)) for r in some]
                    out.add(pa.concat_tables(parts).to_pandas())
            text_of = lru_cache(HELD)(lambda report_id: NormalisedText(report_id, texts.take(report_id)))
            filled = set(texts.reports)
            pairs = [pair for pair in related_pairs(reports, year_pairs(reports)) if filled.issuperset(pair[1:])]
            # Groups of reports that are compared with each other, then all reports in order.
            for group in group_pairs(pairs, reports):
                for report_id, own in find_passages(group, text_of):
                    shared.put(report_id, own)
            with (
                Writer(snakemake.output.reuse, schemas["reuse"]) as shares,
                Writer(snakemake.output.reuse_passages, schemas["reuse_passages"]) as passages,
            ):
                by_report = pairs_by_report(pairs)
                for some in some_at_a_time(sorted(by_report), 16):
                    parts = [reuse(by_report[r], text_of, shared.take(r), formulas.n_reports(r)) for r in some]
                    for out, tables in zip((shares, passages), zip(*parts, strict=True), strict=True):
                        out.add(pa.concat_tables(tables).to_pandas())
