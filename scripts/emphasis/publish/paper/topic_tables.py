"""The tables that a paper prints of topic models: topics with their words and shares, and what they can be believed for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from emphasis.publish.paper.kit_words import WORDS, make_table, translate, words
from emphasis.publish.paper.table import MISSING, Bilingual, Cell, Table, format_number
from emphasis.store.results import Row

TOPIC_WORDS = 8
_BESIDE_SHARES = 5
"""Words that fit beside shares."""


def topic_tables(topics: Sequence[Row], diagnostics: Sequence[Row], changes: Sequence[Row] | None) -> list[Table]:
    """The topics of each model, in a report with their shares of review and plan, and the diagnostics of the model.

    Parameters
    ----------
    topics, diagnostics : sequence of Row
        Of topics.csv and topic_diagnostics.csv.
    changes : sequence of Row, optional
        Of the report in topic_changes.csv; none for models of several reports, whose topics are then listed without shares.
    """
    made = []
    for model in sorted({row["model"] for row in topics}):
        own = [
            row for row in changes or () if row["model"] == model and (row["comparison"], row["reference"]) == _PARTS
        ]
        share = {row["topic"]: row for row in own}
        terms: dict[int, list[Row]] = defaultdict(list)
        for row in sorted(topics, key=lambda r: (int(r["topic"]), int(r["rank"]))):
            if row["model"] == model:
                terms[int(row["topic"])].append(row)
        lines: list[tuple[Cell, ...]] = []
        for topic, first in terms.items():
            chosen = first[: _BESIDE_SHARES if own else TOPIC_WORDS]
            named = (first[0]["label"] or str(topic), "、".join(row["term"] for row in chosen))
            lines.append((*named, *_shares(share.get(str(topic)))) if own else named)
        # Measures of a single report (coverage:<report_id>) would be as many as there are reports.
        verdicts = [row for row in diagnostics if row["model"] == model and ":" not in row["measure"]]
        name = "topics" if model.startswith("self:") else f"topics-{model.replace(':', '-')}"
        notes = [_verdict_note(row) for row in verdicts if row["null_high"]]
        title = WORDS["topics.own" if model.startswith("self:") else f"topics.{model.partition(':')[0]}"]
        shape = "topics-parts" if own else "topics"
        made.append(make_table(shape, lines, *notes, name=name, title=title))
        # The diagnostics of a model of all reports are among the tables of all reports.
        if model.startswith("self:") or changes is None:
            rows = _diagnostics_rows(verdicts)
            title = words("diagnostics.of", title=title)
            made.append(
                make_table("diagnostics", rows, WORDS["diagnostics.note"], name=f"{name}-diagnostics", title=title)
            )
    return made


_PARTS = ("part", "review")
"""Comparison and reference of a row that compares the plan with the review."""


def _shares(row: Row | None) -> tuple[str, ...]:
    if row is None:
        return (MISSING,) * 3
    review, plan, change = (format_number(row[name], 1, 100) for name in ("reference_share", "share", "difference"))
    low, high = (format_number(row[name], 1, 100) for name in ("low", "high"))
    return review, plan, f"{change} ({low}, {high})" if row["low"] and row["high"] else change


def _verdict_note(row: Row) -> Bilingual:
    value, low, high = (format_number(row[name], 2) for name in ("value", "null_low", "null_high"))
    measure, verdict = translate(row["measure"]), translate(row["verdict"])
    return words("topics.verdict", measure=measure, verdict=verdict, value=value, low=low, high=high)


_FIRST = ("n_documents", "n_words", "coherence_npmi", "stability_jaccard", "model")
_ORDER_OF_MODELS = "place"
"""Which model is read first; no measure of how far it can be believed."""


def _diagnostics_rows(verdicts: Sequence[Row]) -> list[tuple[Cell, ...]]:
    listed = [row for row in verdicts if row["measure"] != _ORDER_OF_MODELS]
    listed.sort(key=lambda row: _FIRST.index(row["measure"]) if row["measure"] in _FIRST else len(_FIRST))
    return [
        (
            translate(row["measure"]),
            *(_diagnostic(row[column], row["measure"]) for column in ("value", "null_low", "null_high")),
            translate(row["verdict"]),
        )
        for row in listed
    ]


def _diagnostic(value: str, measure: str) -> str:
    if value and measure.startswith("n_"):
        return f"{int(float(value)):,}"
    return format_number(value, 2)
