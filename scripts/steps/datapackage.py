"""Describe the tables of a run as a data package."""

from pathlib import Path
from typing import TYPE_CHECKING

from pandas import read_csv

from emphasis.measures.dictionaries import load_themes
from emphasis.measures.panel import panel_schema
from emphasis.publish.manifest import datapackage, write_json
from emphasis.run.job import logged
from emphasis.store.tables import load_schemas
from emphasis.targets.indicators import load_variables, variable_fields

if TYPE_CHECKING:
    from snakemake.script import snakemake

if __name__ == "__main__":
    with logged(snakemake.log[0]):
        target = Path(snakemake.output.package)
        schemas = load_schemas(snakemake.input.schemas)
        columns = next(read_csv(file, nrows=0) for file in snakemake.input.tables if file.endswith("/panel.csv"))
        targets = variable_fields(columns, load_variables(snakemake.input.variables))
        schemas["panel"] = panel_schema(schemas["panel"], load_themes(snakemake.input.themes), targets)
        files = [Path(file) for file in snakemake.input.tables if file.endswith((".csv", ".parquet"))]
        write_json(datapackage(target.parent, files, schemas), target)
