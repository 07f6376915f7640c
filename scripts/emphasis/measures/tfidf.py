"""What sets each section of a report apart from its other sections."""

from __future__ import annotations

import numpy as np
import pandas as pd

COLUMNS = ["report_id", "section_id", "term", "n", "tf", "df", "idf", "tfidf", "rank"]


def tfidf(frequency: pd.DataFrame, sections: pd.DataFrame) -> pd.DataFrame:
    """TF-IDF of the keywords of each section, within each report.

    The documents are the report's S sections without subsections, as far as they have keywords. For a term that occurs n
    times in a section of N tokens and in df of the S sections::

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
        report_id, section_id, term, n, tf, df, idf, tfidf, rank (missing or from 1).

    References
    ----------
    Bibliographic data agree with the heading of the 2004 reprint, the formula with scikit-learn's documentation; the paper was
    not read.

    Spärck Jones, K. (1972). A statistical interpretation of term specificity and its application in retrieval. Journal of
    Documentation 28(1), 11-21.
    """
    table = frequency.merge(leaf_sections(sections), on=["report_id", "section_id"], how="inner")
    unit = ["report_id", "section_id"]
    documents = table.groupby("report_id")["section_id"].transform("nunique")
    table["df"] = table.groupby(["report_id", "term"])["section_id"].transform("nunique")
    table["tf"] = table["per_10k"] / 10_000
    table["idf"] = np.log((1 + documents) / (1 + table["df"])) + 1
    weight = table["tf"] * table["idf"]
    table["tfidf"] = weight / np.sqrt((weight**2).groupby([table[c] for c in unit]).transform("sum"))
    # Rounded before ranking: terms that differ in the last bit only are equal.
    rank = table["tfidf"].round(9).groupby([table[c] for c in unit]).rank(method="min", ascending=False)
    table["rank"] = rank.where(documents > 1).astype("Int64")
    return table[COLUMNS]


def leaf_sections(sections: pd.DataFrame) -> pd.DataFrame:
    """report_id and section_id of the sections without subsections."""
    parents = sections[["report_id", "parent_id"]].drop_duplicates()
    parents = parents.rename(columns={"parent_id": "section_id"}).assign(is_parent=True)
    marked = sections[["report_id", "section_id"]].merge(parents, how="left", on=["report_id", "section_id"])
    return marked[marked["is_parent"].isna()][["report_id", "section_id"]].reset_index(drop=True)
