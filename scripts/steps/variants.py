"""Measure themes and keywords of a batch again under other segmenters, without lexicon and without stop list."""

from itertools import product

from emphasis.ingest.simplify import simplify_sentences
from emphasis.measures.counting import Counting
from emphasis.measures.counts import Counts, count_terms
from emphasis.measures.dictionaries import load_themes
from emphasis.measures.frequency import frequency_parts
from emphasis.measures.themes import count_hits, keyword_ranges, theme_ranges, theme_values
from emphasis.run.step import Step, run_step
from emphasis.segment.cue_words import load_cue_words
from emphasis.segment.engines import make_engine
from emphasis.segment.lexicon import Lexicon, lexicon_among, load_stopwords, load_words
from emphasis.segment.place_names import places_of_reports
from emphasis.segment.segmenter import Segmenter
from emphasis.segment.tables import segment_reports, token_table
from emphasis.segment.vocabulary import Units, vocabulary_table
from emphasis.store.tables import apply_types


def variants(step: Step) -> None:
    params = step.params
    sentences, outline = simplify_sentences(step.table("sentences"), params.simplify), step.table("outline")
    report_ids = sentences["report_id"].unique().tolist()
    dictionaries = load_themes(step.files("dictionaries"))
    lexicon, words = lexicon_among(step.files), load_words(step.file("words"))
    places, cue_words = places_of_reports(step.table("reports")), load_cue_words(step.file("cue_words"))
    stop_lists = (load_stopwords(step.file("stopwords")), frozenset[str]())
    themes, keywords = [], []
    for engine, with_terms in product(params.segmenters, (True, False)):
        if with_terms:
            segmenter = Segmenter(make_engine(engine), lexicon.terms, words)
            units = Units(lexicon, words)
            reports = segment_reports(sentences, segmenter, lexicon, cue_words, places)
            found = [report.tokens for report in reports]
        else:
            found, units = [Segmenter(make_engine(engine), ()).table(sentences["text"].tolist())], Units(Lexicon(()))
        tokens = apply_types(token_table(sentences, found), step.schemas["tokens"])
        vocabulary = vocabulary_table(tokens["token"].unique(), units)
        hits = count_hits(sentences, tokens, outline, dictionaries, params.count_roles)
        themes.append(theme_values(hits, report_ids, dictionaries))
        for stop in stop_lists:
            counting = Counting(params.count_roles, stop, params.min_length)
            counts = count_terms(tokens, sentences, outline, vocabulary, counting)
            keywords.append(frequency_parts(Counts.of(counts)))
    of_themes = theme_ranges(step.table("themes"), themes)
    of_keywords = keyword_ranges(step.table("frequency_parts"), keywords)
    step.write({"sensitivity_themes": of_themes, "sensitivity_keywords": of_keywords})


if __name__ == "__main__":
    run_step(variants, snakemake)
