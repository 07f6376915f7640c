"""Distinctive terms of each section: those with the highest TF-IDF, marked if the keyness test confirms them."""

from __future__ import annotations

import pandas as pd
from matplotlib.figure import Figure

from emphasis.figures.style import COLUMN, NEUTRAL, PLAN, SMALL, Sheet, Style, message_figure, section_rows, wrap
from emphasis.measures.nesting import choose_shown
from emphasis.measures.testing import MAX_Q

WORDS = 5
"""Terms of a section, at most."""

_LINE, _HEAD, _GAP = 0.27, 0.3, 0.16
_LABEL = 1.75


def distinctive_terms(tfidf: pd.DataFrame, keyness: pd.DataFrame, sections: list[str]) -> dict[str, pd.DataFrame]:
    """The terms of each section: term, n, tfidf, and whether keyness against the rest of the report has q < 0.05.

    `tfidf` and `keyness` are as in the tables, of one report. Names of the report's own region and
    sections without a term that occurs twice are left out.
    """
    tested = keyness[(keyness["comparison"] == "section") & (keyness["log_odds"] > 0)]
    found = set(zip(*(tested.loc[tested["q_bh"] < MAX_Q, name] for name in ("target", "term")), strict=True))
    shown = tfidf[(tfidf["n"] >= 2) & ~tfidf["term"].isin(keyness.loc[keyness["own_place"], "term"])]
    repeated = shown.sort_values(["tfidf", "n", "term"], ascending=[False, False, True], kind="stable")
    out = {}
    for section in sections:
        own = repeated[repeated["section_id"] == section]
        own = own.iloc[choose_shown(own["term"], own["within"].fillna(""), WORDS)]
        if len(own):
            marks = [(section, term) in found for term in own["term"]]
            out[section] = own[["term", "n", "tfidf"]].assign(distinct=marks).reset_index(drop=True)
    return out


def terms_chart(style: Style, title: str, sections: pd.DataFrame, tfidf: pd.DataFrame, keyness: pd.DataFrame) -> Figure:
    """Small bars for each section, in two columns to be read downwards, all on one scale."""
    shown, left_out = section_rows(sections)
    if not len(shown):
        return message_figure(style, title, [style.say("no_sections")])
    words = distinctive_terms(tfidf, keyness, shown["section_id"].tolist())
    if not words:
        return message_figure(style, title, [style.say("no_terms")])
    shown = shown[shown["section_id"].isin(words)].reset_index(drop=True)
    longest = max(table["tfidf"].max() for table in words.values())
    half = (len(shown) + 1) // 2
    block = _HEAD + _LINE * WORDS + _GAP
    any_distinct = any(table["distinct"].any() for table in words.values())
    note = style.say("terms.note", words=WORDS) + ("" if any_distinct else style.say("terms.none"))
    note += style.say("left_out", n=left_out) if left_out else ""
    sheet = Sheet(style, title, 0.75 + block * half, note)
    legend = [(PLAN, style.say("distinct", q=MAX_Q))] if any_distinct else []
    sheet.swatches(0.12, [*legend, (NEUTRAL, style.say("not_distinct"))])
    sheet.text(0.1, 0.48, style.say("tfidf"))
    wide = COLUMN / 2
    headed = shown[["section_id", "number", "heading"]]
    for place, (section, number, heading) in enumerate(headed.itertuples(index=False)):
        left, top = 0.1 + wide * (place // half), 0.75 + block * (place % half)
        (name,) = wrap(f"{number}{heading}", wide - 0.3, SMALL, 1) or [""]
        sheet.text(left, top + _HEAD / 2, name, weight="normal")
        table = words[section]
        bars = sheet.axes(left + _LABEL, top + _HEAD, wide - _LABEL - 0.2, _LINE * len(table))
        colours = [PLAN if mark else NEUTRAL for mark in table["distinct"]]
        bars.barh([row + 0.5 for row in range(len(table))], table["tfidf"], height=0.62, color=colours)
        bars.set_xlim(0, 1.22 * longest)
        bars.set_ylim(len(table), 0)
        for row, (term, n, value) in enumerate(table[["term", "n", "tfidf"]].itertuples(index=False)):
            (cut,) = wrap(term, _LABEL - 0.08, SMALL, 1)
            sheet.text(left + _LABEL - 0.08, top + _HEAD + _LINE * (row + 0.5), cut, ha="right")
            at = (value, row + 0.5)
            bars.annotate(f"{n}", at, (1.5, 0), textcoords="offset points", va="center", fontproperties=style.face())
    return sheet.figure
