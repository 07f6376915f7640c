"""Count how often each term of the lexicon stands in the text of the reports of a batch, whatever words it was cut into."""

import numpy as np
import pandas as pd

from emphasis.ingest.simplify import simplify_sentences
from emphasis.measures.word_search import WordSearch
from emphasis.run.step import Step, run_step
from emphasis.segment.lexicon import load_lexicon, normalise


def term_uses(step: Step) -> None:
    terms = np.array([term.term for term in load_lexicon(step.file("policy_terms").parent).terms], dtype=object)
    search = WordSearch(terms.tolist())

    def count(some: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
        found = []
        for report_id, own in simplify_sentences(some["sentences"], step.params.simplify).groupby("report_id"):
            n = search.count("\n".join(map(normalise, own["text"])))
            used = np.flatnonzero(n)
            found.append(pd.DataFrame({"report_id": report_id, "term": terms[used], "n": n[used]}))
        return {"term_uses": pd.concat(found, ignore_index=True)}

    step.append_by_report({"sentences": ("report_id", "text")}, count, ["term_uses"])


if __name__ == "__main__":
    run_step(term_uses, snakemake)
