"""Where each word of a cloud goes: sizes exactly to scale, words close together, the cloud as large as its field."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.machinery import PathFinder
from importlib.util import find_spec, module_from_spec
from random import Random
from typing import Any

import numpy as np

from emphasis.figures.typeface import Typeface

ROUNDNESS = 2.6
"""Exponent of the shape of a cloud: 2 is an ellipse, infinity a rectangle."""

# Layouts of a cloud, of which the fullest and most even is taken: the fewer words, the more, since each tells more.
_LEAST_TRIES, _MOST_TRIES, _LAID_OUT = 8, 24, 360
_BESIDE, _ABOVE = (
    0.1,
    0.05,
)  # Room around a word, as parts of its type size: side by side, two words must not read as one.
_CELLS, _CELLS_PER_WORD = 6_000, 300  # Of the grid that words are laid out on.
_FULL = 0.6  # Share of the shape that words would cover at a size of 1; where that is too full, the shape grows.
_GROWTH = 1.03  # Of the shape, as long as a word finds no room in it.
_PARTS = (4, 6)  # Rows and columns of parts in which it is seen how evenly words cover a shape.
_ROOM = 1.35  # Width and height of the grid, for a shape of 1.


@dataclass(frozen=True)
class WordPlace:
    """Where a word goes, in the unit of the field from its top left corner: the start of its baseline, and its type size."""

    word: str
    x: float
    baseline: float
    size: float


@dataclass(frozen=True)
class Layout:
    """Places of words, largest first; the share of the shape that is covered by words with the room around them; and by how much
    this share varies between parts of the shape (the standard deviation)."""

    places: list[WordPlace]
    filled: float
    uneven: float


@dataclass(frozen=True)
class _Box:
    """A word's type size and its ink, from the start of its baseline, at a scale of 1."""

    word: str
    size: float
    left: float
    top: float
    right: float
    bottom: float

    @property
    def wide(self) -> float:
        return self.right - self.left + 2 * _BESIDE * self.size

    @property
    def high(self) -> float:
        return self.bottom - self.top + 2 * _ABOVE * self.size


def lay_out(weights: Mapping[str, float], face: Typeface, wide: float, high: float, seed: int) -> Layout:
    """Place words horizontally in a field, without overlap; the area of a character is proportional to the word's weight.

    From the largest to the smallest, each word goes to a random place that is free in the smallest round shape, about the middle,
    that has one. So words lie close together, the large ones in the middle, and the shape that they end with is enlarged to the field: no
    word has to be shrunk, and none is left out. Of several such layouts the fullest is taken.

    Parameters
    ----------
    weights : mapping of str to float
        Above zero; at least one.
    wide, high : float
        The field.
    """
    boxes = []
    for word, weight in weights.items():
        size = math.sqrt(weight)
        boxes.append(_Box(word, size, *(size * side for side in face.box(word))))
    boxes.sort(key=lambda box: (-box.wide * box.high, box.word))
    grid = _Grid(boxes, wide, high)
    tries = min(max(_LAID_OUT // len(boxes), _LEAST_TRIES), _MOST_TRIES if len(boxes) > 1 else 1)
    layouts = (grid.layout(Random(seed + i)) for i in range(tries))
    return max(layouts, key=lambda layout: round(layout.filled - layout.uneven / 2, 6))


class _Grid:
    """A grid of cells for the words of a cloud."""

    def __init__(self, boxes: list[_Box], wide: float, high: float) -> None:
        self._boxes, self._field = boxes, (wide, high)
        self._full = wide * high * math.gamma(1 + 1 / ROUNDNESS) ** 2 / math.gamma(1 + 2 / ROUNDNESS)
        cells = _CELLS + _CELLS_PER_WORD * len(boxes)
        fine = math.sqrt(cells / (wide * high))  # Cells for a unit of the field, in each direction.
        self._shape = rows, columns = int(_ROOM * high * fine), int(_ROOM * wide * fine)
        across, down = ((np.arange(n) + 0.5) / n * 2 - 1 for n in (columns, rows))
        distance = (np.abs(down[:, None]) ** ROUNDNESS + np.abs(across) ** ROUNDNESS) ** (1 / ROUNDNESS)
        # Rounded, so that differences between processors do not show.
        self._distance = (_ROOM * distance).round(6)
        self._scale = math.sqrt(_FULL * self._full * fine**2 / sum(box.wide * box.high for box in boxes))
        longest, tallest = max(box.wide for box in boxes), max(box.high for box in boxes)
        # One long word, or one of a single line, is limited by the width or height of the field.
        self._scale = min(self._scale, 0.9 * columns / _ROOM / longest, 0.9 * rows / _ROOM / tallest)

    def layout(self, random: Random) -> Layout:
        """A layout at random, in the units of the field."""
        scale = self._scale
        while (corners := self._corners(random, scale)) is None:
            scale *= 0.9
        lefts = [x + _BESIDE * box.size * scale for (x, _), box in zip(corners, self._boxes, strict=True)]
        tops = [y + _ABOVE * box.size * scale for (_, y), box in zip(corners, self._boxes, strict=True)]
        rights = [x + scale * (box.right - box.left) for x, box in zip(lefts, self._boxes, strict=True)]
        bottoms = [y + scale * (box.bottom - box.top) for y, box in zip(tops, self._boxes, strict=True)]
        wide, high = max(rights) - min(lefts), max(bottoms) - min(tops)
        enlarge = min(self._field[0] / wide, self._field[1] / high)
        aside, down = (self._field[0] - wide * enlarge) / 2, (self._field[1] - high * enlarge) / 2
        size = scale * enlarge
        places = [
            WordPlace(
                box.word,
                aside + (x - min(lefts)) * enlarge - box.left * size,
                down + (y - min(tops)) * enlarge - box.top * size,
                box.size * size,
            )
            for x, y, box in zip(lefts, tops, self._boxes, strict=True)
        ]
        covered = sum(box.wide * box.high for box in self._boxes) * size**2
        return Layout(places, covered / self._full, self._unevenness(places, wide * enlarge, high * enlarge))

    def _unevenness(self, places: list[WordPlace], wide: float, high: float) -> float:
        """The standard deviation of the share that is covered, over the parts of a layout that lie in the shape."""
        aside, down = (self._field[0] - wide) / 2, (self._field[1] - high) / 2
        fine = 12  # Points for a part, in each direction.
        rows, columns = _PARTS
        y, x = ((np.arange(n * fine) + 0.5) / (n * fine) for n in (rows, columns))
        inside = np.abs(2 * y[:, None] - 1) ** ROUNDNESS + np.abs(2 * x - 1) ** ROUNDNESS <= 1
        covered = np.zeros(inside.shape, dtype=bool)
        for place, box in zip(places, self._boxes, strict=True):
            size = place.size / box.size
            left, top = (
                place.x + (box.left - _BESIDE * box.size) * size,
                place.baseline + (box.top - _ABOVE * box.size) * size,
            )
            ends = ((top - down) / high, (left - aside) / wide, box.high * size / high, box.wide * size / wide)
            rows_of, columns_of = (y >= ends[0]) & (y < ends[0] + ends[2]), (x >= ends[1]) & (x < ends[1] + ends[3])
            covered |= rows_of[:, None] & columns_of
        parts = (rows, fine, columns, fine)
        of_shape = inside.reshape(parts).sum(axis=(1, 3))
        share = (covered & inside).reshape(parts).sum(axis=(1, 3))[of_shape > 0] / of_shape[of_shape > 0]
        weight = of_shape[of_shape > 0] / of_shape.sum()
        return float(np.sqrt((weight * (share - (weight * share).sum()) ** 2).sum()))

    def _corners(self, random: Random, scale: float) -> list[tuple[int, int]] | None:
        """The upper left corner of each word with the room around it, in cells; None if the grid is too small."""
        search, pick = _search(), _Pick(random)
        rows, columns = self._shape
        taken = np.zeros((rows, columns), dtype=bool)
        corners: list[tuple[int, int]] = []
        occupied = None
        largest = self._boxes[0]
        corner = (largest.high * scale / rows) ** ROUNDNESS + (largest.wide * scale / columns) ** ROUNDNESS
        reach = _ROOM * corner ** (1 / ROUNDNESS)
        for box in self._boxes:
            across, down = math.ceil(box.wide * scale), math.ceil(box.high * scale)
            found = None
            while found is None:
                if down >= rows or across >= columns or reach > _ROOM * 2 ** (1 / ROUNDNESS):
                    return None
                if occupied is None:
                    blocked = taken | (self._distance > reach)
                    occupied = blocked.cumsum(axis=1, dtype=np.uint32).cumsum(axis=0, dtype=np.uint32)
                found = search(occupied, down, across, pick)
                if found is None:
                    reach, occupied = reach * _GROWTH, None
            # The search sums over the cells beyond the place that it gives, so the word begins one cell further.
            y, x = found[0] + 1, found[1] + 1
            taken[y : y + down, x : x + across] = True
            occupied = None
            corners.append((x, y))
        return corners


class _Pick:
    """What the search draws a place with: it asks for one from 0 on, but none is the zeroth."""

    def __init__(self, random: Random) -> None:
        self._random = random

    def randint(self, _: int, last: int) -> int:
        return self._random.randint(1, last)


@cache
def _search() -> Callable[..., tuple[int, int] | None]:
    """The compiled search for room of the package wordcloud, by itself.

    The package draws with Matplotlib's colours, which take longer to import than all clouds of a report to lay out, and its own
    layout shrinks words that do not fit. So the search is loaded without the package around it.
    """
    name, package = "query_integral_image", find_spec("wordcloud")
    found = PathFinder.find_spec(name, package.submodule_search_locations) if package else None
    if found is None or found.loader is None:
        raise ImportError(f"the package wordcloud has no module {name}; requirements.lock has one that does")
    module: Any = module_from_spec(found)
    found.loader.exec_module(module)
    search: Callable[..., tuple[int, int] | None] = getattr(module, name)
    return search
