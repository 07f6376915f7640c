"""Axes: where a value lies on a line of the picture, and round values to mark on it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Scale:
    """Values from `low` to `high` on a line from `start` to `end`, in cm; `end` may be the smaller.

    Examples
    --------
    >>> Scale(0, 50, 3.0, 8.0).at(10)
    4.0
    """

    low: float
    high: float
    start: float
    end: float

    def at(self, value: float) -> float:
        """The place of a value."""
        return self.start + (value - self.low) / (self.high - self.low) * (self.end - self.start)


def round_ticks(low: float, high: float, most: int = 5, steps: Sequence[float] = (1, 2, 5)) -> list[float]:
    """Multiples of a round step from `low` to `high`, as many as there may be of them.

    `steps` are the first digits that a step may have, rising from 1.

    Examples
    --------
    >>> round_ticks(0, 0.73)
    [0.0, 0.2, 0.4, 0.6]
    >>> round_ticks(-3, 12, most=4)
    [0.0, 5.0, 10.0]
    """
    span = high - low
    if not span > 0:
        return [low]
    power = 10.0 ** math.floor(math.log10(span / most))
    for factor in (*steps, *(10 * step for step in steps)):
        step = factor * power
        first, last = math.ceil(round(low / step, 6)), math.floor(round(high / step, 6))
        if last - first < most:
            return [float(f"{place * step:.10g}") + 0.0 for place in range(first, last + 1)]
    return [low, high]
