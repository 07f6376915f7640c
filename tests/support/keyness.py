"""One comparison of two texts."""

import numpy as np

from emphasis.measures.keyness import keyness_tables


def compare_texts(paragraphs, target, comparison, settings):
    """The keywords and the verdict of one comparison, as columns and row of the tables."""
    pooled = np.arange(len(target)), target[None, :], [comparison]
    table, verdicts = keyness_tables(paragraphs, [pooled], settings)
    return table, verdicts.to_dict("records")[0]
