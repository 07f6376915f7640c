"""Fit a reference basis on a folder of reports: the data of config/basis, and passages to find labels by."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from emphasis.errors import EmphasisError
from emphasis.run.job import logged
from emphasis.segment.lexicon import load_stopwords
from emphasis.store.tables import concat, load_schemas, read, write
from emphasis.topics.basis import write_basis
from emphasis.topics.corpus import Corpus, CorpusSettings, build_corpus
from emphasis.topics.fitting import basis_fit_settings, fit_batches
from emphasis.topics.tables import basis_provenance, describe_basis

if TYPE_CHECKING:
    from snakemake.script import snakemake

TABLES = ("tokens", "sentences", "outline")

if __name__ == "__main__":
    with logged(snakemake.log[0]):
        schemas = load_schemas(snakemake.input.schemas)
        left_out = load_stopwords(snakemake.input.stopwords) | load_stopwords(snakemake.input.ordinary)
        topics, seed = snakemake.params.topics, snakemake.params.seed
        settings = CorpusSettings(snakemake.params.count_roles, left_out, topics["paragraph_sentences"])
        files = list(zip(*(snakemake.input[name] for name in TABLES), strict=True))

        def batches() -> Iterator[list[pd.DataFrame]]:
            """The tables of one batch after the other."""
            for names in files:
                yield [read(file, schemas[name]) for file, name in zip(names, TABLES, strict=True)]

        def corpora() -> Iterator[Corpus]:
            for tokens, sentences, outline in batches():
                yield build_corpus(tokens, sentences, outline, settings)

        fit_settings = basis_fit_settings(topics, seed, snakemake.threads)
        fitted = fit_batches("basis", corpora, fit_settings)
        if fitted is None:
            raise EmphasisError("no report has a word that a topic model could use; add reports")
        labels, passages = describe_basis(fitted, batches(), settings)
        reports = concat([read(file, schemas["reports"]) for file in snakemake.input.reports], schemas["reports"])
        folder = Path(snakemake.output.components).parent
        write_basis(folder, fitted, labels, basis_provenance(reports, fitted, fit_settings, seed))
        write(passages, snakemake.output.passages, schemas["topic_passages"])
