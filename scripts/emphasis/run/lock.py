"""One run at a time for a folder of results, and nothing to clean up after a run that was killed.

Snakemake locks a folder with files of its own. They outlive a killed run, and the user would have to know ``snakemake
--unlock``. Here the operating system keeps the lock (``flock``, on Windows ``LockFileEx``), which ends with the process that holds it,
however that ends. In the folder of logs are::

    .run.lock     locked by a run
    .run          its machine, its process and a name of its own; what is locked, Windows lets no other process read
    .steps/       a file for each step, which the step locks while it runs

The steps of a killed run may outlive it. The next run waits for those that are running, by asking for the locks of their files;
those that start later find another run's name in .run and refuse to work.
"""

from __future__ import annotations

import os
import sys
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from filelock import lock_descriptor

from emphasis.errors import EmphasisError
from emphasis.store.atomic import machine

_LOCK, _RUN, _STEPS = ".run.lock", ".run", ".steps"
_NAME = "POLICY_EMPHASIS_RUN"
_held: dict[Path, int] = {}
"""Folders of logs that this process has locked, and the descriptors that hold the locks."""


def forget_dead_runs(results: str, locks: Path) -> str:
    """Remove Snakemake's locks on a folder of results in which no run of this machine is active.

    Locks are left where the last run was started on another machine of a shared file system: not every file system says
    whether that run is alive.

    Parameters
    ----------
    results : str
        The folder, as the workflow names it.
    locks : Path
        Snakemake's folder of locks. Each file there lists paths, one a line.

    Returns
    -------
    str
        A message that names the run that is active there; empty if there is none.
    """
    logs = Path(results) / "logs"
    try:
        lock = os.open(logs / _LOCK, os.O_RDWR)
    except OSError:
        return ""
    try:
        if not lock_descriptor(lock, blocking=False):
            return _name_run(results)
        if _who(logs)[0] == machine():
            for file in locks.glob("*.lock"):
                if f"\n{results}/" in "\n" + file.read_text(encoding="utf-8"):
                    file.unlink()
    except OSError:  # a file system without locks
        pass
    finally:
        os.close(lock)
    return ""


def begin_before_locks(persistence: Any, results: str) -> None:
    """Have a run begin before Snakemake writes its locks, so that those of a run killed in its first moments are known to be its own.

    Snakemake calls the handler of the start of a run only after it has locked the folder and looked at all jobs.

    Parameters
    ----------
    persistence : type
        Snakemake's class that locks folders; a dry run and one without locks do not ask it to.
    results : str
    """
    known = persistence.lock

    def lock(self: Any) -> Any:
        try:
            begin_run(results)
        except EmphasisError as error:
            raise SystemExit(f"policy-emphasis: {error}") from None
        return known(self)

    persistence.lock = lock


def begin_run(results: str) -> None:
    """Keep other runs out of a folder of results while this process lives, and wait for the steps of a killed run.

    Where this process has begun there before, nothing happens.

    Raises
    ------
    EmphasisError
        If another run is active there.
    """
    logs = Path(results) / "logs"
    if logs.absolute() in _held:
        return
    try:
        (logs / _STEPS).mkdir(parents=True, exist_ok=True)
        lock = os.open(logs / _LOCK, os.O_RDWR | os.O_CREAT, 0o666)
    except OSError:  # the first step that writes there reports what is wrong with the folder
        return
    try:
        free = lock_descriptor(lock, blocking=False)
    except OSError:  # a file system without locks: Snakemake's own must do
        os.close(lock)
        return
    if not free:
        os.close(lock)
        raise EmphasisError(_name_run(results))
    # A process that runs the workflow for two folders has one name.
    name = os.environ[_NAME] if _held else str(uuid.uuid4())
    _held[logs.absolute()] = lock
    os.environ[_NAME] = name
    with suppress(OSError):  # a full disk
        (logs / _RUN).write_text(f"{machine()} {os.getpid()} {name}\n", encoding="utf-8", newline="\n")
    for step in sorted((logs / _STEPS).iterdir()):
        _wait(step)


def _who(logs: Path) -> list[str]:
    """Machine, process and name of the run that a folder of logs was last locked by; unknown ones are ``?``."""
    try:
        said = (logs / _RUN).read_text(encoding="utf-8").split()
    except OSError:
        said = []
    return [*said, "?", "?", "?"][:3]


def _name_run(results: str) -> str:
    host, process, _ = _who(Path(results) / "logs")
    where = "this machine" if host == machine() else "another machine"
    return (
        f"another run is at work in {results} (process {process} on {where}); wait for it, end it, or set `results` to "
        "another folder"
    )


def _wait(file: Path) -> None:
    """Wait for the step that has locked a file to end, and remove the file."""
    try:
        step = os.open(file, os.O_RDWR)
    except OSError:  # it has ended and taken its file along
        return
    said = False
    try:
        while not lock_descriptor(step, blocking=False):
            if not said:
                print("policy-emphasis: waiting for steps of an earlier run that was ended", file=sys.stderr)
                said = True
            time.sleep(0.2)
    except OSError:
        return
    finally:
        os.close(step)
    with suppress(OSError):
        file.unlink()


@contextmanager
def hold_step_lock(log: Path) -> Iterator[None]:
    """Hold a lock while a step runs.

    Parameters
    ----------
    log : Path
        The step's log, below the folder `logs` of its results.

    Raises
    ------
    EmphasisError
        If the run that started the step has ended and another has begun since.
    """
    logs = next((folder for folder in log.parents if folder.name == "logs"), None)
    if not logs or not (logs / _RUN).exists():
        yield
        return
    file = logs / _STEPS / f"{machine()}-{os.getpid()}"
    step = -1
    try:
        with suppress(OSError):
            step = os.open(file, os.O_RDWR | os.O_CREAT, 0o666)
            lock_descriptor(step)
        # After the lock: a run that does not wait for this step has written its name before.
        now = _who(logs)[2]
        if "?" not in (now, os.environ.get(_NAME, "?")) and os.environ[_NAME] != now:
            raise EmphasisError("this step belongs to an earlier run; another has begun since, which does it")
        yield
    finally:
        if step >= 0:
            os.close(step)
            with suppress(OSError):
                file.unlink()
