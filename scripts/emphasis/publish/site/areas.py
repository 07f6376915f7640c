"""Policy areas in the page: the code of every sentence, shares with their intervals, and how well the coder codes."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from emphasis.areas.scheme import Scheme
from emphasis.publish.site.data import table_columns
from emphasis.store.tables import Schema, only
from emphasis.store.written import written_rows

_HELD_OUT = "held-out reports"
"""The sample of validation.tsv that the page shows: each coded sentence by a coder that has not seen its report."""
_SHARES = ("n", "share", "low", "high")


def areas_index(scheme: Scheme, validation: Path | None, confusion: Path | None) -> dict[str, Any]:
    """Areas with their names, in the order of tables, and what cross-validation found of each.

    Parameters
    ----------
    scheme : Scheme
    validation, confusion : Path or None
        ``validation.tsv`` and ``confusion.tsv`` of the folder that the scheme is in; None where a coder came without them.

    Returns
    -------
    dict
        `areas`: code, en, zh, `major` where the area is a part of another, and `n`, `precision`, `recall`, `f1`. `coder`: n,
        accuracy, f1 over all areas, and `confusion`: how many sentences of each area (rows, codes in the order of `codes`) were
        coded as each.
    """
    found: dict[str, Mapping[str, str]] = {}
    if validation is not None:
        columns = ("sample", "area", "n", "precision", "recall", "f1")
        found = {row["area"]: row for _, row in written_rows(validation, columns) if row["sample"] == _HELD_OUT}
    areas = []
    for code in scheme.listed:
        area: dict[str, Any] = {"code": code, "en": scheme.names_en[code], "zh": scheme.names_zh[code]}
        if scheme.major.get(code, code) != code:
            area["major"] = scheme.major[code]
        if code in scheme.sums:
            area["sum"] = True
        if code in found:
            area |= {name: _number(found[code][name]) for name in ("n", "precision", "recall", "f1")}
        areas.append(area)
    coder: dict[str, Any] | None = None
    if "all" in found:
        whole = found["all"]
        coder = {"n": _number(whole["n"]), "accuracy": _number(whole["recall"]), "f1": _number(whole["f1"])}
        if confusion is not None:
            rows = {row["area"]: row for _, row in written_rows(confusion, ("area", *scheme.areas))}
            counts = [[int(rows[area][code]) for code in scheme.areas] for area in scheme.areas]
            coder |= {"codes": list(scheme.areas), "confusion": counts}
    return {"areas": areas, "coder": coder}


def _number(text: str) -> float | int | None:
    return None if not text else int(text) if text.isdigit() else float(text)


def areas_block(
    report_id: str, tables: Mapping[str, pd.DataFrame], schemas: Mapping[str, Schema], scheme: Scheme
) -> dict[str, Any]:
    """The codes of a report's sentences, in the order of the block's sentences, and shares by part and section, by columns.

    Areas are places in the index's list, -1 for none; probabilities are per cent. Of sections, areas without a sentence are left
    out.
    """
    place = {code: i for i, code in enumerate(scheme.listed)}
    sentences = only(tables["sentences"], report_id)["sentence_id"]
    coded = only(tables["sentence_areas"], report_id).set_index("sentence_id").reindex(sentences)
    shares = only(tables["areas"], report_id)
    shares = shares[(shares["part"] != "section") | (shares["n"] > 0)]
    scopes = shares["section_id"].where(shares["part"] == "section", shares["part"])
    return {
        "area": [place.get(code, -1) for code in coded["area"]],
        "second": [place.get(code, -1) for code in coded["second"]],
        "p": [round(100 * p) for p in coded["p"].fillna(0)],
        "corrected": [i for i, value in enumerate(coded["corrected"].fillna(value=False)) if value],
        "shares": {"scope": scopes.tolist(), "area": [place[code] for code in shares["area"]]}
        | table_columns(shares, schemas["areas"], *_SHARES),
    }
