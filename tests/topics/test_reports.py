"""Topics of real reports."""

import csv
import shutil

import numpy as np
import pandas as pd
import pytest

from emphasis.topics.corpus import build_corpus
from emphasis.topics.fitting import FitSettings, fit_and_validate
from emphasis.topics.model import Method
from emphasis.topics.validation import shuffle_words
from emphasis.topics.verdicts import NOISE
from support import REFERENCE, ROOT
from support.made_up import SETTINGS, VALIDATION
from support.project import Project, hashes


@pytest.fixture(scope="module")
def real(shared, tmp_path_factory):
    """The topic tables of the shared reports."""
    folder = tmp_path_factory.mktemp("real")
    project = Project(folder / "project")
    reports = folder / "reports"
    reports.mkdir()
    for path in sorted((shared / "reports").rglob("*.*")):
        shutil.copy2(path, reports / path.name)
    run = project.run(
        "topics", "topic_shares", "-c", "2", "--config", f"reports={reports}", f"results={folder}/results"
    )
    assert run.status == 0, run.output
    return folder / "results"


def test_topics_of_real_reports_are_better_than_noise(real):
    verdicts = pd.read_csv(real / "tables/topic_verdicts.csv").query("model == 'corpus'")
    assert (verdicts["verdict"] == NOISE).mean() <= 0.2
    diagnostics = pd.read_csv(real / "tables/topic_diagnostics.csv").query("model == 'corpus'")
    row = diagnostics[diagnostics["measure"] == "model"].iloc[0]
    assert row["verdict"] == "kept"
    curve = diagnostics[diagnostics["measure"] == "k_curve"].sort_values("k")
    enough = curve[curve["value"] >= 0.9 * curve["value"].max()]
    assert row["k"] == enough["k"].min() == curve[curve["verdict"] == "chosen"]["k"].item()
    first = diagnostics[diagnostics["measure"] == "place"].iloc[0]
    assert first["verdict"] == "main result"


def test_topics_of_shuffled_real_reports_are_called_noise(real, schemas):
    read = {name: pd.read_parquet(real / path) for name, path in
            {"tokens": "corpus/tokens.parquet", "sentences": "corpus/sentences.parquet", "outline": "steps/outline.parquet"}.items()}  # fmt: skip
    built = build_corpus(read["tokens"], read["sentences"], read["outline"], SETTINGS)
    noise = shuffle_words(built, np.random.default_rng(99))
    validation = fit_and_validate("corpus", noise, FitSettings(Method(), 20, [], 1.0, 5, VALIDATION)).validation
    assert validation.verdicts.count(NOISE) >= 0.9 * len(validation.verdicts)
    assert validation.verdict == NOISE


def section_pairs():
    lines = (ROOT / "tests/judgements/section_pairs.tsv").read_text(encoding="utf-8").splitlines()
    rows = csv.DictReader((line for line in lines if not line.startswith("#")), delimiter="\t")
    return {row["section_id"]: row["same_subject"].split() for row in rows}


def test_review_and_plan_on_one_subject_pair_up():
    # The reference is what a run of the bundled report makes, byte for byte: tests/workflow/test_end_to_end.py.
    shares = pd.read_csv(REFERENCE / "tables/topic_sections.csv").query("model == 'basis'")
    wide = shares.pivot(index="section_id", columns="topic", values="prevalence")
    unit = wide.div(np.sqrt((wide**2).sum(axis=1)), axis=0)
    pairs = section_pairs()
    assert len(pairs) == 18
    found = 0
    for section, same in pairs.items():
        others = [other for other in pairs if other[:2] != section[:2]]
        found += (unit.loc[others] @ unit.loc[section]).idxmax() in same
    assert found >= 16


def test_of_one_report_the_basis_is_the_main_result_and_its_own_model_is_noise():
    diagnostics = pd.read_csv(REFERENCE / "tables/topic_diagnostics.csv").set_index(["model", "measure"])
    assert diagnostics.loc[("basis", "place"), "value"] == 1
    assert diagnostics.loc[("basis", "coverage:changchun-2025"), "verdict"] == "enough"
    assert diagnostics.loc[("self:changchun-2025", "model"), "verdict"] == NOISE


def test_bytes_do_not_depend_on_cores_batches_processor_or_hash_seed(tmp_path):
    """Eight reports made from the bundled one, enough for a model of all, in one batch and in three."""
    project = Project(tmp_path / "project")
    quick = {"refits: auto": "refits: 5", "shuffles: 20": "shuffles: 5", "grid: [4, 6, 8, 10, 12": "grid: [4, 12] # "}
    config = project.folder / "config/config.yaml"
    content = config.read_text(encoding="utf-8")
    for old, new in quick.items():
        assert old in content
        content = content.replace(old, new)
    config.write_text(content, encoding="utf-8")
    source = (ROOT / "seeds/changchun-2025.txt").read_text(encoding="utf-8")
    lines = source.splitlines(keepends=True)
    runs = []
    for name, order in (("one", range(8)), ("other", range(7, -1, -1))):
        folder = tmp_path / name
        folder.mkdir()
        for i in order:
            (folder / f"r{i}.txt").write_text(
                "".join(line for n, line in enumerate(lines) if n % 9 != i), encoding="utf-8"
            )
        extra = {} if name == "one" else {"OPENBLAS_CORETYPE": "Haswell", "PYTHONHASHSEED": "4711"}
        size = 64 if name == "one" else 3
        results = tmp_path / f"results-{name}"
        settings = [
            f"reports={folder}",
            f"results={results}",
            f"batch_size={size}",
        ]
        run = project.run(
            "corpus",
            "topics",
            results / "tables/topic_sections.csv",
            "--cores",
            "2" if name == "one" else "1",
            "--config",
            *settings,
            **extra,
        )
        assert run.status == 0, run.output
        runs.append({path: digest for path, digest in hashes(results).items() if path.startswith("tables/topic")})
    assert len(runs[0]) == 7 and runs[0] == runs[1]
