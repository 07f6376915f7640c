"""Count the keywords of every section and of every part of the reports of a batch."""

from emphasis.ingest.simplify import simplify_sentences
from emphasis.measures.frequency import frequency_tables
from emphasis.run.step import Step, run_step


def frequency(step: Step) -> None:
    chunks = step.chunks({"counts": None, "sentences": ("report_id", "section_id", "text")}, as_codes=["counts"])
    tables = (
        frequency_tables(some["counts"], simplify_sentences(some["sentences"], step.params.simplify)) for some in chunks
    )
    step.append(tables, ["frequency", "frequency_parts"])


if __name__ == "__main__":
    run_step(frequency, snakemake)
