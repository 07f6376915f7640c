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
_BLOCK = 8192
"""Texts that are looked at at a time."""
_CELLS = 1 << 18
"""Numbers in the equations that are solved at a time: about what a processor keeps at hand."""


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
    weights, number = np.zeros(right.shape), free.sum(axis=1)
    # Most texts have few free topics. Those with equally many are solved at a time, with no other topic in their equations.
    for m in np.unique(number[number > 0]).tolist():
        alike = np.flatnonzero(number == m)
        size = max(_CELLS // m**2, 1)
        for start in range(0, len(alike), size):
            texts = alike[start : start + size]
            topics = np.ascontiguousarray(np.nonzero(free[texts])[1].reshape(-1, m).T)
            weights[texts, topics] = _solve_full(gram, right[texts, topics], topics)
    return weights


def _solve_full(gram: np.ndarray, right: np.ndarray, topics: np.ndarray) -> np.ndarray:
    """Weights of T texts that have M free topics each: `right`, `topics` and what is returned have the shape (M, T)."""
    solved, m = right, len(topics)
    # Of the lower triangle the columns, each from the diagonal down.
    columns = [gram[topics[j:], topics[j]] for j in range(m)]
    for j in range(m):
        columns[j] /= np.sqrt(columns[j][0])
        solved[j] /= columns[j][0]
        solved[j + 1 :] -= columns[j][1:] * solved[j]
        for i in range(j + 1, m):
            columns[i] -= columns[j][i - j :] * columns[j][i - j]
    for j in reversed(range(m)):
        solved[j] /= columns[j][0]
        for i in range(j):
            solved[i] -= columns[i][j - i] * solved[j]
    return solved


def times_gram(rows: np.ndarray, gram: np.ndarray) -> np.ndarray:
    """``rows @ gram``, products of each row added in the order of the topics."""
    total, product = np.zeros(rows.shape), np.empty(rows.shape)
    for j in range(len(gram)):
        total += np.multiply(rows[:, j, None], gram[j], out=product)
    return total
