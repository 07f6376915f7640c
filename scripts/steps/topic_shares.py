"""Project the reports of a batch on the reference basis and the fitted models: shares of sections and parts, passages."""

from pathlib import Path
from typing import TYPE_CHECKING

from emphasis.run.job import logged
from emphasis.segment.lexicon import load_stopwords
from emphasis.store.batches import read_chunks
from emphasis.store.tables import concat, load_schemas, read, write
from emphasis.topics.basis import models_from_rows, read_basis
from emphasis.topics.corpus import CorpusSettings, build_corpus
from emphasis.topics.shares import batch_tables, concat_tables

if TYPE_CHECKING:
    from snakemake.script import snakemake

COLUMNS = {
    "tokens": ("report_id", "section_id", "sentence_id", "token", "pos", "kind"),
    "sentences": ("report_id", "section_id", "sentence_id", "paragraph", "text"),
    "outline": ("report_id", "section_id", "parent_id", "level", "heading", "role"),
}

if __name__ == "__main__":
    with logged(snakemake.log[0]):
        schemas = load_schemas(snakemake.input.schemas)
        left_out = load_stopwords(snakemake.input.stopwords) | load_stopwords(snakemake.input.ordinary)
        settings = CorpusSettings(snakemake.params.count_roles, left_out, snakemake.params.paragraph_sentences)
        models = models_from_rows(read(snakemake.input.topic_models, schemas["topic_models"]))
        models["basis"] = read_basis(Path(snakemake.input.basis[0]).parent).model
        paths = {name: snakemake.input[name] for name in COLUMNS}
        tables = concat_tables(
            batch_tables(
                build_corpus(chunk["tokens"], chunk["sentences"], chunk["outline"], settings),
                models,
                chunk["sentences"],
                chunk["outline"],
                snakemake.params.bootstrap,
                snakemake.params.seed,
            )
            for chunk in read_chunks(paths, schemas, COLUMNS, as_codes=["tokens"])
        )
        for name in ("topic_sections", "topic_parts", "topic_evidence"):
            write(concat([getattr(tables, name)], schemas[name]), snakemake.output[name], schemas[name])
