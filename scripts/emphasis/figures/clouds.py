"""A word cloud and, beside it, the same words as bars with their counts."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor
from dataclasses import dataclass, replace
from multiprocessing import get_context
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch
from matplotlib.textpath import TextPath
from matplotlib.transforms import Affine2D
from PIL import ImageFont
from wordcloud.wordcloud import IntegralOccupancyMap

from emphasis.figures.strings import report_title, say, shown_sections
from emphasis.figures.style import FAINT, INK, NEUTRAL, PLAN, REVIEW, SMALL, Sheet, Style, make_font, save, wrap

_COARSE = 2  # Words are laid out at half the size they are drawn at: a quarter of the work, and no visible difference.
_FULLEST = 0.62  # Share of the area that words cover at first; lowered until every word has a place.
_LESS = 0.94
_GAP = 4  # Pixels of the layout around each word.


@dataclass(frozen=True)
class Place:
    """A word's place, in pixels from the top left corner: where its baseline begins, and its type size."""

    word: str
    x: float
    baseline: float
    size: float


def largest_scale(weights: Mapping[str, float], width: int, height: int) -> float:
    """The type size of weight 1 at which words fill an area as far as they may: layouts start here.

    Parameters
    ----------
    weights : mapping of str to float
        Above zero; at least one.
    width, height : int
        Of the area, in pixels.
    """
    roots = {word: math.sqrt(weight) for word, weight in weights.items()}
    ink = sum(len(word) * root**2 for word, root in roots.items())
    longest = max(len(word) * root for word, root in roots.items())
    return min(math.sqrt(_FULLEST * width * height / ink), 0.9 * width / longest, 0.5 * height / max(roots.values()))


def lay_out(
    weights: Mapping[str, float], font: Path, area: tuple[int, int], seed: int, scale: float
) -> tuple[list[Place], float]:
    """Place words horizontally, without overlap, at type sizes exactly proportional to the square root of their weights.

    The area of a character is thus proportional to the word's weight. Words that need less than the area stand close
    together in its middle. When a word finds no room in the whole of it, the scale of the cloud is lowered: shrinking that
    word alone would make its size a lie.

    Parameters
    ----------
    weights : mapping of str to float
        Above zero.
    font : Path
    area : tuple of int
        Width and height in pixels.
    seed : int
        Equal seeds give equal clouds.
    scale : float
        Type size of weight 1 to begin with.

    Returns
    -------
    list of Place
        Heaviest first; empty without words.
    float
        The scale at which every word found room.
    """
    ranked = sorted(weights.items(), key=lambda item: (-item[1], item[0]))
    roots = {word: math.sqrt(weight) for word, weight in ranked}
    if not roots:
        return [], scale
    used = min(scale / largest_scale(weights, *area), 1.0)
    while True:
        wide, high = (int(side * used) for side in area)
        placed = _try(roots, scale / _COARSE, font, wide // _COARSE, high // _COARSE, seed)
        if placed is not None:
            return _centred(placed, font, *area), scale
        if used < 1:
            used = min(used / _LESS, 1.0)
        else:
            scale *= _LESS


def _try(
    roots: Mapping[str, float], scale: float, font: Path, width: int, height: int, seed: int
) -> list[Place] | None:
    """Places in an area of the given size, or None when a word finds no room.

    The search for room is wordcloud's; its drawing loop is not used because it shrinks words that do not fit, and because
    it measures a word from the top of its ink but draws it from the ascender line, over its neighbours.
    """
    random = Random(seed)
    taken = np.zeros((height, width), dtype="uint8")
    room = IntegralOccupancyMap(height, width, None)
    places = []
    for word, root in roots.items():
        left, top, right, bottom = ImageFont.truetype(str(font), scale * root).getbbox(word, anchor="ls")
        tall, wide = math.ceil(bottom - top) + 2 * _GAP, math.ceil(right - left) + 2 * _GAP
        found = room.sample_position(tall, wide, random) if tall <= height and wide <= width else None
        if found is None:
            return None
        y, x = found
        places.append(Place(word, x + _GAP - left, y + _GAP - top, scale * root))
        # The word's box is taken, not its ink alone: no word comes to stand inside a character.
        taken[y + _GAP : y + tall - _GAP, x + _GAP : x + wide - _GAP] = 1
        room.update(taken, y, x)
    return places


def _centred(places: list[Place], font: Path, width: int, height: int) -> list[Place]:
    """The places at the size of the drawing, the whole cloud moved to the middle of its area."""
    inks = []
    for place in places:
        left, top, right, bottom = ImageFont.truetype(str(font), place.size).getbbox(place.word, anchor="ls")
        inks.append((place.x + left, place.baseline + top, place.x + right, place.baseline + bottom))
    dx = (width - _COARSE * (min(ink[0] for ink in inks) + max(ink[2] for ink in inks))) / 2
    dy = (height - _COARSE * (min(ink[1] for ink in inks) + max(ink[3] for ink in inks))) / 2
    return [Place(p.word, _COARSE * p.x + dx, _COARSE * p.baseline + dy, _COARSE * p.size) for p in places]


PAGE = 17.4
"""Width of a cloud with its bars in cm: a page of a journal."""

_CLOUD = (11.6, 9.6)  # cm
_DOTS = 86  # Pixels of the layout for a cm.
_AREA = int(_CLOUD[0] * _DOTS), int(_CLOUD[1] * _DOTS)
_PACKED = (0.8, 0.7, 0.6, 0.5)  # A layout finds room at such a part of the largest scale; how large cannot be foreseen.
_FEWEST = 5
_LABELS, _BARS = 2.5, 2.1  # cm
_ROW = 0.24  # cm, at least: type of 6 points


@dataclass(frozen=True)
class Group:
    """Words that share a colour, and what the colour says."""

    label: str
    colour: str


@dataclass(frozen=True)
class Word:
    """A word of the cloud: how often it occurs, how often in 10,000 words, and the index of its group."""

    word: str
    n: int
    rate: float
    group: int


@dataclass(frozen=True)
class Cloud:
    """What a picture shows.

    Attributes
    ----------
    name : str
        File name without its ending.
    title : str
    caption : str
        Says what size is and what was counted.
    words : sequence of Word
        In the order of the bars; at least one.
    groups : sequence of Group
    """

    name: str
    title: str
    caption: str
    words: Sequence[Word]
    groups: Sequence[Group]

    @property
    def texts(self) -> list[str]:
        """Everything that is set in the font."""
        return ["…", self.title, self.caption, *(w.word for w in self.words), *(g.label for g in self.groups)]

    @property
    def weights(self) -> dict[str, float]:
        """What the areas of the words are proportional to."""
        return {w.word: w.rate for w in self.words}


def draw_all(clouds: Sequence[Cloud], folder: Path, *, language: str, weight: int, seed: int, workers: int) -> None:
    """Draw clouds into a folder on one scale, several at a time; the pictures do not depend on how many.

    Parameters
    ----------
    clouds : sequence of Cloud
    folder : Path
        Made if need be.
    language : str
    weight : int
        Of the typeface, 100 to 900.
    seed : int
    workers : int
        Processes.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as scratch:
        style = Style(language, Path(scratch) / "font.ttf")
        make_font((text for cloud in clouds for text in cloud.texts), weight, style.font)
        with ProcessPoolExecutor(max_workers=workers, mp_context=get_context("fork")) as pool:
            clouds, layouts = readable_layouts(clouds, style.font, seed, pool)
            for done in [pool.submit(_draw, *pair, style, folder) for pair in zip(clouds, layouts, strict=True)]:
                print(done.result(), flush=True)


def readable_layouts(
    clouds: Sequence[Cloud], font: Path, seed: int, pool: Executor
) -> tuple[list[Cloud], list[list[Place]]]:
    """Clouds and the places of their words on one scale, at which the smallest word has type of 6 points.

    Where a section is very short, each of its words has a high rate, and its cloud would force a scale at which the words of
    the whole report cannot be read. Such a cloud goes without its last words.
    """
    lowest = min((w.rate for cloud in clouds for w in cloud.words), default=1.0)
    needed = SMALL * 2.54 / 72 * _DOTS / math.sqrt(lowest)
    for packed in _PACKED:
        kept = [_trimmed(cloud, needed / packed) for cloud in clouds]
        layouts = common_layouts(kept, font, seed, pool)
        if min((place.size for places in layouts for place in places), default=math.inf) >= SMALL * 2.54 / 72 * _DOTS:
            break
    return kept, layouts


def _trimmed(cloud: Cloud, needed: float) -> Cloud:
    words = list(cloud.words)
    while len(words) > _FEWEST and largest_scale({w.word: w.rate for w in words}, *_AREA) < needed:
        words.pop()
    return replace(cloud, words=words)


def common_layouts(clouds: Sequence[Cloud], font: Path, seed: int, pool: Executor) -> list[list[Place]]:
    """Places of the words of each cloud, so that equal rates have equal type sizes in all of them.

    The scale is the largest at which the fullest cloud finds room for its words.
    """
    scale = min((largest_scale(cloud.weights, *_AREA) for cloud in clouds), default=0.0)
    found: list[tuple[list[Place], float]] = [([], float("inf"))] * len(clouds)
    while any(reached > scale for _, reached in found):
        again = [place for place, (_, reached) in enumerate(found) if reached > scale]
        started = [pool.submit(lay_out, clouds[place].weights, font, _AREA, seed, scale) for place in again]
        for place, done in zip(again, started, strict=True):
            found[place] = done.result()
        scale = min(reached for _, reached in found)
    return [places for places, _ in found]


def _draw(cloud: Cloud, places: Sequence[Place], style: Style, folder: Path) -> str:
    save(cloud.name, cloud_figure(cloud, places, style), folder)
    return cloud.name


def cloud_figure(cloud: Cloud, places: Sequence[Place], style: Style) -> Figure:
    """The cloud to the left, the bars to the right, below them what colours and sizes say."""
    high = max(_CLOUD[1], _ROW * len(cloud.words))
    (title,) = wrap(cloud.title, PAGE - 0.3, 8.0, 1)
    sheet = Sheet(style, title, high + 0.5, cloud.caption, columns=PAGE)
    colours = {w.word: cloud.groups[w.group].colour for w in cloud.words}
    left, top = 0.1, (high - _CLOUD[1]) / 2
    for place in places:
        # A figure's own artists are measured in fractions of its size.
        x, y = sheet.point(left + place.x / _DOTS, top + place.baseline / _DOTS)
        path = TextPath((0, 0), place.word, size=place.size, prop=style.face())
        scale = Affine2D().scale(1 / _DOTS / sheet.width, 1 / _DOTS / sheet.height).translate(x, y)
        sheet.figure.add_artist(PathPatch(scale.transform_path(path), facecolor=colours[place.word], edgecolor="none"))
    _bars(sheet, cloud, high)
    used = sorted({w.group for w in cloud.words})
    sheet.swatches(high + 0.3, [(cloud.groups[i].colour, cloud.groups[i].label) for i in used])
    return sheet.figure


def _bars(sheet: Sheet, cloud: Cloud, high: float) -> None:
    words = cloud.words
    row = min(high / len(words), 0.32)
    left = PAGE - _BARS - 0.1
    axes = sheet.axes(left, 0, _BARS, row * len(words))
    axes.barh(range(len(words)), [w.n for w in words], height=0.74, color=[cloud.groups[w.group].colour for w in words])
    axes.set_ylim(len(words) - 0.5, -0.5)
    axes.set_xlim(0, 1.25 * max(w.n for w in words))
    for place, w in enumerate(words):
        y = row * (place + 0.5)
        sheet.text(left - 0.08, y, wrap(w.word, _LABELS, SMALL, 1)[0], ha="right", colour=INK)
        axes.annotate(
            f"{w.n}", (w.n, place), (2, 0), textcoords="offset points", va="center", color=FAINT,
            fontproperties=sheet.style.face(),
        )  # fmt: skip


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
