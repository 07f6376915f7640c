"""Terms with something in them that engines cut at: AI大模型, 联东U谷, 互联网+明厨亮灶, 二十届三中全会."""

from __future__ import annotations

import re
from collections.abc import Iterable

from emphasis.segment import rules

_Places = dict[str, list[tuple[int, str, str]]]
"""By two characters: the terms that have them inside, each with their place in it and its part of speech."""

_SIGN = re.compile(r"[^\u4e00-\u9fd50-9A-Za-z\s]")


class MixedTerms:
    """Finds such terms in a text at what makes them mixed: the number or Latin word, or else the sign, inside them.

    They are taken wherever they stand, the longest first: a string like 互联网+明厨亮灶 is no accident.
    """

    def __init__(self, terms: Iterable[tuple[str, str]]) -> None:
        by_found: _Places = {}
        by_sign: _Places = {}
        for text, pos in terms:
            found = next(iter(rules.find(text)), None)
            sign = _SIGN.search(text)
            if found is not None:
                by_found.setdefault(text[found.start : found.start + 2], []).append((found.start, text, pos))
            elif sign is not None and sign.start():
                at = sign.start() - 1
                by_sign.setdefault(text[at : at + 2], []).append((at, text, pos))
        self._hold(by_found, by_sign)

    def _hold(self, by_found: _Places, by_sign: _Places) -> None:
        self._by_found, self._by_sign = by_found, by_sign
        # Before the first sign of a term stands none, so that no two of these overlap.
        self._signs = re.compile("|".join(map(re.escape, sorted(by_sign)))) if by_sign else None

    def extended(self, terms: Iterable[tuple[str, str]]) -> MixedTerms:
        """These and more."""
        more = MixedTerms(terms)
        if not more._by_found and not more._by_sign:
            return self
        more._hold(_merged(self._by_found, more._by_found), _merged(self._by_sign, more._by_sign))
        return more

    def find(self, text: str, found: list[rules.Found]) -> list[rules.Found]:
        """The terms in `text`, not overlapping, in order; `found` is what the rules found there."""
        hits: list[tuple[int, int, int, str]] = []
        if self._by_found:
            for f in found:
                hits += _at(self._by_found.get(text[f.start : f.start + 2], ()), text, f.start)
        if self._signs:
            for match in self._signs.finditer(text):
                hits += _at(self._by_sign[match[0]], text, match.start())
        if not hits:
            return []
        taken: list[rules.Found] = []
        covered: set[int] = set()
        for _, start, end, pos in sorted(hits):
            if covered.isdisjoint(range(start, end)):
                covered.update(range(start, end))
                taken.append(rules.Found(start, end, pos, "term"))
        return sorted(taken)


def _merged(some: _Places, more: _Places) -> _Places:
    return some | {key: [*some.get(key, ()), *terms] for key, terms in more.items()}


def _at(terms: Iterable[tuple[int, str, str]], text: str, place: int) -> list[tuple[int, int, int, str]]:
    """(minus length, start, end, pos) of the terms that stand in `text` with their sign at `place`."""
    return [
        (-len(term), place - offset, place - offset + len(term), pos)
        for offset, term, pos in terms
        if place >= offset and text.startswith(term, place - offset) and not _splits(text, place - offset, len(term))
    ]


def _splits(text: str, start: int, length: int) -> bool:
    """Whether the span begins or ends inside a number or a Latin word."""
    end = start + length
    return (start > 0 and _joined(text[start - 1], text[start])) or (
        end < len(text) and _joined(text[end - 1], text[end])
    )


def _joined(left: str, right: str) -> bool:
    return (left.isascii() and left.isalnum()) and (right.isascii() and right.isalnum())
