"""Count the terms of every paragraph of the reports of a batch: the table that all measures of words start from."""

from emphasis.measures.counts import Counting, count_terms
from emphasis.run.step import Step, run_step
from emphasis.segment.lexicon import load_stopwords

COLUMNS = {
    "tokens": ("report_id", "section_id", "sentence_id", "token", "pos", "kind"),
    "sentences": ("report_id", "sentence_id", "paragraph"),
    "outline": ("report_id", "section_id", "role"),
}


def counts(step: Step) -> None:
    counting = Counting(step.params.count_roles, load_stopwords(step.file("stopwords")), step.params.min_length)
    chunks = (some.values() for some in step.chunks(COLUMNS, as_codes=["tokens"]))
    vocabulary = step.table("vocabulary")
    found = (count_terms(tokens, sentences, outline, vocabulary, counting) for tokens, sentences, outline in chunks)
    step.append(({"counts": table} for table in found), ["counts"])


if __name__ == "__main__":
    run_step(counts, snakemake)
