"""What sets groups of reports apart: words, themes, policy areas and topics, with reports as the units of the tests."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import ceil, comb
from typing import Any

import numpy as np
import pandas as pd
from scipy import sparse

from emphasis.measures.effect_sizes import effect_sizes
from emphasis.measures.report_pairs import placed_reports
from emphasis.measures.significance import benjamini_hochberg, closed_form_p, design_effect, permutation_p
from emphasis.measures.testability import reportable, smallest_closed_form_p, smallest_permutation_p
from emphasis.measures.testing import CLOSED_FORM, MAX_Q, PERMUTATION

MIN_UNITS = 4
"""Fewer reports (or regions) on either side say nothing: of 3 and 3 the smallest p is 0.1."""
PERMUTED_UNITS = 40
"""Up to so many units the test is one by permutation, beyond it the one in closed form, whose cost does not grow with draws."""
SHARE_SCALE = 10_000
"""Shares without a count behind them are counted in units of 1 / 10,000, so that sums are whole numbers."""
_MAX_DRAWS = 200_000
_RESOLUTION = 5
"""How much finer than the p that a single item needs are the p of random divisions."""
_CELLS = 4_000_000
"""Counts that are held densely at once."""
_LISTED_P = 0.05
"""Words with a larger p are not listed."""
REPORT, REGION = "report", "region"


@dataclass(frozen=True)
class Measure:
    """What R reports have of V items of one kind.

    Attributes
    ----------
    kind : str
        ``word``, ``theme``, ``area`` or ``topic``.
    items, labels : array of V str
        Their names, and what they are called where that is another name.
    report_ids : sequence of R str
    n : sparse array of shape (R, V)
        Whole numbers.
    sizes : array of shape (R,)
        What n is a part of; a report with 0 is left out.
    """

    kind: str
    items: np.ndarray
    labels: np.ndarray
    report_ids: Sequence[str]
    n: sparse.csr_array
    sizes: np.ndarray


@dataclass(frozen=True)
class GroupSettings:
    """`min_n` occurrences in all units together that a word needs to be tested; random divisions at least; the seed."""

    min_n: int
    draws: int
    seed: int


def count_measure(kind: str, counts: pd.DataFrame) -> Measure:
    """A measure from counts: report_id, item, label, n, size, which is the same for all items of a report."""
    wide = counts.pivot(index="report_id", columns="item", values="n").fillna(0)
    sizes = counts.drop_duplicates("report_id").set_index("report_id")["size"].reindex(wide.index).fillna(0)
    n = sparse.csr_array(np.rint(wide.to_numpy("float64")).astype("int64"))
    return _measure(kind, wide, counts, n, np.rint(sizes.to_numpy("float64")).astype("int64"))


def share_measure(kind: str, shares: pd.DataFrame) -> Measure:
    """A measure from shares: report_id, item, label, share; a report with a missing share is left out."""
    wide = shares.pivot(index="report_id", columns="item", values="share").dropna()
    n = sparse.csr_array(np.rint(wide.to_numpy("float64") * SHARE_SCALE).astype("int64"))
    return _measure(kind, wide, shares, n, np.full(len(wide), SHARE_SCALE, dtype="int64"))


def _measure(kind: str, wide: pd.DataFrame, long: pd.DataFrame, n: sparse.csr_array, sizes: np.ndarray) -> Measure:
    labels = long.drop_duplicates("item").set_index("item")["label"].reindex(wide.columns)
    items, names = wide.columns.to_numpy(dtype=object), labels.to_numpy(dtype=object)
    return Measure(kind, items, names, wide.index.tolist(), n, sizes)


def group_units(grouping: Mapping[str, str], reports: pd.DataFrame) -> tuple[str, dict[str, str]]:
    """Whether the units of a grouping are reports or regions, and the unit of each report that is in a group.

    Reports of one region resemble each other. Where each region's reports are all in one group, regions were grouped, and they
    are the units: the reports of a region are taken together. Otherwise reports were grouped, and each is a unit. A report of an unknown
    region is a region of its own.
    """
    places = reports[["report_id"]].merge(placed_reports(reports.assign(year=1))[["report_id", "place"]], how="left")
    place = dict(zip(places["report_id"], places["place"].fillna(""), strict=True))
    unit = {report_id: f"{place[report_id]}" or f"\n{report_id}" for report_id in grouping if report_id in place}
    groups: dict[str, set[str]] = {}
    for report_id, name in unit.items():
        groups.setdefault(name, set()).add(grouping[report_id])
    if len(groups) < len(unit) and all(len(own) == 1 for own in groups.values()):
        return REGION, unit
    return REPORT, {report_id: report_id for report_id in unit}


def compare_groups(
    groupings: Mapping[str, Mapping[str, str]],
    reports: pd.DataFrame,
    measures: Iterable[Measure],
    settings: GroupSettings,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Each group of reports against the other groups of its grouping: which items it has more or less of.

    A group is compared with all other reports that have a value in the column. Units are reports, or regions where each region's
    reports are all in one group (`group_units`). With a of N1 in the units of the group and b of N2 in the others::

        per_10k       = 10,000 a / N1                (likewise the others, per_10k_rest)
        log_ratio, log_odds                          as in `emphasis.measures.effect_sizes.effect_sizes`

    where N are words for words (occurrences) and themes (words of hits), and for areas and topics the mean share of a unit's reports
    is a / N: 500 of 10,000 is 5 %.

    p is that of `emphasis.measures.significance.permutation_p` with units in place of paragraphs: the units of the group might be
    any of all units. Beyond 40 units it is that of `closed_form_p`. Of the items of a kind (words with at least `min_n`
    occurrences) those are tested that could be found at all (`reportable`), and q corrects for their number: a family is a kind
    in a comparison. If reports were grouped at random, the chance that a comparison finds anything of a kind is some 0.05; with
    several kinds, groups and groupings something is found by chance more often, and a grouping has to be chosen before the
    results are seen. Measured with words, 19 of 300 random halves of 23 provincial reports found any, and 3 of 200 random
    halves of 193 reports, by the closed form. Found is what has q below 0.05; words are listed that have p up to 0.05.

    Reports of one region resemble each other: where reports are the units and a group has several of a region, such as those
    of one plan period, p is too small by as much. A difference between groups has as many causes as the groups differ in, most
    of all the years and levels of their reports.

    With fewer than four units on either side nothing is tested; the verdict says so.

    Parameters
    ----------
    groupings : mapping
        For each grouping the group of each report; reports without one are left out.
    reports : DataFrame
        report_id, region, adcode.
    measures : iterable of Measure
    settings : GroupSettings

    Returns
    -------
    DataFrame
        grouping, group, kind, item, label, per_10k, per_10k_rest, log_odds, log_ratio, units_with, units_with_rest, p, q_bh; the
        words with p up to 0.05, found or not, and all themes, areas and topics.
    DataFrame
        grouping, group, kind, unit, n_reports, n_reports_rest, n_units, n_units_rest, n_items, n_tested, test, p_smallest, n_found,
        verdict (some found, nothing found, undecidable, too few); groups of a single report are left out.
    """
    rows, comparisons = [], []
    units = {name: group_units(grouping, reports) for name, grouping in groupings.items()}
    for measure in measures:
        for name, grouping in groupings.items():
            for found, said in _compare_kind(name, grouping, units[name], measure, settings):
                rows.append(found)
                comparisons.append(said)
    rows = [row for row in rows if len(row)]
    return pd.concat(rows, ignore_index=True) if rows else pd.DataFrame(), pd.DataFrame(comparisons)


def _compare_kind(
    name: str, grouping: Mapping[str, str], units: tuple[str, dict[str, str]], measure: Measure, settings: GroupSettings
) -> Iterator[tuple[pd.DataFrame, dict[str, Any]]]:
    """The comparisons of one grouping by one measure."""
    unit, unit_of = units
    kept = [i for i, own in enumerate(measure.report_ids) if own in unit_of and measure.sizes[i] > 0]
    owner, names = pd.factorize(pd.Series([unit_of[measure.report_ids[i]] for i in kept], dtype="object"), sort=True)
    join = sparse.csr_array((np.ones(len(kept), dtype="int64"), (owner, np.arange(len(kept)))), (len(names), len(kept)))
    n, sizes = sparse.csc_array(join @ measure.n[kept]), join @ measure.sizes[kept]
    group_of = np.full(len(names), "", dtype=object)
    group_of[owner] = [grouping[measure.report_ids[i]] for i in kept]
    n_reports = np.bincount(owner, minlength=len(names))
    for group in sorted(set(group_of)):
        inside = group_of == group
        if n_reports[inside].sum() < 2:
            continue
        said: dict[str, Any] = {"grouping": name, "group": group, "kind": measure.kind, "unit": unit}
        said |= {"n_reports": int(n_reports[inside].sum()), "n_reports_rest": int(n_reports[~inside].sum())}
        said |= {"n_units": int(inside.sum()), "n_units_rest": int((~inside).sum()), "n_items": n.shape[1]}
        said |= {"n_tested": 0, "test": "", "p_smallest": np.nan, "n_found": 0, "verdict": "too few"}
        if min(said["n_units"], said["n_units_rest"]) < MIN_UNITS:
            yield pd.DataFrame(), said
            continue
        seed = int.from_bytes(hashlib.blake2b(f"{name}\n{group}\n{measure.kind}".encode(), digest_size=8).digest())
        found, result = _test(n, sizes, inside, measure, settings, [settings.seed, seed])
        yield found.assign(grouping=name, group=group, kind=measure.kind), said | result


def _test(
    n: sparse.csc_array,
    sizes: np.ndarray,
    inside: np.ndarray,
    measure: Measure,
    settings: GroupSettings,
    seed: Sequence[int],
) -> tuple[pd.DataFrame, dict[str, Any]]:
    """The rows of one comparison of units, and its entry in the table of comparisons."""
    total = np.asarray(n.sum(axis=0)).ravel()
    word = np.flatnonzero(total >= (settings.min_n if measure.kind == "word" else 1))
    permuted = len(inside) <= PERMUTED_UNITS
    smallest, p = _p_values(n, word, sizes, inside, settings.draws if permuted else 0, seed)
    q, n_tested = benjamini_hochberg(p), int((~np.isnan(p)).sum())
    n_found = int((q < MAX_Q).sum())
    verdict = "some found" if n_found else "nothing found" if n_tested else "undecidable"
    said = {"n_items": len(word), "n_tested": n_tested, "test": PERMUTATION if permuted else CLOSED_FORM}
    said |= {"p_smallest": float(smallest.min(initial=1)), "n_found": n_found, "verdict": verdict}
    listed = (p <= _LISTED_P) | (measure.kind != "word")
    rows = _effects(n[:, word[listed]], sizes, inside)
    rows |= {"item": measure.items[word[listed]], "label": measure.labels[word[listed]]}
    return pd.DataFrame(rows | {"p": p[listed], "q_bh": q[listed]}), said


def _p_values(
    n: sparse.csc_array, word: np.ndarray, sizes: np.ndarray, inside: np.ndarray, draws: int, seed: Sequence[int]
) -> tuple[np.ndarray, np.ndarray]:
    """The smallest p that each word can have, and its p, missing where it is not tested; by random divisions, or in closed form without `draws`."""
    units = (int(inside.sum()), int((~inside).sum()))
    size = (int(sizes[inside].sum()), int(sizes[~inside].sum()))
    blocks = [word[i : i + _CELLS // len(inside)] for i in range(0, len(word), _CELLS // len(inside))]
    dense = (n[:, block].toarray() for block in blocks)
    if draws:
        parts = [smallest_permutation_p(own, np.array([units[0]]))[0] for own in dense]
    else:
        parts = [_smallest_closed(own, sizes, size, units) for own in dense]
    smallest = np.concatenate([np.zeros(0), *parts])
    tested = reportable(smallest)
    made = min(max(draws, ceil(_RESOLUTION * int(tested.sum()) / MAX_Q)), _MAX_DRAWS)
    p, start = np.full(len(word), np.nan), 0
    for block in blocks:
        chosen = start + np.flatnonzero(tested[start : start + len(block)])
        own = n[:, word[chosen]].toarray()
        if len(chosen) and draws:
            p[chosen] = permutation_p(own, sizes, inside, draws=made, rng=np.random.default_rng(seed))
        elif len(chosen):
            a = own[inside].sum(axis=0)
            p[chosen] = closed_form_p(a, own.sum(axis=0) - a, size, units, _squares(own, sizes))
        start += len(block)
    if draws and comb(len(inside), units[0]) > made:
        smallest = np.maximum(smallest, 1 / (1 + made))
    return smallest, p


def _effects(n: sparse.csc_array, sizes: np.ndarray, inside: np.ndarray) -> dict[str, Any]:
    """How much more of some words a group has than the others, and how many units on either side have them."""
    own, rest = (sparse.csc_array(n[side]) for side in (inside, ~inside))
    a, b = (np.asarray(side.sum(axis=0)).ravel() for side in (own, rest))
    found = effect_sizes(a, b, int(sizes[inside].sum()), int(sizes[~inside].sum())) if n.shape[1] else {}
    effects = ("per_10k_target", "per_10k_reference", "log_odds", "log_ratio")
    given = ("per_10k", "per_10k_rest", "log_odds", "log_ratio")
    columns = {to: found.get(of, np.zeros(0)) for to, of in zip(given, effects, strict=True)}
    return columns | {"units_with": np.diff(own.indptr), "units_with_rest": np.diff(rest.indptr)}


def _squares(counts: np.ndarray, sizes: np.ndarray) -> np.ndarray:
    """``sum (x - r s)^2`` over the units."""
    rate = counts.sum(axis=0) / sizes.sum()
    squares: np.ndarray = ((counts - sizes[:, None] * rate) ** 2).sum(axis=0)
    return squares


def _smallest_closed(
    counts: np.ndarray, sizes: np.ndarray, size: tuple[int, int], units: tuple[int, int]
) -> np.ndarray:
    total = counts.sum(axis=0)
    effective = total / design_effect(total, _squares(counts, sizes), len(sizes))
    return smallest_closed_form_p(effective, size, units)
