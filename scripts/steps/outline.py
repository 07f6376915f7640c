"""Write the outline of every report to a file that a person can edit and put beside the report."""

from pathlib import Path
from typing import TYPE_CHECKING

from emphasis.ingest.corrections import write_outline
from emphasis.ingest.report import OUTLINE, ingest_files, read_overrides
from emphasis.run.job import logged

if TYPE_CHECKING:
    from snakemake.script import snakemake

if __name__ == "__main__":
    with logged(snakemake.log[0]):
        metadata = snakemake.input.get("metadata")
        overrides = read_overrides(Path(metadata)) if metadata else {}
        folder = Path(snakemake.output.outlines)
        folder.mkdir(parents=True, exist_ok=True)
        for report in ingest_files(map(Path, snakemake.input.reports), overrides, map(Path, snakemake.input.outlines)):
            (folder / f"{report.report_id}{OUTLINE}").write_text(write_outline(report), encoding="utf-8")
