"""How evenly each keyword is spread over a report."""

from __future__ import annotations

import numpy as np
import pandas as pd

from emphasis.measures.counts import Counting, coded, count_words, labels


def dispersion(tokens: pd.DataFrame, sections: pd.DataFrame, counting: Counting) -> pd.DataFrame:
    """Range, Gries' DP and DPnorm, and Juilland's D over the pieces of each report.

    With k pieces, s_i the share of the report's tokens in piece i, v_i the share of the term's occurrences in piece i,
    and p_i the term's occurrences in piece i divided by that piece's tokens:

    - ``range``: number of pieces with v_i > 0;
    - ``dp = 0.5 * sum_i |v_i - s_i|``, 0 when the term is spread like the text (Gries 2008);
    - ``dp_norm = dp / (1 - min_i s_i)``, which reaches 1 (Lijffijt & Gries 2012);
    - ``juilland_d = 1 - (sd(p) / mean(p)) / sqrt(k - 1)``, sd with divisor k (Juilland & Chang-Rodríguez 1964; on rates,
      because pieces differ in length, as the R package tlda does).

    With one piece there is nothing to spread over: dp is 0, dp_norm and juilland_d are missing.

    References
    ----------
    Bibliographic data and formulas agree with the documentation of the R package tlda; the publications were not read.

    Gries, S. Th. (2008). Dispersions and adjusted frequencies in corpora. International Journal of Corpus Linguistics
    13(4), 403-437.
    Lijffijt, J. & Gries, S. Th. (2012). Correction to Stefan Th. Gries' "Dispersions and adjusted frequencies in corpora".
    International Journal of Corpus Linguistics 17(1), 147-149.
    Juilland, A. G. & Chang-Rodríguez, E. (1964). Frequency Dictionary of Spanish Words. The Hague: Mouton.

    Returns
    -------
    DataFrame
        report_id, term, n, range, dp, dp_norm, juilland_d.
    """
    words = count_words(tokens, sections, counting)
    counts = words.by_unit(words.keyword)
    sizes = np.bincount(words.unit, minlength=len(words.units))
    report, reports = coded(words.units["report_id"])
    section = words.units["section_id"].to_numpy(dtype=object)
    found = []
    for place in range(len(reports)):
        pieces = np.flatnonzero(report == place)
        pieces = pieces[np.argsort(section[pieces])]
        own = counts[pieces]
        terms = np.flatnonzero(np.bincount(own.indices, minlength=len(words.vocabulary)))
        found.append((terms, spread(own[:, terms].toarray().T, sizes[pieces])))
    owner = np.repeat(np.arange(len(found)), [len(terms) for terms, _ in found])
    term = np.concatenate([np.empty(0, dtype="int64"), *(terms for terms, _ in found)])
    ids = pd.DataFrame({"report_id": labels(reports, owner), "term": labels(words.vocabulary, term)})
    measures = [table for _, table in found]
    return ids.join(pd.concat(measures, ignore_index=True)) if measures else pd.DataFrame()


def spread(counts: np.ndarray, sizes: np.ndarray) -> pd.DataFrame:
    """The measures of `dispersion` from plain counts.

    Parameters
    ----------
    counts : array of shape (terms, pieces)
        Occurrences; no row is all zero.
    sizes : array of shape (pieces,)
        Tokens of each piece, all above zero.

    Examples
    --------
    Five pieces of 9, 10, 10, 10 and 11 words with 1 to 5 occurrences: an example of Gries (2020, Analyzing dispersion), as
    other programs quote it.

    >>> import numpy as np
    >>> spread(np.array([[1, 2, 3, 4, 5]]), np.array([9, 10, 10, 10, 11])).round(3).values.tolist()
    [[15.0, 5.0, 0.18, 0.22, 0.785]]
    """
    n = counts.sum(axis=1)
    shares = sizes / sizes.sum()
    dp = 0.5 * np.abs(counts / n[:, None] - shares).sum(axis=1)
    rates = counts / sizes
    pieces = len(sizes)
    if pieces > 1:
        dp_norm = dp / (1 - shares.min())
        juilland = 1 - rates.std(axis=1) / rates.mean(axis=1) / np.sqrt(pieces - 1)
    else:
        dp_norm = juilland = np.full(len(n), np.nan)
    measures = {"dp": dp, "dp_norm": dp_norm, "juilland_d": juilland}
    # Rounding errors must not carry a value past its bounds.
    bounded = {name: np.clip(values, 0, 1) for name, values in measures.items()}
    return pd.DataFrame({"n": n, "range": (counts > 0).sum(axis=1)} | bounded)
