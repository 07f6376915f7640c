"""The targets ledger as tables: statements and pairs of single reports, and what follows across years and levels."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

import pandas as pd

from emphasis.tables import places_of
from emphasis.targets.indicators import Indicators
from emphasis.targets.model import Pair, Quantity
from emphasis.targets.pairs import attainment, cross_level, pairs

_FIELDS = list(Quantity._fields)


def target_rows(quantities: Mapping[str, Sequence[Quantity]]) -> pd.DataFrame:
    """Rows of targets.csv for the statements of some reports; sentence ids in place of indices."""
    ids = [(report_id, q.sentence) for report_id, some in quantities.items() for q in some]
    columns = zip(*(q for some in quantities.values() for q in some), strict=True)
    table = pd.DataFrame(dict(zip(_FIELDS, columns, strict=True)) if ids else [], columns=_FIELDS)
    report_id, sentence_id = [i for i, _ in ids], [f"{i}:{number + 1}" for i, number in ids]
    return table.drop(columns="sentence").assign(report_id=report_id, sentence_id=sentence_id)


def quantities_of(table: pd.DataFrame) -> list[Quantity]:
    """The statements of one report back from its rows of targets.csv."""
    columns: dict[str, list[Any]] = {name: table[name].tolist() for name in _FIELDS if name != "sentence"}
    columns["sentence"] = [int(s.rpartition(":")[2]) - 1 for s in table["sentence_id"]]
    for name in ("value", "value_high", "base_value", "base_high"):
        columns[name] = [None if pd.isna(value) else float(value) for value in columns[name]]
    return [Quantity(*row) for row in zip(*(columns[name] for name in _FIELDS), strict=True)]


class Ledger(Mapping[str, Sequence[Quantity]]):
    """The statements of many reports that can be compared with those of another: outturns, and targets that are known by name.

    A report without any has none. Statements are made from the rows of a report when they are asked for; those of the reports
    that were asked for last are held.

    Parameters
    ----------
    tables : iterable of DataFrame
        Rows of targets.csv without `text`, those of a report in one of the tables and next to each other.
    """

    _HELD = 256

    def __init__(self, tables: Iterable[pd.DataFrame]) -> None:
        self._tables: list[pd.DataFrame] = []
        self._places: dict[str, tuple[int, slice]] = {}
        for table in tables:
            used = table[table["period"].eq("outturn") | table["headline"] | table["canonical"].ne("")]
            for report_id, place in places_of(used).items():
                self._places[report_id] = (len(self._tables), place)
            self._tables.append(used)
        self._made = lru_cache(self._HELD)(self._make)

    def _make(self, report_id: str) -> Sequence[Quantity]:
        number, place = self._places[report_id]
        return quantities_of(self._tables[number].iloc[place].assign(text=""))

    def __getitem__(self, report_id: str) -> Sequence[Quantity]:
        return self._made(report_id) if report_id in self._places else ()

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)


def pair_rows(quantities: Mapping[str, Sequence[Quantity]]) -> pd.DataFrame:
    """Rows of target_pairs.csv for the statements of some reports."""
    return pd.DataFrame([_pair_row(pair) for report_id, some in quantities.items() for pair in pairs(report_id, some)])


def _pair_row(pair: Pair) -> dict[str, Any]:
    # What an outturn arrives at is the end of a change (由180天压缩至58天).
    changed = pair.outturn.comparator == "from_to"
    return {
        "report_id": pair.report_id,
        "indicator": pair.indicator,
        "outturn_value": pair.outturn.value_high if changed else pair.outturn.value,
        "outturn_unit": pair.outturn.unit,
        "target_value": pair.target.value,
        "target_high": pair.target.value_high,
        "target_unit": pair.target.unit,
        "comparator": pair.target.comparator,
        "comparable": pair.comparable,
        "reason": pair.reason,
        "outturn_sentence_id": f"{pair.report_id}:{pair.outturn.sentence + 1}",
        "target_sentence_id": f"{pair.report_id}:{pair.target.sentence + 1}",
        "target_start": pair.target.start,
    }


def _dated(reports: pd.DataFrame) -> list[dict[str, Any]]:
    """The reports whose year is known, by report_id."""
    known = reports[reports["year"].notna()].sort_values("report_id", kind="stable")
    names = ("report_id", "region", "adcode", "region_level", "province", "year")
    return [dict(zip(names, row, strict=True)) for row in zip(*(known[name].tolist() for name in names), strict=True)]


def attainment_rows(
    reports: pd.DataFrame, quantities: Mapping[str, Sequence[Quantity]], indicators: Indicators
) -> pd.DataFrame:
    """Last year's headline targets of each region against this year's reported outturns.

    Parameters
    ----------
    reports : DataFrame
        As in reports.csv.
    quantities : mapping
        The statements of each report by report_id.
    indicators : Indicators
    """
    rows = []
    known = [row for row in _dated(reports) if row["region"]]
    # Counties of different provinces bear the same name (和平区 in 天津市 and 沈阳市): the code tells them apart.
    by_place = {(row["adcode"] or row["region"], row["year"]): row["report_id"] for row in known}
    names = {row["report_id"]: row["region"] for row in known}
    for (place, year), report_id in sorted(by_place.items()):
        region, later = names[report_id], by_place.get((place, year + 1))
        if later is None:
            continue
        for row in attainment(quantities[report_id], quantities[later], indicators):
            outturn = row.outturn
            rows.append(
                {
                    "region": region,
                    "year": year,
                    "indicator": row.indicator,
                    "target_value": row.target.value,
                    "target_high": row.target.value_high,
                    "target_unit": row.target.unit,
                    "comparator": row.target.comparator,
                    "outturn_value": None if outturn is None else outturn.value,
                    "outturn_unit": "" if outturn is None else outturn.unit,
                    "difference": row.difference,
                    "verdict": row.verdict,
                    "target_sentence_id": f"{report_id}:{row.target.sentence + 1}",
                    "outturn_sentence_id": "" if outturn is None else f"{later}:{outturn.sentence + 1}",
                    "target_start": row.target.start,
                }
            )
    return pd.DataFrame(rows)


def gap_rows(reports: pd.DataFrame, quantities: Mapping[str, Sequence[Quantity]]) -> pd.DataFrame:
    """Each region's headline targets minus those of the level above in the same year (层层加码).

    The level above a prefecture or county is its province, that of a province the State Council.
    """
    rows = []
    known = _dated(reports)
    above = {(row["region"], row["year"]): row["report_id"] for row in known if row["region_level"] == "province"}
    above |= {("", row["year"]): row["report_id"] for row in known if row["region_level"] == "national"}
    for report in known:
        report_id = report["report_id"]
        superior = above.get(("" if report["region_level"] == "province" else report["province"], report["year"]))
        if report["region_level"] == "national" or superior is None or superior == report_id:
            continue
        for gap in cross_level(quantities[report_id], quantities[superior]):
            own, theirs = gap.own, gap.superior
            rows.append(
                {
                    "report_id": report_id,
                    "superior_id": superior,
                    "indicator": gap.indicator,
                    "own_value": None if own is None else own.value,
                    "own_unit": "" if own is None else own.unit,
                    "superior_value": None if theirs is None else theirs.value,
                    "superior_unit": "" if theirs is None else theirs.unit,
                    "difference": gap.difference,
                    "note": gap.note,
                    "own_sentence_id": "" if own is None else f"{report_id}:{own.sentence + 1}",
                    "superior_sentence_id": "" if theirs is None else f"{superior}:{theirs.sentence + 1}",
                }
            )
    return pd.DataFrame(rows)
