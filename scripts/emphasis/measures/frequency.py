"""How often each keyword stands in a section, a part and a report."""

from __future__ import annotations

import pandas as pd
from scipy.special import gammaincinv

from emphasis.measures.counts import Counting, counted_tokens, with_ancestors

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
    counted = with_ancestors(counted_tokens(tokens, sections, counting))
    return _table(counted, ["report_id", "section_id"])


def frequency_parts(tokens: pd.DataFrame, sections: pd.DataFrame, counting: Counting) -> pd.DataFrame:
    """Keyword frequency of the parts of each report (see `PARTS`); formula as in `frequency`.

    ``low`` and ``high`` bound the rate with 95 % confidence if occurrences follow a Poisson law; with chi2(p; k) the quantile
    of the chi-squared distribution (Garwood 1936)::

        low  = 10,000 / N * chi2(0.025; 2 n) / 2
        high = 10,000 / N * chi2(0.975; 2 n + 2) / 2

    Words come in bursts, so that the interval is too narrow for those that `dispersion` shows to be unevenly spread.

    References
    ----------
    Given from memory; not checked against the publications.

    Garwood, F. (1936). Fiducial limits for the Poisson distribution. Biometrika 28(3/4), 437-442.

    Returns
    -------
    DataFrame
        report_id, part, term, pos, kind, n, per_10k, rank, n_sentences, low, high.
    """
    counted = counted_tokens(tokens, sections, counting)
    parts = [counted.assign(part="whole")]
    parts += [counted[counted["role"] == part].assign(part=part) for part in PARTS if part != "whole"]
    table = _table(pd.concat(parts, ignore_index=True), ["report_id", "part"])
    # chi2(p; 2 k) / 2 is the quantile of the gamma distribution of shape k.
    scale = table["per_10k"] / table["n"]
    return table.assign(low=scale * gammaincinv(table["n"], 0.025), high=scale * gammaincinv(table["n"] + 1, 0.975))


def _table(counted: pd.DataFrame, unit: list[str]) -> pd.DataFrame:
    keywords = counted[counted["keyword"]].rename(columns={"token": "term"})
    grouped = keywords.groupby([*unit, "term"], sort=True, observed=True)
    table = grouped.agg(n=("term", "size"), n_sentences=("sentence_id", "nunique")).reset_index()
    table = table.merge(_word_class(keywords), on=["report_id", "term"], how="left", validate="many_to_one")
    totals = counted.groupby(unit, observed=True).size().rename("n_tokens").reset_index()
    table = table.merge(totals, on=unit, how="left", validate="many_to_one")
    table["per_10k"] = 10_000 * table["n"] / table["n_tokens"]
    table["rank"] = table.groupby(unit, observed=True)["n"].rank(method="min", ascending=False).astype("int64")
    return table[[*unit, *_COLUMNS]]


def _word_class(keywords: pd.DataFrame) -> pd.DataFrame:
    """The commonest pos and kind of each term in its report; of equally common ones the first in the alphabet."""
    uses = keywords.groupby(["report_id", "term", "pos", "kind"], sort=True, observed=True).size().rename("uses")
    ranked = uses.reset_index().sort_values("uses", ascending=False, kind="stable")
    return ranked.drop_duplicates(["report_id", "term"])[["report_id", "term", "pos", "kind"]]
