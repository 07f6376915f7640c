"""Word clouds: which words in which colours, where each word goes, and the picture with the words' counts as bars."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor
from dataclasses import dataclass, replace
from multiprocessing import get_context
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

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
from emphasis.measures.frequency import PARTS
from emphasis.measures.nesting import choose_shown
from emphasis.sections import ancestors, section_number

RATIO = 2
"""From this ratio of rates on, a word counts as more frequent here than there."""

PAGE = 17.4
"""Width of a cloud with its bars in cm: a page of a journal."""

_PART_COLOURS = {"cloud.review": REVIEW, "cloud.plan": PLAN, "cloud.equal": NEUTRAL}
_SECTION_COLOURS = {"cloud.only": PLAN, "cloud.twice": REVIEW, "cloud.other": NEUTRAL}

# Layout, in pixels: words are laid out at half the size of the picture, a quarter of the work without a visible difference.
_COARSE = 2
_FULLEST = 0.62  # Share of the area that words cover at first; lowered until every word has a place.
_LESS = 0.94
_GAP = 4  # Around each word.
# A layout succeeds at one of these parts of the largest scale; which cannot be foreseen.
_PACKED = (0.8, 0.7, 0.6, 0.5)
_FEWEST = 5  # Words of a cloud.

# The picture, in cm.
_CLOUD = (11.6, 9.6)
_LABELS, _BARS = 2.5, 2.1
_ROW = 0.24  # At least: type of 6 points.
_DOTS = 86  # Pixels of the layout for a cm.
_AREA = int(_CLOUD[0] * _DOTS), int(_CLOUD[1] * _DOTS)


@dataclass(frozen=True)
class ColourGroup:
    """Words that share a colour, and what the colour means."""

    label: str
    colour: str


@dataclass(frozen=True)
class CloudWord:
    """A word of a cloud: its count, its rate per 10,000 words, and the index of its colour group."""

    word: str
    n: int
    rate: float
    group: int


@dataclass(frozen=True)
class Cloud:
    """What a cloud shows; its name is that of its file without the ending."""

    name: str
    title: str
    caption: str  # what size means and how many words were counted
    words: Sequence[CloudWord]  # in the order of the bars; at least one
    groups: Sequence[ColourGroup]

    @property
    def texts(self) -> list[str]:
        """Everything that is set in the font."""
        return ["…", self.title, self.caption, *(w.word for w in self.words), *(g.label for g in self.groups)]

    @property
    def weights(self) -> dict[str, float]:
        """What the areas of the words are proportional to."""
        return {w.word: w.rate for w in self.words}


def report_clouds(
    tables: Mapping[str, pd.DataFrame], roles: Collection[str], max_words: int, language: str
) -> list[Cloud]:
    """The clouds of one report: the whole, its review, its plan, and each section of level 2.

    A section of level 1 without subsections gets a cloud too. Words are the most frequent ones; of equally frequent words,
    those whose rate exceeds that elsewhere the most come first. Colours in the clouds of the whole and of the parts compare
    the rates of review and plan; in the clouds of sections, the rate in the section with that in the rest of the report.

    `tables` are reports, frequency, frequency_parts, sections of one report; `roles` are its parts that are counted.
    """
    frequency, parts, sections = (tables[name] for name in ("frequency", "frequency_parts", "sections"))
    title, sizes = report_title(tables["reports"]), counted_words(sections, roles)

    def cloud(
        name: str, heading: str, words: pd.DataFrame, size: int, comparison: pd.DataFrame, colours: Mapping[str, str]
    ) -> Cloud:
        table = words[["n", "per_10k", "within"]].join(comparison).reset_index()
        table = table.sort_values(["n", "contrast", "term"], ascending=[False, False, True])
        table = table.iloc[choose_shown(table["term"], table["within"].fillna(""), max_words)]
        chosen = zip(*(table[column].tolist() for column in ("term", "n", "per_10k", "group")), strict=True)
        caption = say("cloud.size", language, counted=f"{size:,}")
        groups = [ColourGroup(say(key, language), colour) for key, colour in colours.items()]
        return Cloud(name, f"{title}  {heading}", caption, [CloudWord(*word) for word in chosen], groups)

    in_part = {part: parts[parts["part"] == part].set_index("term") for part in PARTS}
    clouds = []
    for part, words in in_part.items():
        if len(words):
            comparison = _compare_parts(part, in_part, sizes)
            clouds.append(cloud(part, say(part, language), words, sizes[part], comparison, _PART_COLOURS))
    headed = shown_sections(sections)[["section_id", "number", "heading"]]
    for section_id, number, heading in headed.itertuples(index=False):
        words, size = frequency[frequency["section_id"] == section_id].set_index("term"), sizes[section_id]
        if len(words):
            comparison = _compare_with_rest(words["n"], size, in_part["whole"]["n"], sizes["whole"])
            name, own_heading = f"section-{section_number(section_id)}", f"{number}{heading}"
            clouds.append(cloud(name, own_heading, words, size, comparison, _SECTION_COLOURS))
    return clouds


def counted_words(sections: pd.DataFrame, roles: Collection[str]) -> Counter[str]:
    """Counted words of each section, subsections included, and of each part: what rates are divided by.

    `sections` is as in sections.csv, of one report: its `n_words` includes subsections, also those of parts that are not
    counted. `roles` are the parts that are.
    """
    inside = sections.groupby("parent_id")["n_words"].sum().to_dict()
    sizes: Counter[str] = Counter()
    for section_id, role, n_words in sections[["section_id", "role", "n_words"]].itertuples(index=False):
        if role in roles:
            for name in ("whole", role, *ancestors(section_id)):
                sizes[name] += n_words - inside.get(section_id, 0)
    return sizes


def _compare_parts(part: str, in_part: Mapping[str, pd.DataFrame], sizes: Counter[str]) -> pd.DataFrame:
    """The colour group of each word of a part, and by how much its rate exceeds that in the other part."""
    words = in_part[part].index
    review, plan = (in_part[name]["n"].reindex(words).fillna(0) for name in ("review", "plan"))
    group = pd.Series(2, index=words)
    if len(in_part["review"]) and len(in_part["plan"]):
        group[(review > 0) & _at_least(RATIO, review, sizes["review"], plan, sizes["plan"])] = 0
        group[(plan > 0) & _at_least(RATIO, plan, sizes["plan"], review, sizes["review"])] = 1
    contrast = _rate(review, sizes["review"]) - _rate(plan, sizes["plan"])
    contrast = contrast.abs() if part == "whole" else contrast * (1 if part == "review" else -1)
    return pd.DataFrame({"group": group, "contrast": contrast.round(6)})


def _compare_with_rest(n: pd.Series[int], size: int, in_report: pd.Series[int], report_size: int) -> pd.DataFrame:
    """The colour group of each word of a section, and by how much its rate exceeds that in the rest of the report."""
    rest, rest_size = in_report.reindex(n.index) - n, report_size - size
    group = pd.Series(2, index=n.index)
    group[_at_least(RATIO, n, size, rest, rest_size)] = 1
    group[rest == 0] = 0
    return pd.DataFrame({"group": group, "contrast": (_rate(n, size) - _rate(rest, rest_size)).round(6)})


def _at_least(ratio: int, n: pd.Series[int], size: int, other: pd.Series[int], other_size: int) -> pd.Series[bool]:
    """Whether ``n / size >= ratio * other / other_size``: in whole numbers, so that exactly twice is twice."""
    return n * other_size >= ratio * other * size


def _rate(n: pd.Series[int], size: int) -> pd.Series[float]:
    return 10_000 * n / max(size, 1)


@dataclass(frozen=True)
class WordPlace:
    """Where a word goes, in pixels from the top left corner: the start of its baseline, and its type size."""

    word: str
    x: float
    baseline: float
    size: float


def readable_layouts(
    clouds: Sequence[Cloud], font: Path, seed: int, pool: Executor
) -> tuple[list[Cloud], list[list[WordPlace]]]:
    """Clouds and the places of their words on one scale, at which the smallest word has type of 6 points.

    In a very short section each word has a high rate, and its cloud would force a scale at which the words of the whole
    report cannot be read. Such a cloud goes without its last words.
    """
    readable = SMALL * 2.54 / 72 * _DOTS
    lowest = min((w.rate for cloud in clouds for w in cloud.words), default=1.0)
    for packed in _PACKED:
        kept = [_trim(cloud, readable / math.sqrt(lowest) / packed) for cloud in clouds]
        layouts = common_layouts(kept, font, seed, pool)
        if min((place.size for places in layouts for place in places), default=math.inf) >= readable:
            break
    return kept, layouts


def _trim(cloud: Cloud, scale: float) -> Cloud:
    """The cloud without the last words that it has no room for at this scale."""
    words = list(cloud.words)
    while len(words) > _FEWEST and largest_scale({w.word: w.rate for w in words}, *_AREA) < scale:
        words.pop()
    return replace(cloud, words=words)


def common_layouts(clouds: Sequence[Cloud], font: Path, seed: int, pool: Executor) -> list[list[WordPlace]]:
    """Places of the words of each cloud, so that equal rates have equal type sizes in all of them.

    The scale is the largest at which the fullest cloud finds room for its words.
    """
    scale = min((largest_scale(cloud.weights, *_AREA) for cloud in clouds), default=0.0)
    layouts: list[tuple[list[WordPlace], float]] = [([], float("inf"))] * len(clouds)
    while any(reached > scale for _, reached in layouts):
        again = [i for i, (_, reached) in enumerate(layouts) if reached > scale]
        jobs = [pool.submit(lay_out, clouds[i].weights, font, _AREA, seed, scale) for i in again]
        for i, job in zip(again, jobs, strict=True):
            layouts[i] = job.result()
        scale = min(reached for _, reached in layouts)
    return [places for places, _ in layouts]


def largest_scale(weights: Mapping[str, float], width: int, height: int) -> float:
    """The type size of weight 1 at which words fill an area (in pixels) as far as they may: layouts start here.

    There must be a word, and weights must be above zero.
    """
    roots = {word: math.sqrt(weight) for word, weight in weights.items()}
    ink = sum(len(word) * root**2 for word, root in roots.items())
    longest = max(len(word) * root for word, root in roots.items())
    return min(math.sqrt(_FULLEST * width * height / ink), 0.9 * width / longest, 0.5 * height / max(roots.values()))


def lay_out(
    weights: Mapping[str, float], font: Path, area: tuple[int, int], seed: int, scale: float
) -> tuple[list[WordPlace], float]:
    """Place words horizontally, without overlap, at type sizes exactly proportional to the square root of their weights.

    The area of a character is thus proportional to the word's weight. Words that need less than the area are close together
    in its middle. When a word finds no room in the whole of it, the scale of the cloud is lowered: shrinking that word alone
    would misrepresent its weight.

    Parameters
    ----------
    weights : mapping of str to float
        Above zero.
    area : tuple of int
        Width and height in pixels.
    scale : float
        Type size of weight 1 to begin with.

    Returns
    -------
    list of WordPlace
        Heaviest first; empty without words.
    float
        The scale at which every word found room.
    """
    roots = {word: math.sqrt(weights[word]) for word in sorted(weights, key=lambda word: (-weights[word], word))}
    if not roots:
        return [], scale
    used = min(scale / largest_scale(weights, *area), 1.0)
    while True:
        wide, high = (int(side * used) for side in area)
        places = _try_layout(roots, scale / _COARSE, font, wide // _COARSE, high // _COARSE, seed)
        if places is not None:
            return _centre(places, font, *area), scale
        if used < 1:
            used = min(used / _LESS, 1.0)
        else:
            scale *= _LESS


def _try_layout(
    roots: Mapping[str, float], scale: float, font: Path, width: int, height: int, seed: int
) -> list[WordPlace] | None:
    """Places in an area of the given size, or None when a word finds no room.

    The search for room is wordcloud's. Its own layout is not used: it shrinks words that do not fit, and it measures a word
    from the top of its ink but sets it from the ascender line, over its neighbours.
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
        places.append(WordPlace(word, x + _GAP - left, y + _GAP - top, scale * root))
        # The word's box is taken, not its ink alone, so that no word is set inside a character.
        taken[y + _GAP : y + tall - _GAP, x + _GAP : x + wide - _GAP] = 1
        room.update(taken, y, x)
    return places


def _centre(places: list[WordPlace], font: Path, width: int, height: int) -> list[WordPlace]:
    """The places at the size of the picture, the whole cloud moved to the middle of its area."""
    inks = []
    for place in places:
        left, top, right, bottom = ImageFont.truetype(str(font), place.size).getbbox(place.word, anchor="ls")
        inks.append((place.x + left, place.baseline + top, place.x + right, place.baseline + bottom))
    dx = (width - _COARSE * (min(ink[0] for ink in inks) + max(ink[2] for ink in inks))) / 2
    dy = (height - _COARSE * (min(ink[1] for ink in inks) + max(ink[3] for ink in inks))) / 2
    return [WordPlace(p.word, _COARSE * p.x + dx, _COARSE * p.baseline + dy, _COARSE * p.size) for p in places]


def draw_clouds(clouds: Sequence[Cloud], folder: Path, *, language: str, weight: int, seed: int, workers: int) -> None:
    """Draw clouds into a folder on one scale, by several processes; the pictures do not depend on how many.

    `weight` is that of the typeface, 100 to 900.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as scratch:
        style = Style(language, Path(scratch) / "font.ttf")
        make_font((text for cloud in clouds for text in cloud.texts), weight, style.font)
        with ProcessPoolExecutor(max_workers=workers, mp_context=get_context("fork")) as pool:
            clouds, layouts = readable_layouts(clouds, style.font, seed, pool)
            for job in [pool.submit(_draw, *pair, style, folder) for pair in zip(clouds, layouts, strict=True)]:
                print(job.result(), flush=True)


def _draw(cloud: Cloud, places: Sequence[WordPlace], style: Style, folder: Path) -> str:
    save(cloud.name, cloud_figure(cloud, places, style), folder)
    return cloud.name


def cloud_figure(cloud: Cloud, places: Sequence[WordPlace], style: Style) -> Figure:
    """The cloud on the left, the bars on the right, below them the meanings of colours and sizes."""
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
    _draw_bars(sheet, cloud, high)
    used = sorted({w.group for w in cloud.words})
    sheet.swatches(high + 0.3, [(cloud.groups[i].colour, cloud.groups[i].label) for i in used])
    return sheet.figure


def _draw_bars(sheet: Sheet, cloud: Cloud, high: float) -> None:
    words = cloud.words
    row = min(high / len(words), 0.32)
    left = PAGE - _BARS - 0.1
    axes = sheet.axes(left, 0, _BARS, row * len(words))
    axes.barh(range(len(words)), [w.n for w in words], height=0.74, color=[cloud.groups[w.group].colour for w in words])
    axes.set_ylim(len(words) - 0.5, -0.5)
    axes.set_xlim(0, 1.25 * max(w.n for w in words))
    for number, w in enumerate(words):
        y = row * (number + 0.5)
        sheet.text(left - 0.08, y, wrap(w.word, _LABELS, SMALL, 1)[0], ha="right", colour=INK)
        at, face = (w.n, number), sheet.style.face()
        axes.annotate(f"{w.n}", at, (2, 0), textcoords="offset points", va="center", color=FAINT, fontproperties=face)
