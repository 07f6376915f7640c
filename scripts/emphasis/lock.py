"""One run at a time for a folder of results, and nothing to clean up when a run is killed.

Snakemake marks a folder as locked in files of its own; they outlive a run that is killed, and a person would have to know of
``snakemake --unlock``. Here the system keeps the lock: it ends with the process that holds it, however that ends.
"""

from __future__ import annotations

import fcntl
import os
import socket
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from emphasis.errors import EmphasisError

_RUN, _STEPS = ".run.lock", ".steps.lock"
_held: list[int] = []


def forget_dead_runs(results: str, locks: Path) -> None:
    """Remove Snakemake's locks on a folder of results that no run of this machine is at work in.

    Where the last run was started on another machine of a shared file system they are left: whether it is alive cannot be
    told from here on every file system.

    Parameters
    ----------
    results : str
        As the workflow names it.
    locks : Path
        Snakemake's folder of locks: each file lists paths, one a line.
    """
    place = Path(results) / "logs" / _RUN
    try:
        lock = os.open(place, os.O_RDWR)
    except OSError:
        return
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if os.read(lock, 1000).decode().startswith(f"{socket.gethostname()} "):
            for file in locks.glob("*.lock"):
                if f"\n{results}/" in "\n" + file.read_text(encoding="utf-8"):
                    file.unlink()
    except OSError:  # at work, or a file system without locks
        pass
    finally:
        os.close(lock)


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
        lock = os.open(logs / _RUN, os.O_RDWR | os.O_CREAT, 0o666)
    except OSError:  # what is wrong with the folder is told by the first step that writes there
        return
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        host, _, process = os.read(lock, 1000).decode().strip().partition(" ")
        os.close(lock)
        raise EmphasisError(
            f"another run is at work in {results} (process {process} on {host}); wait for it, end it, or set `results` to "
            "another folder"
        ) from None
    except OSError:  # a file system without locks: Snakemake's own have to do
        os.close(lock)
        return
    with suppress(OSError):  # a full disk
        os.truncate(lock, 0)
        os.write(lock, f"{socket.gethostname()} {os.getpid()}\n".encode())
    _held.append(lock)
    _wait_for_steps(logs / _STEPS)


def _wait_for_steps(place: Path) -> None:
    said = False
    try:
        steps = os.open(place, os.O_RDWR | os.O_CREAT, 0o666)
    except OSError:
        return
    try:
        while True:
            try:
                fcntl.flock(steps, fcntl.LOCK_EX | fcntl.LOCK_NB)
                return
            except BlockingIOError:
                if not said:
                    print("policy-emphasis: waiting for steps of an earlier run that was ended", file=sys.stderr)
                    said = True
                time.sleep(0.2)
    except OSError:
        return
    finally:
        os.close(steps)


@contextmanager
def step_at_work(log: Path) -> Iterator[None]:
    """Say for the time of a step that it is at work; a later run waits for it.

    Parameters
    ----------
    log : Path
        The step's log, below the folder `logs` of its results.
    """
    logs = next((folder for folder in log.parents if folder.name == "logs"), None)
    steps = -1
    if logs:
        with suppress(OSError):
            steps = os.open(logs / _STEPS, os.O_RDWR | os.O_CREAT, 0o666)
            fcntl.flock(steps, fcntl.LOCK_SH | fcntl.LOCK_NB)
    try:
        yield
    finally:
        if steps >= 0:
            os.close(steps)
