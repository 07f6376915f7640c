"""Read the reports of a batch: metadata, outline, sentences, and warnings about them."""

from emphasis.ingest.corrections import read_metadata_corrections
from emphasis.ingest.report import ingest_files
from emphasis.ingest.tables import tabulate_reports
from emphasis.run.reports_folder import Refusal
from emphasis.run.step import Step, run_step


def ingest(step: Step) -> None:
    files = step.files("metadata")
    corrections = {key: value for file in files for key, value in read_metadata_corrections(file).items()}
    reports = ingest_files(step.files("reports"), corrections, step.files("outlines"))
    step.write(tabulate_reports(reports, (Refusal(*refusal) for refusal in step.params.refused)))


if __name__ == "__main__":
    run_step(ingest, snakemake)
