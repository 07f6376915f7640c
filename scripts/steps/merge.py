"""Put the tables that batches of reports made together, in the order of the reports."""

from typing import TYPE_CHECKING

from emphasis.run.job import logged
from emphasis.store.merge import merge_tables
from emphasis.store.tables import load_schema

if TYPE_CHECKING:
    from snakemake.script import snakemake

if __name__ == "__main__":
    with logged(snakemake.log[0]):
        merge_tables(snakemake.input.parts, snakemake.output.merged, load_schema(snakemake.input.schema))
