"""List the numbered tasks of every plan with their themes, and how these moved since the year before."""

from typing import TYPE_CHECKING

from emphasis.measures.report_pairs import year_pairs
from emphasis.measures.structure import tasks
from emphasis.run.job import logged
from emphasis.store.tables import concat, load_schemas, read, write

if TYPE_CHECKING:
    from snakemake.script import snakemake

if __name__ == "__main__":
    with logged(snakemake.log[0]):
        schemas = load_schemas(snakemake.input.schemas)
        tables = {
            name: concat([read(file, schemas[name]) for file in snakemake.input[name]], schemas[name])
            for name in ("reports", "outline", "theme_sections")
        }
        table = tasks(tables["outline"], tables["theme_sections"], year_pairs(tables["reports"]))
        write(table, snakemake.output.tasks, schemas["tasks"])
