"""The workflow as part of another one, from a folder of its own, as `snakedeploy deploy-workflow` sets it up."""

from __future__ import annotations

import os
import re
import shutil
import subprocess

import pandas as pd
import pytest

from support import REFERENCE, REPORT, ROOT
from support.project import SNAKEMAKE, Project, Run

# What snakedeploy writes, with a path in place of github(...).
SNAKEFILE = """
configfile: "config/config.yaml"


rule of_the_caller:
    output:
        "own.csv",
    shell:
        "echo a > {{output}}"


module policy_emphasis:
    snakefile:
        "{snakefile}"
    config:
        config


use rule * from policy_emphasis{names}
"""


def caller(folder, snakefile, names=""):
    """A folder with a report and with settings that differ."""
    (folder / "workflow").mkdir(parents=True)
    (folder / "workflow/Snakefile").write_text(SNAKEFILE.format(snakefile=snakefile, names=names), encoding="utf-8")
    (folder / "config").mkdir()
    (folder / "config/config.yaml").write_text("results: out\nfigures: { language: en }\n", encoding="utf-8")
    shutil.copytree(ROOT / "seeds", folder / "seeds")
    return folder


def run(folder, *arguments):
    done = subprocess.run(
        [str(SNAKEMAKE), "--cores", "2", *arguments],
        cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False,
    )  # fmt: skip
    return Run(done.returncode, done.stdout)


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A folder whose own themes and corrections are in force, after a run, and what the run said."""
    folder = caller(tmp_path_factory.mktemp("module") / "paper", ROOT / "workflow/Snakefile")
    shutil.copytree(ROOT / "config/themes", folder / "config/themes")
    (folder / "config/themes/culture.yaml").write_text(
        "label: 长春\nlabel_en: Changchun\nstatus: compiled\nsource: here\nwords:\n  - 长春\n", encoding="utf-8"
    )
    (folder / "config/reports.tsv").write_text(f"report_id\tsource\n{REPORT}\tthe archive\n", encoding="utf-8")
    return folder, run(folder, "out/tables/tfidf.csv", "out/tables/themes.csv", "out/corpus/reports.csv")


def test_the_tables_have_the_bytes_of_a_plain_run(made):
    folder, said = made
    assert said.status == 0, said.output
    assert (folder / "out/tables/tfidf.csv").read_bytes() == (REFERENCE / "tables/tfidf.csv").read_bytes()


def test_the_caller_s_themes_and_corrections_are_in_force(made):
    folder, _ = made
    found, plain = (pd.read_csv(file) for file in (folder / "out/tables/themes.csv", REFERENCE / "tables/themes.csv"))
    edited = found[found["theme"] == "culture"]
    text = next((ROOT / "seeds").glob(f"{REPORT}.*")).read_text(encoding="utf-8")
    characters = edited[(edited["part"] == "whole") & (edited["definition"] == "characters")]["numerator"].item()
    assert 0 < characters <= 2 * text.count("长春")
    assert set(plain["theme"]) == set(found["theme"])
    pd.testing.assert_frame_equal(
        *(table[table["theme"] != "culture"].reset_index(drop=True) for table in (found, plain))
    )
    assert pd.read_csv(folder / "out/corpus/reports.csv")["source"].tolist() == ["the archive"]


def test_what_happens_at_the_start_and_the_end_of_a_run_happens_in_a_module_too(made):
    folder, said = made
    assert "policy-emphasis: 1 report" in said.output
    assert (folder / "out/logs/.run").exists()
    table = folder / "out/tables/tfidf.csv"
    kept = table.read_bytes()
    table.write_text("edited\n", encoding="utf-8")
    again = run(folder, "--rerun-incomplete", "out/tables/tfidf.csv")
    assert "out/tables/tfidf.csv is not what its step made" in again.output
    assert table.read_bytes() == kept
    assert (folder / "out/logs/changed/tables/tfidf.csv").read_text(encoding="utf-8") == "edited\n"
    assert "Nothing to be done" in run(folder, "out/tables/tfidf.csv").output


def test_groupings_are_those_of_the_caller(tmp_path):
    folder = caller(tmp_path / "paper", ROOT / "workflow/Snakefile")
    shutil.copy(next((folder / "seeds").glob(f"{REPORT}.*")), folder / "seeds/other.txt")
    (folder / "config/reports.tsv").write_text(f"report_id\t市长\n{REPORT}\t甲\nother\t乙\n", encoding="utf-8")
    planned = run(folder, "-n", "out/tables/groups.csv")
    assert planned.status == 0, planned.output


OWN = [
    "config/lexicon/user_terms.tsv",
    "config/lexicon/stopwords.txt",
    "config/reports.tsv",
    "config/areas/corrections.tsv",
    "config/indicators.tsv",
]


def test_single_files_of_the_caller_win_and_the_others_are_the_shipped_ones(tmp_path):
    folder = caller(tmp_path / "paper", ROOT / "workflow/Snakefile")
    for file in OWN:
        (folder / file).parent.mkdir(exist_ok=True)
        source = ROOT / file
        (folder / file).write_text(source.read_text(encoding="utf-8") if source.exists() else "", encoding="utf-8")
    (folder / "config/reports.tsv").write_text("report_id\n", encoding="utf-8")
    planned = run(folder, "--filegraph", "out/tables/tfidf.csv", "out/tables/areas.csv", "out/tables/targets.csv")
    assert planned.status == 0, planned.output
    inputs = set(re.findall(r"monospace\">([^<]+)<", planned.output))
    assert set(OWN) <= inputs
    shipped = os.path.relpath(ROOT / "config", folder)
    for file in (
        "lexicon/policy_terms.tsv",
        "lexicon/words.tsv",
        "areas/areas.tsv",
        "areas/weights.parquet",
        "regions.tsv",
    ):
        assert f"{shipped}/{file}" in inputs


def test_it_can_be_taken_from_a_repository_and_its_rules_renamed(tmp_path):
    """As from github(...), which is fetched in the same way."""
    project = Project(tmp_path / "project")
    git = ["git", "-c", "user.name=a", "-c", "user.email=a@example.org"]
    for command in (["init", "-q", "-b", "main"], ["add", "-A"], ["commit", "-q", "-m", "a"], ["tag", "v1"]):
        subprocess.run([*git, *command], cwd=project.folder, check=True)
    place = f"git+file://{project.folder}/workflow/Snakefile@v1"
    folder = caller(tmp_path / "paper", place, " as emphasis_*")
    # What is in force is the state that was tagged.
    shutil.rmtree(project.folder / "scripts")
    done = run(folder, "out/corpus/reports.csv")
    assert done.status == 0, done.output
    assert "emphasis_ingest" in done.output
    assert (folder / "out/corpus/reports.csv").read_bytes() == (REFERENCE / "corpus/reports.csv").read_bytes()
    planned = run(folder, "-n", "emphasis_all")
    assert planned.status == 0, planned.output
