"""Compare the definitions of attention over the sections and reports of all batches."""

from typing import TYPE_CHECKING

from emphasis.job import logged
from emphasis.measures.themes import theme_correlations
from emphasis.tables import concat, load_schemas, read, write

if TYPE_CHECKING:
    from snakemake.script import snakemake

if __name__ == "__main__":
    with logged(snakemake.log[0]):
        schemas = load_schemas(snakemake.input.schemas)
        tables = {
            name: concat([read(file, schemas[name]) for file in snakemake.input[name]], schemas[name])
            for name in ("theme_sections", "themes", "outline")
        }
        table = theme_correlations(tables["theme_sections"], tables["themes"], tables["outline"])
        write(table, snakemake.output.theme_correlations, schemas["theme_correlations"])
