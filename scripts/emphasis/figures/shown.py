"""What a picture shows of reports: their names, and which of their sections."""

from __future__ import annotations

from typing import Any

import pandas as pd

MOST_SECTIONS = 32
"""Sections in a picture, at most: a page of a journal has no room for more."""


def report_title(reports: pd.DataFrame) -> str:
    """Place and year of the one report in these rows of reports.csv, or its id if they are not known."""
    return _name(reports.iloc[0], "{}{}年政府工作报告")


def report_names(reports: pd.DataFrame) -> dict[str, str]:
    """Short names of reports by id: place and year; the id if they are not known or two reports share them."""
    names = {str(report["report_id"]): _name(report, "{} {}") for _, report in reports.iterrows()}
    twice = pd.Series(names).duplicated(keep=False)
    return {report_id: report_id if twice[report_id] else name for report_id, name in names.items()}


def _name(report: pd.Series[Any], form: str) -> str:
    if not report["region"] or pd.isna(report["year"]):
        return str(report["report_id"])
    return form.format("国务院" if report["region_level"] == "national" else report["region"], report["year"])


def shown_sections(sections: pd.DataFrame) -> pd.DataFrame:
    """The sections of level 2 and the undivided sections of level 1 in sections.csv of one report, in its order."""
    headed = sections[sections["level"] > 0]
    divided = set(headed.loc[headed["level"] == 2, "parent_id"])
    return headed[(headed["level"] == 2) | ((headed["level"] == 1) & ~headed["section_id"].isin(divided))]
