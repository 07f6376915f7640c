"""Keyness between reports: a test whose cost does not grow with the square of their number."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from emphasis.measures.counts import Paragraphs
from emphasis.measures.keyness import LEVEL, Comparison, Significance, effects, test, verdict
from emphasis.measures.report_terms import ReportTerms
from emphasis.measures.significance import benjamini_hochberg, dealt_p, one_sided_p, smallest_dealt_p
from emphasis.sections import ancestors
from emphasis.store.codes import string_codes

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


Chosen = tuple[np.ndarray, np.ndarray, list[Comparison]]
"""The U paragraphs of target and reference, by their places; which of them are the target's in each of T comparisons, shape
(T, U); and what these are called."""


def within(paragraphs: Paragraphs, sections: pd.DataFrame) -> Iterator[Chosen]:
    """Each section against the rest of its report, and each plan against its review.

    The sections are the headings of level 2, and those of level 1 that have none below them.

    Parameters
    ----------
    paragraphs : Paragraphs
        Of one or more reports.
    sections : DataFrame
        report_id, section_id, parent_id, level.
    """
    (report, reports), (section, names) = (string_codes(paragraphs.units[name]) for name in ("report_id", "section_id"))
    holders = [set(ancestors(name)) for name in names.to_pylist()]
    role = paragraphs.units["role"].to_numpy(dtype=object)
    headings = _headings(sections)
    for i, report_id in enumerate(reports.to_pylist()):
        rows = np.flatnonzero(report == i)
        own, place = np.unique(section[rows], return_inverse=True)
        held = np.array([[name in holders[s] for s in own] for name in headings[report_id]], dtype=bool)
        inside = held.reshape(-1, len(own))[:, place]
        # Those that leave a rest.
        kept = np.flatnonzero(inside.any(axis=1) & ~inside.all(axis=1))
        if len(kept):
            called = [Comparison("section", report_id, headings[report_id][k], "rest") for k in kept]
            yield rows, inside[kept], called
        rows = rows[(role[rows] == "plan") | (role[rows] == "review")]
        plan = role[rows] == "plan"
        if plan.any() and not plan.all():
            yield rows, plan[None, :], [Comparison("part", report_id, "plan", "review")]


def _headings(sections: pd.DataFrame) -> dict[str, list[str]]:
    """The sections of each report that are compared."""
    columns = (sections[name].tolist() for name in ("report_id", "section_id", "parent_id", "level"))
    rows = list(zip(*columns, strict=True))
    parents = {(report_id, parent_id) for report_id, _, parent_id, level in rows if level == 2}
    found: dict[str, list[str]] = {report_id: [] for report_id, *_ in rows}
    for report_id, section_id, _, level in rows:
        if level == 2 or (level == 1 and (report_id, section_id) not in parents):
            found[report_id].append(section_id)
    return found


def year_pairs(reports: pd.DataFrame) -> list[tuple[str, str]]:
    """Each report with that of the year before of the same region; of several for one year the first by name."""
    known = reports[reports["year"].notna() & (reports["region"] != "")].sort_values("report_id")
    place = known["adcode"].where(known["adcode"] != "", known["region"])
    first: dict[tuple[str, int], str] = {}
    for key, year, report_id in zip(place, known["year"], known["report_id"], strict=True):
        first.setdefault((key, int(year)), report_id)
    return sorted((report_id, first[p, y - 1]) for (p, y), report_id in first.items() if (p, y - 1) in first)


def keyness_tables(
    paragraphs: Paragraphs, chosen: Iterable[Chosen], significance: Significance
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """keyness.csv and keyness_comparisons.csv.

    Of a section the rows are the words that it has, and those that it lacks when that is significant; of plan and review
    every tested word is listed.
    """
    found: list[dict[str, np.ndarray]] = []
    made: list[Comparison] = []
    verdicts: list[dict[str, object]] = []
    sizes: list[np.ndarray] = []
    for rows, targets, comparisons in chosen:
        tests = test(paragraphs.pool(rows, significance.min_n), targets, comparisons, significance)
        every = np.array([comparison.comparison != "section" for comparison in comparisons])[:, None]
        kept = every | (tests.n_target > 0) | (tests.q < LEVEL)
        found.append(tests.columns(kept))
        sizes.append(kept.sum(axis=1))
        made += comparisons
        verdicts += tests.verdicts()
    if not found:
        return pd.DataFrame(), pd.DataFrame()
    columns = {name: np.concatenate([part[name] for part in found]) for name in found[0]}
    about = pd.DataFrame(list(map(vars, made)))
    of_row = np.repeat(np.arange(len(made)), np.concatenate(sizes))
    texts = {name: pd.Categorical(values).take(of_row) for name, values in about.items()}
    texts["term"] = pd.Categorical.from_codes(columns.pop("word"), pd.Index(paragraphs.vocabulary))
    return pd.DataFrame(columns | texts), pd.concat([about, pd.DataFrame(verdicts)], axis=1)
