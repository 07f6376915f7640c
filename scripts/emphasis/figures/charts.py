"""Every chart of one report, and every chart of several."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
from matplotlib.figure import Figure

from emphasis.figures.across import matrix_chart, regions_chart, theme_panel, trends_chart
from emphasis.figures.network import CANDIDATES, LEAST_SENTENCES, network_chart
from emphasis.figures.profile import profile_chart
from emphasis.figures.strings import report_names, report_title
from emphasis.figures.style import Style
from emphasis.figures.targets_chart import comparable_rows, targets_chart
from emphasis.figures.terms_chart import terms_chart
from emphasis.figures.themes_chart import themes_chart
from emphasis.figures.topics_chart import TopicTables, topics_chart
from emphasis.measures.dictionaries import Theme
from emphasis.measures.similarity import cooccurrence

PER_REPORT = ("profile", "themes", "terms", "topics", "targets", "network")
ACROSS = ("trends", "regions", "reuse", "similarity")
"""Names of the charts."""


def theme_labels(themes: Sequence[Theme], language: str) -> dict[str, str]:
    """The label of each theme in a language, in the order of their names."""
    return {t.name: t.label_en if language == "en" else t.label for t in sorted(themes, key=lambda t: t.name)}


def report_figures(
    style: Style,
    tables: Mapping[str, pd.DataFrame],
    counted: pd.DataFrame,
    topics: TopicTables,
    themes: Sequence[Theme],
) -> dict[str, Figure]:
    """The charts `PER_REPORT`; one that has nothing to show says why.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        reports, sections, theme_sections, themes, tfidf, keyness, target_pairs, of one report.
    counted : DataFrame
        sentence_id, token, keyword: the report's counted tokens, as made by `emphasis.measures.counts.keyword_tokens`.
    """
    name, sections = report_title(tables["reports"]), tables["sections"]
    report_id = str(tables["reports"].iloc[0]["report_id"])
    labels = theme_labels(themes, style.language)
    titles = {key: style.say(f"{key}.title", report=name) for key in PER_REPORT}
    n_sentences = counted["sentence_id"].nunique()
    pairs = cooccurrence(counted[counted["keyword"]], n_sentences, CANDIDATES, LEAST_SENTENCES)
    return {
        "profile": profile_chart(style, titles["profile"], sections, tables["theme_sections"], labels, len(counted)),
        "themes": themes_chart(style, titles["themes"], tables["themes"], labels),
        "terms": terms_chart(style, titles["terms"], sections, tables["tfidf"], tables["keyness"]),
        "topics": topics_chart(style, titles["topics"], report_id, sections, topics),
        "targets": targets_chart(style, titles["targets"], comparable_rows(tables["target_pairs"])),
        "network": network_chart(style, titles["network"], pairs, n_sentences),
    }


def across_figures(style: Style, tables: Mapping[str, pd.DataFrame], themes: Sequence[Theme]) -> dict[str, Figure]:
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
        "reuse": matrix_chart(style, "reuse", reuse, names, order, percent=True),
        "similarity": matrix_chart(style, "similarity", similarity, names, order, percent=False),
    }
