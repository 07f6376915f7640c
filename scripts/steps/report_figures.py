"""Draw the charts of one report: profile, themes, terms, topics, targets, network."""

from functools import partial

from emphasis.figures.report import report_figures as make
from emphasis.figures.style import draw_figures
from emphasis.figures.topics import TopicTables
from emphasis.measures.counts import keyword_tokens
from emphasis.measures.dictionaries import load_themes
from emphasis.run.step import Step, run_step


def report_figures(step: Step) -> None:
    params, results = step.params, step.results()
    tables = {name: results.table(name, [step.wildcards.report_id]) for name in step.schemas}
    topics = TopicTables(
        tables["topic_sections"], tables["topic_diagnostics"], tables["topic_verdicts"], params.many_reports
    )
    charts = partial(
        make,
        tables=tables,
        counted=keyword_tokens(tables["tokens"], tables["counts"]),
        topics=topics,
        themes=load_themes(step.files("dictionaries")),
    )
    draw_figures(charts, params.language, params.font_weight, step.folder)


if __name__ == "__main__":
    run_step(report_figures, snakemake)
