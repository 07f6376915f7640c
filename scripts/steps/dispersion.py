"""Measure how evenly keywords are spread over each report of a batch."""

import pandas as pd

from emphasis.measures.counts import PLAIN_COUNTS
from emphasis.measures.dispersion import dispersion as measure
from emphasis.run.step import Step, run_step


def dispersion(step: Step) -> None:
    def spread(some: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
        return {"dispersion": measure(some["counts"])}

    step.append_by_report({"counts": PLAIN_COUNTS}, spread, ["dispersion"], as_codes=["counts"])


if __name__ == "__main__":
    run_step(dispersion, snakemake)
