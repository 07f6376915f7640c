"""Count the keywords of every section and of every part of the reports of a batch."""

import pandas as pd

from emphasis.ingest.simplify import simplify_sentences
from emphasis.measures.frequency import frequency_tables
from emphasis.run.step import Step, run_step

COLUMNS = {"counts": None, "sentences": ("report_id", "section_id", "text")}


def frequency(step: Step) -> None:
    def count(some: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
        return frequency_tables(some["counts"], simplify_sentences(some["sentences"], step.params.simplify))

    step.append_by_report(COLUMNS, count, ["frequency", "frequency_parts"], as_codes=["counts"])


if __name__ == "__main__":
    run_step(frequency, snakemake)
