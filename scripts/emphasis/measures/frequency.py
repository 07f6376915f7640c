"""How often each keyword occurs in a section, a part, a report and the corpus."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from scipy import sparse
from scipy.special import gammaincinv

from emphasis.measures.counts import Counts, holders
from emphasis.measures.nesting import within
from emphasis.measures.report_terms import ReportTerms
from emphasis.measures.word_search import WordSearch
from emphasis.segment.lexicon import normalise
from emphasis.store.codes import categories, string_codes, string_column


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

    The bounds of `poisson_interval`, per 10,000 words of the section. Words come in bursts, so that the interval is too
    narrow for those that `dispersion` shows to be unevenly spread. A section of a hundred words says little about any of them:
    2 occurrences lie between 24 and 722 per 10,000.

    Parameters
    ----------
    frequency, sections : DataFrame
        As in frequency.csv and sections.csv, of one or more reports.

    Returns
    -------
    DataFrame
        report_id, section_id, term, n, n_words, per_10k, low, high.
    """
    key = ["report_id", "section_id"]
    sizes = sections[[*key, "n_words"]]
    table = frequency[[*key, "term", "n"]].merge(sizes, on=key, how="left", validate="many_to_one")
    low, high = poisson_interval(table["n"].to_numpy(dtype="float64"))
    scale = 10_000 / table["n_words"].to_numpy(dtype="float64")
    return table.assign(per_10k=scale * table["n"], low=scale * low, high=scale * high)


PARTS = ("whole", "review", "plan")
"""The whole counted text; the sections whose role is review; the sections whose role is plan."""
_WHOLE = PARTS[0]
_BASE = 1 << 31
"""More than the occurrences of any term in a report."""


def frequency_tables(counts: pd.DataFrame, sentences: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """The tables of `frequency` and `frequency_parts`.

    Parameters
    ----------
    counts : DataFrame
        The table of counts of one or more reports.
    sentences : DataFrame
        report_id, section_id, text of their sentences, in the script that was segmented.
    """
    own = Counts.of(counts)
    parts = frequency_parts(own)
    return {"frequency": frequency(own), "frequency_parts": parts.assign(n_text=string_counts(parts, sentences, own))}


def frequency(counts: Counts) -> pd.DataFrame:
    """Keyword frequency of every section, subsections included.

    For a term with ``n`` occurrences in a section of ``N`` words, ``per_10k = 10,000 n / N``. ``n`` counts the term alone and
    inside longer terms, ``n_alone`` where it is a token of its own. ``N`` counts every word of the finest cut (see
    `emphasis.measures.counts`), stop words and numbers among them, so that rates depend neither on the choice of keywords nor
    on the lexicon. ``rank`` is 1 plus the number of terms that occur more often (equal counts share the better rank).

    Returns
    -------
    DataFrame
        report_id, section_id, term, pos, kind, n, n_alone, per_10k, rank, n_sentences, within.
    """
    blocks, block = counts.blocks()
    names, held = holders(blocks)
    return _table(counts, names, held[:, block])


def frequency_parts(counts: Counts) -> pd.DataFrame:
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
        report_id, part, term, pos, kind, n, n_alone, per_10k, rank, n_sentences, within, low, high.
    """
    blocks, block = counts.blocks()
    names, held = _parts(blocks)
    table = _table(counts, names, held[:, block])
    scale = table["per_10k"] / table["n"]
    low, high = poisson_interval(table["n"].to_numpy())
    return table.assign(low=scale * low, high=scale * high)


def string_counts(parts: pd.DataFrame, sentences: pd.DataFrame, counts: Counts) -> np.ndarray:
    """How often the string of each row's term occurs in the text of its part: what a search in a word processor finds.

    It finds 民生 in 人民生活, and a term whose beginning or end is cut otherwise in its context. Occurrences in a sentence do not
    overlap; the sentence is half-width and without white space, as terms are.

    Parameters
    ----------
    parts : DataFrame
        report_id, part, term, as in frequency_parts.csv.
    sentences : DataFrame
        report_id, section_id, text.
    counts : Counts
        Of the same reports; says which sections are of which part.

    Returns
    -------
    array of shape (rows of parts,)
    """
    blocks = counts.units[["report_id", "section_id", "role"]].drop_duplicates()
    roles = dict(zip(zip(blocks["report_id"], blocks["section_id"], strict=True), blocks["role"], strict=True))
    texts: dict[str, dict[str, list[str]]] = {}
    for report_id, section_id, text in sentences[["report_id", "section_id", "text"]].itertuples(index=False):
        if (role := roles.get((report_id, section_id))) is not None:
            texts.setdefault(report_id, {}).setdefault(role, []).append(normalise(text))
    found = np.zeros(len(parts), dtype="int64")
    rows = parts.groupby("report_id", observed=True, sort=False).indices
    for report_id, own in rows.items():
        terms, place = np.unique(parts["term"].to_numpy(dtype=object)[own], return_inverse=True)
        search = WordSearch(terms.tolist())
        by_role = {role: search.count("\n".join(some)) for role, some in texts[str(report_id)].items()}
        part = parts["part"].to_numpy(dtype=object)[own]
        for name in PARTS:
            of = [n for role, n in by_role.items() if name in (_WHOLE, role)]
            found[own[part == name]] = sum(of, np.zeros(len(terms), dtype="int64"))[place[part == name]]
    return found


def _parts(blocks: pd.DataFrame) -> tuple[pd.DataFrame, sparse.csr_array]:
    """The parts of each report in the order of their names, and which blocks are theirs."""
    names = sorted(PARTS)
    report, reports = string_codes(blocks["report_id"])
    rows = [(r, part) for r in reports.to_pylist() for part in names]
    is_of = np.array([[part in ("whole", role) for role in blocks["role"]] for part in names])
    part, block = np.nonzero(is_of)
    cells = report[block] * len(names) + part, block
    held = sparse.csr_array((np.ones(len(block), dtype="int64"), cells), shape=(len(rows), len(blocks)))
    return pd.DataFrame(rows, columns=["report_id", "part"]), held


def _table(counts: Counts, names: pd.DataFrame, held: sparse.csr_array) -> pd.DataFrame:
    """The rows of each group of units, sorted by rank and term."""
    # A product leaves out sums of zero, so that occurrences alone are summed together with all, in the lower digits.
    both, in_sentences = (
        held @ counts.matrix(_BASE * counts.n + counts.n_alone),
        held @ counts.matrix(counts.n_sentences),
    )
    both.sort_indices()
    in_sentences.sort_indices()
    group = np.repeat(np.arange(len(names)), np.diff(both.indptr))
    n, n_alone = np.divmod(both.data, _BASE)
    order = np.lexsort((-n, group))
    term, n, n_alone, n_sentences = both.indices[order], n[order], n_alone[order], in_sentences.data[order]
    starts = np.flatnonzero(np.r_[True, (group[1:] != group[:-1]) | (n[1:] != n[:-1])][: len(n)])
    place = np.repeat(starts, np.diff(np.r_[starts, len(n)]))
    coded = {name: string_codes(names[name]) for name in names.columns}
    report, reports = coded["report_id"]
    holder = _within(sparse.csr_array((n, term, both.indptr), shape=both.shape), counts.vocabulary, group, term)
    per_10k = 10_000 * n / (held @ counts.sizes)[group]
    return pd.DataFrame(
        {name: categories(strings, places[group]) for name, (places, strings) in coded.items()}
        | {"term": categories(counts.vocabulary, term)}
        | _word_classes(counts, reports, report[group], term)
        | {
            "n": n,
            "n_alone": n_alone,
            "per_10k": per_10k,
            "rank": place - both.indptr[group] + 1,
            "n_sentences": n_sentences,
        }
        | {"within": holder}
    )


def _within(n: sparse.csr_array, vocabulary: pa.Array, group: np.ndarray, term: np.ndarray) -> pd.Categorical[Any]:
    """For each row the term that holds nearly all of its term's occurrences, or nothing; see `emphasis.measures.nesting`."""
    of, word, holder = within(n, vocabulary.to_pylist())
    row = np.argsort(group * len(vocabulary) + term)
    at = row[np.searchsorted((group * len(vocabulary) + term)[row], of * len(vocabulary) + word)]
    codes = np.full(len(term), -1)
    codes[at] = holder
    return pd.Categorical.from_codes(
        codes, dtype=pd.CategoricalDtype(string_column(vocabulary, np.arange(len(vocabulary))))
    )


def _word_classes(counts: Counts, reports: pa.Array, report: np.ndarray, term: np.ndarray) -> dict[str, Any]:
    """The pos and kind of terms of reports, which are the same wherever the report has the term."""
    owner = pc.index_in(pa.array(counts.units["report_id"], pa.string()), value_set=reports).to_numpy()
    cell = owner[counts.unit].astype("int64") * len(counts.vocabulary) + counts.term
    found = {}
    for name in ("pos", "kind"):
        places, strings = getattr(counts, name)
        best = np.zeros(len(reports) * len(counts.vocabulary), dtype="int64")
        best[cell] = places
        found[name] = categories(strings, best[report * len(counts.vocabulary) + term])
    return found


def frequency_corpus(terms: ReportTerms) -> pd.DataFrame:
    """Frequency and dispersion of every keyword over the corpus, whose blocks are the reports.

    With n occurrences, ``n_alone`` of them as a token of its own, among the N words of all R reports, ``per_10k = 10,000 n / N``; ``low`` and ``high`` are its bounds as in
    `poisson_interval`. ``range`` is the number of reports that have the term; ``dp``, ``dp_norm`` and ``juilland_d`` are those of
    `emphasis.measures.dispersion.dispersion` with reports for blocks. Reports repeat their words, so that the interval is too
    narrow for a term whose ``dp_norm`` is high.

    Most terms occur in few reports. With s_i the share of report i in the words, v_i in the occurrences and p_i its rate, and
    sums over the reports that have the term only, the same values are ``dp = (sum |v_i - s_i| + 1 - sum s_i) / 2`` and
    ``sd(p)² = sum p_i² / R - (sum p_i / R)²``.

    Returns
    -------
    DataFrame
        term, n, n_alone, per_10k, low, high, rank, range, dp, dp_norm, juilland_d.
    """
    shares = terms.tokens / max(terms.tokens.sum(), 1)
    n = terms.sum(lambda cells, _: terms.n.data[cells])
    found = terms.sum(lambda cells, _: np.ones(cells.stop - cells.start)).astype("int64")
    used = np.flatnonzero(found)
    away = terms.sum(
        lambda cells, report: np.abs(terms.n.data[cells] / n[terms.n.indices[cells]] - shares[report]) - shares[report]
    )
    dp = (away[used] + 1) / 2
    reports = len(terms.names)
    with np.errstate(divide="ignore", invalid="ignore"):
        mean = terms.sum(lambda cells, report: terms.n.data[cells] / terms.tokens[report])[used] / reports
        square = terms.sum(lambda cells, report: (terms.n.data[cells] / terms.tokens[report]) ** 2)[used] / reports
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
    rates = {"per_10k": scale * n[used], "low": scale * low, "high": scale * high}
    rank = pd.Series(n[used]).rank(method="min", ascending=False).astype("int64")
    alone = terms.sum(lambda cells, _: terms.alone[cells])
    counted = {"term": terms.vocabulary[used], "n": n[used].astype("int64"), "n_alone": alone[used].astype("int64")}
    return pd.DataFrame(counted | rates | {"rank": rank, "range": found[used]} | bounded)
