"""Find what reports share with the year before, with superior levels and with neighbours, and which sentences are formulas."""

from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pyarrow as pa

from emphasis.measures.counts import SENTENCES, counted_sentences
from emphasis.measures.keyness_across import year_pairs
from emphasis.measures.reuse import SHARED, by_report, compared, nearby, related, reuse
from emphasis.measures.shared_text import Body, Formulas, formulas
from emphasis.run.job import logged
from emphasis.store.batches import SpillFile, StoredTable, split_ids
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
            texts, shared = SpillFile(Path(folder, "texts"), SENTENCES), SpillFile(Path(folder, "shared"), SHARED)
            known = Formulas()
            for report_id, own in counted_sentences(sentences, outline, snakemake.params.count_roles):
                texts.put(report_id, own)
                known.add(report_id, Body(report_id, own).spans)
            with Writer(snakemake.output.formulas, schemas["formulas"]) as out:
                for some in split_ids(texts.reports):
                    found = [formulas(report_id, texts.take(report_id), known.of(report_id)) for report_id in some]
                    out.add(pa.concat(found).to_pandas())
            body = lru_cache(HELD)(lambda report_id: Body(report_id, texts.take(report_id)))
            filled = set(texts.reports)
            pairs = [pair for pair in related(reports, year_pairs(reports)) if filled.issuperset(pair[1:])]
            # Groups of reports that are compared with each other, then all reports in order.
            for group in nearby(pairs, reports):
                for report_id, own in compared(group, body):
                    shared.put(report_id, own)
            with (
                Writer(snakemake.output.reuse, schemas["reuse"]) as shares,
                Writer(snakemake.output.reuse_passages, schemas["reuse_passages"]) as passages,
            ):
                others = by_report(pairs)
                for some in split_ids(sorted(others), 16):
                    found = [reuse(others[r], body, shared.take(r), known.of(r)) for r in some]
                    for out, tables in zip((shares, passages), zip(*found, strict=True), strict=True):
                        out.add(pa.concat(tables).to_pandas())
