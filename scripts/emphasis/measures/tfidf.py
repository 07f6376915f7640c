"""TF-IDF: the terms that set each section of a report apart from its other sections."""

from __future__ import annotations

from itertools import product

import numpy as np
import pandas as pd

from emphasis.sections import leaf_sections
from emphasis.store.codes import categories, string_codes


def tfidf(frequency: pd.DataFrame, sections: pd.DataFrame) -> pd.DataFrame:
    """TF-IDF of the keywords of each section, within each report.

    The documents are the report's S sections without subsections that have keywords. For a term that occurs n
    times in a section of N words and in df of the S sections::

        tf    = n / N
        idf   = ln((1 + S) / (1 + df)) + 1
        tfidf = tf * idf / sqrt(sum over the section's terms of (tf * idf)^2)

    This is scikit-learn's TfidfTransformer with its defaults (smooth_idf, norm="l2"); the length N cancels out in the
    norm. Idea of the inverse document frequency: Spärck Jones (1972).

    With S = 1 every idf is 1 and tfidf merely repeats the frequencies; ``rank`` is then missing, since a ranking by a
    constant would say nothing about what sets the section apart.

    Parameters
    ----------
    frequency : DataFrame
        As made by `emphasis.measures.frequency.frequency`.
    sections : DataFrame
        report_id, section_id, parent_id.

    Returns
    -------
    DataFrame
        report_id, section_id, term, n, n_alone, tf, df, idf, tfidf, rank (missing or from 1), within.

    References
    ----------
    Bibliographic data agree with the heading of the 2004 reprint and the R package Distances, the formula with scikit-learn's
    documentation; the paper was not read.

    Spärck Jones, K. (1972). A statistical interpretation of term specificity and its application in retrieval. Journal of
    Documentation 28(1), 11-21.
    """
    coded = (string_codes(frequency[name]) for name in ("report_id", "section_id", "term", "within"))
    (report, reports), (section, names), (term, terms), (holder, holders) = coded
    leaf = leaf_sections(sections)
    leaves = set(zip(leaf["report_id"], leaf["section_id"], strict=True))
    is_leaf = np.array([pair in leaves for pair in product(reports.to_pylist(), names.to_pylist())], dtype=bool)
    cell = report * len(names) + section
    rows = np.flatnonzero(is_leaf[cell])
    # Sections in the order of the table.
    unit, found = pd.factorize(cell[rows])
    report, section, term = report[rows], section[rows], term[rows]
    documents = np.bincount(found // max(len(names), 1), minlength=len(reports))[report]
    use = report * len(terms) + term
    df = np.bincount(use, minlength=len(reports) * len(terms))[use]
    tf = frequency["per_10k"].to_numpy(dtype="float64")[rows] / 10_000
    idf = np.log((1 + documents) / (1 + df)) + 1
    weight = tf * idf
    # Over two keys pandas adds without loss of digits, over one it does not.
    squares = pd.Series(weight**2).groupby([report, section]).transform("sum").to_numpy()
    normalised = weight / np.sqrt(squares)
    order = np.lexsort((-normalised, unit))
    texts = {"report_id": (reports, report), "section_id": (names, section), "term": (terms, term)}
    numbers = {name: frequency[name].to_numpy(dtype="int64")[rows] for name in ("n", "n_alone")}
    numbers |= {"tf": tf, "df": df, "idf": idf, "tfidf": normalised}
    return pd.DataFrame(
        {name: categories(strings, places[order]) for name, (strings, places) in texts.items()}
        | {name: values[order] for name, values in numbers.items()}
        | {"rank": pd.arrays.IntegerArray(_ranks(unit[order], normalised[order]), documents[order] < 2)}
        | {"within": categories(holders, holder[rows[order]])}
    )


def _ranks(unit: np.ndarray, normalised: np.ndarray) -> np.ndarray:
    """1 plus the number of larger values of the same unit; the values are sorted by unit, from the largest down."""
    # Rounded before ranking: terms that differ only in the last bit are tied.
    rounded, place = np.round(normalised, 9), np.arange(len(unit))
    begins = np.diff(unit, prepend=-1) != 0
    differs = begins | (np.diff(rounded, prepend=np.inf) != 0)
    first, first_equal = (np.maximum.accumulate(np.where(new, place, 0)) for new in (begins, differs))
    ranks: np.ndarray = first_equal - first + 1
    return ranks
