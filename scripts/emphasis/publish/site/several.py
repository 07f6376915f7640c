"""What the page says of several reports at once: shares of areas, first terms, shared text. Levels and years stay apart on the page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from emphasis.areas.scheme import Scheme
from emphasis.publish.site.data import sentence_number, table_columns
from emphasis.store.tables import Schema

FIRST_TERMS = 6
"""Distinctive terms of each report."""
_AREAS = "n share low high".split()
_TERMS = "term n expected q_bh n_peers".split()
FRESH_TERMS = 400
"""Terms of the latest year that no earlier report has, at most; those of most reports first."""
_REUSE = "relation characters reused_plain share share_plain".split()


def several_block(
    tables: Mapping[str, pd.DataFrame], schemas: Mapping[str, Schema], scheme: Scheme, shown: Sequence[str]
) -> dict[str, dict[str, list[Any]]]:
    """Tables of the first view of several reports, by columns; reports are places in the page's list, other reports their ids.

    Parameters
    ----------
    tables, schemas : mapping
        reports, areas and distinctive; first_use, reuse and reuse_passages where there are several reports.
    scheme : Scheme
    shown : sequence of str
        Reports on the page, in its order.

    Returns
    -------
    dict
        `shares`: share of each area in each whole report, with its interval. `first`: the distinctive terms that come first.
        `fresh`: terms of the latest year that no report of an earlier year has anywhere in its text.
        `reuse`: text that a report shares with another, with the longest passage and the numbers of its two sentences.
    """
    place = {report_id: i for i, report_id in enumerate(shown)}
    shares = tables["areas"]
    shares = shares[(shares["part"] == "whole") & shares["report_id"].isin(shown)]
    code = {area: i for i, area in enumerate(scheme.listed)}
    first = tables["distinctive"]
    first = first[(first["part"] == "whole") & (first["rank"] <= FIRST_TERMS) & first["report_id"].isin(shown)]
    first = first.sort_values(["report_id", "rank"], kind="stable").round({"expected": 2, "q_bh": 4})
    block = {
        "shares": _placed(shares, place)
        | {"area": [code[area] for area in shares["area"]]}
        | table_columns(shares, schemas["areas"], *_AREAS),
        "first": _placed(first, place) | table_columns(first, schemas["distinctive"], *_TERMS),
    }
    if "first_use" in tables:
        block["fresh"] = _fresh(tables["first_use"], schemas["first_use"], tables["reports"]["year"])
    if "reuse" in tables:
        block["reuse"] = _reuse(tables, schemas, place)
    return block


def _placed(table: pd.DataFrame, place: Mapping[str, int]) -> dict[str, list[Any]]:
    return {"report": [place[report_id] for report_id in table["report_id"]]}


def _fresh(first_use: pd.DataFrame, schema: Schema, years: pd.Series) -> dict[str, list[Any]]:
    known = years.dropna()
    if known.nunique() < 2:
        return {}
    found = first_use[(first_use["text_year"] == known.max()) & (first_use["year"] == known.max())]
    found = found.sort_values(["n_first", "n_alone", "n", "term"], ascending=[False, False, False, True])
    return table_columns(found.head(FRESH_TERMS), schema, "term", "year", "report_id", "n", "n_first")


def _reuse(
    tables: Mapping[str, pd.DataFrame], schemas: Mapping[str, Schema], place: Mapping[str, int]
) -> dict[str, list[Any]]:
    whole = tables["reuse"]
    whole = whole[(whole["section"] == "all") & whole["report_id"].isin(place)]
    passages = tables["reuse_passages"]
    longest = passages[passages["passage"] == 1].set_index(["report_id", "other_id"])
    wanted = pd.MultiIndex.from_frame(whole[["report_id", "other_id"]])
    found = longest.reindex(wanted)
    return (
        _placed(whole, place)
        | {"other_id": whole["other_id"].tolist()}
        | table_columns(whole, schemas["reuse"], *_REUSE)
        | {
            "passage": found["shared"].fillna("").tolist(),
            "sentence": [sentence_number(value) for value in found["sentence_id"].fillna("")],
            "other_sentence": [sentence_number(value) for value in found["other_sentence_id"].fillna("")],
        }
    )
