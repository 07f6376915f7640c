"""Effect sizes by hand, against scipy, plain formulas and other programs."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import chi2_contingency

from emphasis.measures.effect_sizes import PRIOR, PRIOR_OCCURRENCES, effect_sizes


def row(a, b, n1, n2):
    return pd.DataFrame(effect_sizes(np.array([a]), np.array([b]), n1, n2)).iloc[0]


def test_effect_sizes_by_hand():
    # 10 in 100 tokens against 5 in 200: rates 1,000 and 250 per 10,000.
    found = row(10, 5, 100, 200)
    assert (found["per_10k_target"], found["per_10k_reference"]) == (1000, 250)
    assert found["log_ratio"] == pytest.approx(math.log2((10.5 / 101) / (5.5 / 201)))
    assert found["pct_diff"] == pytest.approx(300)
    # Expected under one rate of 15/300: 5 and 10.
    g2 = 2 * (10 * math.log(10 / 5) + 5 * math.log(5 / 10) + 90 * math.log(90 / 95) + 195 * math.log(195 / 190))
    assert found["g2"] == pytest.approx(g2)
    # Prior: 1,000 tokens, 50 of them the word.
    delta = math.log(60 / (1100 - 60)) - math.log(55 / (1200 - 55))
    assert found["log_odds_z"] == pytest.approx(delta / math.sqrt(1 / 60 + 1 / 55))
    # Ten more occurrences among 200 tokens: 10/3 of them among 200/3 in the target, the rest in the reference.
    odds = (10 + 10 / 3) / (100 + 200 / 3 - 10 - 10 / 3), (5 + 20 / 3) / (200 + 400 / 3 - 5 - 20 / 3)
    assert found["log_odds"] == pytest.approx(math.log2(odds[0] / odds[1]))


def test_a_word_on_one_side_only():
    found = row(3, 0, 100, 100)
    assert math.isnan(found["pct_diff"])
    assert found["log_ratio"] == pytest.approx(math.log2(7))
    assert np.isfinite(found[["g2", "log_odds", "log_odds_z"]].to_numpy(dtype=float)).all()
    assert row(0, 3, 100, 100)["pct_diff"] == -100


def test_equal_rates_are_no_difference():
    found = row(5, 5, 100, 100)
    assert found[["log_odds", "log_ratio", "pct_diff", "g2", "log_odds_z"]].abs().max() == pytest.approx(0, abs=1e-9)


@given(st.integers(0, 60), st.integers(0, 60), st.integers(61, 3000), st.integers(61, 3000))
def test_effect_sizes_against_scipy_and_a_plain_formula(a, b, n1, n2):
    if a + b == 0:
        return
    found = row(a, b, n1, n2)
    expected = chi2_contingency([[a, b], [n1 - a, n2 - b]], correction=False, lambda_="log-likelihood").statistic
    assert found["g2"] == pytest.approx(expected, abs=1e-8)
    w = PRIOR * (a + b) / (n1 + n2)
    delta = math.log((a + w) / (n1 + PRIOR - a - w)) - math.log((b + w) / (n2 + PRIOR - b - w))
    assert found["log_odds_z"] == pytest.approx(delta / math.sqrt(1 / (a + w) + 1 / (b + w)))
    # As a Dirichlet prior: of ten occurrences at the common rate in texts of n1 and n2.
    more = PRIOR_OCCURRENCES / (a + b)
    sides = []
    for n, size in ((a, n1), (b, n2)):
        prior = more * (a + b) * size / (n1 + n2)
        sides.append(math.log2((n + prior) / (size + more * size - n - prior)))
    assert found["log_odds"] == pytest.approx(sides[0] - sides[1])


def test_few_occurrences_are_drawn_towards_nothing():
    """Three of three in a tenth of the text against thirty of fifty: the log ratio puts the rare word first."""
    few, many = row(3, 0, 1000, 9000), row(30, 20, 1000, 9000)
    assert few["log_ratio"] > many["log_ratio"]
    assert 0 < few["log_odds"] < many["log_odds"] < math.log2(1.5 * 9)
    assert row(300, 200, 1000, 9000)["log_odds"] == pytest.approx(math.log2((300 / 700) / (200 / 8800)), abs=0.1)


def test_g2_and_difference_as_other_programs_test_them():
    """Wordless has G2 167.23 (Dunning 1993, p. 72) and %DIFF 1481.83 and 88.7 (Gabrielatos & Marchi)."""

    def one(a, b, n1, n2):
        return row(a, b, n1, n2)

    assert one(10, 0, 13, 31_764)["g2"] == pytest.approx(167.23, abs=0.005)
    assert one(20, 1, 29_954, 23_691)["pct_diff"] == pytest.approx(1481.83, abs=0.005)
    assert one(206_523, 178_174, 959_641, 1_562_358)["pct_diff"] == pytest.approx(88.7, abs=0.05)
