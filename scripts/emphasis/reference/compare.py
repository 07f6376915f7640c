"""Reports against their peers: the tables peers, distinctive, missing and standing."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

import numpy as np
import pandas as pd
from scipy import sparse

from emphasis.ingest.regions import ordinary_names_around, stem_of
from emphasis.measures.counts import Counts, holders
from emphasis.measures.places import PlaceNames
from emphasis.reference.data import PeerCounts, Reference, peer_counts
from emphasis.reference.distinctive import MOST, OwnTerms, Standard, distinctive_terms
from emphasis.reference.kin import Kin
from emphasis.reference.lists import Nesting, ranks
from emphasis.reference.marks import LEVEL, PERIOD, called_regions, marks_of
from emphasis.reference.missing import Neighbours, missing_terms, plain
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
from emphasis.reference.variants import OtherNames, Said

PARTS = {"whole": (), "review": ("review",), "plan": ("plan",)}
"""The parts of a report, and the roles of their passages; all counted ones of the whole."""
SECTION = "section"
_LEAST_WORDS = {"part": 300, SECTION: 100}
"""Words of a part or section, of the report and of each peer; less text is not compared."""
_SAID = 2
"""Occurrences of a term that can be the nearest to one that is missing."""
_NO_PLACES = np.array([], dtype="int64")
TABLES = ("peers", "distinctive", "missing", "standing")


@dataclass(frozen=True)
class Text:
    """A part or section of a report, and what it is compared with.

    Attributes
    ----------
    part, section_id : str
        Whole, review, plan or section; the section's id, or empty.
    roles : tuple of str
        Roles of the peers' passages; all of them if empty.
    area : str
        Their policy area; empty for all.
    n, alone : array of shape (V,)
        Occurrences of the report's terms, and those as a token of its own.
    size : int
        Words.
    """

    part: str
    section_id: str
    roles: tuple[str, ...]
    area: str
    n: np.ndarray
    alone: np.ndarray
    size: int

    @property
    def unit(self) -> str:
        """``section`` or ``part``."""
        return SECTION if self.part == SECTION else "part"


@dataclass(frozen=True)
class ReportTables:
    """What is known of one report.

    Attributes
    ----------
    report : Series
        Its row of reports.csv.
    counts : DataFrame
        Its rows of the table of counts.
    sentences : DataFrame
        section_id, text, as they were cut.
    figures : DataFrame
        As `emphasis.reference.measured.measured_figures` gives them.
    """

    report: pd.Series[Any]
    counts: pd.DataFrame
    sentences: pd.DataFrame
    figures: pd.DataFrame


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
    inside : mapping
        The words and terms inside each token of the reports.
    names : OtherNames
        What lexicon and indicators know of terms.
    """

    def __init__(
        self,
        reference: Reference,
        chosen: str | Sequence[str],
        subjects: Subjects,
        places: PlaceNames,
        inside: Mapping[str, Sequence[str]],
        names: OtherNames,
    ) -> None:
        self._reference, self._rule = reference, PeerRule(reference.reports, chosen)
        self._subjects, self._places, self._inside, self._names = subjects, places, inside, names
        self._spreads = Spreads(reference, names)
        self._kin_counts = lru_cache(maxsize=256)(self._count_kin)
        self._standard = lru_cache(maxsize=256)(self._make_standard)
        self._later = lru_cache(maxsize=64)(reference.later_terms)
        self._rare = lru_cache(maxsize=64)(reference.rare_terms)

    def _make_standard(self, peers: tuple[str, ...], roles: tuple[str, ...], area: str) -> Standard | None:
        least = _LEAST_WORDS["part" if not area else SECTION]
        counts = peer_counts(self._reference, peers, roles, area, least)
        return Standard.of(counts) if len(counts.sizes) >= LEAST else None

    def _count_kin(self, reports: tuple[str, ...], roles: tuple[str, ...], area: str) -> PeerCounts | None:
        counts = peer_counts(self._reference, reports, roles, area, _LEAST_WORDS["part" if not area else SECTION])
        return counts if len(counts.sizes) >= LEAST else None

    def tables(self, of: ReportTables) -> dict[str, pd.DataFrame]:
        """The rows of one report in each of `TABLES`."""
        peers = self._rule.of(of.report)
        found = {"peers": self._peer_rows(peers)}
        if len(peers.report_ids) >= LEAST:
            found |= self._word_tables(of, peers)
            own = standing(of.figures, self._figures, peers.report_ids)
            found["standing"] = own.assign(peers=peers.described)
        return {name: table.assign(report_id=str(of.report["report_id"])) for name, table in found.items()}

    def _peer_rows(self, peers: Peers) -> pd.DataFrame:
        there = self._reference.reports
        rows = there[there["report_id"].isin(peers.report_ids)]
        columns = {name: f"peer_{name}" for name in ("title", "region", "region_level", "year", "n_words")}
        rows = rows.rename(columns={"report_id": "peer", **columns})[["peer", *columns.values()]]
        return rows.assign(rule=peers.rule, compared=len(peers.report_ids) >= LEAST)

    def _word_tables(self, of: ReportTables, peers: Peers) -> dict[str, pd.DataFrame]:
        if of.counts.empty:
            return {}
        counts, report_id = Counts.of(of.counts), str(of.report["report_id"])
        own, texts = self._own_terms(counts), list(texts_of(counts, report_id, self._subjects))
        compared = []
        for text in texts:
            standard = self._standard(peers.report_ids, text.roles, text.area)
            if standard is not None and text.size >= _LEAST_WORDS[text.unit]:
                compared.append((text, standard))
        if not compared:
            return {}
        nesting = Nesting(own.terms.tolist(), sparse.csr_array(np.stack([text.n for text, _ in compared])))
        other_level = self._called_otherwise(of.report, peers)
        places = self._own_names(of.report)
        n = dict(zip(own.terms.tolist(), texts[0].n.tolist(), strict=True))
        said = _said(of)
        regions = called_regions(n, said["whole"], places[1])
        years = [int(of.report["year"])] if pd.notna(of.report["year"]) else []
        later, rare = (np.concatenate([_NO_PLACES, *map(known, years)]) for known in (self._later, self._rare))
        groups = self._rule.contemporaries(of.report, peers), self._rule.of_own_level(of.report, peers)
        stressed, missing = [], []
        for group, (text, standard) in enumerate(compared):
            kin = Kin(*(self._kin_counts(reports, text.roles, text.area) for reports in groups))
            where: dict[str, Any] = {"part": text.part, "section_id": text.section_id, "area": text.area}
            where |= {"peers": peers.described, "n_peers": len(standard.peers.sizes)}
            rows = distinctive_terms(text.n, text.size, own, standard, MOST[text.unit])
            place = rows.pop("place")
            terms, tags = own.terms[place].tolist(), own.pos[place].tolist()
            marks = marks_of(
                *(terms, tags, rows["n_with"], rows["peers_with"], *places),
                other_level=other_level,
                regions=regions,
                spread=self._spreads.of(terms),
                slogans=self._names.slogans,
            )
            marks = _with_kin(marks, kin.say_as_often(own.only(place), rows["per_10k"]))
            covered = nesting.within(group, place, text.n, text.alone)
            listed = {
                "term": terms,
                "mark": marks,
                "within": covered,
                "rank": ranks(terms, covered, marks, rows["n"].tolist()),
            }
            stressed.append(rows | listed | {"new": rows["n_with"] == 0} | where)
            if text.part != SECTION:
                rows = missing_terms(
                    said[text.part], text.size, standard, self._reference, own.place[text.n > 0], later
                )
                here: dict[str, Any] = {"peers": standard.peers, "adcode": str(of.report["adcode"])}
                here["other_level"] = other_level
                found = self._omissions(rows, own, text, said[text.part], kin, rare, **here)
                missing.append(found | where)
        return {
            "distinctive": _table(stressed, ("n_with",)),
            "missing": _table(missing, ("n_with", "section_id", "area")),
        }

    def _omissions(
        self,
        rows: dict[str, Any],
        own: OwnTerms,
        text: Text,
        said: str,
        kin: Kin,
        rare: np.ndarray,
        *,
        peers: PeerCounts,
        adcode: str,
        other_level: bool,
    ) -> dict[str, Any]:
        """The rows of a part's missing terms with marks and ranks: the first ones, and further ones that are listed."""
        terms = rows["term"]
        places, spread = self._reference.places(terms), self._spreads.of(terms)
        marks = marks_of(*(terms, None, rows["n_with"], rows["peers_with"]), other_level=other_level, spread=spread)
        n = dict(zip(own.terms.tolist(), text.n.tolist(), strict=True))
        period, level = kin.lack(places)
        known = Candidates(
            spread.concentration,
            self._reference.of_government[places],
            spread.compound,
            period | np.isin(places, rare),
            level | np.array(self._names.elsewhere(terms, adcode), dtype=bool),
        )
        words = Said(said, self._names, self._spreads.keep_to_subjects, n)
        marks, instead = omission_marks(terms, marks, known, self._names, words)
        listed = listed_marks(terms, marks, self._names.of, peers, self._reference)
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
        region = str(report["region"])
        return around | {stem_of(region)}, ordinary_names_around(region, str(report["adcode"]))

    def _called_otherwise(self, report: pd.Series[Any], peers: Peers) -> bool:
        """Whether most peers are of another level than a report, or regions of another kind: 省, 市, 自治区."""
        there = self._reference.reports
        theirs = there[there["report_id"].isin(peers.report_ids)]
        same = theirs["region_level"] == report["region_level"]
        same &= theirs["region"].str[-1:] == str(report["region"])[-1:]
        return bool(same.mean() < 1 / 2)

    def _nearest(self, terms: Sequence[str], own: OwnTerms, often: np.ndarray) -> list[str]:
        """The nearest of the report's terms that are there often to each of some terms of the reference; empty where none is near."""
        said = np.zeros(len(self._reference.terms), dtype=bool)
        said[own.place[often & (own.place >= 0)]] = True
        said &= self._reference.concentration >= SPECIFIC
        found = self._neighbours.nearest(self._reference.places(terms).tolist(), said)
        return ["" if place < 0 else str(self._reference.terms[place]) for place in found]

    @cached_property
    def _figures(self) -> Figures:
        return Figures(self._reference.measures)

    @cached_property
    def _neighbours(self) -> Neighbours:
        return Neighbours(self._reference)

    def _own_terms(self, counts: Counts) -> OwnTerms:
        terms = np.array(counts.vocabulary.to_pylist(), dtype=object)
        pos = np.full(len(terms), "", dtype=object)
        pos[counts.term] = np.array([*counts.pos[1].to_pylist(), ""], dtype=object)[counts.pos[0]]
        place = self._reference.places(terms.tolist())
        keywords, parts = set(terms.tolist()), {}
        for i in np.flatnonzero(place < 0).tolist():
            held = [unit for unit in self._inside.get(terms[i], ()) if unit != terms[i] and unit in keywords]
            parts[i] = self._reference.places(held).tolist()
        return OwnTerms(terms, pos, place, parts)


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
    own = {"counts": counts, "sentences": sentences, "figures": figures}
    of = {name: {str(i): rows for i, rows in table.groupby("report_id", observed=True)} for name, table in own.items()}
    row_of = {str(row["report_id"]): row for _, row in reports.iterrows()}
    found: dict[str, list[pd.DataFrame]] = {name: [] for name in TABLES}
    for report_id in sorted(of["counts"]):
        of_report = {name: tables.get(report_id, own[name].iloc[:0]) for name, tables in of.items()}
        for name, table in yardstick.tables(ReportTables(row_of[report_id], **of_report)).items():
            if len(table):
                found[name].append(table)
    return {name: pd.concat(some, ignore_index=True) if some else pd.DataFrame() for name, some in found.items()}


def units_inside(vocabulary: pd.DataFrame) -> dict[str, list[str]]:
    """The words and terms inside each token, from the table of the vocabulary."""
    found: dict[str, list[str]] = {}
    for token, unit in zip(vocabulary["token"].tolist(), vocabulary["unit"].tolist(), strict=True):
        found.setdefault(token, []).append(unit)
    return found


def texts_of(counts: Counts, report_id: str, subjects: Subjects) -> Iterator[Text]:
    """The parts of a report, and its sections in review and plan that have a policy area."""
    blocks, of_unit = counts.blocks()
    n, alone = (counts.matrix(values, of_unit, len(blocks)) for values in (counts.n, counts.n_alone))
    words = np.bincount(of_unit, counts.sizes, len(blocks))
    role = blocks["role"].to_numpy(dtype=object)
    names: list[tuple[str, str, tuple[str, ...], str]] = []
    groups: list[np.ndarray] = []
    for part, roles in PARTS.items():
        inside = np.isin(role, roles) if roles else np.ones(len(role), dtype=bool)
        if inside.any():
            names.append((part, "", roles, ""))
            groups.append(inside)
    sections, held = holders(blocks)
    for section_id, inside in zip(sections["section_id"], held.toarray() > 0, strict=True):
        area, own_role = subjects.get((report_id, section_id), ""), role[inside][0]
        of_part = role == own_role
        if area and own_role in PARTS and of_part[inside].all() and not inside[of_part].all():
            names.append((SECTION, section_id, (str(own_role),), area))
            groups.append(inside)
    inside = np.array(groups).astype("int64")
    of_groups = sparse.csr_array(inside)
    own, own_alone = ((of_groups @ values).toarray().astype("int64") for values in (n, alone))
    for row, name in enumerate(names):
        yield Text(*name, own[row], own_alone[row], int(inside[row] @ words))


def _with_kin(marks: Sequence[str], as_often: tuple[np.ndarray, np.ndarray]) -> list[str]:
    """Marks, and those of what reports of the same time or level say as often."""
    period, level = (values.tolist() for values in as_often)
    return [
        mark or (LEVEL if of_level else PERIOD if of_period else "")
        for mark, of_period, of_level in zip(marks, period, level, strict=True)
    ]


def _said(of: ReportTables) -> dict[str, str]:
    """The text of the whole report, with annexes and whatever else is not counted, its review and its plan, as it is searched."""
    counted = of.counts[["section_id", "role"]].astype("str").drop_duplicates()
    role_of = dict(zip(counted["section_id"], counted["role"], strict=True))
    roles = [role_of.get(section_id) for section_id in of.sentences["section_id"].astype("str").tolist()]
    lines = [(role, plain(text)) for role, text in zip(roles, of.sentences["text"].tolist(), strict=True)]
    return {
        part: "\n".join(line for role, line in lines if not of_part or role in of_part)
        for part, of_part in PARTS.items()
    }


def _table(rows: Sequence[Mapping[str, Any]], left_out: Collection[str]) -> pd.DataFrame:
    """Rows of several texts, each as columns with one value for all or one for each row, as one table."""
    if not rows:
        return pd.DataFrame()
    columns: dict[str, Any] = {}
    lengths = [len(some["term"]) for some in rows]
    for name in rows[0]:
        if name in left_out:
            continue
        parts = [some[name] if np.ndim(some[name]) else [some[name]] * k for some, k in zip(rows, lengths, strict=True)]
        flat = [value for part in parts for value in (part.tolist() if isinstance(part, np.ndarray) else part)]
        columns[name] = pd.array(flat, dtype="Int64") if name == "rank" else flat
    return pd.DataFrame(columns)
