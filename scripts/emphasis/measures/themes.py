"""Attention to themes (政府注意力) under every conventional definition, their agreement, and sensitivity to segmentation."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import Any

import numpy as np
import pandas as pd

from emphasis.measures.dictionaries import Theme
from emphasis.measures.frequency import PARTS
from emphasis.measures.intervals import UnitSums, rate_intervals
from emphasis.measures.theme_hits import Finder, FlatText, Spans, flat_reports
from emphasis.sections import ancestors, leaf_sections

_PARTS_OF: dict[str, tuple[str, str | None]] = {
    "words": ("words", "n_words"),
    "characters": ("characters", "n_characters"),
    "sentences": ("sentences", "n_sentences"),
    "per_10k": ("hits", "n_words"),
    "ln_hits": ("hits", None),
    "per_10k_anywhere": ("hits_anywhere", "n_words"),
}
"""The counts that are the numerator and the denominator of each definition."""
DEFINITIONS = tuple(_PARTS_OF)
DEFAULT = "words"
"""The definition that panels and figures show."""

_WHOLE, *_ = PARTS

_COUNTS = ["hits", "hits_anywhere", "words", "characters", "sentences", "n_words", "n_characters", "n_sentences"]
_RATIOS = {name: (counted, total) for name, (counted, total) in _PARTS_OF.items() if total is not None}
"""Those that are ratios."""
_RATES = {"per_10k": 10_000, "per_10k_anywhere": 10_000}
"""The definitions that are no shares, and what their ratio is multiplied with."""
_USUAL_EFFECT = {"n_words": 0.07, "n_characters": 0.077, "n_sentences": 0.455}
"""The design effect of attention to a theme, as a part of the tokens (characters, sentences) of a paragraph.

The median over 31 reports, each with its ten themes together. A constant, so that no dictionary changes the interval of another.
"""

_SQUARES = [f"{n}.{kind}" for n, _ in _RATIOS.values() for kind in ("squares", "with_size")]
_SIZES = [f"{n}.{kind}" for n in ("n_words", "n_characters", "n_sentences") for kind in ("squares", "units")]
_SUMS = [*_COUNTS, *_SQUARES, *_SIZES]
"""The counts of a section, and the sums over its paragraphs that intervals are computed from."""

_MIN_UNITS = 3
"""Units that a correlation needs."""


def count_hits(
    sentences: pd.DataFrame, tokens: pd.DataFrame, sections: pd.DataFrame, themes: Sequence[Theme], roles: Sequence[str]
) -> pd.DataFrame:
    """Counts from which the definitions of `theme_values` are computed, for each section's own sentences.

    Parameters
    ----------
    sentences, tokens, sections : DataFrame
        As in sentences.parquet, tokens.parquet and sections.csv, of one or more reports.
    roles : sequence of str
        Parts of a report that are counted.

    Returns
    -------
    DataFrame
        report_id, section_id (the innermost that contains the sentences), role, theme, the counts, and sums over paragraphs
        for intervals; a row for each theme even without a hit.
    """
    keys = zip(sections["report_id"], sections["section_id"], strict=True)
    roles_of = dict(zip(keys, sections["role"], strict=True))
    finder = Finder(themes)
    units: list[tuple[str, str, str]] = []
    counts: list[np.ndarray] = [np.empty((0, len(_SUMS)), dtype="int64")]
    for report_id, own, flat in flat_reports(sentences, tokens):
        names, section = np.unique(own["section_id"].to_numpy(dtype=object), return_inverse=True)
        units += [(report_id, name, roles_of[report_id, name]) for name in names.tolist()]
        paragraph = pd.factorize(section * (int(own["paragraph"].max()) + 1) + own["paragraph"].to_numpy())[0]
        of_paragraphs = _count(flat, finder, paragraph, (int(paragraph.max()) + 1, len(themes)))
        section_of = np.zeros(len(of_paragraphs), dtype="int64")
        section_of[paragraph] = section
        counts.append(_sum_paragraphs(of_paragraphs, section_of))
    table = pd.DataFrame(units, columns=["report_id", "section_id", "role"], dtype="str")
    table = table.loc[np.repeat(np.arange(len(units)), len(themes))].reset_index(drop=True)
    table["theme"] = [theme.name for theme in themes] * len(units)
    table = table.join(pd.DataFrame(np.concatenate(counts), columns=_SUMS))
    return table[table["role"].isin(list(roles))].reset_index(drop=True)


def theme_sections(counts: pd.DataFrame) -> pd.DataFrame:
    """The counts of `count_hits` by section, subsections included, with the share under the default definition.

    Returns
    -------
    DataFrame
        report_id, section_id, theme, the counts, share, low, high; the bounds as in `theme_values`.
    """
    held = counts.assign(section_id=counts["section_id"].map(ancestors)).explode("section_id", ignore_index=True)
    table = held.groupby(["report_id", "section_id", "theme"], sort=True)[_SUMS].sum().reset_index()
    found = _values(table, DEFAULT).join(_bounds(table, DEFAULT))
    return table.drop(columns=[*_SQUARES, *_SIZES]).assign(share=found["value"], low=found["low"], high=found["high"])


def theme_values(counts: pd.DataFrame, report_ids: Sequence[str], themes: Sequence[Theme]) -> pd.DataFrame:
    """Attention to each theme in the whole report, its review and its plan, under six definitions.

    A hit is a word of the theme's dictionary that occurs in the text as a word or a sequence of words: from left to right, at
    each place the longest, none overlapping, none inside one of the dictionary's exceptions. Words also count inside the
    terms that they form (污染 in 污染防治攻坚战, 生态 in 生态环境), but not inside a word that is no compound of theirs (印度 in
    印度尼西亚, 污染 in 污染物): words are those of the finest cut, see `emphasis.segment.vocabulary`. Text is compared half-width and without white
    space. Then

    ==================  ==================================  ==================================
    definition          numerator                           denominator
    ==================  ==================================  ==================================
    words (default)     words that hits consist of or       words
                        lie in
    characters          characters that hits consist of     characters, white space left out
    sentences           sentences with a hit                sentences, headings among them
    per_10k             hits                                words
    ln_hits             ln(1 + hits)                        (none)
    per_10k_anywhere    hits, also inside longer words      words
    ==================  ==================================  ==================================

    ``value = numerator / denominator``, times 10,000 for the two rates. The first three lie between 0 and 1. `ln_hits`
    grows with the length of the text and is given because it is in use. A dictionary none of whose words occur gives exactly
    0; a part without text gives a missing value.

    ``low`` and ``high`` bound the value with 95 % confidence: `emphasis.measures.intervals.rate_intervals` over the paragraphs
    of the part. `ln_hits` has none, since it is no ratio, nor has a part of fewer than four paragraphs.

    Parameters
    ----------
    counts : DataFrame
        As made by `count_hits`.
    report_ids : sequence of str
        Reports that get rows, with or without text.

    Returns
    -------
    DataFrame
        report_id, part, theme, definition, numerator, denominator, value, low, high.
    """
    key = ["report_id", "part", "theme"]
    by_part = [counts.assign(part=part)[(part == _WHOLE) | (counts["role"] == part)] for part in PARTS]
    every = pd.MultiIndex.from_product([report_ids, PARTS, [theme.name for theme in themes]], names=key)
    sums = pd.concat(by_part, ignore_index=True).groupby(key)[_SUMS].sum()
    units = sums.reindex(every, fill_value=0).reset_index()
    long = [units[key].join(_values(units, d)).join(_bounds(units, d)).assign(definition=d) for d in DEFINITIONS]
    columns = [*key, "definition", "numerator", "denominator", "value", "low", "high"]
    return pd.concat(long, ignore_index=True)[columns]


def theme_units(
    by_section: pd.DataFrame, values: pd.DataFrame, sections: pd.DataFrame
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The sections and the reports over which definitions are compared: theme, and the value under each definition.

    Sections are those with a heading and without subsections; reports are compared as wholes.
    """
    leaf = leaf_sections(sections[sections["level"] > 0])
    keyed = by_section.set_index(["report_id", "section_id"])
    own = keyed[keyed.index.isin(pd.MultiIndex.from_frame(leaf))]
    of_sections = pd.DataFrame({d: _values(own, d)["value"] for d in DEFINITIONS}).assign(theme=own["theme"])
    whole = values[values["part"] == _WHOLE]
    of_reports = whole.pivot(index=["theme", "report_id"], columns="definition", values="value").reset_index("theme")
    # A batch may have no report: then no definition has become a column.
    return of_sections.reset_index(drop=True), of_reports.reset_index(drop=True).reindex(
        columns=["theme", *DEFINITIONS]
    )


def theme_correlations(sections: pd.DataFrame, reports: pd.DataFrame) -> pd.DataFrame:
    """Spearman's rank correlation between the definitions of `theme_values`, over sections and over reports.

    Only definitions that have neither numerator nor denominator in common are compared: others agree by construction, as
    `per_10k` with `words` (both divided by tokens) and with `ln_hits` (both of the same hits). Sections are those with a heading
    and without subsections; reports are compared as wholes. Equal values share their mean rank. Fewer than 3 units, or a definition that is the same everywhere, give a missing value.

    Parameters
    ----------
    sections, reports : DataFrame
        As `theme_units` gives them, of all batches.

    Returns
    -------
    DataFrame
        theme, unit (section or report), definition, other, n, spearman.
    """
    rows = [
        (theme, unit, *row)
        for unit, table in (("section", sections), ("report", reports))
        for theme, group in table.groupby("theme", sort=True)
        for row in _rank_correlations(group.dropna(subset=list(DEFINITIONS)))
    ]
    return pd.DataFrame(rows, columns=["theme", "unit", "definition", "other", "n", "spearman"])


def _count(flat: FlatText, finder: Finder, paragraph: np.ndarray, shape: tuple[int, int]) -> np.ndarray:
    """The counts of one report by paragraph and theme; `shape` counts both, `paragraph` is that of each sentence."""
    spans = finder.spans(flat.codes)
    at_borders = _HitCounts(flat, flat.at_borders(spans).hits(), paragraph, shape)
    anywhere = _HitCounts(flat, spans.hits(), paragraph, shape)
    own = np.diff(np.append(flat.first, len(flat.text) + 1)) - 1
    totals = [
        np.bincount(paragraph[flat.sentence(flat.word_left)], minlength=shape[0]),
        np.bincount(paragraph, own, shape[0]).astype("int64"),
        np.bincount(paragraph, minlength=shape[0]),
    ]
    counts = [at_borders.hits, anywhere.hits, at_borders.words, at_borders.characters, at_borders.sentences]
    return np.stack([*counts, *(np.repeat(total, shape[1]) for total in totals)], axis=1).reshape(*shape, -1)


def _sum_paragraphs(counts: np.ndarray, section: np.ndarray) -> np.ndarray:
    """Sums over the paragraphs of each section, the columns of `_SUMS`; a row for each section and theme.

    `counts` are those of `_count`, of paragraphs, shape (paragraphs, themes, columns of `_COUNTS`); `section` is that of each.
    """
    of = {name: counts[..., i] for i, name in enumerate(_COUNTS)}
    squares = [of[n] * other for n, size in _RATIOS.values() for other in (of[n], of[size])]
    sizes = [values for size in ("n_words", "n_characters", "n_sentences") for values in (of[size] ** 2, of[size] > 0)]
    every = np.concatenate([counts, np.stack([*squares, *sizes], axis=-1)], axis=-1)
    summed = np.zeros((int(section.max()) + 1, *every.shape[1:]), dtype="int64")
    np.add.at(summed, section, every)
    return summed.reshape(-1, len(_SUMS))


class _HitCounts:
    """Hits counted by paragraph and theme."""

    def __init__(self, flat: FlatText, hits: Spans, paragraph: np.ndarray, shape: tuple[int, int]) -> None:
        self._paragraph, self._shape = paragraph, shape
        sentence = flat.sentence(hits.start)
        self.hits = self._sum(sentence, hits.theme)
        self.characters = self._sum(sentence, hits.theme, hits.end - hits.start)
        self.sentences = self._sum(*self._once(sentence, hits.theme))
        word, hit = flat.words(hits.start, hits.end)
        word, owner = self._once(word, hits.theme[hit])
        self.words = self._sum(flat.sentence(flat.word_left[word]), owner)

    def _once(self, unit: np.ndarray, theme: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        return np.divmod(np.unique(unit * self._shape[1] + theme), self._shape[1])

    def _sum(self, sentence: np.ndarray, theme: np.ndarray, weight: np.ndarray | None = None) -> np.ndarray:
        cell = self._paragraph[sentence] * self._shape[1] + theme
        total = np.bincount(cell, weight, self._shape[0] * self._shape[1])
        return total.astype("int64")


def _values(counts: pd.DataFrame, definition: str) -> pd.DataFrame:
    """Numerator, denominator and value; missing where there is no text."""
    counted, total = _PARTS_OF[definition]
    numerator = counts[counted]
    denominator = pd.Series(np.nan, index=counts.index) if total is None else counts[total]
    match definition:
        case "words" | "characters" | "sentences":
            value = numerator / denominator
            assert value.dropna().between(0, 1).all(), f"{definition}: a share is not between 0 and 1"
        case "ln_hits":
            value = numerator = np.log1p(numerator)
        case _:
            value = numerator / denominator * 10_000
    value = value.where(counts["n_words"] > 0)
    return pd.DataFrame({"numerator": numerator, "denominator": denominator, "value": value}, dtype="float64")


def _bounds(counts: pd.DataFrame, definition: str) -> pd.DataFrame:
    """Low and high of the value, from sums over paragraphs."""
    if definition == "ln_hits":
        return pd.DataFrame({"low": np.nan, "high": np.nan}, index=counts.index)
    n, size = _RATIOS[definition]
    names = (n, size, f"{n}.squares", f"{n}.with_size", f"{size}.squares", f"{size}.units")
    sums = UnitSums(*(counts[name].to_numpy(dtype="float64") for name in names))
    with np.errstate(divide="ignore", invalid="ignore"):
        effect = np.maximum(_USUAL_EFFECT[size] * sums.size / sums.effective_units, 1)
    low, high = (_RATES.get(definition, 1) * end for end in rate_intervals(sums, effect))
    return pd.DataFrame({"low": low, "high": high}, index=counts.index).where(counts["n_words"] > 0)


def _rank_correlations(table: pd.DataFrame) -> Iterator[tuple[Any, ...]]:
    ranks = table[list(DEFINITIONS)].rank()
    for a, b in combinations(DEFINITIONS, 2):
        if any(one == other for one, other in zip(_PARTS_OF[a], _PARTS_OF[b], strict=True)):
            continue
        usable = len(ranks) >= _MIN_UNITS and ranks[a].nunique() > 1 and ranks[b].nunique() > 1
        yield a, b, len(ranks), float(np.corrcoef(ranks[a], ranks[b])[0, 1]) if usable else np.nan


TOP = 20
"""Keywords of each part that are compared across variants."""


def theme_ranges(point: pd.DataFrame, variants: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Attention to each theme as configured, and its range over segmenters x lexicon on and off.

    ``low`` and ``high`` are the smallest and largest value under the default definition of `theme_values`; the point value is
    one of the variants. The stop list does not affect attention, which is divided by all tokens.

    Parameters
    ----------
    point, variants : DataFrame, sequence of DataFrame
        As made by `theme_values`, as configured and under every variant.

    Returns
    -------
    DataFrame
        report_id, part, theme, value, low, high, n_variants.
    """
    key = ["report_id", "part", "theme"]
    every = pd.concat([v[v["definition"] == DEFAULT] for v in variants], ignore_index=True)
    ranges = every.groupby(key)["value"].agg(low="min", high="max").reset_index()
    own = point.loc[point["definition"] == DEFAULT, [*key, "value"]]
    return own.merge(ranges, on=key, how="left").assign(n_variants=len(variants))


def keyword_ranges(point: pd.DataFrame, variants: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """The top 20 keywords of each part as configured, and their range over segmenters x lexicon on and off x stop list on
    and off.

    A variant that does not list a keyword counts as a rate of 0 and has no rank: ``rank_worst`` is the worst of those that
    list it, ``n_listed`` their number.

    Parameters
    ----------
    point, variants : DataFrame, sequence of DataFrame
        As made by `emphasis.measures.frequency.frequency_parts`, as configured and under every variant.

    Returns
    -------
    DataFrame
        report_id, part, term, rank, rank_best, rank_worst, per_10k, low, high, n_listed, n_variants.
    """
    key = ["report_id", "part", "term"]
    top = point[point["rank"] <= TOP][[*key, "rank", "per_10k"]]
    every = pd.concat([v[[*key, "rank", "per_10k"]] for v in variants], ignore_index=True)
    grouped = every.merge(top[key], on=key, how="inner").groupby(key)
    ranks = grouped["rank"].agg(rank_best="min", rank_worst="max", n_listed="size")
    ranges = ranks.join(grouped["per_10k"].agg(low="min", high="max"))
    table = top.merge(ranges.reset_index(), on=key, how="left").assign(n_variants=len(variants))
    table["low"] = table["low"].where(table["n_listed"] == table["n_variants"], 0.0)
    return table
