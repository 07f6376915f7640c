"""Find the keywords that set reports apart from the others and from the year before."""

from emphasis.measures.keyness_across import KeynessAcross
from emphasis.measures.places import place_names
from emphasis.measures.report_pairs import year_pairs
from emphasis.measures.report_terms import load_report_terms
from emphasis.run.step import Step, run_step


def keyness_across(step: Step) -> None:
    terms = load_report_terms(step.files("report_terms"), step.files("report_sizes"))
    reports = step.table("reports")
    year_before, places = dict(year_pairs(reports)), place_names(reports)
    across = KeynessAcross(terms, year_before, step.params.min_n, only_found=step.params.only_found, places=places)
    names = ["keyness_across", "keyness_across_comparisons"]
    step.append((dict(zip(names, tables, strict=True)) for tables in across.tables()), names)


if __name__ == "__main__":
    run_step(keyness_across, snakemake)
