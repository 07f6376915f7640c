"""Measure themes and keywords of a batch again under other segmenters, without lexicon and without stop list."""

from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING

from emphasis.ingest.simplify import in_simplified
from emphasis.measures.counts import Counting
from emphasis.measures.dictionaries import load_themes
from emphasis.measures.frequency import frequency_parts
from emphasis.measures.themes import count_hits, keyword_ranges, theme_ranges, theme_values
from emphasis.run.job import logged
from emphasis.segment.engines import make_engine
from emphasis.segment.lexicon import load_stopwords, load_words, open_lexicon
from emphasis.segment.segmenter import Segmenter
from emphasis.segment.tables import cut_reports, token_table
from emphasis.store.tables import apply_types, load_schemas, read, write

if TYPE_CHECKING:
    from snakemake.script import snakemake

if __name__ == "__main__":
    with logged(snakemake.log[0]):
        schemas = load_schemas(snakemake.input.schemas)
        sentences = in_simplified(read(snakemake.input.sentences, schemas["sentences"]), snakemake.params.simplify)
        outline = read(snakemake.input.outline, schemas["outline"])
        report_ids = sentences["report_id"].unique().tolist()
        dictionaries = load_themes(snakemake.input.dictionaries)
        lexicon = open_lexicon(Path(snakemake.input.policy_terms).parent)
        words = load_words(Path(snakemake.input.words))
        stopwords = load_stopwords(snakemake.input.stopwords)
        roles, min_length = snakemake.params.count_roles, snakemake.params.min_length
        themes, keywords = [], []
        for engine, with_terms in product(snakemake.params.segmenters, (True, False)):
            if with_terms:
                segmenter = Segmenter(make_engine(engine), lexicon.terms, words)
                found = [report.tokens for report in cut_reports(sentences, segmenter, lexicon)]
            else:
                found = [Segmenter(make_engine(engine), ()).table(sentences["text"].tolist())]
            tokens = apply_types(token_table(sentences, found), schemas["tokens"])
            counts = count_hits(sentences, tokens, outline, dictionaries, roles)
            themes.append(theme_values(counts, report_ids, dictionaries))
            keywords += [
                frequency_parts(tokens, outline, Counting(roles, stop, min_length)) for stop in (stopwords, ())
            ]
        point = read(snakemake.input.themes, schemas["themes"])
        write(theme_ranges(point, themes), snakemake.output.sensitivity_themes, schemas["sensitivity_themes"])
        point = read(snakemake.input.frequency_parts, schemas["frequency_parts"])
        write(keyword_ranges(point, keywords), snakemake.output.sensitivity_keywords, schemas["sensitivity_keywords"])
