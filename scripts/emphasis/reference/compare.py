"""Reports against their peers: the tables peers, distinctive, missing and standing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

import numpy as np
import pandas as pd

from emphasis.ingest.regions import ordinary_names_around, stem_of
from emphasis.ingest.zones import holder_of
from emphasis.measures.counts import Counts
from emphasis.measures.places import PlaceNames
from emphasis.reference.columns import Rows, column_of, table_of
from emphasis.reference.data import PeerCounts, Reference, peer_counts
from emphasis.reference.distinctive import MOST, OwnTerms, Standard, Told, distinctive_terms
from emphasis.reference.kin import Kin
from emphasis.reference.lists import Nesting, ranks
from emphasis.reference.local_names import Localities, local_names
from emphasis.reference.marks import LEVEL, PERIOD, TermMarks, called_regions
from emphasis.reference.missing import Neighbours, missing_terms
from emphasis.reference.omissions import (
    FIRST,
    LISTED,
    SPECIFIC,
    Candidates,
    listed_marks,
    missing_ranks,
    omission_marks,
)
from emphasis.reference.peers import LEAST, PeerRule, Peers
from emphasis.reference.spreads import Spreads
from emphasis.reference.standing import Figures, standing
from emphasis.reference.subjects import Subjects
from emphasis.reference.texts import SECTION, WHOLE, Text, said_in_parts, texts_of
from emphasis.reference.variants import OtherNames, Said
from emphasis.segment.vocabulary import Units
from emphasis.store.codes import distinct
from emphasis.store.tables import report_slices

_LEAST_WORDS = {"part": 300, SECTION: 100}
"""Words of a part or section, of the report and of each peer; less text is not compared."""
_KEPT, _KIN_KEPT = 384, 64
"""Parts and subjects of groups of peers whose counts are kept, up to 1 MB each, and of the larger groups of kin. A report has some twenty-five,
and reports of a region, which follow one another, have peers of their own in each year."""
_SAID = 2
"""Occurrences of a term that can be the nearest to one that is missing."""
_NO_ROWS = slice(0)
_NO_PLACES = np.array([], dtype="int64")
TABLES = ("peers", "distinctive", "missing", "standing")
_NOT_IN_TABLE = {"distinctive": {"n_with"}, "missing": {"n_with", "section_id", "area"}}
_OF_PEERS = ("title", "region", "region_level", "year", "n_words")


@dataclass(frozen=True)
class ReportTables:
    """The tables of one report that its comparison needs.

    Attributes
    ----------
    report : Series
        Its row of reports.csv.
    counts : Counts
        Its own of the table of counts.
    sentences : DataFrame
        section_id, text, as they were cut.
    figures : DataFrame
        As `emphasis.reference.measured.measured_figures` gives them.
    """

    report: pd.Series[Any]
    counts: Counts
    sentences: pd.DataFrame
    figures: pd.DataFrame


@dataclass(frozen=True)
class Compared:
    """What the comparison of one report found.

    Attributes
    ----------
    peers : Peers
    rows : mapping
        Of its parts and sections, by table; nothing if it has too few peers.
    standing : DataFrame
        As `emphasis.reference.standing.standing` gives it.
    """

    peers: Peers
    rows: Mapping[str, Sequence[Rows]]
    standing: pd.DataFrame


@dataclass(frozen=True)
class _AboutReport:
    """What is the same for all texts of a report that are compared.

    Attributes
    ----------
    own : OwnTerms
    nesting : Nesting
        Of its terms, in these texts.
    said : mapping of str to str
        What the report and its parts say, as it is searched.
    words : dict of Said
        Of the parts, as they are compared.
    marks : TermMarks
        Of its terms.
    adcode : str
    other_level : bool
        Whether most peers are of another level, or regions of another kind.
    later, rare : array
        Places in the reference of terms that came up later, or that few reports of its time have.
    """

    own: OwnTerms
    nesting: Nesting
    said: Mapping[str, str]
    words: dict[str, Said]
    marks: TermMarks
    adcode: str
    other_level: bool
    later: np.ndarray
    rare: np.ndarray


class Yardstick:
    """Compares reports with their peers in a reference.

    Parameters
    ----------
    reference : Reference
    chosen : str or list of str
        Peers other than by rule; see `emphasis.reference.peers.PeerRule`.
    subjects : mapping
        Main policy areas of the sections of the reports.
    places : mapping
        Names of their regions.
    units : Units
        The words and terms inside those terms that the reference does not have.
    names : OtherNames
        Other names of terms, from the lexicon and the indicators.
    """

    def __init__(
        self,
        reference: Reference,
        chosen: str | Sequence[str],
        subjects: Subjects,
        places: PlaceNames,
        units: Units,
        names: OtherNames,
    ) -> None:
        self._reference, self._rule = reference, PeerRule(reference.reports, chosen)
        self._subjects, self._places, self._units, self._names = subjects, places, units, names
        self._spreads, self._localities = Spreads(reference, names), Localities(reference)
        self._kin_counts = lru_cache(maxsize=_KIN_KEPT)(self._count_kin)
        self._standard = lru_cache(maxsize=_KEPT)(self._make_standard)
        self._marks_of_missing = lru_cache(maxsize=2)(self._make_marks_of_missing)
        self._words_inside = lru_cache(maxsize=65_536)(self._find_words_inside)
        self._later = lru_cache(maxsize=64)(reference.later_terms)
        self._rare = lru_cache(maxsize=64)(reference.rare_terms)
        there = reference.reports
        self._peer_table = there[["report_id", *_OF_PEERS]].set_axis(
            ["peer", *(f"peer_{name}" for name in _OF_PEERS)], axis=1
        )
        self._called = list(zip(there["region_level"].tolist(), there["region"].str[-1:].tolist(), strict=True))

    def _make_standard(self, peers: tuple[str, ...], roles: tuple[str, ...], area: str) -> Standard | None:
        least = _LEAST_WORDS["part" if not area else SECTION]
        counts = peer_counts(self._reference, peers, roles, area, least)
        return Standard.of(counts) if len(counts.sizes) >= LEAST else None

    def _count_kin(self, reports: tuple[str, ...], roles: tuple[str, ...], area: str) -> PeerCounts | None:
        counts = peer_counts(self._reference, reports, roles, area, _LEAST_WORDS["part" if not area else SECTION])
        return counts if len(counts.sizes) >= LEAST else None

    def compare(self, of: ReportTables) -> Compared:
        """A report and its peers."""
        peers = self._rule.of(of.report)
        if len(peers.report_ids) < LEAST:
            return Compared(peers, {}, pd.DataFrame())
        return Compared(peers, self._word_rows(of, peers), standing(of.figures, self._figures, peers.report_ids))

    def peer_rows(self, peers: Sequence[Peers]) -> pd.DataFrame:
        """The rows of reports with these peers in the table of peers, without report_id."""
        places = [np.sort(self._reference.report_places(some.report_ids)) for some in peers]
        lengths = [len(some.report_ids) for some in peers]
        return (
            self._peer_table.iloc[np.concatenate(places)]
            .reset_index(drop=True)
            .assign(
                rule=column_of([some.rule for some in peers], lengths),
                compared=column_of([n >= LEAST for n in lengths], lengths),
            )
        )

    def _word_rows(self, of: ReportTables, peers: Peers) -> dict[str, list[Rows]]:
        counts, texts = of.counts, list(texts_of(of.counts, str(of.report["report_id"]), self._subjects))
        compared = self._with_standards(texts, peers)
        if not compared:
            return {}
        about = self._about_report(of, counts, texts, [text for text, _ in compared], peers)
        groups = self._rule.contemporaries(of.report, peers), self._rule.of_own_level(of.report, peers)
        stressed, missing = [], []
        told = [Told(text.n, text.size, standard, MOST[text.unit]) for text, standard in compared]
        rows = distinctive_terms(told, about.own)
        about.marks.look_at(distinct(np.concatenate([some["place"] for some in rows])))
        for group, (text, standard) in enumerate(compared):
            kin = Kin(*(self._kin_counts(reports, text.roles, text.area) for reports in groups))
            where: dict[str, Any] = {"part": text.part, "section_id": text.section_id, "area": text.area}
            where |= {"peers": peers.described, "n_peers": len(standard.peers.sizes)}
            stressed.append(self._stressed(about, group, text, rows[group], kin) | where)
            if text.part != SECTION:
                missing.append(self._passed_over(about, text, standard, kin) | where)
        return {"distinctive": stressed, "missing": missing}

    def _with_standards(self, texts: Sequence[Text], peers: Peers) -> list[tuple[Text, Standard]]:
        """The texts that are long enough to be compared, and what enough peers have in such texts."""
        enough = [text for text in texts if text.size >= _LEAST_WORDS[text.unit]]
        found = [(text, self._standard(peers.report_ids, text.roles, text.area)) for text in enough]
        return [(text, standard) for text, standard in found if standard is not None]

    def _about_report(
        self, of: ReportTables, counts: Counts, texts: Sequence[Text], compared: Sequence[Text], peers: Peers
    ) -> _AboutReport:
        own, places, said = (
            self._own_terms(counts),
            self._own_names(of.report),
            said_in_parts(of.sentences, counts.units),
        )
        # The first text is the whole report.
        n = dict(zip(own.terms.tolist(), texts[0].n.tolist(), strict=True))
        years = [int(of.report["year"])] if pd.notna(of.report["year"]) else []
        later, rare = (np.concatenate([_NO_PLACES, *map(known, years)]) for known in (self._later, self._rare))
        other_level = self._called_otherwise(of.report, peers)
        marks = TermMarks(
            *(own.terms.tolist(), own.pos.tolist(), *places),
            other_level=other_level,
            regions=called_regions(n, said["whole"], places[1]),
            spread_of=lambda at: self._spreads.of(own.terms[at].tolist(), own.place[at]),
            slogans=self._names.slogans,
            local=self._local_names(of.report, own, n, said["whole"]),
        )
        nesting = Nesting(own.terms.tolist(), np.stack([text.n for text in compared]))
        return _AboutReport(own, nesting, said, {}, marks, str(of.report["adcode"]), other_level, later, rare)

    def _make_marks_of_missing(self, other_level: bool) -> TermMarks:
        terms = self._reference.terms.tolist()
        return TermMarks(
            terms, None, other_level=other_level, spread_of=lambda at: self._spreads.of([terms[i] for i in at], at)
        )

    def _stressed(self, about: _AboutReport, group: int, text: Text, rows: Rows, kin: Kin) -> Rows:
        """The rows of what a text says more than its peers, with marks; `group` is its number among those that are compared."""
        own = about.own
        place = rows.pop("place")
        terms = own.terms[place].tolist()
        marks = about.marks.of(place, rows["n_with"], rows["peers_with"])
        if kin.contemporaries is not None or kin.of_level is not None:
            marks = _with_kin(marks, kin.say_as_often(own, place, rows["per_10k"]))
        covered = about.nesting.within(group, place, text.n, text.alone)
        rank = ranks(terms, covered, marks, rows["n"].tolist())
        return rows | {"term": terms, "mark": marks, "within": covered, "rank": rank, "new": rows["n_with"] == 0}

    def _passed_over(self, about: _AboutReport, text: Text, standard: Standard, kin: Kin) -> Rows:
        """The rows of a part's missing terms with marks and ranks: the first ones, and further ones that are listed."""
        own, said = about.own, about.said[text.part]
        rows = missing_terms(said, text.size, standard, self._reference, own.place[text.n > 0], about.later)
        terms = rows["term"]
        places = self._reference.places(terms)
        spread = self._spreads.of(terms, places)
        marks = self._marks_of_missing(about.other_level).of(places, rows["n_with"], rows["peers_with"])
        there = np.flatnonzero(text.n)
        n = dict(zip(own.terms[there].tolist(), text.n[there].tolist(), strict=True))
        period, level = kin.lack(places)
        known = Candidates(
            spread.concentration,
            self._reference.of_government[places],
            spread.compound,
            period | np.isin(places, about.rare),
            level | np.array(self._names.elsewhere(terms, about.adcode), dtype=bool),
        )
        words = about.words[text.part] = Said(
            said, self._names, self._spreads.keep_to_subjects, n, about.words.get(WHOLE)
        )
        marks, instead = omission_marks(terms, marks, known, self._names, words)
        listed = listed_marks(terms, marks, self._names.of, standard.peers, self._reference)
        rank = missing_ranks(terms, rows["within"], listed, self._names.of)
        kept = [i for i, at in enumerate(rank) if i < FIRST or (at is not None and at <= LISTED)]
        near = self._nearest([terms[i] for i in kept], own, text.n >= _SAID)
        columns = rows | {"mark": marks, "rank": rank}
        found = {
            name: values[kept] if isinstance(values, np.ndarray) else [values[i] for i in kept]
            for name, values in columns.items()
        }
        return found | {"nearest": [instead[i] or other for i, other in zip(kept, near, strict=True)]}

    def _own_names(self, report: pd.Series[Any]) -> tuple[frozenset[str], frozenset[str]]:
        """Names around a report's region, its own even where it is an ordinary word; and those that are ordinary words (盐田)."""
        around = frozenset(self._places.get(str(report["report_id"]), ()))
        if not around:
            return around, around
        region, level, code = (str(report[name]) for name in ("region", "region_level", "adcode"))
        return around | {stem_of(region)}, ordinary_names_around(region, code, holder_of(region, level, code))

    def _local_names(self, report: pd.Series[Any], own: OwnTerms, n: Mapping[str, int], text: str) -> frozenset[str]:
        """Places that none but reports of the same city name."""
        if report["region_level"] == "national":
            return frozenset()
        code, province = str(report["adcode"]), str(report["province"])
        here = own.terms[~self._localities.said_elsewhere(code, province, own.place)].tolist()
        tags = dict(zip(own.terms.tolist(), own.pos.tolist(), strict=True))
        return local_names({term: n[term] for term in here}, tags, text, code, province)

    def _called_otherwise(self, report: pd.Series[Any], peers: Peers) -> bool:
        """Whether most peers are of another level than a report, or regions of another kind: 省, 市, 自治区."""
        own = report["region_level"], str(report["region"])[-1:]
        same = sum(self._called[place] == own for place in self._reference.report_places(peers.report_ids).tolist())
        return bool(2 * same < len(peers.report_ids))

    def _nearest(self, terms: Sequence[str], own: OwnTerms, often: np.ndarray) -> list[str]:
        """The nearest of the report's terms that are there often to each of some terms of the reference; empty where none is near."""
        said = np.zeros(len(self._reference.terms), dtype=bool)
        said[own.place[often & (own.place >= 0)]] = True
        found = self._neighbours.nearest(self._reference.places(terms).tolist(), said)
        return ["" if place < 0 else str(self._reference.terms[place]) for place in found]

    @cached_property
    def _figures(self) -> Figures:
        return Figures(self._reference.measures)

    @cached_property
    def _neighbours(self) -> Neighbours:
        return Neighbours(self._reference, self._reference.concentration >= SPECIFIC)

    def _own_terms(self, counts: Counts) -> OwnTerms:
        terms = np.array(counts.vocabulary.to_pylist(), dtype=object)
        pos = np.full(len(terms), "", dtype=object)
        pos[counts.term] = np.array([*counts.pos[1].to_pylist(), ""], dtype=object)[counts.pos[0]]
        place, place_of = self._reference.places(terms.tolist()), self._reference.place_of
        keywords, parts = set(terms.tolist()), {}
        for i in np.flatnonzero(place < 0).tolist():
            held = [unit for unit in self._words_inside(terms[i]) if unit in keywords]
            if held:
                parts[i] = [place_of.get(unit, -1) for unit in held]
        return OwnTerms(terms, pos, place, parts)

    def _find_words_inside(self, term: str) -> tuple[str, ...]:
        return tuple(unit.text for unit in self._units.of(term))


def compare_reports(
    yardstick: Yardstick, reports: pd.DataFrame, counts: pd.DataFrame, sentences: pd.DataFrame, figures: pd.DataFrame
) -> dict[str, pd.DataFrame]:
    """The tables of some reports: those that have counts.

    Parameters
    ----------
    yardstick : Yardstick
    reports : DataFrame
        As in reports.csv; other reports may be among them.
    counts, sentences, figures : DataFrame
        As in `ReportTables`, of all of them, with report_id.
    """
    own = {"sentences": sentences, "figures": figures.sort_values("report_id", kind="stable")}
    places = {name: report_slices(table) for name, table in own.items()}
    row_of = {report_id: row for row, report_id in enumerate(reports["report_id"].astype("str"))}
    ids, compared = [], []
    for report_id, of_counts in Counts.of(counts).by_report():
        of_report = {name: table.iloc[places[name].get(report_id, _NO_ROWS)] for name, table in own.items()}
        compared.append(yardstick.compare(ReportTables(reports.iloc[row_of[report_id]], of_counts, **of_report)))
        ids.append(report_id)
    found: dict[str, pd.DataFrame] = {}
    if any(one.peers.report_ids for one in compared):
        found["peers"] = yardstick.peer_rows([one.peers for one in compared])
        found["peers"]["report_id"] = column_of(ids, [len(one.peers.report_ids) for one in compared])
    for name, left_out in _NOT_IN_TABLE.items():
        rows = [
            row | {"report_id": report_id}
            for report_id, one in zip(ids, compared, strict=True)
            for row in one.rows.get(name, ())
            if len(row["term"])
        ]
        found[name] = table_of(rows, left_out)
    lengths = [len(one.standing) for one in compared]
    if any(lengths):
        found["standing"] = pd.concat([one.standing for one in compared if len(one.standing)], ignore_index=True)
        found["standing"]["peers"] = column_of([one.peers.described for one in compared], lengths)
        found["standing"]["report_id"] = column_of(ids, lengths)
    return {name: found.get(name, pd.DataFrame()) for name in TABLES}


def _with_kin(marks: Sequence[str], as_often: tuple[np.ndarray, np.ndarray]) -> list[str]:
    """Marks, and those of what reports of the same time or level say as often."""
    period, level = (values.tolist() for values in as_often)
    return [
        mark or (LEVEL if of_level else PERIOD if of_period else "")
        for mark, of_period, of_level in zip(marks, period, level, strict=True)
    ]
