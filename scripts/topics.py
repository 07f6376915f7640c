"""Fit a topic model on each report of a batch and say what it can be believed for."""

from typing import TYPE_CHECKING

from emphasis.job import logged
from emphasis.measures.counts import Counting, counted_tokens
from emphasis.segment.stopwords import load_stopwords
from emphasis.tables import concat, load_schemas, read, write
from emphasis.topics.documents import build_corpus
from emphasis.topics.report import TABLES, Choices, topic_tables

if TYPE_CHECKING:
    from snakemake.script import snakemake

if __name__ == "__main__":
    with logged(snakemake.log[0]):
        schemas = load_schemas(snakemake.input.schemas)
        settings = dict(snakemake.params.topics)
        grain = {name: settings.pop(name) for name in ("min_df", "paragraph_sentences")}
        stopwords = load_stopwords(snakemake.input.stopwords)
        choices = Choices(**settings, seed=snakemake.params.seed)
        outline = read(snakemake.input.outline, schemas["outline"])
        sentences = read(snakemake.input.sentences, schemas["sentences"])
        tokens = counted_tokens(
            read(snakemake.input.tokens, schemas["tokens"]), outline, Counting(snakemake.params.count_roles)
        )
        found = []
        for report_id, own in sentences.groupby("report_id"):
            print(f"{report_id}: fitting {choices.k} topics, {choices.null_draws} times beside it on shuffled words")
            corpus = build_corpus(tokens[tokens["report_id"] == report_id], own, stopwords=stopwords, **grain)
            found.append(topic_tables(corpus, own.set_index("sentence_id")["text"], choices))
        for name in TABLES:
            table = concat([getattr(tables, name) for tables in found], schemas[name])
            write(table, snakemake.output[name], schemas[name])
