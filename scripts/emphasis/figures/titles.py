"""What reports and sections are called in a picture, and which sections are shown."""

from __future__ import annotations

from typing import Any

import pandas as pd

MOST_SECTIONS = 32
"""Sections in a picture, at most: a page of a journal holds no more."""


def report_title(reports: pd.DataFrame) -> str:
    """Place and year of a report, or its id where they are not known.

    Parameters
    ----------
    reports : DataFrame
        As in reports.csv, of one report.
    """
    report = reports.iloc[0]
    if report["region"] and not pd.isna(report["year"]):
        return f"{_place(report)}{report['year']}年政府工作报告"
    return str(report["report_id"])


def report_names(reports: pd.DataFrame) -> dict[str, str]:
    """Short names of reports by id: place and year; the id where they are not known or two reports share them."""
    names = {}
    for _, report in reports.iterrows():
        known = report["region"] and not pd.isna(report["year"])
        names[str(report["report_id"])] = f"{_place(report)} {report['year']}" if known else str(report["report_id"])
    twice = pd.Series(names).duplicated(keep=False)
    return {report_id: report_id if twice[report_id] else name for report_id, name in names.items()}


def _place(report: pd.Series[Any]) -> str:
    return "国务院" if report["region_level"] == "national" else str(report["region"])


def shown_sections(sections: pd.DataFrame) -> pd.DataFrame:
    """The sections of level 2, and those of level 1 that are not divided into them, in the order of the report.

    Parameters
    ----------
    sections : DataFrame
        As in sections.csv, of one report.
    """
    headed = sections[sections["level"] > 0]
    divided = set(headed.loc[headed["level"] == 2, "parent_id"])
    return headed[(headed["level"] == 2) | ((headed["level"] == 1) & ~headed["section_id"].isin(divided))]
