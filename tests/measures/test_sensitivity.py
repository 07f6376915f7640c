"""Ranges over variants, by hand and against plain loops."""

import math

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from emphasis.measures.themes import keyword_ranges, theme_ranges
from emphasis.store.tables import check


def values(*shares):
    rows = [("r", "whole", f"t{i}", d, v) for i, v in enumerate(shares) for d in ("words", "per_10k")]
    return pd.DataFrame(rows, columns=["report_id", "part", "theme", "definition", "value"]).astype({"value": float})


def frequency(**ranked):
    rows = [("r", "plan", term, rank, rate) for term, (rank, rate) in ranked.items()]
    return pd.DataFrame(rows, columns=["report_id", "part", "term", "rank", "per_10k"])


def test_themes_by_hand(schemas):
    table = theme_ranges(values(0.2, math.nan), [values(0.2, math.nan), values(0.1, math.nan), values(0.3, math.nan)])
    table = check(table, schemas["sensitivity_themes"]).set_index("theme")
    assert table.loc["t0", ["value", "low", "high", "n_variants"]].tolist() == [0.2, 0.1, 0.3, 3]
    assert table.loc["t1", ["value", "low", "high"]].isna().all()


def test_keywords_by_hand(schemas):
    point = frequency(甲=(1, 50.0), 乙=(2, 40.0), 丙=(21, 1.0))
    table = keyword_ranges(point, [point, frequency(甲=(3, 45.0), 丁=(1, 90.0))])
    table = check(table, schemas["sensitivity_keywords"]).set_index("term")
    assert table.index.tolist() == ["甲", "乙"]
    assert table.loc["甲", ["rank", "rank_best", "rank_worst", "low", "high"]].tolist() == [1, 1, 3, 45.0, 50.0]
    # One of two variants lists it: its rate in the other is 0.
    assert table.loc["乙", ["low", "high", "n_listed", "n_variants"]].tolist() == [0.0, 40.0, 1, 2]


@given(st.lists(st.lists(st.floats(0, 1), min_size=3, max_size=3), min_size=1, max_size=5))
def test_themes_against_a_plain_loop(variants):
    table = theme_ranges(values(*variants[0]), [values(*v) for v in variants]).set_index("theme")
    for i in range(3):
        row = table.loc[f"t{i}"]
        assert row["low"] == pytest.approx(min(v[i] for v in variants))
        assert row["high"] == pytest.approx(max(v[i] for v in variants))
        assert row["low"] <= row["value"] <= row["high"]
