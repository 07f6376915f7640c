"""Compare the definitions of attention over the sections and reports of all batches."""

import pandas as pd

from emphasis.measures.themes import theme_correlations as correlate
from emphasis.measures.themes import theme_units
from emphasis.run.step import Step, run_step
from emphasis.store.tables import read

COLUMNS = {
    "theme_sections": None,
    "themes": ("report_id", "part", "theme", "definition", "value"),
    "outline": ("report_id", "section_id", "parent_id", "level"),
}


def theme_correlations(step: Step) -> None:
    units = [
        theme_units(*(read(file, step.schemas[name], COLUMNS[name]) for name, file in zip(COLUMNS, files, strict=True)))
        for files in zip(*map(step.files, COLUMNS), strict=True)
    ]
    sections, reports = (pd.concat(own, ignore_index=True) for own in zip(*units, strict=True))
    step.write({"theme_correlations": correlate(sections, reports)})


if __name__ == "__main__":
    run_step(theme_correlations, snakemake)
