"""Measure how like each other reports are, and which terms come, go, and are first used where."""

from emphasis.measures.report_pairs import related_pairs, year_pairs
from emphasis.measures.report_terms import load_report_terms
from emphasis.measures.similarity import first_use, term_changes
from emphasis.measures.similarity import similarity as compare
from emphasis.run.step import Step, run_step


def similarity(step: Step) -> None:
    reports = step.table("reports")
    terms = load_report_terms(step.files("report_terms"), step.files("report_sizes"), sums=["n"])
    years = year_pairs(reports)
    compared = compare(terms, reports, related_pairs(reports, years))
    changes, first = term_changes(terms, years), first_use(terms, reports)
    step.write({"similarity": compared, "term_changes": changes, "first_use": first})


if __name__ == "__main__":
    run_step(similarity, snakemake)
