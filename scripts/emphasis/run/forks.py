"""Steps as forks of one process that has imported what they need: most of a small step's time is that of Python and its imports.

A step remains a process of its own, with a log, a lock and an end of its own, and what it changes in memory ends with it. The process
that it is forked from runs no step: it imports what the script of a step imports, once, and forks; it has one thread, as a process that
is forked must. Of a job it is told over a socket the path of the script, and is given a pipe on which it says how the step ended. It ends
with the run that started it, whose end of the socket is then closed; the steps that are running live on, as any would.
"""

from __future__ import annotations

import ast
import atexit
import gc
import json
import os
import runpy
import select
import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from threading import Lock
from typing import Any

POSSIBLE = sys.platform == "linux" and hasattr(os, "fork")
"""On macOS, libraries of the system do not bear that a process that has loaded them is forked."""
_ALL_STEPS = (
    "snakemake.iocontainers",
    "snakemake.logging",
    "pyarrow.compute",
    "pyarrow.parquet",
    "emphasis.store.batches",
    "emphasis.store.results",
    "emphasis.store.tables",
)
"""What steps import when they are at work, or Snakemake in front of their scripts."""
_CUTTING = frozenset(
    ("frequency", "peers", "reference_topics", "segment", "themes", "topic_models", "topic_shares", "variants")
)
"""Steps that look into tokens. Each would read the dictionary for that, half a second, and there is one for each batch."""
_ONE_THREAD = ("OMP", "GOTO", "OPENBLAS", "MKL", "NUMEXPR", "VECLIB_MAXIMUM")
_START = "import sys; sys.path[:] = {path}; from emphasis.run.forks import serve; serve({socket})"
_KILLED = -9
"""How a step ended of which nobody can say it: the process that it was forked from has been killed."""


class ForkServer:
    """The process that steps are forked from, as the run sees it; it is started with the first of them.

    Its libraries for linear algebra have one thread, however many a job has.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._socket: socket.socket | None = None
        self._process: subprocess.Popen[bytes] | None = None
        self._temporary = ""

    def run(self, script: Path, temporary: str) -> int | None:
        """Run a script and wait for its end.

        Parameters
        ----------
        script : Path
        temporary : str
            The folder for temporary files.

        Returns
        -------
        int or None
            The exit status, negative where a signal ended it; None if the script was not begun, since the process has ended or has
            another folder for temporary files.
        """
        ours, theirs = os.pipe()
        try:
            with self._lock:
                begun = self._begin(script, temporary, theirs)
        except OSError:
            begun = False
        finally:
            os.close(theirs)
        with open(ours, encoding="ascii") as answer:  # noqa: PTH123  # of a descriptor
            said = answer.read()  # to the end, when no process has the other end any more
        return int(said or _KILLED) if begun or said else None

    def _begin(self, script: Path, temporary: str, pipe: int) -> bool:
        if self._socket is None:
            self._start(temporary)
        if temporary != self._temporary or self._socket is None:
            return False
        socket.send_fds(self._socket, [json.dumps(str(script.absolute())).encode() + b"\n"], [pipe])
        return self._socket.recv(1) == b"+"

    def close(self) -> None:
        """End the process."""
        if self._socket is not None and self._process is not None:
            self._socket.close()
            self._process.wait()

    def _start(self, temporary: str) -> None:
        self._socket, other = socket.socketpair()
        self._temporary = temporary
        environment = os.environ | {f"{name}_NUM_THREADS": "1" for name in _ONE_THREAD}
        if temporary:
            environment |= dict.fromkeys(("TMPDIR", "TMP", "TEMPDIR", "TEMP"), temporary)
        start = _START.format(path=[place for place in sys.path if place], socket=other.fileno())
        with other:
            self._process = subprocess.Popen(
                [sys.executable, "-c", start], stdin=subprocess.DEVNULL, env=environment, pass_fds=[other.fileno()]
            )


def fork_steps(script_class: Any) -> None:
    """Have Snakemake run the scripts of jobs that need no other environment as forks; others, and all where that fails, as before.

    There is no other way to say how a script is started than its command.

    Parameters
    ----------
    script_class : type
        Snakemake's class of scripts in Python.
    """
    if not POSSIBLE:
        return
    known: Callable[..., None] = script_class.execute_script
    server = ForkServer()
    atexit.register(server.close)

    def execute_script(self: Any, fname: str, *, edit: bool = False) -> None:
        elsewhere = (self.conda_env, self.container_img, self.env_modules, self.bench_record, self.shadow_dir)
        status = None
        if not edit and not any(elsewhere) and not self.resources.get("shell_exec"):
            status = server.run(Path(fname), str(self.resources.get("tmpdir", "")))
        if status is None:
            known(self, fname, edit=edit)
        elif status:
            raise subprocess.CalledProcessError(status, f"{sys.executable} {fname}")

    script_class.execute_script = execute_script


def serve(number: int) -> None:
    """Fork the steps that are asked for over a socket, until that is closed.

    Parameters
    ----------
    number : int
        The socket's descriptor.
    """
    # Ctrl+C concerns the steps and the run.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # Looking for unused objects would write to all of them, and so copy the memory that forks share.
    gc.disable()
    ended, wake = os.pipe()
    os.set_blocking(wake, False)
    signal.set_wakeup_fd(wake)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    pipes: dict[int, int] = {}
    for name in _ALL_STEPS:
        _import(name)
    with socket.socket(fileno=number) as run:
        while True:
            ready, _, _ = select.select([number, ended], [], [])
            if ended in ready:
                os.read(ended, 4096)
                _report(pipes)
            if number in ready:
                message, received, _, _ = socket.recv_fds(run, 65536, 1)
                if not message:
                    return
                script = json.loads(message)
                _import_for(Path(script))
                (pipe,) = received
                gc.freeze()
                try:
                    step = os.fork()
                except OSError:  # no memory, or too many processes
                    os.close(pipe)
                    with suppress(OSError):
                        run.send(b"-")
                    continue
                if not step:
                    # The pipe stays open in the step, so that the run knows of its end if this process is killed.
                    run.close()
                    _run_step(script, [ended, wake, *pipes.values()])
                pipes[step] = pipe
                with suppress(OSError):  # the run has ended, which the next look at the socket shows
                    run.send(b"+")


def _import(name: str) -> None:
    """Import a module; where that fails, the step that needs it says so."""
    with suppress(Exception):
        import_module(name)


def _import_for(script: Path) -> None:
    """Import what a script imports, and read what several steps read."""
    try:
        tree = ast.parse(script.read_bytes())
    except (OSError, SyntaxError, ValueError):
        return
    for node in tree.body:
        if isinstance(node, ast.ImportFrom) and node.module:
            _import(node.module)
        elif isinstance(node, ast.Import):
            for alias in node.names:
                _import(alias.name)
    if step_of(script) in _CUTTING:
        with suppress(Exception):
            import_module("emphasis.segment.vocabulary").read_dictionary()


def _report(pipes: dict[int, int]) -> None:
    """Tell the run of the steps that have ended, how."""
    while pipes:
        step, status = os.waitpid(-1, os.WNOHANG)
        if not step:
            return
        if step not in pipes:  # a process that an import has started
            continue
        pipe = pipes.pop(step)
        with suppress(OSError):  # the run has ended
            os.write(pipe, str(os.waitstatus_to_exitcode(status)).encode())
        os.close(pipe)


def step_of(script: Path) -> str:
    """The step of a script, which lies under a passing name that ends with its own.

    Examples
    --------
    >>> step_of(Path(".snakemake/scripts/tmp1a2b.theme_correlations.py"))
    'theme_correlations'
    """
    return script.stem.rpartition(".")[2]


def step_name(script: str) -> str:
    """The name of a step as Linux shows it, which is 15 bytes at most.

    Examples
    --------
    >>> step_name(".snakemake/scripts/tmp1a2b.theme_correlations.py")
    'theme_correlati'
    """
    return step_of(Path(script))[:15]


def _run_step(script: str, inherited: list[int]) -> None:
    """Be the step, to the end of the process."""
    status = 1
    try:
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        signal.signal(signal.SIGINT, signal.default_int_handler)
        for descriptor in inherited:
            os.close(descriptor)
        gc.enable()
        # Where processes are listed (top, ps), the name of the step says which it is.
        with suppress(OSError):
            Path("/proc/self/comm").write_bytes(step_name(script).encode())
        runpy.run_path(script, run_name="__main__")
        status = 0
    except SystemExit as end:
        if isinstance(end.code, str):
            print(end.code, file=sys.stderr)
        status = end.code if isinstance(end.code, int) else int(end.code is not None)
    except BaseException:
        sys.excepthook(*sys.exc_info())
    finally:
        # Not the end of Python's own: it takes modules apart that the process shares with others.
        with suppress(Exception):
            atexit._run_exitfuncs()
        for stream in (sys.stdout, sys.stderr):
            with suppress(OSError, ValueError):
                stream.flush()
        os._exit(status)
