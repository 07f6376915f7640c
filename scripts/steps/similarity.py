"""Measure how like each other reports are, and which terms come, go, and are first used where."""

from typing import TYPE_CHECKING

from emphasis.measures.report_pairs import related_pairs, year_pairs
from emphasis.measures.report_terms import load_report_terms
from emphasis.measures.similarity import first_use, similarity, term_changes
from emphasis.run.job import logged
from emphasis.store.tables import concat, load_schemas, read, write

if TYPE_CHECKING:
    from snakemake.script import snakemake

if __name__ == "__main__":
    with logged(snakemake.log[0]):
        schemas = load_schemas(snakemake.input.schemas)
        reports = concat([read(file, schemas["reports"]) for file in snakemake.input.reports], schemas["reports"])
        terms = load_report_terms(snakemake.input.report_terms, snakemake.input.report_sizes, sums=["n"])
        years = year_pairs(reports)
        table = similarity(terms, reports, related_pairs(reports, years))
        write(table, snakemake.output.similarity, schemas["similarity"])
        write(term_changes(terms, years), snakemake.output.term_changes, schemas["term_changes"])
        write(first_use(terms, reports), snakemake.output.first_use, schemas["first_use"])
