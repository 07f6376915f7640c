"""Write every table into one workbook with a sheet that explains them."""

import json

from emphasis.publish.paper.workbook import load_names, write_workbook
from emphasis.run.step import Step, run_step


def workbook(step: Step) -> None:
    package = step.file("package")
    write_workbook(
        json.loads(package.read_text(encoding="utf-8")),
        package.parent,
        step.target("workbook"),
        most=step.params.sheet_rows,
        chinese=load_names(step.file("names")),
    )


if __name__ == "__main__":
    run_step(workbook, snakemake)
