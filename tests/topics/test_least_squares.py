"""Non-negative least squares whose digits depend on nothing but the text and the topics."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.optimize import nnls

from emphasis.topics.least_squares import gram_matrix, nonnegative_weights, times_gram


def problem(k, n, seed=0):
    rng = np.random.default_rng(seed)
    components = rng.random((k, 200)) * (rng.random((k, 200)) < 0.2)
    return components, (rng.random((n, 200)) < 0.05) @ components.T


def test_by_hand():
    # |x - w H| with orthogonal topics: each weight by itself, none below zero.
    gram = np.array([[4.0, 0.0], [0.0, 1.0]])
    assert nonnegative_weights(gram, np.array([[2.0, -1.0], [0.0, 0.0]])).tolist() == [[0.5, 0.0], [0.0, 0.0]]


def test_a_weight_that_is_negative_without_the_bound():
    # Without it w = (1.5, -1); with w2 = 0, w1 = b1 / G11 = 0.5 and the gradient of w2 is 2 * 0.5 - 0 > 0.
    gram = np.array([[2.0, 2.0], [2.0, 3.0]])
    assert np.allclose(nonnegative_weights(gram, np.array([[1.0, 0.0]])), [[0.5, 0]], rtol=1e-15, atol=0)


@pytest.mark.parametrize("k", [1, 8, 20, 40])
def test_against_scipy(k):
    components, right = problem(k, 300, k)
    gram = gram_matrix(components)
    root = np.linalg.cholesky(gram).T
    expected = [nnls(root, row)[0] for row in np.linalg.solve(root.T, right.T).T]
    assert np.allclose(nonnegative_weights(gram, right), expected, rtol=0, atol=1e-9)


def test_every_text_is_solved_as_if_alone():
    components, right = problem(20, 1500)
    gram = gram_matrix(components)
    together = nonnegative_weights(gram, right)
    alone = np.concatenate([nonnegative_weights(gram, row[None]) for row in right[::50]])
    assert np.array_equal(together[::50], alone)


def test_topics_that_are_the_same_and_topics_of_no_word():
    components, right = problem(6, 50)
    components[1], components[2] = components[0], 0
    weights = nonnegative_weights(gram_matrix(components), right * [1, 1, 0, 1, 1, 1])
    assert np.isfinite(weights).all() and (weights >= 0).all() and not weights[:, 2].any()


def test_no_text_and_no_word():
    gram = gram_matrix(np.eye(3))
    assert nonnegative_weights(gram, np.zeros((0, 3))).shape == (0, 3)
    assert not nonnegative_weights(gram, np.zeros((2, 3))).any()


def test_products():
    components, right = problem(7, 30)
    gram = components @ components.T
    assert np.allclose(gram_matrix(components), gram, rtol=1e-9)
    assert np.allclose(times_gram(right, gram), right @ gram, rtol=1e-12)
