"""Which topics are like which."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy.cluster.hierarchy import linkage

from emphasis.topics.model import TopicModel

_COLUMNS = ["model", "node", "left", "right", "height", "n_topics"]


def topic_tree(name: str, model: TopicModel) -> pd.DataFrame:
    """Topics merged step by step, the most similar first.

    The distance of two topics is the Hellinger distance of their words, ``sqrt(1 - sum_w sqrt(p_w q_w))``: 0 for the same
    words in the same proportions, 1 for none in common; that of two groups is the mean over their pairs (average linkage).
    Nodes 1 to K are the topics; each merge makes the next number.

    Returns
    -------
    DataFrame
        model, node, left, right, height, n_topics; K - 1 rows.
    """
    roots = np.sqrt(model.components)
    first, second = np.triu_indices(model.k, 1)
    alike = np.round((roots @ roots.T)[first, second], 6)
    merges = linkage(np.sqrt(np.clip(1 - alike, 0, 1)), "average") if model.k > 1 else np.zeros((0, 4))
    rows = []
    for node, (left, right, height, size) in enumerate(merges, start=model.k + 1):
        low, high = sorted((int(left) + 1, int(right) + 1))
        rows.append((name, node, low, high, round(float(height), 6), int(size)))
    return pd.DataFrame(rows, columns=_COLUMNS)
