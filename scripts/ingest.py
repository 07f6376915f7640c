"""Read the reports of a batch: metadata, outline, sentences, and what a person should know about them."""

from pathlib import Path
from typing import TYPE_CHECKING

from emphasis.inbox import Refusal
from emphasis.ingest.batch import corpus_tables
from emphasis.ingest.report import ingest
from emphasis.job import logged
from emphasis.tables import load_schemas, write

if TYPE_CHECKING:
    from snakemake.script import snakemake

if __name__ == "__main__":
    with logged(snakemake.log[0]):
        schemas = load_schemas(snakemake.input.schemas)
        reports = (ingest(Path(path), Path(path).stem) for path in snakemake.input.reports)
        refused = (Refusal(*refusal) for refusal in snakemake.params.refused)
        for name, table in corpus_tables(reports, refused).items():
            write(table, snakemake.output[name], schemas[name])
