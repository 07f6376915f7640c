"""Count the keywords of every section and of every part of the reports of a batch."""

from typing import TYPE_CHECKING

from emphasis.measures.counts import Counting
from emphasis.measures.frequency import by_part, by_section, count_keywords
from emphasis.run.job import logged
from emphasis.segment.lexicon import load_stopwords
from emphasis.store.batches import read_chunks
from emphasis.store.tables import Writer, load_schemas

if TYPE_CHECKING:
    from snakemake.script import snakemake

COLUMNS = {
    "tokens": ("report_id", "section_id", "sentence_id", "token", "pos", "kind"),
    "outline": ("report_id", "section_id", "role"),
}

if __name__ == "__main__":
    with logged(snakemake.log[0]):
        schemas = load_schemas(snakemake.input.schemas)
        paths = {name: snakemake.input[name] for name in COLUMNS}
        stopwords = load_stopwords(snakemake.input.stopwords)
        counting = Counting(snakemake.params.count_roles, stopwords, snakemake.params.min_length)
        with (
            Writer(snakemake.output.frequency, schemas["frequency"]) as sections,
            Writer(snakemake.output.frequency_parts, schemas["frequency_parts"]) as parts,
        ):
            for chunk in read_chunks(paths, schemas, COLUMNS, as_codes=["tokens"]):
                counts = count_keywords(chunk["tokens"], chunk["outline"], counting)
                sections.add(by_section(counts))
                parts.add(by_part(counts))
