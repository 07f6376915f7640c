"""Draw what is seen in several reports together: trends, regions, shared text, similarity."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from emphasis.figures.report import across_figures
from emphasis.figures.style import draw
from emphasis.measures.dictionaries import load_themes
from emphasis.run.job import logged
from emphasis.store.results import Results
from emphasis.store.tables import load_schemas

if TYPE_CHECKING:
    from snakemake.script import snakemake

if __name__ == "__main__":
    with logged(snakemake.log[0]):
        schemas = load_schemas(snakemake.input.schemas)
        results = Results({name: snakemake.input[name] for name in schemas}, schemas)
        tables = {name: results.table(name) for name in schemas}
        make = partial(across_figures, tables=tables, themes=load_themes(snakemake.input.dictionaries))
        draw(make, snakemake.params.language, snakemake.params.font_weight, Path(snakemake.output[0]).parent)
