"""Find when each region takes up the terms of the lexicon and the themes."""

import numpy as np

from emphasis.measures.adoption import adoption as follow
from emphasis.measures.adoption import count_uses
from emphasis.measures.frequency import PARTS
from emphasis.measures.report_pairs import placed_reports
from emphasis.measures.word_search import WordSearch, report_text
from emphasis.run.step import Step, run_step
from emphasis.segment.lexicon import load_lexicon


def adoption(step: Step) -> None:
    reports = step.table("reports")
    report_ids = placed_reports(reports[reports["n_chars"] > 0])["report_id"].tolist()
    terms = [term.term for term in load_lexicon(step.file("policy_terms").parent).terms]
    search, sentences = WordSearch(terms), step.stored("sentences", ("report_id", "text"))

    def count(report_id: str) -> np.ndarray:
        return search.count(report_text(sentences, report_id, simplify=step.params.simplify))

    themes = step.table("themes", ["report_id", "part", "theme", "definition", "numerator"])
    hits = themes[(themes["part"] == PARTS[0]) & (themes["definition"] == "per_10k")].rename(columns={"numerator": "n"})
    uses = count_uses(report_ids, terms, count, hits, step.params.min_reports)
    names = ["adoption", "adoption_years"]
    step.append((dict(zip(names, follow(some, reports), strict=True)) for some in uses.chunks()), names)


if __name__ == "__main__":
    run_step(adoption, snakemake)
