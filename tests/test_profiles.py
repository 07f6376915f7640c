"""The profile for Slurm fits the rules: groups are of rules that there are, and no group waits for itself."""

import re
import sys

import pytest
import yaml
from conftest import ROOT
from workflow import Project

sys.path.insert(0, str(ROOT / "benchmarks"))
from synthetic import write


def test_groups_are_of_rules_that_there_are():
    profile = yaml.safe_load((ROOT / "profiles/slurm/config.yaml").read_text(encoding="utf-8"))
    rules = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "workflow/rules").glob("*.smk"))
    grouped = {entry.partition("=")[0] for entry in profile["groups"]}
    assert grouped <= set(re.findall(r"^\s*rule (\w+):", rules, re.MULTILINE))


@pytest.mark.parametrize("settings", [(), ("reports=many", "batch_size=1")], ids=["one batch", "several batches"])
def test_no_group_waits_for_itself(tmp_path, settings):
    project = Project(tmp_path)
    write(project.folder / "many", 4, [ROOT / "seeds/changchun-2025.txt"])
    config = ("--config", *settings) if settings else ()
    done = project.run("-n", "--quiet", "all", "--workflow-profile", "slurm", *config)
    assert done.status == 0, done.output
