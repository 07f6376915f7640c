"""Give the rates of every section their intervals, for a batch of reports."""

from emphasis.measures.frequency import section_intervals
from emphasis.run.step import Step, run_step


def intervals(step: Step) -> None:
    step.write({"frequency_intervals": section_intervals(step.table("frequency"), step.table("sections"))})


if __name__ == "__main__":
    run_step(intervals, snakemake)
