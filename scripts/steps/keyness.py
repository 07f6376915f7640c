"""Find the keywords that set sections and plans apart, for a batch of reports."""

from typing import TYPE_CHECKING

from threadpoolctl import threadpool_limits

from emphasis.measures.counts import Counting, count_paragraphs
from emphasis.measures.keyness import KeynessSettings, comparisons_within_reports, keyness_tables
from emphasis.run.job import logged
from emphasis.segment.lexicon import load_stopwords
from emphasis.store.batches import read_chunks
from emphasis.store.tables import Writer, load_schemas

if TYPE_CHECKING:
    from snakemake.script import snakemake

COLUMNS = {
    "tokens": ("report_id", "section_id", "sentence_id", "token", "kind"),
    "sentences": ("report_id", "sentence_id", "paragraph"),
    "outline": ("report_id", "section_id", "parent_id", "level", "role"),
}

if __name__ == "__main__":
    with logged(snakemake.log[0]), threadpool_limits(1):
        schemas = load_schemas(snakemake.input.schemas)
        paths = {name: snakemake.input[name] for name in COLUMNS}
        stopwords = load_stopwords(snakemake.input.stopwords)
        counting = Counting(snakemake.params.count_roles, stopwords, snakemake.params.min_length)
        settings = KeynessSettings(**snakemake.params.keyness, seed=snakemake.params.seed)
        with (
            Writer(snakemake.output.keyness, schemas["keyness"]) as words,
            Writer(snakemake.output.keyness_comparisons, schemas["keyness_comparisons"]) as verdicts,
        ):
            for chunk in read_chunks(paths, schemas, COLUMNS, as_codes=["tokens"]):
                paragraphs = count_paragraphs(chunk["tokens"], chunk["sentences"], chunk["outline"], counting)
                pooled = comparisons_within_reports(paragraphs, chunk["outline"])
                table, comparisons = keyness_tables(paragraphs, pooled, settings)
                words.add(table)
                verdicts.add(comparisons)
