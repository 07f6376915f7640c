"""Which clouds a report has, which words stand in them, and what their colours say."""

from __future__ import annotations

import pandas as pd

from emphasis.figures.cloud import Cloud, Group, Word
from emphasis.figures.titles import report_title

_WARM, _COOL, _PLAIN = "#9c2a00", "#2b6ca3", "#6e7781"

_RATIO = 2.0
"""From this ratio of rates on, a word counts as more frequent here than there."""

_HALVES = (
    Group("回顾部分的频率为安排部分的2倍以上 · at least twice as frequent in the review", _COOL),
    Group("安排部分的频率为回顾部分的2倍以上 · at least twice as frequent in the plan", _WARM),
    Group("两部分相近 · about equal", _PLAIN),
)
_SECTION = (
    Group("仅见于本节 · only in this section", _WARM),
    Group("频率为报告其余部分的2倍以上 · at least twice the rate elsewhere", _COOL),
    Group("其他 · other", _PLAIN),
)
_CAPTION = "字号：字的面积与出现次数成正比 · area of a character is proportional to the count.  {counted}"
_PART_NAMES = {"whole": "全文 · whole report", "review": "工作回顾 · review", "plan": "工作安排 · plan"}


def report_clouds(
    reports: pd.DataFrame, frequency: pd.DataFrame, parts: pd.DataFrame, sections: pd.DataFrame, max_words: int
) -> list[Cloud]:
    """The clouds of one report: the whole, its review, its plan, and each section of level 2.

    A section of level 1 without subsections gets a cloud too. Words are the most frequent ones, equal counts in the order
    of how much more frequent they are here than elsewhere. Colours in the clouds of the whole and of the parts compare the
    rates of review and plan; in the clouds of sections, the rate in the section with that in the rest of the report.

    Parameters
    ----------
    reports, frequency, parts, sections : DataFrame
        As in reports.csv, frequency.csv, frequency_parts.csv and sections.csv, of one report.
    max_words : int
    """
    title = report_title(reports)
    clouds = [_part_cloud(title, part, parts, max_words) for part in _PART_NAMES if (parts["part"] == part).any()]
    whole = parts[parts["part"] == "whole"].set_index("term")
    for section in _shown(sections).itertuples(index=False):
        words = frequency[frequency["section_id"] == section.section_id]
        if len(words):
            clouds.append(_section_cloud(title, section, words, whole, max_words))
    return clouds


def _shown(sections: pd.DataFrame) -> pd.DataFrame:
    headed = sections[sections["level"] > 0]
    divided = set(headed.loc[headed["level"] == 2, "parent_id"])
    return headed[(headed["level"] == 2) | ((headed["level"] == 1) & ~headed["section_id"].isin(divided))]


def _part_cloud(title: str, part: str, parts: pd.DataFrame, max_words: int) -> Cloud:
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
        f"{title}  {_PART_NAMES[part]}",
        _caption(words),
        _chosen(words, group, contrast, max_words),
        _HALVES,
    )


def _section_cloud(title: str, section: object, words: pd.DataFrame, whole: pd.DataFrame, max_words: int) -> Cloud:
    here = words.set_index("term")
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
        _caption(here),
        _chosen(here, group, contrast, max_words),
        _SECTION,
    )


def _tokens(words: pd.DataFrame) -> float:
    """Tokens of the text that the rates were computed on."""
    first = words.iloc[0]
    return float(10_000 * first["n"] / first["per_10k"])


def _caption(words: pd.DataFrame) -> str:
    return _CAPTION.format(counted=f"{round(_tokens(words)):,} 词 · tokens")


def _chosen(words: pd.DataFrame, group: pd.Series[int], contrast: pd.Series[float], max_words: int) -> list[Word]:
    table = pd.DataFrame({"n": words["n"], "group": group, "contrast": contrast.round(6)}).reset_index()
    table = table.sort_values(["n", "contrast", "term"], ascending=[False, False, True]).head(max_words)
    columns = (table[name].tolist() for name in ("term", "n", "group"))
    return [Word(*row) for row in zip(*columns, strict=True)]
