"""Put all reports into a panel of regions and years, with its codebook."""

from typing import TYPE_CHECKING

from emphasis.job import logged
from emphasis.measures.dictionaries import load_themes
from emphasis.measures.panel import codebook, panel, panel_schema
from emphasis.tables import concat, load_schemas, read, write, write_stata

if TYPE_CHECKING:
    from snakemake.script import snakemake

if __name__ == "__main__":
    with logged(snakemake.log[0]):
        schemas = load_schemas(snakemake.input.schemas)
        dictionaries = load_themes(snakemake.input.dictionaries)
        reports = concat([read(file, schemas["reports"]) for file in snakemake.input.reports], schemas["reports"])
        values = concat([read(file, schemas["themes"]) for file in snakemake.input.themes], schemas["themes"])
        schema = panel_schema(schemas["panel"], dictionaries)
        table = panel(reports, values)
        write(table, snakemake.output.panel, schema)
        write_stata(table, snakemake.output.stata, schema)
        write(codebook(schema, dictionaries), snakemake.output.codebook, schemas["panel_codebook"])
