"""Files are written whole or not at all."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path


class Whole:
    """A file beside its place, put there at the end of a `with` statement that was left without an exception."""

    def __init__(self, path: Path | str) -> None:
        self._target = Path(path)
        self._beside = self._target.with_name(f".{self._target.name}.part")

    def __enter__(self) -> Path:
        self._target.parent.mkdir(parents=True, exist_ok=True)
        return self._beside

    def __exit__(self, error: object, *more: object) -> None:
        try:
            if error is None:
                self._beside.replace(self._target)
        finally:
            self._beside.unlink(missing_ok=True)


def whole(path: Path | str, write: Callable[[Path], object]) -> None:
    """Let `write` make a file beside its place and put it there when it is complete."""
    with Whole(path) as beside:
        write(beside)
