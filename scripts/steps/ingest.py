"""Read the reports of a batch: metadata, outline, sentences, and what a person should know about them."""

from emphasis.ingest.report import ingest_files, read_overrides
from emphasis.ingest.tables import corpus_tables
from emphasis.run.reports_folder import Refusal
from emphasis.run.step import Step, run_step


def ingest(step: Step) -> None:
    overrides = {key: value for file in step.files("metadata") for key, value in read_overrides(file).items()}
    reports = ingest_files(step.files("reports"), overrides, step.files("outlines"))
    step.write(corpus_tables(reports, (Refusal(*refusal) for refusal in step.params.refused)))


if __name__ == "__main__":
    run_step(ingest, snakemake)
