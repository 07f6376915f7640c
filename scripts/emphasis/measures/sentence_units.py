"""Counts with sentences as units, for comparisons that have too few paragraphs."""

from __future__ import annotations

import numpy as np
import pandas as pd

from emphasis.measures.counting import Counting
from emphasis.measures.counts import Paragraphs, count_in_paragraphs


def count_in_sentences(
    tokens: pd.DataFrame,
    sentences: pd.DataFrame,
    sections: pd.DataFrame,
    vocabulary: pd.DataFrame,
    counting: Counting,
) -> Paragraphs:
    """Occurrences of keywords in sentences; what `count_in_paragraphs` needs, with each sentence taken as a paragraph."""
    numbered = sentences.assign(paragraph=np.arange(len(sentences)))
    return count_in_paragraphs(tokens, numbered, sections, vocabulary, counting)
