"""Find the terms that rise, fall and peak over the years of a region."""

from collections.abc import Sequence

import numpy as np

from emphasis.measures.report_terms import load_report_terms
from emphasis.measures.term_trends import term_trends as follow
from emphasis.measures.word_search import WordSearch, report_text
from emphasis.run.step import Step, run_step


def term_trends(step: Step) -> None:
    terms = load_report_terms(step.files("report_terms"), step.files("report_sizes"), sums=["n"])
    sentences = step.stored("sentences", ("report_id", "text"))

    def in_text(report_ids: Sequence[str], words: Sequence[str]) -> np.ndarray:
        search, found = WordSearch(words), np.zeros(len(words), dtype=bool)
        for report_id in report_ids:
            found |= search.count(report_text(sentences, report_id, simplify=step.params.simplify)) > 0
        return found

    found = follow(terms, step.table("reports"), step.params.min_n, in_text, only_found=step.params.only_found)
    step.append(({"term_trends": table} for table in found), ["term_trends"])


if __name__ == "__main__":
    run_step(term_trends, snakemake)
