"""Keyness: which words set one text apart from another, by effect size, with a test and a verdict on each comparison.

`keyness_tables` compares the sections and parts of each report; `emphasis.measures.keyness_across` compares reports.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from math import ceil, comb
from typing import Any

import numpy as np
import pandas as pd

from emphasis.measures.counts import Paragraphs
from emphasis.measures.effect_sizes import effect_sizes
from emphasis.measures.frequency import PARTS
from emphasis.measures.places import PlaceNames, mark_places
from emphasis.measures.significance import benjamini_hochberg, closed_form_p, design_effect, permutation_p
from emphasis.measures.testability import reportable, smallest_closed_form_p, smallest_permutation_p
from emphasis.measures.testing import CLOSED_FORM, MAX_Q, PARAGRAPH, SENTENCE, TEST_OF_SETTING
from emphasis.sections import ancestors
from emphasis.store.codes import string_codes

MAX_DRAWS = 200_000
"""The most divisions that are made, however many words are tested."""
_RESOLUTION = 5
"""How much finer than the p that a single word needs are the p of random divisions: with 1, a word could be reported only if not
one division is as extreme, which is luck."""

_WHOLE, _REVIEW, _PLAN = PARTS
_OF_COMPARISONS = (
    "n_target",
    "n_reference",
    "n_alone_target",
    "n_alone_reference",
    "range_target",
    "smallest_p",
    "p",
    "q",
)
"""Attributes of `WordTests` with a row for each comparison."""

SentenceCounts = Callable[[Sequence[str]], Paragraphs]
"""Of some reports, by their ids: the counts of `emphasis.measures.sentence_units.count_in_sentences`."""


@dataclass(frozen=True)
class KeynessSettings:
    """The settings of a keyness table.

    A word needs `min_n` occurrences in target and reference together to be listed; of these words, `reportable` are tested. As
    both rules ignore on which side the occurrences are, the tests remain valid. `draws` are random divisions of the paragraphs;
    more are made if one word among all tested could not be reported otherwise. `test` is ``draws`` for `permutation_p`,
    ``closed`` for `closed_form_p`, which takes a third of the time.
    """

    min_n: int
    draws: int
    seed: int
    test: str = "draws"

    @property
    def test_name(self) -> str:
        """The value of the column `test`."""
        return TEST_OF_SETTING[self.test]


@dataclass(frozen=True)
class Comparison:
    """The kind of a comparison (``section``, ``part``, ``report``, ``year``), its report, and the two texts."""

    comparison: str
    report_id: str
    target: str
    reference: str


PooledComparisons = tuple[np.ndarray, np.ndarray, list[Comparison]]
"""Comparisons that divide the same U paragraphs: the places of these paragraphs, which of them are the target's in each of T
comparisons, shape (T, U), and the T comparisons."""


def name_tests(p: np.ndarray, name: str) -> pd.Categorical[Any]:
    """The test that gave each p; missing, which is code -1, where p is."""
    return pd.Categorical.from_codes(-np.isnan(p).astype("int8"), pd.Index([name]))


@dataclass(frozen=True)
class WordTests:
    """Tests of W words in T comparisons that divide the same paragraphs: arrays of shape (T, W).

    `word` has the places of the words in the vocabulary, shape (W,); what all words share has shape (T, 1): tokens and
    paragraphs (units) of target and reference. p and q are missing where a word was not tested; `smallest_p` is the smallest
    that it can have.
    """

    word: np.ndarray
    n_target: np.ndarray
    n_reference: np.ndarray
    n_alone_target: np.ndarray
    n_alone_reference: np.ndarray
    range_target: np.ndarray
    smallest_p: np.ndarray
    p: np.ndarray
    q: np.ndarray
    tokens: tuple[np.ndarray, np.ndarray]
    units: tuple[np.ndarray, np.ndarray]

    @property
    def undecidable(self) -> np.ndarray:
        """The comparisons in which no word can be tested."""
        none: np.ndarray = np.isnan(self.p).all(axis=1)
        return none

    def only(self, kept: np.ndarray) -> WordTests:
        """The tests of some of the comparisons, where `kept`, of shape (T,), is true."""
        arrays = {name: getattr(self, name)[kept] for name in _OF_COMPARISONS}
        (own_tokens, tokens), (own_units, units) = self.tokens, self.units
        pairs = {"tokens": (own_tokens[kept], tokens[kept]), "units": (own_units[kept], units[kept])}
        return replace(self, **(arrays | pairs))

    def columns(self, listed: np.ndarray) -> dict[str, np.ndarray]:
        """The rows of keyness.csv where `listed`, of shape (T, W), is true, one comparison after the other, without `test`."""
        comparison, word = np.nonzero(listed)
        sizes = (n[comparison, 0] for n in self.tokens)
        columns = effect_sizes(self.n_target[listed], self.n_reference[listed], *sizes)
        columns |= {name: getattr(self, name)[listed] for name in ("n_alone_target", "n_alone_reference")}
        columns |= {"p": self.p[listed], "q_bh": self.q[listed], "range_target": self.range_target[listed]}
        return columns | {"word": self.word[word]}

    def verdicts(self) -> list[dict[str, object]]:
        """The verdict on each comparison."""
        n_found, n_tested = (self.q < MAX_Q).sum(axis=1).tolist(), (~np.isnan(self.p)).sum(axis=1).tolist()
        smallest = self.smallest_p.min(axis=1, initial=1).tolist()
        units, tokens = (zip(*(n[:, 0].tolist() for n in both), strict=True) for both in (self.units, self.tokens))
        rows = zip(n_found, n_tested, units, tokens, smallest, strict=True)
        return [verdict(n, len(self.word), tested, own_units, own, p) for n, tested, own_units, own, p in rows]


def compute_tests(paragraphs: Paragraphs, pooled: PooledComparisons, settings: KeynessSettings) -> WordTests:
    """Test words in comparisons that divide the same paragraphs.

    The words have at least `min_n` occurrences in both texts together. The `reportable` among them are tested, including those
    that the target lacks; q corrects for their number (see `permutation_p` and `benjamini_hochberg`).
    """
    rows, targets, comparisons = pooled
    own, sizes, inside = paragraphs.counts[rows], paragraphs.sizes[rows], targets.astype("float64")
    word = np.flatnonzero(np.bincount(own.indices, own.data, len(paragraphs.vocabulary)) >= settings.min_n)
    counts = own[:, word].toarray()
    total, present = counts.sum(axis=0), (counts > 0).astype("float64")
    alone = counts if paragraphs.alone is None else paragraphs.alone[rows][:, word].toarray()
    # Sums of whole numbers are exact in whatever order they are made.
    sums = ((inside @ values).astype("int64") for values in (counts, alone, present, sizes[:, None]))
    n_target, n_alone_target, range_target, size_target = sums
    n_reference = total.astype("int64") - n_target
    n_alone_reference = alone.sum(axis=0).astype("int64") - n_alone_target
    tokens = size_target, sizes.sum() - size_target
    own_units = targets.sum(axis=1, keepdims=True)
    units = own_units, targets.shape[1] - own_units
    if settings.test_name == CLOSED_FORM:
        # sum (x - r s)^2 over the paragraphs, multiplied out, so that one product serves all words.
        rate = total / max(int(sizes.sum()), 1)
        squares = (counts**2).sum(axis=0) - 2 * rate * (sizes @ counts)
        squares += rate**2 * (sizes.astype("float64") ** 2).sum()
        smallest = smallest_closed_form_p(total / design_effect(total, squares, targets.shape[1]), tokens, units)
        p = closed_form_p(n_target, n_reference, tokens, units, squares, where=reportable(smallest))
    else:
        smallest, p = smallest_permutation_p(counts, own_units[:, 0]), np.full(n_target.shape, np.nan)
        for i, (comparison, tested) in enumerate(zip(comparisons, reportable(smallest), strict=True)):
            rng = np.random.default_rng([settings.seed, _seed_of(comparison)])
            draws = min(max(settings.draws, ceil(_RESOLUTION * tested.sum() / MAX_Q)), MAX_DRAWS)
            p[i, tested] = permutation_p(counts[:, tested], sizes, targets[i], draws=draws, rng=rng)
            if comb(targets.shape[1], int(own_units[i, 0])) > draws:
                smallest[i] = np.maximum(smallest[i], 1 / (1 + draws))
    counted = n_target, n_reference, n_alone_target, n_alone_reference, range_target
    return WordTests(word, *counted, smallest, p, benjamini_hochberg(p), tokens, units)


def verdict(
    n_found: int, n_words: int, n_tested: int, units: tuple[int, int], tokens: tuple[int, int], smallest_p: float
) -> dict[str, object]:
    """The verdict on a comparison, as columns of keyness_comparisons.csv.

    Units and tokens are those of target and reference; `smallest_p` is the smallest p that any word can have.
    """
    # The p that a word needs to be reported if no other word is.
    needed = MAX_Q / max(n_tested, 1)
    said = "found" if n_found else "none" if n_tested else "undecidable"
    sizes = {"units_target": units[0], "units_reference": units[1]}
    sizes |= {"words_target": tokens[0], "words_reference": tokens[1]}
    numbers = {"n_keywords": n_words, "n_tested": n_tested, "p_smallest": smallest_p, "p_needed": needed}
    return sizes | numbers | {"n_found": n_found, "verdict": said}


def _seed_of(comparison: Comparison) -> int:
    """A seed that depends on the comparison alone, so that its divisions are the same in whatever batch it is made."""
    name = "\n".join(vars(comparison).values())
    return int.from_bytes(hashlib.blake2b(name.encode(), digest_size=8).digest())


def comparisons_within_reports(paragraphs: Paragraphs, sections: pd.DataFrame) -> Iterator[PooledComparisons]:
    """Each section against the rest of its report, and each plan against its review.

    The sections (report_id, section_id, parent_id, level) are the headings of level 2, and those of level 1 without
    subheadings.
    """
    (report, reports), (section, names) = (string_codes(paragraphs.units[name]) for name in ("report_id", "section_id"))
    holders = [set(ancestors(name)) for name in names.to_pylist()]
    role = paragraphs.units["role"].to_numpy(dtype=object)
    compared_sections = _compared_sections(sections)
    for i, report_id in enumerate(reports.to_pylist()):
        rows, own_sections = np.flatnonzero(report == i), compared_sections[report_id]
        own, place = np.unique(section[rows], return_inverse=True)
        held = np.array([[name in holders[s] for s in own] for name in own_sections], dtype=bool)
        inside = held.reshape(-1, len(own))[:, place]
        # Sections with paragraphs, outside which there are paragraphs too.
        divided = np.flatnonzero(inside.any(axis=1) & ~inside.all(axis=1))
        if len(divided):
            comparisons = [Comparison("section", report_id, own_sections[k], "rest") for k in divided]
            yield rows, inside[divided], comparisons
        rows = rows[(role[rows] == _PLAN) | (role[rows] == _REVIEW)]
        plan = role[rows] == _PLAN
        if plan.any() and not plan.all():
            yield rows, plan[None, :], [Comparison("part", report_id, _PLAN, _REVIEW)]


def _compared_sections(sections: pd.DataFrame) -> dict[str, list[str]]:
    """The ids of the sections of each report that are compared with the rest."""
    columns = (sections[name].tolist() for name in ("report_id", "section_id", "parent_id", "level"))
    rows = list(zip(*columns, strict=True))
    parents = {(report_id, parent_id) for report_id, _, parent_id, level in rows if level == 2}
    compared: dict[str, list[str]] = {report_id: [] for report_id, *_ in rows}
    for report_id, section_id, _, level in rows:
        if level == 2 or (level == 1 and (report_id, section_id) not in parents):
            compared[report_id].append(section_id)
    return compared


def keyness_tables(
    paragraphs: Paragraphs,
    outline: pd.DataFrame,
    settings: KeynessSettings,
    *,
    places: PlaceNames | None = None,
    sentences: SentenceCounts | None = None,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """keyness.csv and keyness_comparisons.csv of reports.

    For a section the words that it has are listed, and those that it lacks if that is significant; for plan against review
    every word.

    Paragraphs are the units where they allow a test of any word. In other comparisons, most of them of sections that are one
    paragraph, sentences are, whose protection is smaller: a paragraph keeps to its subject, and its sentences share the words
    of it. Where one to three paragraphs taken at random from one of 26 reports are compared with the rest by sentences, a word
    is found in 30 to 56 % of the comparisons (by paragraphs in at most 5 %), and so it is in 45 % of their sections of one
    paragraph. Words found by sentences say that this passage has a subject of its own, as most have, not that a section
    would keep to it over more paragraphs.

    Parameters
    ----------
    paragraphs : Paragraphs
    outline : DataFrame
        report_id, section_id, parent_id, level of the sections.
    settings : KeynessSettings
    places : mapping of str to collection of str
        Names of each report's region, which are marked.
    sentences : function of report_ids
        Counts with sentences as units; called once, for the reports that need them. Without it, comparisons with too few paragraphs
        stay undecidable.
    """
    return tabulate_tests(
        _tests(paragraphs, outline, settings, sentences), paragraphs.vocabulary, settings, places or {}
    )


@dataclass(frozen=True)
class TestedComparisons:
    """Some comparisons, the tests of their words, and the unit of the tests."""

    comparisons: Sequence[Comparison]
    tests: WordTests
    unit: str = PARAGRAPH


def _tests(
    paragraphs: Paragraphs, outline: pd.DataFrame, settings: KeynessSettings, sentences: SentenceCounts | None
) -> Iterator[TestedComparisons]:
    undecided: set[Comparison] = set()
    for pooled in comparisons_within_reports(paragraphs, outline):
        tests, comparisons = compute_tests(paragraphs, pooled, settings), pooled[2]
        few = tests.undecidable & (sentences is not None)
        undecided |= {comparisons[i] for i in np.flatnonzero(few)}
        if not few.all():
            decided = [comparisons[i] for i in np.flatnonzero(~few)]
            yield TestedComparisons(decided, tests.only(~few))
    if not undecided or sentences is None:
        return
    # All reports at once: most have a section of one paragraph, and what a token holds is looked up once, not for each of them.
    counted = sentences(sorted({comparison.report_id for comparison in undecided}))
    # Words of sentences under the places that they have among those of paragraphs.
    places = np.searchsorted(paragraphs.vocabulary, counted.vocabulary)
    for rows, targets, comparisons in comparisons_within_reports(counted, outline):
        kept = [i for i, comparison in enumerate(comparisons) if comparison in undecided]
        if kept:
            chosen = rows, targets[kept], [comparisons[i] for i in kept]
            tests = compute_tests(counted, chosen, settings)
            yield TestedComparisons(chosen[2], replace(tests, word=places[tests.word]), SENTENCE)


def tabulate_tests(
    tested: Iterable[TestedComparisons], vocabulary: np.ndarray, settings: KeynessSettings, places: PlaceNames
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """keyness.csv and keyness_comparisons.csv from tests; see `keyness_tables`."""
    parts: list[dict[str, np.ndarray]] = []
    labels: list[dict[str, str]] = []
    verdicts: list[dict[str, object]] = []
    n_rows: list[int] = []
    for some in tested:
        tests = some.tests
        lists_all = np.array([comparison.comparison != "section" for comparison in some.comparisons])[:, None]
        listed = lists_all | (tests.n_target > 0) | (tests.q < MAX_Q)
        parts.append(tests.columns(listed))
        n_rows += listed.sum(axis=1).tolist()
        labels += [vars(comparison) | {"unit": some.unit} for comparison in some.comparisons]
        verdicts += tests.verdicts()
    table = stack_rows(parts, labels, n_rows, vocabulary, settings.test_name, places)
    return table, pd.DataFrame([label | own for label, own in zip(labels, verdicts, strict=True)])


def stack_rows(
    parts: Sequence[dict[str, np.ndarray]],
    labels: Sequence[dict[str, str]],
    n_rows: Sequence[int],
    vocabulary: np.ndarray,
    test: str,
    places: PlaceNames,
) -> pd.DataFrame:
    """The rows of several comparisons as one table, from parts of its columns with places in the vocabulary as `word`.

    Each comparison has a label, as a dictionary, and a number of rows.
    """
    if not parts:
        return pd.DataFrame()
    columns = {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
    of_row = np.repeat(np.arange(len(labels)), n_rows)
    texts = {name: pd.Categorical(values).take(of_row) for name, values in pd.DataFrame(labels).items()}
    word = columns.pop("word")
    owner, names = pd.factorize(np.array([label["report_id"] for label in labels], dtype=object))
    marks = mark_places(owner[of_row], word, vocabulary, [places.get(name, ()) for name in names])
    texts["term"] = pd.Categorical.from_codes(word, pd.Index(vocabulary))
    return pd.DataFrame(columns | texts | {"own_place": marks, "test": name_tests(columns["p"], test)})
