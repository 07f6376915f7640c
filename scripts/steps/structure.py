"""Measure how the reports of a batch are built and worded."""

from typing import TYPE_CHECKING

from emphasis.measures.counts import Counting
from emphasis.measures.structure import structure
from emphasis.run.job import logged
from emphasis.store.batches import read_chunks
from emphasis.store.tables import Writer, load_schemas

if TYPE_CHECKING:
    from snakemake.script import snakemake

COLUMNS = {
    "tokens": ("report_id", "section_id", "token", "kind"),
    "sentences": ("report_id", "section_id", "text"),
    "outline": ("report_id", "section_id", "role"),
}

if __name__ == "__main__":
    with logged(snakemake.log[0]):
        schemas = load_schemas(snakemake.input.schemas)
        counting = Counting(snakemake.params.count_roles)
        paths = {name: snakemake.input[name] for name in COLUMNS}
        with Writer(snakemake.output.structure, schemas["structure"]) as out:
            for chunk in read_chunks(paths, schemas, COLUMNS, as_codes=["tokens"]):
                out.add(structure(chunk["tokens"], chunk["sentences"], chunk["outline"], counting))
