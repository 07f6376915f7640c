"""List the numbered tasks of every plan with their themes and policy areas, and how these moved since the year before."""

from emphasis.areas.sections import main_areas
from emphasis.measures.report_pairs import year_pairs
from emphasis.measures.structure import tasks as follow
from emphasis.run.step import Step, run_step


def tasks(step: Step) -> None:
    years = year_pairs(step.table("reports"))
    areas = main_areas(step.table("areas"))
    step.write({"tasks": follow(step.table("outline"), step.table("theme_sections"), years, areas)})


if __name__ == "__main__":
    run_step(tasks, snakemake)
