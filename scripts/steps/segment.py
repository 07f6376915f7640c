"""Segment the sentences of a batch into tokens, and say what the tokens hold."""

from collections.abc import Iterator

import pandas as pd

from emphasis.ingest.simplify import simplify_sentences
from emphasis.run.step import Step, run_step
from emphasis.segment.audit import TermCounter, term_counts
from emphasis.segment.cue_words import load_cue_words
from emphasis.segment.engines import make_engine
from emphasis.segment.lexicon import Lexicon, OrdinaryWord, lexicon_among, load_words
from emphasis.segment.place_names import places_of_reports
from emphasis.segment.segmenter import Segmenter
from emphasis.segment.tables import alias_counts, found_terms_table, merge_aliases, segment_reports, token_table
from emphasis.segment.vocabulary import Units, vocabulary_table


def segment_batch(
    step: Step, lexicon: Lexicon, words: tuple[OrdinaryWord, ...], counter: TermCounter, types: set[str]
) -> Iterator[dict[str, pd.DataFrame]]:
    segmenter = Segmenter(make_engine(step.params.segmenter), lexicon.terms, words)
    cue_words = load_cue_words(step.file("cue_words"))
    canonical = lexicon.canonical if step.params.merge_aliases else {}
    places = places_of_reports(step.table("reports"))
    for some in step.chunks({"sentences": None}):
        sentences = simplify_sentences(some["sentences"], step.params.simplify)
        reports = segment_reports(sentences, segmenter, lexicon, cue_words, places)
        yield {
            "tokens": token_table(sentences, [report.tokens for report in reports], canonical),
            "found_terms": found_terms_table(reports),
            "aliases": alias_counts(reports, lexicon, merged=bool(canonical)),
        }
        for report in reports:
            counts = merge_aliases(report.counts, canonical)
            counter.add(report.texts, counts, report.accepted)
            types.update(counts)
            print(f"{report.report_id}: {report.counts.total()} tokens, {len(report.accepted)} terms of its own")


def segment(step: Step) -> None:
    lexicon = lexicon_among(step.files)
    words, counter, types = load_words(step.file("words")), TermCounter(lexicon.terms), set[str]()
    step.append(segment_batch(step, lexicon, words, counter, types), ["tokens", "found_terms", "aliases"])
    step.write({"term_counts": term_counts(counter), "vocabulary": vocabulary_table(types, Units(lexicon, words))})


if __name__ == "__main__":
    run_step(segment, snakemake)
