"""Count how often the reports of a batch use each term of the lexicon, whatever tokens it was cut into."""

import pandas as pd

from emphasis.ingest.simplify import simplify_sentences
from emphasis.measures.term_uses import count_term_uses
from emphasis.run.step import Step, run_step
from emphasis.segment.lexicon import lexicon_among

COLUMNS = {"sentences": ("report_id", "start", "text"), "tokens": ("report_id", "start", "end")}


def term_uses(step: Step) -> None:
    terms = [term.term for term in lexicon_among(step.files).terms]

    def count(some: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
        sentences = simplify_sentences(some["sentences"], step.params.simplify)
        return {"term_uses": count_term_uses(sentences, some["tokens"], terms)}

    step.append_by_report(COLUMNS, count, ["term_uses"])


if __name__ == "__main__":
    run_step(term_uses, snakemake)
