"""The predictive distribution: by hand, against scipy, and whether its p are what they say."""

import numpy as np
import pytest
from scipy import stats

from emphasis.reference.prediction import Moments, Trend, fit_trend, predict

SIZES = np.array([8000.0, 12_000.0, 10_000.0, 6000.0])
COUNTS = np.array([[4, 0], [9, 0], [1, 2], [2, 0]])
SQUARES = np.array([24.0, 4.0])


def test_by_hand():
    moments = Moments.of(COUNTS, SIZES, SQUARES)
    rate = 16 / 36_000
    deviation = sum((x - rate * s) ** 2 for x, s in zip((4, 9, 1, 2), SIZES, strict=True))
    assert moments.total.tolist() == [16, 2]
    assert moments.excess[0] == pytest.approx(deviation * 4 / 3 - 16)
    assert moments.weight[0] == pytest.approx(rate**2 * (64 + 144 + 100 + 36) * 1e6)
    assert moments.clumps.tolist() == [1.5, 2]

    trend = Trend(np.log(0.5), 0)
    own = max(moments.excess[0] / moments.weight[0], 0)
    a, b = 1.5 / (0.5 + 4 / 16.5) ** 2, 4
    phi = (a * own + b * 0.5) / (a + b)
    expected = 5000 * 16.5 / 36_000
    chance = expected * (1 + 5000 / 36_000)
    between = chance + phi * expected**2 * (1 + (64 + 144 + 100 + 36) * 1e6 / 36_000**2)
    found = predict(moments, trend, SIZES, 5000)
    assert found.expected[0] == pytest.approx(expected)
    assert found.variance[0] == pytest.approx(max(between, 1.5 * chance))
    assert found.ratio(np.array([6.0, 0]))[0] == pytest.approx(8 / (expected + 2))


def test_tails_are_those_of_scipy():
    found = predict(Moments.of(COUNTS, SIZES, SQUARES), Trend(0, -0.5), SIZES, 9000)
    shape = found.expected**2 / (found.variance - found.expected)
    independent = stats.nbinom(shape, shape / (shape + found.expected))
    for n in (0, 1, 7):
        counts = np.full(2, float(n))
        assert found.upper_p(counts) == pytest.approx(independent.sf(n) + independent.pmf(n) / 2)
    assert found.absence() == pytest.approx(independent.pmf(0))
    assert found.variance == pytest.approx(independent.var())


def test_what_nobody_has_is_hardly_expected():
    zero = np.zeros((4, 1))
    found = predict(Moments.of(zero, SIZES, np.zeros(1)), Trend(0, 0), SIZES, 9000)
    assert found.expected[0] == pytest.approx(9000 * 0.5 / 36_000)
    assert found.absence()[0] > 0.85


def test_paragraphs_set_a_lower_bound():
    """Ten occurrences at a time vary more than single ones, however alike the reports are."""
    even = np.full((4, 1), 10.0)
    sizes = np.full(4, 10_000.0)
    single, together = (predict(Moments.of(even, sizes, s), Trend(-9, 0), sizes, 10_000) for s in ([40.0], [400.0]))
    assert together.variance[0] == pytest.approx(10 * 10.125 * 1.25)
    assert single.variance[0] < together.variance[0] / 5


def test_too_few_terms_have_the_usual_trend():
    assert fit_trend(Moments.of(COUNTS, SIZES, SQUARES), 4) == Trend(-0.7, -0.5)


@pytest.mark.simulation
def test_p_of_one_more_report_are_what_they_say():
    """Gamma-Poisson reports, each term with a variation of its own about the trend."""
    rng = np.random.default_rng(5)
    terms, m = 4000, 24
    sizes = rng.uniform(5000, 12_000, m + 1)
    rate = np.exp(rng.normal(-9.5, 1.5, terms))
    phi = np.exp(-0.7 - 0.3 * np.log(rate * sizes.mean())) * rng.gamma(3, 1 / 3, terms)
    rates = rate * rng.gamma(1 / phi, phi, (m + 1, terms))
    counts = rng.poisson(sizes[:, None] * rates)
    moments = Moments.of(counts[1:], sizes[1:], counts[1:].sum(axis=0).astype(float))
    trend = fit_trend(moments, m)
    assert trend.slope == pytest.approx(-0.3, abs=0.2)
    p = predict(moments, trend, sizes[1:], int(sizes[0])).upper_p(counts[0].astype(float))
    frequent = moments.total > 3 * m
    assert 0.03 < (p[frequent] < 0.05).mean() < 0.08
    assert (p < 0.001).mean() < 0.003
    assert (p[frequent] > 0.95).mean() < 0.08
