"""The tables that a paper prints of one report beside its peers: what it stresses, what it passes over, where it stands."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from emphasis.measures.dictionaries import Theme
from emphasis.measures.testing import MAX_Q
from emphasis.publish.paper.kit_words import WORDS, enumerate_words, make_table, words
from emphasis.publish.paper.table import MISSING, Bilingual, Cell, Table, format_number, format_probability, strip_zeros
from emphasis.reference.standing import last_rank
from emphasis.store.results import Row

FIRST = 15
"""Terms that are printed of a list."""

_NAMED = 5
"""Terms that a sentence names."""

PERCENT, NUMBER, OWN_UNIT = "percent", "number", "unit"
_NEW = "†"
_CHANGES = {"growth": "增速", "rise": "涨幅", "cut": "降幅"}
"""What follows the Chinese name of an indicator, by the first word of its label."""
_STRUCTURE = {"share": PERCENT, "four_character_share": PERCENT}
_ORDER = ("area", "theme", "topic", "target", "structure")


@dataclass(frozen=True)
class TargetName:
    """A headline target: its name and its unit."""

    name: Bilingual
    unit: str


def target_names(file: Path) -> dict[str, TargetName]:
    """Names and units of the targets in panel_targets.tsv, by variable."""
    with file.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader((line for line in lines if not line.startswith("#")), delimiter="\t"))
    return {
        row["variable"]: TargetName(
            Bilingual(row["label"].partition(" (")[0], row["canonical"] + _CHANGES.get(row["label"].split()[0], "")),
            row["unit"],
        )
        for row in rows
    }


def distinctive_table(terms: Sequence[Row], peers: Sequence[Row]) -> Table:
    """The first terms of the whole report that it has more often than its peers."""
    chosen = _first(terms)
    lines = [
        (
            row["rank"],
            row["term"] + _NEW * (row["new"] == "true"),
            row["n"],
            format_number(row["per_10k"], 1),
            format_number(row["peer_median"], 1),
            format_number(row["peer_high"], 1),
            format_number(row["peers_with"], 0, 100),
            format_number(row["ratio"], 2),
            format_probability(row["q_bh"]),
        )
        for row in chosen
    ]
    notes = [_compared(chosen, peers, by_name=True), *_caveats(peers), WORDS["distinctive.note"]]
    if any(row["new"] == "true" for row in chosen):
        notes.append(WORDS["distinctive.new"])
    named = enumerate_words([row["term"] for row in chosen[:_NAMED]])
    found = sum(bool(row["q_bh"]) and float(row["q_bh"]) < MAX_Q for row in chosen)
    said = words(
        "distinctive.said" if found else "distinctive.said.none", terms=named, found=found, n=len(chosen), max_q=MAX_Q
    )
    return make_table("distinctive", lines, *notes, said=said)


def missing_table(terms: Sequence[Row], peers: Sequence[Row]) -> Table:
    """The first terms of most peers that the whole report does not have."""
    chosen = _first(terms)
    lines = [
        (
            row["rank"],
            row["term"],
            format_number(row["peers_with"], 0, 100),
            format_number(row["peer_median"], 1),
            format_number(row["expected"], 1),
            format_probability(row["chance"]),
            row["nearest"] or MISSING,
        )
        for row in chosen
    ]
    said = words("missing.said", terms=enumerate_words([row["term"] for row in chosen[:_NAMED]]))
    notes = [_compared(chosen, peers), *_caveats(peers), WORDS["missing.note"]]
    return make_table("missing", lines, *notes, said=said)


def _first(terms: Sequence[Row]) -> list[Row]:
    listed = [row for row in terms if row["part"] == "whole" and row["rank"]]
    return sorted(listed, key=lambda row: int(row["rank"]))[:FIRST]


def standing_tables(
    rows: Sequence[Row],
    peers: Sequence[Row],
    themes: Sequence[Theme],
    targets: Mapping[str, TargetName],
    areas: Mapping[str, Bilingual],
) -> list[Table]:
    """Where a report stands among its peers, a table for each kind of figure.

    Parameters
    ----------
    rows, peers : sequence of Row
        Of the report in standing.csv and peers.csv.
    themes : sequence of Theme
    targets : mapping of str to TargetName
    areas : mapping of str to Bilingual
        Names of policy areas by code.
    """
    labels = {theme.name: Bilingual(theme.label_en, theme.label) for theme in themes}
    made = []
    for kind in [*_ORDER, *sorted({row["kind"] for row in rows} - set(_ORDER))]:
        chosen = [row for row in rows if row["kind"] == kind and _is_printed(row)]
        lines: list[tuple[Cell, ...]] = []
        telling: list[tuple[Cell, ...]] = []
        for row in sorted(chosen, key=lambda row: -float(row["percentile"])):
            name, how = name_measure(row, labels, targets, areas)
            value, low, high, peer_low, median, peer_high = (
                _figure(row[column], how) for column in ("value", "low", "high", "peer_low", "peer_median", "peer_high")
            )
            interval = [_interval(low, high)] if kind in _WITH_INTERVALS else []
            lines.append((name, value, *interval, median, _interval(peer_low, peer_high), _place(row)))
            if _tells(row, targets):
                telling.append(lines[-1])
        if lines:
            highest, lowest = (telling or lines)[0], (telling or lines)[-1]
            ends = {"high": highest[0], "high_place": highest[-1], "low": lowest[0], "low_place": lowest[-1]}
            shape = "standing" if kind in _WITH_INTERVALS else "standing-plain"
            made.append(
                make_table(
                    shape,
                    lines,
                    WORDS[f"standing.unit.{kind}"],
                    _compared(chosen, peers),
                    *_caveats(peers),
                    WORDS["standing.note" if shape == "standing" else "standing.note.plain"],
                    name=f"standing-{kind}",
                    title=WORDS[f"standing.title.{kind}"],
                    said=words(f"standing.said.{kind}", **ends),
                )
            )
    return made


_WITH_INTERVALS = ("area", "theme", "topic")


def _is_printed(row: Row) -> bool:
    return row["part"] == "whole" or row["kind"] in ("target", "structure")


def _tells(row: Row, targets: Mapping[str, TargetName]) -> bool:
    """Whether a high or low place is worth a sentence: that of jobs or tonnes says how large a region is, not what it aims at."""
    target = targets.get(row["measure"])
    return row["measure"] != "n_tokens" and (row["kind"] != "target" or target is None or target.unit == "%")


def _place(row: Row) -> Bilingual:
    first, n_peers = int(row["rank"]), int(row["n_peers"])
    last = last_rank(first, float(row["percentile"]), n_peers)
    return words("standing.rank", rank=first if last == first else f"{first}–{last}", n=n_peers + 1)


def name_measure(
    row: Row, themes: Mapping[str, Bilingual], targets: Mapping[str, TargetName], areas: Mapping[str, Bilingual]
) -> tuple[Cell, str]:
    """The name of what is measured, and how its figures are written."""
    kind, measure = row["kind"], row["measure"]
    if kind == "theme":
        return themes.get(measure, measure), PERCENT
    if kind == "area":
        area = areas.get(measure, Bilingual(measure, measure))
        return Bilingual(area.en.removeprefix("– "), area.zh.removeprefix("– ")), PERCENT
    if kind == "target":
        if target := targets.get(measure):
            return words("standing.target", target=target.name, unit=target.unit), OWN_UNIT
        return measure, OWN_UNIT
    if kind == "structure":
        name = f"standing.{measure}" + (f".{row['part']}" if f"standing.{measure}.{row['part']}" in WORDS else "")
        return WORDS.get(name, measure), _STRUCTURE.get(measure, NUMBER)
    return measure, PERCENT


def _figure(value: str, how: str) -> str:
    if not value:
        return ""
    if how == PERCENT:
        return format_number(value, 2, 100)
    if how == OWN_UNIT:
        whole, _, decimals = strip_zeros(value).partition(".")
        return f"{int(whole):,}{'.' * bool(decimals)}{decimals}"
    return f"{int(float(value)):,}" if float(value) >= 100 else format_number(value, 2)


def _interval(low: str, high: str) -> str:
    return f"{low}–{high}" if low and high else MISSING


def _caveats(peers: Sequence[Row]) -> list[Bilingual]:
    """What else than the report's own emphasis is in a difference from peers of another level or of other years."""
    rules = ", ".join(row["rule"] for row in peers if row["compared"] == "true")
    return [WORDS[f"peers.caveat.{rule}"] for rule in ("other level", "more years") if rule in rules]


def _compared(rows: Sequence[Row], peers: Sequence[Row], *, by_name: bool = False) -> Bilingual:
    """With which reports it was compared: their number, level and years, or all of them by name."""
    compared = [row for row in peers if row["compared"] == "true"]
    if not compared:
        return words("peers.number", n=rows[0]["n_peers"] if rows else 0)
    levels = {row["peer_region_level"] for row in compared}
    level = WORDS.get(f"level.named.{next(iter(levels))}" if len(levels) == 1 else "", WORDS["peers.levels"])
    by_year: dict[str, list[str]] = {}
    for row in compared:
        place = "国务院" if row["peer_region_level"] == "national" else row["peer_region"] or row["peer"]
        by_year.setdefault(row["peer_year"], []).append(place)
    places = sorted({place for found in by_year.values() for place in found})
    years = sorted(by_year)
    if not by_name:
        span = years[0] if len(years) == 1 else f"{years[0]}–{years[-1]}"
        return words("peers.short", n=len(compared), level=level, years=span)
    if len(places) == 1:
        return words("peers.years", n=len(compared), place=places[0], years="、".join(years))
    groups = [words("peers.group", year=year, places="、".join(sorted(by_year[year]))) for year in years]
    named = Bilingual("; ".join(group.en for group in groups), "；".join(group.zh for group in groups))
    return words("peers.named", n=len(compared), level=level, named=named)
