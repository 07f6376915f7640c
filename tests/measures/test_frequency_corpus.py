"""Keywords of all reports together: by hand, against the dense measures and scipy, and the edges."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy import sparse
from scipy.stats import rankdata

from emphasis.measures.dispersion import spread
from emphasis.measures.frequency import frequency_corpus
from emphasis.measures.intervals import cell_sums, pooled_effect, rate_intervals
from emphasis.measures.report_terms import ReportTerms
from emphasis.store.tables import check


def terms(counts, tokens):
    n = sparse.csr_array(np.asarray(counts, dtype="int32"))
    vocabulary = np.array([f"词{i:02}" for i in range(n.shape[1])], dtype=object)
    names = [f"r{i:02}" for i in range(n.shape[0])]
    return ReportTerms(names, vocabulary, n, *[n.data] * 3, *[np.asarray(tokens)] * 3)


def test_by_hand(schemas):
    """Two reports of 400 and 600 tokens; 词00 once in the first, twice in the second; 词01 in the first alone."""
    table = check(frequency_corpus(terms([[1, 2], [2, 0]], [400, 600])), schemas["frequency_corpus"]).set_index("term")
    assert table.loc["词00", ["n", "per_10k", "rank", "range"]].tolist() == [3, 30.0, 1, 2]
    assert table.loc["词00", "dp"] == pytest.approx(2 / 3 - 0.6, abs=1e-6)
    assert table.loc["词00", "dp_norm"] == pytest.approx((2 / 3 - 0.6) / 0.6, abs=1e-6)
    # Rates of 5 and 0 per thousand: their deviation equals their mean.
    assert table.loc["词01", ["rank", "range", "dp", "dp_norm", "juilland_d"]].tolist() == [2, 1, 0.6, 1.0, 0.0]


@given(arrays("int64", (5, 7), elements=st.integers(0, 4)), st.lists(st.integers(30, 900), min_size=5, max_size=5))
def test_against_the_dense_measures_and_scipy(counts, tokens):
    table = frequency_corpus(terms(counts, tokens))
    used = counts.sum(axis=0) > 0
    if not used.any():
        assert table.empty
        return
    n = counts.sum(axis=0)[used]
    expected = pd.DataFrame(spread(counts[:, used].T, np.array(tokens)))
    pd.testing.assert_frame_equal(table[expected.columns], expected, check_exact=False, rtol=0, atol=1e-7)
    # The reports are the units of one group.
    sums, group = cell_sums(sparse.csr_array(counts), np.array(tokens), sparse.csr_array(np.ones((1, len(tokens)))))
    for name, ends in zip(("low", "high"), rate_intervals(sums, pooled_effect(sums, group)), strict=True):
        assert table[name].to_numpy() == pytest.approx(10_000 * ends, nan_ok=True)
    assert (table["rank"] == rankdata(-n, method="min")).all()


def test_one_report_and_none(schemas):
    table = check(frequency_corpus(terms([[1, 2]], [10])), schemas["frequency_corpus"])
    assert table["dp"].tolist() == [0, 0]
    assert table[["dp_norm", "juilland_d", "low", "high"]].isna().all(axis=None)
    assert check(frequency_corpus(terms(np.zeros((0, 0)), [])), schemas["frequency_corpus"]).empty
    assert check(frequency_corpus(terms([[0], [0]], [0, 5])), schemas["frequency_corpus"]).empty
