"""How evenly each keyword is spread over a report."""

from __future__ import annotations

import numpy as np
import pandas as pd

from emphasis.measures.counts import Counts
from emphasis.store.codes import categories, distinct, string_codes


def dispersion(counts: pd.DataFrame) -> pd.DataFrame:
    """Range, Gries' DP and DPnorm, and Juilland's D over the blocks of each report.

    With k blocks, s_i the share of the report's words in block i, v_i the share of the term's occurrences in block i,
    and p_i the term's occurrences in block i divided by that block's words:

    - ``range``: number of blocks with v_i > 0;
    - ``dp = 0.5 * sum_i |v_i - s_i|``, 0 when the term is spread like the text (Gries 2008);
    - ``dp_norm = dp / (1 - min_i s_i)``, which reaches 1 (Lijffijt & Gries 2012);
    - ``juilland_d = 1 - (sd(p) / mean(p)) / sqrt(k - 1)``, sd with divisor k (Juilland & Chang-Rodríguez 1964; on rates,
      because blocks differ in length, as the R package tlda does).

    With one block there is nothing to spread over: dp is 0, dp_norm and juilland_d are missing.

    References
    ----------
    Bibliographic data agree with the documentation of the R package tlda and of the program Wordless, the formulas with that of
    tlda; the publications were not read.

    Gries, S. Th. (2008). Dispersions and adjusted frequencies in corpora. International Journal of Corpus Linguistics
    13(4), 403-437.
    Lijffijt, J. & Gries, S. Th. (2012). Correction to Stefan Th. Gries' "Dispersions and adjusted frequencies in corpora".
    International Journal of Corpus Linguistics 17(1), 147-149.
    Juilland, A. G. & Chang-Rodríguez, E. (1964). Frequency Dictionary of Spanish Words. The Hague: Mouton.

    Returns
    -------
    DataFrame
        report_id, term, n, n_alone, range, dp, dp_norm, juilland_d.
    """
    own = Counts.of(counts)
    blocks, block = own.blocks()
    n, alone = (own.matrix(values, block, len(blocks)) for values in (own.n, own.n_alone))
    sizes = np.bincount(block, weights=own.sizes, minlength=len(blocks)).astype("int64")
    report, reports = string_codes(blocks["report_id"])
    section = blocks["section_id"].to_numpy(dtype=object)
    used, measures = [], []
    for place in range(len(reports)):
        chosen = np.flatnonzero(report == place)
        chosen = chosen[np.argsort(section[chosen])]
        own_n, own_alone = n[chosen], alone[chosen]
        used.append(distinct(own_n.indices))
        found = spread(own_n[:, used[-1]].toarray().T, sizes[chosen])
        found["n_alone"] = np.bincount(own_alone.indices, own_alone.data, n.shape[1]).astype("int64")[used[-1]]
        measures.append(found)
    if not measures:
        return pd.DataFrame()
    owner = np.repeat(np.arange(len(used)), [len(terms) for terms in used])
    ids = {"report_id": categories(reports, owner), "term": categories(own.vocabulary, np.concatenate(used))}
    return pd.DataFrame(ids | {name: np.concatenate([found[name] for found in measures]) for name in measures[0]})


def spread(counts: np.ndarray, sizes: np.ndarray) -> dict[str, np.ndarray]:
    """The measures of `dispersion` from plain counts, shape (terms, blocks), and the words of each block.

    No row of the counts is all zero, and no block is empty.

    Examples
    --------
    Five blocks of 9, 10, 10, 10 and 11 words with 1 to 5 occurrences: an example of Gries (2020, Analyzing dispersion), as
    other programs quote it.

    >>> import numpy as np
    >>> found = spread(np.array([[1, 2, 3, 4, 5]]), np.array([9, 10, 10, 10, 11]))
    >>> {name: round(float(values[0]), 3) for name, values in found.items()}
    {'n': 15.0, 'range': 5.0, 'dp': 0.18, 'dp_norm': 0.22, 'juilland_d': 0.785}
    """
    n = counts.sum(axis=1)
    shares = sizes / sizes.sum()
    dp = 0.5 * np.abs(counts / n[:, None] - shares).sum(axis=1)
    rates = counts / sizes
    dp_norm = juilland = np.full(len(n), np.nan)
    if len(sizes) > 1:
        dp_norm = dp / (1 - shares.min())
        juilland = 1 - rates.std(axis=1) / rates.mean(axis=1) / np.sqrt(len(sizes) - 1)
    measures = {"dp": dp, "dp_norm": dp_norm, "juilland_d": juilland}
    # Rounding errors must not carry a value past its bounds.
    bounded = {name: np.clip(values, 0, 1) for name, values in measures.items()}
    return {"n": n, "range": (counts > 0).sum(axis=1)} | bounded
