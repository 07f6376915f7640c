"""Add to the outline of a batch how many tokens each section has."""

from typing import TYPE_CHECKING

from emphasis.run.job import logged
from emphasis.segment.tables import section_table
from emphasis.store.batches import read_chunks
from emphasis.store.tables import Writer, load_schemas

if TYPE_CHECKING:
    from snakemake.script import snakemake

if __name__ == "__main__":
    with logged(snakemake.log[0]):
        schemas = load_schemas(snakemake.input.schemas)
        paths = {name: snakemake.input[name] for name in ("outline", "tokens")}
        with Writer(snakemake.output.sections, schemas["sections"]) as out:
            for chunk in read_chunks(paths, schemas, {"tokens": ("report_id", "section_id")}):
                out.add(section_table(chunk["outline"], chunk["tokens"]))
