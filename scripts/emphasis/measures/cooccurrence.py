"""Which keywords stand together in one sentence more often than their frequencies would make them."""

from __future__ import annotations

import numpy as np
import pandas as pd


def cooccurrence(tokens: pd.DataFrame, n_sentences: int, max_terms: int, least: int) -> pd.DataFrame:
    """Pairs of keywords in sentences, with normalised pointwise mutual information.

    With ``S`` sentences, of which ``n(a)`` have the term a and ``n(a, b)`` both a and b, and ``p = n / S``::

        NPMI(a, b) = ln(p(a, b) / (p(a) p(b))) / -ln p(a, b)

    It is 1 for terms that never stand apart, 0 for independent ones, and negative for terms that avoid each other. Terms that
    stand in every sentence together have NPMI 1 by convention. A sentence counts once, however often it has a term. NPMI of
    rare pairs is unsteady, hence the least number of sentences.

    Parameters
    ----------
    tokens : DataFrame
        sentence_id, token; one row a keyword.
    n_sentences : int
        Sentences of the text, those without a keyword among them.
    max_terms : int
        The terms in most sentences are considered; equal ones in the order of their characters.
    least : int
        Sentences that must have both terms of a pair.

    Returns
    -------
    DataFrame
        term, other (term < other), n_term, n_other, n, npmi; strongest first.

    References
    ----------
    Bibliographic data and formula agree with the program Wordless, which cites it; the paper was not read.

    Bouma, G. (2009). Normalized (pointwise) mutual information in collocation extraction. Proceedings of GSCL, 31-40.
    """
    there = tokens[["sentence_id", "token"]].drop_duplicates()
    counts = there["token"].value_counts()
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:max_terms]
    terms = sorted(str(term) for term, n in ranked if n >= least)
    there = there[there["token"].isin(terms)]
    column = {term: i for i, term in enumerate(terms)}
    row = {sentence: i for i, sentence in enumerate(there["sentence_id"].unique())}
    has = np.zeros((len(row), len(terms)), dtype="int64")
    has[there["sentence_id"].map(row).to_numpy(dtype="int64"), there["token"].map(column).to_numpy(dtype="int64")] = 1
    both = has.T @ has
    pairs = [(a, b) for a in range(len(terms)) for b in range(a + 1, len(terms)) if both[a, b] >= least]
    first, second = (np.array([pair[side] for pair in pairs], dtype="int64") for side in (0, 1))
    n, n_first, n_second = both[first, second], both[first, first], both[second, second]
    share = n / n_sentences
    with np.errstate(divide="ignore", invalid="ignore"):
        npmi = np.log(n * n_sentences / (n_first * n_second)) / -np.log(share)
    table = pd.DataFrame(
        {
            "term": [terms[i] for i in first], "other": [terms[i] for i in second], "n_term": n_first, "n_other": n_second,
            "n": n, "npmi": np.where(share == 1, 1.0, npmi).round(6),
        }
    )  # fmt: skip
    return table.sort_values(["npmi", "n", "term", "other"], ascending=[False, False, True, True], ignore_index=True)
