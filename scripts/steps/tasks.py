"""List the numbered tasks of every plan with their themes, areas and firmness, and how these moved since the year before."""

import pandas as pd

from emphasis.areas.sections import main_areas
from emphasis.ingest.simplify import simplify_sentences
from emphasis.measures.commitment import commitment, load_commitment
from emphasis.measures.report_pairs import year_pairs
from emphasis.measures.structure import tasks as follow
from emphasis.run.step import Step, run_step

COLUMNS = {
    "outline": None,
    "theme_sections": None,
    "areas": None,
    "sentences": ("report_id", "section_id", "text"),
}


def tasks(step: Step) -> None:
    years, words = year_pairs(step.table("reports")), load_commitment(step.file("commitment"))

    def listed(some: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
        table = follow(some["outline"], some["theme_sections"], years, main_areas(some["areas"]))
        return {"tasks": commitment(table, simplify_sentences(some["sentences"], step.params.simplify), words)}

    step.append_by_report(COLUMNS, listed, ["tasks"], others=dict(years))


if __name__ == "__main__":
    run_step(tasks, snakemake)
