"""Describe the tables of a run as a data package."""

from pandas import read_csv

from emphasis.areas.panel import panel_fields
from emphasis.areas.scheme import read_scheme
from emphasis.measures.dictionaries import load_themes
from emphasis.measures.panel import panel_schema
from emphasis.publish.manifest import datapackage as describe
from emphasis.publish.manifest import write_json
from emphasis.run.step import Step, run_step
from emphasis.targets.indicators import load_variables, variable_fields


def datapackage(step: Step) -> None:
    files = [file for file in step.files("tables") if file.suffix in (".csv", ".parquet")]
    columns = next(read_csv(file, nrows=0) for file in files if file.name == "panel.csv")
    targets = variable_fields(columns, load_variables(step.file("variables")))
    extra = (*targets, *panel_fields(read_scheme(step.file("scheme"))))
    panel = panel_schema(step.schemas["panel"], load_themes(step.files("themes")), extra)
    write_json(describe(step.folder, files, step.schemas | {"panel": panel}), step.target("package"))


if __name__ == "__main__":
    run_step(datapackage, snakemake)
