"""Sum up the words of each report of a batch, for what is measured over all reports."""

from typing import TYPE_CHECKING

from emphasis.measures.counts import Counting, count_paragraphs
from emphasis.measures.report_terms import report_terms
from emphasis.run.job import logged
from emphasis.segment.lexicon import load_stopwords
from emphasis.store.batches import read_chunks
from emphasis.store.tables import Writer, load_schemas

if TYPE_CHECKING:
    from snakemake.script import snakemake

COLUMNS = {
    "tokens": ("report_id", "section_id", "sentence_id", "token", "kind"),
    "sentences": ("report_id", "sentence_id", "paragraph"),
    "outline": ("report_id", "section_id", "role"),
}

if __name__ == "__main__":
    with logged(snakemake.log[0]):
        schemas = load_schemas(snakemake.input.schemas)
        paths = {name: snakemake.input[name] for name in COLUMNS}
        stopwords = load_stopwords(snakemake.input.stopwords)
        counting = Counting(snakemake.params.count_roles, stopwords, snakemake.params.min_length)
        with (
            Writer(snakemake.output.report_terms, schemas["report_terms"]) as terms,
            Writer(snakemake.output.report_sizes, schemas["report_sizes"]) as sizes,
        ):
            for chunk in read_chunks(paths, schemas, COLUMNS, as_codes=["tokens"]):
                words, size = report_terms(
                    count_paragraphs(chunk["tokens"], chunk["sentences"], chunk["outline"], counting)
                )
                terms.add(words)
                sizes.add(size)
