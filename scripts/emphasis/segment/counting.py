"""How often each of many strings occurs in a text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from operator import add


def count_all(text: str, strings: Collection[str]) -> Counter[str]:
    """Occurrences of each string in `text`, overlapping and nested ones included; absent strings are left out.

    Strings have at least two characters: each place is looked up by its first two.

    Examples
    --------
    >>> sorted(count_all("数字经济核心产业", {"数字经济", "经济", "农业"}).items())
    [('数字经济', 1), ('经济', 1)]
    """
    return StringIndex(strings).count(text)


class StringIndex:
    """Strings by their first two characters, to be counted in many texts."""

    def __init__(self, strings: Collection[str]) -> None:
        self._by_start: dict[str, list[str]] = {}
        for string in strings:
            self._by_start.setdefault(string[:2], []).append(string)

    def count(self, text: str) -> Counter[str]:
        """As `count_all`."""
        found = []
        for at, strings in enumerate(map(self._by_start.get, map(add, text, text[1:]))):
            if strings:
                found += [string for string in strings if text.startswith(string, at)]
        return Counter(found)
