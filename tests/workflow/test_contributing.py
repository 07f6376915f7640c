"""docs/CONTRIBUTING.md does what it says: the measure printed there is added to a copy of the project, place by place."""

from __future__ import annotations

import os
import re
import runpy
import shutil
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from support import ROOT
from support.project import Project

PLACE = re.compile(r"^(New file|At the end of) `([^`]+)`:\n\n```\w*\n(.*?)^```$", re.MULTILINE | re.DOTALL)
PLACES = {path: (kind, text) for kind, path, text in PLACE.findall((ROOT / "docs/CONTRIBUTING.md").read_text("utf-8"))}
"""What the page says is to be written, by file."""
MORE = ("README.md", "README.zh-CN.md", "docs", "results/README.md", "tests/measures", "tests/ingest/test_readers.py")
"""What the tools read besides what a run needs."""
forgotten = runpy.run_path(str(ROOT / "scripts/tools/forgotten.py"))["forgotten"]


def copy_project(folder):
    project = Project(folder)
    for name in MORE:
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy2
        copy(ROOT / name, target)
    return project


def add_measure(folder, *, without=""):
    for path, (kind, text) in PLACES.items():
        if path == without:
            continue
        before = (folder / path).read_text(encoding="utf-8") if kind == "At the end of" else ""
        (folder / path).write_text(before + text, encoding="utf-8")


def make_docs(folder):
    """What `make docs` runs, with the library of the copy."""
    for tool in ("data_dictionary", "api_reference"):
        run_python(folder, folder / f"scripts/tools/{tool}.py")


def run_python(folder, *arguments):
    environment = os.environ | {"PYTHONPATH": str(folder / "scripts")}
    subprocess.run([sys.executable, *map(str, arguments)], cwd=folder, env=environment, check=True)


def test_a_measure_of_sections_touches_six_files():
    assert [Path(path).parts[0] for path in PLACES] == [
        "scripts",
        "workflow",
        "workflow",
        "scripts",
        "workflow",
        "tests",
    ]


def test_both_pages_name_the_same_files_and_these_exist():
    named = [
        set(re.findall(r"`((?:[\w-]+/)+[\w.-]*|[\w.-]+\.(?:md|toml))`", (ROOT / "docs" / page).read_text("utf-8")))
        for page in ("CONTRIBUTING.md", "CONTRIBUTING.zh-CN.md")
    ]
    assert named[0] == named[1]
    missing = {path for path in named[0] if not (ROOT / path).exists()}
    # Those of the example, and the folder of results that a run makes.
    assert missing <= {*PLACES, "steps/"}, missing


@pytest.mark.workflow
def test_the_measure_gets_from_its_function_to_its_table_and_to_the_page(tmp_path):
    project = copy_project(tmp_path)
    add_measure(tmp_path)
    make_docs(tmp_path)
    assert forgotten(tmp_path) == []
    run = project.run("results/tables/numerals.csv")
    assert run.status == 0, run.output
    table = pd.read_csv(tmp_path / "results/tables/numerals.csv")
    tokens = pd.read_parquet(tmp_path / "results/corpus/tokens.parquet")
    vocabulary = pd.read_parquet(tmp_path / "results/corpus/vocabulary.parquet")
    own = tokens[tokens["section_id"].str.fullmatch(r"s2\.3(\..*)?")]
    words = own.merge(vocabulary[vocabulary["is_word"]], on="token", suffixes=("", "_unit"))
    found = table.set_index("section_id").loc["s2.3"]
    assert found["n_words"] == words["n"].sum()
    assert 0 < (own["kind"] == "number").sum() <= found["n_numerals"]
    asked = project.run("-n", "results/site/index.html", "results/paper/workbook.xlsx", "--forcerun", "numerals")
    assert {"numerals", "page", "workbook"} <= asked.rules, asked.output
    assert "numerals" in (tmp_path / "results/README.md").read_text(encoding="utf-8")
    assert "#### numerals" in (tmp_path / "docs/api.md").read_text(encoding="utf-8")
    run_python(
        tmp_path, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-c", os.devnull, "tests/measures/test_numerals.py"
    )


@pytest.mark.parametrize("without", PLACES)
def test_a_place_that_was_forgotten_is_named(without, tmp_path):
    copy_project(tmp_path)
    add_measure(tmp_path, without=without)
    named = [line.partition(":")[0] for line in forgotten(tmp_path)]
    assert without in named or (without.endswith(".smk") and "workflow/rules" in named), named


def test_what_make_docs_would_write_is_named(tmp_path):
    copy_project(tmp_path)
    add_measure(tmp_path)
    assert [line.partition(":")[0] for line in forgotten(tmp_path)] == [
        "results/README.md",
        "workflow/report/tables/numerals.rst",
    ]


def test_a_forgotten_target_and_parts_of_a_rule_are_named(tmp_path):
    copy_project(tmp_path)
    add_measure(tmp_path)
    make_docs(tmp_path)
    schema = tmp_path / "workflow/schemas/tables/numerals.yaml"
    schema.write_text(schema.read_text("utf-8").replace("[report_id, section_id]", "[section_id, report_id]"), "utf-8")
    rules = tmp_path / "workflow/rules/measures.smk"
    rules.write_text(rules.read_text("utf-8").replace('        code=code("numerals"),\n', ""), "utf-8")
    lines = forgotten(tmp_path)
    assert "workflow/rules: no target asks for the table numerals; add it to TABLES in measures.smk" in lines
    assert any(line.startswith("workflow/rules/measures.smk: rule numerals has no code;") for line in lines)


def test_forgotten_places_of_a_reader_are_named(tmp_path):
    copy_project(tmp_path)
    readers = tmp_path / "scripts/emphasis/ingest/readers"
    (readers / "epub.py").write_text('"""Books."""\n\n\ndef read(data): ...\n', encoding="utf-8")
    assert [line.partition(":")[0] for line in forgotten(tmp_path)] == ["scripts/emphasis/ingest/readers/__init__.py"]
    registry = readers / "__init__.py"
    text = registry.read_text(encoding="utf-8")
    registry.write_text(text.replace('    ".pdf": (', '    ".epub": (epub.read, 1),\n    ".pdf": ('), encoding="utf-8")
    assert [line.partition(":")[0] for line in forgotten(tmp_path)] == [
        "scripts/emphasis/run/folder_listing.py",
        "seeds/README.md",
        "README.md",
        "README.zh-CN.md",
        "tests/ingest/test_readers.py",
    ]


def test_a_theme_is_one_file(tmp_path):
    copy_project(tmp_path)
    new = tmp_path / "config/themes/sport.yaml"
    new.write_text(
        "label: 体育\nlabel_en: Sport\nstatus: compiled\nsource: made up\nwords: [体育, 冰雪运动]\n", "utf-8"
    )
    assert forgotten(tmp_path) == []
    new.write_text("label: 体育\n", encoding="utf-8")
    (line,) = forgotten(tmp_path)
    assert line.startswith("config/themes/sport.yaml: the keys are ")


def test_nothing_is_forgotten_in_the_project_itself():
    assert forgotten(ROOT) == []
