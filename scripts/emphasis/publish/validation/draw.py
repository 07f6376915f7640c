"""Which sentences coders read: a stratified draw with known probabilities."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from emphasis.errors import EmphasisError

NONE, OTHER = "none", "other"
"""Strata of sentences that no theme hits, and of areas that were not asked for."""

LEAST = 2
"""Sentences that are drawn from a stratum, if it has them: from one no variance can be estimated."""


def theme_strata(hits: np.ndarray, names: Sequence[str]) -> np.ndarray:
    """The stratum of each sentence: of the themes that hit it the one that hits the fewest sentences, or ``none``.

    With one theme these are its hits and all others.

    Parameters
    ----------
    hits : bool array of shape (sentences, themes)
    names : sequence of str
        Names of the themes.
    """
    rarest_first = np.argsort(hits.sum(axis=0), kind="stable")
    place = hits[:, rarest_first].argmax(axis=1)
    strata = np.array(names, dtype=object)[rarest_first][place]
    return np.where(hits.any(axis=1), strata, NONE)


def area_strata(areas: np.ndarray, chosen: Sequence[str]) -> np.ndarray:
    """The stratum of each sentence: the machine's area, or ``other`` where that was not asked for."""
    return np.where(np.isin(areas, list(chosen)), areas, OTHER)


def allocate(sizes: Sequence[int], size: int) -> list[int]:
    """How many sentences are drawn from each stratum: one half in equal parts, the other in proportion to the strata.

    Equal parts give rare themes and areas enough sentences for precision; proportional ones keep the weights of common strata,
    in which misses are looked for, from growing large. A stratum that is too small is taken whole and the rest is shared out among the others.

    Raises
    ------
    EmphasisError
        If the draw is too small for two sentences a stratum.

    Examples
    --------
    >>> allocate([10, 90, 900], 60)
    [10, 15, 35]
    """
    n = np.array(sizes, dtype="float64")
    least = np.minimum(n, LEAST)
    if size < least.sum():
        raise EmphasisError(
            f"configuration: validate.size: {size} sentences are too few for {len(n)} strata; allowed: {int(least.sum())} or more"
        )
    wanted = np.zeros(len(n))
    open_ = n > 0
    # Strata that are full leave their share to the others.
    while open_.any():
        free = min(size, n.sum()) - wanted[~open_].sum()
        share = free / 2 * n[open_] / n[open_].sum() + free / 2 / open_.sum()
        wanted[open_] = share
        full = open_ & (wanted >= n)
        wanted[full] = n[full]
        if not full.any():
            break
        open_ &= ~full
    drawn = np.maximum(np.floor(wanted + 1e-9), least)
    order = np.lexsort((np.arange(len(n)), -(wanted - np.floor(wanted + 1e-9))))
    total = int(min(size, n.sum()))
    while drawn.sum() < total:
        for i in order:
            if drawn.sum() < total and drawn[i] < n[i]:
                drawn[i] += 1
    while drawn.sum() > total:
        drawn[int(np.argmax(drawn - least))] -= 1
    return [int(value) for value in drawn]


def draw(frame: pd.DataFrame, size: int, seed: int) -> pd.DataFrame:
    """Draw sentences from strata without replacement, in random order.

    Parameters
    ----------
    frame : DataFrame
        All sentences, with a column `stratum`.
    size : int
        Sentences to draw.
    seed : int

    Returns
    -------
    DataFrame
        The drawn rows with number (from 1, in the order in which coders see them), stratum_size, weight = sentences of the
        stratum / sentences drawn from it.
    """
    random = np.random.default_rng(seed)
    strata, place = np.unique(frame["stratum"].to_numpy(dtype=str), return_inverse=True)
    sizes = np.bincount(place, minlength=len(strata))
    chosen, weights = [], []
    for i, n in enumerate(allocate(sizes.tolist(), size)):
        chosen.append(random.choice(np.flatnonzero(place == i), n, replace=False))
        weights.append(np.full(n, sizes[i] / n))
    order = random.permutation(sum(map(len, chosen)))
    rows = np.concatenate(chosen)[order]
    drawn = frame.iloc[rows].reset_index(drop=True)
    weight = np.concatenate(weights)[order]
    return drawn.assign(number=np.arange(1, len(rows) + 1), stratum_size=sizes[place[rows]], weight=weight)
