"""Find the keywords that set reports apart from the others and from the year before."""

from typing import TYPE_CHECKING

from emphasis.measures.keyness_across import KeynessAcross
from emphasis.measures.report_pairs import year_pairs
from emphasis.measures.report_terms import load_report_terms
from emphasis.run.job import logged
from emphasis.store.tables import Writer, concat, load_schemas, read

if TYPE_CHECKING:
    from snakemake.script import snakemake

if __name__ == "__main__":
    with logged(snakemake.log[0]):
        schemas = load_schemas(snakemake.input.schemas)
        reports = concat([read(file, schemas["reports"]) for file in snakemake.input.reports], schemas["reports"])
        terms = load_report_terms(snakemake.input.report_terms, snakemake.input.report_sizes)
        year_before = dict(year_pairs(reports))
        across = KeynessAcross(terms, year_before, snakemake.params.min_n, only_found=snakemake.params.only_found)
        with (
            Writer(snakemake.output.keyness_across, schemas["keyness_across"]) as words,
            Writer(snakemake.output.keyness_across_comparisons, schemas["keyness_across_comparisons"]) as verdicts,
        ):
            for table, comparisons in across.tables():
                words.add(table)
                verdicts.add(comparisons)
