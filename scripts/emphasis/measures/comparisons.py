"""What is compared with what: sections, parts, reports, years."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np
import pandas as pd

from emphasis.measures.counts import coded
from emphasis.measures.keyness import LEVEL, Comparison, Significance, test
from emphasis.measures.paragraphs import Paragraphs
from emphasis.sections import ancestors

Chosen = tuple[np.ndarray, np.ndarray, list[Comparison]]
"""The U paragraphs of target and reference, by their places; which of them are the target's in each of T comparisons, shape
(T, U); and what these are called."""


def within(paragraphs: Paragraphs, sections: pd.DataFrame) -> Iterator[Chosen]:
    """Each section against the rest of its report, and each plan against its review.

    The sections are the headings of level 2, and those of level 1 that have none below them.

    Parameters
    ----------
    paragraphs : Paragraphs
        Of one or more reports.
    sections : DataFrame
        report_id, section_id, parent_id, level.
    """
    (report, reports), (section, names) = (coded(paragraphs.units[name]) for name in ("report_id", "section_id"))
    holders = [set(ancestors(name)) for name in names.to_pylist()]
    role = paragraphs.units["role"].to_numpy(dtype=object)
    headings = _headings(sections)
    for i, report_id in enumerate(reports.to_pylist()):
        rows = np.flatnonzero(report == i)
        own, place = np.unique(section[rows], return_inverse=True)
        held = np.array([[name in holders[s] for s in own] for name in headings[report_id]], dtype=bool)
        inside = held.reshape(-1, len(own))[:, place]
        # Those that leave a rest.
        kept = np.flatnonzero(inside.any(axis=1) & ~inside.all(axis=1))
        if len(kept):
            called = [Comparison("section", report_id, headings[report_id][k], "rest") for k in kept]
            yield rows, inside[kept], called
        rows = rows[(role[rows] == "plan") | (role[rows] == "review")]
        plan = role[rows] == "plan"
        if plan.any() and not plan.all():
            yield rows, plan[None, :], [Comparison("part", report_id, "plan", "review")]


def _headings(sections: pd.DataFrame) -> dict[str, list[str]]:
    """The sections of each report that are compared."""
    columns = (sections[name].tolist() for name in ("report_id", "section_id", "parent_id", "level"))
    rows = list(zip(*columns, strict=True))
    parents = {(report_id, parent_id) for report_id, _, parent_id, level in rows if level == 2}
    found: dict[str, list[str]] = {report_id: [] for report_id, *_ in rows}
    for report_id, section_id, _, level in rows:
        if level == 2 or (level == 1 and (report_id, section_id) not in parents):
            found[report_id].append(section_id)
    return found


def year_pairs(reports: pd.DataFrame) -> list[tuple[str, str]]:
    """Each report with that of the year before of the same region; of several for one year the first by name."""
    known = reports[reports["year"].notna() & (reports["region"] != "")].sort_values("report_id")
    place = known["adcode"].where(known["adcode"] != "", known["region"])
    first: dict[tuple[str, int], str] = {}
    for key, year, report_id in zip(place, known["year"], known["report_id"], strict=True):
        first.setdefault((key, int(year)), report_id)
    return sorted((report_id, first[p, y - 1]) for (p, y), report_id in first.items() if (p, y - 1) in first)


def keyness_tables(
    paragraphs: Paragraphs, chosen: Iterable[Chosen], significance: Significance
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """keyness.csv and keyness_comparisons.csv.

    Of a section the rows are the words that it has, and those that it lacks when that is significant; of plan and review
    every tested word is listed.
    """
    found: list[dict[str, np.ndarray]] = []
    made: list[Comparison] = []
    verdicts: list[dict[str, object]] = []
    sizes: list[np.ndarray] = []
    for rows, targets, comparisons in chosen:
        tests = test(paragraphs.pool(rows, significance.min_n), targets, comparisons, significance)
        every = np.array([comparison.comparison != "section" for comparison in comparisons])[:, None]
        kept = every | (tests.n_target > 0) | (tests.q < LEVEL)
        found.append(tests.columns(kept))
        sizes.append(kept.sum(axis=1))
        made += comparisons
        verdicts += tests.verdicts()
    if not found:
        return pd.DataFrame(), pd.DataFrame()
    columns = {name: np.concatenate([part[name] for part in found]) for name in found[0]}
    about = pd.DataFrame(list(map(vars, made)))
    of_row = np.repeat(np.arange(len(made)), np.concatenate(sizes))
    texts = {name: pd.Categorical(values).take(of_row) for name, values in about.items()}
    texts["term"] = pd.Categorical.from_codes(columns.pop("word"), pd.Index(paragraphs.vocabulary))
    return pd.DataFrame(columns | texts), pd.concat([about, pd.DataFrame(verdicts)], axis=1)
