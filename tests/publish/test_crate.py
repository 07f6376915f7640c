"""The research object: what its profiles require, in terms that their contexts have, and the same for equal runs.

The requirements are the rows marked MUST of Process Run Crate 0.5 (https://w3id.org/ro/wfrun/process/0.5), Workflow Run Crate 0.5
(https://w3id.org/ro/wfrun/workflow/0.5), Workflow RO-Crate 1.0 (https://w3id.org/workflowhub/workflow-ro-crate/1.0) and RO-Crate 1.1
(https://w3id.org/ro/crate/1.1). `tests/tools/validate_crate.py` has them checked by roc-validator.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from urllib.parse import unquote

import pytest

from emphasis.publish.crate import WORKFLOW, crate, newest_day

CONTEXT = json.loads(Path(__file__).with_name("ro-crate-1.1.jsonld").read_text(encoding="utf-8"))["@context"]


def entry(path):
    return {"path": path, "bytes": len(path), "sha256": path.encode().hex()}


MANIFEST = {
    "project": {"name": "policy-emphasis", "version": "0.1.0"},
    "inputs": [entry("长春市 2025.txt"), entry("seeds.csv")],
    "outlines": [entry("seeds.outline.yaml")],
    "configuration": {"seed": 20250108, "themes": "config/themes"},
    "software": {"python": "3.11.1", "snakemake": "9.27.0", "pandas": "3.1.0"},
    "data": [entry("config/themes/environment.yaml")],
    "code": [entry("Snakefile")],
    "outputs": [
        entry("tables/panel.dta"),
        entry("figures/长春市 2025/.snakemake_timestamp"),
        entry("figures/长春市 2025/a.png"),
    ],
}
MADE = crate(MANIFEST, entry("manifest.json"), entry(WORKFLOW), "2025-02-25")
ENTITIES = {entity["@id"]: entity for entity in MADE["@graph"]}
ROOT = ENTITIES["./"]


def of_type(kind):
    return [e for e in MADE["@graph"] if kind in ([e["@type"]] if isinstance(e["@type"], str) else e["@type"])]


def references(value):
    """Ids that a value refers to."""
    if isinstance(value, dict):
        return [value["@id"]]
    return [i for part in value for i in references(part)] if isinstance(value, list) else []


def test_ids_are_there_once():
    assert len(ENTITIES) == len(MADE["@graph"])


def test_every_reference_leads_to_an_entity_or_to_a_vocabulary():
    outside = {
        target
        for entity in MADE["@graph"]
        for name, value in entity.items()
        if not name.startswith("@")
        for target in references(value)
        if target not in ENTITIES
    }
    assert all(re.match(r"https?://", target) for target in outside), outside


def test_every_term_is_in_a_context():
    """What is in none would be dropped when the document is read as linked data."""
    base, own = MADE["@context"]
    assert base == "https://w3id.org/ro/crate/1.1/context"
    for entity in MADE["@graph"]:
        kinds = entity["@type"]
        terms = {
            *(name for name in entity if not name.startswith("@")),
            *([kinds] if isinstance(kinds, str) else kinds),
        }
        assert terms <= CONTEXT.keys() | own.keys(), entity


def test_the_descriptor():
    descriptor = ENTITIES["ro-crate-metadata.json"]
    assert descriptor["@type"] == "CreativeWork" and descriptor["about"] == {"@id": "./"}
    assert {"https://w3id.org/ro/crate/1.1", "https://w3id.org/workflowhub/workflow-ro-crate/1.0"} == set(
        references(descriptor["conformsTo"])
    )


def test_the_root():
    assert ROOT["@type"] == "Dataset" and all(ROOT[name] for name in ("name", "description", "license"))
    assert ROOT["datePublished"] == "2025-02-25"
    profiles = references(ROOT["conformsTo"])
    assert {"https://w3id.org/ro/wfrun/process/0.5", "https://w3id.org/ro/wfrun/workflow/0.5"} < set(profiles)
    assert all(ENTITIES[profile]["@type"] == "CreativeWork" for profile in profiles)
    (run,) = of_type("CreateAction")
    assert references(ROOT["mentions"]) == [run["@id"]]


def test_the_main_entity_is_the_workflow_and_a_file_of_the_crate():
    main = ENTITIES[ROOT["mainEntity"]["@id"]]
    assert main["@type"] == ["File", "SoftwareSourceCode", "ComputationalWorkflow"]
    assert main["@id"] == WORKFLOW and WORKFLOW in references(ROOT["hasPart"])
    assert ENTITIES[main["programmingLanguage"]["@id"]]["@type"] == "ComputerLanguage"
    assert main["name"] == "policy-emphasis" and main["sha256"] == WORKFLOW.encode().hex()


def test_the_action():
    (run,) = of_type("CreateAction")
    assert run["instrument"] == ROOT["mainEntity"] and run["name"] and run["description"]
    objects = [ENTITIES[i]["name"] for i in references(run["object"])]
    assert objects == ["长春市 2025.txt", "seeds.csv", "seeds.outline.yaml", "environment.yaml", "configuration"]
    results = {unquote(i) for i in references(run["result"])}
    assert results == {"tables/panel.dta", "figures/长春市 2025/a.png", "manifest.json"}
    assert run["actionStatus"] == "http://schema.org/CompletedActionStatus"
    assert "endTime" not in run and "startTime" not in run


def test_files_are_the_parts():
    assert {e["@id"] for e in of_type("File")} == set(references(ROOT["hasPart"]))
    panel = ENTITIES["tables/panel.dta"]
    assert (panel["contentSize"], panel["encodingFormat"]) == (str(len("tables/panel.dta")), "application/x-stata-dta")
    assert all(" " not in i for i in ENTITIES)


def test_equal_runs_are_equal_and_others_have_another_id():
    assert crate(MANIFEST, entry("manifest.json"), entry(WORKFLOW), "2025-02-25") == MADE
    other = crate(MANIFEST, entry("manifest.json") | {"sha256": "0" * 64}, entry(WORKFLOW), "2025-02-25")
    (run,) = (e for e in other["@graph"] if e["@type"] == "CreateAction")
    assert run["@id"] not in ENTITIES


@pytest.mark.parametrize(
    ("date", "day"), [("2025-01-08", "2025-02-25"), ("2026-01-08", "2026-01-08"), ("", "2025-02-25")]
)
def test_the_newest_day(date, day):
    assert newest_day([{"date": date, "published": ""}, {"date": "", "published": "2025-02-25 10:00"}]) == day


def test_no_day():
    assert newest_day([{"date": "", "published": "unknown"}]) == "2000-01-01"


def test_reports_of_one_name_in_several_folders_are_all_there():
    inputs = [entry("长春.txt"), entry("长春.txt") | {"sha256": "ab" * 32}, entry("b.txt")]
    made = crate(MANIFEST | {"inputs": inputs}, entry("manifest.json"), entry(WORKFLOW), "2025-02-25")
    hashes = [e["sha256"] for e in made["@graph"] if e["@id"].startswith("#report-")]
    assert sorted(hashes) == sorted(file["sha256"] for file in inputs)
    (run,) = (e for e in made["@graph"] if e["@type"] == "CreateAction")
    assert len({part["@id"] for part in run["object"] if part["@id"].startswith("#report-")}) == 3
