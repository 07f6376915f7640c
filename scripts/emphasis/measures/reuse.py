"""Passages that reports share, by shingles of eight characters."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
import pandas as pd

from emphasis.sections import ancestors
from emphasis.text import fold

SHINGLE = 8
"""Characters."""

FORMULA = 3
"""Reports that must have a sentence for it to be a formula."""

# A half-width full stop stays: it is the decimal point.
_MARKS = frozenset("，。、；：？！“”‘’（）《》〈〉【】—…·,;:?!\"'()<>[]~")


@dataclass(frozen=True)
class Body:
    """The counted text of a report, sentence after sentence, without white space and punctuation.

    Attributes
    ----------
    report_id : str
    text : str
    sentence : array of shape (len(text),)
        Index into `sentences` of each character's sentence.
    sentences : DataFrame
        sentence_id, section_id, text; one row a counted sentence.
    """

    report_id: str
    text: str
    sentence: np.ndarray
    sentences: pd.DataFrame
    places: dict[str, list[int]] = field(repr=False)


@dataclass(frozen=True)
class Match:
    """A passage of `size` characters at `start` in one report and at `other` in another."""

    start: int
    other: int
    size: int


def body(report_id: str, sentences: pd.DataFrame) -> Body:
    """The text of a report for comparison.

    Parameters
    ----------
    report_id : str
    sentences : DataFrame
        sentence_id, section_id, text; the counted sentences of the report in order.
    """
    parts = ["".join(c for c in fold(text) if not c.isspace() and c not in _MARKS) for text in sentences["text"]]
    text = "".join(parts)
    sentence = np.repeat(np.arange(len(parts)), [len(part) for part in parts])
    places: dict[str, list[int]] = defaultdict(list)
    for i in range(len(text) - SHINGLE + 1):
        places[text[i : i + SHINGLE]].append(i)
    return Body(report_id, text, sentence, sentences.reset_index(drop=True), dict(places))


def matches(one: Body, two: Body) -> list[Match]:
    """Passages of `one` that stand in `two`, from left to right, each as long as it can be, none overlapping in `one`.

    Texts are compared half-width, without white space and punctuation. A passage begins with eight characters in a row
    (a shingle) that both have and goes on as long as both agree; of several places in `two` the one that gives the longest
    passage is taken, of equally long ones the first.
    """
    found = []
    position, last = 0, len(one.text) - SHINGLE
    while position <= last:
        places = two.places.get(one.text[position : position + SHINGLE])
        if not places:
            position += 1
            continue
        size, place = max((_agree(one.text, two.text, position, p), -p) for p in places)
        found.append(Match(position, -place, size))
        position += size
    return found


def reuse(pairs: Iterable[tuple[str, Body, Body]], known: Collection[str] = ()) -> tuple[pd.DataFrame, pd.DataFrame]:
    """How much of each section of a report stands word for word in another report, and the passages.

    ``share = reused / characters``, with `reused` the characters of the section inside shared passages (see `matches`) and
    `characters` all of its characters, both without white space and punctuation. ``reused_plain`` and ``share_plain`` leave
    out formulas: sentences that at least three reports have in the same words.

    Parameters
    ----------
    pairs : iterable of (relation, report, other report)
        Relation is ``year before``, ``superior`` or ``neighbour``.
    known : collection of str
        Formulas, as `formulas` gives them.

    Returns
    -------
    DataFrame
        The columns of reuse.csv. A section holds its subsections; the section ``all`` is the report.
    DataFrame
        The columns of reuse_passages.csv, the longest first. A passage that runs over several sentences is shown with the
        sentence that it begins in.
    """
    shares, passages = [], []
    for relation, one, two in pairs:
        found = matches(one, two)
        inside = np.zeros(len(one.text), dtype=bool)
        for match in found:
            inside[match.start : match.start + match.size] = True
        names = {"report_id": one.report_id, "other_id": two.report_id, "relation": relation}
        shares.append(_by_section(one, inside, known).assign(**names))
        rows = sorted(found, key=lambda m: (-m.size, m.start))
        passages.append(pd.DataFrame(_passages(one, two, rows)).assign(**names))
    return _concat(shares), _concat([p for p in passages if len(p)])


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


def formulas(bodies: Sequence[Body]) -> dict[str, int]:
    """Sentences of at least eight characters, without white space and punctuation, that at least three reports have, with
    the number of reports.
    """
    holders: dict[str, set[str]] = defaultdict(set)
    for one in bodies:
        for start, end in _spans(one):
            if end - start >= SHINGLE:
                holders[one.text[start:end]].add(one.report_id)
    return {text: len(ids) for text, ids in sorted(holders.items()) if len(ids) >= FORMULA}


def formula_table(bodies: Sequence[Body]) -> pd.DataFrame:
    """Where the sentences of `formulas` stand.

    Returns
    -------
    DataFrame
        report_id, sentence_id, section_id, n_reports, text.
    """
    known = formulas(bodies)
    rows = []
    for one in bodies:
        for (start, end), sentence in zip(_spans(one), one.sentences.itertuples(), strict=True):
            if n := known.get(one.text[start:end]):
                rows.append((one.report_id, sentence.sentence_id, sentence.section_id, n, sentence.text))
    return pd.DataFrame(rows, columns=["report_id", "sentence_id", "section_id", "n_reports", "text"])


def _spans(one: Body) -> list[tuple[int, int]]:
    edges = np.searchsorted(one.sentence, np.arange(len(one.sentences) + 1))
    return [(int(a), int(b)) for a, b in pairwise(edges)]


def _agree(one: str, two: str, i: int, j: int) -> int:
    size = SHINGLE
    while i + size < len(one) and j + size < len(two) and one[i + size] == two[j + size]:
        size += 1
    return size


def _above(level: str, code: str) -> list[str]:
    """Codes of the prefecture and province that a region lies in, the nearest first; nothing for a province."""
    if level == "county":
        return [code[:4] + "00", code[:2] + "0000"]
    return [code[:2] + "0000"] if level == "prefecture" else []


def _by_section(one: Body, inside: np.ndarray, known: Collection[str]) -> pd.DataFrame:
    plain = inside.copy()
    for start, end in _spans(one):
        if one.text[start:end] in known:
            plain[start:end] = False
    section = one.sentences["section_id"].to_numpy(dtype=object)[one.sentence]
    own = pd.DataFrame({"section_id": section, "characters": 1, "reused": inside, "reused_plain": plain})
    own = own.groupby("section_id", as_index=False).sum()
    own["section_id"] = [["all", *ancestors(name)] for name in own["section_id"]]
    table = own.explode("section_id").groupby("section_id", as_index=False).sum()
    return table.rename(columns={"section_id": "section"}).assign(
        share=table["reused"] / table["characters"], share_plain=table["reused_plain"] / table["characters"]
    )


def _passages(one: Body, two: Body, found: Sequence[Match]) -> Iterator[dict[str, object]]:
    for number, match in enumerate(found, 1):
        a, b = one.sentences.iloc[one.sentence[match.start]], two.sentences.iloc[two.sentence[match.other]]
        yield {
            "passage": number,
            "n_characters": match.size,
            "shared": one.text[match.start : match.start + match.size],
            "section_id": a["section_id"],
            "sentence_id": a["sentence_id"],
            "text": a["text"],
            "other_sentence_id": b["sentence_id"],
            "other_text": b["text"],
        }


def _concat(tables: Sequence[pd.DataFrame]) -> pd.DataFrame:
    return pd.concat(tables, ignore_index=True) if tables else pd.DataFrame()
