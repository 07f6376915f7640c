"""Which terms of a table a list shows: no marked ones, and no word that says what longer terms of the list say."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from scipy import sparse

from emphasis.measures.nesting import choose_shown, containment, within
from emphasis.reference.distinctive import LEAST_N

_INSIDE, _HELD = 0.8, 1 / 3
"""Shares of a word's occurrences: inside longer terms, and inside the one that is shown instead. Choices of this project."""


class Nesting:
    """Which terms of a report hold which others; found once for all its parts and sections.

    Parameters
    ----------
    terms : sequence of V str
        Sorted.
    n : array of shape (G, V)
        Occurrences in each part and section; what is nowhere said twice is in no table, and left out of account.
    """

    def __init__(self, terms: Sequence[str], n: np.ndarray) -> None:
        self._terms = list(terms)
        twice = np.flatnonzero((n >= LEAST_N).any(axis=0))
        words = [self._terms[place] for place in twice.tolist()]
        longer, shorter, self._times = containment(words)
        self._longer, self._shorter = twice[longer], twice[shorter]
        group, word, term = within(sparse.csr_array(n[:, twice]), words, (longer, shorter, self._times))
        keys = zip(group.tolist(), twice[word].tolist(), strict=True)
        self._within = dict(zip(keys, (words[t] for t in term.tolist()), strict=True))

    def within(self, group: int, places: np.ndarray, n: np.ndarray, alone: np.ndarray) -> list[str]:
        """For each term of a table the longer one that says it already, or nothing.

        By the rule of `emphasis.measures.nesting`; and for a word that has 80 % of its occurrences inside longer terms, whichever
        these are, the term of the table that has most of them, if it has a third: 历史建筑 for 历史, which stands in
        历史文化街区 too.

        Parameters
        ----------
        group : int
            The part or section.
        places : array
            Places of the table's terms.
        n, alone : array of shape (V,)
            Occurrences in it, and those as a token of its own.
        """
        listed = np.zeros(len(self._terms), dtype=bool)
        listed[places] = True
        bound = listed & (alone <= (1 - _INSIDE) * n)
        held = np.where(listed[self._longer], n[self._longer], 0) * self._times
        best: dict[int, int] = {}
        for pair in np.flatnonzero(bound[self._shorter] & (held >= _HELD * n[self._shorter]) & (held > 0)).tolist():
            word = int(self._shorter[pair])
            if word not in best or held[pair] > held[best[word]]:
                best[word] = pair
        holder = {word: self._terms[self._longer[pair]] for word, pair in best.items()}
        return [self._within.get((group, place)) or holder.get(place, "") for place in places.tolist()]


def ranks(
    terms: Sequence[str], covered: Sequence[str], marks: Sequence[str], n: Sequence[int] | None = None
) -> list[int | None]:
    """The place of each term in the list, from 1; None for one that the list leaves out.

    Parameters
    ----------
    terms, covered, marks : sequence of str
        In the order of the list; what each is within, and its mark, both empty for most.
    n : sequence of int, optional
        Occurrences. With them, of two terms of which one holds the other, and has at least a third of its occurrences, only the first
        is listed: 粤港澳大湾区, and neither 大湾区 nor 粤港澳 after it.

    Examples
    --------
    >>> ranks(["汽车", "全市", "光电", "光电信息"], ["", "", "光电信息", ""], ["", "level", "", ""])
    [1, None, None, 2]
    >>> ranks(["大湾区", "粤港澳大湾区", "港澳", "湾区"], [""] * 4, [""] * 4, [20, 12, 19, 70])
    [1, None, 2, 3]
    """
    found: list[int | None] = [None] * len(terms)
    plain = [i for i, mark in enumerate(marks) if not mark]
    if n is not None:
        plain = _without_repetitions([i for i in plain if not covered[i]], terms, n)
    shown = choose_shown([terms[i] for i in plain], [covered[i] for i in plain], len(plain))
    for rank, i in enumerate(shown, 1):
        found[plain[i]] = rank
    return found


def _without_repetitions(places: Sequence[int], terms: Sequence[str], n: Sequence[int]) -> list[int]:
    kept: list[int] = []
    among = {terms[i] for i in places}
    shorter: dict[str, int] = {}
    longer: dict[str, list[int]] = {}
    for i in places:
        inside = [piece for piece in pieces(terms[i]) if piece in among]
        holds = any(n[i] >= _HELD * n[shorter[piece]] for piece in inside if piece in shorter)
        if holds or any(n[j] >= _HELD * n[i] for j in longer.get(terms[i], ())):
            continue
        kept.append(i)
        shorter[terms[i]] = i
        for piece in inside:
            longer.setdefault(piece, []).append(i)
    return kept


@lru_cache(maxsize=65_536)
def pieces(term: str) -> tuple[str, ...]:
    """The distinct strings inside a term."""
    size = len(term)
    return tuple({term[a:b] for a in range(size) for b in range(a + 1, size + 1) if b - a < size})
