"""The main area of sections."""

from __future__ import annotations

import pandas as pd

from emphasis.areas.shares import SECTION


def main_areas(shares: pd.DataFrame) -> pd.DataFrame:
    """The main area of each section: report_id, section_id, area, area_share; see `emphasis.areas.shares.main_area`.

    Parameters
    ----------
    shares : DataFrame
        As made by `emphasis.areas.shares.share_rows`.
    """
    own = shares[(shares["part"] == SECTION) & shares["main"]]
    return own.rename(columns={"share": "area_share"})[["report_id", "section_id", "area", "area_share"]]
