"""List the numbered tasks of every plan with their themes, areas and firmness, and how these moved since the year before."""

import pandas as pd

from emphasis.areas.sections import main_areas
from emphasis.ingest.simplify import simplify_sentences
from emphasis.measures.commitment import commitment, load_commitment
from emphasis.measures.report_pairs import year_pairs
from emphasis.measures.structure import tasks as follow
from emphasis.run.step import Step, run_step
from emphasis.store.batches import split_ids


def tasks(step: Step) -> None:
    years = year_pairs(step.table("reports"))
    areas = main_areas(step.table("areas"))
    table = follow(step.table("outline"), step.table("theme_sections"), years, areas)
    words, stored = (
        load_commitment(step.file("commitment")),
        step.stored("sentences", ("report_id", "section_id", "text")),
    )
    parts = [table.iloc[:0].pipe(commitment, stored.of([]), words)]
    for some in split_ids(sorted(table["report_id"].unique())):
        own = table[table["report_id"].isin(some)]
        parts.append(commitment(own, simplify_sentences(stored.of(some), step.params.simplify), words))
    step.write({"tasks": pd.concat(parts[1:] or parts, ignore_index=True)})


if __name__ == "__main__":
    run_step(tasks, snakemake)
