"""Find what sets each section apart from the other sections of its report, for a batch of reports."""

import pandas as pd

from emphasis.measures.tfidf import tfidf as weigh
from emphasis.run.step import Step, run_step

COLUMNS = {
    "frequency": ("report_id", "section_id", "term", "n", "n_alone", "per_10k", "within"),
    "sections": ("report_id", "section_id", "parent_id"),
}


def tfidf(step: Step) -> None:
    def weighed(some: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
        return {"tfidf": weigh(some["frequency"], some["sections"])}

    step.append_by_report(COLUMNS, weighed, ["tfidf"], as_codes=["frequency"])


if __name__ == "__main__":
    run_step(tfidf, snakemake)
