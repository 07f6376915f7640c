"""Structure and style of a report: shares of text, sentences, lexical diversity, four-character phrases, order of tasks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd
from pandas.api.extensions import ExtensionArray

from emphasis.measures.counting import Counting, select_tokens
from emphasis.measures.task_headings import names_task
from emphasis.measures.theme_hits import are_visible, code_points
from emphasis.sections import ancestors, section_order
from emphasis.store.codes import string_codes

WINDOW = 100
"""Words in the window of MATTR, and in the shortest text that has an MTLD."""
_THRESHOLD = 0.72
_STRIDE = 256
"""Words searched at once for the end of a factor."""


def mattr(before: np.ndarray, window: int = WINDOW) -> float:
    """Moving-average type-token ratio: the mean over all windows of 100 words of different words / words.

    Unlike the plain ratio it does not fall with the length of the text (Covington & McFall 2010). Missing for a text
    shorter than the window. Computed from the `previous_places` of the words.

    References
    ----------
    Bibliographic data and definition agree with the documentation of the R packages koRpus and quanteda; the paper was not
    read.

    Covington, M. A. & McFall, J. D. (2010). Cutting the Gordian knot: the moving-average type-token ratio (MATTR).
    Journal of Quantitative Linguistics 17(2), 94-100.
    """
    n = len(before)
    if n < window:
        return float("nan")
    # The types of a window are its words without an earlier occurrence in it, so the sum over windows is a sum over words: of
    # the windows with the word, those that begin after its previous occurrence. In a b a b, with windows of three, the second
    # a counts in the window b a b only.
    place = np.arange(n)
    first = np.maximum(place - window + 1, before + 1)
    windows = np.minimum(place, n - window) - np.maximum(first, 0) + 1
    return int(np.maximum(windows, 0).sum()) / window / (n - window + 1)


def mtld(before: np.ndarray, threshold: float = _THRESHOLD) -> float:
    """Measure of textual lexical diversity: mean length of stretches that keep a type-token ratio above 0.72.

    Read forwards, a factor is complete when the ratio falls to 0.72 or below, and the next begins; what is left at the end
    counts as the part ``(1 - ratio) / (1 - 0.72)`` of a factor. The value is words / factors, averaged over reading
    forwards and backwards (McCarthy & Jarvis 2010). Missing for fewer than 100 words, and where a reading does not complete one
    factor: the value would be extrapolated from a ratio that the text never reached. Computed from the `previous_places` of
    the words.

    The threshold 0.72 is a convention from English texts; for Chinese, whose words depend on the segmenter, it has not been
    calibrated. Values can be compared between texts that were cut into words in the same way, not with those of English texts.

    References
    ----------
    Bibliographic data agree with the R package koRpus and the program Wordless, the algorithm with Wordless and the Python
    package LexicalRichness (koRpus differs when the ratio equals 0.72); the paper was not read. The least of 100 words and of
    one factor is this project's.

    McCarthy, P. M. & Jarvis, S. (2010). MTLD, vocd-D, and HD-D: a validation study of sophisticated approaches to lexical
    diversity assessment. Behavior Research Methods 42(2), 381-392.
    """
    if len(before) < WINDOW:
        return float("nan")
    factors = [_factors(reading, threshold) for reading in (before, _reverse(before))]
    return float(np.mean([len(before) / f for f in factors])) if min(factors) >= 1 else float("nan")


def previous_places(words: np.ndarray) -> np.ndarray:
    """The place of the previous occurrence of each word, as a number; -1 for the first: 0 1 0 gives -1, -1, 0."""
    order = np.argsort(words, kind="stable")
    before = np.full(len(order), -1)
    ordered = words[order]
    again = np.flatnonzero(ordered[1:] == ordered[:-1])
    before[order[again + 1]] = order[again]
    return before


def _reverse(before: np.ndarray) -> np.ndarray:
    """The `previous_places` of the same words in reverse order."""
    last = len(before) - 1
    reverse = np.full(len(before), -1)
    again = np.flatnonzero(before >= 0)
    reverse[last - before[again]] = last - again
    return reverse


def _factors(before: np.ndarray, threshold: float) -> float:
    """Number of factors, from the `previous_places` of the words."""
    factors, start, reach = 0.0, 0, _STRIDE
    lengths = np.arange(1, len(before) + 1)
    while start < len(before):
        # A word is new to the factor if it occurred last before the factor began.
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


_MIN_SHARE = 0.03
_PLAN = ["report_id", "horizon"]
"""What identifies a plan."""
_HAN_RANGE = (0x4E00, 0x9FFF)
_PHRASE = 4

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
      numbers, whose diversity is not lexical; missing below 100 words, ``mtld`` also below one factor;
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
    in_place, characters = text["place"].to_numpy(dtype="int64"), _count_characters(text["text"].tolist())
    words = _locate_words(tokens, sections, counting)
    names, roles = (sections[name].to_numpy(dtype=object) for name in ("section_id", "role"))
    rows: list[dict[str, Any]] = []
    for report_id, own in sorted(text.groupby("report_id").indices.items()):
        located = _LocatedText(in_place[own], characters[own], *words.get(str(report_id), (_NONE, _NONE, _NONE)))
        total = int(located.characters[:, 0].sum())
        for unit, name, chosen in _spans(names, roles, np.unique(located.sentences)):
            rows.append({"report_id": report_id, "unit": unit, "name": name} | _measures(located, chosen, total))
    return pd.DataFrame(rows, columns=["report_id", "unit", "name", *COLUMNS])


def tasks(
    sections: pd.DataFrame, by_theme: pd.DataFrame, year_pairs: Sequence[tuple[str, str]], areas: pd.DataFrame
) -> pd.DataFrame:
    """The tasks of each plan in their order, theme and policy area of each, and how far these have moved since the year before.

    Tasks are the headings of level 2 in the plan, or of level 1 where there are none of level 2; headings on the situation, or on requirements
    and aims as a whole, name none (`task_headings.names_task`). A report may have two plans, for
    some years and for the year (`horizon`): each has its own numbering and is followed by itself. The theme of a task is the
    one with the largest share of its words (see `theme_values`; of equal ones the first by name); missing when that is
    below 0.03, a choice of this project: a task on none of the dictionaries' themes would get one by chance. ``previous`` is
    the position of the task with that theme in the plan of the same horizon of the year before; of several, the one with the
    largest share of it.
    ``move = previous - position`` is above zero for a theme that comes earlier than the year before. ``area_previous`` and
    ``area_move`` are the same for the policy area that most of the task's sentences are about, which nearly every task has.

    Parameters
    ----------
    sections, by_theme : DataFrame
        report_id, section_id, level, role, horizon, heading; as made by `emphasis.measures.themes.theme_sections`.
    year_pairs : sequence of pairs of str
        report_id of a report and of the one of the year before.
    areas : DataFrame
        report_id, section_id, area, area_share: the main area of sections.

    Returns
    -------
    DataFrame
        report_id, position, section_id, heading, horizon, theme, share, area, area_share, previous, move, area_previous, area_move.
    """
    key = ["report_id", "section_id"]
    ranked = by_theme.sort_values(["share", "theme"], ascending=[False, True], kind="stable")
    best = ranked[ranked["share"] >= _MIN_SHARE].drop_duplicates(key)[[*key, "theme", "share"]]
    plan = sections[(sections["role"] == "plan") & sections["level"].isin([1, 2])]
    plan = plan[plan["heading"].map(names_task).astype(bool)]
    plan = plan[plan["level"] == plan.groupby("report_id")["level"].transform("max")]
    plan = plan.sort_values(key, key=lambda c: c.map(section_order) if c.name == "section_id" else c)
    table = plan[[*key, "heading", "horizon"]].merge(best, on=key, how="left")
    table["position"] = table.groupby(_PLAN).cumcount() + 1
    table = table.merge(areas[[*key, "area", "area_share"]], on=key, how="left")
    for subject, weight, prefix in (("theme", "share", ""), ("area", "area_share", "area_")):
        table[f"{prefix}previous"] = _previous_places(table, subject, weight, dict(year_pairs))
        table[f"{prefix}move"] = table[f"{prefix}previous"] - table["position"]
    return table


def _previous_places(table: pd.DataFrame, subject: str, weight: str, before: dict[str, str]) -> ExtensionArray:
    """The position of the task with the same subject in the like plan of the year before, of several the one with most of it."""
    strongest = table.dropna(subset=[subject]).sort_values(weight, ascending=False, kind="stable")
    place = strongest.drop_duplicates([*_PLAN, subject]).set_index([*_PLAN, subject])["position"].to_dict()
    keys = zip(*(table[name] for name in (*_PLAN, subject)), strict=True)
    return pd.array([place.get((before.get(r, ""), h, s)) for r, h, s in keys], dtype="Int64")


@dataclass(frozen=True)
class _LocatedText:
    """The row in the outline of the section of each sentence, token and word (token other than a number) of one report.

    `characters` are those of each sentence as made by `_count_characters`; `word` says which word each of `words` is.
    """

    sentences: np.ndarray
    characters: np.ndarray
    tokens: np.ndarray
    words: np.ndarray
    word: np.ndarray


_NONE = np.empty(0, dtype="int64")


def _locate_words(
    tokens: pd.DataFrame, sections: pd.DataFrame, counting: Counting
) -> dict[str, tuple[np.ndarray, np.ndarray, np.ndarray]]:
    """For each report the attributes `tokens`, `words` and `word` of its `_LocatedText`."""
    words = select_tokens(tokens, sections, counting)
    keys, units = (zip(rows["report_id"], rows["section_id"], strict=True) for rows in (sections, words.blocks))
    place = {key: i for i, key in enumerate(keys)}
    in_place = np.array([place[unit] for unit in units], dtype="int64")[words.block]
    # Words are sorted to find the previous occurrence of each, which is many times faster with numbers of two bytes.
    word = words.type.astype("uint16") if len(words.types) <= 1 << 16 else words.type
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


def _spans(names: np.ndarray, roles: np.ndarray, own: np.ndarray) -> Iterator[tuple[str, str, np.ndarray]]:
    """The units that are measured in a report with these sections: kind, name, and which sections of the outline each spans."""

    def only(chosen: Sequence[int] | np.ndarray) -> np.ndarray:
        mask = np.zeros(len(names), dtype=bool)
        mask[chosen] = True
        return mask

    yield "report", "whole", only(own)
    for role in sorted(set(roles[own])):
        yield "role", role, only(own[roles[own] == role])
    held: dict[str, list[int]] = {}
    for place in own.tolist():
        for holder in ancestors(names[place]):
            held.setdefault(holder, []).append(place)
    for name in sorted(held, key=section_order):
        yield "section", name, only(held[name])


def _measures(text: _LocatedText, chosen: np.ndarray, total: int) -> dict[str, Any]:
    """The measures of the sections of the outline where `chosen` is true."""
    size, four, han = text.characters[chosen[text.sentences]].T
    before = previous_places(text.word[chosen[text.words]])
    return {
        "share": size.sum() / total if total else np.nan,
        "n_tokens": int(chosen[text.tokens].sum()),
        "n_sentences": len(size),
        "sentence_mean": size.mean(),
        "sentence_median": np.median(size),
        "mattr": mattr(before),
        "mtld": mtld(before),
        "four_character_share": int(four.sum()) / int(han.sum()) if han.any() else np.nan,
    }


def _count_characters(texts: Sequence[str]) -> np.ndarray:
    """For each text: characters without white space; Han characters in stretches of exactly four; Han characters."""
    # The texts are joined by line breaks, which end stretches and are white space, so that they count as nothing.
    joined = "".join(f"{text}\n" for text in texts)
    codes = code_points(joined)
    han = (codes >= _HAN_RANGE[0]) & (codes <= _HAN_RANGE[1])
    # Where Han characters begin and end by turns: 增长了5%，攻坚克难\n has 0, 3, 6, 10.
    borders = np.flatnonzero(np.diff(han, prepend=False))
    fours = borders[::2][np.diff(borders)[::2] == _PHRASE].tolist()
    # A stretch that goes on with a letter or digit is longer than four characters.
    alone = [at for at in fours if not (joined[max(at - 1, 0) : at].isalnum() or joined[at + _PHRASE].isalnum())]
    four = np.zeros(len(codes), dtype=bool)
    four[alone] = True
    owner = np.repeat(np.arange(len(texts)), [len(text) + 1 for text in texts])
    counts = [np.bincount(owner[there], minlength=len(texts)) for there in (are_visible(codes), four, han)]
    return np.stack(counts, axis=1) * [1, _PHRASE, 1]
