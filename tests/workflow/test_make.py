"""The Makefile, with programs that stand in for Python and Snakemake."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import time

import pytest

from support import ROOT

PYTHON = """#!/bin/sh
case "$*" in
  "-m venv"*) rm -rf .venv; mkdir -p .venv/bin; cp "$0" .venv/bin/python; cp "$0" .venv/bin/snakemake;;
  *pip*) echo pip >>log; [ -e slow ] && sleep 20; touch .venv/installed;;
  "") ls .venv/installed >>log;;
esac
"""

FETCHED = ["pip", "pip"]
"""It fetches uv, and installs itself what uv, which is not there, does not."""


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL])
def test_an_interrupted_make_goes_on(tmp_path, how):
    """Interrupted while packages are installed, it begins the environment anew, and then runs."""
    shutil.copy(ROOT / "Makefile", tmp_path)
    (tmp_path / "scripts/tools").mkdir(parents=True)
    shutil.copy(ROOT / "scripts/tools/install.sh", tmp_path / "scripts/tools")
    for lock in ("requirements.lock", "requirements-dev.lock"):
        (tmp_path / lock).write_text("", encoding="utf-8")
    (tmp_path / "slow").touch()
    python = tmp_path / "python"
    python.write_text(PYTHON, encoding="utf-8")
    python.chmod(0o755)
    make = ["make", "PYTHON=./python"]
    with subprocess.Popen(["env", "--default-signal=INT", *make], cwd=tmp_path, start_new_session=True) as running:
        deadline = time.monotonic() + 30
        while not (tmp_path / "log").exists() and time.monotonic() < deadline:
            time.sleep(0.02)
        os.killpg(running.pid, how)
        # A shell that is between two commands when the signal comes waits for the sleep to end.
        assert running.wait(60) != 0
    assert not (tmp_path / ".venv/.complete").exists()
    (tmp_path / "slow").unlink()
    subprocess.run(make, cwd=tmp_path, check=True)
    assert (tmp_path / "log").read_text(encoding="utf-8").split() == ["pip", *FETCHED, ".venv/installed"]
    subprocess.run(make, cwd=tmp_path, check=True)
    assert (tmp_path / "log").read_text(encoding="utf-8").split().count("pip") == 1 + len(FETCHED)
