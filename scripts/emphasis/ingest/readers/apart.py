"""Readers of formats that can be made to take any time or memory, in a process of their own.

A page of 60 kB or a PDF of nested filters can unpack to gigabytes or keep a parser busy for hours, and a parser may crash. So these
files are read by a process that is started once, with the first of them, and serves all that follow (`emphasis.ingest.readers.child`).
It limits its own memory and processor time where the system can (``resource``); its parent ends it when it takes too long, on
every system. Only the file that it was reading is refused; the next one has a new process.

It is an interpreter of its own rather than a fork or a ``multiprocessing`` process: those need POSIX, or import the caller's main
module again, which in a notebook or a step of the workflow is no module.
"""

from __future__ import annotations

import atexit
import json
import os
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path
from typing import Any

from emphasis.errors import EmphasisError
from emphasis.ingest.readers.reading import Reading
from emphasis.ingest.records import ReportWarning

MOST_SECONDS = 60
"""Of processor time for a file; the largest reports take five."""
MOST_WAITING = 240
"""Seconds on the clock for a file, on a busy machine too."""
MOST_MEMORY = 600_000_000
"""Bytes of address space of the process; a report of a hundred pages takes a third of that."""

TOO_LONG = f"takes longer than {MOST_SECONDS} s to read; save its text as .txt"
TOO_LARGE = (
    f"needs more than {MOST_MEMORY / 1e6:,.0f} MB of memory to read; take out pictures and what is not text, or save its "
    "text as .txt"
)
CRASHED = "is damaged in a way that ends the program that reads it; open it and save it again, or as .txt"

_SCRIPTS = Path(__file__).resolve().parents[3]
_START = "import sys; sys.path.insert(0, sys.argv[1]); from importlib import import_module; import_module(sys.argv[2]).serve()"
_OUT_OF_TIME = -24
"""The exit status of a process that the system ended for its processor time (SIGXCPU)."""


class ReaderProcess:
    """A process that reads files one after the other; it is started when it is needed."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._owner = 0
        self._lock = threading.Lock()

    @property
    def pid(self) -> int | None:
        """The id of the process, None if there is none."""
        return self._process.pid if self._process is not None else None

    def read(self, kind: str, data: bytes) -> Reading:
        """What the reader for a kind of file (its suffix) makes of the file's bytes.

        Raises
        ------
        EmphasisError
            If the reader refuses the file, or needs too much time or memory for it, or crashes.
        ImportError
            If a library that the reader needs is missing.
        """
        with self._lock:
            answer = self._ask(self._running(), kind, data)
            if answer.get("retire"):
                self.close()
        if "missing" in answer:
            raise ImportError(answer["why"], name=answer["missing"])
        if "refused" in answer:
            raise EmphasisError(answer["refused"])
        return Reading(answer["text"], answer["encoding"], tuple(ReportWarning(**note) for note in answer["notes"]))

    def close(self) -> None:
        """End the process."""
        process, self._process = self._process, None
        if process is None:
            return
        if self._owner == os.getpid():
            process.kill()
            process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                with suppress(OSError):  # what is left of a request has nowhere to go
                    pipe.close()

    def _running(self) -> subprocess.Popen[bytes]:
        if self._owner != os.getpid():  # a copy of this process has no part in its pipes
            self._process = None
        if self._process is None or self._process.poll() is not None:
            self._process, self._owner = self._start(), os.getpid()
        return self._process

    @staticmethod
    def _start() -> subprocess.Popen[bytes]:
        from emphasis.ingest.readers import child  # noqa: PLC0415  # it imports this module

        command = [sys.executable, "-c", _START, str(_SCRIPTS), child.__name__]
        pipe, nothing = subprocess.PIPE, subprocess.DEVNULL
        try:
            return subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=nothing)
        except (OSError, ValueError) as error:
            raise EmphasisError(f"cannot be read: no process can be started for it ({error})") from error

    def _ask(self, process: subprocess.Popen[bytes], kind: str, data: bytes) -> dict[str, Any]:
        """The answer of the process; ends it where there is none."""
        assert process.stdin is not None
        assert process.stdout is not None
        late = threading.Event()

        def end() -> None:
            late.set()
            process.kill()

        timer = threading.Timer(MOST_WAITING, end)
        timer.daemon = True
        timer.start()
        try:
            process.stdin.write(json.dumps([kind, len(data)]).encode() + b"\n")
            process.stdin.write(data)
            process.stdin.flush()
            line = process.stdout.readline()
        except OSError:  # it ended before it had all of the file
            line = b""
        except BaseException:  # Ctrl+C: what is in the pipes belongs to no next file
            self.close()
            raise
        finally:
            timer.cancel()
        if line.endswith(b"\n"):
            answer: dict[str, Any] = json.loads(line)
            return answer
        self.close()
        return {"refused": TOO_LONG if late.is_set() or process.returncode == _OUT_OF_TIME else CRASHED}


READER_PROCESS = ReaderProcess()
atexit.register(READER_PROCESS.close)
