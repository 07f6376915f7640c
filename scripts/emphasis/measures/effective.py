"""Keyness between reports: a test whose cost does not grow with the square of their number."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from emphasis.measures.dealt import dealt_p, one_sided_p, smallest_dealt_p
from emphasis.measures.keyness import LEVEL, Comparison, effects, verdict
from emphasis.measures.permutation import benjamini_hochberg
from emphasis.measures.report_terms import ReportTerms

_EXPECTED = 0.5
_PIECE = 64
"""Reports whose rows are put together at once."""
_ROUNDING = 1 + 1e-6
"""More than the rounding errors of a p can come to."""


@dataclass(frozen=True)
class _Words:
    """Words in target and reference: place in the vocabulary, occurrences, sums over the paragraphs of both, range.

    `n_tested` counts the tested words, those that are not among these since their p is 1 included.
    """

    word: np.ndarray
    a: np.ndarray
    b: np.ndarray
    squares: np.ndarray
    with_size: np.ndarray
    range_target: np.ndarray
    n_tested: int

    def rows(self, kept: np.ndarray) -> _Words:
        """The words where `kept` is true."""
        arrays = {name: values[kept] for name, values in vars(self).items() if name != "n_tested"}
        return _Words(**arrays, n_tested=self.n_tested)


class Across:
    """Each report against all others, and against that of the year before of its region.

    Parameters
    ----------
    terms : ReportTerms
    before : mapping of str to str
        The report of the year before of each report that has one.
    min_n : int
        Occurrences in both texts together that a word needs to be tested.
    only_found : bool
        Whether only words with q below 0.05 are listed. Otherwise against the others the words that the report has and
        those that it lacks with q below 0.05; against the year before every tested word.
    """

    def __init__(self, terms: ReportTerms, before: Mapping[str, str], min_n: int, *, only_found: bool = False) -> None:
        self._terms, self._before, self._min_n, self._only_found = terms, before, min_n, only_found
        self._index = {name: i for i, name in enumerate(terms.names)}
        self._n = terms.sum(lambda cells, _: terms.n.data[cells])
        self._squares = terms.sum(lambda cells, _: terms.squares[cells])
        self._with_size = terms.sum(lambda cells, _: terms.with_size[cells])
        self._every = np.array([n.sum() for n in (terms.tokens, terms.paragraphs, terms.size_squares)], dtype="float64")
        self._tested = self._n >= min_n
        self._n_tested = int(self._tested.sum())
        # Filled and cleared again for each pair of reports.
        self._both = np.zeros(len(terms.vocabulary))
        self._place = np.full(len(terms.vocabulary), -1)

    def tables(self) -> Iterator[tuple[pd.DataFrame, pd.DataFrame]]:
        """keyness_across.csv and keyness_across_comparisons.csv, some reports at a time."""
        found: list[tuple[Comparison, dict[str, np.ndarray]]] = []
        verdicts: list[dict[str, object]] = []
        for report, name in enumerate(self._terms.names):
            for columns, row, comparison in self._of(report, name):
                found.append((comparison, columns))
                verdicts.append(vars(comparison) | row)
            if (report + 1) % _PIECE == 0:
                yield _table(found), pd.DataFrame(verdicts)
                found, verdicts = [], []
        yield _table(found), pd.DataFrame(verdicts)

    def _of(self, report: int, name: str) -> Iterator[tuple[dict[str, np.ndarray], dict[str, object], Comparison]]:
        own = self._size(report)
        if len(self._terms.names) > 1:
            comparison = Comparison("report", name, name, "others")
            yield *self._compare(self._others(report, own), own, self._every, comparison), comparison
        before = self._index.get(self._before.get(name, ""))
        if before is not None:
            comparison = Comparison("year", name, name, self._terms.names[before])
            yield *self._compare(self._pair(report, before), own, own + self._size(before), comparison), comparison

    def _size(self, report: int) -> np.ndarray:
        terms = self._terms
        return np.array([terms.tokens[report], terms.paragraphs[report], terms.size_squares[report]], dtype="float64")

    def _others(self, report: int, own: np.ndarray) -> _Words:
        """The tested words that the report has, and those whose absence is not certain to have p = 1."""
        terms, cells = self._terms, self._terms.cells(report)
        word = terms.n.indices[cells]
        # Up to half an occurrence to be expected, none is the likeliest count: p is 1.
        lacking = self._tested & (self._n * (own[0] / self._every[0]) > _EXPECTED)
        lacking[word] = False
        kept = self._tested[word]
        words = np.r_[word[kept], np.flatnonzero(lacking)]
        nothing = np.zeros(len(words) - int(kept.sum()), dtype="int64")
        a = np.r_[terms.n.data[cells][kept], nothing]
        range_target = np.r_[terms.n_paragraphs[cells][kept], nothing]
        b, squares, with_size = self._n[words] - a, self._squares[words], self._with_size[words]
        return _Words(words, a, b, squares, with_size, range_target, self._n_tested)

    def _pair(self, report: int, other: int) -> _Words:
        """The tested words of two reports."""
        terms, pair = self._terms, (self._terms.cells(report), self._terms.cells(other))
        for cells in pair:
            self._both[terms.n.indices[cells]] += terms.n.data[cells]
        words = np.flatnonzero(self._both >= self._min_n)
        self._place[words] = np.arange(len(words))
        places = [self._place[terms.n.indices[cells]] for cells in pair]
        self._both[:], self._place[words] = 0, -1

        def spread(values: np.ndarray, which: int) -> np.ndarray:
            known, of_words = places[which] >= 0, np.zeros(len(words))
            of_words[places[which][known]] = values[pair[which]][known]
            return of_words

        a, b = spread(terms.n.data, 0), spread(terms.n.data, 1)
        squares, with_size = (spread(sums, 0) + spread(sums, 1) for sums in (terms.squares, terms.with_size))
        return _Words(words, a, b, squares, with_size, spread(terms.n_paragraphs, 0), len(words))

    def _compare(
        self, words: _Words, own: np.ndarray, every: np.ndarray, comparison: Comparison
    ) -> tuple[dict[str, np.ndarray], dict[str, object]]:
        tokens, units = (int(own[0]), int(every[0] - own[0])), (int(own[1]), int(every[1] - own[1]))
        if self._only_found:
            # A word is found if the p of j words, its own among them, are below LEVEL j / n_tested: others change nothing.
            limit = LEVEL * len(words.word) / max(words.n_tested, 1)
            possible = one_sided_p(words.a, words.b, tokens, units, _squares(words, every)) <= limit * _ROUNDING
            words = words.rows(possible)
        p = dealt_p(words.a, words.b, tokens, units, _squares(words, every))
        q = benjamini_hochberg(p, words.n_tested)
        kept = q < LEVEL
        if not self._only_found:
            kept |= (words.a > 0) | (comparison.comparison == "year")
        columns = effects(words.a[kept], words.b[kept], *tokens)
        columns |= {"p_permutation": p[kept], "q_bh": q[kept], "range_target": words.range_target[kept].astype("int64")}
        columns["term"] = self._terms.vocabulary[words.word[kept]]
        floor = float(smallest_dealt_p(units))
        return columns, verdict(int((q < LEVEL).sum()), words.n_tested, units, tokens, floor)


def _squares(words: _Words, every: np.ndarray) -> np.ndarray:
    """The squared deviations of `dealt_p`, from sums over paragraphs."""
    rate = (words.a + words.b) / every[0]
    squares: np.ndarray = words.squares - 2 * rate * words.with_size + rate**2 * every[2]
    return squares


def _table(found: list[tuple[Comparison, dict[str, np.ndarray]]]) -> pd.DataFrame:
    if not found:
        return pd.DataFrame()
    sizes = [len(columns["term"]) for _, columns in found]
    table = {name: np.concatenate([columns[name] for _, columns in found]) for name in found[0][1]}
    about = pd.DataFrame([vars(comparison) for comparison, _ in found])
    of_row = np.repeat(np.arange(len(found)), sizes)
    return pd.DataFrame(table | {name: pd.Categorical(values).take(of_row) for name, values in about.items()})
