"""How often each keyword stands in a section, a part and a report."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
import pyarrow as pa
from scipy import sparse
from scipy.special import gammaincinv

from emphasis.measures.counts import Counting, Words, as_met, coded, count_words, holders, labels
from emphasis.measures.report_terms import ReportTerms


def poisson_interval(n: np.ndarray, level: float = 0.95) -> tuple[np.ndarray, np.ndarray]:
    """The exact confidence bounds of a Poisson mean of which `n` was seen (Garwood 1936).

    With chi2(p; k) the quantile of the chi-squared distribution and a = 1 - level::

        low = chi2(a / 2; 2 n) / 2        high = chi2(1 - a / 2; 2 n + 2) / 2

    References
    ----------
    Bibliographic data agree with the R package FSA, the limits with the values that its documentation prints; the paper was
    not read.

    Garwood, F. (1936). Fiducial limits for the Poisson distribution. Biometrika 28(3/4), 437-442.

    Examples
    --------
    >>> [round(float(bound[0]), 3) for bound in poisson_interval(np.array([10]))]
    [4.795, 18.39]
    """
    tail = (1 - level) / 2
    # Most words are as rare as many others: the quantiles of a number are worked out once.
    different, place = np.unique(n, return_inverse=True)
    # chi2(p; 2 k) / 2 is the quantile of the gamma distribution of shape k; with nothing seen the lower bound is 0.
    low = np.where(different > 0, gammaincinv(np.maximum(different, 1), tail), 0.0)
    return low[place], gammaincinv(different + 1, 1 - tail)[place]


def section_intervals(frequency: pd.DataFrame, sections: pd.DataFrame) -> pd.DataFrame:
    """The rates of `emphasis.measures.frequency.frequency` with 95 % bounds, if occurrences follow a Poisson law.

    The bounds of `poisson_interval`, per 10,000 tokens of the section. Words come in bursts, so that the interval is too
    narrow for those that `dispersion` shows to be unevenly spread. A section of a hundred words says little about any of them:
    2 occurrences lie between 24 and 722 per 10,000.

    Parameters
    ----------
    frequency, sections : DataFrame
        As in frequency.csv and sections.csv, of one or more reports.

    Returns
    -------
    DataFrame
        report_id, section_id, term, n, n_tokens, per_10k, low, high.
    """
    key = ["report_id", "section_id"]
    table = frequency[[*key, "term", "n"]].merge(
        sections[[*key, "n_tokens"]], on=key, how="left", validate="many_to_one"
    )
    low, high = poisson_interval(table["n"].to_numpy(dtype="float64"))
    scale = 10_000 / table["n_tokens"].to_numpy(dtype="float64")
    return table.assign(per_10k=scale * table["n"], low=scale * low, high=scale * high)


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
    return by_section(count_keywords(tokens, sections, counting))


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
    return by_part(count_keywords(tokens, sections, counting))


@dataclass(frozen=True)
class Counts:
    """Keywords of the counted sections, of which tables are summed up.

    Attributes
    ----------
    words : Words
    n, n_sentences : sparse array of shape (U, V)
        Occurrences of each keyword in each section, and sentences that have it.
    totals : array of shape (U,)
        Tokens of each section.
    classes : array of shape (reports x V,)
        The places in `pos` and in `kind` of each term of each report.
    pos, kind : Arrow array of strings
    """

    words: Words
    n: sparse.csr_array
    n_sentences: sparse.csr_array
    totals: np.ndarray
    classes: tuple[np.ndarray, np.ndarray]
    pos: pa.Array
    kind: pa.Array


def count_keywords(tokens: pd.DataFrame, sections: pd.DataFrame, counting: Counting) -> Counts:
    """What `by_section` and `by_part` sum up; parameters as in `frequency`."""
    words = count_words(tokens, sections, counting)
    totals = np.bincount(words.unit, minlength=len(words.units))
    return Counts(words, words.by_unit(words.keyword), _sentences(tokens, words), totals, *_word_class(tokens, words))


def by_section(counts: Counts) -> pd.DataFrame:
    """The table of `frequency`."""
    return _table(counts, *holders(counts.words.units))


def by_part(counts: Counts) -> pd.DataFrame:
    """The table of `frequency_parts`."""
    table = _table(counts, *_parts(counts.words.units))
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


def _table(counts: Counts, names: pd.DataFrame, held: sparse.csr_array) -> pd.DataFrame:
    """The rows of each unit, sorted by rank and term."""
    words, n_of, in_sentences = counts.words, held @ counts.n, held @ counts.n_sentences
    n_of.sort_indices()
    in_sentences.sort_indices()
    unit = np.repeat(np.arange(len(names)), np.diff(n_of.indptr))
    term, n = n_of.indices, n_of.data
    order = np.lexsort((-n, unit))
    term, n, n_sentences = term[order], n[order], in_sentences.data[order]
    starts = np.flatnonzero(np.r_[True, (unit[1:] != unit[:-1]) | (n[1:] != n[:-1])][: len(n)])
    place = np.repeat(starts, np.diff(np.r_[starts, len(n)]))
    report, reports = coded(names["report_id"])
    part, parts = coded(names.iloc[:, 1])
    cell = report[unit] * len(words.vocabulary) + term
    pos, kind = counts.classes
    return pd.DataFrame(
        {
            "report_id": labels(reports, report[unit]),
            names.columns[1]: labels(parts, part[unit]),
            "term": labels(words.vocabulary, term),
            "pos": labels(counts.pos, pos[cell]),
            "kind": labels(counts.kind, kind[cell]),
            "n": n,
            "per_10k": 10_000 * n / (held @ counts.totals)[unit],
            "rank": place - n_of.indptr[unit] + 1,
            "n_sentences": n_sentences,
        }
    )


def _sentences(tokens: pd.DataFrame, words: Words) -> sparse.csr_array:
    """How many sentences of each section have each keyword."""
    sentence, different = as_met(tokens["sentence_id"])
    sentence, size = sentence[words.rows], max(len(words.vocabulary), 1)
    # A sentence lies in one section.
    unit = np.zeros(len(different), dtype="int64")
    unit[sentence] = words.unit
    pairs = np.sort(sentence[words.keyword].astype("int64") * size + words.word[words.keyword])
    pairs = pairs[np.diff(pairs, prepend=-1) > 0]
    return words.cells(unit[pairs // size], pairs % size)


def _word_class(tokens: pd.DataFrame, words: Words) -> tuple[tuple[np.ndarray, np.ndarray], pa.Array, pa.Array]:
    """The commonest pos and kind of each term in its report; of equally common ones the first in the alphabet.

    Returns
    -------
    two arrays of shape (reports x V,)
        For each term of each report, the places of its pos and its kind in the arrays that follow.
    """
    rows = words.rows[words.keyword]
    report, reports = coded(words.units["report_id"])
    pos, pos_names = coded(tokens["pos"])
    kind, kind_names = coded(tokens["kind"])
    size, kinds = len(words.vocabulary), max(len(kind_names), 1)
    pairs = max(len(pos_names) * len(kind_names), 1)
    cell, uses = np.unique(
        (report[words.unit[words.keyword]] * size + words.word[words.keyword]) * pairs + pos[rows] * kinds + kind[rows],
        return_counts=True,
    )
    cell = cell[np.lexsort((-uses, cell // pairs))]
    terms, first = np.unique(cell // pairs, return_index=True)
    best = np.zeros(len(reports) * size, dtype="int64")
    best[terms] = cell[first] % pairs
    return (best // kinds, best % kinds), pos_names, kind_names


def frequency_corpus(terms: ReportTerms) -> pd.DataFrame:
    """Frequency and dispersion of every keyword over the corpus, whose pieces are the reports.

    With n occurrences among the N tokens of all R reports, ``per_10k = 10,000 n / N``; ``low`` and ``high`` are its bounds as in
    `emphasis.measures.intervals.poisson_interval`. ``range`` is the number of reports that have the term; ``dp``, ``dp_norm``
    and ``juilland_d`` are those of `emphasis.measures.dispersion.dispersion` with reports for pieces. Reports repeat their words,
    so that the interval is too narrow for a term whose ``dp_norm`` is high.

    Most terms stand in few reports. With s_i the share of report i in the tokens, v_i in the occurrences and p_i its rate, and
    sums over the reports that have the term only, the same values are ``dp = (sum |v_i - s_i| + 1 - sum s_i) / 2`` and
    ``sd(p)² = sum p_i² / R - (sum p_i / R)²``.

    Returns
    -------
    DataFrame
        term, n, per_10k, low, high, rank, range, dp, dp_norm, juilland_d.
    """
    shares = terms.tokens / max(terms.tokens.sum(), 1)
    n = terms.sum(lambda cells, _: terms.n.data[cells])
    found = terms.sum(lambda cells, _: np.ones(cells.stop - cells.start)).astype("int64")
    used = np.flatnonzero(found)

    def rates(cells: slice, report: np.ndarray) -> np.ndarray:
        rate: np.ndarray = terms.n.data[cells] / terms.tokens[report]
        return rate

    def away_from_even(cells: slice, report: np.ndarray) -> np.ndarray:
        share = shares[report]
        away: np.ndarray = np.abs(terms.n.data[cells] / n[terms.n.indices[cells]] - share) - share
        return away

    away = terms.sum(away_from_even)
    dp = (away[used] + 1) / 2
    reports = len(terms.names)
    with np.errstate(divide="ignore", invalid="ignore"):
        mean = terms.sum(rates)[used] / reports
        square = terms.sum(lambda cells, report: rates(cells, report) ** 2)[used] / reports
        spread = np.sqrt(np.maximum(square - mean**2, 0)) / mean
        dp_norm = dp / (1 - shares.min(initial=1))
        juilland = 1 - spread / np.sqrt(reports - 1)
    low, high = poisson_interval(n[used])
    scale = 10_000 / max(terms.tokens.sum(), 1)
    measures = {"dp": dp, "dp_norm": dp_norm, "juilland_d": juilland}
    # Rounding errors must not carry a value past its bounds; with one report there is nothing to spread over.
    bounded = {
        name: np.clip(values, 0, 1) if reports > 1 or name == "dp" else np.nan for name, values in measures.items()
    }
    table = pd.DataFrame(
        {
            "term": terms.vocabulary[used],
            "n": n[used].astype("int64"),
            "per_10k": scale * n[used],
            "low": scale * low,
            "high": scale * high,
            "range": found[used],
        }
        | bounded
    )
    table.insert(5, "rank", table["n"].rank(method="min", ascending=False).astype("int64"))
    return table
