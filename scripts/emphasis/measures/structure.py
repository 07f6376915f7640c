"""How a report is built and worded: shares of text, order of tasks, sentences, variety of words, four-character phrases."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from emphasis.measures.counts import Counting, count_words
from emphasis.sections import ancestors, section_order
from emphasis.text import visible

WINDOW = 100
"""Words in the window of MATTR, and the least text that MTLD is given for."""
_THRESHOLD = 0.72
_LEAST_SHARE = 0.03
_STRIDE = 256
"""Words that are looked at together for the end of a factor."""
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
    words = count_words(tokens, sections, counting)
    number = (tokens["kind"].iloc[words.rows] == "number").to_numpy(dtype=bool)
    roles = sections[["report_id", "section_id", "role"]]
    text = sentences.merge(roles, on=["report_id", "section_id"], how="left", validate="many_to_one")
    text = text[text["role"].isin(list(counting.roles))].reset_index(drop=True)
    said = [(len(visible(t)), *_four_characters(t)) for t in text["text"].tolist()]
    text[["size", "four", "han"]] = np.array(said, dtype="int64").reshape(-1, 3)
    rows: list[dict[str, Any]] = []
    for report_id, own in text.groupby("report_id", sort=True):
        units = words.units[words.units["report_id"] == report_id]
        inside = np.isin(words.unit, units.index)
        spoken = Spoken(units, words.unit[inside], words.word[inside], number[inside])
        total = int(own["size"].sum())
        for unit, name, in_text, in_words in _units(own, units):
            measures = _measures(own[in_text], spoken.of(in_words), total)
            rows.append({"report_id": report_id, "unit": unit, "name": name} | measures)
    return pd.DataFrame(rows, columns=["report_id", "unit", "name", *COLUMNS])


def mattr(words: Sequence[Hashable] | np.ndarray, window: int = WINDOW) -> float:
    """Moving-average type-token ratio: the mean over all windows of 100 words of different words / words.

    Unlike the plain ratio it does not fall with the length of the text (Covington & McFall 2010). Missing for a text
    shorter than the window.

    References
    ----------
    Bibliographic data and definition agree with the documentation of the R packages koRpus and quanteda; the paper was not
    read.

    Covington, M. A. & McFall, J. D. (2010). Cutting the Gordian knot: the moving-average type-token ratio (MATTR).
    Journal of Quantitative Linguistics 17(2), 94-100.
    """
    n = len(words)
    if n < window:
        return float("nan")
    # A word is the first of its kind in the windows that begin behind its last occurrence.
    place = np.arange(n)
    first = np.maximum(place - window + 1, _before(words) + 1)
    windows = np.minimum(place, n - window) - np.maximum(first, 0) + 1
    return int(np.maximum(windows, 0).sum()) / window / (n - window + 1)


def mtld(words: Sequence[Hashable] | np.ndarray, threshold: float = _THRESHOLD) -> float:
    """Measure of textual lexical diversity: mean length of stretches that keep a type-token ratio above 0.72.

    Read forwards, a factor is complete when the ratio falls to 0.72 or below, and the next begins; what is left at the end
    counts as the part ``(1 - ratio) / (1 - 0.72)`` of a factor. The value is words / factors, averaged over reading
    forwards and backwards (McCarthy & Jarvis 2010). Missing for fewer than 100 words, and for a text without repetition.

    References
    ----------
    Bibliographic data agree with the R package koRpus, the algorithm with the Python package LexicalRichness (koRpus differs
    when the ratio equals 0.72); the paper was not read. The least of 100 words is this project's.

    McCarthy, P. M. & Jarvis, S. (2010). MTLD, vocd-D, and HD-D: a validation study of sophisticated approaches to lexical
    diversity assessment. Behavior Research Methods 42(2), 381-392.
    """
    if len(words) < WINDOW:
        return float("nan")
    factors = [_factors(_before(reading), threshold) for reading in (words, words[::-1])]
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


@dataclass(frozen=True)
class Spoken:
    """The tokens of a report: the section of each, by its place in `units`, its word, and whether it is a number."""

    units: pd.DataFrame
    unit: np.ndarray
    word: np.ndarray
    number: np.ndarray

    def of(self, chosen: np.ndarray) -> tuple[int, np.ndarray]:
        """Number of tokens, and words without numbers, of the chosen sections."""
        inside = np.isin(self.unit, self.units.index[chosen])
        return int(inside.sum()), self.word[inside & ~self.number]


def _units(text: pd.DataFrame, units: pd.DataFrame) -> Iterator[tuple[str, str, np.ndarray, np.ndarray]]:
    """What is measured: its kind and name, its sentences, and its sections among those of the tokens."""
    yield "report", "whole", np.ones(len(text), dtype=bool), np.ones(len(units), dtype=bool)
    role, section = (text[name].to_numpy(dtype=object) for name in ("role", "section_id"))
    word_role, word_section = (units[name].to_numpy(dtype=object) for name in ("role", "section_id"))
    for name in sorted(set(role)):
        yield "role", name, role == name, word_role == name
    held: dict[str, list[str]] = {}
    for name in set(section):
        for holder in ancestors(name):
            held.setdefault(holder, []).append(name)
    for name in sorted(held, key=section_order):
        yield "section", name, np.isin(section, held[name]), np.isin(word_section, held[name])


def _measures(text: pd.DataFrame, spoken: tuple[int, np.ndarray], total: int) -> dict[str, Any]:
    n_tokens, words = spoken
    size, han = text["size"].to_numpy(), int(text["han"].sum())
    return {
        "share": size.sum() / total if total else np.nan,
        "n_tokens": n_tokens,
        "n_sentences": len(text),
        "sentence_mean": size.mean(),
        "sentence_median": np.median(size),
        "mattr": mattr(words),
        "mtld": mtld(words),
        "four_character_share": int(text["four"].sum()) / han if han else np.nan,
    }


def _four_characters(text: str) -> tuple[int, int]:
    """Han characters in stretches of exactly four, and all of them."""
    stretches = _STRETCH.findall(text)
    han = [len(_HAN.findall(s)) for s in stretches]
    return sum(n for n, s in zip(han, stretches, strict=True) if n == len(s) == 4), sum(han)


def _before(words: Sequence[Hashable] | np.ndarray) -> np.ndarray:
    """The place at which each word stood last; -1 for the first time."""
    codes = words if isinstance(words, np.ndarray) else pd.factorize(np.array(words, dtype=object))[0]
    order = np.argsort(codes, kind="stable")
    before = np.full(len(order), -1)
    again = codes[order[1:]] == codes[order[:-1]]
    before[order[1:][again]] = order[:-1][again]
    return before


def _factors(before: np.ndarray, threshold: float) -> float:
    """Factors of words of which is known where each stood last."""
    factors, start, reach = 0.0, 0, _STRIDE
    while start < len(before):
        types = np.cumsum(before[start : start + reach] < start)
        ratio = types / np.arange(1, len(types) + 1)
        low = ratio <= threshold
        n = int(low.argmax())
        if low[n]:
            factors, start, reach = factors + 1, start + n + 1, _STRIDE
        elif start + reach < len(before):
            reach *= 2
        else:
            return factors + float((1 - ratio[-1]) / (1 - threshold))
    return factors
