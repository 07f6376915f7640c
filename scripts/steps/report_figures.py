"""Draw the charts of one report: profile, themes, terms, topics, targets, network."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from emphasis.figures.report import report_figures
from emphasis.figures.style import draw_figures
from emphasis.figures.topics import TopicTables
from emphasis.measures.counts import Counting, counted_tokens
from emphasis.measures.dictionaries import load_themes
from emphasis.run.job import logged
from emphasis.segment.lexicon import load_stopwords
from emphasis.store.tables import load_schemas, read

if TYPE_CHECKING:
    from snakemake.script import snakemake

if __name__ == "__main__":
    with logged(snakemake.log[0]):
        schemas = load_schemas(snakemake.input.schemas)
        report_id, params = snakemake.wildcards.report_id, snakemake.params
        tables = {name: read(snakemake.input[name], schemas[name], report_id=report_id) for name in schemas}
        stopwords = load_stopwords(snakemake.input.stopwords)
        counting = Counting(params.count_roles, stopwords, params.min_length)
        counted = counted_tokens(tables["tokens"], tables["sections"], counting)
        topics = TopicTables(
            tables["topic_sections"], tables["topic_diagnostics"], tables["topic_verdicts"], params.many_reports
        )
        themes = load_themes(snakemake.input.dictionaries)
        make = partial(report_figures, tables=tables, counted=counted, topics=topics, themes=themes)
        draw_figures(make, params.language, params.font_weight, Path(snakemake.output[0]).parent)
