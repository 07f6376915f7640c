"""Which missing terms a list shows: what a policy is called by, that its time and level speak of, and that is not said otherwise."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from emphasis.reference.data import PeerCounts, Reference
from emphasis.reference.lists import pieces, ranks
from emphasis.reference.marks import FORMULA, GENERAL, LEVEL, PERIOD, VARIANT, WORD, marked_words
from emphasis.reference.variants import OtherNames, Said

SPECIFIC, SPECIFIC_TERM = 0.5, 0.7
"""Concentration from which a word says what is spoken of, and a missing term of up to four characters is one of some subjects. Of the terms that
more than half of the provinces of 2025 have, half are above the first and three in eight above the second."""
LISTED, FIRST = 50, 100
"""Terms of a part that are listed, and first ones that are kept with their marks."""
OF_GOVERNMENT = 0.72
"""Share of a term's occurrences in passages on government itself, or on no area, from which it is a formula: 党风廉政建设 has 0.93, 高效办成一件事 0.69. Of
11 such terms that readers judged two were telling, of 191 others 117."""
FEW = "few"
"""What is no mark in the table: a term that is missed, but by too few to be listed."""
BY_ANY_NAME = 0.6
"""Share of peers that have a listed term or another name of it; what four in ten lack too is not passed over by one more."""
_SHORT = 4


@dataclass(frozen=True)
class Candidates:
    """Properties of K missing terms that decide which of them are listed.

    Attributes
    ----------
    concentration, of_government : array of shape (K,)
        As in `emphasis.reference.data.Reference`.
    compound : bool array of shape (K,)
        As in `emphasis.reference.marks.Spread`.
    period, level : bool array of shape (K,)
        Whether reports of the same time, or of the same level, lack them too.
    """

    concentration: np.ndarray
    of_government: np.ndarray
    compound: np.ndarray
    period: np.ndarray
    level: np.ndarray


def omission_marks(
    terms: Sequence[str],
    marks: Sequence[str],
    known: Candidates,
    names: OtherNames,
    said: Said,
) -> tuple[list[str], list[str]]:
    """The mark of each missing term, empty for those that are missed, and what the text says instead.

    After the marks of `emphasis.reference.marks.marks_of`:

    - ``level``, ``period``: fewer than a quarter of the reports of its level, or of those of its time, have it, where peers are of others; or
      fewer than one in twenty of all reports of its year and the two before;
    - ``word``: no name of a policy, programme, sector or indicator in the lexicon: words (底线, 分类), pieces of phrases, slogans. A
      word is missing by chance more easily than by silence: its subject has others;
    - ``formula``: what reports say of the government's own work and of the party, in passages on nothing else (政绩观), and what the list has:
      items that reports of the genre have as a matter of course, which a report without them has not chosen to pass over;
    - ``general``: such names of at most four characters that keep to no subject (规模化): a concentration below 0.7; and compounds of two words of
      any subject that are both in the text (有效投资), unless it is the fixed name of a programme or an indicator;
    - ``variant``: the text says it otherwise; see `emphasis.reference.variants.Said.variant`.

    Parameters
    ----------
    terms, marks : sequence of str
    known : Candidates
    names : OtherNames
    said : Said
        The text.
    """
    found, instead = list(marks), [""] * len(terms)
    listed = marked_words()
    for i, term in enumerate(terms):
        if found[i]:
            continue
        if known.level[i] or known.period[i]:
            found[i] = LEVEL if known.level[i] else PERIOD
        elif term not in names.policies:
            found[i] = WORD
        elif known.of_government[i] >= OF_GOVERNMENT or listed.get(term) == FORMULA:
            found[i] = FORMULA
        elif (len(term) <= _SHORT and known.concentration[i] < SPECIFIC_TERM) or (
            known.compound[i] and term not in names.fixed and said.has_words_of(term)
        ):
            found[i] = GENERAL
        elif other := said.variant(term):
            found[i], instead[i] = VARIANT, other
    return found, instead


def listed_marks(
    terms: Sequence[str],
    marks: Sequence[str],
    others: Mapping[str, Sequence[str]],
    peers: PeerCounts,
    reference: Reference,
) -> list[str]:
    """Marks, and ``few`` for what fewer than six in ten peers speak of by the term or any other name that is a term of the reference.

    It is the thing that is passed over, not the word. Names that are no terms are not counted, so the share is the least that it can be.

    Parameters
    ----------
    terms, marks : sequence of str
        Marks as `omission_marks` gives them; only unmarked terms are asked for.
    others : mapping
        Other names of terms.
    peers : PeerCounts
    reference : Reference
    """
    found, asked = list(marks), [i for i, mark in enumerate(marks) if not mark]
    if not asked:
        return found
    names = [(terms[i], *others.get(terms[i], ())) for i in asked]
    columns = peers.columns(reference.places([name for some in names for name in some]))
    has = (peers.counts[:, columns] > 0) & (columns >= 0)
    first = np.cumsum([0, *map(len, names[:-1])])
    by_any = np.logical_or.reduceat(has, first, axis=1).mean(axis=0)
    for i, share in zip(asked, by_any.tolist(), strict=True):
        found[i] = "" if share >= BY_ANY_NAME else FEW
    return found


def missing_ranks(
    terms: Sequence[str], within: Sequence[str], marks: Sequence[str], others: Mapping[str, Sequence[str]]
) -> list[int | None]:
    """The place of each term in the list; a term that holds a listed one is left out: who says nothing of it says nothing of more.

    So is one that would be said by a listed term, or would say it: two names of one thing are missing once. A word is within a longer term
    only if that is listed itself.

    Parameters
    ----------
    terms, within, marks : sequence of str
        In the order of the list.
    others : mapping
        Other names of terms.

    Examples
    --------
    >>> terms, within = (
    ...     ["特别国债", "超长期特别国债", "办成", "办成一件事", "保交楼", "保交房"],
    ...     ["", "", "办成一件事", "", "", ""],
    ... )
    >>> missing_ranks(terms, within, ["", "", "word", "", "", ""], {"保交房": ["保交楼"]})
    [1, None, None, 2, 3, None]
    """
    plain = {term for term, mark in zip(terms, marks, strict=True) if not mark}
    covered = [holder if holder in plain else "" for holder in within]
    shown: set[str] = set()
    all_shown, names_of_shown = "", set[str]()
    left_out = []
    for term, mark, holder in zip(terms, marks, covered, strict=True):
        if mark or holder:
            left_out.append(mark)
            continue
        names = others.get(term, ())
        # No term has a line feed, so that a name found among all that are shown is in one of them.
        if any(name in all_shown for name in names) or not names_of_shown.isdisjoint((term, *pieces(term))):
            left_out.append("same")
            continue
        left_out.append("")
        shown.add(term)
        all_shown += f"\n{term}"
        names_of_shown.update(names)
    left_out = [
        mark or ("" if shown.isdisjoint(pieces(term)) else "longer") for term, mark in zip(terms, left_out, strict=True)
    ]
    return ranks(terms, covered, left_out)
