"""Put all reports into a panel of regions and years, with its codebook."""

from typing import TYPE_CHECKING

from emphasis.measures.dictionaries import load_themes
from emphasis.measures.panel import codebook, panel, panel_schema
from emphasis.run.job import logged
from emphasis.store.tables import concat, load_schemas, read, write, write_stata
from emphasis.targets.indicators import load_variables, panel_candidates, target_variables, variable_fields

if TYPE_CHECKING:
    from snakemake.script import snakemake

if __name__ == "__main__":
    with logged(snakemake.log[0]):
        schemas = load_schemas(snakemake.input.schemas)
        dictionaries = load_themes(snakemake.input.dictionaries)
        reports = concat([read(file, schemas["reports"]) for file in snakemake.input.reports], schemas["reports"])
        values = concat([read(file, schemas["themes"]) for file in snakemake.input.themes], schemas["themes"])
        variables = load_variables(snakemake.input.variables)
        stated = [panel_candidates(read(file, schemas["targets"]), variables) for file in snakemake.input.targets]
        targets = target_variables(concat(stated, schemas["targets"]), variables)
        schema = panel_schema(schemas["panel"], dictionaries, variable_fields(targets, variables))
        table = panel(reports, values, targets)
        write(table, snakemake.output.panel, schema)
        write_stata(table, snakemake.output.stata, schema)
        write(codebook(schema, dictionaries), snakemake.output.codebook, schemas["panel_codebook"])
