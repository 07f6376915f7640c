"""One run at a time for a folder of results, and nothing to clean up after a run that was killed.

Snakemake locks a folder with files of its own. They outlive a killed run, and the user would have to know ``snakemake
--unlock``. Here the operating system keeps the lock (`flock`), which ends with the process that holds it, however that ends. Two
files in the folder of logs are locked::

    .run.lock     exclusively by a run, which also writes its machine, process and a name of its own there
    .steps.lock   shared by every step while it runs

The steps of a killed run may outlive it. The next run waits for those that are running, by asking for .steps.lock exclusively;
those that start later find another run's name in .run.lock and refuse to work.
"""

from __future__ import annotations

import fcntl
import os
import sys
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from emphasis.errors import EmphasisError
from emphasis.store.atomic import machine

_RUN, _STEPS = ".run.lock", ".steps.lock"
_NAME = "POLICY_EMPHASIS_RUN"
_held: list[int] = []


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
    try:
        run = os.open(Path(results) / "logs" / _RUN, os.O_RDWR)
    except OSError:
        return ""
    try:
        fcntl.flock(run, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if os.read(run, 1000).decode().startswith(f"{machine()} "):
            for file in locks.glob("*.lock"):
                if f"\n{results}/" in "\n" + file.read_text(encoding="utf-8"):
                    file.unlink()
    except BlockingIOError:
        return _name_run(results, run)
    except OSError:  # a file system without locks
        pass
    finally:
        os.close(run)
    return ""


def begin_run(results: str) -> None:
    """Keep other runs out of a folder of results while this process lives, and wait for the steps of a killed run.

    Raises
    ------
    EmphasisError
        If another run is active there.
    """
    logs = Path(results) / "logs"
    try:
        logs.mkdir(parents=True, exist_ok=True)
        run = os.open(logs / _RUN, os.O_RDWR | os.O_CREAT, 0o666)
        steps = os.open(logs / _STEPS, os.O_RDWR | os.O_CREAT, 0o666)
    except OSError:  # the first step that writes there reports what is wrong with the folder
        return
    try:
        fcntl.flock(run, fcntl.LOCK_EX | fcntl.LOCK_NB)
        _held.append(run)
        name = str(uuid.uuid4())
        os.environ[_NAME] = name
        with suppress(OSError):  # a full disk
            os.truncate(run, 0)
            os.write(run, f"{machine()} {os.getpid()} {name}\n".encode())
        _wait(steps)
    except BlockingIOError:
        raise EmphasisError(_name_run(results, run)) from None
    except OSError:  # a file system without locks: Snakemake's own must do
        pass
    finally:
        os.close(steps)


def _name_run(results: str, run: int) -> str:
    host, process, *_ = [*os.read(run, 1000).decode().split(), "?", "?"]
    where = "this machine" if host == machine() else "another machine"
    return (
        f"another run is at work in {results} (process {process} on {where}); wait for it, end it, or set `results` to "
        "another folder"
    )


def _wait(steps: int) -> None:
    said = False
    while True:
        try:
            fcntl.flock(steps, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        except BlockingIOError:
            if not said:
                print("policy-emphasis: waiting for steps of an earlier run that was ended", file=sys.stderr)
                said = True
            time.sleep(0.2)


@contextmanager
def hold_step_lock(log: Path) -> Iterator[None]:
    """Hold the lock of running steps while a step runs.

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
    steps = -1
    try:
        if logs and (logs / _RUN).exists():
            with suppress(OSError):
                steps = os.open(logs / _STEPS, os.O_RDWR | os.O_CREAT, 0o666)
                fcntl.flock(steps, fcntl.LOCK_SH)
            now = (logs / _RUN).read_text(encoding="utf-8").split()[2:]
            if now and os.environ.get(_NAME, now[0]) != now[0]:
                raise EmphasisError("this step belongs to an earlier run; another has begun since, which does it")
        yield
    finally:
        if steps >= 0:
            os.close(steps)
