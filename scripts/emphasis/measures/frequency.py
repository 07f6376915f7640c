"""How often each keyword occurs in a section, a part, a report and the corpus."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from scipy import sparse

from emphasis.measures.counts import Counts, holders
from emphasis.measures.intervals import UnitSums, cell_sums, pooled_effect, rate_intervals
from emphasis.measures.nesting import within
from emphasis.measures.report_terms import ReportTerms
from emphasis.measures.word_search import WordSearch, join_texts
from emphasis.store.codes import categories, string_codes

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
    """Keyword frequency of the parts of each report (see `PARTS`): ``per_10k = 10,000 n / N``, as in `frequency`.

    ``low`` and ``high`` bound the rate with 95 % confidence: `emphasis.measures.intervals.rate_intervals` over the paragraphs of
    the part, with the design effect of all its keywords together as the usual one. Words come in bursts, which makes the
    bounds wider than those of a Poisson law. Missing with fewer than four paragraphs.

    Returns
    -------
    DataFrame
        report_id, part, term, pos, kind, n, n_alone, per_10k, rank, n_sentences, within, low, high.
    """
    blocks, block = counts.blocks()
    names, held = _parts(blocks)
    return _table(counts, names, held[:, block], bounds=True)


def section_intervals(counts: Counts) -> pd.DataFrame:
    """The rates of `frequency` with bounds as in `frequency_parts`, over the paragraphs of the section and its subsections.

    Returns
    -------
    DataFrame
        report_id, section_id, term, n, n_words, per_10k, low, high.
    """
    blocks, block = counts.blocks()
    names, held = holders(blocks)
    table = _table(counts, names, held[:, block], bounds=True)
    sizes = names.assign(n_words=held[:, block] @ counts.sizes)
    key = ["report_id", "section_id"]
    table = table.astype(dict.fromkeys(key, "str")).merge(sizes, on=key, validate="many_to_one")
    return table[[*key, "term", "n", "n_words", "per_10k", "low", "high"]]


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
    report, reports = string_codes(parts["report_id"])
    term, terms = string_codes(parts["term"])
    part, part_names = string_codes(parts["part"])
    roles = counts.units[["report_id", "section_id", "role"]].drop_duplicates()
    role_of = {(report_id, section_id): role for report_id, section_id, role in roles.itertuples(index=False)}
    texts: dict[tuple[str, str], list[str]] = {}
    columns = (sentences[name].tolist() for name in ("report_id", "section_id", "text"))
    for report_id, section_id, text in zip(*columns, strict=True):
        if (role := role_of.get((report_id, section_id))) is not None:
            texts.setdefault((report_id, role), []).append(text)
    found = WordSearch(terms.to_pylist()).count_each([join_texts(some) for some in texts.values()])
    groups = [(report_id, name) for report_id in reports.to_pylist() for name in part_names.to_pylist()]
    place = {group: i for i, group in enumerate(groups)}
    cells = [
        (place[report_id, name], i)
        for i, (report_id, role) in enumerate(texts)
        for name in (_WHOLE, role)
        if (report_id, name) in place
    ]
    held = sparse.csr_array(
        (np.ones(len(cells), dtype="int64"), tuple(zip(*cells, strict=True)) or ([], [])),
        shape=(len(groups), len(texts)),
    )
    counted: np.ndarray = (held @ found)[report * len(part_names) + part, term]
    return counted


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


def _table(counts: Counts, names: pd.DataFrame, held: sparse.csr_array, bounds: bool = False) -> pd.DataFrame:
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
    holder = _within(sparse.csr_array((n, both.indices, both.indptr), shape=both.shape), counts)
    order = np.lexsort((-n, group))
    term, n, n_alone, n_sentences = both.indices[order], n[order], n_alone[order], in_sentences.data[order]
    starts = np.flatnonzero(np.r_[True, (group[1:] != group[:-1]) | (n[1:] != n[:-1])][: len(n)])
    place = np.repeat(starts, np.diff(np.r_[starts, len(n)]))
    coded = {name: string_codes(names[name]) for name in names.columns}
    report, reports = coded["report_id"]
    per_10k = 10_000 * n / (held @ counts.sizes)[group]
    ends: dict[str, Any] = {}
    if bounds:
        sums, cell_group = cell_sums(counts.matrix(counts.n), counts.sizes, held)
        low, high = rate_intervals(sums, pooled_effect(sums, cell_group))
        ends = {"low": 10_000 * low[order], "high": 10_000 * high[order]}
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
        | {"within": categories(counts.vocabulary, holder[order])}
        | ends
    )


def _within(n: sparse.csr_array, counts: Counts) -> np.ndarray:
    """For each cell the place of the term that holds nearly all of its term's occurrences, or -1; see `emphasis.measures.nesting`."""
    group, word, holder = within(n, counts.vocabulary.to_pylist(), counts.nested)
    cells = np.repeat(np.arange(n.shape[0]), np.diff(n.indptr)) * n.shape[1] + n.indices
    found = np.full(n.nnz, -1)
    found[np.searchsorted(cells, group * n.shape[1] + word)] = holder
    return found


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

    With n occurrences, ``n_alone`` of them as a token of its own, among the N words of all R reports, ``per_10k = 10,000 n / N``;
    ``low`` and ``high`` are its bounds over reports, `emphasis.measures.intervals.rate_intervals`, missing with fewer than four.
    ``range`` is the number of reports that have the term; ``dp``, ``dp_norm`` and ``juilland_d`` are those of
    `emphasis.measures.dispersion.dispersion` with reports for blocks.

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
    low, high = _corpus_bounds(terms, n, used)
    scale = 10_000 / max(terms.tokens.sum(), 1)
    measures = {"dp": dp, "dp_norm": dp_norm, "juilland_d": juilland}
    # Rounding errors must not carry a value past its bounds; with one report there is nothing to spread over.
    bounded = {
        name: np.clip(values, 0, 1) if reports > 1 or name == "dp" else np.nan for name, values in measures.items()
    }
    rates = {"per_10k": scale * n[used], "low": 10_000 * low, "high": 10_000 * high}
    rank = pd.Series(n[used]).rank(method="min", ascending=False).astype("int64")
    alone = terms.sum(lambda cells, _: terms.alone[cells])
    counted = {"term": terms.vocabulary[used], "n": n[used].astype("int64"), "n_alone": alone[used].astype("int64")}
    return pd.DataFrame(counted | rates | {"rank": rank, "range": found[used]} | bounded)


def _corpus_bounds(terms: ReportTerms, n: np.ndarray, used: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Bounds of the rates of the words at these places, whose units are reports."""
    tokens = terms.tokens.astype("float64")
    squares = terms.sum(lambda cells, _: terms.n.data[cells].astype("float64") ** 2)[used]
    with_size = terms.sum(lambda cells, report: terms.n.data[cells] * tokens[report])[used]
    about = (np.full(len(used), value) for value in (tokens.sum(), tokens @ tokens, (tokens > 0).sum()))
    size, size_squares, units = about
    sums = UnitSums(n[used], size, squares, with_size, size_squares, units)
    return rate_intervals(sums, pooled_effect(sums, np.zeros(len(used), dtype="int64")))
