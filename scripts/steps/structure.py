"""Measure how the reports of a batch are built and worded."""

import pandas as pd

from emphasis.measures.counting import Counting
from emphasis.measures.structure import structure as measure
from emphasis.run.step import Step, run_step

COLUMNS = {
    "tokens": ("report_id", "section_id", "token", "kind"),
    "sentences": ("report_id", "section_id", "text"),
    "outline": ("report_id", "section_id", "role"),
}


def structure(step: Step) -> None:
    counting = Counting(step.params.count_roles)

    def built(some: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
        return {"structure": measure(some["tokens"], some["sentences"], some["outline"], counting)}

    step.append_by_report(COLUMNS, built, ["structure"], as_codes=["tokens"])


if __name__ == "__main__":
    run_step(structure, snakemake)
