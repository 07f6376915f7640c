"""What the project is installed by besides make: the image and the environment for conda."""

import re
import runpy
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement

from support import REPORT, ROOT
from support.project import SNAKEMAKE

DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
PLACE = "/opt/policy-emphasis"


def instructions(name):
    return re.findall(rf"^{name} (.*)$", DOCKERFILE, re.MULTILINE)


def test_the_image_has_python_and_the_lock():
    assert instructions("FROM") == ["python:3.12-slim"]
    assert instructions("ARG") == ["LOCK=requirements.lock"]
    assert "${LOCK} /tmp/packages.lock" in instructions("COPY")
    (install,) = instructions("RUN")
    assert {"--no-deps", "--require-hashes"} < set(install.split())
    assert install.endswith("-r /tmp/packages.lock")


def test_the_builder_is_sent_what_the_image_copies():
    sent = {line[1:] for line in (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines() if line[:1] == "!"}
    copied = {line.split()[0] for line in instructions("COPY")} - {"${LOCK}"}
    assert sent == copied | {"requirements*.lock"}
    assert all((ROOT / name).exists() for name in copied)


def test_what_the_image_copies_is_enough(tmp_path):
    """Its command, on a folder with a report: nothing that a job reads is missing."""
    for line in instructions("COPY"):
        source, target = line.split()
        if source != "${LOCK}":
            (tmp_path / "image").mkdir(exist_ok=True)
            copy = shutil.copytree if (ROOT / source).is_dir() else shutil.copy2
            copy(ROOT / source, tmp_path / "image" / Path(target.removeprefix(PLACE).lstrip("/") or source))
    shutil.copytree(ROOT / "seeds", tmp_path / "work/seeds")
    (entry,) = instructions("ENTRYPOINT")
    snakemake, *options = yaml.safe_load(entry.replace(PLACE, str(tmp_path / "image")))
    assert snakemake == SNAKEMAKE.name
    done = subprocess.run(
        [str(SNAKEMAKE), *options, "--dry-run"], cwd=tmp_path / "work", capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert re.search(r"\bmanifest\b", done.stdout + done.stderr)


@pytest.mark.skipif(not shutil.which("hadolint"), reason="the linter hadolint is not installed")
def test_the_linter_finds_nothing():
    done = subprocess.run(["hadolint", str(ROOT / "Dockerfile")], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def builder():
    return (
        bool(shutil.which("docker"))
        and not subprocess.run(["docker", "info"], capture_output=True, check=False).returncode
    )


@pytest.mark.workflow
def test_the_image_is_built_and_reads_a_report(tmp_path):
    if not builder():
        pytest.skip("no docker is running")
    shutil.copytree(ROOT / "seeds", tmp_path / "seeds")
    subprocess.run(["docker", "build", "-q", "-t", "policy-emphasis:test", "."], cwd=ROOT, check=True)
    command = ["docker", "run", "--rm", "-v", f"{tmp_path}:/work", "policy-emphasis:test", "results/corpus/reports.csv"]
    subprocess.run(command, check=True)
    assert REPORT in (tmp_path / "results/corpus/reports.csv").read_text(encoding="utf-8")


def test_the_environment_for_conda_is_that_of_the_lock():
    tool = runpy.run_path(str(ROOT / "scripts/tools/conda_environment.py"))
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    text = (ROOT / "workflow/envs/policy-emphasis.yaml").read_text(encoding="utf-8")
    assert text == tool["environment"](lock), "run: make lock"
    python, pip, packages = yaml.safe_load(text)["dependencies"]
    assert (python, pip) == ("python=3.12", "pip")
    pins = re.findall(r"^[\w.-]+==[^ \\]+", lock, re.MULTILINE)
    assert [f"{wanted.name}{wanted.specifier}" for wanted in map(Requirement, packages["pip"])] == pins
