"""Who holds a folder of results."""

import os
import socket
import subprocess
import sys

import pytest
from filelock import lock_descriptor

from emphasis.errors import EmphasisError
from emphasis.run import lock
from emphasis.run.lock import begin_before_locks, begin_run, forget_dead_runs, hold_step_lock
from emphasis.store.atomic import write_atomically
from support import ROOT

HOLD = "import sys; from emphasis.run.lock import begin_run; begin_run(sys.argv[1]); print('held', flush=True); sys.stdin.read()"


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(lock, "_held", {})
    monkeypatch.setenv("POLICY_EMPHASIS_RUN", "")
    (tmp_path / "locks").mkdir()
    (tmp_path / "locks/0.output.lock").write_text("results/a.csv\nresults/b.csv\n", encoding="utf-8")
    (tmp_path / "locks/1.output.lock").write_text("results-too/a.csv\n", encoding="utf-8")
    yield tmp_path
    for held in lock._held.values():
        os.close(held)


@pytest.fixture
def other(folder):
    """Another process at work in the folder `results`."""
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, "results"], env=os.environ | {"PYTHONPATH": str(ROOT / "scripts")}, cwd=folder,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    ) as process:  # fmt: skip
        assert process.stdout.readline() == "held\n"
        yield process
        process.kill()


def locks(folder):
    return sorted(file.name for file in (folder / "locks").iterdir())


def test_locks_of_a_dead_run_are_forgotten_and_those_of_other_folders_are_kept(folder, other):
    other.kill()
    other.wait()
    assert forget_dead_runs("results", folder / "locks") == ""
    assert locks(folder) == ["1.output.lock"]
    begin_run("results")


def test_the_name_of_the_machine_is_written_nowhere(folder):
    begin_run("results")
    assert socket.gethostname() not in (folder / "results/logs/.run").read_text(encoding="utf-8")
    write_atomically(folder / "table", lambda partial: partial.write_text(partial.name, encoding="utf-8"))
    assert socket.gethostname() not in (folder / "table").read_text(encoding="utf-8")


def test_locks_of_a_live_run_are_kept(folder, other):
    assert f"(process {other.pid} on this machine)" in forget_dead_runs("results", folder / "locks")
    assert locks(folder) == ["0.output.lock", "1.output.lock"]
    with pytest.raises(EmphasisError, match=f"another run is at work in results .process {other.pid} on"):
        begin_run("results")
    begin_run("results-too")


def test_a_run_has_begun_before_snakemake_locks_the_folder(folder):
    """Killed between the two, it would leave locks that no later run knows as a dead one's."""

    class Persistence:
        def lock(self):
            assert (folder / "results/logs/.run").exists()
            return "locked"

    begin_before_locks(Persistence, "results")
    assert Persistence().lock() == "locked"
    begin_run("results")  # the handler of the start calls it once more
    assert len(lock._held) == 1


def test_another_run_is_named_before_snakemake_locks_the_folder(folder, other):
    class Persistence:
        def lock(self):
            pytest.fail("locked")

    begin_before_locks(Persistence, "results")
    with pytest.raises(SystemExit, match=f"another run is at work in results .process {other.pid} on"):
        Persistence().lock()


@pytest.mark.parametrize("said", ["elsewhere 17 x\n", "", None])
def test_locks_of_a_run_on_another_machine_are_left_to_the_user(folder, said):
    (folder / "results/logs").mkdir(parents=True)
    if said is not None:
        (folder / "results/logs/.run.lock").touch()
        (folder / "results/logs/.run").write_text(said, encoding="utf-8")
    assert forget_dead_runs("results", folder / "locks") == ""
    assert locks(folder) == ["0.output.lock", "1.output.lock"]


def test_a_step_holds_the_lock_while_it_runs(folder):
    begin_run("results")
    with hold_step_lock(folder / "results/logs/ingest/0-of-2.log"):
        (file,) = (folder / "results/logs/.steps").iterdir()
        with file.open("r+") as step:
            assert not lock_descriptor(step.fileno(), blocking=False)
    assert not file.exists()


HOLD_STEP = """
import sys
from pathlib import Path
from emphasis.run.lock import hold_step_lock
with hold_step_lock(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_a_run_waits_for_the_steps_of_the_one_before_and_takes_their_files_away(folder, monkeypatch, capsys):
    begin_run("results")
    os.close(lock._held.popitem()[1])
    log = folder / "results/logs/ingest.log"
    with subprocess.Popen(
        [sys.executable, "-c", HOLD_STEP, log], env=os.environ | {"PYTHONPATH": str(ROOT / "scripts")},
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    ) as step:  # fmt: skip
        assert step.stdout.readline() == "held\n"
        # A killed step leaves its file.
        monkeypatch.setattr(lock.time, "sleep", lambda _: (step.kill(), step.wait()))
        begin_run("results")
    assert "waiting for steps of an earlier run" in capsys.readouterr().err
    assert not list((folder / "results/logs/.steps").iterdir())


def test_a_process_that_runs_for_two_folders_has_one_name(folder):
    begin_run("results")
    begin_run("others")
    with hold_step_lock(folder / "results/logs/a.log"), hold_step_lock(folder / "others/logs/a.log"):
        pass


def test_without_locks_of_the_system_a_run_begins_all_the_same(folder, monkeypatch):
    """As on a file system without locks, or where Python has no fcntl."""

    def refuse(descriptor, **_):
        raise OSError(38, "not implemented")

    monkeypatch.setattr(lock, "lock_descriptor", refuse)
    begin_run("results")
    with hold_step_lock(folder / "results/logs/a.log"):
        pass
    assert forget_dead_runs("results", folder / "locks") == ""
    assert locks(folder) == ["0.output.lock", "1.output.lock"]


def test_a_step_of_an_earlier_run_refuses_to_begin(folder, monkeypatch):
    begin_run("results")
    with hold_step_lock(folder / "results/logs/a.log"):
        pass
    monkeypatch.setenv("POLICY_EMPHASIS_RUN", "an earlier one")
    with pytest.raises(EmphasisError, match="belongs to an earlier run"), hold_step_lock(folder / "results/logs/a.log"):
        pytest.fail("the step began")


def test_a_step_without_a_run_starts(folder):
    with hold_step_lock(folder / "anywhere/a.log"):
        pass


def test_what_another_writer_left_half_written_is_removed(tmp_path):
    (tmp_path / ".a[1].csv.node-7.part").write_text("half", encoding="utf-8")
    (tmp_path / ".b.csv.node-7.part").write_text("half", encoding="utf-8")
    write_atomically(tmp_path / "a[1].csv", lambda path: path.write_text("whole", encoding="utf-8"))
    assert sorted(file.name for file in tmp_path.iterdir()) == [".b.csv.node-7.part", "a[1].csv"]
    assert (tmp_path / "a[1].csv").read_text(encoding="utf-8") == "whole"
