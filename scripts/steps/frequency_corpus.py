"""Count keywords in all reports together, and say how evenly they are spread over them."""

from typing import TYPE_CHECKING

from emphasis.measures.frequency import frequency_corpus
from emphasis.measures.report_terms import load_report_terms
from emphasis.run.job import logged
from emphasis.store.tables import load_schemas, write

if TYPE_CHECKING:
    from snakemake.script import snakemake

if __name__ == "__main__":
    with logged(snakemake.log[0]):
        schemas = load_schemas(snakemake.input.schemas)
        terms = load_report_terms(snakemake.input.report_terms, snakemake.input.report_sizes, sums=["n"])
        write(frequency_corpus(terms), snakemake.output.frequency_corpus, schemas["frequency_corpus"])
