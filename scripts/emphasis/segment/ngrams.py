"""Rows of two to four tokens in a report: how often, beside what, how much more often than by chance."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from math import log

import numpy as np

from emphasis.segment.model import Entry
from emphasis.segment.table import Lines
from emphasis.segment.vocabulary import POLICY_VERBS, WEAK

_INNER = ("n", "vn", "b", "a", "j", "l", "x", "eng", "s")
_LAST = ("n", "vn", "j", "l", "x")
_MOST_TOKENS, _MOST_CHARACTERS = 4, 12


def is_inner(entry: Entry) -> bool:
    """Whether a token can stand in a noun phrase that is a term."""
    return (
        len(entry.token) > 1
        and entry.pos.startswith(_INNER)
        and entry.kind != "number"
        and entry.token not in WEAK
        and entry.token not in POLICY_VERBS
    )


def is_last(entry: Entry) -> bool:
    """Whether a noun phrase can end with a token, by its part of speech."""
    return entry.pos.startswith(_LAST)


class Ngrams:
    """Noun phrases of two to four tokens, side by side without punctuation between them.

    Parameters
    ----------
    lines : Lines
        Of the report.
    """

    def __init__(self, lines: Lines) -> None:
        self.single = lines.tokens.counts()
        self._total = len(lines.tokens.entry)
        self._lines = lines
        firsts, stops = self._phrases()
        starts, ends = lines.starts[firsts].tolist(), lines.ends[stops - 1].tolist()
        texts = [lines.text[a:b] for a, b in zip(starts, ends, strict=True)]
        spans = [*zip(firsts.tolist(), stops.tolist(), strict=True)]
        self._count = Counter(texts)
        self._first = dict(zip(reversed(texts), reversed(spans), strict=True))
        self._repeated: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for text, span in zip(texts, spans, strict=True):
            if self._count[text] > 1:
                self._repeated[text].append(span)

    def _phrases(self) -> tuple[np.ndarray, np.ndarray]:
        """Where noun phrases of these lengths begin and stop, counted in tokens; in the order of the text."""
        inner, last = (self._lines.tokens.trait(of).astype(bool) for of in (is_inner, is_last))
        starts, ends = self._lines.starts, self._lines.ends
        joins = self._lines.beside & inner[:-1] & inner[1:]
        firsts, sizes = [], []
        whole = joins
        for size in range(2, _MOST_TOKENS + 1):
            here = whole & last[size - 1 :] & (ends[size - 1 :] - starts[: 1 - size] <= _MOST_CHARACTERS)
            firsts.append(np.flatnonzero(here))
            sizes.append(np.full(len(firsts[-1]), size))
            whole = whole[:-1] & joins[size - 1 :]
        first, size_of = np.concatenate(firsts), np.concatenate(sizes)
        order = np.argsort(first, kind="stable")
        return first[order], (first + size_of)[order]

    def association(self, text: str) -> float:
        """Mean pointwise mutual information of a string's neighbouring parts, in nats; 0 for a string that is no phrase."""
        if text not in self._first:
            return 0.0
        parts = self._parts(text)
        expected = sum(log(self.single[part] / self._total) for part in parts)
        return round((log(self._count[text] / self._total) - expected) / (len(parts) - 1), 3)

    def terms(self) -> Iterator[tuple[str, str, str]]:
        """Phrases seen at least twice, with varied neighbours on both sides, bound more than by chance.

        Yields
        ------
        tuple
            The phrase, its part of speech, its last token.
        """
        good = {
            text: len(spans)
            for text, spans in self._repeated.items()
            if self._varies(spans) and self.association(text) > 4.0
        }
        for text, n in sorted(good.items()):
            longer = [other for other in good if text != other and text in other and good[other] >= n]
            parts = self._parts(text)
            if not longer and not any(len(part) >= 4 for part in parts):
                yield text, self._entry(self._first[text][1] - 1).pos, parts[-1]

    def _varies(self, spans: list[tuple[int, int]]) -> bool:
        """Whether a phrase has two neighbours or more on each side.

        Punctuation is a different neighbour every time: a term may begin or end a clause.
        """
        beside = self._lines.beside
        left = {self._entry(first - 1).token if first and beside[first - 1] else first for first, _ in spans}
        right = {self._entry(stop).token if stop <= len(beside) and beside[stop - 1] else stop for _, stop in spans}
        return len(left) >= 2 and len(right) >= 2

    def _parts(self, text: str) -> list[str]:
        """The tokens of a phrase where it stands first."""
        return [self._entry(at).token for at in range(*self._first[text])]

    def _entry(self, at: int) -> Entry:
        tokens = self._lines.tokens
        return tokens.vocabulary.entries[int(tokens.entry[at])]
