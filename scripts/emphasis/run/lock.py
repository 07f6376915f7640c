"""One run at a time for a folder of results, and nothing to clean up when a run is killed.

Snakemake marks a folder as locked in files of its own; they outlive a run that is killed, and a person would have to know of
``snakemake --unlock``. Here the system keeps the lock: it ends with the process that holds it, however that ends. The steps
of a killed run may live on: the next run waits for those that are at work, and those that have yet to begin refuse to.
"""

from __future__ import annotations

import fcntl
import os
import socket
import sys
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from emphasis.errors import EmphasisError

_RUN, _STEPS = ".run.lock", ".steps.lock"
_NAME = "POLICY_EMPHASIS_RUN"
_held: list[int] = []


def forget_dead_runs(results: str, locks: Path) -> str:
    """Remove Snakemake's locks on a folder of results that no run of this machine is at work in.

    Where the last run was started on another machine of a shared file system they are left: whether it is alive cannot be
    told from here on every file system.

    Parameters
    ----------
    results : str
        As the workflow names it.
    locks : Path
        Snakemake's folder of locks: each file lists paths, one a line.

    Returns
    -------
    str
        Which run is at work there, if there is one.
    """
    try:
        run = os.open(Path(results) / "logs" / _RUN, os.O_RDWR)
    except OSError:
        return ""
    try:
        fcntl.flock(run, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if os.read(run, 1000).decode().startswith(f"{socket.gethostname()} "):
            for file in locks.glob("*.lock"):
                if f"\n{results}/" in "\n" + file.read_text(encoding="utf-8"):
                    file.unlink()
    except BlockingIOError:
        return _at_work(results, run)
    except OSError:  # a file system without locks
        pass
    finally:
        os.close(run)
    return ""


def begin_run(results: str) -> None:
    """Keep other runs from a folder of results for as long as this process lives; wait for steps that a dead run left behind.

    Raises
    ------
    EmphasisError
        If another run is at work there.
    """
    logs = Path(results) / "logs"
    try:
        logs.mkdir(parents=True, exist_ok=True)
        run = os.open(logs / _RUN, os.O_RDWR | os.O_CREAT, 0o666)
        steps = os.open(logs / _STEPS, os.O_RDWR | os.O_CREAT, 0o666)
    except OSError:  # what is wrong with the folder is told by the first step that writes there
        return
    try:
        fcntl.flock(run, fcntl.LOCK_EX | fcntl.LOCK_NB)
        _held.append(run)
        name = str(uuid.uuid4())
        os.environ[_NAME] = name
        with suppress(OSError):  # a full disk
            os.truncate(run, 0)
            os.write(run, f"{socket.gethostname()} {os.getpid()} {name}\n".encode())
        _wait(steps)
    except BlockingIOError:
        raise EmphasisError(_at_work(results, run)) from None
    except OSError:  # a file system without locks: Snakemake's own have to do
        pass
    finally:
        os.close(steps)


def _at_work(results: str, run: int) -> str:
    host, process, *_ = [*os.read(run, 1000).decode().split(), "?", "?"]
    return (
        f"another run is at work in {results} (process {process} on {host}); wait for it, end it, or set `results` to "
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
def step_at_work(log: Path) -> Iterator[None]:
    """Say for the time of a step that it is at work.

    Parameters
    ----------
    log : Path
        The step's log, below the folder `logs` of its results.

    Raises
    ------
    EmphasisError
        If the step was started by a run that has ended, and another has begun since.
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
