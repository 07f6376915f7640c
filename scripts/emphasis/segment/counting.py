"""How often each of many strings occurs in a text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from typing import NamedTuple

import numpy as np

_SLOTS = 1 << 18
_BITS = 21
"""As many as a character's code has."""


def count_all(text: str, strings: Collection[str]) -> Counter[str]:
    """Occurrences of each string in `text`, overlapping and nested ones included; absent strings are left out.

    For some strings; of thousands a `StringIndex` is faster.

    Examples
    --------
    >>> sorted(count_all("数字经济核心产业", {"数字经济", "经济", "农业"}).items())
    [('数字经济', 1), ('经济', 1)]
    """
    found: Counter[str] = Counter()
    for string in strings:
        at = text.find(string)
        while at >= 0:
            found[string] += 1
            at = text.find(string, at + 1)
    return found


class StringIndex:
    """Strings of two characters or more as a tree of their beginnings, to be counted in many texts.

    A text is followed from all its places at once, one character further in each step; a place at which no string goes on
    drops out.
    """

    def __init__(self, strings: Collection[str]) -> None:
        self._strings = sorted(strings)
        self._begins = np.zeros(_SLOTS, dtype=bool)
        self._levels: list[_Level] = []
        number = {string: i for i, string in enumerate(self._strings)}
        above: dict[str, int] = {}
        for length in range(2, max(map(len, self._strings), default=0) + 1):
            # Beginnings are numbered in the order of their characters, so their keys are sorted.
            beginnings = sorted({string[:length] for string in self._strings if len(string) >= length})
            keys = [above.get(b[:-1], ord(b[0])) << _BITS | ord(b[-1]) for b in beginnings]
            self._levels.append(_Level(np.array(keys), np.array([number.get(b, -1) for b in beginnings])))
            above = {beginning: i for i, beginning in enumerate(beginnings)}
            if length == 2:
                self._begins[[_slots(_codes(b))[0] for b in beginnings]] = True

    def count(self, text: str) -> Counter[str]:
        """As `count_all`."""
        codes = _codes(text)
        # Most places begin no string; nearly all of these are left out at little cost.
        places = np.flatnonzero(self._begins[_slots(codes)])
        states = codes[places]
        found = np.zeros(len(self._strings), dtype="int64")
        for length, level in enumerate(self._levels, 2):
            places, states = places[places + length <= len(codes)], states[places + length <= len(codes)]
            keys = states << _BITS | codes[places + length - 1]
            at = np.minimum(np.searchsorted(level.keys, keys), len(level.keys) - 1)
            goes_on = level.keys[at] == keys
            places, states = places[goes_on], at[goes_on]
            ends = level.strings[states]
            found += np.bincount(ends[ends >= 0], minlength=len(found))
        return Counter({self._strings[i]: int(found[i]) for i in np.flatnonzero(found).tolist()})


class _Level(NamedTuple):
    """Beginnings of one length.

    Attributes
    ----------
    keys : int array, sorted
        Of each beginning: the number of the one that is shorter by a character, and the character.
    strings : int array
        The string that ends there; -1 for none.
    """

    keys: np.ndarray
    strings: np.ndarray


def _codes(text: str) -> np.ndarray:
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="uint32").astype("int64")


def _slots(codes: np.ndarray) -> np.ndarray:
    """One of `_SLOTS` numbers for each two characters in a row."""
    slots: np.ndarray = (codes[:-1] * 4099 + codes[1:]) % _SLOTS
    return slots
