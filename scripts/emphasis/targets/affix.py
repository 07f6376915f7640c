"""Words that are looked for at either end of a text."""

from __future__ import annotations

from collections.abc import Iterable


class Words:
    """A set of words that finds the longest of them at either end of a text.

    Which lengths to try is known from the first or the last character: most texts begin and end with none of the words.

    Examples
    --------
    >>> verbs = Words(("建", "新建", "改造提升"))
    >>> verbs.beginning("新建学校"), verbs.ending("继续改造提升"), "改造" in verbs
    ('新建', '改造提升', False)
    """

    def __init__(self, words: Iterable[str]) -> None:
        self._words = frozenset(words)
        self._by_first = _lengths(self._words, 0)
        self._by_last = _lengths(self._words, -1)

    def __contains__(self, word: str) -> bool:
        return word in self._words

    def beginning(self, text: str, at: int = 0) -> str:
        """The longest word that stands at `at`; empty if none does."""
        for size in self._by_first.get(text[at : at + 1], ()):
            word = text[at : at + size]
            if word in self._words:
                return word
        return ""

    def ending(self, text: str) -> str:
        """The longest word that ends the text; empty if none does."""
        for size in self._by_last.get(text[-1:], ()):
            word = text[-size:]
            if word in self._words:
                return word
        return ""


def _lengths(words: Iterable[str], place: int) -> dict[str, list[int]]:
    """The lengths of the words that have a character in a place, the longest first."""
    found: dict[str, set[int]] = {}
    for word in words:
        found.setdefault(word[place], set()).add(len(word))
    return {character: sorted(sizes, reverse=True) for character, sizes in found.items()}
