"""The stop list: words without subject matter."""

from __future__ import annotations

from pathlib import Path


def load_stopwords(path: Path | str) -> frozenset[str]:
    """Words of a stop list, separated by white space; everything behind # is a comment."""
    lines = Path(path).read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines for word in line.partition("#")[0].split())
