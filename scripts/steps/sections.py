"""Add to the outline of a batch how many tokens and words each section has."""

import pandas as pd

from emphasis.run.step import Step, run_step
from emphasis.segment.tables import section_table


def sections(step: Step) -> None:
    vocabulary = step.table("vocabulary", ("token", "n", "is_word"))

    def measure(some: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
        return {"sections": section_table(some["outline"], some["tokens"], vocabulary)}

    columns = {"outline": None, "tokens": ("report_id", "section_id", "token")}
    step.append_by_report(columns, measure, ["sections"], as_codes=["tokens"])


if __name__ == "__main__":
    run_step(sections, snakemake)
