"""Which missing terms a list shows: what a policy is called by, that its time and level speak of, and that is not said otherwise."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from emphasis.reference.lists import ranks
from emphasis.reference.marks import GENERAL, LEVEL, PERIOD, VARIANT, WORD
from emphasis.reference.variants import OtherNames

SPECIFIC, SPECIFIC_TERM = 0.5, 0.7
"""Concentration from which a word says what is spoken of, and a missing term of up to four characters is one of some subjects. Of the terms that
more than half of the provinces of 2025 have, half are above the first and three in eight above the second."""
LISTED, FIRST = 50, 100
"""Terms of a part that are listed, and first ones that are kept with their marks."""
_SHORT = 4


def omission_marks(
    terms: Sequence[str],
    marks: Sequence[str],
    concentration: np.ndarray,
    lack: tuple[np.ndarray, np.ndarray],
    names: OtherNames,
    variant: Callable[[str], str],
) -> tuple[list[str], list[str]]:
    """The mark of each missing term, empty for those that are missed, and what the text says instead.

    After the marks of `emphasis.reference.marks.marks_of`:

    - ``level``, ``period``: fewer than a quarter of the reports of its level, or of those of its time, have it, where peers are of others; or
      fewer than one in twenty of all reports of its year and the two before;
    - ``word``: no name of a policy, programme, sector or indicator in the lexicon: words (底线, 分类), pieces of phrases, slogans. A
      word is missing by chance more easily than by silence: its subject has others;
    - ``general``: such names of at most four characters that keep to no subject (规模化): a concentration below 0.7;
    - ``variant``: the text says it otherwise; see `emphasis.reference.variants.Said.variant`.

    Parameters
    ----------
    terms, marks : sequence of str
    concentration : array
        As in `emphasis.reference.data.Reference`.
    lack : two bool arrays
        As `emphasis.reference.kin.Kin.lack` gives them.
    names : OtherNames
    variant : function
        What the text says instead of a term, or nothing.
    """
    found, instead = list(marks), [""] * len(terms)
    for i, (term, late, other) in enumerate(zip(terms, *(each.tolist() for each in lack), strict=True)):
        if found[i]:
            continue
        if other or late:
            found[i] = LEVEL if other else PERIOD
        elif term not in names.policies:
            found[i] = WORD
        elif len(term) <= _SHORT and concentration[i] < SPECIFIC_TERM:
            found[i] = GENERAL
        elif said := variant(term):
            found[i], instead[i] = VARIANT, said
    return found, instead


def missing_ranks(terms: Sequence[str], within: Sequence[str], marks: Sequence[str]) -> list[int | None]:
    """The place of each term in the list; a term that holds a listed one is left out: who says nothing of it says nothing of more.

    A word is within a longer term only if that is listed itself.

    Examples
    --------
    >>> missing_ranks(
    ...     ["特别国债", "超长期特别国债", "办成", "办成一件事"], ["", "", "办成一件事", ""], ["", "", "word", ""]
    ... )
    [1, None, None, 2]
    """
    plain = {term for term, mark in zip(terms, marks, strict=True) if not mark}
    covered = [holder if holder in plain else "" for holder in within]
    shown = {term for term, holder in zip(terms, covered, strict=True) if term in plain and not holder}
    left_out = [
        "longer" if not mark and any(other in term for other in shown if len(other) < len(term)) else mark
        for term, mark in zip(terms, marks, strict=True)
    ]
    return ranks(terms, covered, left_out)
