"""Keyness between reports: each against all others and against the year before, at a cost linear in the number of reports.

The test of `emphasis.measures.keyness` would need the paragraphs of all reports for every report. The closed form needs only
sums over paragraphs, which are added up once for the corpus: for a word and two texts together the occurrences, their
squares, and their products with the size of the paragraph (see `ReportTerms`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from emphasis.measures.effect_sizes import effect_sizes
from emphasis.measures.keyness import Comparison, stack_rows, verdict
from emphasis.measures.places import PlaceNames
from emphasis.measures.report_terms import ReportTerms
from emphasis.measures.significance import benjamini_hochberg, closed_form_p, design_effect, one_tailed_p
from emphasis.measures.testability import reportable, smallest_closed_form_p, threshold
from emphasis.measures.testing import MAX_Q, TEST_ACROSS

_LIKELIEST_NONE = 0.5
"""Up to this many expected occurrences, none has p = 1."""
_CHUNK = 64
"""Reports whose rows are put into one table."""
_ROUNDING = 1 + 1e-6
"""Factor that exceeds the rounding errors of a p."""


@dataclass(frozen=True)
class _WordSums:
    """Words of a target and a reference: sums over the paragraphs of both, on which the closed form rests.

    Arrays have shape (W,): places in the vocabulary, occurrences in target (a) and reference (b), those of them as a token of
    its own, sums over the paragraphs of
    both texts as in `ReportTerms`, paragraphs of the target that have the word, and whether it is tested. `n_words` and
    `n_tested` include words that are left out of the arrays because their p is 1; `smallest_p` is the smallest that any
    word can have.
    """

    word: np.ndarray
    a: np.ndarray
    b: np.ndarray
    a_alone: np.ndarray
    b_alone: np.ndarray
    squares: np.ndarray
    with_size: np.ndarray
    range_target: np.ndarray
    tested: np.ndarray
    n_words: int
    n_tested: int
    smallest_p: float

    def rows(self, kept: np.ndarray) -> _WordSums:
        """The words where `kept` is true."""
        arrays = {name: values[kept] for name, values in vars(self).items() if isinstance(values, np.ndarray)}
        return replace(self, **arrays)


class KeynessAcross:
    """Each report against all others, and against the report of the year before of its region.

    Parameters
    ----------
    terms : ReportTerms
    year_before : mapping of str to str
        From reports to that of the year before.
    min_n : int
        Occurrences in both texts together that a word needs to be listed; the `reportable` of these words are tested.
    only_found : bool
        Whether only words with q below 0.05 are listed. Otherwise, against the others, the words that the report has and
        those that it lacks with q below 0.05; against the year before, every word.
    places : mapping of str to collection of str
        Names of each report's region, which are marked.
    """

    def __init__(
        self,
        terms: ReportTerms,
        year_before: Mapping[str, str],
        min_n: int,
        *,
        only_found: bool = False,
        places: PlaceNames | None = None,
    ) -> None:
        self._terms, self._year_before, self._min_n, self._only_found = terms, year_before, min_n, only_found
        self._places = places or {}
        self._index = {name: i for i, name in enumerate(terms.names)}
        self._n = terms.sum(lambda cells, _: terms.n.data[cells])
        self._alone = terms.sum(lambda cells, _: terms.alone[cells]).astype("int64")
        self._squares = terms.sum(lambda cells, _: terms.squares[cells])
        self._with_size = terms.sum(lambda cells, _: terms.with_size[cells])
        # Tokens, paragraphs, and squared tokens of the paragraphs, of each report and of the corpus.
        self._sizes = np.stack([terms.tokens, terms.paragraphs, terms.size_squares], axis=1).astype("float64")
        self._corpus_size = self._sizes.sum(axis=0)
        # Of the words of the corpus, the effective occurrences, and the same in descending order for those that can be tested: each
        # value once, as many words have the same, and how often.
        known = np.maximum(self._n, 1)
        squares = _squared_deviations(known, self._squares, self._with_size, self._corpus_size)
        self._effective = np.where(self._n >= min_n, known / design_effect(known, squares, self._corpus_size[1]), 0)
        values, self._times = np.unique(-self._effective[self._n >= min_n], return_counts=True)
        self._most_first = -values
        # The words by their occurrences, most first.
        self._by_n = np.argsort(-self._n, kind="stable")
        self._falling_n = self._n[self._by_n]
        # Work space for a pair of reports, filled and cleared each time: allocating it for every pair would cost more.
        self._n_both = np.zeros(len(terms.vocabulary))
        self._place = np.full(len(terms.vocabulary), -1)

    def tables(self) -> Iterator[tuple[pd.DataFrame, pd.DataFrame]]:
        """keyness_across.csv and keyness_across_comparisons.csv, some reports at a time."""
        for first in range(0, len(self._terms.names), _CHUNK):
            some = range(first, min(first + _CHUNK, len(self._terms.names)))
            compared = [comparison for report in some for comparison in self._comparisons(report)]
            parts, labels = [columns for columns, _, _ in compared], [label for _, label, _ in compared]
            table = stack_rows(
                parts, labels, [len(part["p"]) for part in parts], self._terms.vocabulary, TEST_ACROSS, self._places
            )
            yield table, pd.DataFrame([label | found for _, label, found in compared])

    def _comparisons(self, report: int) -> Iterator[tuple[dict[str, np.ndarray], dict[str, str], dict[str, object]]]:
        """The rows of each comparison, its label, and the verdict on it."""
        name, own = self._terms.names[report], self._sizes[report]
        compared = []
        if len(self._terms.names) > 1:
            compared.append(("report", "others", self._against_others(report, own), self._corpus_size))
        before = self._index.get(self._year_before.get(name, ""))
        if before is not None:
            words = self._against_report(report, before)
            compared.append(("year", self._terms.names[before], words, own + self._sizes[before]))
        for kind, reference, words, both in compared:
            columns, found = self._compare(words, own, both, lists_all=kind == "year")
            yield columns, vars(Comparison(kind, name, name, reference)), found

    def _against_others(self, report: int, own: np.ndarray) -> _WordSums:
        """Target and reference are the whole corpus: the sums of all words are known, only `a` is the report's.

        Of the words that the report lacks, those that it could hardly be expected to have are left out, as their p is 1. A
        report with 1 % of the tokens lacks most of the vocabulary, but only words with more than 50 occurrences in the
        corpus are computed.
        """
        terms, cells = self._terms, self._terms.cells(report)
        word = terms.n.indices[cells]
        # A word's smallest p falls as its effective occurrences grow: those of the whole corpus are sorted once for all reports.
        smallest = np.repeat(smallest_closed_form_p(self._most_first, *_sizes(own, self._corpus_size)), self._times)
        n_tested = int(np.searchsorted(smallest, threshold(smallest), side="right"))
        last = np.searchsorted(np.cumsum(self._times), n_tested - 1, side="right")
        least = self._most_first[last] if n_tested else np.inf
        expected = self._falling_n * (own[0] / self._corpus_size[0])
        often = self._by_n[: np.searchsorted(-expected, -_LIKELIEST_NONE)]
        often = np.setdiff1d(often, word, assume_unique=True)
        kept = self._n[word] >= self._min_n
        words = np.r_[word[kept], np.sort(often[self._effective[often] >= least])]
        zeros = np.zeros(len(words) - int(kept.sum()), dtype="int64")
        a = np.r_[terms.n.data[cells][kept], zeros]
        range_target = np.r_[terms.n_paragraphs[cells][kept], zeros]
        b, squares, with_size = self._n[words] - a, self._squares[words], self._with_size[words]
        family = self._effective[words] >= least, len(smallest), n_tested, float(smallest.min(initial=1))
        alone = np.r_[terms.alone[cells][kept], zeros].astype("int64")
        rest = self._alone[words] - alone
        return _WordSums(words, a, b, alone, rest, squares, with_size, range_target, *family)

    def _against_report(self, report: int, other: int) -> _WordSums:
        """The words of two reports, whose sparse rows are paired word by word.

        With min_n = 3, report {发展: 4, 改革: 2} and other {改革: 1, 开放: 2}: `_n_both` is 4, 3, 2, so that the words are 发展
        and 改革; `_place` gives them 0 and 1, and -1 to all others; `aligned` then puts the cells of either report at these
        places: a = [4, 2], b = [0, 1].
        """
        terms, pair = self._terms, (self._terms.cells(report), self._terms.cells(other))
        for cells in pair:
            self._n_both[terms.n.indices[cells]] += terms.n.data[cells]
        words = np.flatnonzero(self._n_both >= self._min_n)
        self._place[words] = np.arange(len(words))
        places = [self._place[terms.n.indices[cells]] for cells in pair]
        self._n_both[:], self._place[words] = 0, -1

        def aligned(values: np.ndarray, which: int) -> np.ndarray:
            counted, of_words = places[which] >= 0, np.zeros(len(words))
            of_words[places[which][counted]] = values[pair[which]][counted]
            return of_words

        a, b = aligned(terms.n.data, 0), aligned(terms.n.data, 1)
        squares, with_size = (aligned(sums, 0) + aligned(sums, 1) for sums in (terms.squares, terms.with_size))
        both = self._sizes[report] + self._sizes[other]
        effective = (a + b) / design_effect(a + b, _squared_deviations(a + b, squares, with_size, both), both[1])
        smallest = smallest_closed_form_p(effective, *_sizes(self._sizes[report], both))
        tested = reportable(smallest)
        family = tested, len(words), int(tested.sum()), float(smallest.min(initial=1))
        a_alone, b_alone = (aligned(terms.alone, which).astype("int64") for which in (0, 1))
        return _WordSums(words, a, b, a_alone, b_alone, squares, with_size, aligned(terms.n_paragraphs, 0), *family)

    def _compare(
        self, words: _WordSums, own: np.ndarray, both: np.ndarray, *, lists_all: bool
    ) -> tuple[dict[str, np.ndarray], dict[str, object]]:
        """The rows of a comparison and the verdict on it; `own` and `both` are sizes of the target and of both texts."""
        tokens, units = _sizes(own, both)
        if self._only_found:
            # Benjamini-Hochberg: a word is found if some j words, itself included, have p below MAX_Q j / n_tested. j is at
            # most the number of words here, so words whose p exceeds this bound can be dropped without changing any other.
            words = words.rows(words.tested)
            limit = MAX_Q * len(words.word) / max(words.n_tested, 1)
            least = one_tailed_p(words.a, words.b, tokens, units, _deviations_of(words, both))
            words = words.rows(least <= limit * _ROUNDING)
        p = np.full(len(words.word), np.nan)
        tested = words.rows(words.tested)
        p[words.tested] = closed_form_p(tested.a, tested.b, tokens, units, _deviations_of(tested, both))
        q = benjamini_hochberg(p, words.n_tested)
        listed = q < MAX_Q
        if not self._only_found:
            listed |= (words.a > 0) | lists_all
        columns = effect_sizes(words.a[listed], words.b[listed], *tokens)
        columns |= {"n_alone_target": words.a_alone[listed], "n_alone_reference": words.b_alone[listed]}
        columns |= {"p": p[listed], "q_bh": q[listed], "word": words.word[listed]}
        columns["range_target"] = words.range_target[listed].astype("int64")
        n_found = int((q < MAX_Q).sum())
        return columns, verdict(n_found, words.n_words, words.n_tested, units, tokens, words.smallest_p)


def _sizes(own: np.ndarray, both: np.ndarray) -> tuple[tuple[int, int], tuple[int, int]]:
    """Tokens and paragraphs of target and reference."""
    return (int(own[0]), int(both[0] - own[0])), (int(own[1]), int(both[1] - own[1]))


def _deviations_of(words: _WordSums, both: np.ndarray) -> np.ndarray:
    return _squared_deviations(words.a + words.b, words.squares, words.with_size, both)


def _squared_deviations(n: np.ndarray, squares: np.ndarray, with_size: np.ndarray, both: np.ndarray) -> np.ndarray:
    """``sum (x - r s)^2`` over the paragraphs of both texts, for `closed_form_p`, multiplied out into the sums at hand."""
    rate = n / both[0]
    found: np.ndarray = squares - 2 * rate * with_size + rate**2 * both[2]
    return found
