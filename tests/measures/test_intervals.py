"""Bounds of rates: printed values, scipy, and how often they hold."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import chi2, poisson

from emphasis.measures.frequency import poisson_interval, section_intervals
from emphasis.store.tables import check


def test_by_hand():
    """Nothing seen: the upper bound is -ln(0.025)."""
    low, high = poisson_interval(np.array([0, 10]))
    assert low[0] == 0
    assert high[0] == pytest.approx(-np.log(0.025))
    assert (low[1], high[1]) == (pytest.approx(4.795, abs=5e-4), pytest.approx(18.390, abs=5e-4))


@given(st.integers(1, 5_000))
def test_against_scipy(n):
    low, high = poisson_interval(np.array([n]))
    assert low[0] == pytest.approx(chi2.ppf(0.025, 2 * n) / 2)
    assert high[0] == pytest.approx(chi2.ppf(0.975, 2 * n + 2) / 2)


@pytest.mark.parametrize("mean", [0.5, 3.0, 20.0])
def test_they_hold_at_least_as_often_as_they_say(mean):
    seen = np.arange(200)
    low, high = poisson_interval(seen)
    assert poisson.pmf(seen, mean)[(low <= mean) & (mean <= high)].sum() >= 0.95


def test_sections(schemas):
    frequency = pd.DataFrame({"report_id": "r", "section_id": ["s1", "s1.1"], "term": "发展", "n": [10, 2]})
    sections = pd.DataFrame({"report_id": "r", "section_id": ["s1", "s1.1"], "n_words": [500, 100]})
    table = check(section_intervals(frequency, sections), schemas["frequency_intervals"])
    assert table["per_10k"].tolist() == [200.0, 200.0]
    assert table["low"].round(1).tolist() == [95.9, 24.2]
    assert table["high"].round(1).tolist() == [367.8, 722.5]
    assert check(section_intervals(frequency[:0], sections), schemas["frequency_intervals"]).empty
