"""The stop list: words without subject matter."""

from __future__ import annotations

from pathlib import Path

from emphasis.errors import EmphasisError
from emphasis.text import fold, squeeze


def load_stopwords(path: Path | str) -> frozenset[str]:
    """Words of a stop list, separated by white space; everything behind # is a comment and gives a group its reason.

    Raises
    ------
    EmphasisError
        If the file cannot be read.
    """
    try:
        lines = Path(path).read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise EmphasisError(
            f"{path}: cannot be read ({error}); keywords.stopwords names a text file in UTF-8"
        ) from error
    return frozenset(squeeze(fold(word))[0] for line in lines for word in line.partition("#")[0].split())
