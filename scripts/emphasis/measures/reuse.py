"""How much of a report stands word for word in others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby, pairwise

import numpy as np
import pandas as pd
import pyarrow as pa

from emphasis.measures.shared_text import Body, Passages, Runs, passages, runs

Pair = tuple[str, str, str]
"""Relation (``year before``, ``superior`` or ``neighbour``), report, other report."""

SHARED = pa.schema([(name, pa.int32()) for name in ("pair", "start", "size", "sentence")])
"""What is kept of a passage: number of the pair among the report's, place, characters, sentence of the other report."""


def reuse(
    pairs: Sequence[Pair], body: Callable[[str], Body], shared: pa.Table, n_reports: np.ndarray
) -> tuple[pa.Table, pa.Table]:
    """How much of each section of a report stands word for word in others, and the passages.

    ``share = reused / characters``, with `reused` the characters of the section inside shared passages (see `passages`) and
    `characters` all of its characters, both without white space and punctuation. ``reused_plain`` and ``share_plain`` leave
    out formulas: sentences that at least three reports have in the same words.

    Parameters
    ----------
    pairs : sequence of Pair
        Those of the report.
    body : callable
        The text of a report by its id.
    shared : Arrow table
        What `compared` finds for the same pairs.
    n_reports : array
        For each sentence of the report the number of reports that have it, 0 for one that is no formula (see `Formulas`).

    Returns
    -------
    Arrow table
        The columns of reuse.csv. A section holds its subsections; the section ``all`` is the report.
    Arrow table
        The columns of reuse_passages.csv, the longest first. A passage that runs over several sentences is shown with the
        sentence that it begins in.
    """
    one = body(pairs[0][1])
    columns = {name: shared[name].to_numpy().astype("int64") for name in SHARED.names}
    return _shares(one, pairs, columns, n_reports == 0), _passages(one, pairs, [body(p[2]) for p in pairs], columns)


def related(reports: pd.DataFrame, year_pairs: Sequence[tuple[str, str]]) -> list[Pair]:
    """Which reports are compared for reuse: relation, report_id, other report_id.

    The year before of the same region; of the same year the report of the province or prefecture that the region lies in and
    that of the nation (superior), and those of the same level and the same superior (neighbour).

    Parameters
    ----------
    reports : DataFrame
        report_id, region, region_level, adcode, year.
    year_pairs : sequence of pairs of str
    """
    found = [("year before", a, b) for a, b in year_pairs]
    known = reports[reports["year"].notna() & reports["region_level"].ne("")]
    for _, same_year in known.groupby("year"):
        rows = list(same_year[["report_id", "region_level", "adcode"]].itertuples(index=False, name=None))
        nation = [report_id for report_id, level, _ in rows if level == "national"]
        by_code: dict[str, list[str]] = defaultdict(list)
        peers: dict[tuple[str, ...], list[tuple[str, str]]] = defaultdict(list)
        for report_id, level, code in rows:
            if level != "national" and code:
                by_code[code].append(report_id)
            peers[level, *_above(level, code)[:1]].append((report_id, code))
        for report_id, level, code in rows:
            superiors = [] if level == "national" else [*nation]
            superiors += [other for above in _above(level, code) for other in by_code[above]]
            beside = [other for other, place in peers[level, *_above(level, code)[:1]] if place != code]
            found += [("superior", report_id, other) for other in superiors]
            found += [("neighbour", report_id, other) for other in beside if other not in superiors]
    return sorted(found)


def nearby(pairs: Sequence[Pair], reports: pd.DataFrame) -> list[list[Pair]]:
    """The pairs of `related` in groups by level, superior and year: those that need the same reports are together.

    The years of the same regions follow each other. A report's pairs are in one group and follow each other.
    """
    place = {
        report_id: (level, *_above(level, code)[:1], "" if pd.isna(year) else f"{int(year):04}")
        for report_id, level, code, year in zip(
            *(reports[name].tolist() for name in ("report_id", "region_level", "adcode", "year")), strict=True
        )
    }
    ordered = sorted(pairs, key=lambda pair: (place[pair[1]], pair[1], pair))
    return [list(group) for _, group in groupby(ordered, key=lambda pair: place[pair[1]])]


def compared(pairs: Sequence[Pair], body: Callable[[str], Body]) -> Iterator[tuple[str, pa.Table]]:
    """The passages that each report shares with those that it is compared with.

    Parameters
    ----------
    pairs : sequence of Pair
        Those of one report follow each other.
    body : callable
        The text of a report by its id.

    Yields
    ------
    str
        The report.
    Arrow table
        The columns of `SHARED`, pair after pair, from left to right.
    """
    known: dict[tuple[str, str], Runs] = {}
    for report_id, own in groupby(pairs, key=lambda pair: pair[1]):
        one, others = body(report_id), [body(pair[2]) for pair in own]
        found = []
        for two in others:
            # What two reports have in common is the same from both sides.
            turned = known.pop((two.report_id, report_id), None)
            if turned is None:
                found.append(runs(one, two))
                known[report_id, two.report_id] = found[-1]
            else:
                found.append(turned.turned)
        yield report_id, _stored(passages(found), others)


def _stored(found: Passages, others: Sequence[Body]) -> pa.Table:
    edges = np.searchsorted(found.text, np.arange(len(others) + 1))
    there = [two.sentence(found.other[a:b]) for two, (a, b) in zip(others, pairwise(edges), strict=True)]
    columns = (found.text, found.start, found.size, np.concatenate(there))
    return pa.table([values.astype("int32") for values in columns], schema=SHARED)


def by_report(pairs: Sequence[Pair]) -> dict[str, list[Pair]]:
    """The pairs of each report."""
    found: dict[str, list[Pair]] = {}
    for pair in pairs:
        found.setdefault(pair[1], []).append(pair)
    return found


def _above(level: str, code: str) -> list[str]:
    """Codes of the prefecture and province that a region lies in, the nearest first; nothing for a province."""
    if level == "county":
        return [code[:4] + "00", code[:2] + "0000"]
    return [code[:2] + "0000"] if level == "prefecture" else []


def _shares(one: Body, pairs: Sequence[Pair], shared: dict[str, np.ndarray], plain: np.ndarray) -> pa.Table:
    count = len(pairs)
    # Characters inside passages before the end of each sentence, pair after pair: those of the passages that have begun, less
    # what the last of them has behind it.
    offset = int(one.edges[-1]) + 1
    begin = shared["pair"] * offset + shared["start"]
    ends = np.arange(count)[:, None] * offset + one.edges
    begun = np.searchsorted(begin, ends)
    behind = np.maximum(np.r_[0, begin + shared["size"]][begun] - ends, 0)
    reused = np.diff(np.r_[0, np.cumsum(shared["size"])][begun] - behind, axis=1)
    names, held = one.holders
    sums = (held @ np.vstack([np.diff(one.edges), reused, reused * plain]).T).T
    characters, among, plainly = np.tile(sums[0], count), sums[1 : count + 1].ravel(), sums[count + 1 :].ravel()
    return pa.table(
        _names(pairs, np.repeat(np.arange(count), len(names)))
        | {"section": pa.array(names * count, type=pa.string()), "characters": characters}
        | {"reused": among, "reused_plain": plainly, "share": among / characters, "share_plain": plainly / characters}
    )


def _passages(one: Body, pairs: Sequence[Pair], others: Sequence[Body], shared: dict[str, np.ndarray]) -> pa.Table:
    pair = shared["pair"]
    order = np.lexsort((shared["start"], -shared["size"], pair))
    start, size, there = (shared[name][order] for name in ("start", "size", "sentence"))
    edges = np.searchsorted(pair, np.arange(len(pairs) + 1))
    here = pa.array(one.sentence(start))
    shown = [one.text[a:b] for a, b in zip(start.tolist(), (start + size).tolist(), strict=True)]
    across = [pa.array(there[a:b]) for a, b in pairwise(edges)]

    def other(name: str) -> pa.ChunkedArray:
        found = [two.sentences[name].chunk(0).take(rows) for two, rows in zip(others, across, strict=True)]
        return pa.chunked_array(found, type=pa.string())

    return pa.table(
        _names(pairs, pair)
        | {"passage": np.arange(1, len(pair) + 1) - edges[pair], "n_characters": size}
        | {"shared": pa.array(shown, type=pa.string())}
        | {name: one.sentences[name].take(here) for name in ("section_id", "sentence_id", "text")}
        | {f"other_{name}": other(name) for name in ("sentence_id", "text")}
    )


def _names(pairs: Sequence[Pair], pair: np.ndarray) -> dict[str, pa.Array]:
    """The columns that name the pair of each row."""
    place = pa.array(pair)
    columns = zip(("relation", "report_id", "other_id"), zip(*pairs, strict=True), strict=True)
    return {name: pa.array(values, type=pa.string()).take(place) for name, values in columns}
