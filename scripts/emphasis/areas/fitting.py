"""Fitting the coder on coded sentences."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import sklearn
from scipy import sparse
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold
from sklearn.svm import LinearSVC
from threadpoolctl import threadpool_limits

from emphasis.areas.coder import SCALE, UNIT, Coder, block_lengths, context_features
from emphasis.areas.features import BLOCKS, Texts, count_features, features_of

FOLDS = 5
"""Parts that reports are divided into for validation."""

_INNER_FOLDS = 4
"""Parts for the scores that the second model is fitted on."""

_WEIGHT = {"characters": 1.0, "words": 0.7, "heading": 0.5, "path": 0.25, "before": 0.3, "after": 0.3}
"""How much a block counts beside the characters, chosen by validation."""

_PENALTY = 1.0
_CONTEXT_PENALTY = 1.0
_SHARPER = 1.2
"""Factor of the second model's logits. Its penalty draws probabilities towards equal ones; between 1.0 and 1.3 the log-likelihood
of held-out sentences is flat, and shares of held-out reports are nearer at the upper end."""

_LOWEST, _NEVER = -1.0, -20.0
"""Score and logit of an area that no sentence of a fold has: that of a text far on the other side of the border."""


@dataclass(frozen=True)
class CodedRows:
    """Coded sentences as rows of texts.

    Attributes
    ----------
    row : int array of shape (n,)
        Row of each among the texts.
    area : int array of shape (n,)
        Place of its code among the areas.
    report : int array of shape (n,)
        Number of its report.
    """

    row: np.ndarray
    area: np.ndarray
    report: np.ndarray

    def take(self, places: np.ndarray) -> CodedRows:
        """Some of them."""
        return CodedRows(self.row[places], self.area[places], self.report[places])

    def __len__(self) -> int:
        return len(self.row)


def fit(texts: Texts, coded: CodedRows, areas: tuple[str, ...]) -> Coder:
    """Fit a coder.

    The first model is a linear support vector machine, one area against all others. Its scores of sentences that it was fitted on
    are too good; for the second, a multinomial logistic regression, each report is scored by a model that has not seen it.

    Parameters
    ----------
    texts : Texts
        All sentences of the coded reports.
    coded : CodedRows
    areas : tuple of str
    """
    with threadpool_limits(1):
        report = _reports(texts, coded)
        scores = np.zeros((len(texts), len(areas)), dtype="int64")
        for inside, outside in folds(coded, _INNER_FOLDS):
            held_out = np.isin(report, coded.report[outside])
            scores[held_out] = _fit_first(texts, coded.take(inside), areas).scores(texts)[held_out]
        first = _fit_first(texts, coded, areas)
        return _with_second(first, context_features(scores, texts)[coded.row], coded)


def fit_settings() -> dict[str, object]:
    """How coders are fitted, for their provenance."""
    return {
        "first model": f"linear support vector machine, C {_PENALTY}, one area against all others; blocks {_WEIGHT}",
        "second model": f"multinomial logistic regression, C {_CONTEXT_PENALTY}, logits times {_SHARPER}",
        "scikit-learn": sklearn.__version__,
    }


def folds(coded: CodedRows, n: int) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Places of coded sentences inside and outside of the fit, n times; a report's are on one side."""
    yield from GroupKFold(min(n, len(np.unique(coded.report)))).split(coded.row, groups=coded.report)


def _reports(texts: Texts, coded: CodedRows) -> np.ndarray:
    """The number of the report of each sentence; -1 for reports without coded sentences."""
    ids = texts.table["report_id"].to_numpy(dtype=object)
    number = dict(zip(ids[coded.row], coded.report.tolist(), strict=True))
    return np.array([number.get(report_id, -1) for report_id in ids])


def _fit_first(texts: Texts, coded: CodedRows, areas: tuple[str, ...]) -> Coder:
    features = features_of(texts, coded.row)
    counts = count_features(texts, features)
    idf, scaled = {}, []
    for block in BLOCKS:
        own = sparse.csr_array(counts[block][coded.row])
        df = np.bincount(own.indices, minlength=own.shape[1])
        idf[block] = np.rint(SCALE * (np.log((1 + len(coded)) / (1 + df)) + 1)).astype("int64")
        length = block_lengths(own, idf[block])
        factor = _WEIGHT[block] / np.where(length > 0, length, 1.0)
        scaled.append(sparse.diags_array(factor) @ own @ sparse.diags_array(idf[block].astype("float64")))
    seen = sparse.hstack(scaled, format="csr")
    # The solver takes small indices only.
    seen.indices, seen.indptr = seen.indices.astype("int32"), seen.indptr.astype("int32")
    model = LinearSVC(C=_PENALTY, random_state=0).fit(seen, coded.area)
    coefficients, intercept = _for_all(model, len(areas), _LOWEST)
    starts = np.cumsum([0, *(len(features[block]) for block in BLOCKS)])
    weights = {}
    for at, block in enumerate(BLOCKS):
        own_weights = coefficients[:, starts[at] : starts[at + 1]] * _WEIGHT[block] * idf[block]
        weights[block] = np.rint(own_weights.T).astype("int64")
    named = {block: tuple(features[block]) for block in BLOCKS}
    nothing = np.zeros((0, len(areas)), dtype="int64")
    return Coder(areas, named, idf, weights, np.rint(SCALE * intercept).astype("int64"), nothing)


def _for_all(model: LinearSVC | LogisticRegression, k: int, lowest: float) -> tuple[np.ndarray, np.ndarray]:
    """Weights and intercepts of the areas that were there as those of all K; those that were not have the intercept `lowest`."""
    coef, intercept = model.coef_, model.intercept_
    # Of two areas one row is given, that of the second; as a difference of two rows it is the same to a softmax.
    if len(model.classes_) != len(coef):
        coef, intercept = np.vstack([-coef, coef]) / 2, np.r_[-intercept, intercept] / 2
    every, bias = np.zeros((k, coef.shape[1])), np.full(k, lowest)
    every[model.classes_], bias[model.classes_] = coef, intercept
    return every, bias


def _with_second(first: Coder, seen: np.ndarray, coded: CodedRows) -> Coder:
    model = LogisticRegression(C=_CONTEXT_PENALTY, max_iter=1000).fit(seen / UNIT, coded.area)
    every, bias = _for_all(model, len(first.areas), _NEVER)
    context = np.rint(SCALE * _SHARPER * np.vstack([every.T, bias])).astype("int64")
    return Coder(first.areas, first.features, first.idf, first.weights, first.intercept, context)
