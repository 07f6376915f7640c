"""Files are written whole or not at all."""

from __future__ import annotations

import hashlib
import os
import socket
from collections.abc import Callable
from functools import cache
from glob import escape
from pathlib import Path


@cache
def machine() -> str:
    """What tells this machine from others on a shared file system: a hash, since results are given away and its name need not be."""
    return hashlib.blake2b(socket.gethostname().encode(), digest_size=6).hexdigest()


class AtomicFile:
    """A file under another name in the same folder, renamed at the end of a `with` statement that raised no exception.

    Half-written files of other writers are removed. If such a writer is still running, on a node that was given up, it fails.
    """

    def __init__(self, path: Path | str) -> None:
        self._target = Path(path)
        self._partial = self._target.with_name(f".{self._target.name}.{machine()}-{os.getpid()}.part")

    def __enter__(self) -> Path:
        folder = self._target.parent
        folder.mkdir(parents=True, exist_ok=True)
        for left in folder.glob(f".{escape(self._target.name)}.*.part"):
            left.unlink(missing_ok=True)
        return self._partial

    def __exit__(self, error: object, *more: object) -> None:
        try:
            if error is None:
                self._partial.replace(self._target)
        finally:
            self._partial.unlink(missing_ok=True)


def write_atomically(path: Path | str, write: Callable[[Path], object]) -> None:
    """Let `write` make a file under another name, and rename it when it is complete."""
    with AtomicFile(path) as partial:
        write(partial)


def write_text(path: Path | str, text: str) -> None:
    """Write a text in UTF-8, whole or not at all; lines end as they do in it, on Windows too."""
    write_atomically(path, lambda partial: partial.write_text(text, encoding="utf-8", newline="\n"))
