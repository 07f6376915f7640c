"""Every chart of one report, and every chart of several."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path

import pandas as pd

from emphasis.figures.across import regions_chart, theme_panel, trends_chart
from emphasis.figures.areas_chart import area_names, areas_chart
from emphasis.figures.distinctive_chart import distinctive_chart
from emphasis.figures.look import Style
from emphasis.figures.network_chart import graphml, network_chart
from emphasis.figures.pairs_chart import pairs_chart
from emphasis.figures.profile import profile_chart
from emphasis.figures.sheet import Sheet, draw_sheets
from emphasis.figures.shown import report_names, report_title
from emphasis.figures.standing_chart import Names, standing_chart, target_names
from emphasis.figures.targets_chart import comparable_rows, targets_chart
from emphasis.figures.terms_chart import terms_chart
from emphasis.figures.themes_chart import themes_chart
from emphasis.figures.topics_chart import TopicTables, topics_chart
from emphasis.measures.dictionaries import Theme
from emphasis.store.atomic import write_text
from emphasis.targets.indicators import Variable

PER_REPORT = ("distinctive", "standing", "areas", "profile", "themes", "terms", "topics", "targets", "network")
ACROSS = ("trends", "regions", "reuse", "similarity")
"""Names of the charts."""

# Roughly as reports take them up; dictionaries of the user's come after these, by name.
_THEME_ORDER = (
    *("industry", "science_innovation", "digital_economy", "opening_up", "rural_revitalisation"),
    *("environment", "environment_extended", "livelihood", "culture", "safety_risk", "government"),
)


def theme_labels(themes: Sequence[Theme], language: str) -> dict[str, str]:
    """The label of each theme in a language, in the one order that all charts have."""
    places = {name: place for place, name in enumerate(_THEME_ORDER)}
    ordered = sorted(themes, key=lambda theme: (places.get(theme.name, len(places)), theme.name))
    return {theme.name: theme.label_en if language == "en" else theme.label for theme in ordered}


def report_figures(
    style: Style,
    tables: Mapping[str, pd.DataFrame],
    topics: TopicTables,
    themes: Sequence[Theme],
    variables: Sequence[Variable],
) -> dict[str, Sheet]:
    """The charts `PER_REPORT`; one that has nothing to show says why.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        reports, sections, theme_sections, themes, tfidf, keyness, target_pairs, distinctive, missing, standing, areas,
        sentence_areas, nodes, edges, of one report.
    variables : sequence of Variable
        The targets that are compared with those of peers, as in config/panel_targets.tsv.
    """
    name, sections = report_title(tables["reports"]), tables["sections"]
    report_id = str(tables["reports"].iloc[0]["report_id"])
    labels = theme_labels(themes, style.language)
    titles = {key: style.say(f"{key}.title", report=name) for key in PER_REPORT}
    distinctive, standing, areas = tables["distinctive"], tables["standing"], tables["areas"]
    names = Names(labels, area_names(areas, style.language), *target_names(variables, style.language))
    return {
        "distinctive": distinctive_chart(style, titles["distinctive"], distinctive, tables["missing"]),
        "standing": standing_chart(style, titles["standing"], standing, names),
        "areas": areas_chart(style, titles["areas"], sections, tables["sentence_areas"], areas, standing),
        "profile": profile_chart(style, titles["profile"], sections, tables["theme_sections"], labels),
        "themes": themes_chart(style, titles["themes"], tables["themes"], labels),
        "terms": terms_chart(style, titles["terms"], sections, distinctive, tables["tfidf"], tables["keyness"]),
        "topics": topics_chart(style, titles["topics"], report_id, sections, topics),
        "targets": targets_chart(style, titles["targets"], comparable_rows(style, tables["target_pairs"])),
        "network": network_chart(style, titles["network"], tables["nodes"], tables["edges"]),
    }


def draw_report(
    tables: Mapping[str, pd.DataFrame],
    folder: Path,
    *,
    themes: Sequence[Theme],
    variables: Sequence[Variable],
    many_reports: bool,
    language: str,
    weight: int,
) -> None:
    """Draw the charts of one report into a folder, and write its network of terms there for other programs.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        Those of `report_figures`, and topic_sections, topic_diagnostics, topic_verdicts.
    many_reports : bool
        See `TopicTables`.
    weight : int
        Of the typeface, 100 to 900.
    """
    sections, diagnostics, verdicts = (tables[f"topic_{name}"] for name in ("sections", "diagnostics", "verdicts"))
    topics = TopicTables(sections, diagnostics, verdicts, many_reports)
    charts = partial(report_figures, tables=tables, topics=topics, themes=themes, variables=variables)
    draw_sheets(charts, language, weight, folder)
    write_text(folder / "network.graphml", graphml(tables["nodes"], tables["edges"]))


def across_figures(style: Style, tables: Mapping[str, pd.DataFrame], themes: Sequence[Theme]) -> dict[str, Sheet]:
    """The charts `ACROSS`, of the tables reports, themes, reuse, similarity; one that has nothing to show says why."""
    reports = tables["reports"]
    labels, panel = theme_labels(themes, style.language), theme_panel(reports, tables["themes"])
    names = report_names(reports)
    order = [*panel["report_id"], *sorted(set(names) - set(panel["report_id"]))]
    reuse = tables["reuse"][tables["reuse"]["section"] == "all"].rename(columns={"share": "value"})
    similarity = tables["similarity"].rename(columns={"cosine": "value"})
    return {
        "trends": trends_chart(style, style.say("trends.title"), panel, labels),
        "regions": regions_chart(style, style.say("regions.title"), panel, labels),
        "reuse": pairs_chart(style, "reuse", reuse, names, order, percent=True),
        "similarity": pairs_chart(style, "similarity", similarity, names, order, percent=False),
    }
