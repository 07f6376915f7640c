"""Measure how the reports of a batch are built and worded."""

from typing import TYPE_CHECKING

from emphasis.job import logged
from emphasis.measures.counts import Counting
from emphasis.measures.structure import structure
from emphasis.tables import load_schemas, read, write

if TYPE_CHECKING:
    from snakemake.script import snakemake

if __name__ == "__main__":
    with logged(snakemake.log[0]):
        schemas = load_schemas(snakemake.input.schemas)
        tokens = read(snakemake.input.tokens, schemas["tokens"])
        sentences = read(snakemake.input.sentences, schemas["sentences"])
        outline = read(snakemake.input.outline, schemas["outline"])
        table = structure(tokens, sentences, outline, Counting(snakemake.params.count_roles))
        write(table, snakemake.output.structure, schemas["structure"])
