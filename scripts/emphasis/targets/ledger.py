"""The ledger as tables, and tables as a ledger.

`target_rows` and `pair_rows` make the tables of single reports. `Ledger` reads them back, batch by batch, for what is compared
between reports: `attainment_rows` across the years of a region, `gap_rows` across levels of government.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from emphasis.measures.best_report import best_first
from emphasis.measures.superiors import superiors
from emphasis.store.tables import report_slices
from emphasis.targets.entries import LedgerEntry, Pair
from emphasis.targets.indicators import Indicators
from emphasis.targets.pairs import attainment, gaps, is_main_target, pairs

_FIELDS = list(LedgerEntry._fields)
COMPARISON_COLUMNS = (
    *("report_id", "sentence_id", "start", "period", "horizon", "headline", "indicator", "canonical", "direction"),
    *("comparator", "value", "value_high", "unit", "kind", "verb", "base_value", "base_high", "base_unit"),
)
"""The columns of targets.csv by which entries of different reports are compared."""


def target_rows(entries: Mapping[str, Sequence[LedgerEntry]]) -> pd.DataFrame:
    """Rows of targets.csv for the entries of some reports, with sentence ids in place of indices."""
    ids = [(report_id, e.sentence) for report_id, some in entries.items() for e in some]
    columns = zip(*(e for some in entries.values() for e in some), strict=True)
    table = pd.DataFrame(dict(zip(_FIELDS, columns, strict=True)) if ids else [], columns=_FIELDS)
    report_id, sentence_id = [i for i, _ in ids], [f"{i}:{number + 1}" for i, number in ids]
    return table.drop(columns="sentence").assign(report_id=report_id, sentence_id=sentence_id)


class Ledger(Mapping[str, Sequence[LedgerEntry]]):
    """Entries of many reports by report_id.

    The tables are kept as columns, which take less memory than entries; the entries of a report are made when they are
    asked for, and those asked for last are kept. A report that is not in the tables has no entries. Columns that the tables
    lack are empty in the entries.
    """

    _CACHE_SIZE = 256

    def __init__(self) -> None:
        self._tables: list[dict[str, np.ndarray]] = []
        self._places: dict[str, tuple[int, slice]] = {}
        self._cached = lru_cache(self._CACHE_SIZE)(self._make)

    def add(self, table: pa.Table) -> None:
        """Add rows of targets.csv; all rows of a report have to be in one table, next to each other."""
        for report_id, place in report_slices(table.select(["report_id"]).to_pandas()).items():
            self._places[report_id] = (len(self._tables), place)
        self._tables.append(_columns(table))

    def _make(self, report_id: str) -> Sequence[LedgerEntry]:
        number, place = self._places[report_id]
        columns = self._tables[number]
        nothing = [""] * (place.stop - place.start)
        values = (_plain(columns[name][place]) if name in columns else nothing for name in _FIELDS)
        return [LedgerEntry(*row) for row in zip(*values, strict=True)]

    def __getitem__(self, report_id: str) -> Sequence[LedgerEntry]:
        return self._cached(report_id) if report_id in self._places else ()

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)


def _plain(values: np.ndarray) -> list[Any]:
    """A list of the values, None for a number that is missing."""
    plain = values.tolist()
    return [None if value != value else value for value in plain] if values.dtype.kind == "f" else plain  # noqa: PLR0124


def _columns(table: pa.Table) -> dict[str, np.ndarray]:
    """Columns of targets.csv as arrays with the fields of an entry; a text that many rows have is kept once."""
    found = {}
    for name in set(_FIELDS) & set(table.column_names):
        column = table[name].combine_chunks()
        if pa.types.is_string(column.type):
            coded = column.dictionary_encode()
            words = np.array(coded.dictionary.to_pylist(), dtype=object)
            found[name] = words[coded.indices.to_numpy()]
        else:
            found[name] = column.to_numpy(zero_copy_only=False)
    number = pc.list_element(pc.split_pattern(table["sentence_id"], ":", max_splits=1, reverse=True), 1)
    found["sentence"] = pc.cast(number, pa.int64()).to_numpy() - 1
    return found


def are_main_or_canonical(table: pa.Table) -> pa.ChunkedArray:
    """Which rows of targets.csv are in the passage of the main targets or have a canonical indicator. Shape (rows,)."""
    return pc.or_(table["headline"], pc.not_equal(table["canonical"], ""))


def are_outturns(table: pa.Table) -> pa.ChunkedArray:
    """Which rows of targets.csv are outturns with a value. Shape (rows,)."""
    return pc.and_(pc.equal(table["period"], "outturn"), pc.is_valid(table["value"]))


def pair_rows(entries: Mapping[str, Sequence[LedgerEntry]]) -> pd.DataFrame:
    """Rows of target_pairs.csv for the entries of some reports."""
    return pd.DataFrame([_pair_row(pair) for report_id, some in entries.items() for pair in pairs(report_id, some)])


def _pair_row(pair: Pair) -> dict[str, Any]:
    same = ("report_id", "indicator", "comparable", "reason")
    row = {name: getattr(pair, name) for name in same} | _target_cells(pair.report_id, pair.target)
    return row | _outturn_cells(pair.report_id, pair.outturn)


def _target_cells(report_id: str, target: LedgerEntry) -> dict[str, Any]:
    more: dict[str, Any] = {name: getattr(target, name) for name in ("comparator", "kind", "direction")}
    more |= {"target_high": target.value_high, "target_start": target.start}
    return _cells("target", report_id, target) | more


def _outturn_cells(report_id: str, outturn: LedgerEntry | None) -> dict[str, Any]:
    cells = _cells("outturn", report_id, outturn)
    said = ("", "") if outturn is None else (outturn.comparator, outturn.direction)
    cells |= dict(zip(("outturn_comparator", "outturn_direction"), said, strict=True))
    # What an outturn arrives at is the end of a change (由180天压缩至58天).
    ends = {"outturn_value": outturn.value_high} if outturn is not None and outturn.comparator == "from_to" else {}
    return cells | ends


def _cells(role: str, report_id: str, entry: LedgerEntry | None) -> dict[str, Any]:
    """Value, unit and sentence of an entry, in the columns of its role; empty if there is no entry."""
    found = (None, "", "") if entry is None else (entry.value, entry.unit, f"{report_id}:{entry.sentence + 1}")
    return dict(zip((f"{role}_value", f"{role}_unit", f"{role}_sentence_id"), found, strict=True))


def _reports_with_year(reports: pd.DataFrame) -> list[dict[Any, Any]]:
    """The reports whose year is known, of those of one region and year first the one that stands for it."""
    known = best_first(reports[reports["year"].notna()])
    return known[["report_id", "region", "adcode", "region_level", "province", "year"]].to_dict("records")


def _first(pairs: Iterable[tuple[tuple[str, Any], str]]) -> dict[tuple[str, Any], str]:
    """The report of each place and year, of several the first."""
    found: dict[tuple[str, Any], str] = {}
    for place, report_id in pairs:
        found.setdefault(place, report_id)
    return found


def attainment_rows(
    reports: pd.DataFrame,
    targets: Mapping[str, Sequence[LedgerEntry]],
    outturns: Mapping[str, Sequence[LedgerEntry]],
    indicators: Indicators,
) -> pd.DataFrame:
    """Last year's headline targets of each region against this year's reported outturns, of several reports for one year the one that stands for it.

    `reports` is as reports.csv. `targets` and `outturns` have entries of each report by report_id: at least those in
    the passage of the main targets, and at least the outturns.
    """
    rows = []
    known = [row for row in _reports_with_year(reports) if row["region"]]
    # Counties of different provinces have the same name (和平区 in 天津市 and 沈阳市): the code distinguishes them.
    by_place = _first(((row["adcode"] or row["region"], row["year"]), row["report_id"]) for row in known)
    names = {row["report_id"]: row["region"] for row in known}
    for (place, year), report_id in sorted(by_place.items()):
        later = by_place.get((place, year + 1))
        if later is None:
            continue
        aims = [target for target in targets[report_id] if is_main_target(target)]
        for row in attainment(aims, outturns[later] if aims else (), indicators):
            found: dict[str, Any] = {"indicator": row.indicator, "bound": row.bound}
            found |= {"difference": row.difference, "verdict": row.verdict}
            cells = _target_cells(report_id, row.target) | _outturn_cells(later, row.outturn)
            rows.append({"region": names[report_id], "year": year} | found | cells)
    return pd.DataFrame(rows)


def gap_rows(reports: pd.DataFrame, entries: Mapping[str, Sequence[LedgerEntry]]) -> pd.DataFrame:
    """Each region's headline targets minus those of the level above for the same year (层层加码).

    The level above a county is its prefecture or, where that has no report of the year at hand, its province; that of a
    prefecture is its province, that of a province the State Council; that of a zone is the city that it lies in, and where it is not
    known which that is there are no rows. Both targets are for the same year, but the report of the
    level above is mostly the later one (provinces report in January or February, the State Council in March): a gap says how
    far the targets lie apart, not that the one was set in knowledge of the other. `reports` is as reports.csv, `entries` has
    for each report_id at least the entries with a canonical indicator.
    """
    rows = []
    known = _reports_with_year(reports)
    above = _first(((row["adcode"], row["year"]), row["report_id"]) for row in known if row["adcode"])
    above |= _first((("", row["year"]), row["report_id"]) for row in known if row["region_level"] == "national")
    for report in known:
        report_id, level = report["report_id"], report["region_level"]
        # Nothing stands for the nation, which is above provinces alone.
        places = superiors(report["region"], level, report["adcode"], report["province"])
        places = [""] if level == "province" else places
        superior = next((above[place, report["year"]] for place in places if (place, report["year"]) in above), None)
        if level == "national" or superior is None or superior == report_id:
            continue
        for gap in gaps(entries[report_id], entries[superior]):
            found = {"indicator": gap.indicator, "difference": gap.difference, "note": gap.note}
            cells = _cells("own", report_id, gap.own) | _cells("superior", superior, gap.superior)
            rows.append({"report_id": report_id, "superior_id": superior} | found | cells)
    return pd.DataFrame(rows)
