"""Find the keywords that set sections and plans apart, for a batch of reports."""

from collections.abc import Sequence

import pandas as pd
from threadpoolctl import threadpool_limits

from emphasis.measures.counting import Counting
from emphasis.measures.counts import PLAIN_COUNTS, Paragraphs
from emphasis.measures.keyness import KeynessSettings, SentenceCounts, keyness_tables
from emphasis.measures.places import place_names
from emphasis.measures.sentence_units import count_in_sentences
from emphasis.run.step import Step, run_step
from emphasis.segment.lexicon import load_stopwords

TABLES = ("keyness", "keyness_comparisons")
COLUMNS = {"counts": PLAIN_COUNTS, "outline": ("report_id", "section_id", "parent_id", "level", "role")}
OF_SENTENCES = {
    "tokens": ("report_id", "section_id", "sentence_id", "token", "pos", "kind"),
    "sentences": ("report_id", "sentence_id", "paragraph"),
}


def keyness(step: Step) -> None:
    settings = KeynessSettings(**step.params.keyness, seed=step.params.seed)
    counting = Counting(step.params.count_roles, load_stopwords(step.file("stopwords")), step.params.min_length)
    places = place_names(step.table("reports", ("report_id", "region", "region_level", "adcode")))
    vocabulary = step.table("vocabulary")
    stored = {name: step.stored(name, columns, as_codes=True) for name, columns in OF_SENTENCES.items()}

    def counted_in_sentences(outline: pd.DataFrame) -> SentenceCounts:
        """Tokens are read of those reports alone that have comparisons with too few paragraphs."""

        def counted(report_ids: Sequence[str]) -> Paragraphs:
            tokens, texts = (table.of(report_ids) for table in stored.values())
            return count_in_sentences(tokens, texts, outline, vocabulary, counting)

        return counted

    def compare(some: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
        outline = some["outline"]
        sentences = counted_in_sentences(outline)
        tables = keyness_tables(Paragraphs.of(some["counts"]), outline, settings, places=places, sentences=sentences)
        return dict(zip(TABLES, tables, strict=True))

    with threadpool_limits(1):
        step.append_by_report(COLUMNS, compare, TABLES, as_codes=["counts"])


if __name__ == "__main__":
    run_step(keyness, snakemake)
