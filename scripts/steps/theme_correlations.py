"""Compare the definitions of attention over the sections and reports of all batches."""

from typing import TYPE_CHECKING

import pandas as pd

from emphasis.measures.themes import theme_correlations, theme_units
from emphasis.run.job import logged
from emphasis.store.tables import load_schemas, read, write

if TYPE_CHECKING:
    from snakemake.script import snakemake

COLUMNS = {
    "theme_sections": None,
    "themes": ("report_id", "part", "theme", "definition", "value"),
    "outline": ("report_id", "section_id", "parent_id", "level"),
}

if __name__ == "__main__":
    with logged(snakemake.log[0]):
        schemas = load_schemas(snakemake.input.schemas)
        batches = zip(*(snakemake.input[name] for name in COLUMNS), strict=True)
        units = [
            theme_units(*(read(file, schemas[name], COLUMNS[name]) for name, file in zip(COLUMNS, files, strict=True)))
            for files in batches
        ]
        table = theme_correlations(*(pd.concat(own, ignore_index=True) for own in zip(*units, strict=True)))
        write(table, snakemake.output.theme_correlations, schemas["theme_correlations"])
