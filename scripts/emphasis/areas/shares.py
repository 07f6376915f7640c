"""Shares of areas in reports, their parts and sections, with intervals that hold sampling and coding error; diversity."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np
import pandas as pd
import pyarrow as pa
from scipy import sparse

from emphasis.areas.coder import UNIT
from emphasis.areas.scheme import NONE, Scheme
from emphasis.measures.frequency import PARTS
from emphasis.measures.intervals import UnitSums, pooled_effect, rate_intervals
from emphasis.sections import ancestors
from emphasis.store.codes import pair_codes, string_column
from emphasis.text import visible_lengths

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
    # As lists: going through a column of Arrow's strings one by one takes many times as long.
    outlined = [*zip(*(outline[name].tolist() for name in ("report_id", "section_id", "role", "heading")), strict=True)]
    role_of = {(report_id, section_id): role for report_id, section_id, role, _ in outlined}
    titled = {(report_id, section_id) for report_id, section_id, _, heading in outlined if heading}
    section, keys = pair_codes(sentences["report_id"], sentences["section_id"])
    is_counted = np.array([role_of.get(key, "") in roles for key in keys], dtype=bool)
    counted = np.flatnonzero(is_counted[section])
    numbers, places = np.cumsum(is_counted) - 1, np.flatnonzero(is_counted).tolist()
    text = _Counted(
        numbers[section[counted]],
        [(*keys[place], role_of[keys[place]]) for place in places],
        sentences["paragraph"].to_numpy(dtype="int64")[counted],
        visible_lengths(sentences["text"].to_numpy(dtype=object)[counted].tolist()),
    )
    table = _rows_of_groups(text, probabilities[counted], scheme, titled)
    return table[["report_id", "part", "section_id", "area", "n", "share", "low", "high", "share_characters", "main"]]


@dataclass(frozen=True)
class _Counted:
    """S sentences that are counted, of some reports.

    Attributes
    ----------
    section : int array of shape (S,)
        The number of each sentence's section.
    sections : sequence of tuples
        report_id, section_id and role of each section, in the order of the text.
    paragraph, length : int arrays of shape (S,)
        Paragraphs are numbered by report; lengths are in characters without white space.
    """

    section: np.ndarray
    sections: Sequence[tuple[str, str, str]]
    paragraph: np.ndarray
    length: np.ndarray


def _rows_of_groups(
    text: _Counted, probabilities: np.ndarray, scheme: Scheme, titled: set[tuple[str, str]]
) -> pd.DataFrame:
    # All reports at once: sums are of whole numbers, and nothing of one report enters the rows of another.
    groups, held = _groups(text)
    listed = scheme.listed
    p = _with_sums(probabilities, scheme)
    coded = np.zeros_like(probabilities)
    coded[np.arange(len(coded)), probabilities.argmax(axis=1)] = 1
    characters = (held @ (p * text.length[:, None])) / np.maximum(held @ text.length, 1)[:, None] / UNIT
    sums, group = unit_sums(p, stretches(text.section, text.paragraph), held)
    low, high = rate_intervals(sums, pooled_effect(sums, group))
    n, k = (held @ _with_sums(coded, scheme)).ravel(), len(listed)
    shares = (held @ probabilities) / held.sum(axis=1)[:, None] / UNIT
    has_heading = np.array([(report_id, section) in titled for report_id, _, section in groups], dtype=bool)
    headings = np.where(has_heading[:, None], probabilities[held.indices[held.indptr[:-1]]] / UNIT, np.nan)
    place = np.array([listed.index(area) for area in scheme.areas])
    main = np.zeros((len(groups), k), dtype=bool)
    main[np.arange(len(groups)), place[main_area(shares, headings, scheme)]] = True
    of_section = np.array([part == SECTION for _, part, _ in groups], dtype=bool)
    kept = np.flatnonzero(~np.repeat(of_section, k) | (n > 0) | (sums.rate >= _LEAST) | main.ravel())
    names = [pa.array(column, pa.string()) for column in zip(*groups, strict=True)] or [pa.array([], pa.string())] * 3
    return pd.DataFrame(
        {
            "report_id": string_column(names[0], kept // k),
            "part": string_column(names[1], kept // k),
            "section_id": string_column(names[2], kept // k),
            "area": string_column(pa.array(listed, pa.string()), kept % k),
            "n": n[kept],
            "share": sums.rate[kept].clip(0, 1),
            "low": np.where((n == 0) & ~np.isnan(low), 0.0, low)[kept].clip(0, 1),
            "high": high[kept].clip(0, 1),
            "share_characters": characters.ravel()[kept].clip(0, 1),
            "main": main.ravel()[kept],
        }
    )


def main_area(shares: np.ndarray, heading: np.ndarray | None, scheme: Scheme) -> np.ndarray:
    """The place of the area that a section or part is about.

    The one with the largest share; with a heading, of which the first sentence of a section is made, the largest of 3/4 share + 1/4
    probability of the heading, since what authors call a section is what they take it for. Of 15 each part is an area. No area is the
    main one only where more than half of the sentences have none.

    Parameters
    ----------
    shares : array of shape (..., K)
    heading : array of shape (..., K), optional
        Missing (NaN) in the rows of what has no heading.
    scheme : Scheme

    Returns
    -------
    int array of shape (...)
    """
    none = scheme.areas.index(NONE)
    weighed = shares
    if heading is not None:
        weighed = np.where(np.isnan(heading), shares, (1 - _HEADING) * shares + _HEADING * heading)
    # Rounded, so that the order of areas decides between equal ones.
    rounded = np.round(weighed, 6)
    rounded[..., none] = -1
    return np.where(shares[..., none] > 1 / 2, none, rounded.argmax(axis=-1))


def _groups(text: _Counted) -> tuple[list[tuple[str, str, str]], sparse.csr_array]:
    """Reports, parts and sections as report_id, part and section_id; 1 where one of them has a sentence.

    Report by report, first the parts, then the sections in the order of the text, each before those that it lies in.
    """
    places: dict[tuple[str, str, str], int] = {}
    links: list[tuple[int, int]] = []
    for report_id, numbered in groupby(enumerate(text.sections), key=lambda pair: pair[1][0]):
        own = [*numbered]
        roles = {_WHOLE, *(role for _, (_, _, role) in own)}
        for part in PARTS:
            if part in roles:
                places[report_id, part, ""] = len(places)
        for number, (_, section_id, role) in own:
            parts = dict.fromkeys((_WHOLE, role) if role in PARTS else (_WHOLE,))
            inside = [(report_id, part, "") for part in parts]
            inside += [(report_id, SECTION, section) for section in ancestors(section_id)]
            links += [(places.setdefault(key, len(places)), number) for key in inside]
    n_sections, n = len(text.sections), len(text.section)
    group, section = np.array(links, dtype="int64").reshape(-1, 2).T
    # Sparse: a file of nothing but headings has as many groups as sentences.
    of_sections = sparse.csr_array((np.ones(len(group), "int64"), (group, section)), shape=(len(places), n_sections))
    sentences = sparse.csr_array((np.ones(n, "int64"), (text.section, np.arange(n))), shape=(n_sections, n))
    held = sparse.csr_array(of_sections @ sentences)
    held.sort_indices()
    return [*places], held


def _with_sums(values: np.ndarray, scheme: Scheme) -> np.ndarray:
    """Columns of areas as columns of what is listed: sums of parts among them."""
    column = {area: place for place, area in enumerate(scheme.areas)}
    sums = scheme.sums
    return np.stack(
        [values[:, [column[a] for a in sums.get(area, (area,))]].sum(axis=1) for area in scheme.listed], axis=1
    )


def stretches(section: np.ndarray, paragraph: np.ndarray) -> np.ndarray:
    """The number of the stretch of each sentence: paragraphs of a section, long ones cut after every fourth sentence.

    Parameters
    ----------
    section, paragraph : int arrays of shape (S,)
        Numbers of the section and of the paragraph of each sentence.

    Returns
    -------
    int array of shape (S,)
        Numbered in the order in which stretches begin.

    Examples
    --------
    >>> stretches(np.array([0, 0, 0, 0, 0, 0, 1]), np.array([1, 2, 2, 2, 2, 2, 2])).tolist()
    [0, 1, 1, 1, 1, 2, 3]
    """
    place = pd.factorize(section * (paragraph.max(initial=0) + 1) + paragraph)[0]
    order = np.argsort(place, kind="stable")
    number = np.empty(len(place), dtype="int64")
    number[order] = np.arange(len(place)) - np.searchsorted(place[order], place[order])
    return np.asarray(pd.factorize(place * (len(place) + 1) + number // STRETCH)[0])


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
