"""List the numbered tasks of every plan with their themes, and how these moved since the year before."""

from emphasis.measures.report_pairs import year_pairs
from emphasis.measures.structure import tasks as follow
from emphasis.run.step import Step, run_step


def tasks(step: Step) -> None:
    years = year_pairs(step.table("reports"))
    step.write({"tasks": follow(step.table("outline"), step.table("theme_sections"), years)})


if __name__ == "__main__":
    run_step(tasks, snakemake)
