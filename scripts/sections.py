"""Add to the outline of a batch how many tokens each section has."""

from typing import TYPE_CHECKING

from emphasis.job import logged
from emphasis.segment.batch import section_table
from emphasis.tables import load_schemas, read, write

if TYPE_CHECKING:
    from snakemake.script import snakemake

if __name__ == "__main__":
    with logged(snakemake.log[0]):
        schemas = load_schemas(snakemake.input.schemas)
        outline = read(snakemake.input.outline, schemas["outline"])
        tokens = read(snakemake.input.tokens, schemas["tokens"])
        write(section_table(outline, tokens), snakemake.output.sections, schemas["sections"])
