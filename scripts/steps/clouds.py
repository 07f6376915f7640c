"""Draw the word clouds of one report: the whole, its parts, and each section."""

from emphasis.figures.clouds import draw_clouds, report_clouds
from emphasis.run.step import Step, run_step


def clouds(step: Step) -> None:
    params, results = step.params, step.results()
    tables = {name: results.table(name, [step.wildcards.report_id]) for name in step.schemas}
    found = report_clouds(tables, params.count_roles, params.words, params.language)
    style = {"language": params.language, "weight": params.font_weight}
    draw_clouds(found, step.target("clouds"), **style, seed=params.seed, workers=step.threads)


if __name__ == "__main__":
    run_step(clouds, snakemake)
