"""How a report is built and worded: shares of text, order of tasks, sentences, variety of words, four-character phrases."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd

from emphasis.measures.counts import Counting, select_tokens
from emphasis.measures.theme_hits import are_visible, code_points
from emphasis.sections import ancestors, section_order
from emphasis.store.codes import string_codes

WINDOW = 100
"""Words in the window of MATTR, and the least text that MTLD is given for."""
_THRESHOLD = 0.72
_STRIDE = 256
"""Words that are looked at together for the end of a factor."""


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
    return mattr_of(last_places(words), window)


def mattr_of(before: np.ndarray, window: int = WINDOW) -> float:
    """As `mattr`, from the `last_places` of the words."""
    n = len(before)
    if n < window:
        return float("nan")
    # A word is the first of its kind in the windows that begin behind its last occurrence.
    place = np.arange(n)
    first = np.maximum(place - window + 1, before + 1)
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
    return mtld_of(last_places(words), threshold)


def mtld_of(before: np.ndarray, threshold: float = _THRESHOLD) -> float:
    """As `mtld`, from the `last_places` of the words."""
    if len(before) < WINDOW:
        return float("nan")
    factors = [_factors(reading, threshold) for reading in (before, _backwards(before))]
    return float(np.mean([len(before) / f for f in factors])) if all(factors) else float("nan")


def last_places(words: Sequence[Hashable] | np.ndarray) -> np.ndarray:
    """The place at which each word stood last before; -1 for the first time."""
    codes = words if isinstance(words, np.ndarray) else pd.factorize(np.array(words, dtype=object))[0]
    order = np.argsort(codes, kind="stable")
    before = np.full(len(order), -1)
    ordered = codes[order]
    again = np.flatnonzero(ordered[1:] == ordered[:-1])
    before[order[again + 1]] = order[again]
    return before


def _backwards(before: np.ndarray) -> np.ndarray:
    """What `last_places` are for the words read backwards."""
    last = len(before) - 1
    turned = np.full(len(before), -1)
    again = np.flatnonzero(before >= 0)
    turned[last - before[again]] = last - again
    return turned


def _factors(before: np.ndarray, threshold: float) -> float:
    """Factors of words of which is known where each stood last."""
    factors, start, reach = 0.0, 0, _STRIDE
    lengths = np.arange(1, len(before) + 1)
    while start < len(before):
        types = (before[start : start + reach] < start).cumsum()
        low = types / lengths[: len(types)] <= threshold
        n = int(low.argmax())
        if low[n]:
            factors, start, reach = factors + 1, start + n + 1, _STRIDE
        elif start + reach < len(before):
            reach *= 2
        else:
            return factors + (1 - int(types[-1]) / len(types)) / (1 - threshold)
    return factors


_LEAST_SHARE = 0.03
_HAN = (0x4E00, 0x9FFF)
_FOUR = 4

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
    places = sections[["report_id", "section_id", "role"]].assign(place=np.arange(len(sections)))
    text = sentences.merge(places, on=["report_id", "section_id"], how="left", validate="many_to_one")
    text = text[text["role"].isin(list(counting.roles))].reset_index(drop=True)
    in_place, characters = text["place"].to_numpy(dtype="int64"), _characters(text["text"].tolist())
    words = _words(tokens, sections, counting)
    names, roles = (sections[name].to_numpy(dtype=object) for name in ("section_id", "role"))
    rows: list[dict[str, Any]] = []
    for report_id, own in sorted(text.groupby("report_id").indices.items()):
        report = Report(in_place[own], characters[own], *words.get(str(report_id), (_NONE, _NONE, _NONE)))
        total = int(report.characters[:, 0].sum())
        for unit, name, chosen in _units(names, roles, np.unique(report.sentences)):
            rows.append({"report_id": report_id, "unit": unit, "name": name} | _measures(report, chosen, total))
    return pd.DataFrame(rows, columns=["report_id", "unit", "name", *COLUMNS])


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
class Report:
    """The sentences and tokens of one report, each with the place of its section in the outline.

    Attributes
    ----------
    sentences : array of shape (sentences,)
        Places of sections.
    characters : array of shape (sentences, 3)
        As made by `_characters`.
    tokens, words : array of shape (tokens,), array of shape (words,)
        Places of sections, of all tokens and of those without numbers.
    word : array of shape (words,)
        Which word it is.
    """

    sentences: np.ndarray
    characters: np.ndarray
    tokens: np.ndarray
    words: np.ndarray
    word: np.ndarray


_NONE = np.empty(0, dtype="int64")


def _words(
    tokens: pd.DataFrame, sections: pd.DataFrame, counting: Counting
) -> dict[str, tuple[np.ndarray, np.ndarray, np.ndarray]]:
    """The places of each report's tokens and words, and the words."""
    words = select_tokens(tokens, sections, counting)
    keys = zip(sections["report_id"].tolist(), sections["section_id"].tolist(), strict=True)
    place = {key: i for i, key in enumerate(keys)}
    units = list(zip(words.blocks["report_id"].tolist(), words.blocks["section_id"].tolist(), strict=True))
    in_place = np.array([place[unit] for unit in units], dtype="int64")[words.block]
    # Words are sorted to find where each stood last, which is many times as fast with numbers of two bytes.
    word = words.term.astype("uint16") if len(words.vocabulary) <= 1 << 16 else words.term
    report, reports = string_codes(words.blocks["report_id"])
    of = report[words.block]
    order = np.argsort(of, kind="stable")
    bounds = np.searchsorted(of[order], np.arange(len(reports) + 1))
    found = {}
    for name, (start, stop) in zip(reports.to_pylist(), pairwise(bounds.tolist()), strict=True):
        rows = order[start:stop]
        plain = rows[~words.number[rows]]
        found[name] = in_place[rows], in_place[plain], word[plain]
    return found


def _units(names: np.ndarray, roles: np.ndarray, own: np.ndarray) -> Iterator[tuple[str, str, np.ndarray]]:
    """What is measured of a report with these sections: its kind, its name, and which sections of the outline it spans."""

    def only(chosen: Sequence[int] | np.ndarray) -> np.ndarray:
        there = np.zeros(len(names), dtype=bool)
        there[chosen] = True
        return there

    yield "report", "whole", only(own)
    for role in sorted(set(roles[own])):
        yield "role", role, only(own[roles[own] == role])
    held: dict[str, list[int]] = {}
    for place in own.tolist():
        for holder in ancestors(names[place]):
            held.setdefault(holder, []).append(place)
    for name in sorted(held, key=section_order):
        yield "section", name, only(held[name])


def _measures(report: Report, chosen: np.ndarray, total: int) -> dict[str, Any]:
    size, four, han = report.characters[chosen[report.sentences]].T
    before = last_places(report.word[chosen[report.words]])
    return {
        "share": size.sum() / total if total else np.nan,
        "n_tokens": int(chosen[report.tokens].sum()),
        "n_sentences": len(size),
        "sentence_mean": size.mean(),
        "sentence_median": np.median(size),
        "mattr": mattr_of(before),
        "mtld": mtld_of(before),
        "four_character_share": int(four.sum()) / int(han.sum()) if han.any() else np.nan,
    }


def _characters(texts: Sequence[str]) -> np.ndarray:
    """Of each text: characters, white space left out; Han characters in stretches of exactly four; Han characters."""
    # A line break ends the stretches of each text and is white space.
    joined = "".join(f"{text}\n" for text in texts)
    codes = code_points(joined)
    han = (codes >= _HAN[0]) & (codes <= _HAN[1])
    runs = np.flatnonzero(np.diff(han, prepend=False))
    fours = runs[::2][np.diff(runs)[::2] == _FOUR].tolist()
    alone = [at for at in fours if not (joined[max(at - 1, 0) : at].isalnum() or joined[at + _FOUR].isalnum())]
    four = np.zeros(len(codes), dtype=bool)
    four[alone] = True
    owner = np.repeat(np.arange(len(texts)), [len(text) + 1 for text in texts])
    counts = [np.bincount(owner[there], minlength=len(texts)) for there in (are_visible(codes), four, han)]
    return np.stack(counts, axis=1) * [1, _FOUR, 1]
