"""Sum up the words of each report of a batch, for what is measured over all reports."""

import pandas as pd

from emphasis.measures.counts import PLAIN_COUNTS, Paragraphs
from emphasis.measures.report_terms import report_terms as sum_up
from emphasis.run.step import Step, run_step


def report_terms(step: Step) -> None:
    def summed(some: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
        return sum_up(Paragraphs.of(some["counts"]))

    step.append_by_report({"counts": PLAIN_COUNTS}, summed, ["report_terms", "report_sizes"], as_codes=["counts"])


if __name__ == "__main__":
    run_step(report_terms, snakemake)
