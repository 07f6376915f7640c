"""Draw what is seen in several reports together: trends, regions, shared text, similarity."""

from functools import partial

from emphasis.figures.charts import across_figures as make
from emphasis.figures.sheet import draw_sheets
from emphasis.measures.dictionaries import load_themes
from emphasis.run.step import Step, run_step


def across_figures(step: Step) -> None:
    results = step.results()
    tables = {name: results.table(name) for name in step.schemas}
    charts = partial(make, tables=tables, themes=load_themes(step.files("dictionaries")))
    draw_sheets(charts, step.params.language, step.params.font_weight, step.folder)


if __name__ == "__main__":
    run_step(across_figures, snakemake)
