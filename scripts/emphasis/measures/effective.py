"""Keyness between reports: a test whose cost does not grow with the square of their number."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.special import betainc, betaincc, gammaln

from emphasis.measures.keyness import LEVEL, Comparison, effects, verdict
from emphasis.measures.permutation import benjamini_hochberg
from emphasis.measures.report_terms import ReportTerms

_EXPECTED = 0.5
_PIECE = 64
"""Reports whose rows are put together at once."""


def dealt_p(
    n_target: np.ndarray, n_reference: np.ndarray, tokens: tuple[int, int], units: tuple[int, int], squares: np.ndarray
) -> np.ndarray:
    """Two-sided p of the difference between two rates when paragraphs are dealt out at random, in closed form.

    With ``a`` and ``b`` occurrences of a word among ``N1`` and ``N2`` tokens, ``x`` its occurrences in a paragraph of ``s``
    tokens, U paragraphs in both texts together and ``r = (a + b) / (N1 + N2)``, let each paragraph fall to the target with
    probability ``pi = N1 / (N1 + N2)``. The deviation of occurrences from r times tokens then has the variance ``V = pi (1 -
    pi) * sum (x - r s)^2``; if words were independent it would be ``B = pi (1 - pi) (a + b)``. The design effect ``d =
    max(1, U / (U - 1) * V / B)`` says how many occurrences are worth one: 1 for a word that stands once here and there, more
    for one that comes in bursts. With I the regularised incomplete beta function, effective counts follow::

        P(c or more)  = I_pi(c / d, (a + b - c) / d + 1)
        P(c or fewer) = 1 - I_pi(c / d + 1, (a + b - c) / d)

    the binomial law at ``c / d`` of ``(a + b) / d`` (design effects: Rao & Scott 1992; effective counts in a binomial law:
    Korn & Graubard 1998). p is the probability of counts as far from ``m = (a + b) pi`` as a is: for ``a >= m`` that of a or
    more plus that of ``2 m - a`` or fewer, for others likewise. It stands for the draws of `permutation_p`, whose cost would
    grow with the square of the number of reports, and is like these meant for words that come in bursts; unlike them it is
    not misled by reports whose paragraphs are longer or shorter than those of others. p is never below ``1 / C(U, k)`` with
    k paragraphs in the target, what one way of dealing among all is worth.

    Parameters
    ----------
    n_target, n_reference : array of shape (V,)
    tokens, units : (int, int)
        Tokens and paragraphs of target and reference.
    squares : array of shape (V,)
        ``sum (x - r s)^2`` over the paragraphs of both.

    References
    ----------
    Given from memory; not checked against the publications.

    Rao, J. N. K. & Scott, A. J. (1992). A simple method for the analysis of clustered binary data. Biometrics 48(2), 577-585.
    Korn, E. L. & Graubard, B. I. (1998). Confidence intervals for proportions with small expected number of positive counts
    estimated from survey data. Survey Methodology 24(2), 193-201.
    """
    pi = tokens[0] / sum(tokens)
    a, b = n_target.astype("float64"), n_reference.astype("float64")
    d = np.maximum(1, sum(units) / max(sum(units) - 1, 1) * squares / (a + b))
    middle = (a + b) * pi
    above = a >= middle
    mirrored = 2 * middle - a
    # Counts are whole; a rounding error must not move one.
    more = _more(np.where(above, a, np.ceil(mirrored - 1e-9)), a + b, d, pi)
    fewer = _fewer(np.where(above, np.floor(mirrored + 1e-9), a), a + b, d, pi)
    p: np.ndarray = np.clip(more + fewer, smallest_dealt_p(units), 1)
    return p


def _more(count: np.ndarray, every: np.ndarray, d: np.ndarray, pi: float) -> np.ndarray:
    found = betainc(np.maximum(count, 1) / d, np.maximum(every - count, 0) / d + 1, pi)
    return np.where(count <= 0, 1.0, np.where(count > every, 0.0, found))


def _fewer(count: np.ndarray, every: np.ndarray, d: np.ndarray, pi: float) -> np.ndarray:
    found = betaincc(np.maximum(count, 0) / d + 1, np.maximum(every - count, 1) / d, pi)
    return np.where(count < 0, 0.0, np.where(count >= every, 1.0, found))


def smallest_dealt_p(units: tuple[int, int]) -> float:
    """What one way of dealing is worth: ``1 / C(U, k)``."""
    k, rest = units
    return float(np.exp(gammaln(k + 1) + gammaln(rest + 1) - gammaln(k + rest + 1)))


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
        floor = smallest_dealt_p(units)
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
