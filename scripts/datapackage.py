"""Describe the tables of a run as a data package."""

from pathlib import Path
from typing import TYPE_CHECKING

from emphasis.job import logged
from emphasis.measures.dictionaries import load_themes
from emphasis.measures.panel import panel_schema
from emphasis.publish.datapackage import datapackage
from emphasis.publish.manifest import write_json
from emphasis.tables import load_schemas

if TYPE_CHECKING:
    from snakemake.script import snakemake

if __name__ == "__main__":
    with logged(snakemake.log[0]):
        target = Path(snakemake.output.package)
        schemas = load_schemas(snakemake.input.schemas)
        schemas["panel"] = panel_schema(schemas["panel"], load_themes(snakemake.input.themes))
        files = [Path(file) for file in snakemake.input.tables if file.endswith((".csv", ".parquet"))]
        write_json(datapackage(target.parent, files, schemas), target)
