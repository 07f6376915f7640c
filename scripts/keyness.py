"""Find the keywords that set sections and plans apart, for a batch of reports."""

from typing import TYPE_CHECKING

from emphasis.job import logged
from emphasis.measures.comparisons import keyness_tables, within
from emphasis.measures.counts import Counting
from emphasis.measures.keyness import Significance
from emphasis.measures.paragraphs import count_paragraphs
from emphasis.segment.stopwords import load_stopwords
from emphasis.tables import load_schemas, read, write

if TYPE_CHECKING:
    from snakemake.script import snakemake

if __name__ == "__main__":
    with logged(snakemake.log[0]):
        schemas = load_schemas(snakemake.input.schemas)
        tokens = read(snakemake.input.tokens, schemas["tokens"])
        sentences = read(snakemake.input.sentences, schemas["sentences"])
        outline = read(snakemake.input.outline, schemas["outline"])
        stopwords = load_stopwords(snakemake.input.stopwords)
        counting = Counting(snakemake.params.count_roles, stopwords, snakemake.params.min_length)
        paragraphs = count_paragraphs(tokens, sentences, outline, counting)
        significance = Significance(**snakemake.params.keyness, seed=snakemake.params.seed)
        table, comparisons = keyness_tables(within(paragraphs, outline), significance)
        write(table, snakemake.output.keyness, schemas["keyness"])
        write(comparisons, snakemake.output.keyness_comparisons, schemas["keyness_comparisons"])
