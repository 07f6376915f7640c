"""Where a theme is hit in a sentence: the one place that follows the rule of `emphasis.measures.themes`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from emphasis.errors import EmphasisError
from emphasis.measures.dictionaries import Theme, load_themes
from emphasis.measures.hits import Finder, sentence_hits

Span = tuple[int, int]


def load_theme(folder: Path, name: str) -> Theme:
    """One dictionary of a folder.

    Raises
    ------
    EmphasisError
        When the folder has none of the name.
    """
    file = folder / f"{name}.yaml"
    if not file.is_file():
        raise EmphasisError(
            f"{file}: absent; the dictionary that these results were made with is needed to mark its words"
        )
    return load_themes([file])[0]


def theme_spans(theme: Theme, text: str, tokens: Sequence[Span], *, anywhere: bool = False) -> list[Span]:
    """Spans of the hits of a theme in a sentence.

    Parameters
    ----------
    theme : Theme
    text : str
        The sentence as it stands in the file.
    tokens : sequence of span
        Where its tokens stand in it.
    anywhere : bool
        Hits inside longer words too.
    """
    starts, ends = [start for start, _ in tokens], [end for _, end in tokens]
    hits = sentence_hits(Finder([theme]), text, starts, ends, anywhere=anywhere)
    return [(hit.start, hit.end) for hit in hits]
