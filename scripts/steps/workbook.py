"""Write every table into a workbook of each language, with a sheet that explains them."""

import json

from emphasis.areas.scheme import read_scheme
from emphasis.measures.dictionaries import load_themes
from emphasis.publish.paper.peer_tables import target_names
from emphasis.publish.paper.sheets import BookWords, read_names
from emphasis.publish.paper.workbook import write_workbook
from emphasis.run.step import Step, run_step


def workbook(step: Step) -> None:
    package = step.file("package")
    described = json.loads(package.read_text(encoding="utf-8"))
    themes, scheme = load_themes(step.files("dictionaries")), read_scheme(step.file("scheme"))
    targets = target_names(step.file("variables"))
    for language, path in zip(step.params.languages, step.targets("workbooks"), strict=True):
        words = BookWords.of(language, read_names(step.files("names"), language), themes, scheme, targets)
        write_workbook(described, package.parent, path, most=step.params.sheet_rows, words=words)


if __name__ == "__main__":
    run_step(workbook, snakemake)
