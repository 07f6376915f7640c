"""Keyness: which words set one text apart from another, by effect size, with a test and a verdict on each comparison.

`keyness_tables` compares the sections and parts of each report; `emphasis.measures.keyness_across` compares reports.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any

import numpy as np
import pandas as pd
from scipy.special import xlogy

from emphasis.measures.counts import Paragraphs
from emphasis.measures.frequency import PARTS
from emphasis.measures.significance import (
    IntOrArray,
    benjamini_hochberg,
    closed_form_p,
    permutation_p,
    smallest_closed_form_p,
    smallest_permutation_p,
)
from emphasis.measures.testing import CLOSED_FORM, MAX_Q, TEST_OF_SETTING
from emphasis.sections import ancestors
from emphasis.store.codes import string_codes

MAX_DRAWS = 200_000
"""The most divisions that are made, however many words are tested."""

PRIOR = 1_000
"""Weight of the prior of the log-odds, in tokens. A choice of this project."""

_WHOLE, _REVIEW, _PLAN = PARTS


@dataclass(frozen=True)
class KeynessSettings:
    """The settings of a keyness table.

    A word needs `min_n` occurrences in target and reference together to be tested; as the rule ignores on which side they
    are, the tests remain valid. `draws` are random divisions of the paragraphs; more are made if one word among all tested
    could not be reported otherwise. `test` is ``draws`` for `permutation_p`, ``closed`` for `closed_form_p`, which takes a
    third of the time.
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


def effect_sizes(
    n_target: np.ndarray, n_reference: np.ndarray, size_target: IntOrArray, size_reference: IntOrArray
) -> dict[str, np.ndarray]:
    """Effect sizes of words in a target against a reference.

    For a word with ``a`` occurrences among the ``N1`` tokens of the target and ``b`` among the ``N2`` of the reference::

        per_10k_target    = 10,000 a / N1                       (likewise the reference)
        log_ratio         = log2( ((a + 0.5) / (N1 + 1)) / ((b + 0.5) / (N2 + 1)) )
        pct_diff          = 100 ((a / N1) / (b / N2) - 1)         missing when b = 0
        g2                = 2 * sum over the four cells of O ln(O / E), with E from the margins
        log_odds_z        = delta / sqrt(1 / (a + w) + 1 / (b + w)), where
          delta           = ln((a + w) / (N1 + A - a - w)) - ln((b + w) / (N2 + A - b - w))
          w               = A (a + b) / (N1 + N2), A = 1,000

    `log_ratio`, which tables are sorted by, is Hardie's with (x + 0.5) / (N + 1) in place of x / N, a choice of this project:
    it stays finite at zero and draws rare words towards 0. +1 is twice the rate, -1 half. `pct_diff` is that of Gabrielatos & Marchi. `g2` is Dunning's likelihood ratio over the
    table word or not x target or reference; a form with the two cells of the word alone, which is in use too, is slightly smaller. It
    grows with the size of the texts and counts words as independent, so it is no test here. `log_odds_z` is Monroe, Colaresi & Quinn's log-odds with an informative Dirichlet prior, which is taken
    from target and reference together and weighs 1,000 tokens (a choice of this project). All but `g2` are negative for
    words that the target uses less.

    Parameters
    ----------
    n_target, n_reference : array of shape (V,)
        Occurrences; at least one of the two is above zero.
    size_target, size_reference : int, or an array with one for each word
        Tokens.

    Returns
    -------
    dict of arrays of shape (V,)
        n_target, n_reference, per_10k_target, per_10k_reference, log_ratio, pct_diff, g2, log_odds_z.

    References
    ----------
    Bibliographic data and formulas agree with other programs that cite them (keyperm and tidylo in R, Wordless, the page of
    CASS, FightingWords in Python); the publications were not read.

    Dunning, T. (1993). Accurate methods for the statistics of surprise and coincidence. Computational Linguistics 19(1),
    61-74.
    Hardie, A. (2014). Log Ratio: an informal introduction. ESRC Centre for Corpus Approaches to Social Science (CASS).
    Gabrielatos, C. & Marchi, A. (2012). Keyness: appropriate metrics and practical issues. CADS International Conference,
    University of Bologna, 13-14 September.
    Monroe, B. L., Colaresi, M. P. & Quinn, K. M. (2008). Fightin' words: lexical feature selection and evaluation for
    identifying the content of political conflict. Political Analysis 16(4), 372-403.
    """
    a, b = n_target.astype("float64"), n_reference.astype("float64")
    rate_a, rate_b = a / size_target, b / size_reference
    both, total = a + b, size_target + size_reference
    rest = total - both
    cells = [(a, both, size_target), (b, both, size_reference)]
    cells += [(size_target - a, rest, size_target), (size_reference - b, rest, size_reference)]
    g2 = 2 * sum(xlogy(o, o) - xlogy(o, np.maximum(row * side / total, 1e-300)) for o, row, side in cells)
    w = PRIOR * both / total
    odds_a, odds_b = (a + w) / (size_target + PRIOR - a - w), (b + w) / (size_reference + PRIOR - b - w)
    with np.errstate(divide="ignore", invalid="ignore"):
        difference = np.where(b > 0, 100 * (rate_a / rate_b - 1), np.nan)
    return {
        "n_target": n_target.astype("int64"),
        "n_reference": n_reference.astype("int64"),
        "per_10k_target": 10_000 * rate_a,
        "per_10k_reference": 10_000 * rate_b,
        "log_ratio": np.log2((a + 0.5) / (size_target + 1)) - np.log2((b + 0.5) / (size_reference + 1)),
        "pct_diff": difference,
        "g2": np.maximum(g2, 0),
        "log_odds_z": np.log(odds_a / odds_b) / np.sqrt(1 / (a + w) + 1 / (b + w)),
    }


def name_tests(p: np.ndarray, name: str) -> pd.Categorical[Any]:
    """The test that gave each p; missing, which is code -1, where p is."""
    return pd.Categorical.from_codes(-np.isnan(p).astype("int8"), pd.Index([name]))


@dataclass(frozen=True)
class WordTests:
    """Tests of W words in T comparisons that divide the same paragraphs: arrays of shape (T, W).

    `word` has the places of the words in the vocabulary, shape (W,); what all words share has shape (T, 1): tokens and
    paragraphs (units) of target and reference, and the smallest p that a word can have.
    """

    word: np.ndarray
    n_target: np.ndarray
    n_reference: np.ndarray
    range_target: np.ndarray
    p: np.ndarray
    q: np.ndarray
    tokens: tuple[np.ndarray, np.ndarray]
    units: tuple[np.ndarray, np.ndarray]
    smallest_p: np.ndarray

    def columns(self, listed: np.ndarray) -> dict[str, np.ndarray]:
        """The rows of keyness.csv where `listed`, of shape (T, W), is true, one comparison after the other, without `test`."""
        comparison, word = np.nonzero(listed)
        sizes = (n[comparison, 0] for n in self.tokens)
        columns = effect_sizes(self.n_target[listed], self.n_reference[listed], *sizes)
        columns |= {"p": self.p[listed], "q_bh": self.q[listed], "range_target": self.range_target[listed]}
        return columns | {"word": self.word[word]}

    def verdicts(self) -> list[dict[str, object]]:
        """The verdict on each comparison."""
        n_found = (self.q < MAX_Q).sum(axis=1).tolist()
        units, tokens = (zip(*(n[:, 0].tolist() for n in both), strict=True) for both in (self.units, self.tokens))
        rows = zip(n_found, units, tokens, self.smallest_p[:, 0].tolist(), strict=True)
        return [verdict(n, len(self.word), own_units, own, smallest) for n, own_units, own, smallest in rows]


def compute_tests(paragraphs: Paragraphs, pooled: PooledComparisons, settings: KeynessSettings) -> WordTests:
    """Test words in comparisons that divide the same paragraphs.

    Every word with at least `min_n` occurrences in both texts together is tested, including those that the target lacks; q
    corrects for their number (see `permutation_p` and `benjamini_hochberg`).
    """
    rows, targets, comparisons = pooled
    own, sizes, inside = paragraphs.counts[rows], paragraphs.sizes[rows], targets.astype("float64")
    word = np.flatnonzero(np.bincount(own.indices, own.data, len(paragraphs.vocabulary)) >= settings.min_n)
    counts = own[:, word].toarray()
    total, present = counts.sum(axis=0), (counts > 0).astype("float64")
    # Sums of whole numbers are exact in whatever order they are made.
    sums = ((inside @ values).astype("int64") for values in (counts, present, sizes[:, None]))
    n_target, range_target, size_target = sums
    n_reference = total.astype("int64") - n_target
    tokens = size_target, sizes.sum() - size_target
    own_units = targets.sum(axis=1, keepdims=True)
    units = own_units, targets.shape[1] - own_units
    if settings.test_name == CLOSED_FORM:
        # sum (x - r s)^2 over the paragraphs, multiplied out, so that one product serves all words.
        rate = total / max(int(sizes.sum()), 1)
        squares = (counts**2).sum(axis=0) - 2 * rate * (sizes @ counts)
        squares += rate**2 * (sizes.astype("float64") ** 2).sum()
        p = closed_form_p(n_target, n_reference, tokens, units, squares)
        smallest = smallest_closed_form_p(units)
    else:
        # Enough divisions for one word's p to fall below `MAX_Q` divided by the number of words.
        draws = min(max(settings.draws, ceil(len(word) / MAX_Q)), MAX_DRAWS)
        p, smallest = np.empty(n_target.shape), np.empty(own_units.shape)
        for i, comparison in enumerate(comparisons):
            rng = np.random.default_rng([settings.seed, _seed_of(comparison)])
            p[i] = permutation_p(counts, sizes, targets[i], draws=draws, rng=rng)
            smallest[i] = smallest_permutation_p(targets.shape[1], int(own_units[i, 0]), draws)
    return WordTests(word, n_target, n_reference, range_target, p, benjamini_hochberg(p), tokens, units, smallest)


def verdict(
    n_found: int, n_tested: int, units: tuple[int, int], tokens: tuple[int, int], smallest_p: float
) -> dict[str, object]:
    """The verdict on a comparison, as columns of keyness_comparisons.csv.

    Units and tokens are those of target and reference; `smallest_p` is the smallest p that a word can have.
    """
    # The p that a word needs to be reported if no other word is.
    needed = MAX_Q / max(n_tested, 1)
    said = "found" if n_found else "none" if smallest_p <= needed else "undecidable"
    sizes = {"units_target": units[0], "units_reference": units[1]}
    sizes |= {"tokens_target": tokens[0], "tokens_reference": tokens[1]}
    numbers = {"n_tested": n_tested, "p_smallest": smallest_p, "p_needed": needed, "n_found": n_found}
    return sizes | numbers | {"verdict": said}


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
    paragraphs: Paragraphs, pooled: Iterable[PooledComparisons], settings: KeynessSettings
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """keyness.csv and keyness_comparisons.csv.

    For a section the words that it has are listed, and those that it lacks if that is significant; for plan against review
    every tested word.
    """
    parts: list[dict[str, np.ndarray]] = []
    labels: list[dict[str, str]] = []
    verdicts: list[dict[str, object]] = []
    n_rows: list[int] = []
    for divided in pooled:
        tests, own = compute_tests(paragraphs, divided, settings), divided[2]
        lists_all = np.array([comparison.comparison != "section" for comparison in own])[:, None]
        listed = lists_all | (tests.n_target > 0) | (tests.q < MAX_Q)
        parts.append(tests.columns(listed))
        n_rows += listed.sum(axis=1).tolist()
        labels += map(vars, own)
        verdicts += tests.verdicts()
    table = stack_rows(parts, labels, n_rows, paragraphs.vocabulary, settings.test_name)
    return table, pd.DataFrame([label | own for label, own in zip(labels, verdicts, strict=True)])


def stack_rows(
    parts: Sequence[dict[str, np.ndarray]],
    labels: Sequence[dict[str, str]],
    n_rows: Sequence[int],
    vocabulary: np.ndarray,
    test: str,
) -> pd.DataFrame:
    """The rows of several comparisons as one table, from parts of its columns with places in the vocabulary as `word`.

    Each comparison has a label, as a dictionary, and a number of rows.
    """
    if not parts:
        return pd.DataFrame()
    columns = {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
    of_row = np.repeat(np.arange(len(labels)), n_rows)
    texts = {name: pd.Categorical(values).take(of_row) for name, values in pd.DataFrame(labels).items()}
    texts["term"] = pd.Categorical.from_codes(columns.pop("word"), pd.Index(vocabulary))
    return pd.DataFrame(columns | texts | {"test": name_tests(columns["p"], test)})
