"""Terms that stand together in sentences, as nodes and edges of a network in each report."""

from __future__ import annotations

import networkx as nx  # type: ignore[import-untyped]
import pandas as pd

from emphasis.measures.similarity import cooccurrence

CANDIDATES, LEAST_SENTENCES, LEAST_NPMI = 120, 3, 0.3
"""Keywords that are considered, and the sentences and NPMI that a pair needs."""


def network(counted: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The network of one report: its terms, and the pairs of `emphasis.measures.similarity.cooccurrence` that are tied.

    Of the 120 keywords that stand in most sentences, pairs are tied that share at least 3 sentences and have an NPMI of 0.3 or
    more. The degree of a term is the number of its ties, its strength the sum of their NPMI. A component is a set of terms that
    ties lead between; components are numbered from the largest.

    Parameters
    ----------
    counted : DataFrame
        sentence_id, token, keyword: the report's counted tokens, as made by `emphasis.measures.counts.keyword_tokens`.

    Returns
    -------
    nodes : DataFrame
        term, n_sentences, degree, strength, component, component_terms; terms with a tie, sorted.
    edges : DataFrame
        term_a, term_b, n_both, n_a, n_b, npmi, component; strongest first.
    """
    keywords = counted[counted["keyword"]]
    pairs = cooccurrence(keywords, counted["sentence_id"].nunique(), CANDIDATES, LEAST_SENTENCES)
    names = {"term": "term_a", "other": "term_b", "n": "n_both", "n_term": "n_a", "n_other": "n_b"}
    edges = pairs[pairs["npmi"] >= LEAST_NPMI].reset_index(drop=True).rename(columns=names)
    ends = [edges[["term_a", "n_a", "npmi"]], edges[["term_b", "n_b", "npmi"]]]
    both = pd.concat([end.set_axis(["term", "n_sentences", "npmi"], axis=1) for end in ends])
    nodes = both.groupby("term").agg(
        n_sentences=("n_sentences", "first"), degree=("npmi", "size"), strength=("npmi", "sum")
    )
    graph = nx.Graph(list(zip(edges["term_a"], edges["term_b"], strict=True)))
    parts = sorted((sorted(part) for part in nx.connected_components(graph)), key=lambda part: (-len(part), part))
    number = {term: place for place, part in enumerate(parts, start=1) for term in part}
    size = {term: len(part) for part in parts for term in part}
    nodes = nodes.reset_index().sort_values("term", ignore_index=True)
    nodes["component"] = nodes["term"].map(number).astype("int64")
    nodes["component_terms"] = nodes["term"].map(size).astype("int64")
    columns = ["term_a", "term_b", "n_both", "n_a", "n_b", "npmi"]
    return nodes, edges[columns].assign(component=edges["term_a"].map(number).astype("int64"))


def networks(counted: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The networks of several reports, with the column `report_id`: nodes and edges as of `network`."""
    found = [(report_id, network(own)) for report_id, own in counted.groupby("report_id", observed=True)]
    found = found or [("", network(counted.assign(keyword=counted["keyword"].astype(bool))))]
    nodes, edges = (
        pd.concat([tables[place].assign(report_id=report_id) for report_id, tables in found], ignore_index=True)
        for place in (0, 1)
    )
    return nodes, edges
