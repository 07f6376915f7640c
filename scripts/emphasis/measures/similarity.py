"""How like each other reports are, and which terms come and go."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from scipy import sparse

from emphasis.measures.paragraphs import Paragraphs

_LEAST = 2
"""Occurrences that make a term of one year new or vanished rather than an accident."""


def report_counts(paragraphs: Paragraphs) -> tuple[list[str], sparse.csr_array]:
    """Ids of the reports, sorted, and the occurrences of each keyword in each, shape (reports, V)."""
    names, row = np.unique(paragraphs.units["report_id"].to_numpy(dtype=object), return_inverse=True)
    grouping = sparse.csr_array((np.ones(len(row)), (row, np.arange(len(row)))), shape=(len(names), len(row)))
    return names.tolist(), sparse.csr_array(grouping @ paragraphs.counts)


def similarity(paragraphs: Paragraphs, reports: pd.DataFrame, related: Sequence[tuple[str, str, str]]) -> pd.DataFrame:
    """Cosine similarity of reports over TF-IDF of their keywords, with what is usual between years apart.

    With n occurrences of a term in a report and df of the R reports that have it, its weight is ``n * (ln((1 + R) / (1 + df))
    + 1)``; the cosine of two reports is the inner product of their weights divided by both lengths (scikit-learn's
    TfidfTransformer with its defaults).

    All reports of a region resemble each other. ``baseline`` is therefore the mean cosine of the report with those of the
    same region that are two or more years away, ``n_baseline`` their number; what a pair of consecutive years has above it is
    continuity of those two years.

    Parameters
    ----------
    paragraphs : Paragraphs
        Of all reports.
    reports : DataFrame
        report_id, region, adcode, year.
    related : sequence of (relation, report_id, other_id)

    Returns
    -------
    DataFrame
        report_id, other_id, relation, cosine, baseline, n_baseline.
    """
    names, counts = report_counts(paragraphs)
    df = (counts > 0).sum(axis=0)
    weights = counts.multiply(np.log((1 + len(names)) / (1 + df)) + 1).toarray()
    weights /= np.maximum(np.sqrt((weights**2).sum(axis=1, keepdims=True)), 1e-300)
    index = {name: i for i, name in enumerate(names)}

    def cosine(a: str, b: str) -> float:
        return float(weights[index[a]] @ weights[index[b]])

    known = reports[reports["report_id"].isin(names) & reports["year"].notna() & (reports["region"] != "")]
    place = known["adcode"].where(known["adcode"] != "", known["region"])
    rows = list(zip(known["report_id"], place, known["year"].astype(int), strict=True))
    apart = {a: [b for b, q, z in rows if q == p and abs(z - y) > 1] for a, p, y in rows}
    usual = {a: float(np.mean([cosine(a, b) for b in others])) for a, others in apart.items() if others}
    table = [
        (a, b, relation, cosine(a, b), usual.get(a, np.nan), len(apart.get(a, ())))
        for relation, a, b in related
        if a in index and b in index
    ]
    return pd.DataFrame(table, columns=["report_id", "other_id", "relation", "cosine", "baseline", "n_baseline"])


def term_changes(paragraphs: Paragraphs, year_pairs: Sequence[tuple[str, str]]) -> pd.DataFrame:
    """Terms that a report has at least twice and that of the year before does not have (new), and the reverse (vanished).

    Whether more terms come and go than between any two texts is a question for keyness, comparison ``year``.

    Returns
    -------
    DataFrame
        report_id, previous_id, change, term, n (in the report that has it).
    """
    names, counts = report_counts(paragraphs)
    index = {name: i for i, name in enumerate(names)}
    rows = []
    for report_id, before in year_pairs:
        if report_id in index and before in index:
            now, then = (counts[[index[r]]].toarray()[0] for r in (report_id, before))
            for change, has, lacks in (("new", now, then), ("vanished", then, now)):
                found = np.flatnonzero((has >= _LEAST) & (lacks == 0))
                rows += [(report_id, before, change, paragraphs.vocabulary[i], int(has[i])) for i in found]
    return pd.DataFrame(rows, columns=["report_id", "previous_id", "change", "term", "n"])


def first_use(paragraphs: Paragraphs, reports: pd.DataFrame) -> pd.DataFrame:
    """The first report of the corpus that has each term that at least two reports have.

    The first by year, of one year by name; reports without a known year do not count. It is the first use among the reports
    at hand, which says nothing of those that are not.

    Returns
    -------
    DataFrame
        term, year, report_id, n_first (reports of that year that have it), n_reports.
    """
    names, counts = report_counts(paragraphs)
    year = reports.set_index("report_id")["year"].reindex(names)
    dated = np.flatnonzero(year.notna().to_numpy())
    cells = counts[dated].tocoo()
    ids = np.array(names, dtype=object)[dated][cells.row]
    years = year.iloc[dated].astype(int).to_numpy()[cells.row]
    uses = pd.DataFrame({"term": paragraphs.vocabulary[cells.col], "year": years, "report_id": ids})
    uses = uses.sort_values(["term", "year", "report_id"], ignore_index=True)
    uses["n_reports"] = uses.groupby("term")["report_id"].transform("size")
    uses["n_first"] = uses.groupby(["term", "year"])["report_id"].transform("size")
    table = uses.drop_duplicates("term")
    return table[table["n_reports"] > 1][["term", "year", "report_id", "n_first", "n_reports"]].reset_index(drop=True)
