"""A report beside its peers, in the page: its findings in words, the terms behind them, where it stands, who the peers are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from emphasis.areas.scheme import Scheme
from emphasis.publish.findings import find, say
from emphasis.publish.site.data import table_columns
from emphasis.store.tables import Schema, only
from emphasis.targets.indicators import Variable

READ = ("peers", "distinctive", "missing", "area_changes", "keyness", "keyness_comparisons")
"""Tables that findings are made from."""
_SECTION_TERMS = 10
"""Distinctive terms of each section that the page has."""
_DISTINCTIVE = "part section_id rank term n expected peers_with ratio q_bh n_peers".split()
_MISSING = "part rank term peers_with expected chance nearest n_peers".split()
_STANDING = "kind measure part value low high peer_low peer_median peer_high percentile rank n_peers".split()
_DECIMALS = {"expected": 2, "ratio": 2, "chance": 3, "q_bh": 4}
"""Decimals of these on the page: those that the tables have beyond are a third of the bytes."""
_FIGURES = ("value", "low", "high", "peer_low", "peer_median", "peer_high")
_DIGITS = 5
"""Digits of figures that stand beside those of peers, in whatever unit."""


def compared_block(
    report_id: str,
    tables: Mapping[str, pd.DataFrame],
    schemas: Mapping[str, Schema],
    scheme: Scheme,
    words: Mapping[str, Mapping[str, str]],
) -> dict[str, Any]:
    """Findings with their sentences in each language, ranked terms, standing and peers of a report.

    Parameters
    ----------
    report_id : str
    tables, schemas : mapping
        Those of the page by name, `READ` and standing among them.
    scheme : Scheme
    words : mapping of str to mapping
        Texts of the page by language and name.
    """
    own = {name: only(tables[name], report_id) for name in (*READ, "standing") if name in tables}
    found = find(report_id, {name: _rows(own[name], schemas[name]) for name in READ if name in own}, scheme.sums)
    names = {"en": scheme.names_en, "zh": scheme.names_zh}
    distinctive = own["distinctive"]
    shown = distinctive["rank"].notna()
    shown &= (distinctive["part"] != "section") | (distinctive["rank"] <= _SECTION_TERMS)
    listed = distinctive[shown].sort_values(["part", "section_id", "rank"], kind="stable")
    missing = own["missing"][own["missing"]["rank"].notna()].sort_values(["part", "rank"], kind="stable")
    standing = own["standing"].assign(**{name: _digits(own["standing"][name]) for name in _FIGURES})
    return {
        "findings": found
        | {"said": {language: say(found, texts, names[language]) for language, texts in words.items()}},
        "distinctive": _terms(listed, schemas["distinctive"], _DISTINCTIVE),
        "missing": _terms(missing, schemas["missing"], _MISSING),
        "standing": table_columns(standing, schemas["standing"], *_STANDING),
        "peers": table_columns(own["peers"], schemas["peers"], "peer_title", "peer_region", "peer_year"),
    }


def _terms(table: pd.DataFrame, schema: Schema, names: Sequence[str]) -> dict[str, list[Any]]:
    """A list of terms by columns, as exact as it is shown; peers that have a term as their number."""
    shown = table.round({name: decimals for name, decimals in _DECIMALS.items() if name in table.columns})
    columns = table_columns(shown, schema, *names)
    shares = zip(table["peers_with"].tolist(), columns["n_peers"], strict=True)
    return columns | {"peers_with": [round(share * n) for share, n in shares]}


def _digits(values: pd.Series) -> pd.Series:
    """Values with so many digits that count."""
    return values.map(lambda value: float(f"{value:.{_DIGITS}g}"), na_action="ignore").astype("float64")


def describe_targets(variables: tuple[Variable, ...]) -> dict[str, dict[str, str]]:
    """Names of the headline targets that standing compares, by the name that it has for them."""
    return {
        variable.name: {"en": variable.label, "zh": variable.canonical, "unit": variable.unit} for variable in variables
    }


def _rows(table: pd.DataFrame, schema: Schema) -> list[dict[str, Any]]:
    """Rows with Python's own values, numbers as they are printed and None where there is none."""
    columns = table_columns(table, schema)
    return [dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True)]
