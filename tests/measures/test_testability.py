"""Which words are tested: by hand, against plain loops over all divisions, and what it may depend on."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from emphasis.measures.testability import one_division_p, reportable, smallest_permutation_p, threshold


def plain_family(smallest, alpha):
    """Tarone's rule as it is written."""
    for k in range(1, len(smallest) + 2):
        kept = [p <= alpha / k for p in smallest]
        if sum(kept) <= k:
            return kept
    raise AssertionError


@given(st.lists(st.floats(1e-6, 0.2), max_size=40), st.sampled_from([0.01, 0.05]))
def test_the_family_against_a_plain_loop(smallest, alpha):
    assert reportable(np.array(smallest), alpha).tolist() == plain_family(smallest, alpha)


def test_families_of_several_comparisons():
    smallest = np.array([[0.2, 0.001, 0.03, 0.02], [0.2, 0.2, 0.2, 0.2], [0.01, 0.01, 0.01, 0.01]])
    expected = [[False, True, False, True], [False] * 4, [True] * 4]
    assert reportable(smallest).tolist() == expected
    assert reportable(np.empty((2, 0))).shape == (2, 0)


def test_a_p_of_the_threshold_itself_is_small_enough():
    assert threshold(np.array([0.05])) == pytest.approx(0.05)
    assert reportable(np.array([0.05])).tolist() == [True]
    assert reportable(np.array([1 / 20 * (1 + 1e-12)])).tolist() == [True]


@given(st.lists(st.integers(0, 3), min_size=2, max_size=9), st.data())
def test_the_smallest_p_against_all_divisions_of_equal_paragraphs(counts, data):
    k = data.draw(st.integers(1, len(counts) - 1))
    middle = sum(counts) * k / len(counts)
    far = [abs(sum(counts[i] for i in chosen) - middle) for chosen in combinations(range(len(counts)), k)]
    expected = sum(d >= max(far) - 1e-9 for d in far) / len(far)
    found = smallest_permutation_p(np.array(counts, dtype=float)[:, None], np.array([k]))
    assert found[0, 0] == pytest.approx(expected)


def test_one_side_without_paragraphs_can_show_nothing():
    assert smallest_permutation_p(np.ones((3, 2)), np.array([0, 3])).tolist() == [[1, 1], [1, 1]]


def test_many_paragraphs_do_not_overflow():
    counts = np.tile([[1.0], [0.0]], (2_000, 1))
    assert 0 < smallest_permutation_p(counts, np.array([5]))[0, 0] < 0.1
    assert one_division_p((2_000, 2_000)) >= 0


@given(st.permutations(range(8)), st.lists(st.integers(0, 4), min_size=8, max_size=8), st.integers(1, 7))
def test_the_family_does_not_depend_on_which_paragraphs_are_the_targets(order, counts, k):
    column = np.array(counts, dtype=float)[:, None]
    one, other = (smallest_permutation_p(rows, np.array([k])) for rows in (column, column[list(order)]))
    assert one.tolist() == other.tolist()
