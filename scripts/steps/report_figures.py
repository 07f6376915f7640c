"""Draw the charts of one report: profile, themes, terms, topics, targets, network."""

from functools import partial

from emphasis.figures.charts import report_figures as make
from emphasis.figures.style import draw_figures
from emphasis.figures.topics_chart import TopicTables
from emphasis.measures.counts import keyword_tokens
from emphasis.measures.dictionaries import load_themes
from emphasis.run.step import Step, run_step


def report_figures(step: Step) -> None:
    params, results = step.params, step.results()
    tables = {name: results.table(name, [step.wildcards.report_id]) for name in step.schemas}
    sections, diagnostics, verdicts = (tables[f"topic_{name}"] for name in ("sections", "diagnostics", "verdicts"))
    topics = TopicTables(sections, diagnostics, verdicts, params.many_reports)
    counted, themes = keyword_tokens(tables["tokens"], tables["counts"]), load_themes(step.files("dictionaries"))
    charts = partial(make, tables=tables, counted=counted, topics=topics, themes=themes)
    draw_figures(charts, params.language, params.font_weight, step.folder)


if __name__ == "__main__":
    run_step(report_figures, snakemake)
