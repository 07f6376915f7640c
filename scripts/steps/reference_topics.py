"""Fit the topics of a reference on a folder of reports, with passages to find labels by."""

from collections.abc import Iterator
from functools import partial

import pandas as pd

from emphasis.errors import EmphasisError
from emphasis.run.step import Step, run_step
from emphasis.segment.lexicon import load_stopwords
from emphasis.store.tables import read
from emphasis.topics.basis import write_basis
from emphasis.topics.corpus import Corpus, CorpusSettings, build_corpus
from emphasis.topics.fitting import basis_fit_settings, fit_batches
from emphasis.topics.tables import basis_provenance, describe_basis

TABLES = ("tokens", "sentences", "outline")


def batches(step: Step) -> Iterator[list[pd.DataFrame]]:
    """Tokens, sentences and outline of one batch after the other."""
    for files in zip(*map(step.files, TABLES), strict=True):
        yield [read(file, step.schemas[name]) for file, name in zip(files, TABLES, strict=True)]


def corpora(step: Step, settings: CorpusSettings) -> Iterator[Corpus]:
    for tokens, sentences, outline in batches(step):
        yield build_corpus(tokens, sentences, outline, settings)


def reference_topics(step: Step) -> None:
    params = step.params
    left_out = load_stopwords(step.file("stopwords")) | load_stopwords(step.file("ordinary"))
    settings = CorpusSettings(params.count_roles, left_out, params.topics["paragraph_sentences"])
    fit_settings = basis_fit_settings(params.topics, params.seed, step.threads)
    fitted = fit_batches("basis", partial(corpora, step, settings), fit_settings)
    if fitted is None:
        raise EmphasisError("no report has a word that a topic model could use; add reports")
    labels, passages = describe_basis(fitted, batches(step), settings)
    write_basis(step.folder, fitted, labels, basis_provenance(step.table("reports"), fitted, fit_settings, params.seed))
    step.write({"passages": passages}, {"passages": step.schemas["topic_passages"]})


if __name__ == "__main__":
    run_step(reference_topics, snakemake)
