"""One comparison of two texts."""

import numpy as np

from emphasis.measures.keyness import TestedComparisons, compute_tests, tabulate_tests


def compare_texts(paragraphs, target, comparison, settings, places=None):
    """The keywords and the verdict of one comparison, as columns and row of the tables."""
    pooled = np.arange(len(target)), target[None, :], [comparison]
    tested = TestedComparisons([comparison], compute_tests(paragraphs, pooled, settings))
    table, verdicts = tabulate_tests([tested], paragraphs.vocabulary, settings, places or {})
    return table, verdicts.to_dict("records")[0]
