"""Count keywords in all reports together, and say how evenly they are spread over them."""

from emphasis.measures.frequency import frequency_corpus as count
from emphasis.measures.report_terms import load_report_terms
from emphasis.run.step import Step, run_step


def frequency_corpus(step: Step) -> None:
    terms = load_report_terms(step.files("report_terms"), step.files("report_sizes"), sums=["n", "n_alone"])
    step.write({"frequency_corpus": count(terms)})


if __name__ == "__main__":
    run_step(frequency_corpus, snakemake)
