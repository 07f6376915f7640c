"""A word cloud and, beside it, the same words as bars with their counts."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import matplotlib as mpl
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.patches import Patch, PathPatch
from matplotlib.textpath import TextPath
from matplotlib.transforms import Affine2D

from emphasis.figures.font import make_font
from emphasis.figures.layout import Place, lay_out
from emphasis.whole import whole

WIDTH, HEIGHT = 1600, 1000
"""Pixels of the picture."""

_DPI = 100
_CLOUD = (40, 110, 1000, 790)  # left, top, width, height in pixels
_BARS = (1240, 110, 310, 790)
_TITLE = (11.0, 21.0)  # points, smallest and largest
_INK, _FAINT = "#1f2328", "#57606a"


@dataclass(frozen=True)
class Group:
    """Words that share a colour, and what the colour says."""

    label: str
    colour: str


@dataclass(frozen=True)
class Word:
    """A word of the cloud: how often it occurs, and the index of its group."""

    word: str
    n: int
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
        In the order of the bars.
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


def draw(cloud: Cloud, font: Path, folder: Path, seed: int) -> list[Path]:
    """Draw one cloud as PNG (1600 x 1000 pixels) and SVG (text as outlines).

    Equal input gives equal bytes: the layout is seeded, and neither file holds a date or a version.
    """
    settings: dict[Any, Any] = {"svg.fonttype": "path", "svg.hashsalt": cloud.name, "path.simplify": False}
    with mpl.rc_context(settings):
        figure = _figure(cloud, font, seed)
        FigureCanvasAgg(figure)
        png, svg = folder / f"{cloud.name}.png", folder / f"{cloud.name}.svg"
        nothing = {"Date": None, "Creator": None, "Format": None, "Type": None}
        whole(png, lambda p: figure.savefig(p, format="png", dpi=_DPI, metadata={"Software": None}))
        whole(svg, lambda p: figure.savefig(p, format="svg", dpi=_DPI, metadata=nothing))
    return [png, svg]


def draw_all(clouds: Sequence[Cloud], folder: Path, *, weight: int, seed: int, workers: int) -> None:
    """Draw clouds into a folder, several at a time; the pictures do not depend on how many.

    Parameters
    ----------
    clouds : sequence of Cloud
    folder : Path
        Made if need be.
    weight : int
        Of the typeface, 100 to 900.
    seed : int
    workers : int
        Processes.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as scratch:
        font = make_font((text for cloud in clouds for text in cloud.texts), weight, Path(scratch) / "font.ttf")
        with ProcessPoolExecutor(max_workers=workers, mp_context=get_context("fork")) as pool:
            for done in [pool.submit(draw, cloud, font, folder, seed) for cloud in clouds]:
                print(*done.result(), flush=True)


def _figure(cloud: Cloud, font: Path, seed: int) -> Figure:
    figure = Figure(figsize=(WIDTH / _DPI, HEIGHT / _DPI), dpi=_DPI, facecolor="white")
    plain = FontProperties(fname=str(font))
    title, size = _fitted(cloud.title)
    figure.text(40 / WIDTH, 1 - 56 / HEIGHT, title, fontproperties=plain, fontsize=size, color=_INK, va="center")
    figure.text(
        40 / WIDTH, 1 - 966 / HEIGHT, cloud.caption, fontproperties=plain, fontsize=10.5, color=_FAINT, va="center"
    )
    left, top, width, height = _CLOUD
    places = lay_out({w.word: w.n for w in cloud.words}, font, width, height, seed)
    colours = {w.word: cloud.groups[w.group].colour for w in cloud.words}
    for place in places:
        figure.add_artist(_word(place, left, top, plain, colours[place.word]))
    _bars(figure, cloud, plain)
    used = sorted({w.group for w in cloud.words})
    figure.legend(
        handles=[Patch(color=cloud.groups[i].colour, label=cloud.groups[i].label) for i in used],
        loc="center left",
        bbox_to_anchor=(32 / WIDTH, 1 - 930 / HEIGHT),
        ncols=len(cloud.groups),
        frameon=False,
        prop=FontProperties(fname=str(font), size=11.5),
        handlelength=1.0,
        labelcolor=_INK,
        borderpad=0.2,
    )
    return figure


def _fitted(title: str) -> tuple[str, float]:
    """A title and the size in points at which it fits on one line; beyond what a small size holds, it is cut."""
    room = (WIDTH - 80) * 72 / _DPI
    ems = [1.0 if ord(character) > 0x2000 else 0.6 for character in title]
    size = min(_TITLE[1], room / sum(ems))
    if size >= _TITLE[0]:
        return title, size
    kept = 0
    while sum(ems[: kept + 1]) + 1 <= room / _TITLE[0]:
        kept += 1
    return f"{title[:kept]}…", _TITLE[0]


def _word(place: Place, left: float, top: float, plain: FontProperties, colour: str) -> PathPatch:
    """The word's outlines at their place; a figure's own artists are measured in fractions of its size."""
    path = TextPath((left + place.x, HEIGHT - top - place.baseline), place.word, size=place.size, prop=plain)
    return PathPatch(Affine2D().scale(1 / WIDTH, 1 / HEIGHT).transform_path(path), facecolor=colour, edgecolor="none")


def _bars(figure: Figure, cloud: Cloud, plain: FontProperties) -> None:
    left, top, width, height = _BARS
    words = cloud.words
    row = min(height / max(len(words), 1), 34)
    used = row * max(len(words), 1)
    axes = figure.add_axes((left / WIDTH, 1 - (top + used) / HEIGHT, width / WIDTH, used / HEIGHT))
    axes.barh(range(len(words)), [w.n for w in words], height=0.72, color=[cloud.groups[w.group].colour for w in words])
    axes.set_ylim(len(words) - 0.5, -0.5)
    axes.set_xlim(0, 1.12 * max((w.n for w in words), default=1))
    size = min(0.62 * row * 72 / _DPI, 12)
    axes.set_yticks(range(len(words)), [w.word for w in words], fontproperties=plain, fontsize=size, color=_INK)
    for position, w in enumerate(words):
        axes.annotate(
            str(w.n), (w.n, position), (3, 0), textcoords="offset points", va="center", fontproperties=plain, fontsize=size,
            color=_FAINT,
        )  # fmt: skip
    axes.tick_params(length=0, pad=4)
    axes.set_xticks([])
    for side in axes.spines.values():
        side.set_visible(False)
