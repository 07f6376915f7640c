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
    names = [chr(ord("a") + i) for i in range(n.shape[0])]
    return ReportTerms(names, vocabulary, n, *[n.data] * 3, *[np.ones(len(names))] * 3)


def test_cosine_against_scikit_learn(schemas):
    counts = np.random.default_rng(2).poisson(1.2, (8, 15))
    table = similarity(terms(counts), REPORTS, [("year before", "b", "a"), ("neighbour", "a", "c")])
    rows = check(table, schemas["similarity"]).set_index("report_id")
    weights = TfidfTransformer().fit_transform(counts.reshape(4, 2, 15).sum(axis=1)).toarray()
    expected = weights @ weights.T
    assert rows.loc["b", "cosine"] == pytest.approx(expected[1, 0])
    assert rows.loc["a", "cosine"] == pytest.approx(expected[0, 2])


def test_the_baseline_is_of_reports_two_to_five_years_away(schemas):
    years = [2010, 2015, 2016, 2018, 2021, 2022]
    counts = np.random.default_rng(4).poisson(1.2, (12, 15))
    names = list("abcdef")
    reports = pd.DataFrame({"report_id": names, "region": "某市", "adcode": "", "year": pd.array(years, dtype="Int64")})
    pairs = [("year before", "c", "b"), ("year before", "f", "e"), ("neighbour", "c", "a"), ("superior", "c", "a")]
    rows = check(similarity(terms(counts), reports, pairs), schemas["similarity"]).set_index(["report_id", "relation"])
    weights = TfidfTransformer().fit_transform(counts.reshape(6, 2, 15).sum(axis=1)).toarray()
    expected = weights @ weights.T
    # 2016 is two years before 2018 and five before 2021; 2010 and 2022 are six away.
    baseline = (expected[2, 3] + expected[2, 4]) / 2
    assert rows.loc[("c", "year before"), ["baseline", "n_baseline"]].tolist() == [pytest.approx(baseline, abs=1e-6), 2]
    # 2022 has one such report, 2018: one pair is not what is usual.
    assert pd.isna(rows.loc[("f", "year before"), "baseline"])
    assert rows.loc[("f", "year before"), "n_baseline"] == 1
    for relation in ("neighbour", "superior"):
        assert rows.loc[("c", relation), ["baseline", "n_baseline"]].isna().all()


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
