"""Count the terms of every paragraph of the reports of a batch: the table that all measures of words start from."""

import pandas as pd

from emphasis.measures.counting import Counting
from emphasis.measures.counts import count_terms
from emphasis.run.step import Step, run_step
from emphasis.segment.lexicon import load_stopwords

COLUMNS = {
    "tokens": ("report_id", "section_id", "sentence_id", "token", "pos", "kind"),
    "sentences": ("report_id", "sentence_id", "paragraph"),
    "outline": ("report_id", "section_id", "role"),
}


def counts(step: Step) -> None:
    counting = Counting(step.params.count_roles, load_stopwords(step.file("stopwords")), step.params.min_length)
    vocabulary = step.table("vocabulary")

    def count(some: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
        return {"counts": count_terms(some["tokens"], some["sentences"], some["outline"], vocabulary, counting)}

    step.append_by_report(COLUMNS, count, ["counts"], as_codes=["tokens"])


if __name__ == "__main__":
    run_step(counts, snakemake)
