"""What pictures have in common: sizes in print, type, colours, language."""

from __future__ import annotations

from dataclasses import dataclass

from emphasis.figures.strings import say
from emphasis.figures.typeface import Typeface

COLUMN, PAGE = 8.5, 17.4
"""Widths in cm of a picture that fills a column or a page of a journal. Type is set for this width and stays legible at it."""

SMALL, PLAIN, LARGE = 6.0, 6.5, 8.0
"""Sizes of type in points, in print: notes and ticks; labels; titles."""

LINE = 0.28
"""Height of a line of small type, in cm."""

EM = 2.54 / 72
"""A point in cm."""

INK, FAINT, RULE = "#1f2328", "#57606a", "#d0d7de"
REVIEW, PLAN, NEUTRAL = "#2b6ca3", "#9c2a00", "#6e7781"
LINES = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#000000", "#e69f00", "#56b4e9")
"""The palette of Okabe and Ito, which is distinct to people with any common colour blindness; yellow is too pale for lines."""

COLOURS = {"review": REVIEW, "plan": PLAN}

# The sequential blues of ColorBrewer: one hue from white to dark, ordered by lightness alone, so that they are legible in grey and
# with any colour blindness.
_BLUES = ("f7fbff", "deebf7", "c6dbef", "9ecae1", "6baed6", "4292c6", "2171b5", "08519c", "08306b")
_DARKEST = 0.92  # Of the whole row of blues, so that its darkest is not black.


def shade(value: float) -> str:
    """The colour of a value from 0 (nearly white) to 1 (dark blue)."""
    place = min(max(value, 0.0), 1.0) * _DARKEST * (len(_BLUES) - 1)
    lower = min(int(place), len(_BLUES) - 2)
    low, high = (bytes.fromhex(_BLUES[i]) for i in (lower, lower + 1))
    return "#" + bytes(round(a + (place - lower) * (b - a)) for a, b in zip(low, high, strict=True)).hex()


def paler(colour: str, part: float) -> str:
    """A colour mixed with white, of which `part` is left.

    Nothing is translucent in pictures: the renderer lists the opacities of a PDF in an order that changes from run to run.

    Examples
    --------
    >>> paler("#000000", 0.2)
    '#cccccc'
    """
    return "#" + bytes(round(255 - part * (255 - c)) for c in bytes.fromhex(colour[1:])).hex()


def luminance(colour: str) -> float:
    """Relative luminance of WCAG 2, from 0 (black) to 1 (white)."""
    parts = (value / 255 for value in bytes.fromhex(colour[1:]))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def ink_on(colour: str) -> str:
    """White or black, whichever stands out more on a colour."""
    light = luminance(colour)
    return "#ffffff" if 1.05 / (light + 0.05) > (light + 0.05) / 0.05 else "#000000"


@dataclass(frozen=True)
class Style:
    """The language of a picture and the typeface that it is set in."""

    language: str
    face: Typeface

    def say(self, key: str, **values: object) -> str:
        """A text of `emphasis.figures.strings` in the language of the picture."""
        return say(key, self.language, **values)

    def width(self, text: str, size: float) -> float:
        """Width of a text at a size in points, in cm."""
        return self.face.width(text, size) * EM

    def wrap(self, text: str, room: float, size: float, lines: int = 99) -> list[str]:
        """A text in lines no wider than `room` cm; what does not fit ends in an ellipsis."""
        return self.face.wrap(text, room / EM, size, lines)
