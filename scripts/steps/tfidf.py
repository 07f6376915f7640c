"""Find what sets each section apart from the other sections of its report, for a batch of reports."""

from typing import TYPE_CHECKING

from emphasis.measures.tfidf import tfidf
from emphasis.run.job import logged
from emphasis.store.batches import read_chunks
from emphasis.store.tables import Writer, load_schemas

if TYPE_CHECKING:
    from snakemake.script import snakemake

COLUMNS = {
    "frequency": ("report_id", "section_id", "term", "n", "per_10k"),
    "sections": ("report_id", "section_id", "parent_id"),
}

if __name__ == "__main__":
    with logged(snakemake.log[0]):
        schemas = load_schemas(snakemake.input.schemas)
        paths = {name: snakemake.input[name] for name in COLUMNS}
        with Writer(snakemake.output.tfidf, schemas["tfidf"]) as out:
            for chunk in read_chunks(paths, schemas, COLUMNS):
                out.add(tfidf(chunk["frequency"], chunk["sections"]))
