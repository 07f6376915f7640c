"""Which modules of the library a step runs, so that an edit re-runs the steps it concerns and no others."""

from __future__ import annotations

import hashlib
import re
from functools import cache
from pathlib import Path

_IMPORT = re.compile(r"^\s*from (emphasis[\w.]*) import (\([^)]*\)|.*)|^\s*import (emphasis[\w.]*)", re.MULTILINE)


@cache
def modules(script: Path, root: Path) -> tuple[str, ...]:
    """Files of the library that a script imports, directly or not, sorted.

    Imports are read as text, in any of the forms ``from emphasis.a import b``, with `b` a name or a module, and ``import
    emphasis.a``; relative imports are not used in this project.

    Parameters
    ----------
    script : Path
    root : Path
        The folder that holds the package `emphasis`.
    """
    found: set[Path] = set()
    waiting = [script]
    while waiting:
        for match in _IMPORT.finditer(waiting.pop().read_text(encoding="utf-8")):
            module = match[1] or match[3]
            names = re.findall(r"\w+", match[2] or "")
            for file in [f for name in ["", *names] for f in _files(f"{module}.{name}".rstrip("."), root)]:
                if file not in found:
                    found.add(file)
                    waiting.append(file)
    return tuple(sorted(str(file) for file in found))


def fingerprint(script: Path, root: Path) -> str:
    """A hash of the names and contents of what `modules` finds."""
    digest = hashlib.sha256()
    for file in modules(script, root):
        digest.update(f"{Path(file).relative_to(root).as_posix()} {_hash(file)}\n".encode())
    return digest.hexdigest()


@cache
def _hash(file: str) -> str:
    return hashlib.sha256(Path(file).read_bytes()).hexdigest()


def _files(module: str, root: Path) -> list[Path]:
    """The module's file and the __init__ files of the packages around it; none for what is no module."""
    parts = module.split(".")
    packages = [root.joinpath(*parts[:depth]) / "__init__.py" for depth in range(1, len(parts) + 1)]
    plain = root.joinpath(*parts).with_suffix(".py")
    return [file for file in [*packages, plain] if file.is_file()]
