"""What stands over a picture."""

from __future__ import annotations

import pandas as pd


def report_title(reports: pd.DataFrame) -> str:
    """Place and year of a report, or its id where they are not known.

    Parameters
    ----------
    reports : DataFrame
        As in reports.csv, of one report.
    """
    report = reports.iloc[0]
    if report["region"] and not pd.isna(report["year"]):
        place = "国务院" if report["region_level"] == "national" else report["region"]
        return f"{place}{report['year']}年政府工作报告"
    return str(report["report_id"])
