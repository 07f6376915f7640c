"""What most peers speak of and a report does not."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from scipy import sparse

from emphasis.measures.nesting import only_among, within
from emphasis.reference.data import Reference
from emphasis.reference.distinctive import Standard, median_and_high
from emphasis.reference.search import plain_lines

_NONE = np.array([-1])
_ALIKE = 0.25
"""Cosine from which two terms are said to be near. A choice of this project, made by reading pairs."""


def plain_text(sentences: Sequence[str]) -> str:
    """Sentences as they are searched: half-width, without white space and quotation marks, one a line.

    Examples
    --------
    >>> plain_text(["高效办成“一件事”。"])
    '高效办成一件事。'
    """
    return "\n".join(plain_lines(sentences))


def missing_terms(
    text: str,
    size: int,
    standard: Standard,
    reference: Reference,
    said: np.ndarray | None = None,
    later: np.ndarray | Sequence[int] = (),
) -> dict[str, Any]:
    """Terms that more than half of the peers have and that do not occur in a text, not even as a string.

    `chance` is the probability that one more report of the kind and of this length has none: ``P(X = 0)`` of the distribution in
    `emphasis.reference.prediction.predict`. The terms that most peers have come first, of these what is missing least by chance.

    Parameters
    ----------
    text : str
        As `plain_text` makes it.
    size : int
        Words of the text.
    standard : Standard
        What the peers have in the same part.
    reference : Reference
    said : array, optional
        Places in the reference of terms that are known to occur in the text, which need not be looked for.
    later : array, optional
        Places of terms that came up later, which no text of its time could pass over. They are left out, with the words inside them.

    Returns
    -------
    dict of lists and arrays
        term, within (the missing term that this word is hardly ever outside of, or empty), peer_median, n_with, peers_with,
        expected, chance.
    """
    peers, m = standard.peers, len(standard.peers.sizes)
    with_it, common = peers.n_with, peers.common
    asked = np.ones(len(common), dtype=bool)
    if said is not None:
        known = np.zeros(len(reference.terms), dtype=bool)
        known[said[said >= 0]] = True
        asked = ~known[peers.used[common]]
    missed = np.flatnonzero(asked)
    missed = missed[reference.search.lacks(text, peers.used[common[missed]])]
    absent = common[missed]
    found = standard.predict(size, absent)
    chance = found.absence()
    order = np.lexsort((chance, -with_it[absent]))  # of two alike the first in the alphabet, as terms are sorted
    terms = reference.terms[peers.used[absent[order]]].tolist()
    held = only_among(peers.nested, missed[order], len(common))
    _, word, holder = within(sparse.csr_array(standard.moments.total[absent[order]][None, :]), terms, held)
    inside = dict(zip(word.tolist(), holder.tolist(), strict=True))
    late = np.zeros(len(reference.terms), dtype=bool)
    late[np.asarray(later, dtype="int64")] = True
    too_late = late[peers.used[absent[order]]].tolist()
    kept = [i for i in range(len(terms)) if not (too_late[i] or too_late[inside.get(i, i)])]
    order = order[kept]
    expected, chance, order = found.expected[order], chance[order], absent[order]
    rates = 10_000 * peers.counts[:, order].astype("float64") / peers.sizes[:, None]
    return {
        "term": [terms[i] for i in kept],
        "within": [terms[inside[i]] if i in inside else "" for i in kept],
        "peer_median": median_and_high(rates)[0],
        "n_with": with_it[order],
        "peers_with": with_it[order] / m,
        "expected": expected,
        "chance": chance,
    }


class Neighbours:
    """Which terms stand in the same passages of the reference as others.

    Parameters
    ----------
    reference : Reference
    among : bool array of shape (V,), optional
        The terms that can be near others; by default all.
    """

    def __init__(self, reference: Reference, among: np.ndarray | None = None) -> None:
        weight = reference.matrix.copy()
        weight.data = np.log1p(weight.data)
        df = np.bincount(weight.indices, minlength=weight.shape[1])
        idf = np.log(weight.shape[0] / np.maximum(df, 1))
        scaled = sparse.csc_array(weight.multiply(idf[None, :]))
        norm = np.sqrt(np.asarray(scaled.multiply(scaled).sum(axis=0)).ravel())
        self._unit = sparse.csr_array(scaled.multiply(1 / np.maximum(norm, 1e-12)[None, :]).T)
        self._among = np.arange(len(df)) if among is None else np.flatnonzero(among)
        self._transposed = sparse.csr_array(self._unit[self._among].T)
        self._near: dict[int, np.ndarray] = {}

    def near(self, places: Sequence[int]) -> dict[int, np.ndarray]:
        """For terms of the reference the places of those near them, the nearest first: by the cosine of what passages they stand in."""
        new = sorted(set(places) - self._near.keys())
        if new:
            alike = sparse.csr_array(self._unit[new] @ self._transposed)
            for row, place in enumerate(new):
                cells = slice(alike.indptr[row], alike.indptr[row + 1])
                near = np.flatnonzero(alike.data[cells] >= _ALIKE)
                others, cosines = self._among[alike.indices[cells][near]], alike.data[cells][near]
                order = np.lexsort((others, -cosines))
                self._near[place] = others[order[others[order] != place]]
        return self._near

    def nearest(self, places: Sequence[int], said: np.ndarray) -> list[int]:
        """For each term the place of the nearest one that the text has (`said`: which places it has); -1 where none is near."""
        if not len(places):
            return []
        near = self.near(places)
        # After those near each term one that stands for none, which any text has.
        others = np.concatenate([part for place in places for part in (near[place], _NONE)])
        hits, ends = np.flatnonzero(said[others] | (others < 0)), np.cumsum([len(near[place]) + 1 for place in places])
        first = hits[np.searchsorted(hits, np.r_[0, ends[:-1]])]
        nearest: list[int] = others[first].tolist()
        return nearest
