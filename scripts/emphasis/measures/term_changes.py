"""Terms that come, go, and are first used; whether a term occurs is asked of the text, not of the counts.

What is counted depends on how a text was cut into words: 数字经济 is no token where the text has 数字经济产业 as one term. A
term is therefore called new, vanished or first used only after its string was looked for in the reports concerned, wherever
it stands. The price is the opposite error: 民生 also occurs in 人民生活, so that some terms that are new are not called so.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa
from scipy import sparse

from emphasis.measures.nesting import within
from emphasis.measures.report_pairs import History
from emphasis.measures.report_terms import ReportTerms
from emphasis.measures.word_search import HalvedText, WordSearch
from emphasis.store.codes import string_column

_MIN_N = 2
"""Occurrences in one report that make a term's absence from the other notable."""


def term_changes(
    terms: ReportTerms, histories: Sequence[History], text_of: Callable[[str], HalvedText]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Terms that are new in a report or vanished from it, and how many of its terms that concerns.

    A term that a report has at least twice is *new* when no earlier report of its region at hand has it, however long ago,
    and one that the report of the year before has at least twice has *vanished* when the report does not have it. A report
    has a term when it is counted there or its characters stand anywhere in the text, also inside longer words. `n_earlier`
    says how many reports were searched: with one, new means no more than not in the year before.

    Few such terms are a matter of policy: a text says most things once or twice, and what it leaves out it may say again.
    `n_later_with` and `n_back` therefore say what later reports have again, and `term_change_rates` gives the rate at which
    texts of one source differ: of the terms that one half of a report has twice, the share that its other half lacks
    (`absent_base`). The same share between a half of this report and a half of that of the year before (`absent_halves`) can
    be compared with it, as the texts are equally long. What it has above the base is the change of the year; where it has
    nothing, the two years differ no more than the paragraphs of one report. Whether a single term's difference is beyond chance
    is a question for keyness, comparison ``year``.

    Parameters
    ----------
    terms : ReportTerms
    histories : sequence of History
        One for each report with one of the year before.
    text_of : function
        The text of a report by its id; it is asked for reports of one region one after the other.

    Returns
    -------
    DataFrame
        report_id, previous_id, change (new or vanished), term, n and n_alone (in the report that has it), n_earlier, n_later (reports of
        the region before and after this one), n_later_with (of the latter those that have the term), within (the longer term of
        the same change that says this one already, see `emphasis.measures.nesting`; empty for most).
    DataFrame
        report_id, previous_id, change, n_terms (terms that the report in question has at least twice), n_absent (of those
        the ones that the other of the two reports lacks), n_changed (new: nor any earlier one), n_earlier, n_later, n_back
        (of n_changed those that a later report has; missing without one), share_absent = n_absent / n_terms, absent_halves,
        absent_base.
    """
    index = {name: i for i, name in enumerate(terms.names)}
    known = sorted(history for history in histories if {history.report_id, history.previous_id} <= index.keys())
    changes: list[_Changes] = []
    rates = []
    for _, own in groupby(known, key=lambda history: history.place):
        some = list(own)
        region = _Region.of(terms, some, text_of)
        for history in some:
            sides = (
                ("new", history.report_id, history.previous_id),
                ("vanished", history.previous_id, history.report_id),
            )
            for change, has, lacks in sides:
                found, rate = _compare(region, history, change, has, lacks)
                changes.append(found)
                rates.append(rate)
    return _change_table(terms, changes), pd.DataFrame(rates, columns=RATE_COLUMNS)


RATE_COLUMNS = [
    *("report_id", "previous_id", "change", "n_terms", "n_absent", "n_changed", "n_earlier", "n_later", "n_back"),
    *("share_absent", "absent_halves", "absent_base"),
]


class _Changes(NamedTuple):
    """The terms of one change of one report: its labels, the numbers of earlier and later reports, and for each term its
    place in the vocabulary, its occurrences, those as a token of its own, the later reports with it, and the place of the
    term that it is within, -1 for most."""

    labels: tuple[str, str, str]
    n_around: tuple[int, int]
    words: np.ndarray
    n: np.ndarray
    n_alone: np.ndarray
    n_later_with: np.ndarray
    holder: np.ndarray


@dataclass(frozen=True)
class _Region:
    """What the reports of a region have of W words: those that any of them has at least twice.

    `words` are places in the vocabulary, `spelled` the words themselves; for each report by its id, `n` are the occurrences of the words that are counted,
    `n_alone` those as a token of its own, `in_halves`, of shape (2, W), those of their characters in each half, and `has` says which words it has in either way.
    """

    words: np.ndarray
    spelled: np.ndarray
    n: dict[str, np.ndarray]
    n_alone: dict[str, np.ndarray]
    in_halves: dict[str, np.ndarray]
    has: dict[str, np.ndarray]

    @classmethod
    def of(cls, terms: ReportTerms, histories: Sequence[History], text_of: Callable[[str], HalvedText]) -> _Region:
        index = {name: i for i, name in enumerate(terms.names)}
        compared = {name for h in histories for name in (h.report_id, h.previous_id)}
        every = sorted({name for h in histories for name in (*h.earlier, h.report_id, *h.later) if name in index})
        cells = [terms.cells(index[name]) for name in sorted(compared)]
        words = np.unique(np.concatenate([terms.n.indices[own][terms.n.data[own] >= _MIN_N] for own in cells]))
        spelled = terms.vocabulary[words]
        search = WordSearch(spelled.tolist())
        in_halves = {name: search.count_in_halves(text_of(name)) for name in every}
        n = {name: terms.of_report(index[name], words) for name in every}
        n_alone = {name: terms.of_report(index[name], words, alone=True) for name in every}
        has = {name: (n[name] > 0) | in_halves[name].any(axis=0) for name in every}
        return cls(words, spelled, n, n_alone, in_halves, has)


def _compare(region: _Region, history: History, change: str, has: str, lacks: str) -> tuple[_Changes, dict[str, Any]]:
    """The terms that the report `has` has twice and `lacks` lacks, and how many there are."""
    repeated = region.n[has] >= _MIN_N
    absent = repeated & ~region.has[lacks]
    earlier, later = ([name for name in some if name in region.has] for some in (history.earlier, history.later))
    changed = absent
    if change == "new":
        changed = absent & ~np.any([region.has[name] for name in earlier], axis=0)
    n_later_with = np.sum([np.zeros(len(changed), dtype="int64"), *(region.has[name] for name in later)], axis=0)[
        changed
    ]
    labels = (history.report_id, history.previous_id, change)
    n_around = (len(earlier), len(later))
    n, n_alone = region.n[has][changed], region.n_alone[has][changed]
    words = region.words[changed]
    # What holds a word that no other report has is in no other report either: the other changed terms are all that need be asked.
    _, inner, outer = within(sparse.csr_array(n[None, :]), region.spelled[changed].tolist())
    holder = np.full(len(words), -1)
    holder[inner] = words[outer]
    found = _Changes(labels, n_around, words, n, n_alone, n_later_with, holder)
    counts = (int(repeated.sum()), int(absent.sum()), int(changed.sum()))
    share = counts[1] / counts[0] if counts[0] else None
    back = int((n_later_with > 0).sum()) if later else None
    shares = _absent_shares(repeated, region.in_halves[has], region.in_halves[lacks])
    return found, dict(zip(RATE_COLUMNS, (*labels, *counts, *n_around, back, share, *shares), strict=True))


def _absent_shares(repeated: np.ndarray, own: np.ndarray, other: np.ndarray) -> tuple[float | None, float | None]:
    """Of the words that a half of a report has at least twice, the share that a half of another report lacks, and the
    share that its other half lacks; missing without words. `own` and `other` are occurrences, of shape (2, words).

    The word ab is twice in the half ab ab and in the other half ab c: 0. Of the halves d d and ab of another report one lacks
    it: 0.5.
    """
    chosen = repeated & (own >= _MIN_N)
    n = int(chosen.sum())
    if not n:
        return None, None
    years = sum(int((chosen & (half == 0)).sum()) for half in other)
    return years / (2 * n), int((chosen & (own[::-1] == 0)).sum()) / n


def _change_table(terms: ReportTerms, changes: Sequence[_Changes]) -> pd.DataFrame:
    names = ["report_id", "previous_id", "change"]
    labels = pd.DataFrame([found.labels for found in changes], columns=names, dtype="str")
    labels[["n_earlier", "n_later"]] = np.array([found.n_around for found in changes], dtype="int64").reshape(-1, 2)
    words, n, n_alone, n_later_with, holder = (
        np.concatenate([np.zeros(0, dtype="int64"), *(getattr(found, name) for found in changes)])
        for name in ("words", "n", "n_alone", "n_later_with", "holder")
    )
    table = labels.loc[np.repeat(labels.index, [len(found.words) for found in changes])].reset_index(drop=True)
    used, place = np.unique(words, return_inverse=True)
    term = string_column(pa.array(terms.vocabulary[used], type=pa.string()), place)
    # The place behind the last word stands for no term.
    named = np.append(terms.vocabulary, "")[holder]
    return table.assign(term=term, n=n, n_alone=n_alone, n_later_with=n_later_with, within=named)


class FirstUsesBefore(NamedTuple):
    """What an earlier run found: for terms the first report that has them in its text (`text_report_id`), and the reports whose year,
    text and counts were the same then. Of those, none has a term earlier than that report, if it is itself among them."""

    text_report_id: Mapping[str, str]
    same: Collection[str]


def first_use(
    terms: ReportTerms,
    reports: pd.DataFrame,
    text_of: Callable[[str], HalvedText],
    before: FirstUsesBefore | None = None,
) -> pd.DataFrame:
    """The first report of the corpus to use each term, for terms that at least two reports have.

    The first by year, within a year by name; reports without a known year do not count. `year` and `report_id` are those of the
    first report in which the term is counted, `n` and `n_alone` its occurrences there; `text_year` and `text_report_id` of the first that has its characters anywhere in
    the text, also inside longer words and, as 民生 in 人民生活, across their borders. Where both agree, no earlier report at
    hand has the term in any form. It is the first use among the reports of the corpus and says nothing about other reports.

    With `before`, terms are looked for only in reports in which they can be new.

    Returns
    -------
    DataFrame
        term, year, report_id, n, n_alone, n_first (reports of that year in which it is counted), n_reports, text_year,
        text_report_id.
    """
    year = reports.set_index("report_id")["year"].reindex(terms.names)
    dated = np.flatnonzero(year.notna().to_numpy())
    years = year.iloc[dated].to_numpy(dtype="int64")
    order = np.argsort(years, kind="stable")
    dated, years = dated[order], years[order]
    counted = _Counted.of(terms, dated, years)
    word = np.flatnonzero(counted.n_reports > 1)
    first = counted.first[word]
    report_id = np.array(terms.names, dtype=object)[dated]
    before = before or FirstUsesBefore({}, ())
    in_text = _first_in_text(terms.vocabulary[word].tolist(), first, report_id.tolist(), text_of, before)
    uses_of = {"term": terms.vocabulary[word], "year": years[first], "report_id": report_id[first]}
    uses_of |= {"n": counted.n[word], "n_alone": counted.n_alone[word]}
    uses_of |= {"n_first": counted.n_first[word], "n_reports": counted.n_reports[word]}
    return pd.DataFrame(uses_of | {"text_year": years[in_text], "text_report_id": report_id[in_text]})


class _Counted(NamedTuple):
    """Where each word of the vocabulary is counted first: the place of that report, the word's occurrences there, those as a token
    of its own, the reports of the same year that count it, and those of all years. Arrays of shape (V,)."""

    first: np.ndarray
    n: np.ndarray
    n_alone: np.ndarray
    n_first: np.ndarray
    n_reports: np.ndarray

    @classmethod
    def of(cls, terms: ReportTerms, dated: np.ndarray, years: np.ndarray) -> _Counted:
        """From the reports `dated`, in the order of their years. Report by report: no array has a row for each of their words."""
        found = cls(*(np.zeros(len(terms.vocabulary), dtype="int64") for _ in cls._fields))
        alone = terms.alone
        for place, report in enumerate(dated.tolist()):
            cells = terms.cells(report)
            words = terms.n.indices[cells]
            is_new = found.n_reports[words] == 0
            new = words[is_new]
            found.first[new] = place
            found.n[new], found.n_alone[new] = terms.n.data[cells][is_new], alone[cells][is_new]
            found.n_first[words] += years[found.first[words]] == years[place]
            found.n_reports[words] += 1
        return found


def _first_in_text(
    words: Sequence[str],
    counted: np.ndarray,
    report_ids: Sequence[str],
    text_of: Callable[[str], HalvedText],
    before: FirstUsesBefore,
) -> np.ndarray:
    """For each word the place of the first report whose text has it, at the latest that of the first that counts it."""
    place_of = {report_id: place for place, report_id in enumerate(report_ids) if report_id in before.same}
    known = np.array([place_of.get(before.text_report_id.get(word, ""), -1) for word in words], dtype="int64")
    first = np.where(known >= 0, np.minimum(counted, known), counted)
    same = np.zeros(len(report_ids), dtype=bool)
    same[list(place_of.values())] = True
    # Other reports are searched for all words, the same ones for those of which nothing is known.
    for places, wanted in ((~same, known >= -1), (same, known < 0)):
        left = np.flatnonzero(wanted)
        search = WordSearch([words[i] for i in left.tolist()])
        for place in np.flatnonzero(places[: first[left].max(initial=0)]).tolist():
            later = first[left] > place
            if not later.any():
                break
            # Most words are found in the first few reports, and fewer are searched for in a fraction of the time.
            if 2 * later.sum() < len(left):
                left, later = left[later], later[later]
                search = WordSearch([words[i] for i in left.tolist()])
            found = search.count_in_halves(text_of(report_ids[place])).any(axis=0)
            first[left[found & later]] = place
    return first
