"""How well the coder codes sentences of reports that it was not fitted on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np
import pandas as pd

from emphasis.areas.features import Texts
from emphasis.areas.fitting import FOLDS, CodedRows, fit, folds

LEAST = 5
"""Sentences of an area that enter the mean over areas."""

CURVE = (500, 1000, 2000)
"""Sentences in the fit, for the learning curve; the last point are all of a fold."""

ALL = "all"
_FIGURES = ["sample", "area", "n", "n_coded", "precision", "recall", "f1"]


def cross_validate(texts: Texts, coded: CodedRows, areas: tuple[str, ...]) -> np.ndarray:
    """Probabilities of the coded sentences by coders that have not seen their reports, array of shape (n, K)."""
    return _held_out(texts, coded, areas, folds(coded, FOLDS))


def _held_out(
    texts: Texts, coded: CodedRows, areas: tuple[str, ...], splits: Iterable[tuple[np.ndarray, np.ndarray]]
) -> np.ndarray:
    """Probabilities of the sentences outside; missing for those that are never outside."""
    found = np.full((len(coded), len(areas)), np.nan)
    for inside, outside in splits:
        found[outside] = fit(texts, coded.take(inside), areas).probabilities(texts)[coded.row[outside]]
    return found


def transfer(
    texts: Texts, coded: CodedRows, areas: tuple[str, ...], kinds: Mapping[str, np.ndarray]
) -> dict[str, np.ndarray]:
    """Probabilities where all reports of a kind are held out, by kind; missing for the sentences of others.

    `kinds` has for each kind a bool array of shape (n,): whether a coded sentence is of that kind. Kinds of fewer than a hundred
    sentences, or with fewer than a thousand others, say nothing and are left out.
    """
    found = {}
    for name, of_kind in kinds.items():
        if of_kind.sum() >= 100 and (~of_kind).sum() >= 1000:
            splits = [(np.flatnonzero(~of_kind), np.flatnonzero(of_kind))]
            found[name] = _held_out(texts, coded, areas, splits)
    return found


def kinds_of_reports(report_ids: pd.Series[str], reports: pd.DataFrame) -> dict[str, np.ndarray]:
    """Kinds of reports to hold out: each level of government, and the years before 2000 and of the newest reports.

    Parameters
    ----------
    report_ids : Series
        The report of each coded sentence.
    reports : DataFrame
        report_id, region_level, year.
    """
    by_id = reports.set_index("report_id")
    level, year = (report_ids.map(by_id[name]) for name in ("region_level", "year"))
    kinds = {f"level {name}": (level == name).to_numpy(dtype=bool) for name in sorted(set(level.dropna()) - {""})}
    newest = year.max()
    early, late = (year < 2000).fillna(False), (year == newest).fillna(False)
    kinds["years before 2000"] = early.to_numpy(dtype=bool)
    return kinds | {f"year {newest}": late.to_numpy(dtype=bool)}


def learning_curve(texts: Texts, coded: CodedRows, areas: tuple[str, ...], seed: int) -> dict[int, np.ndarray]:
    """Probabilities of held-out sentences by coders that were fitted on so many sentences, drawn at random."""
    order = np.random.default_rng(seed).permutation(len(coded))
    rank = np.argsort(order)
    found = {}
    for n in CURVE:
        splits = []
        for inside, outside in folds(coded, FOLDS):
            if len(inside) > n:
                splits.append((np.sort(inside[np.argsort(rank[inside])[:n]]), outside))
        if splits:
            found[n] = _held_out(texts, coded, areas, splits)
    return found


def figures(sample: str, probabilities: np.ndarray, truth: np.ndarray, areas: tuple[str, ...]) -> pd.DataFrame:
    """Precision, recall and F1 of each area and over all areas, as rows of validation.tsv.

    With n sentences of an area by reading, m coded so, and h both: precision h / m, recall h / n, F1 2 h / (n + m). In the row
    ``all``, recall is the accuracy: the share of all sentences that are coded as they were read; precision is empty; F1 is the
    mean over areas with five or more sentences (macro-F1).
    """
    there = np.flatnonzero(~np.isnan(probabilities).any(axis=1))
    read, coded = truth[there], probabilities[there].argmax(axis=1)
    n, m = np.bincount(read, minlength=len(areas)), np.bincount(coded, minlength=len(areas))
    hits = np.bincount(read[read == coded], minlength=len(areas))
    f1 = 2 * hits / np.maximum(n + m, 1)
    known = n >= LEAST
    accuracy, macro = float(hits.sum() / max(len(read), 1)), float(f1[known].mean()) if known.any() else np.nan
    rows = [(sample, ALL, len(read), len(read), np.nan, accuracy, macro)]
    for place, area in enumerate(areas):
        precision = hits[place] / m[place] if m[place] else np.nan
        recall = hits[place] / n[place] if n[place] else np.nan
        rows.append((sample, area, n[place], m[place], precision, recall, f1[place] if n[place] + m[place] else np.nan))
    return pd.DataFrame(rows, columns=_FIGURES)


def confusion(probabilities: np.ndarray, truth: np.ndarray, areas: tuple[str, ...]) -> pd.DataFrame:
    """How many sentences of each area (rows, by reading) were coded as each (columns)."""
    counts = np.zeros((len(areas), len(areas)), dtype="int64")
    np.add.at(counts, (truth, probabilities.argmax(axis=1)), 1)
    return pd.DataFrame(counts, columns=list(areas)).assign(area=list(areas))[["area", *areas]]


def agreement(first: pd.Series[str], again: pd.Series[str]) -> tuple[int, float, float]:
    """Sentences coded twice, the share coded alike, and Cohen's kappa: (o - e) / (1 - e), e the agreement by chance."""
    both = (first != "") & (again != "")
    one, two = first[both], again[both]
    observed = float((one == two).mean())
    shares = [codes.value_counts(normalize=True) for codes in (one, two)]
    chance = float(shares[0].mul(shares[1], fill_value=0).sum())
    return int(both.sum()), observed, (observed - chance) / (1 - chance)
