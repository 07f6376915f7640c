"""The process that reads files apart: it takes files from its standard input and writes to its standard output what they hold.

A request is a line of JSON, the kind of the file and its length, and then the bytes of the file. An answer is a line of JSON: text,
encoding and notes, or why the file is refused, or which library is missing; `retire` says that the process has grown and another should read the next file, so
that what a file may take does not depend on the files before it.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

try:
    import resource
except ImportError:  # not a POSIX system: only the parent's clock limits what a file takes
    resource = None  # type: ignore[assignment]

from emphasis.errors import EmphasisError
from emphasis.ingest.readers import READERS
from emphasis.ingest.readers.apart import MOST_MEMORY, MOST_SECONDS, TOO_LARGE

_GROWN = 400_000_000
"""Bytes of address space from which the process retires."""


def serve() -> None:
    """Answer requests until there are none."""
    requests, answers = sys.stdin.buffer, os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # what a library prints is no answer
    _limit("RLIMIT_AS", MOST_MEMORY)
    _limit("RLIMIT_CORE", 0)
    while request := requests.readline():
        kind, length = json.loads(request)
        data = requests.read(length)
        if len(data) < length:
            return
        if resource is not None:
            used = resource.getrusage(resource.RUSAGE_SELF)
            _limit("RLIMIT_CPU", int(used.ru_utime + used.ru_stime) + MOST_SECONDS)
        answer = _answer(kind, data)
        del data
        answers.write(json.dumps(answer | {"retire": answer.get("retire", False) or _has_grown()}).encode() + b"\n")
        answers.flush()


def _answer(kind: str, data: bytes) -> dict[str, Any]:
    try:
        text, encoding, notes = READERS[kind][0](data)
        return {"text": text, "encoding": encoding, "notes": [vars(note) for note in notes]}
    except EmphasisError as error:
        return {"refused": str(error)}
    except MemoryError:
        return {"refused": TOO_LARGE, "retire": True}
    except RecursionError:
        return {"refused": "nests what it holds deeper than any report; save its text as .txt"}
    except ImportError as error:
        return {"missing": error.name, "why": str(error)}
    except Exception as error:  # on damaged files, the libraries raise anything
        return {"refused": f"cannot be read ({type(error).__name__}: {error}); open it and save it again, or as .txt"}


def _limit(name: str, most: int) -> None:
    """Set a limit of the system, where it has it."""
    if resource is None or not hasattr(resource, name):
        return
    which = getattr(resource, name)
    _, hard = resource.getrlimit(which)
    try:
        resource.setrlimit(which, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))
    except (ValueError, OSError):  # a system that has the name and not the limit
        return


def _has_grown() -> bool:
    """Whether the process holds much of its limit, as some libraries do after a large file; known on Linux alone."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    except (OSError, ValueError):
        return False
    return resource is not None and pages * resource.getpagesize() > _GROWN
