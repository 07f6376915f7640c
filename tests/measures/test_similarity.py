"""Similarity against scikit-learn."""

import numpy as np
import pandas as pd
import pytest
from scipy import sparse
from sklearn.feature_extraction.text import TfidfTransformer

from emphasis.measures.report_terms import ReportTerms
from emphasis.measures.similarity import similarity
from emphasis.store.tables import check

YEARS = {"a": 2020, "b": 2021, "c": 2023, "d": None}
REPORTS = pd.DataFrame({"report_id": list(YEARS), "region": "某市", "adcode": "", "year": list(YEARS.values())})
REPORTS = REPORTS.astype({"year": "Int64"})


def terms(counts):
    """Two rows for each report, whose sum is the report's."""
    counts = np.asarray(counts)
    n = sparse.csr_array(counts.reshape(-1, 2, counts.shape[1]).sum(axis=1))
    vocabulary = np.array([f"词{i}" for i in range(counts.shape[1])], dtype=object)
    names = sorted(YEARS)[: n.shape[0]]
    return ReportTerms(names, vocabulary, n, *[n.data] * 3, *[np.ones(len(names))] * 3)


def test_cosine_and_baseline_against_scikit_learn(schemas):
    counts = np.random.default_rng(2).poisson(1.2, (8, 15))
    table = similarity(terms(counts), REPORTS, [("year before", "b", "a"), ("neighbour", "a", "c")])
    rows = check(table, schemas["similarity"]).set_index("report_id")
    weights = TfidfTransformer().fit_transform(counts.reshape(4, 2, 15).sum(axis=1)).toarray()
    expected = weights @ weights.T
    assert rows.loc["b", "cosine"] == pytest.approx(expected[1, 0])
    # b is of 2021, two years before c and one after a.
    assert rows.loc["b", ["baseline", "n_baseline"]].tolist() == [pytest.approx(expected[1, 2]), 1]
    assert rows.loc["a", "baseline"] == pytest.approx(expected[0, 2])


def test_every_pair_has_its_cosine_in_both_orders():
    # One report has no keyword, and two have none in common.
    counts = np.array([[1, 2, 0, 0], [0, 0, 0, 0], [0, 0, 3, 1], [2, 1, 1, 0]])
    pairs = [("neighbour", a, b) for a in "abcd" for b in "abcd"]
    found = similarity(terms(np.repeat(counts, 2, axis=0)), REPORTS, pairs)["cosine"].to_numpy().reshape(4, 4)
    weights = TfidfTransformer().fit_transform(2 * counts).toarray()
    assert found == pytest.approx(weights @ weights.T)


def test_no_year_apart_gives_no_baseline(schemas):
    table = similarity(terms(np.ones((4, 3))), REPORTS.head(2), [("year before", "b", "a")])
    assert check(table, schemas["similarity"])["baseline"].isna().all()
    assert table["cosine"].tolist() == [pytest.approx(1)]
