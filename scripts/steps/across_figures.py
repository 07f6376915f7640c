"""Draw what is seen in several reports together: trends, regions, shared text, similarity."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from emphasis.figures.report import across_figures
from emphasis.figures.style import draw_figures
from emphasis.measures.dictionaries import load_themes
from emphasis.run.job import logged
from emphasis.store.tables import concat, load_schemas, read

if TYPE_CHECKING:
    from snakemake.script import snakemake

if __name__ == "__main__":
    with logged(snakemake.log[0]):
        schemas = load_schemas(snakemake.input.schemas)
        tables = {
            name: concat([read(path, schema) for path in snakemake.input.get(name)], schema)
            for name, schema in schemas.items()
        }
        make = partial(across_figures, tables=tables, themes=load_themes(snakemake.input.dictionaries))
        draw_figures(make, snakemake.params.language, snakemake.params.font_weight, Path(snakemake.output[0]).parent)
