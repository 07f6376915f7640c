"""Give the rates of every section their intervals, for a batch of reports."""

from emphasis.measures.counts import Counts
from emphasis.measures.frequency import section_intervals
from emphasis.run.step import Step, run_step


def intervals(step: Step) -> None:
    chunks = step.chunks({"counts": None}, as_codes=["counts"])
    found = (section_intervals(Counts.of(some["counts"])) for some in chunks)
    step.append(({"frequency_intervals": table} for table in found), ["frequency_intervals"])


if __name__ == "__main__":
    run_step(intervals, snakemake)
