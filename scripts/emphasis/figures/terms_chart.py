"""Distinctive terms of each section: against the passages of peers on the same subject, or against the report's other sections."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from emphasis.figures.axis import Scale
from emphasis.figures.look import COLUMN, SMALL, Style, shade
from emphasis.figures.sheet import Sheet, message_sheet, section_rows
from emphasis.figures.strings import together
from emphasis.measures.nesting import choose_shown
from emphasis.measures.testing import MAX_Q

WORDS = 5
"""Terms of a section, at most."""

RARITY = (("none", shade(1.0)), ("few", shade(0.62)), ("most", shade(0.3)))
"""How many peers have a term, with colours that become lighter: none, at most half of them, more than half."""

_FOUND = (("distinct", shade(1.0)), ("not_distinct", shade(0.45)))
_LINE, _HEAD, _GAP = 0.27, 0.3, 0.16
_LABEL = 1.75


@dataclass(frozen=True)
class SectionTerms:
    """The terms of sections, and what the lengths and colours of their bars mean.

    Attributes
    ----------
    by_section : dict
        For each section that has any: term, n, value, mark, in their order.
    key : str
        Chooses the words of the picture: `terms` or `terms_tfidf`.
    base : float
        The value of a bar without length.
    """

    by_section: dict[str, pd.DataFrame]
    key: str
    base: float


def rarity(table: pd.DataFrame) -> pd.Series[str]:
    """The class of `RARITY` of each row of distinctive.csv."""
    most = table["peers_with"].gt(0.5).map({True: "most", False: "few"})
    return most.mask(table["peers_with"].eq(0) | table["new"], "none")


def against_peers(distinctive: pd.DataFrame, sections: list[str]) -> SectionTerms:
    """The terms that lists show of each section, by their shrunken ratio to the peers; rows of distinctive.csv of one report."""
    own = distinctive[(distinctive["part"] == "section") & distinctive["rank"].notna() & (distinctive["ratio"] > 1)]
    own = own.assign(value=own["ratio"], mark=rarity(own)).sort_values("rank", kind="stable")
    found = {str(section): rows.head(WORDS) for section, rows in own.groupby("section_id", observed=True)}
    columns = ["term", "n", "value", "mark"]
    return SectionTerms({s: found[s][columns].reset_index(drop=True) for s in sections if s in found}, "terms", 1.0)


def against_sections(tfidf: pd.DataFrame, keyness: pd.DataFrame, sections: list[str]) -> SectionTerms:
    """The terms of each section by TF-IDF, marked where keyness against the rest of the report has q < 0.05.

    `tfidf` and `keyness` are as in the tables, of one report. Names of the report's own region and sections without a term that
    occurs twice are left out.
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
            marks = ["distinct" if (section, term) in found else "not_distinct" for term in own["term"]]
            table = own[["term", "n", "tfidf"]].rename(columns={"tfidf": "value"})
            out[section] = table.assign(mark=marks).reset_index(drop=True)
    return SectionTerms(out, "terms_tfidf", 0.0)


def terms_chart(
    style: Style,
    title: str,
    sections: pd.DataFrame,
    distinctive: pd.DataFrame,
    tfidf: pd.DataFrame,
    keyness: pd.DataFrame,
) -> Sheet:
    """Small bars for each section, in two columns to be read downwards, all on one scale.

    Terms are ranked against the report's peers, and by TF-IDF in a report without peers.
    """
    shown, left_out = section_rows(sections)
    if not len(shown):
        return message_sheet(style, title, [style.say("no_sections")])
    ids = shown["section_id"].tolist()
    terms = against_peers(distinctive, ids)
    if not terms.by_section:
        terms = against_sections(tfidf, keyness, ids)
    if not terms.by_section:
        return message_sheet(style, title, [style.say("no_terms")])
    shown = shown[shown["section_id"].isin(terms.by_section)].reset_index(drop=True)
    used = {mark for table in terms.by_section.values() for mark in table["mark"]}
    colours = dict(RARITY if terms.key == "terms" else _FOUND)
    half = (len(shown) + 1) // 2
    tall = [_HEAD + _LINE * len(terms.by_section[section]) + _GAP for section in shown["section_id"]]
    rows = [max(tall[place::half]) for place in range(half)]
    more = style.say("left_out", n=left_out) if left_out else ""
    note = together(style.language, style.say(f"{terms.key}.note", words=WORDS, q=MAX_Q), more)
    sheet = Sheet(style, title, 0.75 + sum(rows), note)
    sheet.swatches(
        0.12, [(colour, style.say(f"mark.{mark}", q=MAX_Q)) for mark, colour in colours.items() if mark in used]
    )
    sheet.text(0.1, 0.48, style.say(f"{terms.key}.length"))
    longest = max(table["value"].max() for table in terms.by_section.values())
    for place, (section, number, heading) in enumerate(
        shown[["section_id", "number", "heading"]].itertuples(index=False)
    ):
        left, top = 0.1 + COLUMN / 2 * (place // half), 0.75 + sum(rows[: place % half])
        (name,) = style.wrap(f"{number}{heading}", COLUMN / 2 - 0.3, SMALL, 1) or [""]
        sheet.text(left, top + _HEAD / 2, name)
        scale = Scale(terms.base, longest, left + _LABEL, left + COLUMN / 2 - 0.55)
        for row, (term, n, value, mark) in enumerate(terms.by_section[section].itertuples(index=False)):
            y = top + _HEAD + _LINE * (row + 0.5)
            (cut,) = style.wrap(term, _LABEL - 0.08, SMALL, 1)
            sheet.text(left + _LABEL - 0.08, y, cut, align="right")
            sheet.bar(scale, y, value, 0.62 * _LINE, colours[mark])
            sheet.text(scale.at(value) + 0.05, y, f"{n}")
    return sheet
