"""Put all reports into a panel of regions and years, with its codebook."""

import pandas as pd

from emphasis.areas.panel import panel_fields, panel_variables
from emphasis.areas.scheme import read_scheme
from emphasis.measures.dictionaries import load_themes
from emphasis.measures.panel import codebook, panel_schema
from emphasis.measures.panel import panel as join
from emphasis.run.step import Step, run_step
from emphasis.store.stata import write_stata
from emphasis.store.tables import concat, read, table_from_rows
from emphasis.targets.indicators import load_variables, panel_candidates, target_variables, variable_fields


def panel(step: Step) -> None:
    dictionaries, variables = load_themes(step.files("dictionaries")), load_variables(step.file("variables"))
    stated = [panel_candidates(read(file, step.schemas["targets"]), variables) for file in step.files("targets")]
    targets = target_variables(concat(stated, step.schemas["targets"]), variables)
    scheme = read_scheme(step.file("scheme"))
    areas = [panel_variables(read(file, step.schemas["areas"]), scheme) for file in step.files("areas")]
    extra = targets.merge(pd.concat(areas, ignore_index=True), on="report_id", how="outer")
    fields = (*variable_fields(targets, variables), *panel_fields(scheme))
    schema = panel_schema(step.schemas["panel"], dictionaries, fields)
    reports = step.table("reports")
    table = join(reports[reports["n_chars"] > 0], step.table("themes"), extra)
    if table.empty:  # where no report has a word, there are no columns of themes either
        table = table_from_rows([], schema)
    written = {"panel": table, "codebook": codebook(schema, dictionaries)}
    step.write(written, {"panel": schema, "codebook": step.schemas["panel_codebook"]})
    write_stata(table, step.target("stata"), schema)


if __name__ == "__main__":
    run_step(panel, snakemake)
