"""Write every table into one workbook with a sheet that explains them."""

import json

from emphasis.publish.paper.workbook import load_names, write_workbook
from emphasis.run.step import Step, run_step


def workbook(step: Step) -> None:
    package = step.file("package")
    described, names = json.loads(package.read_text(encoding="utf-8")), load_names(step.file("names"))
    write_workbook(described, package.parent, step.target("workbook"), most=step.params.sheet_rows, chinese=names)


if __name__ == "__main__":
    run_step(workbook, snakemake)
