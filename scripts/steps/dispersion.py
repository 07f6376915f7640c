"""Measure how evenly keywords are spread over each report of a batch."""

from emphasis.measures.counts import PLAIN_COUNTS
from emphasis.measures.dispersion import dispersion as measure
from emphasis.run.step import Step, run_step


def dispersion(step: Step) -> None:
    chunks = step.chunks({"counts": PLAIN_COUNTS}, as_codes=["counts"])
    step.append(({"dispersion": measure(some["counts"])} for some in chunks), ["dispersion"])


if __name__ == "__main__":
    run_step(dispersion, snakemake)
