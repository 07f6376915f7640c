"""Draw the word clouds of one report: the whole, its parts, and each section."""

from emphasis.figures.cloud_words import read_words, report_clouds
from emphasis.figures.clouds import draw_clouds
from emphasis.run.step import Step, run_step


def clouds(step: Step) -> None:
    params, results = step.params, step.results()
    tables = {name: results.table(name, [step.wildcards.report_id]) for name in step.schemas}
    plain = read_words(step.files("plain_words"))
    found = report_clouds(tables, params.count_roles, plain, params.words, params.language)
    draw_clouds(found, step.target("clouds"), language=params.language, weight=params.font_weight, seed=params.seed)


if __name__ == "__main__":
    run_step(clouds, snakemake)
