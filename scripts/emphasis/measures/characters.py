"""Characters as numbers, so that those of a whole text are looked up at once."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from emphasis.text import INVISIBLE, SPACES, fold

_PLANE = 0x10000
"""The characters that are folded or left out lie below."""


def code_points(text: str) -> np.ndarray:
    """The code point of each character."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")


def text_of(codes: np.ndarray) -> str:
    """The characters of code points."""
    return codes.astype("<u4").tobytes().decode("utf-32-le", "surrogatepass")


def folded(codes: np.ndarray) -> np.ndarray:
    """The code points of the text as `emphasis.text.fold` makes it."""
    found = _folded()[np.minimum(codes, _PLANE - 1)]
    return np.where(codes < _PLANE, found, codes)


def are_visible(codes: np.ndarray) -> np.ndarray:
    """Which characters `emphasis.text.visible` keeps, folded or not."""
    kept: np.ndarray = _visible()[np.minimum(codes, _PLANE - 1)]
    return kept


@lru_cache(maxsize=1)
def _folded() -> np.ndarray:
    return code_points(fold("".join(map(chr, range(_PLANE)))))


@lru_cache(maxsize=1)
def _visible() -> np.ndarray:
    kept = np.ones(_PLANE, dtype=bool)
    kept[code_points(SPACES + INVISIBLE)] = False
    return kept
