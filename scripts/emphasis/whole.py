"""Files are written whole or not at all."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path


def whole(path: Path | str, write: Callable[[Path], object]) -> None:
    """Let `write` make a file beside its place and put it there when it is complete."""
    target = Path(path)
    target.parent.mkdir(parents=True, exist_ok=True)
    beside = target.with_name(f".{target.name}.part")
    try:
        write(beside)
        beside.replace(target)
    finally:
        beside.unlink(missing_ok=True)


def write_text(path: Path | str, text: str) -> None:
    """Write a text in UTF-8, whole or not at all."""
    whole(path, lambda beside: beside.write_text(text, encoding="utf-8"))
