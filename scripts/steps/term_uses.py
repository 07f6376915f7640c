"""Count how often each term of the lexicon stands in the text of the reports of a batch, whatever words it was cut into."""

import numpy as np
import pandas as pd

from emphasis.ingest.simplify import simplify_sentences
from emphasis.measures.word_search import WordSearch, join_texts
from emphasis.run.step import Step, run_step
from emphasis.segment.lexicon import lexicon_among


def term_uses(step: Step) -> None:
    terms = np.array([term.term for term in lexicon_among(step.files).terms], dtype=object)
    search = WordSearch(terms.tolist())

    def count(some: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
        sentences = simplify_sentences(some["sentences"], step.params.simplify)
        texts = {name: join_texts(own["text"]) for name, own in sentences.groupby("report_id")}
        n = search.count_each(list(texts.values()))
        report, used = n.nonzero()
        ids = np.array(list(texts), dtype=object)
        return {"term_uses": pd.DataFrame({"report_id": ids[report], "term": terms[used], "n": n[report, used]})}

    step.append_by_report({"sentences": ("report_id", "text")}, count, ["term_uses"])


if __name__ == "__main__":
    run_step(term_uses, snakemake)
