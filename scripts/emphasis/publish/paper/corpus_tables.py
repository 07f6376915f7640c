"""The tables that a paper prints of all reports together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from emphasis.measures.dictionaries import Theme
from emphasis.publish.paper.area_tables import area_names
from emphasis.publish.paper.kit_words import WORDS, make_table, translate, words
from emphasis.publish.paper.level_tables import level_tables
from emphasis.publish.paper.table import Bilingual, Table
from emphasis.store.results import Row


def corpus_tables(
    reports: Sequence[Row], attention: Iterable[Row], areas: Iterable[Row], themes: Sequence[Theme], most: int
) -> list[Table]:
    """Tables over all reports; none for a single one.

    Parameters
    ----------
    reports, attention, areas : iterable of Row
        Of reports.csv, themes.csv and areas.csv, of all reports.
    themes : sequence of Theme
    most : int
        Reports that are listed.
    """
    if len(reports) < 2:
        return []
    of_themes: dict[str, dict[str, float]] = defaultdict(dict)
    for row in attention:
        if row["definition"] == "words" and row["part"] == "whole" and row["value"]:
            of_themes[row["theme"]][row["report_id"]] = float(row["value"])
    of_areas: dict[str, dict[str, float]] = defaultdict(dict)
    named: dict[str, Row] = {}
    for row in areas:
        if row["part"] == "whole":
            of_areas[row["area"]][row["report_id"]] = float(row["share"])
            named.setdefault(row["area"], row)
    labels = {theme.name: Bilingual(theme.label_en, theme.label) for theme in themes}
    made = [
        _reports_table(reports, most),
        *level_tables("area", reports, of_areas, area_names(named.values())),
        *level_tables("theme", reports, of_themes, labels),
    ]
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
