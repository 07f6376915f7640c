"""The manifest: what went into a run, and what came out of it, by hash."""

from __future__ import annotations

import hashlib
import json
import platform
from collections.abc import Iterable, Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any

from emphasis import __version__
from emphasis.whole import write_text

_PACKAGES = (
    "snakemake", "jieba", "rjieba", "scikit-learn", "numpy", "scipy", "pandas", "pyarrow", "wordcloud", "matplotlib",
    "pillow", "fonttools", "justmytype-intl-cjk", "python-docx", "pypdf", "selectolax", "charset-normalizer", "opencc",
)  # fmt: skip
"""Packages whose version can change a result."""

_KEPT_OUT = ("reports", "results")
"""Settings that say where things lie: results are the same wherever that is."""


def manifest(
    *,
    results: Path,
    inputs: Iterable[Path],
    outputs: Iterable[Path],
    data: Iterable[Path],
    code: Iterable[Path],
    config: Mapping[str, Any],
) -> dict[str, Any]:
    """Everything that fixes the results of a run, and the hashes of the results.

    Parameters
    ----------
    results : Path
        Outputs are named relative to it.
    inputs : iterable of Path
        The reports; named without their folder.
    outputs : iterable of Path
        Files, or folders of files.
    data, code : iterable of Path
        Lexicons and schemas; the program itself. Named as given.
    config : mapping

    Returns
    -------
    dict
        Equal for equal runs: no time, no machine, no place.
    """
    files = sorted(
        file for path in outputs for file in (path.rglob("*") if path.is_dir() else [path]) if file.is_file()
    )
    return {
        "project": {"name": "policy-emphasis", "version": __version__},
        "inputs": [entry(path, path.name) for path in sorted(inputs)],
        "configuration": {key: value for key, value in sorted(config.items()) if key not in _KEPT_OUT},
        "software": {"python": platform.python_version()} | {name: version(name) for name in _PACKAGES},
        "data": [entry(path, path.as_posix()) for path in sorted(data)],
        "code": [entry(path, path.as_posix()) for path in sorted(code)],
        "outputs": [entry(path, path.relative_to(results).as_posix()) for path in files],
    }


def entry(path: Path, name: str) -> dict[str, Any]:
    """A file by name, size and hash."""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return {"path": name, "bytes": path.stat().st_size, "sha256": digest}


def write_json(document: Mapping[str, Any], path: Path) -> None:
    """Write a document as JSON."""
    write_text(path, json.dumps(document, ensure_ascii=False, indent=2) + "\n")
