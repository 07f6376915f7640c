"""Makes a reference from the tables of a run."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import numpy as np
import pandas as pd

from emphasis.measures.counts import Counts
from emphasis.measures.word_search import WordSearch
from emphasis.reference.data import MEASURE_COLUMNS, REPORT_COLUMNS, Reference
from emphasis.reference.subjects import UNKNOWN, Subjects
from emphasis.segment.lexicon import normalise
from emphasis.store.codes import string_codes

LEAST_N = 2
"""Occurrences in all reports that a term needs to be kept: one occurrence moves no expectation."""
GRADES = ("high", "medium")
"""Reports whose outline can be trusted so far are taken."""


def usable_reports(reports: pd.DataFrame) -> list[str]:
    """Ids of the reports that a reference is made from: with an outline that can be trusted, a level and a year.

    What is missing can be added in config/reports.tsv. Of a corpus without such a report an empty reference is made, in which no report
    has peers.
    """
    known = reports["confidence"].isin(GRADES) & reports["region_level"].fillna("").ne("") & reports["year"].notna()
    return sorted(reports.loc[known, "report_id"])


def counts_hash(counts: pd.DataFrame) -> str:
    """A hash of how often each term of a table of counts occurs: another one of the same text tells that it is cut otherwise."""
    n = counts.groupby(counts["term"].astype("str"))["n"].sum().sort_index()
    return hashlib.sha256(n.to_csv().encode()).hexdigest()


@dataclass(frozen=True)
class CountedPassages:
    """The counts of some reports: rows of `passages`, and cells with places of the passages and strings."""

    passages: pd.DataFrame
    passage: np.ndarray
    term: np.ndarray
    n: np.ndarray
    n_alone: np.ndarray
    squares: np.ndarray


def count_passages(
    counts: pd.DataFrame, sentences: pd.DataFrame, subjects: Subjects, shown: Sequence[str]
) -> CountedPassages:
    """Count the terms of each report by role and subject.

    Terms that some report shows by itself (a name in quotation marks, say) are cut as one word in that report and not in
    others. They are counted as strings in all of them.

    Parameters
    ----------
    counts : DataFrame
        Rows of the table of counts.
    sentences : DataFrame
        report_id, section_id, paragraph, text of the same reports, as they were cut.
    subjects : mapping
    shown : sequence of str
        Terms that a report shows by itself.
    """
    found = Counts.of(counts)
    blocks, of_unit = found.blocks()
    keys = [(r, role, subjects.get((r, s), UNKNOWN)) for r, s, role in blocks.itertuples(index=False, name=None)]
    distinct = sorted(set(keys))
    place = {key: i for i, key in enumerate(distinct)}
    of_block = np.array([place[key] for key in keys], dtype="int64")
    of_unit = of_block[of_unit]
    passages = pd.DataFrame(distinct, columns=["report_id", "role", "area"])
    passages["n_words"] = np.bincount(of_unit, found.sizes, len(distinct)).astype("int64")
    values = (found.n, found.n_alone, found.n**2)
    n, alone, squares = (found.matrix(each, of_unit, len(distinct)).tocoo() for each in values)
    vocabulary = np.array(found.vocabulary.to_pylist(), dtype=object)
    by_string = np.isin(vocabulary, list(shown))[n.col]
    by_token = n.row[~by_string], vocabulary[n.col[~by_string]]
    cells = [(*by_token, *(sums.data[~by_string] for sums in (n, alone, squares)))]
    cells += list(_count_strings(blocks, of_block, sentences, shown))
    return CountedPassages(passages, *(np.concatenate(parts) for parts in zip(*cells, strict=True)))


def _count_strings(
    blocks: pd.DataFrame, of_block: np.ndarray, sentences: pd.DataFrame, shown: Sequence[str]
) -> Iterator[tuple[np.ndarray, ...]]:
    if not shown:
        return
    search, words = WordSearch(shown), np.array(shown, dtype=object)
    keys = zip(blocks["report_id"], blocks["section_id"], strict=True)
    place = dict(zip(keys, of_block.tolist(), strict=True))
    texts: dict[tuple[int, int], list[str]] = {}
    columns = (sentences[name].tolist() for name in ("report_id", "section_id", "paragraph", "text"))
    for report_id, section_id, paragraph, text in zip(*columns, strict=True):
        if (report_id, section_id) in place:
            texts.setdefault((place[report_id, section_id], paragraph), []).append(normalise(text))
    # Sums over the paragraphs of each of the passages.
    for number, paragraphs in groupby(sorted(texts.items()), key=lambda item: item[0][0]):
        counts = np.stack([search.count("\n".join(lines)) for _, lines in paragraphs])
        n, squares = counts.sum(axis=0), (counts**2).sum(axis=0)
        there = np.flatnonzero(n)
        yield np.full(len(there), number), words[there], n[there], n[there], squares[there]


def build_reference(
    reports: pd.DataFrame,
    counted: Iterable[CountedPassages],
    measures: pd.DataFrame,
    definitions: Mapping[str, str],
    settings: Mapping[str, Any],
) -> Reference:
    """Put the counts and figures of reports together.

    Parameters
    ----------
    reports : DataFrame
        As in reports.csv, those that are taken.
    counted : iterable
        What `count_passages` gives for some of them at a time.
    measures : DataFrame
        As `emphasis.reference.measured.measured_figures` gives it.
    definitions, settings : mapping
        See `Reference`.
    """
    known: dict[str, int] = {}
    passages = [pd.DataFrame({"report_id": [], "role": [], "area": [], "n_words": []})]
    cells, first = [np.empty((5, 0), dtype="int64")], 0
    for some in counted:
        passages.append(some.passages)
        code = np.array([known.setdefault(term, len(known)) for term in some.term.tolist()], dtype="int64")
        cells.append(np.stack([code, some.passage + first, some.n, some.n_alone, some.squares]).astype("int64"))
        first += len(some.passages)
    term, passage, n, n_alone, squares = np.concatenate(cells, axis=1)
    vocabulary = np.array(list(known), dtype=object)
    kept = np.bincount(term, n, len(vocabulary)) >= LEAST_N
    terms = np.sort(vocabulary[kept])
    rank = np.full(len(vocabulary), -1)
    rank[kept] = np.searchsorted(terms, vocabulary[kept])
    table = pd.concat(passages[1:] or passages, ignore_index=True)
    words = table.groupby("report_id")["n_words"].sum()
    listed = reports[reports["report_id"].isin(words.index)].sort_values("report_id")
    listed = listed.assign(n_words=listed["report_id"].map(words))[REPORT_COLUMNS].reset_index(drop=True)
    table["report"] = pd.Index(listed["report_id"]).get_indexer(pd.Index(table["report_id"]))
    # Rows come in the order of reports, whatever batches these were in.
    order = np.lexsort((string_codes(table["area"])[0], string_codes(table["role"])[0], table["report"]))
    new_place = np.empty(len(order), dtype="int64")
    new_place[order] = np.arange(len(order))
    term, passage = rank[term], new_place[passage]
    used = np.flatnonzero(term >= 0)
    used = used[np.lexsort((passage[used], term[used]))]
    own = measures[measures["report_id"].isin(words.index)][MEASURE_COLUMNS]
    own = own.sort_values(["report_id", "kind", "measure", "part"]).reset_index(drop=True)
    own["value"] = own["value"].round(6)
    return Reference(
        listed,
        terms,
        table.iloc[order][["report", "role", "area", "n_words"]].reset_index(drop=True),
        term[used],
        passage[used],
        n[used],
        n_alone[used],
        squares[used],
        own,
        dict(sorted(definitions.items())),
        dict(settings),
    )
