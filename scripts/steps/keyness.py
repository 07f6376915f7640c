"""Find the keywords that set sections and plans apart, for a batch of reports."""

import pandas as pd
from threadpoolctl import threadpool_limits

from emphasis.measures.counts import Paragraphs
from emphasis.measures.keyness import KeynessSettings, comparisons_within_reports, keyness_tables
from emphasis.run.step import Step, run_step

TABLES = ("keyness", "keyness_comparisons")
COLUMNS = {"counts": None, "outline": ("report_id", "section_id", "parent_id", "level", "role")}


def compare(counts: pd.DataFrame, outline: pd.DataFrame, settings: KeynessSettings) -> dict[str, pd.DataFrame]:
    paragraphs = Paragraphs.of(counts)
    tables = keyness_tables(paragraphs, comparisons_within_reports(paragraphs, outline), settings)
    return dict(zip(TABLES, tables, strict=True))


def keyness(step: Step) -> None:
    settings = KeynessSettings(**step.params.keyness, seed=step.params.seed)
    chunks = step.chunks(COLUMNS, as_codes=["counts"])
    with threadpool_limits(1):
        step.append((compare(some["counts"], some["outline"], settings) for some in chunks), TABLES)


if __name__ == "__main__":
    run_step(keyness, snakemake)
