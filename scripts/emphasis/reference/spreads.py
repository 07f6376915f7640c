"""How far terms keep to some subjects, by what a reference knows of them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from emphasis.reference.data import Reference
from emphasis.reference.marks import Spread
from emphasis.reference.omissions import SPECIFIC
from emphasis.reference.variants import OtherNames
from emphasis.segment.vocabulary import cut_token


class Spreads:
    """The spread of terms over subjects; of a term that the reference has not, nothing is known.

    What is found of a term is kept: reports share most of theirs.

    Parameters
    ----------
    reference : Reference
    names : OtherNames
        What lexicon and indicators know of terms.
    """

    def __init__(self, reference: Reference, names: OtherNames) -> None:
        self._reference, self._known = reference, names.policies | names.fixed
        self._compounds: dict[str, bool] = {}
        # The last place stands for terms that are not there, whose place is -1.
        self._concentration = np.append(reference.concentration, np.nan)
        self._of_rare = np.append(reference.concentration_of_rare, np.nan)
        self._special = np.append(reference.special, False)
        # Of terms of the reference: whether it is a compound, or -1 as long as that is not known.
        self._compound = np.full(len(reference.terms) + 1, -1, dtype="int8")

    def of(self, terms: Sequence[str], place: np.ndarray) -> Spread:
        """That of some terms, in their order, with their places in the reference."""
        compound = self._compound[place]
        for i in np.flatnonzero(compound < 0).tolist():
            compound[i] = self._is_compound(terms[i])
            if place[i] >= 0:
                self._compound[place[i]] = compound[i]
        return Spread(
            self._concentration[place],
            self._of_rare[place],
            self._special[place],
            compound.astype(bool),
            np.array([term in self._known for term in terms], dtype=bool),
        )

    def keep_to_subjects(self, word: str) -> bool:
        """Whether a word says what a text speaks of."""
        return bool(self._concentration[self._reference.places([word])[0]] >= SPECIFIC)

    def _is_compound(self, term: str) -> bool:
        """Whether a term is two words of which neither keeps to a subject."""
        if term not in self._compounds:
            words = cut_token(term).words
            self._compounds[term] = (
                len(words) == 2
                and min(map(len, words)) >= 2
                and bool((self._concentration[self._reference.places(words)] < SPECIFIC).all())
            )
        return self._compounds[term]
