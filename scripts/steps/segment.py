"""Segment the sentences of a batch into tokens, and say what the tokens hold."""

import pandas as pd

from emphasis.ingest.simplify import simplify_sentences
from emphasis.run.step import Step, run_step
from emphasis.segment.audit import TermCounter, count_reports, term_counts
from emphasis.segment.cue_words import load_cue_words
from emphasis.segment.engines import make_engine
from emphasis.segment.lexicon import lexicon_among, load_words
from emphasis.segment.place_names import places_of_reports
from emphasis.segment.segmenter import Segmenter
from emphasis.segment.tables import alias_counts, found_terms_table, segment_reports, token_table
from emphasis.segment.vocabulary import Units, vocabulary_table
from emphasis.store.batches import read_chunks

COLUMNS = {
    "reports": ("report_id", "region", "adcode"),
    "sentences": ("report_id", "section_id", "sentence_id", "start", "text"),
}
COUNTED = {
    "sentences": ("report_id", "text"),
    "tokens": ("report_id", "token"),
    "found_terms": ("report_id", "term", "pos", "evidence", "used"),
}


def segment(step: Step) -> None:
    lexicon, words = lexicon_among(step.files), load_words(step.file("words"))
    segmenter = Segmenter(make_engine(step.params.segmenter), lexicon.terms, words)
    cue_words = load_cue_words(step.file("cue_words"))
    canonical = lexicon.canonical if step.params.merge_aliases else {}

    def cut(some: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
        sentences = simplify_sentences(some["sentences"], step.params.simplify)
        reports = segment_reports(sentences, segmenter, lexicon, cue_words, places_of_reports(some["reports"]))
        for report in reports:
            print(f"{report.report_id}: {report.counts.total()} tokens, {len(report.accepted)} terms of its own")
        return {
            "tokens": token_table(sentences, [report.tokens for report in reports], canonical),
            "found_terms": found_terms_table(reports),
            "aliases": alias_counts(reports, lexicon, merged=bool(canonical)),
        }

    step.append_by_report(COLUMNS, cut, ["tokens", "found_terms", "aliases"])
    # From what was written, since of reports whose rows were taken over there is nothing else.
    files = {name: step.target(name) for name in COUNTED if name != "sentences"} | {"sentences": step.file("sentences")}
    counter, tokens = TermCounter(lexicon.terms), set[str]()
    for some in read_chunks(files, step.schemas, COUNTED, as_codes=["tokens"]):
        some["sentences"] = simplify_sentences(some["sentences"], step.params.simplify)
        tokens |= count_reports(some, counter)
    step.write({"term_counts": term_counts(counter), "vocabulary": vocabulary_table(tokens, Units(lexicon, words))})


if __name__ == "__main__":
    run_step(segment, snakemake)
