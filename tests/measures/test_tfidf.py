"""TF-IDF by hand and against scikit-learn."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.feature_extraction.text import TfidfTransformer

from emphasis.measures.tfidf import leaf_sections, tfidf
from emphasis.store.tables import check


def sections(*ids):
    parents = [section.rpartition(".")[0] for section in ids]
    return pd.DataFrame({"report_id": "r", "section_id": ids, "parent_id": parents}, dtype="str")


def frequency(counts, size=100):
    rows = [("r", s, term, n, 10_000 * n / size) for s, terms in counts.items() for term, n in terms.items()]
    table = pd.DataFrame(rows, columns=["report_id", "section_id", "term", "n", "per_10k"])
    table = table.assign(n_alone=table["n"], within="")
    return table.astype(
        {"report_id": "str", "section_id": "str", "term": "str", "n": "int64", "n_alone": "int64", "per_10k": "float64"}
    )


def test_by_hand():
    table = tfidf(frequency({"s1.1": {"发展": 3, "粮食": 1}, "s1.2": {"发展": 2}}), sections("s1", "s1.1", "s1.2"))
    table = table.set_index(["section_id", "term"])
    everywhere, once = math.log(3 / 3) + 1, math.log(3 / 2) + 1
    norm = math.hypot(3 * everywhere, once)
    assert table.loc[("s1.1", "粮食"), ["df", "idf"]].tolist() == [1, once]
    assert table.loc[("s1.1", "粮食"), "tf"] == pytest.approx(0.01)
    assert table.loc[("s1.1", "粮食"), "tfidf"] == pytest.approx(once / norm)
    assert table.loc[("s1.1", "发展"), "tfidf"] == pytest.approx(3 * everywhere / norm)
    assert table.loc[("s1.1", "发展"), "rank"] == 1


def test_documents_are_the_sections_without_subsections():
    assert leaf_sections(sections("s1", "s1.1", "s1.2", "s2")).loc[:, "section_id"].tolist() == ["s1.1", "s1.2", "s2"]
    table = tfidf(frequency({"s1": {"发展": 9}, "s1.1": {"发展": 3}, "s2": {"发展": 1}}), sections("s1", "s1.1", "s2"))
    assert table["section_id"].tolist() == ["s1.1", "s2"]
    assert table["df"].tolist() == [2, 2]


def test_with_one_section_there_is_no_ranking(schemas):
    table = tfidf(frequency({"s1": {"发展": 3, "粮食": 1}}), sections("s1"))
    assert table["idf"].tolist() == [1, 1]
    assert table["rank"].isna().all()
    check(table, schemas["tfidf"])


def test_no_sections_give_an_empty_table(schemas):
    assert check(tfidf(frequency({}), sections()), schemas["tfidf"]).empty


def test_each_report_is_weighed_by_itself(schemas):
    first = {"s1.1": {"发展": 3, "粮食": 1}, "s1.2": {"发展": 2}, "s1.10": {"粮食": 2, "城市": 2}}
    second = {"s1.1": {"城市": 5, "发展": 1}, "s2": {"城市": 1}}
    parts = [
        (frequency(counts).assign(report_id=name), sections("s1", *counts).assign(report_id=name))
        for name, counts in (("a", first), ("b", second))
    ]
    together = tfidf(*(pd.concat(tables, ignore_index=True) for tables in zip(*parts, strict=True)))
    alone = pd.concat([check(tfidf(*part), schemas["tfidf"]) for part in parts], ignore_index=True)
    pd.testing.assert_frame_equal(check(together, schemas["tfidf"]), alone, check_exact=True)


COUNTS = st.lists(st.lists(st.integers(0, 9), min_size=5, max_size=5), min_size=2, max_size=6)


@given(COUNTS)
def test_equal_to_scikit_learn(schemas, counts):
    matrix = np.array([row for row in counts if any(row)], dtype=float)
    if len(matrix) < 2:
        return
    words = [f"词{i}" for i in range(5)]
    by_section = {
        f"s{i + 1}": {words[j]: int(n) for j, n in enumerate(row) if n} for i, row in enumerate(matrix.astype(int))
    }
    table = tfidf(frequency(by_section), sections(*by_section))
    check(table, schemas["tfidf"])
    expected = TfidfTransformer().fit(matrix)
    dense = expected.transform(matrix).toarray()
    for row in table.itertuples():
        i, j = int(row.section_id[1:]) - 1, words.index(row.term)
        assert row.tfidf == pytest.approx(dense[i, j], abs=1e-9)
        assert row.idf == pytest.approx(expected.idf_[j], abs=1e-9)
    norms = table.groupby("section_id")["tfidf"].apply(lambda values: float((values**2).sum()))
    assert np.allclose(norms, 1, atol=1e-9)
