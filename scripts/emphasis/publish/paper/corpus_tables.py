"""The tables that a paper prints of all reports together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from statistics import fmean, median, stdev

from emphasis.measures.dictionaries import Theme
from emphasis.publish.paper.table import Bilingual, Cell, PaperColumn, Table, format_number
from emphasis.publish.paper.wording import WORDS, make_table, translate, words
from emphasis.store.results import Row

LATEST_YEARS = 8


def corpus_tables(reports: Sequence[Row], attention: Iterable[Row], themes: Sequence[Theme], most: int) -> list[Table]:
    """Tables over all reports; none for a single one.

    Parameters
    ----------
    reports, attention : iterable of Row
        Of reports.csv and of themes.csv, of all reports.
    themes : sequence of Theme
    most : int
        Reports that are listed.
    """
    if len(reports) < 2:
        return []
    shares: dict[str, dict[str, float]] = defaultdict(dict)
    for row in attention:
        if row["definition"] == "words" and row["part"] == "whole" and row["value"]:
            shares[row["theme"]][row["report_id"]] = float(row["value"])
    years = {row["report_id"]: row["year"] for row in reports}
    made = [_reports_table(reports, most), _summary_table(shares, themes), _years_table(shares, years, themes)]
    return [one for one in made if one.rows]


def _reports_table(reports: Sequence[Row], most: int) -> Table:
    lines = [
        (
            row["region"] or row["report_id"],
            translate(row["region_level"]),
            row["year"],
            row["n_chars"],
            str(int(row["n_level1"]) + int(row["n_level2"])),
            translate(row["confidence"]),
        )
        for row in reports[:most]
    ]
    more = [words("reports.more", most=most, n=len(reports))] if len(reports) > most else []
    return make_table("reports", lines, WORDS["reports.note"], *more)


def _summary_table(shares: Mapping[str, Mapping[str, float]], themes: Sequence[Theme]) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for theme in themes:
        values = list(shares.get(theme.name, {}).values())
        if values:
            spread = stdev(values) if len(values) > 1 else ""
            statistics = (fmean(values), spread, min(values), median(values), max(values))
            name = Bilingual(theme.label_en, theme.label)
            rows.append((name, str(len(values)), *(format_number(_round(value), 2, 100) for value in statistics)))
    return make_table("theme-summary", rows, WORDS["theme-summary.note"])


def _years_table(shares: Mapping[str, Mapping[str, float]], years: Mapping[str, str], themes: Sequence[Theme]) -> Table:
    shown = sorted({year for year in years.values() if year})[-LATEST_YEARS:]
    rows: list[tuple[Cell, ...]] = []
    for theme in themes if len(shown) > 1 else []:
        by_year = defaultdict(list)
        for report_id, value in shares.get(theme.name, {}).items():
            by_year[years.get(report_id, "")].append(value)
        means = (format_number(_round(fmean(by_year[year])) if by_year[year] else "", 2, 100) for year in shown)
        rows.append((Bilingual(theme.label_en, theme.label), *means))
    heads = [PaperColumn(Bilingual(year, year), "number") for year in shown]
    return make_table("theme-years", rows, WORDS["theme-years.note"], more_columns=heads)


def _round(value: float | str) -> float | str:
    # The last bits of a mean may differ between processors; the digits printed may not.
    return value if isinstance(value, str) else round(value, 9)


TOPIC_WORDS = 8


def topic_tables(
    topics: Sequence[Row], shares: Sequence[Row], diagnostics: Sequence[Row], sections: Sequence[Row]
) -> list[Table]:
    """The topics of each model with their shares of the parts of the report, and the diagnostics of the model.

    Parameters
    ----------
    topics, shares, diagnostics : sequence of Row
        Of topics.csv, topic_sections.csv and topic_diagnostics.csv.
    sections : sequence of Row
        Of the report; empty for a model of several reports, whose topics are then listed without shares.
    """
    # A part is a heading of level 1 in the review or the plan; only their shares fit next to the words.
    parts = [row for row in sections if row["level"] == "1" and row["role"] in ("review", "plan")]
    heads = [PaperColumn(words("topics.share", heading=part["heading"]), "number") for part in parts]
    made = []
    for model in sorted({row["model"] for row in topics}):
        share = {(r["section_id"], r["topic"]): r["prevalence"] for r in shares if r["model"] == model}
        terms: dict[int, list[str]] = defaultdict(list)
        for row in sorted(topics, key=lambda r: (int(r["topic"]), int(r["rank"]))):
            if row["model"] == model:
                terms[int(row["topic"])].append(row["term"])
        lines = [
            (
                str(topic),
                "、".join(first[:TOPIC_WORDS]),
                *(format_number(share.get((part["section_id"], str(topic)), ""), 1, 100) for part in parts),
            )
            for topic, first in terms.items()
        ]
        # Measures of a single report (coverage:<report_id>) would be as many as there are reports.
        verdicts = [row for row in diagnostics if row["model"] == model and ":" not in row["measure"]]
        name = "topics" if model.startswith("self:") else f"topics-{model.replace(':', '-')}"
        notes = [_verdict_note(row) for row in verdicts if row["null_high"]]
        made.append(make_table("topics", lines, *notes, name=name, more_columns=heads))
        # The diagnostics of a model of all reports are among the tables of all reports.
        if model.startswith("self:") or not sections:
            made.append(_diagnostics_table(f"{name}-diagnostics", verdicts))
    return made


def _verdict_note(row: Row) -> Bilingual:
    value, low, high = (format_number(row[name], 2) for name in ("value", "null_low", "null_high"))
    measure, verdict = translate(row["measure"]), translate(row["verdict"])
    return words("topics.verdict", measure=measure, verdict=verdict, value=value, low=low, high=high)


def _diagnostics_table(name: str, verdicts: Sequence[Row]) -> Table:
    lines = [
        (
            translate(row["measure"]),
            row["k"],
            *(format_number(row[column], 3) for column in ("value", "null_low", "null_high")),
            translate(row["verdict"]),
        )
        for row in verdicts
    ]
    return make_table("diagnostics", lines, WORDS["diagnostics.note"], name=name)
