"""Draw the word clouds of one report: the whole, its parts, and each section."""

from emphasis.figures.clouds import draw_all, report_clouds
from emphasis.run.step import Step, run_step
from emphasis.store.tables import read


def clouds(step: Step) -> None:
    report_id, params = step.wildcards.report_id, step.params
    tables = {name: read(step.file(name), schema, report_id=report_id) for name, schema in step.schemas.items()}
    draw_all(
        report_clouds(tables, params.words, params.language),
        step.target("clouds"),
        language=params.language,
        weight=params.font_weight,
        seed=params.seed,
        workers=step.threads,
    )


if __name__ == "__main__":
    run_step(clouds, snakemake)
