"""Draw the charts of one report, and write its network of terms for other programs."""

from emphasis.figures.charts import draw_report
from emphasis.measures.dictionaries import load_themes
from emphasis.run.step import Step, run_step
from emphasis.targets.indicators import load_variables


def report_figures(step: Step) -> None:
    params, results = step.params, step.results()
    draw_report(
        {name: results.table(name, [step.wildcards.report_id]) for name in step.schemas},
        step.folder,
        themes=load_themes(step.files("dictionaries")),
        variables=load_variables(step.file("variables")),
        many_reports=params.many_reports,
        language=params.language,
        weight=params.font_weight,
    )


if __name__ == "__main__":
    run_step(report_figures, snakemake)
