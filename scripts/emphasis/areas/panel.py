"""Shares of areas in plans as variables of the panel."""

from __future__ import annotations

import pandas as pd

from emphasis.areas.scheme import Scheme
from emphasis.store.tables import Field


def panel_variables(shares: pd.DataFrame, scheme: Scheme) -> pd.DataFrame:
    """The share of each area in the plan of each report: report_id, and a column area_<code> for each that areas.csv lists."""
    plans = shares[shares["part"] == "plan"]
    wide = plans.pivot(index="report_id", columns="area", values="share").reindex(columns=list(scheme.listed))
    return wide.add_prefix("area_").rename_axis(columns=None).reset_index()


def panel_fields(scheme: Scheme) -> tuple[Field, ...]:
    """The columns of `panel_variables` with what they mean."""
    share = {"minimum": 0, "maximum": 1}
    return tuple(
        Field(f"area_{area}", "number", f"Share in plan: {scheme.names_en[area]} ({scheme.names_zh[area]})", 6, share)
        for area in scheme.listed
    )
