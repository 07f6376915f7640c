"""Where each word of a cloud goes."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from random import Random

import numpy as np
from PIL import ImageFont
from wordcloud.wordcloud import IntegralOccupancyMap

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
