"""Variety of words: type-token ratios that do not fall with the length of a text."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

import numpy as np
import pandas as pd

WINDOW = 100
"""Words in the window of MATTR, and the least text that MTLD is given for."""
_THRESHOLD = 0.72
_STRIDE = 256
"""Words that are looked at together for the end of a factor."""


def mattr(words: Sequence[Hashable] | np.ndarray, window: int = WINDOW) -> float:
    """Moving-average type-token ratio: the mean over all windows of 100 words of different words / words.

    Unlike the plain ratio it does not fall with the length of the text (Covington & McFall 2010). Missing for a text
    shorter than the window.

    References
    ----------
    Bibliographic data and definition agree with the documentation of the R packages koRpus and quanteda; the paper was not
    read.

    Covington, M. A. & McFall, J. D. (2010). Cutting the Gordian knot: the moving-average type-token ratio (MATTR).
    Journal of Quantitative Linguistics 17(2), 94-100.
    """
    return mattr_of(last_places(words), window)


def mattr_of(before: np.ndarray, window: int = WINDOW) -> float:
    """As `mattr`, from the `last_places` of the words."""
    n = len(before)
    if n < window:
        return float("nan")
    # A word is the first of its kind in the windows that begin behind its last occurrence.
    place = np.arange(n)
    first = np.maximum(place - window + 1, before + 1)
    windows = np.minimum(place, n - window) - np.maximum(first, 0) + 1
    return int(np.maximum(windows, 0).sum()) / window / (n - window + 1)


def mtld(words: Sequence[Hashable] | np.ndarray, threshold: float = _THRESHOLD) -> float:
    """Measure of textual lexical diversity: mean length of stretches that keep a type-token ratio above 0.72.

    Read forwards, a factor is complete when the ratio falls to 0.72 or below, and the next begins; what is left at the end
    counts as the part ``(1 - ratio) / (1 - 0.72)`` of a factor. The value is words / factors, averaged over reading
    forwards and backwards (McCarthy & Jarvis 2010). Missing for fewer than 100 words, and for a text without repetition.

    References
    ----------
    Bibliographic data agree with the R package koRpus, the algorithm with the Python package LexicalRichness (koRpus differs
    when the ratio equals 0.72); the paper was not read. The least of 100 words is this project's.

    McCarthy, P. M. & Jarvis, S. (2010). MTLD, vocd-D, and HD-D: a validation study of sophisticated approaches to lexical
    diversity assessment. Behavior Research Methods 42(2), 381-392.
    """
    return mtld_of(last_places(words), threshold)


def mtld_of(before: np.ndarray, threshold: float = _THRESHOLD) -> float:
    """As `mtld`, from the `last_places` of the words."""
    if len(before) < WINDOW:
        return float("nan")
    factors = [_factors(reading, threshold) for reading in (before, _backwards(before))]
    return float(np.mean([len(before) / f for f in factors])) if all(factors) else float("nan")


def last_places(words: Sequence[Hashable] | np.ndarray) -> np.ndarray:
    """The place at which each word stood last before; -1 for the first time."""
    codes = words if isinstance(words, np.ndarray) else pd.factorize(np.array(words, dtype=object))[0]
    order = np.argsort(codes, kind="stable")
    before = np.full(len(order), -1)
    ordered = codes[order]
    again = np.flatnonzero(ordered[1:] == ordered[:-1])
    before[order[again + 1]] = order[again]
    return before


def _backwards(before: np.ndarray) -> np.ndarray:
    """What `last_places` are for the words read backwards."""
    last = len(before) - 1
    turned = np.full(len(before), -1)
    again = np.flatnonzero(before >= 0)
    turned[last - before[again]] = last - again
    return turned


def _factors(before: np.ndarray, threshold: float) -> float:
    """Factors of words of which is known where each stood last."""
    factors, start, reach = 0.0, 0, _STRIDE
    lengths = np.arange(1, len(before) + 1)
    while start < len(before):
        types = (before[start : start + reach] < start).cumsum()
        low = types / lengths[: len(types)] <= threshold
        n = int(low.argmax())
        if low[n]:
            factors, start, reach = factors + 1, start + n + 1, _STRIDE
        elif start + reach < len(before):
            reach *= 2
        else:
            return factors + (1 - int(types[-1]) / len(types)) / (1 - threshold)
    return factors
