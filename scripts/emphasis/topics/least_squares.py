"""Non-negative least squares of many texts at a time, to the same last digit on every processor.

BLAS and LAPACK add products in an order that depends on the processor and on how many right-hand sides there are. Here every
text is solved by operations on single numbers in an order that the number of topics alone decides.
"""

from __future__ import annotations

import numpy as np
from scipy import sparse

_RIDGE = 1e-12
"""Of the mean of the diagonal: it makes topics that are combinations of others solvable."""
_TOLERANCE = 1e-12
"""Of the largest number of a text's right-hand side: gradients and weights beyond it count as negative."""
_BACKUPS = 3
"""Exchanges without progress after which one weight at a time is exchanged, which always ends."""
_BLOCK = 1024
"""Texts that are solved at a time."""


def gram_matrix(components: np.ndarray) -> np.ndarray:
    """H H' for H of shape (K, V), each product added in the order of the columns."""
    rows = sparse.csr_array(components)
    gram = (rows @ sparse.csr_array(rows.T)).toarray()
    return np.asarray(gram + _RIDGE * np.trace(gram) / max(len(gram), 1) * np.eye(len(gram)))


def nonnegative_weights(gram: np.ndarray, right: np.ndarray) -> np.ndarray:
    """The w >= 0 that minimise ``w' G w - 2 b' w`` for each row b, shape (S, K).

    Block principal pivoting (Kim & Park 2011 describe it for factorisations; the paper was not read): weights are divided into
    those that are zero and those that the normal equations give; weights that come out negative and those whose gradient does
    are exchanged, all at a time while that makes them fewer, else the last of them alone, until there are none. The solution is
    exact, as that of Lawson & Hanson.

    Parameters
    ----------
    gram : array of shape (K, K)
        G, positive definite: H H' of the topics.
    right : array of shape (S, K)
        b = H x of each text x.
    """
    blocks = [_solve_block(gram, right[start : start + _BLOCK]) for start in range(0, len(right), _BLOCK)]
    return np.concatenate(blocks) if blocks else np.zeros(right.shape)


def _solve_block(gram: np.ndarray, right: np.ndarray) -> np.ndarray:
    n, k = right.shape
    weights, free = np.zeros((n, k)), np.zeros((n, k), dtype=bool)
    edge = _TOLERANCE * np.abs(right).max(axis=1, initial=0)
    fewest, backups = np.full(n, k + 1), np.full(n, _BACKUPS)
    # No free weight yet: the gradient is -b.
    wrong = right > edge[:, None]
    unsolved = np.flatnonzero(wrong.any(axis=1))
    while len(unsolved):
        exchanged = wrong[unsolved]
        number = exchanged.sum(axis=1)
        fewer = number < fewest[unsolved]
        fewest[unsolved] = np.where(fewer, number, fewest[unsolved])
        backups[unsolved] = np.where(fewer, _BACKUPS, backups[unsolved] - 1)
        single = backups[unsolved] < 0
        last = k - 1 - np.argmax(exchanged[:, ::-1], axis=1)
        exchanged[single] = np.arange(k) == last[single, None]
        free[unsolved] ^= exchanged
        solved = _solve_normal(gram, right[unsolved], free[unsolved])
        gradient = times_gram(solved, gram) - right[unsolved]
        weights[unsolved] = solved
        wrong[unsolved] = np.where(free[unsolved], solved < 0, gradient < -edge[unsolved, None])
        unsolved = unsolved[wrong[unsolved].any(axis=1)]
    return weights


def _solve_normal(gram: np.ndarray, right: np.ndarray, free: np.ndarray) -> np.ndarray:
    """Weights of the free topics of each text by its normal equations (Cholesky), others zero."""
    k = len(gram)
    both = free[:, :, None] & free[:, None, :]
    # The equations of topics that are not free become w = 0.
    lower = np.where(both, gram, np.eye(k))
    solved = np.where(free, right, 0.0)
    for j in range(k):
        lower[:, j:, j] /= np.sqrt(lower[:, j, j])[:, None]
        lower[:, j + 1 :, j + 1 :] -= lower[:, j + 1 :, j, None] * lower[:, None, j + 1 :, j]
        solved[:, j] /= lower[:, j, j]
        solved[:, j + 1 :] -= lower[:, j + 1 :, j] * solved[:, j, None]
    for j in reversed(range(k)):
        solved[:, j] /= lower[:, j, j]
        solved[:, :j] -= lower[:, j, :j] * solved[:, j, None]
    return solved


def times_gram(rows: np.ndarray, gram: np.ndarray) -> np.ndarray:
    """``rows @ gram``, products of each row added in the order of the topics."""
    total = np.zeros(rows.shape)
    for j in range(len(gram)):
        total += rows[:, j, None] * gram[j]
    return total
