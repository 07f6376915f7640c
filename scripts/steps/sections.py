"""Add to the outline of a batch how many tokens each section has."""

from emphasis.run.step import Step, run_step
from emphasis.segment.tables import section_table


def sections(step: Step) -> None:
    chunks = step.chunks({"outline": None, "tokens": ("report_id", "section_id")})
    step.append(({"sections": section_table(some["outline"], some["tokens"])} for some in chunks), ["sections"])


if __name__ == "__main__":
    run_step(sections, snakemake)
