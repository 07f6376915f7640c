"""Write the outline of every report to a file to edit and put next to the report."""

from emphasis.ingest.corrections import OUTLINE_SUFFIX, read_metadata_corrections, write_outline
from emphasis.ingest.report import ingest_files
from emphasis.run.reports_folder import report_files
from emphasis.run.step import Step, run_step


def outline(step: Step) -> None:
    folder = step.target("outlines")
    folder.mkdir(parents=True, exist_ok=True)
    corrections = {
        key: value for file in step.files("metadata") for key, value in read_metadata_corrections(file).items()
    }
    files = report_files(step.params.reports, step.files("reports"))
    for report in ingest_files(files, corrections, step.files("outlines"), step.params.columns):
        (folder / f"{report.report_id}{OUTLINE_SUFFIX}").write_text(
            write_outline(report), encoding="utf-8", newline="\n"
        )


if __name__ == "__main__":
    run_step(outline, snakemake)
