"""Make the page that shows every number with the sentences behind it."""

import csv

from emphasis.measures.counts import Counting
from emphasis.measures.dictionaries import load_themes
from emphasis.publish.paper.workbook import load_names
from emphasis.publish.site.data import figure_names
from emphasis.publish.site.page import build_page, load_assets
from emphasis.run.step import Step, run_step
from emphasis.segment.lexicon import load_stopwords
from emphasis.store.batches import rows_of

OF_ALL = ("reports", "warnings", "themes")
"""Tables of which the page has the rows of all reports."""


def page(step: Step) -> None:
    params = step.params
    # In a large corpus only the rows of what the page shows are held.
    tables = {
        name: step.table(name)
        if name in OF_ALL or "report_id" not in schema.columns
        else rows_of(step.files(name), schema, params.shown)
        for name, schema in step.schemas.items()
    }
    with step.file("names").open(encoding="utf-8", newline="") as lines:
        chinese = load_names(csv.DictReader(lines, delimiter="\t"))
    text = build_page(
        tables,
        step.schemas,
        themes=load_themes(step.files("dictionaries")),
        counting=Counting(params.count_roles, load_stopwords(step.file("stopwords")), params.min_length),
        figures=figure_names(step.files("figures")),
        shown=params.shown,
        wanted=params.wanted,
        assets=load_assets(step.files("assets")),
        chinese=chinese,
    )
    step.write_text("page", text)


if __name__ == "__main__":
    run_step(page, snakemake)
