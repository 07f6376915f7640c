"""Shares of areas in reports, their parts and sections, with intervals that hold sampling and coding error; diversity."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise

import numpy as np
import pandas as pd
from scipy import sparse

from emphasis.areas.coder import UNIT
from emphasis.areas.scheme import NONE, Scheme
from emphasis.measures.frequency import PARTS
from emphasis.measures.intervals import UnitSums, pooled_effect, rate_intervals
from emphasis.sections import ancestors
from emphasis.text import visible

SECTION = "section"
"""What stands for a part in the rows of sections."""

CODING_ERROR = 1.5
"""How much more the true number of sentences of an area varies around the expected one than if errors of coding were independent:
sentences of one report are mistaken for the same reasons. From held-out reports (1.58 by report, 1.47 by region); see docs/areas.md."""

STRETCH = 4
"""Sentences of a stretch, the unit of sampling, at most. Some reports have a paragraph for every sentence and some one for every
section; the layout should not decide how wide an interval is."""

_SECOND = UNIT // 5
"""The least probability of a second area, in ten-thousandths."""

_LEAST = 0.005
"""Shares of sections below this are not listed, unless a sentence was coded so."""

_HEADING = 0.25
"""What the heading counts in the main area of a section, beside its sentences."""

_WHOLE = "whole"


def code_rows(
    table: pd.DataFrame, probabilities: np.ndarray, corrected: Mapping[int, int], scheme: Scheme
) -> pd.DataFrame:
    """The codes of sentences, as in corpus/areas.parquet.

    The area of a sentence is the most probable one; of equal ones the first in config/areas/areas.tsv. ``second`` is the next, where
    its probability is 0.2 or more. A corrected sentence has the area that it was given, with probability 1 and no second one.

    Parameters
    ----------
    table : DataFrame
        report_id, sentence_id, start, end of S sentences.
    probabilities : int array of shape (S, K)
        In ten-thousandths; of corrected sentences one-hot: see `correct`.
    corrected : mapping of int to int
        Rows that were corrected, and their areas.
    scheme : Scheme
    """
    order = np.argsort(-probabilities, axis=1, kind="stable")[:, :2]
    first, second = np.take_along_axis(probabilities, order, axis=1).T if len(order) else np.zeros((2, 0), "int64")
    names = np.array(scheme.areas, dtype=object)
    by_hand = np.zeros(len(table), dtype=bool)
    by_hand[list(corrected)] = True
    return table[["report_id", "sentence_id", "start", "end"]].assign(
        area=names[order[:, 0]],
        second=np.where(second >= _SECOND, names[order[:, 1]], ""),
        p=first / UNIT,
        corrected=by_hand,
    )


def correct(probabilities: np.ndarray, corrected: Mapping[int, int]) -> np.ndarray:
    """Probabilities in ten-thousandths, those of corrected rows 1 for the area that was given."""
    found = np.rint(UNIT * probabilities).astype("int64")
    for row, area in corrected.items():
        found[row] = 0
        found[row, area] = UNIT
    return np.asarray(found)


def share_rows(
    sentences: pd.DataFrame, probabilities: np.ndarray, outline: pd.DataFrame, scheme: Scheme, roles: list[str]
) -> pd.DataFrame:
    """Shares of areas in the counted text of each report, in its review, its plan and its sections.

    With p the probability of an area for each of N sentences, and c their characters::

        share            = sum p / N
        share_characters = sum p c / sum c

    ``n`` counts the sentences of which the area is the most probable. Counting these would also count the coder's errors; mean
    probabilities are right on average as far as the probabilities are calibrated. They were compared on held-out reports with
    counts that are adjusted by the confusion matrix, with expectation-maximisation of the prior (Saerens, Latinne & Decaestecker
    2002) and with plain counts; see docs/areas.md. 15 is the sum of 15a to 15d.

    The interval (95 %) is that of `emphasis.measures.intervals.rate_intervals` over paragraphs, those of more than four sentences cut
    into stretches of four, where the square of a stretch's expected number is that of its true one: with v = sum p (1 - p) over its sentences, coding adds 1.5 v. The 1.5 is how much more
    errors vary on held-out reports than independent ones would. An area that no sentence was coded as has 0 for its lower bound.
    Missing with fewer than four stretches.

    References
    ----------
    Bibliographic data agree in the libraries mlquantify and QuaPy; the paper was not read.

    Saerens, M., Latinne, P. & Decaestecker, C. (2002). Adjusting the outputs of a classifier to new a priori probabilities: a simple
    procedure. Neural Computation 14(1), 21-41.

    Parameters
    ----------
    sentences : DataFrame
        report_id, section_id, paragraph, text of S sentences, report by report.
    probabilities : int array of shape (S, K)
        In ten-thousandths.
    outline : DataFrame
        report_id, section_id, heading, role.
    scheme : Scheme
    roles : list of str
        The parts that are counted.

    Returns
    -------
    DataFrame
        report_id, part (whole, review, plan or section), section_id (empty for parts), area, n, share, low, high, share_characters,
        main (see `main_area`). Of parts all areas; of sections those with a sentence or a share of 0.005.
    """
    keys = zip(outline["report_id"], outline["section_id"], strict=True)
    role_of = dict(zip(keys, outline["role"], strict=True))
    headed = outline[outline["heading"] != ""]
    titled = set(zip(headed["report_id"], headed["section_id"], strict=True))
    role = np.array(
        [role_of.get(k, "") for k in zip(sentences["report_id"], sentences["section_id"], strict=True)], object
    )
    counted = np.flatnonzero(np.isin(role, roles))
    text = sentences.iloc[counted].reset_index(drop=True).assign(role=role[counted])
    report = text["report_id"].to_numpy(dtype=object)
    edges = [*np.flatnonzero(np.r_[True, report[1:] != report[:-1]]), len(report)] if len(report) else []
    tables = [
        _report_rows(text.iloc[start:stop].reset_index(drop=True), probabilities[counted[start:stop]], scheme, titled)
        for start, stop in pairwise(map(int, edges))
    ]
    columns = ["report_id", "part", "section_id", "area", "n", "share", "low", "high", "share_characters", "main"]
    return pd.concat(tables, ignore_index=True)[columns] if tables else pd.DataFrame(columns=columns)


def _report_rows(
    text: pd.DataFrame, probabilities: np.ndarray, scheme: Scheme, titled: set[tuple[str, str]]
) -> pd.DataFrame:
    names, groups = zip(*_groups(text), strict=True)
    listed = scheme.listed
    # Sparse: a file of nothing but headings has as many groups as sentences.
    places = (np.repeat(np.arange(len(groups)), [len(inside) for inside in groups]), np.concatenate(groups))
    held = sparse.csr_array((np.ones(len(places[0]), "int64"), places), shape=(len(groups), len(text)))
    p = _with_sums(probabilities, scheme)
    coded = np.zeros_like(probabilities)
    coded[np.arange(len(text)), probabilities.argmax(axis=1)] = 1
    length = np.array([len(visible(t)) for t in text["text"]], dtype="int64")
    characters = (held @ (p * length[:, None])) / np.maximum(held @ length, 1)[:, None] / UNIT
    sums, group = unit_sums(p, stretches(text), held)
    low, high = rate_intervals(sums, pooled_effect(sums, group))
    n, k = (held @ _with_sums(coded, scheme)).ravel(), len(listed)
    main = np.zeros((len(names), k), dtype=bool)
    shares = (held @ probabilities) / held.sum(axis=1)[:, None] / UNIT
    for row, ((_, section), inside) in enumerate(zip(names, groups, strict=True)):
        heading = probabilities[inside[0]] / UNIT if (text["report_id"].iloc[0], section) in titled else None
        main[row, listed.index(scheme.areas[main_area(shares[row], heading, scheme)])] = True
    table = pd.DataFrame(
        {
            "report_id": text["report_id"].iloc[0],
            "part": np.repeat(np.array([part for part, _ in names], dtype=object), k),
            "section_id": np.repeat(np.array([section for _, section in names], dtype=object), k),
            "area": np.tile(np.array(listed, dtype=object), len(names)),
            "n": n,
            "share": sums.rate,
            "low": np.where((n == 0) & ~np.isnan(low), 0.0, low),
            "high": high,
            "share_characters": characters.ravel(),
            "main": main.ravel(),
        }
    )
    numbers = ["share", "low", "high", "share_characters"]
    table[numbers] = table[numbers].clip(0, 1)
    return table[(table["part"] != SECTION) | (table["n"] > 0) | (table["share"] >= _LEAST) | table["main"]]


def main_area(shares: np.ndarray, heading: np.ndarray | None, scheme: Scheme) -> int:
    """The place of the area that a section or part is about.

    The one with the largest share; with a heading, of which the first sentence of a section is made, the largest of 3/4 share + 1/4
    probability of the heading, since what authors call a section is what they take it for. Of 15 each part is an area. No area is the
    main one only where more than half of the sentences have none.

    Parameters
    ----------
    shares : array of shape (K,)
    heading : array of shape (K,), optional
    scheme : Scheme
    """
    none = scheme.areas.index(NONE)
    if shares[none] > 1 / 2:
        return none
    weighed = shares if heading is None else (1 - _HEADING) * shares + _HEADING * heading
    # Rounded, so that the order of areas decides between equal ones.
    rounded = np.round(weighed, 6)
    rounded[none] = -1
    return int(rounded.argmax())


def _groups(text: pd.DataFrame) -> Iterator[tuple[tuple[str, str], np.ndarray]]:
    """Part and section, and which sentences are in it."""
    role = text["role"].to_numpy(dtype=object)
    for part in PARTS:
        inside = np.flatnonzero((role == part) | (part == _WHOLE))
        if len(inside):
            yield (part, ""), inside
    places: dict[str, list[int]] = {}
    for row, section_id in enumerate(text["section_id"]):
        for section in ancestors(section_id):
            places.setdefault(section, []).append(row)
    for section, rows in places.items():
        yield (SECTION, section), np.array(rows)


def _with_sums(values: np.ndarray, scheme: Scheme) -> np.ndarray:
    """Columns of areas as columns of what is listed: sums of parts among them."""
    column = {area: place for place, area in enumerate(scheme.areas)}
    sums = scheme.sums
    return np.stack(
        [values[:, [column[a] for a in sums.get(area, (area,))]].sum(axis=1) for area in scheme.listed], axis=1
    )


def stretches(text: pd.DataFrame) -> np.ndarray:
    """The number of the stretch of each sentence: paragraphs of a section, long ones cut after every fourth sentence."""
    paragraph = text.groupby(["section_id", "paragraph"], sort=False)
    pieces = text.assign(piece=paragraph.cumcount() // STRETCH)
    return pieces.groupby(["section_id", "paragraph", "piece"], sort=False).ngroup().to_numpy()


def unit_sums(p: np.ndarray, unit: np.ndarray, held: sparse.csr_array) -> tuple[UnitSums, np.ndarray]:
    """What the intervals need, of each group and area in this order, and the group of each.

    Parameters
    ----------
    p : int array of shape (S, K)
        Probabilities in ten-thousandths.
    unit : int array of shape (S,)
        Number of the stretch of each sentence.
    held : sparse int array of shape (G, S)
        1 where a group has a sentence; groups hold whole stretches.
    """
    n_units = int(unit.max(initial=-1)) + 1
    by_unit = sparse.csr_array((np.ones(len(unit), "int64"), (unit, np.arange(len(unit)))), shape=(n_units, len(unit)))
    size, expected, variance = np.bincount(unit, minlength=n_units), by_unit @ p, by_unit @ (p * (UNIT - p))
    of_groups = sparse.csr_array((held @ by_unit.T > 0).astype("int64"))
    squares = (of_groups @ expected**2 + CODING_ERROR * (of_groups @ variance)) / UNIT**2
    k = p.shape[1]
    total, size_squares, units = (
        np.repeat(of_groups @ values, k).astype("float64") for values in (size, size**2, size > 0)
    )
    n, with_size = (((of_groups @ values) / UNIT).ravel() for values in (expected, expected * size[:, None]))
    return UnitSums(n, total, squares.ravel(), with_size, size_squares, units), np.repeat(np.arange(held.shape[0]), k)


def diversity(shares: pd.DataFrame, scheme: Scheme) -> pd.DataFrame:
    """How widely the parts of a report spread over the major topics.

    With q the share of each of the M = 21 major topics (15 as one; sentences without an area left out) in the sentences that have
    one::

        entropy = - sum q ln q / ln M      0: all on one topic; 1: the same on each
        hhi     = sum q^2                  1: all on one topic; 1 / M: the same on each

    the normalised entropy of Shannon and the index of Herfindahl and Hirschman. ``n_areas`` is 1 / hhi: how many topics of equal
    shares would be as diverse.

    Parameters
    ----------
    shares : DataFrame
        As made by `share_rows`.
    scheme : Scheme

    Returns
    -------
    DataFrame
        report_id, part, first_area, first_share, entropy, hhi, n_areas; the first area is the topic (of 15 the whole) with the largest
        share.
    """
    topics = [area for area in dict.fromkeys(scheme.major[area] for area in scheme.areas) if area != NONE]
    parts = shares[(shares["part"] != SECTION) & shares["area"].isin(topics)]
    wide = parts.pivot(index=["report_id", "part"], columns="area", values="share")
    wide = wide.reindex(columns=topics).fillna(0.0)
    values = np.round(wide.to_numpy(dtype="float64"), 6)
    total = values.sum(axis=1, keepdims=True)
    q = values / np.where(total > 0, total, np.nan)
    logs = np.log(np.where(q > 0, q, 1.0))
    hhi = (q**2).sum(axis=1)
    table = wide.index.to_frame(index=False)
    first = np.array(topics, dtype="int64")[values.argmax(axis=1)]
    table["first_area"] = pd.array(first, dtype="Int64")
    table.loc[total[:, 0] == 0, "first_area"] = pd.NA
    table["first_share"] = values.max(axis=1, initial=0.0)
    table["entropy"] = np.abs((q * logs).sum(axis=1)) / np.log(len(topics))
    return table.assign(hhi=hhi, n_areas=1 / hhi)
