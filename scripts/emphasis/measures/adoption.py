"""When regions take up a term or a theme: policy diffusion, as far as the reports at hand show it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
from scipy import sparse

from emphasis.measures.best_report import best_first
from emphasis.measures.report_pairs import placed_reports
from emphasis.measures.superiors import superiors

TERM, THEME = "term", "theme"
CENSORING = ("exact", "interval", "left", "right")
_NATIONAL = "national"
_UNKNOWN = 0
"""Stands for a year that is not known."""
_AT_ONCE = 256
"""Items whose rows are in memory at a time."""


@dataclass(frozen=True)
class Uses:
    """How often each of R reports has each of I items, which are terms and themes.

    Attributes
    ----------
    report_ids : sequence of R str
    kinds, items : array of I str
        ``term`` or ``theme``, and its name, by which they are sorted.
    n : sparse array of shape (R, I)
    """

    report_ids: Sequence[str]
    kinds: np.ndarray
    items: np.ndarray
    n: sparse.csr_array

    def chunks(self) -> Iterator[Uses]:
        """Some items at a time, for tables that would be too large together."""
        stop = 0
        while stop < len(self.items):
            start, stop = stop, min(stop + _AT_ONCE, len(self.items))
            # A term and a theme of one name stay together.
            while stop < len(self.items) and self.items[stop] == self.items[stop - 1]:
                stop += 1
            yield Uses(self.report_ids, self.kinds[start:stop], self.items[start:stop], self.n[:, start:stop])


def count_uses(
    report_ids: Sequence[str],
    terms: Sequence[str],
    counts: np.ndarray | sparse.csr_array,
    hits: pd.DataFrame,
    min_reports: int,
) -> Uses:
    """How often the reports have terms and themes, for those that at least `min_reports` of them have.

    Parameters
    ----------
    report_ids, terms : sequence of str
        Without repetitions.
    counts : array of shape (reports, terms), dense or sparse
        The occurrences of each term in the text of each report.
    hits : DataFrame
        report_id, theme, n: the hits of themes.
    min_reports : int
    """
    of_terms = sparse.csr_array(counts, dtype="int32").reshape(len(report_ids), len(terms))
    themes = sorted(hits["theme"].unique())
    wide = hits.pivot_table(index="report_id", columns="theme", values="n", aggfunc="sum", fill_value=0)
    of_themes = sparse.csr_array(wide.reindex(index=list(report_ids), columns=themes, fill_value=0).to_numpy("int32"))
    n = sparse.csc_array(sparse.hstack([of_terms, of_themes]))
    n.eliminate_zeros()
    names = [(term, TERM) for term in terms] + [(theme, THEME) for theme in themes]
    kept = sorted(np.flatnonzero(np.diff(n.indptr) >= min_reports).tolist(), key=names.__getitem__)
    items, kinds = np.array([names[i] for i in kept], dtype=object).reshape(-1, 2).T
    return Uses(report_ids, kinds, items, sparse.csr_array(n[:, kept]))


def uses_of_terms(tables: Iterable[pa.Table], report_ids: Sequence[str], terms: Sequence[str]) -> sparse.csr_array:
    """How often reports have terms, from tables of report_id, term, n. Shape (reports, terms); other reports are left out."""
    cells: list[np.ndarray] = []
    for table in tables:
        places = []
        for name, wanted in (("report_id", report_ids), ("term", terms)):
            codes = table[name].combine_chunks().dictionary_encode()
            index = pd.Index(wanted).get_indexer(pd.Index(codes.dictionary.to_pylist(), dtype="object"))
            places.append(index[codes.indices.to_numpy()])
        own = np.stack([*places, table["n"].to_numpy()])
        cells.append(own[:, (own[:2] >= 0).all(axis=0)].astype("int32"))
    report, term, n = np.concatenate([np.zeros((3, 0), dtype="int32"), *cells], axis=1)
    return sparse.csr_array((n, (report, term)), shape=(len(report_ids), len(terms)))


def adoption(uses: Uses, reports: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The first year in which each region uses a term or a theme, how far that is behind others, and how many use it.

    A report uses a term when its characters stand in the text between borders of words, whatever tokens these make (not 新发展理念
    in 创新发展理念, which is older), a theme when it has a hit of its dictionary; of several reports of a region and year any will do. Let ``y_1 < y_2 < ... < y_m`` be the years of which a region has reports at
    hand, and ``y_k`` the first with the item. The year F of its first use is known within bounds only::

        censoring     holds when                    earliest        latest
        exact         k > 1 and y_k = y_(k-1) + 1   y_k             y_k
        interval      k > 1 and y_k > y_(k-1) + 1   y_(k-1) + 1     y_k
        left          k = 1                         unknown         y_1
        right         no report has it              y_m + 1         unknown

    The lag behind the nation, or behind the superior, is ``first_year - first_year of the other``, in years; negative when the
    region was first. Its bounds follow from those of both: ``earliest - latest of the other`` and ``latest - earliest of the
    other``, missing where either is unknown. Only where both bounds equal the lag is it known to be right. The superior is
    the nearest level above of which there are reports: of a county its prefecture or else its province, of both the nation if
    there is none, of a province the nation. A region can also take up what it never had from somewhere else, and a lag shows an
    order in time, not that one learned from the other.

    Regions with reports of one year only have no row, as they tell nothing of when; they count in the shares. With ``R`` regions
    of a level that have a report of a year, of which ``u`` use the item in that year and ``e`` in that year or in any earlier
    report at hand, ``share_using = u / R`` and ``share_ever = e / R``. R changes from year to year with the reports at hand;
    `share_ever` is a lower bound, as no use before a region's first report is seen. The nation has no shares, nor has a level
    in a year with a single region.

    Parameters
    ----------
    uses : Uses
    reports : DataFrame
        report_id, region, region_level, adcode, year, confidence, n_chars, date; those without a known region or year do not count.

    Returns
    -------
    DataFrame
        item, kind, region, adcode, region_level, n_years, first_report, last_report, first_year, report_id (of that year, of
        several with the item the one that `best_first` puts first), n (occurrences in that year), censoring, earliest, latest,
        lag_nation, lag_nation_min, lag_nation_max, superior, lag_superior, lag_superior_min, lag_superior_max.
    DataFrame
        item, kind, region_level, year, n_regions, n_using, n_ever, share_using, share_ever.

    References
    ----------
    The four kinds of censoring are those of the function Surv of the R package survival, whose intervals are
    open on the left: it takes `earliest` - 1 and `latest` as its two times (its documentation was read).
    """
    regions = _Regions.of(uses, reports)
    first_uses = _FirstUses.of(regions)
    followed = np.flatnonzero(regions.n_years > 1)
    return _rows(uses, regions, first_uses, followed), _shares(uses, regions)


@dataclass(frozen=True)
class _Regions:
    """P regions, the Y years of which each has reports, and what these have of I items.

    Attributes
    ----------
    known : DataFrame
        place, region, adcode, region_level as the last report of each has them, sorted by place.
    of_year : array of shape (Y,)
        The region of each of its years, ascending.
    year : array of shape (Y,)
        Ascending within a region.
    n : array of shape (Y, I)
        Occurrences in the reports of that year.
    report : array of shape (Y, I)
        The first of them (`best_first`) that has the item, as its place among the reports; -1 for none.
    """

    known: pd.DataFrame
    of_year: np.ndarray
    year: np.ndarray
    n: np.ndarray
    report: np.ndarray

    @classmethod
    def of(cls, uses: Uses, reports: pd.DataFrame) -> _Regions:
        number = {report_id: i for i, report_id in enumerate(uses.report_ids)}
        own = best_first(placed_reports(reports[reports["report_id"].isin(list(number))]))
        own = own.assign(year=own["year"].astype("int64")).sort_values(["place", "year"], kind="stable")
        keys = own[["place", "year"]].drop_duplicates()
        row = own.groupby(["place", "year"], sort=True).ngroup().to_numpy()
        n = np.zeros((len(keys), len(uses.items)), dtype="int64")
        report = np.full(n.shape, -1, dtype="int32")
        # From the last report to the first, which stays: of several values for one place NumPy keeps the last.
        backwards = np.array([number[name] for name in own["report_id"]], dtype="int64")[::-1]
        cells = uses.n[backwards].tocoo()
        at = row[::-1][cells.row], cells.col
        np.add.at(n, at, cells.data)
        report[at] = backwards[cells.row]
        latest = own.drop_duplicates(["place", "year"]).drop_duplicates("place", keep="last")
        known = latest[["place", "region", "adcode", "region_level"]]
        of_year = keys.groupby("place", sort=True).ngroup().to_numpy()
        return cls(known.reset_index(drop=True), of_year, keys["year"].to_numpy("int64"), n, report)

    @property
    def n_years(self) -> np.ndarray:
        """Years with a report of each region."""
        return np.bincount(self.of_year, minlength=len(self.known))

    @property
    def begins(self) -> np.ndarray:
        """The row of each region's first year."""
        return np.searchsorted(self.of_year, np.arange(len(self.known)))

    @property
    def nation(self) -> np.ndarray:
        """The nation's place in `known` for each region; -1 without a report of the nation, and for itself."""
        found = np.flatnonzero(self.known["region_level"] == _NATIONAL)
        at = int(found[0]) if len(found) else -1
        return np.where(np.arange(len(self.known)) == at, -1, at)

    @property
    def superior(self) -> np.ndarray:
        """The superior's place in `known` for each region; -1 where none is known."""
        place = {code: i for i, code in enumerate(self.known["place"])}
        found = self.nation
        columns = (self.known[name] for name in ("region", "region_level", "adcode"))
        for i, (region, level, code) in enumerate(zip(*columns, strict=True)):
            above = superiors(region, level, code)
            found[i] = next((place[one] for one in above if one in place), found[i] if code or above else -1)
        return found


@dataclass(frozen=True)
class _FirstUses:
    """The first use of each item in each region: arrays of shape (P, I), years that are not known being 0.

    Attributes
    ----------
    row : array
        The row of `_Regions` that has it, or that of the region's first year without any.
    first, earliest, latest : array
        Year of the first report with it, and the bounds of the year of the first use.
    censoring : array
        Places in `CENSORING`.
    """

    row: np.ndarray
    first: np.ndarray
    earliest: np.ndarray
    latest: np.ndarray
    censoring: np.ndarray

    @classmethod
    def of(cls, regions: _Regions) -> _FirstUses:
        begins, year, rows = regions.begins, regions.year, np.arange(len(regions.year))
        shape = len(regions.known), regions.n.shape[1]
        never = len(year)
        row = np.full(shape, never, dtype="int64")
        np.minimum.at(row, regions.of_year, np.where(regions.n > 0, rows[:, None], never))
        seen = row < never
        row = np.where(seen, row, begins[:, None])
        first = np.where(seen, year[row], _UNKNOWN)
        previous = year[np.maximum(row - 1, 0)] + 1
        last = year[begins + regions.n_years - 1]
        earliest = np.where(seen, np.where(row > begins[:, None], previous, _UNKNOWN), last[:, None] + 1)
        codes = np.select([~seen, earliest == _UNKNOWN, earliest < first], [3, 2, 1], 0)
        return cls(row, first, earliest, first, codes)

    def lags(self, own: np.ndarray, other: np.ndarray) -> list[np.ndarray]:
        """The lags of regions behind others, by their places, as observed and at least and at most; shape (own, I), nan if unknown."""
        pairs = ((self.first, self.first), (self.earliest, self.latest), (self.latest, self.earliest))
        return [
            np.where((other[:, None] >= 0) & (a[own] != _UNKNOWN) & (b[other] != _UNKNOWN), a[own] - b[other], np.nan)
            for a, b in pairs
        ]


def _rows(uses: Uses, regions: _Regions, found: _FirstUses, followed: np.ndarray) -> pd.DataFrame:
    """A row for each item and each of the regions that are followed."""
    n_items, n_regions = len(uses.items), len(followed)
    known, superior, nation = regions.known, regions.superior[followed], regions.nation[followed]

    def of_regions(values: np.ndarray) -> np.ndarray:
        return np.tile(values, n_items)

    row, seen = found.row[followed], found.first[followed] != _UNKNOWN
    at = row, np.arange(n_items)[None, :]
    begins, n_years = regions.begins[followed], regions.n_years[followed]
    columns: dict[str, Any] = {"item": _text(np.repeat(np.arange(n_items), n_regions), uses.items)}
    columns["kind"] = _text(np.repeat(np.arange(n_items), n_regions), uses.kinds)
    columns |= {name: _text(of_regions(followed), known[name]) for name in ("region", "adcode", "region_level")}
    columns |= {"n_years": of_regions(n_years), "first_report": of_regions(regions.year[begins])}
    columns["last_report"] = of_regions(regions.year[begins + n_years - 1])
    columns |= {"first_year": _years(found.first[followed])}
    columns["report_id"] = _text(np.where(seen, regions.report[at], -1).T.ravel(), uses.report_ids)
    columns["n"] = np.where(seen, regions.n[at], 0).T.ravel()
    columns["censoring"] = _text(found.censoring[followed].T.ravel(), CENSORING)
    columns |= {"earliest": _years(found.earliest[followed]), "latest": _years(found.latest[followed])}
    for name, other in (("lag_nation", nation), ("lag_superior", superior)):
        if name == "lag_superior":
            columns["superior"] = _text(of_regions(superior), known["region"])
        lags = found.lags(followed, other)
        columns |= {name + end: _whole(lag) for end, lag in zip(("", "_min", "_max"), lags, strict=True)}
    return pd.DataFrame(columns)


def _text(places: np.ndarray, words: Iterable[str]) -> pd.Categorical[Any]:
    """A column of words by their places; -1 for none. Each word is a string once, however many rows have it."""
    codes, distinct = pd.factorize(np.array([*words, ""], dtype=object))
    return pd.Categorical.from_codes(np.asarray(codes)[places], categories=pd.Index(distinct))


def _years(values: np.ndarray) -> pd.Series:
    """Years by item and region, which are given by region and item."""
    years = pd.Series(values.T.ravel(), dtype="Int64")
    return years.where(years != _UNKNOWN)


def _whole(values: np.ndarray) -> pd.Series:
    return pd.Series(values.T.ravel(), dtype="float64").astype("Int64")


def _shares(uses: Uses, regions: _Regions) -> pd.DataFrame:
    """The shares of regions that use each item, by level and year."""
    has = regions.n > 0
    # Within a region, the running number of uses is above that before its first year once there was any.
    running = np.cumsum(has, axis=0)
    before = np.vstack([np.zeros((1, has.shape[1]), dtype="int64"), running])[regions.begins[regions.of_year]]
    ever = running > before
    level = regions.known["region_level"].to_numpy(dtype=object)[regions.of_year]
    parts = []
    for name, year in sorted(set(zip(level.tolist(), regions.year.tolist(), strict=True))):
        rows = np.flatnonzero((level == name) & (regions.year == year))
        if name in ("", _NATIONAL) or len(rows) < 2:
            continue
        columns = {"item": uses.items, "kind": uses.kinds, "region_level": name, "year": year, "n_regions": len(rows)}
        columns |= {"n_using": has[rows].sum(axis=0), "n_ever": ever[rows].sum(axis=0)}
        parts.append(pd.DataFrame(columns))
    if not parts:
        return pd.DataFrame()
    table = pd.concat(parts, ignore_index=True)
    return table.assign(
        share_using=table["n_using"] / table["n_regions"], share_ever=table["n_ever"] / table["n_regions"]
    )
