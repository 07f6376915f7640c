"""Write the outline of every report to a file to edit and put next to the report."""

from emphasis.ingest.corrections import OUTLINE_SUFFIX, read_metadata_corrections, write_outline
from emphasis.ingest.report import ingest_files
from emphasis.run.step import Step, run_step


def outline(step: Step) -> None:
    folder = step.target("outlines")
    folder.mkdir(parents=True, exist_ok=True)
    files = step.files("metadata")
    corrections = {key: value for file in files for key, value in read_metadata_corrections(file).items()}
    for report in ingest_files(step.files("reports"), corrections, step.files("outlines")):
        (folder / f"{report.report_id}{OUTLINE_SUFFIX}").write_text(write_outline(report), encoding="utf-8")


if __name__ == "__main__":
    run_step(outline, snakemake)
