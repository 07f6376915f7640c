"""What is compared with what: sections, parts, reports, years."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from emphasis.measures.keyness import LEVEL, Comparison, Significance, test
from emphasis.measures.paragraphs import Paragraphs
from emphasis.sections import ancestors

Chosen = tuple[Paragraphs, np.ndarray, Comparison]
"""Target and reference together, which paragraphs are the target's, and what the comparison is called."""


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
    units = paragraphs.units
    targets = {str(report_id): _targets(own) for report_id, own in sections.groupby("report_id")}
    for report_id in sorted(set(units["report_id"])):
        pool = paragraphs.rows((units["report_id"] == report_id).to_numpy())
        held = {s: set(ancestors(s)) for s in pool.units["section_id"].unique()}
        for section_id in targets[report_id]:
            inside = pool.units["section_id"].isin([s for s, holders in held.items() if section_id in holders])
            if 0 < inside.sum() < len(inside):
                yield pool, inside.to_numpy(dtype=bool), Comparison("section", report_id, section_id, "rest")
        role = pool.units["role"]
        pair = pool.rows(role.isin(["plan", "review"]).to_numpy())
        plan = (pair.units["role"] == "plan").to_numpy()
        if 0 < plan.sum() < len(plan):
            yield pair, plan, Comparison("part", report_id, "plan", "review")


def year_pairs(reports: pd.DataFrame) -> list[tuple[str, str]]:
    """Each report with that of the year before of the same region; of several for one year the first by name."""
    known = reports[reports["year"].notna() & (reports["region"] != "")].sort_values("report_id")
    place = known["adcode"].where(known["adcode"] != "", known["region"])
    first: dict[tuple[str, int], str] = {}
    for key, year, report_id in zip(place, known["year"], known["report_id"], strict=True):
        first.setdefault((key, int(year)), report_id)
    return sorted((report_id, first[p, y - 1]) for (p, y), report_id in first.items() if (p, y - 1) in first)


def keyness_tables(chosen: Iterator[Chosen], significance: Significance) -> tuple[pd.DataFrame, pd.DataFrame]:
    """keyness.csv and keyness_comparisons.csv.

    Of a section the rows are the words that it has, and those that it lacks when that is significant; of plan and review
    every tested word is listed.
    """
    found: dict[str, list[np.ndarray]] = {}
    names: dict[str, list[str]] = {}
    verdicts, sizes = [], []
    last: Paragraphs | None = None
    for pool, target, comparison in chosen:
        if pool is not last:
            last, tested = pool, pool.common(significance.min_n)
        columns, verdict = test(tested, target, comparison, significance)
        kept = np.ones(len(columns["term"]), dtype=bool)
        if comparison.comparison == "section":
            kept = (columns["n_target"] > 0) | (columns["q_bh"] < LEVEL)
        for name, values in columns.items():
            found.setdefault(name, []).append(values[kept])
        for name, value in vars(comparison).items():
            names.setdefault(name, []).append(value)
        sizes.append(int(kept.sum()))
        verdicts.append(vars(comparison) | verdict)
    columns = {name: np.concatenate(parts) for name, parts in found.items()}
    columns |= {name: np.repeat(np.array(values, dtype=object), sizes) for name, values in names.items()}
    return pd.DataFrame(columns), pd.DataFrame(verdicts)


def _targets(sections: pd.DataFrame) -> list[str]:
    second = sections[sections["level"] == 2]
    first = sections[(sections["level"] == 1) & ~sections["section_id"].isin(second["parent_id"])]
    return [*first["section_id"], *second["section_id"]]
