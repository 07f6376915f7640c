"""Keyness between reports: a test whose cost does not grow with the square of their number."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from emphasis.measures.dealt import dealt_p, smallest_dealt_p
from emphasis.measures.keyness import LEVEL, Comparison, effects, verdict
from emphasis.measures.permutation import benjamini_hochberg
from emphasis.measures.report_terms import ReportTerms

_EXPECTED = 0.5
_PIECE = 64
"""Reports whose rows are put together at once."""


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
        self._n = terms.sum(terms.n.data)
        self._squares, self._with_size = terms.sum(terms.squares), terms.sum(terms.with_size)
        self._tested = self._n >= min_n
        self._n_tested = int(self._tested.sum())
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
            every = np.stack([self._terms.tokens, self._terms.paragraphs, self._terms.size_squares]).sum(axis=1)
            comparison = Comparison("report", name, name, "others")
            yield *self._compare(self._others(report, own, every), own, every, comparison), comparison
        before = self._index.get(self._before.get(name, ""))
        if before is not None:
            comparison = Comparison("year", name, name, self._terms.names[before])
            yield *self._compare(self._pair(report, before), own, own + self._size(before), comparison), comparison

    def _size(self, report: int) -> np.ndarray:
        terms = self._terms
        return np.array([terms.tokens[report], terms.paragraphs[report], terms.size_squares[report]], dtype="float64")

    def _others(self, report: int, own: np.ndarray, every: np.ndarray) -> _Words:
        """The tested words that the report has, and those whose absence is not certain to have p = 1."""
        terms, cells = self._terms, self._terms.cells(report)
        word = terms.n.indices[cells]
        # Up to half an occurrence to be expected, none is the likeliest count: p is 1.
        lacking = self._tested & (self._n * (own[0] / every[0]) > _EXPECTED)
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
        terms, one, two = self._terms, self._terms.cells(report), self._terms.cells(other)
        words = np.union1d(terms.n.indices[one], terms.n.indices[two])
        self._place[words] = np.arange(len(words))
        of_one, of_two = self._place[terms.n.indices[one]], self._place[terms.n.indices[two]]

        def both(values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
            spread = np.zeros((2, len(words)))
            spread[0, of_one], spread[1, of_two] = values[one], values[two]
            return spread[0], spread[1]

        a, b = both(terms.n.data)
        kept = a + b >= self._min_n
        squares, with_size = (np.add(*both(values))[kept] for values in (terms.squares, terms.with_size))
        range_target = both(terms.n_paragraphs)[0][kept]
        return _Words(words[kept], a[kept], b[kept], squares, with_size, range_target, int(kept.sum()))

    def _compare(
        self, words: _Words, own: np.ndarray, every: np.ndarray, comparison: Comparison
    ) -> tuple[dict[str, np.ndarray], dict[str, object]]:
        tokens, units = (int(own[0]), int(every[0] - own[0])), (int(own[1]), int(every[1] - own[1]))
        rate = (words.a + words.b) / every[0]
        squares = words.squares - 2 * rate * words.with_size + rate**2 * every[2]
        p = dealt_p(words.a, words.b, tokens, units, squares)
        q = benjamini_hochberg(p, words.n_tested)
        kept = q < LEVEL
        if not self._only_found:
            kept |= (words.a > 0) | (comparison.comparison == "year")
        columns = effects(words.a[kept], words.b[kept], *tokens)
        columns |= {"p_permutation": p[kept], "q_bh": q[kept], "range_target": words.range_target[kept].astype("int64")}
        columns["term"] = self._terms.vocabulary[words.word[kept]]
        floor = float(smallest_dealt_p(units))
        return columns, verdict(int((q < LEVEL).sum()), words.n_tested, units, tokens, floor)


def _table(found: list[tuple[Comparison, dict[str, np.ndarray]]]) -> pd.DataFrame:
    if not found:
        return pd.DataFrame()
    sizes = [len(columns["term"]) for _, columns in found]
    table = {name: np.concatenate([columns[name] for _, columns in found]) for name in found[0][1]}
    names = {name: [getattr(c, name) for c, _ in found] for name in vars(found[0][0])}
    return pd.DataFrame(
        table | {name: np.repeat(np.array(values, dtype=object), sizes) for name, values in names.items()}
    )
