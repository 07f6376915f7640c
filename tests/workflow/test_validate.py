"""`snakemake validate`: a draw from the bundled report, and the same command with the filled-in workbook."""

import csv
import shutil

import pandas as pd
from openpyxl import load_workbook

from emphasis.publish.validation.instructions import CODERS
from support.project import Project


def fill(source, target, key):
    """Both coders as the machine says; the second differs on the first sentence."""
    book = load_workbook(source)
    for name in CODERS:
        for line in book[name].iter_rows(min_row=2):
            code = key[int(line[0].value)]
            line[5].value = int(code) if name == CODERS[0] or line[0].value > 1 else 1 - int(code)
    book.save(target)


def test_draw_and_read_back(tmp_path):
    project = Project(tmp_path)
    settings = ("--config", "validate={which: industry, size: 40}")
    drawn = project.run("validate", *settings)
    assert drawn.status == 0, drawn.output
    folder = project.results / "validation"
    assert sorted(file.name for file in folder.iterdir()) == ["coding.xlsx", "draw.yaml", "key.tsv"]
    assert not any(file.stat().st_mode & 0o222 for file in folder.iterdir()), (
        "what belongs to a draw is write-protected"
    )
    assert not (project.results / "tables/themes.csv").exists(), "only what the draw needs is made"
    # A second time there is nothing to do.
    assert "Nothing to be done" in project.run("validate", *settings).output
    with (folder / "key.tsv").open(encoding="utf-8", newline="") as lines:
        key = {int(row["number"]): row["machine_industry"] for row in csv.DictReader(lines, delimiter="\t")}
    filled = tmp_path / "coded.xlsx"
    shutil.copy(folder / "coding.xlsx", filled)
    filled.chmod(0o644)
    empty = project.run("validate", "--config", f"validate={{filled: {filled}}}")
    assert empty.status != 0 and "40 empty cells in 产业发展 Industry: no. 1, 2" in empty.output
    fill(filled, filled, key)
    read = project.run("validate", "--config", f"validate={{filled: {filled}}}")
    assert read.status == 0, read.output
    table = pd.read_csv(project.results / "tables/validation.csv").set_index("coder")
    assert table.loc[1, ["precision", "recall"]].tolist() == [1, 1]
    assert len(pd.read_csv(project.results / "tables/validation_disagreements.csv")) == 1
    assert "产业发展1.00（" in (folder / "methods.md").read_text(encoding="utf-8")
    lost = project.run("validate", "--config", "validate={filled: nowhere.xlsx}")
    assert lost.status != 0 and "validate.filled names nowhere.xlsx, which is not there" in lost.output
