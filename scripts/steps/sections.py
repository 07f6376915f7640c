"""Add to the outline of a batch how many tokens and words each section has."""

from emphasis.run.step import Step, run_step
from emphasis.segment.tables import section_table


def sections(step: Step) -> None:
    vocabulary = step.table("vocabulary", ("token", "n", "is_word"))
    chunks = step.chunks({"outline": None, "tokens": ("report_id", "section_id", "token")}, ["tokens"])
    tables = (section_table(some["outline"], some["tokens"], vocabulary) for some in chunks)
    step.append(({"sections": table} for table in tables), ["sections"])


if __name__ == "__main__":
    run_step(sections, snakemake)
