"""Headline targets as variables of the panel."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from emphasis.errors import EmphasisError
from emphasis.tables import Field

_COLUMNS = ["variable", "canonical", "measure", "unit", "label"]
_MEASURES = {"growth_rate": ("growth_rate",), "level": ("level", "count")}
_NAME = re.compile(r"[a-z][a-z0-9_]{0,19}")
_LONGEST_LABEL = 45
_CONVERTED = {("斤", "吨"): 0.0005, ("公斤", "吨"): 0.001}
"""Units in which reports give the same thing, and the factor from the first to the second."""


@dataclass(frozen=True)
class Variable:
    """A canonical indicator that the panel has, and in which measure and unit."""

    name: str
    canonical: str
    measure: str
    unit: str
    label: str


def load_variables(path: Path | str) -> tuple[Variable, ...]:
    """Read ``config/panel_targets.tsv``.

    Raises
    ------
    EmphasisError
        Names file, line and entry: a missing column, a name that Stata cannot have or that stands there twice, an unknown
        measure, a label that is too long.
    """
    lines = [line for line in Path(path).read_text(encoding="utf-8-sig").splitlines() if not line.startswith("#")]
    rows = [line.split("\t") for line in lines if line.strip()]
    if not rows or rows[0] != _COLUMNS:
        raise EmphasisError(f"{path}: the columns have to be {', '.join(_COLUMNS)}, separated by tabs")
    found: dict[str, Variable] = {}
    for row in rows[1:]:
        where = f"{path}: {row[0]}"
        if len(row) != len(_COLUMNS):
            raise EmphasisError(f"{where}: {len(row)} columns; there have to be {len(_COLUMNS)}")
        variable = Variable(*(cell.strip() for cell in row))
        if not _NAME.fullmatch(variable.name):
            raise EmphasisError(f"{where}: a name has small letters, digits and _, begins with a letter, at most 20")
        if variable.name in found:
            raise EmphasisError(f"{where}: stands there twice; delete one")
        if variable.measure not in _MEASURES:
            raise EmphasisError(f"{where}: measure is {variable.measure!r}; allowed: {', '.join(_MEASURES)}")
        if not 0 < len(variable.label) <= _LONGEST_LABEL:
            raise EmphasisError(f"{where}: a label has at most {_LONGEST_LABEL} characters")
        found[variable.name] = variable
    return tuple(found.values())


def headlines(targets: pd.DataFrame, variables: Sequence[Variable]) -> pd.DataFrame:
    """The rows of targets.csv that may become variables: targets for the year of an indicator that the panel has."""
    wanted = targets["canonical"].isin([v.canonical for v in variables])
    return targets[
        wanted
        & (targets["period"] == "target")
        & (targets["horizon"] == "year")
        & (targets["comparator"] != "qualifier")
        & targets["kind"].isin([kind for kinds in _MEASURES.values() for kind in kinds])
    ]


def target_variables(rows: pd.DataFrame, variables: Sequence[Variable]) -> pd.DataFrame:
    """One value for each report and variable: the target that the report states for the year.

    A target in the passage that lists the main targets comes before one elsewhere, a figure before words, and what stands
    first before what stands later. Values are in the unit of the variable, ``_high`` is the upper end of a range, and
    ``_is`` says how the figure binds (eq, ge, approx, range ...). A target in words only (与经济增长同步) has ``_is`` and no value. A
    target that the report does not state has none of the three.

    Parameters
    ----------
    rows : DataFrame
        As made by `headlines`.
    variables : sequence of Variable

    Returns
    -------
    DataFrame
        report_id, and for each variable that any report has: target_<name>, target_<name>_high, target_<name>_is.
    """
    table = pd.DataFrame({"report_id": sorted(set(rows["report_id"]))})
    for variable in variables:
        own = rows[(rows["canonical"] == variable.canonical) & rows["kind"].isin(_MEASURES[variable.measure])]
        units = {variable.unit: 1.0, "": 1.0} | {old: f for (old, new), f in _CONVERTED.items() if new == variable.unit}
        own = own[own["base_unit"].isin(units)]
        if own.empty:
            continue
        own = own.assign(elsewhere=~own["headline"], in_words=own["base_value"].isna())
        own = own.sort_values(["report_id", "elsewhere", "in_words", "start"], kind="stable").drop_duplicates(
            "report_id"
        )
        factor = own["base_unit"].map(units)
        name = f"target_{variable.name}"
        columns = {
            name: own["base_value"] * factor,
            f"{name}_high": own["base_high"] * factor,
            f"{name}_is": own["comparator"],
        }
        table = table.merge(own[["report_id"]].assign(**columns), on="report_id", how="left")
    return table


def variable_fields(table: pd.DataFrame, variables: Sequence[Variable]) -> tuple[Field, ...]:
    """The columns of `target_variables` with what they mean."""
    fields = []
    for variable in variables:
        name = f"target_{variable.name}"
        if name not in table:
            continue
        fields += [
            Field(name, "number", f"Target: {variable.label}, {variable.unit}", 4),
            Field(f"{name}_high", "number", f"Upper end: {variable.label}, {variable.unit}", 4),
            Field(f"{name}_is", "string", f"How it binds: {variable.label}"),
        ]
    return tuple(fields)
