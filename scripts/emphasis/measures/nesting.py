"""Which words say what a longer term says already, so that a list of few words shows the term and leaves them out.

A word counts wherever it occurs, also inside longer terms. 营商 hardly occurs but in 营商环境: both would stand in a list with the
same number. The rule, for a section or part with n occurrences of each term: a word w is *within* a term t that holds it k times if

    k n(t) >= 0.8 n(w) and n(w) > 0

of several such terms the one that holds most of its occurrences, then the longest, then the first in the alphabet. Lists, clouds
and charts that show a few words leave out what is within another term, and the name of a place with its rank (长春市) where the
name alone is shown. Tables keep every row and name the term in the column `within`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

from emphasis.segment.vocabulary import SHORTEST, inner_borders

if TYPE_CHECKING:
    from scipy import sparse

SHARE = 0.8
"""A choice of this project."""

_RANKS = "省市区县镇乡村州盟旗"
_SHORTEST_NAME = 2


def containment(vocabulary: Sequence[str]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Which terms of a vocabulary hold which others: places of the longer and of the shorter, and how often.

    Examples
    --------
    >>> [array.tolist() for array in containment(["产业", "光电", "光电产业"])]
    [[2, 2], [0, 1], [1, 1]]
    """
    place = {term: i for i, term in enumerate(vocabulary)}
    longer, shorter = [], []
    for i, term in enumerate(vocabulary):
        if len(term) < SHORTEST:
            continue
        for part in _inside(term):
            if part in place:
                longer.append(i)
                shorter.append(place[part])
    # A term may hold a word more than once.
    pair = np.array(longer, dtype="int64") * len(place) + np.array(shorter, dtype="int64")
    pairs, times = np.unique(pair, return_counts=True)
    return pairs // max(len(place), 1), pairs % max(len(place), 1), times


def only_among(
    held: tuple[np.ndarray, np.ndarray, np.ndarray], terms: np.ndarray, size: int
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """What `containment` finds among some terms of a vocabulary, from what it found in all of them.

    Parameters
    ----------
    held : tuple of arrays
        Of the vocabulary, as `containment` gives it.
    terms : array of int
        Places of the terms, in any order.
    size : int
        Terms of the vocabulary.

    Examples
    --------
    >>> held = containment(["产业", "光电", "光电产业"])
    >>> [array.tolist() for array in only_among(held, np.array([2, 0]), 3)]
    [[0], [1], [1]]
    """
    place = np.full(size, -1)
    place[terms] = np.arange(len(terms))
    longer, shorter, times = place[held[0]], place[held[1]], held[2]
    both = np.flatnonzero((longer >= 0) & (shorter >= 0))
    both = both[np.lexsort((shorter[both], longer[both]))]
    return longer[both], shorter[both], times[both]


@lru_cache(maxsize=65_536)
def _inside(term: str) -> tuple[str, ...]:
    """What lies inside a term from one border of words to another."""
    borders = (0, *inner_borders(term), len(term))
    return tuple(term[a:b] for a, b in combinations(borders, 2) if b - a < len(term))


def within(
    n: sparse.csr_array, vocabulary: Sequence[str], held: tuple[np.ndarray, np.ndarray, np.ndarray] | None = None
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The words that are within a term, by the rule above.

    Parameters
    ----------
    n : sparse array of shape (G, V)
        Occurrences of each term in each section or part.
    vocabulary : sequence of V str
    held : optional
        What `containment` finds in it, if that is known: sorted by the longer terms.

    Returns
    -------
    group, word, term : arrays of one shape
        Sorted by group and word.

    Examples
    --------
    >>> from scipy import sparse
    >>> found = within(sparse.csr_array([[5, 5, 4], [9, 9, 5]]), ["环境", "营商", "营商环境"])
    >>> [array.tolist() for array in found]
    [[0, 0], [0, 1], [2, 2]]
    """
    from scipy import sparse  # noqa: PLC0415  # lists of a few words need no matrices, which take long to import

    longer, shorter, times = held or containment(vocabulary)
    width = max(len(vocabulary), 1)
    ordered = sparse.csr_array(n)
    if not ordered.has_sorted_indices:
        ordered = ordered.sorted_indices()
    cell_group = np.repeat(np.arange(n.shape[0]), np.diff(ordered.indptr))
    cells = cell_group * width + ordered.indices
    # Each occurrence of a longer term, with each of the words that it holds.
    holds = np.bincount(longer, minlength=width)
    first = np.cumsum(holds) - holds
    repeats = holds[ordered.indices]
    cell = np.repeat(np.arange(len(cells)), repeats)
    pair = np.arange(len(cell)) + np.repeat(first[ordered.indices] - np.cumsum(repeats) + repeats, repeats)
    group, inside = cell_group[cell], ordered.data[cell] * times[pair]
    word, term = shorter[pair], longer[pair]
    wanted = group * width + word
    at = np.minimum(np.searchsorted(cells, wanted), max(len(cells) - 1, 0))
    all_of_word = np.where(cells[at] == wanted, ordered.data[at], 0)
    # A word of other sections, or of other reports, that is cut otherwise here has no occurrences to be within anything.
    enough = np.flatnonzero((all_of_word > 0) & (inside >= SHARE * all_of_word))
    longest = np.argsort(-np.fromiter(map(len, vocabulary), dtype="int64", count=len(vocabulary)), kind="stable")
    place = np.empty(len(longest), dtype="int64")
    place[longest] = np.arange(len(longest))
    order = enough[np.lexsort((place[term[enough]], -inside[enough], wanted[enough]))]
    chosen = order[np.diff(wanted[order], prepend=-1) != 0]
    return group[chosen], word[chosen], term[chosen]


def choose_shown(terms: Iterable[str], covered: Iterable[str], most: int) -> list[int]:
    """The places of the first terms of a list that are shown, at most so many.

    Parameters
    ----------
    terms : iterable of str
        From the first to the last of the list.
    covered : iterable of str
        What each is within, as `within` finds it; empty for most.
    most : int

    Examples
    --------
    >>> choose_shown(["长春", "营商环境", "营商", "长春市", "产业"], ["", "", "营商环境", "", ""], 3)
    [0, 1, 4]
    """
    shown: list[int] = []
    seen: set[str] = set()
    for place, (term, holder) in enumerate(zip(terms, covered, strict=True)):
        if len(shown) == most:
            break
        if holder or _bare_name(term) in seen:
            continue
        seen.add(term)
        shown.append(place)
    return shown


def _bare_name(term: str) -> str:
    """长春 for 长春市; nothing for what is no name with a rank."""
    return term[:-1] if len(term) > _SHORTEST_NAME and term[-1] in _RANKS else ""
