"""How much of a report stands word for word in others, and which sentences are formulas."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import groupby

import numpy as np
import pandas as pd

from emphasis.measures.shingles import SHINGLE, Body, Match, matches

_SHORT = 2**64 - 1
"""Stands for a sentence that is too short to be a formula; larger than any hash."""

FORMULA = 3
"""Reports that must have a sentence for it to be a formula."""


def reuse(pairs: Iterable[tuple[str, Body, Body]], known: Formulas | None = None) -> tuple[pd.DataFrame, pd.DataFrame]:
    """How much of each section of a report stands word for word in another report, and the passages.

    ``share = reused / characters``, with `reused` the characters of the section inside shared passages (see `matches`) and
    `characters` all of its characters, both without white space and punctuation. ``reused_plain`` and ``share_plain`` leave
    out formulas: sentences that at least three reports have in the same words.

    Parameters
    ----------
    pairs : iterable of (relation, report, other report)
        Relation is ``year before``, ``superior`` or ``neighbour``. Those of one report follow each other.
    known : Formulas, optional

    Returns
    -------
    DataFrame
        The columns of reuse.csv. A section holds its subsections; the section ``all`` is the report.
    DataFrame
        The columns of reuse_passages.csv, the longest first. A passage that runs over several sentences is shown with the
        sentence that it begins in.
    """
    shares: list[dict[str, object]] = []
    passages: list[dict[str, object]] = []
    for _, own in groupby(pairs, key=lambda pair: pair[1].report_id):
        plain = None
        for relation, one, two in own:
            if plain is None:
                spans = one.spans
                plain = np.ones(len(spans), dtype=bool) if known is None else known.n_reports(spans) == 0
            found = sorted(matches(one, two), key=lambda m: (-m.size, m.start))
            names = {"report_id": one.report_id, "other_id": two.report_id, "relation": relation}
            shares.append({**_by_section(one, found, plain), **names})
            passages.append({**_passages(one, two, found), **names})
    return _table(shares), _table([p for p in passages if p["passage"]])


def related(reports: pd.DataFrame, year_pairs: Sequence[tuple[str, str]]) -> list[tuple[str, str, str]]:
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


def nearby(pairs: Sequence[tuple[str, str, str]], reports: pd.DataFrame) -> list[list[tuple[str, str, str]]]:
    """The pairs of `related` in groups by province and year: those that need the same reports are together.

    The years of a province follow each other. A report's pairs are in one group and follow each other.
    """
    place = {
        report_id: (
            "" if level in ("national", "province") else code[:2],
            -1 if pd.isna(year) else int(year),
            report_id,
        )
        for report_id, level, code, year in zip(
            *(reports[name].tolist() for name in ("report_id", "region_level", "adcode", "year")), strict=True
        )
    }
    ordered = sorted(pairs, key=lambda pair: (place[pair[1]], pair))
    return [list(group) for _, group in groupby(ordered, key=lambda pair: place[pair[1]][:2])]


class Formulas:
    """Sentences of at least eight characters, without white space and punctuation, that at least three reports have.

    Reports are added one after the other and counted when all are there. A sentence is held as a hash of 64 bits: eight bytes
    for each sentence of each report.
    """

    def __init__(self) -> None:
        self._reports: list[np.ndarray] = []
        self._found: tuple[np.ndarray, np.ndarray] | None = None

    def add(self, texts: Sequence[str]) -> None:
        """Add the sentences of a report, without white space and punctuation."""
        hashes = (_hash(text) if len(text) >= SHINGLE else _SHORT for text in texts)
        self._reports.append(np.fromiter(hashes, dtype="uint64", count=len(texts)))
        self._found = None

    def of(self, number: int) -> np.ndarray:
        """For each sentence of a report, by its number in the order of adding: the reports that have it; 0 for no formula."""
        return self._n_reports(self._reports[number])

    def n_reports(self, texts: Sequence[str]) -> np.ndarray:
        """For each text the number of reports that have it; 0 for one that is no formula."""
        hashes = (_hash(text) if len(text) >= SHINGLE else _SHORT for text in texts)
        return self._n_reports(np.fromiter(hashes, dtype="uint64", count=len(texts)))

    def _n_reports(self, hashes: np.ndarray) -> np.ndarray:
        if self._found is None:
            every, n = np.unique(np.concatenate([np.unique(own) for own in self._reports]), return_counts=True)
            kept = (n >= FORMULA) & (every != _SHORT)
            # A last entry that nothing equals, so that every search ends inside.
            self._found = np.r_[every[kept], np.uint64(_SHORT)], np.r_[n[kept], 0]
        known, n_reports = self._found
        place = np.searchsorted(known, hashes)
        return np.where(known[place] == hashes, n_reports[place], 0)


def formulas(sentences: pd.DataFrame, n_reports: np.ndarray) -> pd.DataFrame:
    """Where formulas stand (see `Formulas`): sentences that at least three reports have in the same words, eight characters
    or longer without white space and punctuation.

    Parameters
    ----------
    sentences : DataFrame
        report_id, sentence_id, section_id, text; counted sentences of any reports.
    n_reports : array
        As `Formulas` gives it for the same sentences.

    Returns
    -------
    DataFrame
        report_id, sentence_id, section_id, n_reports, text.
    """
    table = sentences.assign(n_reports=n_reports)
    return table.loc[table["n_reports"] > 0, ["report_id", "sentence_id", "section_id", "n_reports", "text"]]


def _hash(text: str) -> int:
    digest = hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return min(int.from_bytes(digest), _SHORT - 1)


def _above(level: str, code: str) -> list[str]:
    """Codes of the prefecture and province that a region lies in, the nearest first; nothing for a province."""
    if level == "county":
        return [code[:4] + "00", code[:2] + "0000"]
    return [code[:2] + "0000"] if level == "prefecture" else []


def _by_section(one: Body, found: Sequence[Match], plain: np.ndarray) -> dict[str, object]:
    inside = np.zeros(len(one.text) + 1, dtype="int64")
    for match in found:
        inside[match.start + 1 : match.start + match.size + 1] = 1
    reused = np.diff(np.cumsum(inside)[one.edges])
    names, held = one.holders
    sums = held @ np.stack([np.diff(one.edges), reused, reused * plain]).T
    return {"section": names, "characters": sums[:, 0].tolist(), "reused": sums[:, 1].tolist()} | {
        "reused_plain": sums[:, 2].tolist(),
        "share": (sums[:, 1] / sums[:, 0]).tolist(),
        "share_plain": (sums[:, 2] / sums[:, 0]).tolist(),
    }


def _passages(one: Body, two: Body, found: Sequence[Match]) -> dict[str, object]:
    here = one.sentence(np.array([m.start for m in found], dtype="int64")).tolist()
    there = two.sentence(np.array([m.other for m in found], dtype="int64")).tolist()
    own, other = one.columns, two.columns
    return {
        "passage": list(range(1, len(found) + 1)),
        "n_characters": [m.size for m in found],
        "shared": [one.text[m.start : m.start + m.size] for m in found],
        "section_id": [own["section_id"][i] for i in here],
        "sentence_id": [own["sentence_id"][i] for i in here],
        "text": [own["text"][i] for i in here],
        "other_sentence_id": [other["sentence_id"][i] for i in there],
        "other_text": [other["text"][i] for i in there],
    }


def _table(parts: Sequence[dict[str, object]]) -> pd.DataFrame:
    """Parts put together; what is one value for a part stands in each of its rows."""
    if not parts:
        return pd.DataFrame()
    lengths = [max(len(v) for v in part.values() if isinstance(v, list)) for part in parts]
    columns: dict[str, object] = {}
    for name, value in parts[0].items():
        if isinstance(value, list):
            columns[name] = [v for part in parts for v in part[name]]  # type: ignore[attr-defined]
        else:
            columns[name] = np.repeat(np.array([part[name] for part in parts], dtype=object), lengths)
    return pd.DataFrame(columns)
