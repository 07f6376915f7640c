"""Terms that stand together in sentences, as nodes and edges of a network in each report."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from scipy import sparse
from scipy.sparse.csgraph import connected_components

from emphasis.measures.similarity import cooccurrence
from emphasis.store.codes import categories, string_codes, unsorted_codes

CANDIDATES, LEAST_SENTENCES, LEAST_NPMI = 120, 3, 0.3
"""Keywords that are considered, and the sentences and NPMI that a pair needs."""


def keyword_tokens(tokens: pd.DataFrame, counts: pd.DataFrame) -> pd.DataFrame:
    """The tokens of counted sections, with the column `keyword`.

    Tokens have report_id, section_id, token, kind, and any other columns; counts are those of the same reports.
    """
    report, ids = string_codes(counts["report_id"])
    own_report = _places_among(tokens["report_id"], ids)
    section, names = string_codes(counts["section_id"])
    counted = _pairs(report, section, len(ids), len(names))[own_report, _places_among(tokens["section_id"], names)]
    term, terms = string_codes(counts["term"])
    is_listed = counts["keyword"].to_numpy(dtype=bool)
    listed = _pairs(report[is_listed], term[is_listed], len(ids), len(terms))
    kind, kinds = unsorted_codes(tokens["kind"])
    is_number = np.asarray(pc.equal(kinds, "number"), dtype=bool)[kind]
    is_keyword = listed[own_report, _places_among(tokens["token"], terms)] & ~is_number
    own: pd.DataFrame = tokens[counted].reset_index(drop=True)
    return own.assign(keyword=is_keyword[counted])


def _places_among(column: pd.Series[str], strings: pa.Array) -> np.ndarray:
    """The place of each string of a column among some; for others one past the last of these."""
    places, own = unsorted_codes(column)
    among: np.ndarray = pc.fill_null(pc.index_in(own, value_set=strings), len(strings)).to_numpy()[places]
    return among


def _pairs(one: np.ndarray, other: np.ndarray, ones: int, others: int) -> np.ndarray:
    """Which pairs of places occur, shape (ones + 1, others + 1); those past the last do not."""
    found = np.zeros((ones + 1, others + 1), dtype=bool)
    found[one, other] = True
    return found


def networks(counted: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The networks of reports: their terms, and the pairs of `emphasis.measures.similarity.cooccurrence` that are tied.

    Of the 120 keywords that stand in most sentences, pairs are tied that share at least 3 sentences and have an NPMI of 0.3 or
    more. The degree of a term is the number of its ties, its strength the sum of their NPMI. A component is a set of terms that
    ties lead between; components are numbered from the largest, of equally large ones from that with the first term.

    Parameters
    ----------
    counted : DataFrame
        report_id, sentence_id, token, keyword: counted tokens, as made by `keyword_tokens`.

    Returns
    -------
    nodes : DataFrame
        report_id, term, n_sentences, degree, strength, component, component_terms; terms with a tie, sorted.
    edges : DataFrame
        report_id, term_a, term_b, n_both, n_a, n_b, npmi, component; by report, strongest first.
    """
    report, reports = string_codes(counted["report_id"])
    sentence, sentences = unsorted_codes(counted["sentence_id"])
    owner = np.zeros(len(sentences), dtype="int64")
    owner[sentence] = report
    n_sentences = dict(zip(reports.to_pylist(), np.bincount(owner, minlength=len(reports)).tolist(), strict=True))
    keywords = counted[counted["keyword"].to_numpy(dtype=bool)]
    pairs = cooccurrence(keywords, n_sentences, CANDIDATES, LEAST_SENTENCES)
    names = {"term": "term_a", "other": "term_b", "n": "n_both", "n_term": "n_a", "n_other": "n_b"}
    edges = pairs[pairs["npmi"] >= LEAST_NPMI].reset_index(drop=True).rename(columns=names)
    nodes, first = _nodes(edges)
    columns = ["report_id", "term_a", "term_b", "n_both", "n_a", "n_b", "npmi"]
    return nodes, edges[columns].assign(component=nodes["component"].to_numpy()[first])


def _nodes(edges: pd.DataFrame) -> tuple[pd.DataFrame, np.ndarray]:
    """The terms of the edges, and the place among them of the first term of each edge."""
    report, reports = string_codes(edges["report_id"])
    term, terms = string_codes(pd.concat([edges["term_a"].astype("str"), edges["term_b"].astype("str")]))
    width = max(len(terms), 1)
    found, some_edge, end = np.unique(np.tile(report, 2) * width + term, return_index=True, return_inverse=True)
    owner, word = np.divmod(found, width)
    first, second = end[: len(edges)], end[len(edges) :]
    ties = sparse.csr_array((np.ones(len(edges)), (first, second)), shape=(len(found), len(found)))
    number, size = _components(ties, owner)
    nodes = pd.DataFrame(
        {
            "report_id": categories(reports, owner),
            "term": categories(terms, word),
            "n_sentences": np.concatenate([edges["n_a"], edges["n_b"]])[some_edge],
            "degree": np.bincount(end, minlength=len(found)),
            "strength": np.bincount(end, np.tile(edges["npmi"], 2), len(found)),
            "component": number,
            "component_terms": size,
        }
    )
    return nodes, first


def _components(ties: sparse.csr_array, owner: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The number of each node's component among those of its report, and its size; nodes are in order."""
    if not len(owner):
        return np.zeros(0, dtype="int64"), np.zeros(0, dtype="int64")
    _, label = connected_components(ties, directed=False)
    _, first, size = np.unique(label, return_index=True, return_counts=True)
    order = np.lexsort((first, -size, owner[first]))
    number = np.empty(len(order), dtype="int64")
    number[order] = np.arange(len(order)) - np.searchsorted(owner[first][order], owner[first][order]) + 1
    return number[label], size[label]
