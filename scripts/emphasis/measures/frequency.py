"""How often each keyword stands in a section, a part and a report."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy import sparse

from emphasis.measures.counts import Counting, Words, coded, count_words, holders, texts
from emphasis.measures.intervals import poisson_interval

PARTS = ("whole", "review", "plan")
"""The whole counted text; the sections whose role is review; the sections whose role is plan."""

_COLUMNS = ["term", "pos", "kind", "n", "per_10k", "rank", "n_sentences"]


def frequency(tokens: pd.DataFrame, sections: pd.DataFrame, counting: Counting) -> pd.DataFrame:
    """Keyword frequency of every section, subsections included.

    For a term with ``n`` occurrences in a section of ``N`` tokens, ``per_10k = 10,000 n / N``. ``N`` counts every token of
    the section, stop words and numbers among them, so that rates do not depend on the choice of keywords. ``rank`` is 1
    plus the number of terms that occur more often (equal counts share the better rank).

    Parameters
    ----------
    tokens, sections : DataFrame
        As in tokens.parquet and sections.csv, of one or more reports.
    counting : Counting

    Returns
    -------
    DataFrame
        report_id, section_id, term, pos, kind, n, per_10k, rank, n_sentences.
    """
    words = count_words(tokens, sections, counting)
    return _table(tokens, words, *holders(words.units))


def frequency_parts(tokens: pd.DataFrame, sections: pd.DataFrame, counting: Counting) -> pd.DataFrame:
    """Keyword frequency of the parts of each report (see `PARTS`); formula as in `frequency`.

    ``low`` and ``high`` bound the rate with 95 % confidence if occurrences follow a Poisson law; with chi2(p; k) the quantile
    of the chi-squared distribution (Garwood 1936)::

        low  = 10,000 / N * chi2(0.025; 2 n) / 2
        high = 10,000 / N * chi2(0.975; 2 n + 2) / 2

    Words come in bursts, so that the interval is too narrow for those that `dispersion` shows to be unevenly spread.

    References
    ----------
    Bibliographic data agree with the R package FSA, the limits with the values that its documentation prints; the paper was
    not read.

    Garwood, F. (1936). Fiducial limits for the Poisson distribution. Biometrika 28(3/4), 437-442.

    Returns
    -------
    DataFrame
        report_id, part, term, pos, kind, n, per_10k, rank, n_sentences, low, high.
    """
    words = count_words(tokens, sections, counting)
    table = _table(tokens, words, *_parts(words.units))
    scale = table["per_10k"] / table["n"]
    low, high = poisson_interval(table["n"].to_numpy())
    return table.assign(low=scale * low, high=scale * high)


def _parts(units: pd.DataFrame) -> tuple[pd.DataFrame, sparse.csr_array]:
    """The parts of each report in the order of their names, and which sections are theirs."""
    names = sorted(PARTS)
    report, reports = coded(units["report_id"])
    rows = [(r, part) for r in reports.to_pylist() for part in names]
    cells = [
        (report[i] * len(names) + k, i)
        for k, part in enumerate(names)
        for i, role in enumerate(units["role"])
        if part in ("whole", role)
    ]
    places = np.array(cells, dtype="int64").reshape(-1, 2).T
    held = sparse.csr_array((np.ones(len(cells), dtype="int64"), (*places,)), shape=(len(rows), len(units)))
    return pd.DataFrame(rows, columns=["report_id", "part"]), held


def _table(tokens: pd.DataFrame, words: Words, names: pd.DataFrame, held: sparse.csr_array) -> pd.DataFrame:
    """The rows of each unit, sorted by rank and term."""
    counts = held @ words.by_unit(words.keyword)
    counts.sort_indices()
    # A sentence lies in one section, so those of the sections that a unit holds add up.
    in_sentences = held @ words.by_unit(_first_in_sentence(tokens, words))
    in_sentences.sort_indices()
    unit = np.repeat(np.arange(len(names)), np.diff(counts.indptr))
    term, n = counts.indices, counts.data
    order = np.lexsort((-n, unit))
    unit, term, n, n_sentences = unit[order], term[order], n[order], in_sentences.data[order]
    starts = np.flatnonzero(np.r_[True, (unit[1:] != unit[:-1]) | (n[1:] != n[:-1])][: len(n)])
    place = np.repeat(starts, np.diff(np.r_[starts, len(n)]))
    totals = held @ np.bincount(words.unit, minlength=len(words.units))
    classes, pos, kind = _word_class(tokens, words)
    report, reports = coded(names["report_id"])
    cell = classes[report[unit] * len(words.vocabulary) + term]
    part, parts = coded(names.iloc[:, 1])
    return pd.DataFrame(
        {
            "report_id": texts(reports, report[unit]),
            names.columns[1]: texts(parts, part[unit]),
            "term": texts(words.vocabulary, term),
            "pos": pos.iloc[cell].array,
            "kind": kind.iloc[cell].array,
            "n": n,
            "per_10k": 10_000 * n / totals[unit],
            "rank": place - (np.cumsum(np.r_[0, np.diff(counts.indptr)])[unit]) + 1,
            "n_sentences": n_sentences,
        }
    )


def _first_in_sentence(tokens: pd.DataFrame, words: Words) -> np.ndarray:
    """Which keywords are the first of their kind in their sentence."""
    sentence, _ = coded(tokens["sentence_id"].iloc[words.rows[words.keyword]])
    _, first = np.unique(sentence * len(words.vocabulary) + words.word[words.keyword], return_index=True)
    chosen = np.zeros(len(words.keyword), dtype=bool)
    chosen[np.flatnonzero(words.keyword)[first]] = True
    return chosen


def _word_class(tokens: pd.DataFrame, words: Words) -> tuple[np.ndarray, pd.Series[str], pd.Series[str]]:
    """The commonest pos and kind of each term in its report; of equally common ones the first in the alphabet.

    Returns
    -------
    array of shape (reports x V,)
        For each term of each report, its place in the two columns that follow.
    """
    rows = words.rows[words.keyword]
    report, reports = coded(words.units["report_id"])
    pos, pos_names = coded(tokens["pos"].iloc[rows])
    kind, kind_names = coded(tokens["kind"].iloc[rows])
    pair = pos * len(kind_names) + kind
    pairs = max(len(pos_names) * len(kind_names), 1)
    size = len(words.vocabulary)
    cell, uses = np.unique(
        (report[words.unit[words.keyword]] * size + words.word[words.keyword]) * pairs + pair, return_counts=True
    )
    cell = cell[np.lexsort((-uses, cell // pairs))]
    terms, first = np.unique(cell // pairs, return_index=True)
    best = np.zeros(len(reports) * size, dtype="int64")
    best[terms] = cell[first] % pairs
    every = np.arange(len(pos_names) * len(kind_names))
    return best, texts(pos_names, every // max(len(kind_names), 1)), texts(kind_names, every % max(len(kind_names), 1))
