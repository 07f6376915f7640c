"""Where the labels of points go, so that none covers another or a point."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""

_NEAR, _FAR, _STEP = 0.1, 1.0, 0.15
_ANGLES = (0, 180, 30, 330, 150, 210, 60, 300, 120, 240, 90, 270, 15, 345, 45, 315)
_TOUCHING = 0.22  # At this distance from its point a label needs no line.


def place_labels(
    points: Sequence[tuple[float, float]],
    sizes: Sequence[tuple[float, float]],
    room: Box,
    dots: Sequence[tuple[float, float]],
) -> list[tuple[float, float] | None]:
    """Middles of the labels of points, one after the other at the nearest place that is free; None where there is none.

    Parameters
    ----------
    points, sizes : sequence of pairs
        Points that want a label, the most important first, and width and height of each label.
    room : Box
        Labels lie inside.
    dots : sequence of pairs
        All points, which no label may cover; nor may it lie on the line of another label to its point.
    """
    taken = [(x - 0.06, y - 0.06, x + 0.06, y + 0.06) for x, y in dots]
    labels: list[Box] = []
    found: list[tuple[float, float] | None] = []
    for point, size in zip(points, sizes, strict=True):
        places, boxes = _candidates(point, size)
        free = _inside(boxes, room) & ~_hit(boxes, np.array(taken))
        if labels:
            free &= ~_crossed(point, places, np.array(labels))
        if not free.any():
            found.append(None)
            continue
        first = int(np.argmax(free))
        place = (float(places[first, 0]), float(places[first, 1]))
        found.append(place)
        box: Box = tuple(boxes[first].tolist())
        labels.append(box)
        taken.append(box)
        taken += [(x, y, x, y) for x, y in _along(point, nearest(point, box))]
    return found


def needs_line(point: tuple[float, float], box: Box) -> bool:
    """Whether a label is so far from its point that a line must join them."""
    return math.dist(point, nearest(point, box)) > _TOUCHING


def nearest(point: tuple[float, float], box: Box) -> tuple[float, float]:
    """The place of a box that is nearest to a point."""
    return min(max(point[0], box[0]), box[2]), min(max(point[1], box[1]), box[3])


def box_about(middle: tuple[float, float], size: tuple[float, float]) -> Box:
    """The box of a size about its middle."""
    return middle[0] - size[0] / 2, middle[1] - size[1] / 2, middle[0] + size[0] / 2, middle[1] + size[1] / 2


def _candidates(point: tuple[float, float], size: tuple[float, float]) -> tuple[np.ndarray, np.ndarray]:
    distances = np.arange(_NEAR, _FAR, _STEP)
    turns = np.radians(_ANGLES)
    away, turn = (grid.ravel() for grid in np.meshgrid(distances, turns, indexing="ij"))
    half = np.array(size) / 2
    shift = np.column_stack([np.cos(turn), -np.sin(turn)])
    # The label is shifted so that it is its near side that lies at the distance.
    places = np.array(point) + shift * (away[:, None] + half * np.abs(shift))
    return places, np.hstack([places - half, places + half])


def _inside(boxes: np.ndarray, room: Box) -> np.ndarray:
    left, top, right, bottom = boxes.T
    return np.asarray((left >= room[0]) & (top >= room[1]) & (right <= room[2]) & (bottom <= room[3]))


def _hit(boxes: np.ndarray, taken: np.ndarray) -> np.ndarray:
    """Which boxes overlap any that are taken."""
    apart = (
        (boxes[:, None, 0] >= taken[None, :, 2]) | (boxes[:, None, 2] <= taken[None, :, 0])
        | (boxes[:, None, 1] >= taken[None, :, 3]) | (boxes[:, None, 3] <= taken[None, :, 1])
    )  # fmt: skip
    return np.asarray(~apart.all(axis=1))


def _crossed(point: tuple[float, float], places: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """For which places the line from the point would run through a label."""
    steps = np.linspace(0.0, 1.0, 12)[:, None, None]
    lines = np.array(point) + steps * (places - np.array(point))
    x, y = lines[..., 0, None], lines[..., 1, None]
    on = (x > labels[:, 0]) & (x < labels[:, 2]) & (y > labels[:, 1]) & (y < labels[:, 3])
    return np.asarray(on.any(axis=(0, 2)))


def _along(start: tuple[float, float], end: tuple[float, float]) -> list[tuple[float, float]]:
    steps = max(int(math.dist(start, end) / 0.08), 1)
    return [
        (start[0] + (end[0] - start[0]) * i / steps, start[1] + (end[1] - start[1]) * i / steps)
        for i in range(steps + 1)
    ]
