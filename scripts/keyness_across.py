"""Find the keywords that set reports apart from the others and from the year before."""

from typing import TYPE_CHECKING

from emphasis.job import logged
from emphasis.measures.comparisons import across, keyness_tables
from emphasis.measures.counts import Counting
from emphasis.measures.keyness import Significance
from emphasis.measures.paragraphs import count_paragraphs, stack
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
        significance = Significance(**snakemake.params.keyness, seed=snakemake.params.seed)
        table, comparisons = keyness_tables(across(paragraphs, reports), significance)
        write(table, snakemake.output.keyness_across, schemas["keyness_across"])
        write(comparisons, snakemake.output.keyness_across_comparisons, schemas["keyness_across_comparisons"])
