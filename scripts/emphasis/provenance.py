"""Which modules of the library a step runs, so that an edit re-runs the steps it concerns and no others."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

_IMPORT = re.compile(r"^\s*from (emphasis(?:\.\w+)*) import|^\s*import (emphasis(?:\.\w+)*)", re.MULTILINE)


@cache
def modules(script: Path, root: Path) -> tuple[str, ...]:
    """Files of the library that a script imports, directly or not, sorted.

    Imports are read as text: ``from emphasis.a.b import name`` and ``import emphasis.a.b``, the only two forms that the
    project uses.

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
            for file in _files(match.group(1) or match.group(2), root):
                if file not in found:
                    found.add(file)
                    waiting.append(file)
    return tuple(sorted(str(file) for file in found))


def _files(module: str, root: Path) -> list[Path]:
    """The module's file and the __init__ files of the packages around it."""
    parts = module.split(".")
    packages = [root.joinpath(*parts[:depth]) / "__init__.py" for depth in range(1, len(parts) + 1)]
    plain = root.joinpath(*parts).with_suffix(".py")
    return [file for file in [*packages, plain] if file.is_file()]
