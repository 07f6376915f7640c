"""How often reports use terms, whatever tokens they were cut into."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from emphasis.measures.theme_hits import flat_reports
from emphasis.measures.word_search import WordSearch


def count_term_uses(sentences: pd.DataFrame, tokens: pd.DataFrame, terms: Sequence[str]) -> pd.DataFrame:
    """How often each report uses each term.

    A term is used where its characters begin and end at borders of words of the finest cut: within a longer term (全民健身 in
    全民健身活动) and across tokens too. Where they cut a word they say something else: 创新发展理念 is no use of 新发展理念, nor
    百千万工程 of 千万工程; years before anybody had coined the term, such strings would make a region its first user.

    Parameters
    ----------
    sentences, tokens : DataFrame
        report_id, start, text; report_id, start, end: as in sentences.parquet and tokens.parquet, of one or more reports.
    terms : sequence of str
        Without repetitions.

    Returns
    -------
    DataFrame
        report_id, term, n: none of the n overlaps another; only terms that the report uses.
    """
    search, names = WordSearch(terms), np.array(terms, dtype=object)
    parts = []
    for report_id, _, flat in flat_reports(sentences, tokens):
        n = search.count(flat.text, flat.word_borders())
        used = n.nonzero()[0]
        parts.append(pd.DataFrame({"report_id": report_id, "term": names[used], "n": n[used]}))
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame({"report_id": [], "term": [], "n": []})
