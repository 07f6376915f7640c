"""The bundled report from its raw file to its results, as a user runs it."""

from __future__ import annotations

import json
import math
import re
import subprocess
import time
from pathlib import Path
from urllib.parse import unquote
from zipfile import ZipFile

import frictionless
import pandas as pd
import pytest
from PIL import Image
from rocrate.rocrate import ROCrate

from emphasis.areas.panel import panel_fields
from emphasis.areas.scheme import read_scheme
from emphasis.figures.charts import PER_REPORT
from emphasis.figures.files import FORMATS
from emphasis.measures.dictionaries import load_themes
from emphasis.measures.panel import panel_schema
from emphasis.publish.dictionary import table_name
from emphasis.publish.evidence.folder import ResultsFolder
from emphasis.publish.evidence.passages import evidence
from emphasis.store.tables import check, read
from emphasis.targets.indicators import load_variables, variable_fields
from support import ROOT
from support.pictures import compare
from support.project import hashes

REFERENCE = ROOT / "tests/reference"
VARIABLES = ROOT / "config/panel_targets.tsv"
REPORT = "changchun-2025"
ACROSS = (
    "frequency_corpus",
    "keyness_across",
    "reuse",
    "formulas",
    "similarity",
    "term_changes",
    "term_change_rates",
    "first_use",
    "sensitivity",
)
ACROSS += (
    "target_attainment",
    "target_gaps",
    "report_terms",
    "report_sizes",
    "term_uses",
    "sentence_hashes",
    "adoption",
    "collocates",
    "theme_candidates",
    "group",
    "term_trends",
    "change_points",
)
"""Tables of several reports, and those made on request."""
TOPIC_STEPS = ("topic_models", "topic_fits", "topic_parts", "topic_evidence")


@pytest.fixture(scope="module")
def project(bundled, tmp_path_factory):
    """A project after its first run."""
    return bundled.copy_to(tmp_path_factory.mktemp("end") / "project")


def test_text_tables_are_those_of_the_reference(project):
    """After a change that is meant to change results: make reference, read the difference, commit it."""
    expected = {p.relative_to(REFERENCE) for p in REFERENCE.rglob("*.csv")}
    assert expected == {p.relative_to(project.results) for p in project.results.rglob("*.csv")}
    different = [str(p) for p in sorted(expected) if (REFERENCE / p).read_bytes() != (project.results / p).read_bytes()]
    assert not different


def named(file: Path) -> str:
    return table_name(f"{file.parent.name}/{file.name}")


def test_tables_keep_to_their_schemas(project, schemas):
    files = [p for folder in ("corpus", "tables") for p in (project.results / folder).iterdir()]
    files = [p for p in files if p.suffix in (".csv", ".parquet")]
    across = {name for name in schemas if name.startswith(ACROSS)}
    steps = {"outline", "counts", "found_terms", "term_counts", "report_terms", "report_sizes", *TOPIC_STEPS}
    on_request = {"frequency_intervals", "validation", "validation_agreement", "validation_disagreements"}
    assert {named(file) for file in files} | steps | on_request | across == set(schemas)
    themes = load_themes((ROOT / "config/themes").glob("*.yaml"))
    targets = variable_fields(pd.read_csv(project.results / "tables/panel.csv", nrows=0), load_variables(VARIABLES))
    areas = panel_fields(read_scheme(ROOT / "config/areas/areas.tsv"))
    schemas = schemas | {"panel": panel_schema(schemas["panel"], themes, (*targets, *areas))}
    for file in files:
        if file.suffix == ".dta":
            continue
        check(read(file, schemas[named(file)]), schemas[named(file)])


def test_outline(project):
    sections = pd.read_csv(project.results / "corpus/sections.csv", keep_default_na=False)
    headed = sections[sections["level"] > 0]
    assert headed["level"].value_counts().to_dict() == {1: 2, 2: 18}
    assert headed[headed["level"] == 1]["heading"].tolist() == ["2024年工作回顾", "2025年工作安排"]
    assert headed.iloc[1]["heading"] == "全力拼经济稳增长"
    assert headed.iloc[-1]["heading"] == "有效防范化解重点领域风险,全力保持社会大局稳定"
    assert set(sections["role"]) == {"front", "review", "problems", "plan", "closing", "footer"}


def test_every_offset_leads_to_its_passage(project):
    text = (project.folder / f"seeds/{REPORT}.txt").read_text(encoding="utf-8")
    sections = pd.read_csv(project.results / "corpus/sections.csv", keep_default_na=False)
    top = sections[sections["parent_id"] == ""].sort_values("start")
    assert "".join(text[a:b] for a, b in zip(top["start"], top["end"], strict=True)) == text
    sentences = pd.read_parquet(project.results / "corpus/sentences.parquet")
    assert all(text[s.start : s.end] == s.text for s in sentences.itertuples())
    tokens = pd.read_parquet(project.results / "corpus/tokens.parquet")
    words = tokens[tokens["kind"] == "word"]
    assert len(words) > 2000
    # A token's inner white space is dropped: 编 辑 is 编辑.
    assert all(text[t.start : t.end].replace(" ", "") == t.token for t in words.itertuples())


def test_counts_can_be_made_again_from_the_tokens(project):
    tokens = pd.read_parquet(project.results / "corpus/tokens.parquet")
    vocabulary = pd.read_parquet(project.results / "corpus/vocabulary.parquet")
    frequency = pd.read_csv(project.results / "tables/frequency.csv")
    for section in ("s1.3", "s2.3", "s2.10"):
        inside = tokens[tokens["section_id"] == section]
        rows = frequency[frequency["section_id"] == section].set_index("term")
        held = inside[["token"]].merge(vocabulary, on="token")
        counts, alone = held.groupby("unit")["n"].sum(), inside["token"].value_counts()
        assert (rows["n"] == counts.reindex(rows.index)).all()
        assert (rows["n_alone"] == alone.reindex(rows.index).fillna(0)).all()
        n_words = held.loc[held["is_word"], "n"].sum()
        assert ((rows["per_10k"] - 10_000 * rows["n"] / n_words).abs() < 1e-3).all()


def test_clouds_of_the_report_its_parts_and_its_sections(project):
    folder = project.results / f"figures/{REPORT}/clouds"
    names = (
        {"whole", "review", "plan"} | {f"section-1.{i}" for i in range(1, 9)} | {f"section-2.{i}" for i in range(1, 11)}
    )
    assert all({p.stem for p in folder.glob(f"*.{kind}")} == names for kind in ("png", "svg", "pdf"))
    widths = {Image.open(p).size[0] for p in folder.glob("*.png")}
    assert widths == {2055}, "17.4 cm at 300 dpi"


def test_every_chart_is_there_in_every_format(project):
    """Names that the rules spell out, since the library that draws is not loaded to plan a run."""
    folder = project.results / f"figures/{REPORT}"
    expected = {f"{name}.{kind}" for name in PER_REPORT for kind in FORMATS}
    assert {p.name for p in folder.iterdir()} == expected | {"clouds", "network.graphml"}
    assert {Image.open(p).size[0] for p in folder.glob("*.png")} == {1003, 2055}, "8.5 and 17.4 cm at 300 dpi"


def test_the_report_of_a_run_holds_every_result_with_its_caption(project, tmp_path):
    """Without a network: what the page needs comes with Snakemake."""
    offline = ["unshare", "--map-root-user", "--net"]
    if subprocess.run([*offline, "true"], check=False, capture_output=True).returncode:
        offline = []
    command = [*offline, *project.command("--report", tmp_path / "report.zip")]
    done = subprocess.run(command, cwd=project.folder, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    with ZipFile(tmp_path / "report.zip") as file:
        names = [Path(name).name for name in file.namelist()]
        page = file.read("report/report.html").decode()
    held = [p.name for p in project.results.rglob("*") if p.parent.name in ("corpus", "tables") or p.suffix == ".png"]
    assert sorted(names) == sorted([*held, "report.html"])
    for words in ("各节的篇幅与主题", "Attention to themes", "不宜据此推断", "政府工作报告的着重点"):
        assert words in page or words.encode("ascii", "backslashreplace").decode() in page, words
    for heading in ("全文", "(三)培育发展新质生产力,提升产业体系现代化水平"):
        assert f'"figure": {json.dumps(heading)}' in page, "clouds are called by their headings"
    assert not re.search(r"<(script|link|img)[^>]+(src|href)=.https?:", page), "the page loads something from elsewhere"


def test_the_manifest_names_every_result(project):
    manifest = json.loads((project.results / "manifest.json").read_text(encoding="utf-8"))
    found = hashes(project.results)
    del found["manifest.json"], found["ro-crate-metadata.json"], found["workflow/Snakefile"]
    listed = {entry["path"]: entry["sha256"] for entry in manifest["outputs"]}
    assert listed == found
    assert manifest["inputs"][0]["path"] == f"{REPORT}.txt"
    assert str(project.folder) not in json.dumps(manifest)


def test_the_manifest_names_all_data_that_a_job_read(project):
    manifest = json.loads((project.results / "manifest.json").read_text(encoding="utf-8"))
    read = set()
    for file in (project.folder / ".snakemake/metadata").iterdir():
        read |= {path for path in json.loads(file.read_text(encoding="utf-8"))["input"] if path.startswith("config/")}
    assert "config/regions.tsv" in read, "paths are as they were looked for"
    assert read <= {entry["path"] for entry in manifest["data"]}


def test_every_result_is_that_of_the_reference(project):
    """Pictures, pages and packed files too: make verify. After a change on purpose: make reference."""
    assert compare(project.results, REFERENCE).different == ()


def test_the_data_package_is_valid(project):
    report = frictionless.validate(str(project.results / "datapackage.json"))
    assert report.valid, [
        (task.name, [error.note for error in task.errors[:3]]) for task in report.tasks if task.errors
    ]
    listed = {
        resource["path"] for resource in json.loads((project.results / "datapackage.json").read_text())["resources"]
    }
    tables = {
        p.relative_to(project.results).as_posix()
        for p in project.results.glob("*/*")
        if p.suffix in (".csv", ".parquet")
    }
    assert listed == {path for path in tables if not path.startswith("steps/")}


def test_the_crate_opens_and_holds_every_result(project):
    crate = ROCrate(project.results)
    files = {unquote(entity.id): entity for entity in crate.data_entities}
    # Snakemake's own marks of folders are no results.
    found = {path: sha for path, sha in hashes(project.results).items() if ".snakemake" not in path}
    del found["ro-crate-metadata.json"]
    assert {path: entity["sha256"] for path, entity in files.items()} == found
    (run,) = crate.get_by_type("CreateAction")
    assert run["instrument"] == crate.mainEntity and crate.mainEntity.id == "workflow/Snakefile"
    assert (project.results / "workflow/Snakefile").read_bytes() == (project.folder / "Snakefile").read_bytes()
    assert {entity.id for entity in run["result"]} == {e.id for e in crate.data_entities} - {crate.mainEntity.id}
    assert f"#report-{REPORT}.txt" in {entity.id for entity in run["object"]}
    # The newest day that the report bears: it was published on it.
    assert crate.root_dataset["datePublished"] == "2025-02-25"
    document = json.loads((project.results / "ro-crate-metadata.json").read_text(encoding="utf-8"))
    assert str(project.folder) not in json.dumps(document)


@pytest.mark.parametrize("table", ["frequency", "frequency_parts", "keyness", "themes", "theme_sections", "targets"])
def test_the_passages_behind_a_row_are_as_many_as_it_says(project, table):
    results = ResultsFolder(project.results)
    every = list(enumerate(results.rows(table), 1))
    for number, row in every[:: max(1, len(every) // 60)]:
        groups = evidence(results, table, row, project.folder)
        found = [group.n_marks for group in groups]
        assert [group.expected for group in groups if group.expected is not None] == (
            [] if table in ("themes", "targets") else found
        ), (table, number)
        if table == "themes":
            hits = {"per_10k": found[0], "per_10k_anywhere": found[0], "sentences": len(groups[0].sentences)}
            hits["ln_hits"] = round(math.log1p(found[0]), 6)
            assert hits.get(row["definition"], float(row["numerator"])) == float(row["numerator"]), number
        if table == "targets":
            # The mark is the figure as the ledger prints it, within the statement.
            (passage,) = groups[0].sentences
            ((start, end),) = passage.marks
            assert passage.sentence.text[start:end].strip()


def test_a_second_run_and_a_touch_do_nothing(project):
    assert "Nothing to be done" in project.run().output
    time.sleep(1.1)  # File times are compared in seconds.
    (project.folder / f"seeds/{REPORT}.txt").touch()
    (project.folder / "scripts/emphasis/store/tables.py").touch()
    (project.folder / "scripts/steps/tfidf.py").touch()
    run = project.run()
    assert "Nothing to be done" in run.output, run.output


def test_a_word_of_the_user_s_own_is_kept_whole(project, tmp_path):
    """One line in user_terms.tsv re-runs segmentation and what follows, and the word appears."""
    user = project.folder / "config/lexicon/user_terms.tsv"
    user.write_text("term\n持续改善民生\n", encoding="utf-8")
    try:
        run = project.run("-n")
        assert "segment" in run.rules and "ingest" not in run.rules
        results = f"results={tmp_path}/with"
        files = [f"{tmp_path}/with/tables/{name}.csv" for name in ("frequency", "terms")]
        run = project.run(*files, "--config", results)
        assert run.status == 0, run.output
        frequency = pd.read_csv(tmp_path / "with/tables/frequency.csv")
        assert (frequency["term"] == "持续改善民生").any()
        assert "持续改善民生" in set(pd.read_csv(tmp_path / "with/tables/terms.csv")["term"])
        user.write_text("term\tkind\n好\tidea\n", encoding="utf-8")
        run = project.run("tables", "--config", results)
        assert run.status == 1 and "user_terms.tsv, line 2" in run.output and "Traceback" not in run.output
    finally:
        user.unlink()


def test_same_bytes_on_one_core_with_another_processor_hash_seed_time_zone_and_language(project, tmp_path):
    run = project.run(
        "--cores", "1", "--config", f"results={tmp_path}/elsewhere", PYTHONHASHSEED="4711", OPENBLAS_CORETYPE="Haswell",
        TZ="Asia/Shanghai", LANG="C", LC_ALL="C", PYTHONUTF8="0",
    )  # fmt: skip
    assert run.status == 0, run.output
    assert hashes(tmp_path / "elsewhere") == hashes(project.results)
