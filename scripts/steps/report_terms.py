"""Sum up the words of each report of a batch, for what is measured over all reports."""

from emphasis.measures.counts import PLAIN_COUNTS, Paragraphs
from emphasis.measures.report_terms import report_terms as sum_up
from emphasis.run.step import Step, run_step


def report_terms(step: Step) -> None:
    chunks = step.chunks({"counts": PLAIN_COUNTS}, as_codes=["counts"])
    step.append((sum_up(Paragraphs.of(some["counts"])) for some in chunks), ["report_terms", "report_sizes"])


if __name__ == "__main__":
    run_step(report_terms, snakemake)
