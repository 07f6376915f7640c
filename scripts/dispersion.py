"""Measure how evenly keywords are spread over each report of a batch."""

from typing import TYPE_CHECKING

from emphasis.job import logged
from emphasis.measures.counts import Counting
from emphasis.measures.dispersion import dispersion
from emphasis.segment.stopwords import load_stopwords
from emphasis.tables import load_schemas, read, write

if TYPE_CHECKING:
    from snakemake.script import snakemake

if __name__ == "__main__":
    with logged(snakemake.log[0]):
        schemas = load_schemas(snakemake.input.schemas)
        tokens = read(snakemake.input.tokens, schemas["tokens"])
        outline = read(snakemake.input.outline, schemas["outline"])
        stopwords = load_stopwords(snakemake.input.stopwords)
        counting = Counting(snakemake.params.count_roles, stopwords, snakemake.params.min_length)
        write(dispersion(tokens, outline, counting), snakemake.output.dispersion, schemas["dispersion"])
