"""Where some strings occur in a text: those of one report, of which there are a hundred or two."""

from __future__ import annotations

from collections.abc import Collection, Iterator

import numpy as np

_SLOTS = 1 << 16
_FACTOR = 4099


def code_points(text: str) -> np.ndarray:
    """The characters of a text as numbers; array of uint32 of shape (n,)."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="uint32")


def pair_slots(codes: np.ndarray, slots: int) -> np.ndarray:
    """A hash of each two adjacent characters, below `slots`, a power of two of at most 2^32; array of uint32 of shape (n - 1,)."""
    hashed: np.ndarray = codes[:-1] * np.uint32(_FACTOR) + codes[1:] & np.uint32(slots - 1)
    return hashed


def occurrences(text: str, strings: Collection[str]) -> Iterator[tuple[int, str]]:
    """Where each string, of two characters or more, occurs in a text, overlapping and nested ones included, in order.

    The text is read once for all strings: most of its places begin none, which a hash of two characters shows; at the others the
    lengths are tried that strings with these two characters have.

    Examples
    --------
    >>> [*occurrences("数字经济核心产业", {"数字经济", "数字", "经济", "农业"})]
    [(0, '数字'), (0, '数字经济'), (2, '经济')]
    """
    known = frozenset(strings)
    lengths: dict[str, set[int]] = {}
    for string in known:
        lengths.setdefault(string[:2], set()).add(len(string))
    begins = np.zeros(_SLOTS, dtype=bool)
    begins[pair_slots(code_points("".join(lengths)), _SLOTS)[::2]] = True
    sizes = {pair: sorted(some) for pair, some in lengths.items()}
    for at in np.flatnonzero(begins[pair_slots(code_points(text), _SLOTS)]).tolist():
        for size in sizes.get(text[at : at + 2], ()):
            # At the end of the text, less than the size may be left.
            if (part := text[at : at + size]) in known and len(part) == size:
                yield at, part
