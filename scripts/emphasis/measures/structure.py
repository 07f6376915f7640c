"""How a report is built and worded: shares of text, order of tasks, sentences, variety of words, four-character phrases."""

from __future__ import annotations

import re
from collections.abc import Hashable, Sequence
from typing import Any

import numpy as np
import pandas as pd

from emphasis.measures.counts import Counting, counted_tokens
from emphasis.sections import ancestors, section_order
from emphasis.text import squeeze

WINDOW = 100
"""Words in the window of MATTR, and the least text that MTLD is given for."""
_THRESHOLD = 0.72
_LEAST_SHARE = 0.03
_HAN = re.compile(r"[\u4e00-\u9fff]")
_STRETCH = re.compile(r"[^\W_]+")

COLUMNS = [
    "share",
    "n_tokens",
    "n_sentences",
    "sentence_mean",
    "sentence_median",
    "mattr",
    "mtld",
    "four_character_share",
]


def structure(
    tokens: pd.DataFrame, sentences: pd.DataFrame, sections: pd.DataFrame, counting: Counting
) -> pd.DataFrame:
    """Measures of structure and style for each report, each of its roles and each section, subsections included.

    - ``share``: characters of its sentences (white space left out) divided by those of the counted report;
    - ``sentence_mean``, ``sentence_median``: characters to a sentence, headings among the sentences;
    - ``mattr``: moving-average type-token ratio, see `mattr`; ``mtld``: see `mtld`; both over words and terms, without
      numbers, whose variety is not one of words; missing below 100 words;
    - ``four_character_share``: of the Han characters, the share in stretches between punctuation marks, white space and
      symbols that are exactly four Han characters long (真抓实干、攻坚克难); missing without Han characters.

    Parameters
    ----------
    tokens, sentences, sections : DataFrame
        As in tokens.parquet, sentences.parquet and sections.csv, of one or more reports.
    counting : Counting
        Only its roles are used.

    Returns
    -------
    DataFrame
        report_id, unit (report, role or section), name, and the measures.
    """
    words = counted_tokens(tokens, sections, counting)
    roles = sections[["report_id", "section_id", "role"]]
    text = sentences.merge(roles, on=["report_id", "section_id"], how="left", validate="many_to_one")
    text = text[text["role"].isin(list(counting.roles))].reset_index(drop=True)
    text["size"] = [len(squeeze(t)[0]) for t in text["text"]]
    rows: list[dict[str, Any]] = []
    for report_id, own in text.groupby("report_id", sort=True):
        said = words[words["report_id"] == report_id].reset_index(drop=True)
        total = int(own["size"].sum())
        for unit, name, in_text, in_words in _units(own, said):
            measures = _measures(own[in_text], said[in_words], total)
            rows.append({"report_id": report_id, "unit": unit, "name": name} | measures)
    return pd.DataFrame(rows, columns=["report_id", "unit", "name", *COLUMNS])


def mattr(words: Sequence[Hashable], window: int = WINDOW) -> float:
    """Moving-average type-token ratio: the mean over all windows of 100 words of different words / words.

    Unlike the plain ratio it does not fall with the length of the text (Covington & McFall 2010). Missing for a text
    shorter than the window.

    References
    ----------
    Given from memory; not checked against the publications.

    Covington, M. A. & McFall, J. D. (2010). Cutting the Gordian knot: the moving-average type-token ratio (MATTR).
    Journal of Quantitative Linguistics 17(2), 94-100.
    """
    if len(words) < window:
        return float("nan")
    counts: dict[Hashable, int] = {}
    total = 0
    for i, word in enumerate(words):
        counts[word] = counts.get(word, 0) + 1
        if i >= window:
            gone = words[i - window]
            counts[gone] -= 1
            if not counts[gone]:
                del counts[gone]
        if i >= window - 1:
            total += len(counts)
    return total / window / (len(words) - window + 1)


def mtld(words: Sequence[Hashable], threshold: float = _THRESHOLD) -> float:
    """Measure of textual lexical diversity: mean length of stretches that keep a type-token ratio above 0.72.

    Read forwards, a factor is complete when the ratio falls to 0.72 or below, and the next begins; what is left at the end
    counts as the part ``(1 - ratio) / (1 - 0.72)`` of a factor. The value is words / factors, averaged over reading
    forwards and backwards (McCarthy & Jarvis 2010). Missing for fewer than 100 words, and for a text without repetition.

    References
    ----------
    Given from memory; not checked against the publications.

    McCarthy, P. M. & Jarvis, S. (2010). MTLD, vocd-D, and HD-D: a validation study of sophisticated approaches to lexical
    diversity assessment. Behavior Research Methods 42(2), 381-392.
    """
    if len(words) < WINDOW:
        return float("nan")
    factors = [_factors(words, threshold), _factors(words[::-1], threshold)]
    return float(np.mean([len(words) / f for f in factors])) if all(factors) else float("nan")


def tasks(sections: pd.DataFrame, by_theme: pd.DataFrame, year_pairs: Sequence[tuple[str, str]]) -> pd.DataFrame:
    """The numbered tasks of each plan in their order, the theme of each, and how far the theme moved since last year.

    Tasks are the headings of level 2 in the plan, or of level 1 where there are none of level 2. The theme of a task is the
    one with the largest share of its words (see `theme_values`; of equal ones the first by name); missing when that is
    below 0.03, a choice of this project: a task on no theme of the dictionaries would get one by chance. ``previous`` is the
    place of the task in the report of the year before that has the theme and the largest share of it, and ``move =
    previous - position``: above zero for a theme that comes earlier than last year.

    Parameters
    ----------
    sections : DataFrame
        report_id, section_id, level, role, heading.
    by_theme : DataFrame
        As made by `emphasis.measures.themes.theme_sections`.
    year_pairs : sequence of pairs of str
        report_id of a report and of the one of the year before.

    Returns
    -------
    DataFrame
        report_id, position, section_id, heading, theme, share, previous, move.
    """
    hit = by_theme[by_theme["share"] >= _LEAST_SHARE].sort_values(
        ["share", "theme"], ascending=[False, True], kind="stable"
    )
    best = hit.drop_duplicates(["report_id", "section_id"])[["report_id", "section_id", "theme", "share"]]
    plan = sections[(sections["role"] == "plan") & sections["level"].isin([1, 2])]
    level = plan.groupby("report_id")["level"].transform("max")
    plan = plan[plan["level"] == level]
    plan = plan.sort_values(
        ["report_id", "section_id"], key=lambda c: c.map(section_order) if c.name == "section_id" else c
    )
    table = plan[["report_id", "section_id", "heading"]].merge(best, on=["report_id", "section_id"], how="left")
    table["position"] = table.groupby("report_id").cumcount() + 1
    strongest = table.dropna(subset=["theme"]).sort_values("share", ascending=False, kind="stable")
    place = strongest.drop_duplicates(["report_id", "theme"]).set_index(["report_id", "theme"])["position"].to_dict()
    before = dict(year_pairs)
    keys = zip(table["report_id"], table["theme"], strict=True)
    table["previous"] = pd.array([place.get((before.get(r, ""), t)) for r, t in keys], dtype="Int64")
    table["move"] = table["previous"] - table["position"]
    return table


def _units(text: pd.DataFrame, words: pd.DataFrame) -> list[tuple[str, str, pd.Series[bool], pd.Series[bool]]]:
    everything = pd.Series(True, index=text.index), pd.Series(True, index=words.index)
    units = [("report", "whole", *everything)]
    units += [("role", role, text["role"] == role, words["role"] == role) for role in sorted(set(text["role"]))]
    holders = {section: ancestors(section) for section in set(text["section_id"])}
    for section in sorted({h for held in holders.values() for h in held}, key=section_order):
        inside = [s for s, held in holders.items() if section in held]
        units.append(("section", section, text["section_id"].isin(inside), words["section_id"].isin(inside)))
    return units


def _measures(text: pd.DataFrame, words: pd.DataFrame, total: int) -> dict[str, Any]:
    said = words.loc[words["kind"] != "number", "token"].tolist()
    stretches = [s for t in text["text"] for s in _STRETCH.findall(t)]
    han = [len(_HAN.findall(s)) for s in stretches]
    four = sum(n for n, s in zip(han, stretches, strict=True) if n == len(s) == 4)
    return {
        "share": text["size"].sum() / total if total else np.nan,
        "n_tokens": len(words),
        "n_sentences": len(text),
        "sentence_mean": text["size"].mean(),
        "sentence_median": text["size"].median(),
        "mattr": mattr(said),
        "mtld": mtld(said),
        "four_character_share": four / sum(han) if sum(han) else np.nan,
    }


def _factors(words: Sequence[Hashable], threshold: float) -> float:
    factors, types, n = 0.0, set[Hashable](), 0
    for word in words:
        types.add(word)
        n += 1
        if len(types) / n <= threshold:
            factors, types, n = factors + 1, set(), 0
    return factors + ((1 - len(types) / n) / (1 - threshold) if n else 0)
