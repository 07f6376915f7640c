"""Which clouds a report has, which words stand in them, and what their colours say."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from emphasis.figures.cloud import Cloud, Group, Word
from emphasis.figures.strings import say
from emphasis.figures.style import NEUTRAL, PLAN, REVIEW
from emphasis.figures.titles import report_title, shown_sections

_RATIO = 2.0
"""From this ratio of rates on, a word counts as more frequent here than there."""

_PARTS = ("whole", "review", "plan")


def report_clouds(tables: Mapping[str, pd.DataFrame], max_words: int, language: str) -> list[Cloud]:
    """The clouds of one report: the whole, its review, its plan, and each section of level 2.

    A section of level 1 without subsections gets a cloud too. Words are the most frequent ones, equal counts in the order
    of how much more frequent they are here than elsewhere. Colours in the clouds of the whole and of the parts compare the
    rates of review and plan; in the clouds of sections, the rate in the section with that in the rest of the report.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        reports, frequency, frequency_parts, sections of one report.
    max_words : int
    language : str
        Of titles, captions and what colours say.
    """
    title, parts, frequency = report_title(tables["reports"]), tables["frequency_parts"], tables["frequency"]
    clouds = [_part_cloud(title, part, parts, max_words, language) for part in _PARTS if (parts["part"] == part).any()]
    whole = parts[parts["part"] == "whole"].set_index("term")
    for section in shown_sections(tables["sections"]).itertuples(index=False):
        words = frequency[frequency["section_id"] == section.section_id]
        if len(words):
            clouds.append(_section_cloud(title, section, words.set_index("term"), whole, max_words, language))
    return clouds


def _part_cloud(title: str, part: str, parts: pd.DataFrame, max_words: int, language: str) -> Cloud:
    words = parts[parts["part"] == part].set_index("term")
    rates = {p: parts[parts["part"] == p].set_index("term")["per_10k"] for p in ("review", "plan")}
    review, plan = (rates[p].reindex(words.index).fillna(0.0) for p in ("review", "plan"))
    group = pd.Series(2, index=words.index)
    if len(rates["review"]) and len(rates["plan"]):
        group[(review >= _RATIO * plan) & (review > 0)] = 0
        group[(plan >= _RATIO * review) & (plan > 0)] = 1
    contrast = (review - plan).abs() if part == "whole" else (review - plan) * (1 if part == "review" else -1)
    return Cloud(
        part,
        f"{title}  {say(part, language)}",
        _caption(words, language),
        _chosen(words, group, contrast, max_words),
        _groups(language, {"cloud.review": REVIEW, "cloud.plan": PLAN, "cloud.equal": NEUTRAL}),
    )


def _groups(language: str, colours: Mapping[str, str]) -> tuple[Group, ...]:
    return tuple(Group(say(key, language), colour) for key, colour in colours.items())


def _section_cloud(
    title: str, section: Any, here: pd.DataFrame, whole: pd.DataFrame, max_words: int, language: str
) -> Cloud:
    section_id, number, heading = (getattr(section, name) for name in ("section_id", "number", "heading"))
    everywhere = whole.reindex(here.index)
    tokens_here, tokens_all = _tokens(here), _tokens(whole)
    elsewhere = everywhere["n"] - here["n"]
    rate_elsewhere = 10_000 * elsewhere / max(tokens_all - tokens_here, 1.0)
    group = pd.Series(2, index=here.index)
    group[here["per_10k"] >= _RATIO * rate_elsewhere] = 1
    group[elsewhere == 0] = 0
    contrast = here["per_10k"] - rate_elsewhere
    return Cloud(
        f"section-{section_id}",
        f"{title}  {number}{heading}",
        _caption(here, language),
        _chosen(here, group, contrast, max_words),
        _groups(language, {"cloud.only": PLAN, "cloud.twice": REVIEW, "cloud.other": NEUTRAL}),
    )


def _tokens(words: pd.DataFrame) -> float:
    """Tokens of the text that the rates were computed on."""
    first = words.iloc[0]
    return float(10_000 * first["n"] / first["per_10k"])


def _caption(words: pd.DataFrame, language: str) -> str:
    return say("cloud.size", language, counted=f"{round(_tokens(words)):,}")


def _chosen(words: pd.DataFrame, group: pd.Series[int], contrast: pd.Series[float], max_words: int) -> list[Word]:
    columns = {"n": words["n"], "rate": words["per_10k"], "group": group, "contrast": contrast.round(6)}
    table = pd.DataFrame(columns).reset_index()
    table = table.sort_values(["n", "contrast", "term"], ascending=[False, False, True]).head(max_words)
    return [Word(*row) for row in zip(*(table[c].tolist() for c in ("term", "n", "rate", "group")), strict=True)]
