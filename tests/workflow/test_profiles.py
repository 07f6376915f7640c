"""The profile for Slurm fits the rules: groups are of rules that there are, and no group waits for itself."""

import re
from types import SimpleNamespace

import pytest
import yaml

from emphasis.run.resources import job_resources
from support import ROOT
from support.project import Project
from synthetic import write


class Wildcards(dict):
    """As rules see them."""

    __getattr__ = dict.__getitem__


ALONE = {
    "topic_models",
    "topic_shares",
    "peers",
    "keyness_across",
    "reuse",
    "similarity",
    "reference",
    "reference_topics",
    "batch_figures",
    "page_reports",
}
"""Rules whose jobs go by themselves: they fit models, compare all reports, or draw or write hundreds of reports, or batches wait for such a job between two of their own."""
ALONE |= {"outline", "expand", "areas_model", "basis", "validation_draw", "validation"}
"""Those that are asked for by name."""


def test_every_rule_is_in_a_group_or_goes_by_itself_on_purpose():
    profile = yaml.safe_load((ROOT / "profiles/slurm/config.yaml").read_text(encoding="utf-8"))
    rules = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "workflow/rules").glob("*.smk"))
    grouped = [entry.partition("=")[0] for entry in profile["groups"]]
    assert sorted([*grouped, *ALONE]) == sorted(re.findall(r"^\s*rule (\w+):", rules, re.MULTILINE))


def test_no_profile_looks_at_the_dates_of_scripts():
    """A checkout would run everything again; what scripts say is compared as a parameter, see `code` in common.smk."""
    for file in (ROOT / "profiles").glob("*/config.yaml"):
        triggers = yaml.safe_load(file.read_text(encoding="utf-8"))["rerun-triggers"]
        assert triggers == ["mtime", "params", "input", "software-env"], file


BATCHES = ("reports=many", "batch_size=1")
OWN = ("reference=corpus", "reference_topics=refit")


@pytest.mark.parametrize(
    "settings",
    [(), BATCHES, (*BATCHES, *OWN)],
    ids=["one batch", "several batches", "a reference of the reports at hand"],
)
def test_no_group_waits_for_itself(tmp_path, cluster_plugins, settings):
    project = Project(tmp_path)
    write(project.folder / "many", 4, [ROOT / "seeds/changchun-2025.txt"])
    config = ("--config", *settings) if settings else ()
    done = project.run("-n", "--quiet", "all", "--workflow-profile", "slurm", *config, **cluster_plugins)
    assert done.status == 0, done.output


def test_no_step_of_ten_thousand_reports_asks_for_more_than_a_node_has():
    """Sixteen gigabytes; the most that was measured there is 1.7. Each rule says what it needs."""
    rules = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "workflow/rules").glob("*.smk"))
    blocks = dict(block.split(":", 1) for block in re.split(r"^\s*rule (?=\w+:)", rules, flags=re.MULTILINE)[1:])
    assert [name for name, block in blocks.items() if f'**needs("{name}"' not in block] == []

    files = {f"r{i}": f"r{i}.txt" for i in range(10_000)}
    batches = {str(batch): [f"r{i}.txt" for i in range(batch, 10_000, 32)] for batch in range(32)}
    folder = SimpleNamespace(files=files, batches=list(batches), files_of=batches.__getitem__)
    for name, block in blocks.items():
        of_report = Wildcards(report_id="r1") if "{{report_id}}" in block else Wildcards()
        wildcards = Wildcards(batch="0") if "batch_log(" in block or "{{batch}}" in block else of_report
        reports = [f"r{i}" for i in range(0, 10_000, 32)] if f'needs("{name}", ' in block else None
        assert job_resources(name, folder, reports)["mem_mb"](wildcards, attempt=1) <= 16_000, name
