"""Where the hits of themes stand in sentences: the one place that asks the measure of attention."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from emphasis.measures.dictionaries import Theme
from emphasis.text import fold, squeeze


def theme_spans(
    text: str, starts: np.ndarray, ends: np.ndarray, themes: Sequence[Theme]
) -> Iterator[tuple[int, int, int]]:
    """The hits in one sentence that `measures.themes.theme_values` counts.

    Parameters
    ----------
    text : str
        The sentence as it stands in the file.
    starts, ends : ndarray of int
        Borders of its tokens, offsets into `text`.
    themes : sequence of Theme

    Yields
    ------
    tuple of int
        Position of the theme, and the hit's start and end in `text`.
    """
    flat, places = squeeze(fold(text))
    opening = frozenset(np.searchsorted(places, starts).tolist())
    closing = frozenset((np.searchsorted(places, ends - 1) + 1).tolist())
    for number, theme in enumerate(themes):
        for start, end in theme.find(flat, opening, closing):
            yield number, places[start], places[end - 1] + 1
