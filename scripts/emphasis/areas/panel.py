"""Shares of areas as variables of the panel."""

from __future__ import annotations

import pandas as pd

from emphasis.areas.scheme import Scheme
from emphasis.store.tables import Field

_PARTS = {"plan": ("area", "Share in plan"), "whole": ("whole_area", "Share in whole report")}
"""The parts of a report whose shares are variables: the beginning of their names, and of their labels."""


def panel_variables(shares: pd.DataFrame, scheme: Scheme) -> pd.DataFrame:
    """The share of each area that areas.csv lists, as a column: in the plan area_<code>, in the whole report whole_area_<code>.

    A row for each report, identified by report_id.
    """
    wide = [
        shares[shares["part"] == part]
        .pivot(index="report_id", columns="area", values="share")
        .reindex(columns=list(scheme.listed))
        .add_prefix(f"{beginning}_")
        for part, (beginning, _) in _PARTS.items()
    ]
    found = pd.concat(wide, axis="columns").sort_index().rename_axis(columns=None).reset_index(names="report_id")
    return found.astype({"report_id": "str"})  # without rows, pandas makes numbers of them


def panel_fields(scheme: Scheme) -> tuple[Field, ...]:
    """The columns of `panel_variables` with what they mean."""
    share = {"minimum": 0, "maximum": 1}
    return tuple(
        Field(f"{beginning}_{area}", "number", f"{label}: {scheme.names_en[area]} ({scheme.names_zh[area]})", 6, share)
        for beginning, label in _PARTS.values()
        for area in scheme.listed
    )
