"""Draw the charts of one report, and write its network of terms for other programs."""

from functools import partial

from emphasis.figures.charts import report_figures as make
from emphasis.figures.network import graphml
from emphasis.figures.sheet import draw_sheets
from emphasis.figures.topics_chart import TopicTables
from emphasis.measures.dictionaries import load_themes
from emphasis.run.step import Step, run_step
from emphasis.targets.indicators import load_variables


def report_figures(step: Step) -> None:
    params, results = step.params, step.results()
    tables = {name: results.table(name, [step.wildcards.report_id]) for name in step.schemas}
    sections, diagnostics, verdicts = (tables[f"topic_{name}"] for name in ("sections", "diagnostics", "verdicts"))
    topics = TopicTables(sections, diagnostics, verdicts, params.many_reports)
    themes, variables = load_themes(step.files("dictionaries")), load_variables(step.file("variables"))
    charts = partial(make, tables=tables, topics=topics, themes=themes, variables=variables)
    draw_sheets(charts, params.language, params.font_weight, step.folder)
    step.write_text("graphml", graphml(tables["nodes"], tables["edges"]))


if __name__ == "__main__":
    run_step(report_figures, snakemake)
