"""How often each keyword stands in all reports together, and how evenly it is spread over them."""

from __future__ import annotations

import numpy as np
import pandas as pd

from emphasis.measures.intervals import poisson_interval
from emphasis.measures.report_terms import ReportTerms


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
