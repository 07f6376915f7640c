"""Read the reports of a batch: metadata, outline, sentences, and warnings about them."""

from collections.abc import Sequence

import pandas as pd

from emphasis.ingest.corrections import read_metadata_corrections
from emphasis.ingest.records import Report
from emphasis.ingest.report import ReportReader
from emphasis.ingest.tables import tabulate_reports
from emphasis.run.folder_listing import Refusal
from emphasis.run.reports_folder import report_files
from emphasis.run.step import Step, run_step
from emphasis.store.kept import key_of

TABLES = ("reports", "outline", "sentences", "glossary", "warnings")


def ingest(step: Step) -> None:
    corrections = {
        key: value for file in step.files("metadata") for key, value in read_metadata_corrections(file).items()
    }
    files = {file.report_id: file for file in report_files(step.params.reports, step.files("reports"))}
    seen = step.params.get("seen", {})
    reader = ReportReader(files.values(), corrections, step.files("outlines"), step.params.columns, seen)
    refused = [Refusal(*refusal) for refusal in step.params.refused]
    shared = key_of(*step.shared("reports", "metadata", "outlines", "refused"))
    reports, again = sorted({*files, *(refusal.report_id for refusal in refused)}), set[str]()
    with step.kept(*TABLES) as kept:
        # For one report alone there is nothing to take over; what is told of refused files has rows under their ids.
        own = files.keys() - {refusal.report_id for refusal in refused} if len(files) > 1 else set()
        keys = {report_id: key_of(shared, *reader.made_from(report_id)) for report_id in sorted(own)}
        known = kept.known(keys)
        print(f"rows of the run before: {len(known)} of {len(files)} reports", flush=True)

        def made(some: Sequence[str]) -> dict[str, pd.DataFrame]:
            read = [reader.read(report_id) for report_id in some if report_id in files]
            again.update(report.report_id for report in read if not is_final(report))
            return tabulate_reports(read, (refusal for refusal in refused if refusal.report_id in some))

        step.append(kept.in_order(reports, known, made), TABLES)
        if keys:
            kept.keep({report_id: key for report_id, key in keys.items() if report_id not in again})


def is_final(report: Report) -> bool:
    """Whether reading it once more would give the same: not if it could not be read, nor if another program converted it."""
    return bool(report.sections) and report.source.encoding != "doc"


if __name__ == "__main__":
    run_step(ingest, snakemake)
