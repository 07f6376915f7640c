"""Read the reports of a batch: metadata, outline, sentences, and warnings about them."""

from emphasis.ingest.corrections import read_metadata_corrections
from emphasis.ingest.report import check_read, ingest_files
from emphasis.ingest.tables import tabulate_reports
from emphasis.run.folder_listing import Refusal
from emphasis.run.reports_folder import report_files
from emphasis.run.step import Step, run_step


def ingest(step: Step) -> None:
    corrections = {
        key: value for file in step.files("metadata") for key, value in read_metadata_corrections(file).items()
    }
    files = list(report_files(step.params.reports, step.files("reports")))
    reports = ingest_files(files, corrections, step.files("outlines"), step.params.columns)
    read = check_read(reports, files, step.params.get("seen", {}))
    step.write(tabulate_reports(read, (Refusal(*refusal) for refusal in step.params.refused)))


if __name__ == "__main__":
    run_step(ingest, snakemake)
