"""Word clouds: which words each has, how often they occur, in which colours, and what a report does not say at all."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from emphasis.errors import EmphasisError
from emphasis.figures.shown import report_title, shown_sections
from emphasis.figures.strings import PARTS, cloud_name, say
from emphasis.measures.nesting import choose_shown
from emphasis.measures.places import place_names
from emphasis.sections import ancestors
from emphasis.store.written import written_rows

LEAST_N = 2
"""Occurrences that a word of a cloud has at least."""

FEWEST = 8
"""Words of a cloud, at least; of fewer, the words are listed."""

LISTED, ABSENT, NAMED = 28, 16, 6
"""Words of a list, missing terms beside a cloud, and words that a note names as left out: at most."""

RARE, VERY_RARE = 0.05, 0.01
"""Chance that one more report of the kind has a word so often, from which on it is coloured."""


@dataclass(frozen=True)
class CloudWord:
    """A word: its count, how distinctive it is (0 as in peers or not compared, 1, 2), and whether no peer has it."""

    word: str
    n: int
    distinct: int = 0
    new: bool = False


@dataclass(frozen=True)
class Cloud:
    """What a cloud shows; its name is that of its file without the ending."""

    name: str
    title: str
    words: Sequence[CloudWord]  # in the order of the bars; at least one
    note: str
    compared: bool  # with peers: otherwise colours say nothing
    as_list: bool = False  # too few words that occur twice: words are listed, those that occur once among them
    missing: Sequence[tuple[str, str]] = field(
        default=()
    )  # terms that most peers have and this has not, and how many have them

    @property
    def weights(self) -> dict[str, float]:
        """What the areas of the characters are proportional to."""
        return {word.word: float(word.n) for word in self.words}


def read_words(files: Sequence[Path]) -> frozenset[str]:
    """The words that clouds leave out, of any subject: those of cloud_words.tsv, and the reporting and level words of marked_words.tsv.

    Raises
    ------
    EmphasisError
        If a column is missing or a line has no reason.
    """
    found = set()
    for path in files:
        for number, row in written_rows(path, ("term", "reason")):
            if not row["term"] or not row["reason"]:
                raise EmphasisError(
                    f"{path}, line {number}: {row['term']}: no reason; each line has a word, tabs and a reason"
                )
            if row.get("kind", "reporting") in ("reporting", "level"):
                found.add(row["term"])
    return frozenset(found)


def report_clouds(
    tables: Mapping[str, pd.DataFrame], roles: Collection[str], plain: Collection[str], max_words: int, language: str
) -> list[Cloud]:
    """The clouds of one report: the whole, its review, its plan, and each section of level 2.

    A section of level 1 without subsections gets a cloud too. Words are the most frequent ones that occur twice; of equally frequent
    words, those come first that are more distinctive of the report among its peers.

    Left out are words of any subject (`plain`), names of the report's region, what `distinctive` marks in any part of the report
    (companies and bodies, words of its level), and words that a longer term says already. The note of a cloud names the most frequent of the first two.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        reports, sections, frequency, frequency_parts, distinctive, missing, of one report.
    roles : collection of str
        Its parts that are counted.
    """
    frequency, parts, sections = (tables[name] for name in ("frequency", "frequency_parts", "sections"))
    distinctive, missing = tables["distinctive"], tables["missing"]
    marked = frozenset(distinctive.loc[distinctive["mark"].fillna("") != "", "term"]) | frozenset(plain)
    marked |= _of_the_place(tables["reports"], frequency["term"])
    make = _Clouds(report_title(tables["reports"]), marked, max_words, language)
    sizes = counted_words(sections, roles)
    clouds = []
    for part in PARTS:
        columns = parts.loc[parts["part"] == part, ["term", "n", "within"]].fillna({"within": ""})
        words = [_Counted(*row) for row in columns.itertuples(index=False)]
        peers, absent = distinctive[distinctive["part"] == part], missing[missing["part"] == part]
        clouds += make.cloud(part, say(part, language), words, sizes[part], peers, absent=absent)
    in_whole: dict[str, int] = dict(parts.loc[parts["part"] == "whole", ["term", "n"]].itertuples(index=False))
    by_section = dict(
        list(frequency[["section_id", "term", "n", "within", "kind"]].fillna({"within": ""}).groupby("section_id"))
    )
    headed = shown_sections(sections)[["section_id", "number", "heading"]]
    for section_id, number, heading in headed[headed["section_id"].isin(list(by_section))].itertuples(index=False):
        rows = by_section[section_id][["term", "n", "within", "kind"]].itertuples(index=False)
        words = [_Counted(term, n, held, in_whole[term] - n, kind == "word") for term, n, held, kind in rows]
        peers = distinctive[distinctive["section_id"] == section_id]
        name = cloud_name(section_id)
        clouds += make.cloud(name, f"{number}{heading}", words, sizes[section_id], peers, absent=missing.head(0))
    return clouds


def _of_the_place(reports: pd.DataFrame, terms: Iterable[str]) -> frozenset[str]:
    """The terms that hold a name of the report's own region, for where nothing was compared and marked."""
    (names,) = place_names(reports).values()
    own = re.compile("|".join(map(re.escape, sorted(names))))
    return frozenset(term for term in set(terms) if own.search(term)) if names else frozenset()


class _Counted(NamedTuple):
    """A word of a part or section: what comes first of equally frequent ones is what elsewhere is rare, then terms of policy."""

    term: str
    n: int
    within: str
    elsewhere: int = 0
    ordinary: bool = False


@dataclass(frozen=True)
class _Clouds:
    """What the clouds of a report have in common."""

    title: str
    marked: Collection[str]
    max_words: int
    language: str

    def cloud(
        self,
        name: str,
        heading: str,
        words: Sequence[_Counted],
        size: int,
        peers: pd.DataFrame,
        *,
        absent: pd.DataFrame,
    ) -> list[Cloud]:
        """The cloud of a part or section, or a list if it is too short; nothing if it has no word to show."""
        compared = {row[0]: row[1:] for row in peers[["term", "ratio", "p", "new"]].itertuples(index=False)}
        ordered = sorted(words, key=lambda word: (-word.n, -compared.get(word.term, (0.0,))[0], *word[3:], word.term))
        kept = [word for word in ordered if word.term not in self.marked]
        often = _shown([word for word in kept if word.n >= LEAST_N], self.max_words)
        as_list = len(often) < FEWEST
        shown = _shown(kept, LISTED) if as_list else often
        if not shown:
            return []
        chosen = [CloudWord(word.term, word.n, *_standing(compared.get(word.term))) for word in shown]
        left = [word for word in ordered if word.n >= LEAST_N and word.term in self.marked]
        coloured = compared and (not as_list or any(word.distinct for word in chosen))
        note = self._note(size, peers.head(1 if coloured else 0), left, n_often=len(often), compared=bool(compared))
        return [
            Cloud(
                name,
                f"{self.title}  {heading}",
                chosen,
                note,
                bool(compared),
                as_list,
                self._missing(absent) if len(absent) and not as_list else [],
            )
        ]

    def _note(self, size: int, peers: pd.DataFrame, left: Sequence[_Counted], *, n_often: int, compared: bool) -> str:
        parts = [self._say("cloud.counted", counted=f"{size:,}")]
        if n_often < FEWEST:
            parts.append(self._say("cloud.short", n=n_often, fewest=FEWEST))
        else:
            parts.append(self._say("cloud.size"))
        if len(peers):
            n, described = peers[["n_peers", "peers"]].iloc[0]
            parts.append(self._say("cloud.peers", n=n, peers=peers_name(str(described), self.language)))
        elif not compared:
            parts.append(self._say("cloud.no_peers"))
        if left:
            named = [f"{word.term} {word.n}" for word in left[:NAMED]]
            parts.append(self._say("cloud.left", n=len(left), words=self._say("cloud.comma").join(named)))
        return self._say("cloud.space").join(parts)

    def _missing(self, absent: pd.DataFrame) -> list[tuple[str, str]]:
        ranked = absent[absent["rank"].notna()].sort_values("rank")
        rows = ranked[["term", "peers_with", "n_peers"]].itertuples(index=False)
        kept = [(term, f"{round(share * n)}/{n}") for term, share, n in rows if term not in self.marked]
        return kept[:ABSENT]

    def _say(self, key: str, **values: object) -> str:
        return say(key, self.language, **values)


def peers_name(described: str, language: str) -> str:
    """The peers that a table describes, in a language.

    Examples
    --------
    >>> peers_name("prefecture/province 2024-2025", "zh")
    '2024—2025年地级、省级'
    """
    if language == "en":
        return described.replace("/", ", ").replace("-", "–")
    levels, _, years = described.rpartition(" ") if described[-1:].isdigit() else (described, "", "")
    names = "、".join(say(f"level.{level}", language) for level in levels.split("/") if level)
    return f"{years.replace('-', '—')}年{names}" if years else names


def _shown(words: Sequence[_Counted], most: int) -> list[_Counted]:
    return [words[i] for i in choose_shown([w.term for w in words], [w.within for w in words], most)]


def _standing(compared: tuple[float, float, bool] | None) -> tuple[int, bool]:
    """How distinctive a word is, and whether no peer has it, from its ratio, chance and novelty."""
    if compared is None:
        return 0, False
    _, p, new = compared
    return 2 if p < VERY_RARE else 1 if p < RARE else 0, bool(new)


def counted_words(sections: pd.DataFrame, roles: Collection[str]) -> Counter[str]:
    """Counted words of each section, subsections included, and of each part.

    `sections` is as in sections.csv, of one report: its `n_words` includes subsections, also those of parts that are not
    counted. `roles` are the parts that are.
    """
    inside = sections.groupby("parent_id")["n_words"].sum().to_dict()
    sizes: Counter[str] = Counter()
    for section_id, role, n_words in sections[["section_id", "role", "n_words"]].itertuples(index=False):
        if role in roles:
            for name in ("whole", role, *ancestors(section_id)):
                sizes[name] += n_words - inside.get(section_id, 0)
    return sizes
