"""Write the outline of every report to a file that a person can edit and put beside the report."""

from emphasis.ingest.corrections import write_outline
from emphasis.ingest.report import OUTLINE, ingest_files, read_overrides
from emphasis.run.step import Step, run_step


def outline(step: Step) -> None:
    folder = step.target("outlines")
    folder.mkdir(parents=True, exist_ok=True)
    overrides = {key: value for file in step.files("metadata") for key, value in read_overrides(file).items()}
    for report in ingest_files(step.files("reports"), overrides, step.files("outlines")):
        (folder / f"{report.report_id}{OUTLINE}").write_text(write_outline(report), encoding="utf-8")


if __name__ == "__main__":
    run_step(outline, snakemake)
