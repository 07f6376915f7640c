"""Read the reports of a batch: metadata, outline, sentences, and warnings about them."""

from pathlib import Path
from typing import TYPE_CHECKING

from emphasis.ingest.corrections import read_metadata_corrections
from emphasis.ingest.report import ingest_files
from emphasis.ingest.tables import tabulate_reports
from emphasis.run.job import logged
from emphasis.run.reports_folder import Refusal
from emphasis.store.tables import load_schemas, write

if TYPE_CHECKING:
    from snakemake.script import snakemake

if __name__ == "__main__":
    with logged(snakemake.log[0]):
        schemas = load_schemas(snakemake.input.schemas)
        metadata = snakemake.input.get("metadata")
        corrections = read_metadata_corrections(Path(metadata)) if metadata else {}
        reports = ingest_files(map(Path, snakemake.input.reports), corrections, map(Path, snakemake.input.outlines))
        refused = (Refusal(*refusal) for refusal in snakemake.params.refused)
        for name, table in tabulate_reports(reports, refused).items():
            write(table, snakemake.output[name], schemas[name])
