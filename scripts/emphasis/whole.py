"""Files are written whole or not at all."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable
from glob import escape
from pathlib import Path


def whole(path: Path | str, write: Callable[[Path], object]) -> None:
    """Let `write` make a file beside its place and put it there when it is complete.

    What another writer left there half written is removed; should it still be at work, on a node that was given up, it fails.
    """
    target = Path(path)
    target.parent.mkdir(parents=True, exist_ok=True)
    for left in target.parent.glob(f".{escape(target.name)}.*.part"):
        left.unlink(missing_ok=True)
    beside = target.with_name(f".{target.name}.{socket.gethostname()}-{os.getpid()}.part")
    try:
        write(beside)
        beside.replace(target)
    finally:
        beside.unlink(missing_ok=True)
