"""Measure how the reports of a batch are built and worded."""

from emphasis.measures.counts import Counting
from emphasis.measures.structure import structure as measure
from emphasis.run.step import Step, run_step

COLUMNS = {
    "tokens": ("report_id", "section_id", "token", "kind"),
    "sentences": ("report_id", "section_id", "text"),
    "outline": ("report_id", "section_id", "role"),
}


def structure(step: Step) -> None:
    counting = Counting(step.params.count_roles)
    chunks = (some.values() for some in step.chunks(COLUMNS, as_codes=["tokens"]))
    found = (measure(tokens, sentences, outline, counting) for tokens, sentences, outline in chunks)
    step.append(({"structure": table} for table in found), ["structure"])


if __name__ == "__main__":
    run_step(structure, snakemake)
