"""Measure how like each other reports are, and which terms come, go, and are first used where."""

from emphasis.ingest.simplify import simplify_sentences
from emphasis.measures.report_pairs import histories, related_pairs, year_pairs
from emphasis.measures.report_terms import load_report_terms
from emphasis.measures.similarity import similarity as compare
from emphasis.measures.term_changes import first_use, term_changes
from emphasis.measures.word_search import HalvedText
from emphasis.run.step import Step, run_step


def similarity(step: Step) -> None:
    reports = step.table("reports")
    terms = load_report_terms(step.files("report_terms"), step.files("report_sizes"), sums=["n", "n_alone"])
    sentences = step.stored("sentences", ("report_id", "paragraph", "text"))

    def text_of(report_id: str) -> HalvedText:
        own = simplify_sentences(sentences.of([report_id]), step.params.simplify)
        return HalvedText.of(zip(own["paragraph"], own["text"], strict=True))

    years = year_pairs(reports)
    changes, rates = term_changes(terms, histories(reports, years), text_of)
    compared, first = compare(terms, reports, related_pairs(reports, years)), first_use(terms, reports, text_of)
    step.write({"similarity": compared, "term_changes": changes, "term_change_rates": rates, "first_use": first})


if __name__ == "__main__":
    run_step(similarity, snakemake)
