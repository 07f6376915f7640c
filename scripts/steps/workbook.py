"""Write every table into one workbook with a sheet that explains them."""

import csv
import json

from emphasis.publish.paper.workbook import load_names, write_workbook
from emphasis.run.step import Step, run_step


def workbook(step: Step) -> None:
    package = step.file("package")
    with step.file("names").open(encoding="utf-8", newline="") as lines:
        chinese = load_names(csv.DictReader(lines, delimiter="\t"))
    write_workbook(
        json.loads(package.read_text(encoding="utf-8")),
        package.parent,
        step.target("workbook"),
        most=step.params.sheet_rows,
        chinese=chinese,
    )


if __name__ == "__main__":
    run_step(workbook, snakemake)
