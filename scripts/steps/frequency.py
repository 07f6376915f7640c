"""Count the keywords of every section and of every part of the reports of a batch."""

from emphasis.measures.frequency import frequency_tables
from emphasis.run.step import Step, run_step


def frequency(step: Step) -> None:
    chunks = step.chunks({"counts": None}, as_codes=["counts"])
    step.append((frequency_tables(some["counts"]) for some in chunks), ["frequency", "frequency_parts"])


if __name__ == "__main__":
    run_step(frequency, snakemake)
