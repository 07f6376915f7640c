"""Exact tests over years: by hand, against every order of few values, against scipy, and their level."""

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import kendalltau, theilslopes

from emphasis.measures.trend_tests import mann_kendall, peak_test, theil_sen


def kendall_s(values):
    return sum(np.sign(b - a) for i, a in enumerate(values) for b in values[i + 1 :])


def inversions(values):
    return sum(a > b for i, a in enumerate(values) for b in values[i + 1 :])


@given(st.lists(st.integers(0, 3), min_size=1, max_size=6))
def test_p_is_the_share_of_orders_that_are_as_extreme(values):
    s, p, least = (float(found[0]) for found in mann_kendall(np.array(values)[:, None]))
    every = np.abs([kendall_s(order) for order in permutations(values)])
    assert s == kendall_s(values)
    assert p == pytest.approx((every >= abs(s)).mean())
    assert least == pytest.approx((every == every.max()).mean())


def test_without_ties_p_is_that_of_scipy():
    rng = np.random.default_rng(3)
    values = rng.normal(size=(45, 20)) + np.linspace(0, 1, 45)[:, None]
    _, p, _ = mann_kendall(values)
    expected = [kendalltau(range(45), own, method="exact").pvalue for own in values.T]
    assert p == pytest.approx(expected, rel=1e-9)


@given(st.lists(st.integers(0, 3), min_size=1, max_size=4), st.lists(st.integers(0, 3), max_size=4))
def test_the_peak_is_judged_by_the_orders_of_either_side(before, after):
    values = np.array([*before, 9, *after])[:, None]
    peak, p = peak_test(values)
    observed = inversions(before) + inversions(after[::-1])
    orders = [inversions(a) + inversions(b) for a in permutations(before) for b in permutations(after)]
    assert peak.tolist() == [len(before)]
    assert p[0] == pytest.approx((np.array(orders) <= observed).mean())


@pytest.mark.simulation
@pytest.mark.parametrize("n", [6, 10, 45])
def test_in_random_order_both_tests_keep_their_level(n):
    rng = np.random.default_rng(n)
    for values in (rng.normal(size=(n, 1_000)), rng.poisson(2, size=(n, 1_000)), rng.poisson(0.3, size=(n, 1_000))):
        rates = values / rng.integers(5_000, 15_000, size=(n, 1_000))
        for p in (mann_kendall(rates)[1], peak_test(rates)[1]):
            for level in (0.05, 0.01):
                assert (p <= level).mean() <= level + 3 * (level / 1_000) ** 0.5
    # Where no value is like another, neither test gives much of its level away.
    assert (mann_kendall(rng.normal(size=(n, 1_000)))[1] <= 0.05).mean() > 0.01


@pytest.mark.simulation
def test_dependence_on_the_year_before_makes_trends_likelier_than_p_says():
    """What the docstring says in figures."""
    rng = np.random.default_rng(5)
    shares = []
    for n in (10, 45):
        values = rng.normal(size=(n, 1_000))
        for i in range(1, n):
            values[i] = 0.3 * values[i - 1] + (1 - 0.3**2) ** 0.5 * values[i]
        shares.append((mann_kendall(values)[1] <= 0.05).mean())
    assert min(shares) > 0.07
    assert max(shares) < 0.19


@pytest.mark.parametrize("n", [6, 11, 45])
def test_slopes_and_bounds_are_those_of_scipy(n, monkeypatch):
    monkeypatch.setattr("emphasis.measures.trend_tests._CELLS", 3_000)
    rng = np.random.default_rng(n)
    years = np.sort(rng.choice(range(1950, 2026), n, replace=False))
    values = np.hstack([rng.normal(size=(n, 20)), rng.poisson(1, size=(n, 20))]).astype("float64")
    expected = np.array([theilslopes(own, years, 0.95) for own in values.T])
    found = theil_sen(values, years)
    assert found == pytest.approx(expected[:, [0, 2, 3]].T)
