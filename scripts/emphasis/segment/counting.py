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
    by_start: dict[str, list[str]] = {}
    for string in strings:
        by_start.setdefault(string[:2], []).append(string)
    found: Counter[str] = Counter()
    for at, pair in enumerate(map(add, text, text[1:])):
        if pair in by_start:
            found.update(string for string in by_start[pair] if text.startswith(string, at))
    return found
