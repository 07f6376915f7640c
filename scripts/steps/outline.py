"""Write the outline of every report to a file to edit and put next to the report."""

from pathlib import Path
from typing import TYPE_CHECKING

from emphasis.ingest.corrections import OUTLINE_SUFFIX, read_metadata_corrections, write_outline
from emphasis.ingest.report import ingest_files
from emphasis.run.job import logged

if TYPE_CHECKING:
    from snakemake.script import snakemake

if __name__ == "__main__":
    with logged(snakemake.log[0]):
        metadata = snakemake.input.get("metadata")
        corrections = read_metadata_corrections(Path(metadata)) if metadata else {}
        folder = Path(snakemake.output.outlines)
        folder.mkdir(parents=True, exist_ok=True)
        for report in ingest_files(
            map(Path, snakemake.input.reports), corrections, map(Path, snakemake.input.outlines)
        ):
            (folder / f"{report.report_id}{OUTLINE_SUFFIX}").write_text(write_outline(report), encoding="utf-8")
