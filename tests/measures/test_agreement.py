"""Agreement of two coders: by hand, and by implementations of others."""

import numpy as np
import pytest
from sklearn.metrics import cohen_kappa_score

from emphasis.measures.agreement import agreement


def alpha_by_coincidences(first, second):
    """Krippendorff's alpha from his matrix of coincidences, unit by unit: 1 - (n - 1) sum_{c != k} o_ck / sum_{c != k} n_c n_k."""
    codes = sorted({*first, *second})
    matrix = {(c, k): 0 for c in codes for k in codes}
    for a, b in zip(first, second, strict=True):
        matrix[a, b] += 1
        matrix[b, a] += 1
    marginal = {c: sum(matrix[c, k] for k in codes) for c in codes}
    n = sum(marginal.values())
    observed = sum(value for (c, k), value in matrix.items() if c != k)
    expected = sum(marginal[c] * marginal[k] for c in codes for k in codes if c != k)
    return 1 - (n - 1) * observed / expected


def test_by_hand():
    """Of ten units 4 are a for both, 2 are b for both, and the coders differ on 4: a / b three times, b / a once.

    o = .6; the first says a 7 times of 10, the second 5 times: e = .7 x .5 + .3 x .5 = .5, kappa = .1 / .5 = .2. Of 20 codes 12
    are a and 8 are b, 8 belong to units that differ: alpha = 1 - 19 x 8 / (400 - 144 - 64) = 1 - 152 / 192.
    """
    found = agreement(np.array([*"aaaaaaabbb"]), np.array([*"aaaabbbbba"]), seed=1)
    assert (found.n, found.agreed) == (10, 0.6)
    assert found.kappa == pytest.approx(0.2)
    assert found.alpha == pytest.approx(1 - 152 / 192)


def test_krippendorff_s_example_of_two_coders():
    """Krippendorff's reliability data of ten units in two values, of which he gives alpha = .095."""
    first, second = np.array([*"0100000010"]), np.array([*"1110010000"])
    assert agreement(first, second, seed=1).alpha == pytest.approx(0.095, abs=0.0005)


@pytest.mark.parametrize("codes", [2, 5, 25])
def test_as_by_others(codes):
    random = np.random.default_rng(codes)
    first = random.integers(0, codes, 200)
    second = np.where(random.random(200) < 0.7, first, random.integers(0, codes, 200))
    found = agreement(first.astype(str), second.astype(str), seed=1)
    assert found.kappa == pytest.approx(cohen_kappa_score(first, second))
    assert found.alpha == pytest.approx(alpha_by_coincidences(first.tolist(), second.tolist()))
    assert found.kappa_low < found.kappa < found.kappa_high
    assert found.alpha_low < found.alpha < found.alpha_high


def test_perfect_and_without_anything_to_tell_apart():
    both = np.array([*"aabb"])
    assert agreement(both, both, seed=1).kappa == agreement(both, both, seed=1).alpha == 1
    same = agreement(np.array(["a"] * 5), np.array(["a"] * 5), seed=1)
    assert same.agreed == 1
    assert np.isnan([same.kappa, same.alpha, same.kappa_low, same.alpha_high]).all()


def test_the_interval_holds_the_true_value():
    """Pairs of codes drawn from a known table; kappa of the table itself is .6."""
    table = np.array([[0.4, 0.1], [0.1, 0.4]])
    random, held = np.random.default_rng(5), 0
    for seed in range(300):
        cells = random.choice(4, 150, p=table.ravel())
        found = agreement(cells // 2, cells % 2, seed, draws=400)
        held += found.kappa_low <= 0.6 <= found.kappa_high
    assert 0.91 <= held / 300 <= 0.98


def test_the_same_seed_gives_the_same_bounds():
    first, second = np.array([*"ababab"]), np.array([*"abbbab"])
    assert agreement(first, second, seed=3) == agreement(first, second, seed=3)


def test_no_units_and_units_of_one_coder_are_refused():
    for first, second in (([], []), (["a"], ["a", "b"])):
        with pytest.raises(ValueError, match="at least one unit"):
            agreement(np.array(first), np.array(second), seed=1)
