"""Measure how like each other reports are, and which terms come, go, and are first used where."""

from typing import TYPE_CHECKING

from emphasis.job import logged
from emphasis.measures.comparisons import year_pairs
from emphasis.measures.counts import Counting
from emphasis.measures.paragraphs import count_paragraphs, stack
from emphasis.measures.reuse import related
from emphasis.measures.similarity import first_use, similarity, term_changes
from emphasis.segment.stopwords import load_stopwords
from emphasis.tables import concat, load_schemas, read, write

if TYPE_CHECKING:
    from snakemake.script import snakemake

if __name__ == "__main__":
    with logged(snakemake.log[0]):
        schemas = load_schemas(snakemake.input.schemas)
        reports = concat([read(file, schemas["reports"]) for file in snakemake.input.reports], schemas["reports"])
        stopwords = load_stopwords(snakemake.input.stopwords)
        counting = Counting(snakemake.params.count_roles, stopwords, snakemake.params.min_length)
        # One batch at a time: only the counts of all reports are held together.
        paragraphs = stack(
            [
                count_paragraphs(
                    read(tokens, schemas["tokens"]),
                    read(sentences, schemas["sentences"]),
                    read(outline, schemas["outline"]),
                    counting,
                )
                for tokens, sentences, outline in zip(
                    snakemake.input.tokens, snakemake.input.sentences, snakemake.input.outline, strict=True
                )
            ]
        )
        years = year_pairs(reports)
        table = similarity(paragraphs, reports, related(reports, years))
        write(table, snakemake.output.similarity, schemas["similarity"])
        write(term_changes(paragraphs, years), snakemake.output.term_changes, schemas["term_changes"])
        write(first_use(paragraphs, reports), snakemake.output.first_use, schemas["first_use"])
