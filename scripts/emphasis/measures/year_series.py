"""The years of which regions have reports: what is followed from year to year."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from emphasis.measures.best_report import sound
from emphasis.measures.report_pairs import placed_reports

LEAST_YEARS = 6
"""Years with reports that a region needs: of five, the smallest p of a trend is 0.017, which no correction for many terms leaves."""


@dataclass(frozen=True)
class RegionYears:
    """A region and the Y years of which it has reports, ascending.

    Attributes
    ----------
    region, adcode, region_level : str
        As its last report has them.
    years : array of shape (Y,)
    reports : sequence of Y sequences of str
        The report_ids of each year, which are taken together: a county whose congress is newly elected in autumn has two in a year.
    """

    region: str
    adcode: str
    region_level: str
    years: np.ndarray
    reports: Sequence[Sequence[str]]

    @property
    def labels(self) -> dict[str, Any]:
        """What a table says of the series: region, adcode, region_level, n_years, first_report, last_report."""
        span = {"n_years": len(self.years), "first_report": int(self.years[0]), "last_report": int(self.years[-1])}
        return {"region": self.region, "adcode": self.adcode, "region_level": self.region_level} | span

    def rows(self, index: Mapping[str, int]) -> tuple[np.ndarray, np.ndarray]:
        """The places of its reports, by `index`, and which of its years each is of."""
        pairs = [(index[name], year) for year, names in enumerate(self.reports) for name in names]
        places, years = np.array(pairs, dtype="int64").reshape(-1, 2).T
        return places, years


def region_years(reports: pd.DataFrame, report_ids: Sequence[str], least: int = LEAST_YEARS) -> Iterator[RegionYears]:
    """The regions with reports of at least so many years, in the order of their names.

    A text of low confidence does not count for a year that has a better one (`sound`).

    Parameters
    ----------
    reports : DataFrame
        report_id, region, adcode, region_level, year, confidence; those without a known region or year do not count.
    report_ids : sequence of str
        Reports that have what is followed; others do not count.
    least : int
    """
    known = placed_reports(reports[reports["report_id"].isin(list(report_ids))])
    known = known[sound(known)]
    groups = [own.sort_values(["year", "report_id"]) for _, own in known.groupby("place")]
    for own in sorted(groups, key=lambda some: (some["region"].iloc[-1], some["adcode"].iloc[-1])):
        by_year: dict[int, list[str]] = {}
        for year, report_id in zip(own["year"].astype("int64").tolist(), own["report_id"], strict=True):
            by_year.setdefault(year, []).append(report_id)
        if len(by_year) < least:
            continue
        last = own.iloc[-1]
        years = np.array(list(by_year), dtype="int64")
        yield RegionYears(last["region"], last["adcode"], last["region_level"], years, list(by_year.values()))
