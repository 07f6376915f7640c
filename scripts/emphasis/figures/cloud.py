"""A word cloud and, beside it, the same words as bars with their counts."""

from __future__ import annotations

import math
from collections.abc import Sequence
from concurrent.futures import Executor, ProcessPoolExecutor
from dataclasses import dataclass, replace
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory

from matplotlib.figure import Figure
from matplotlib.patches import PathPatch
from matplotlib.textpath import TextPath
from matplotlib.transforms import Affine2D

from emphasis.figures.font import make_font
from emphasis.figures.layout import Place, largest_scale, lay_out
from emphasis.figures.style import FAINT, INK, SMALL, Sheet, Style, save, wrap

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
