"""A picture as a list of shapes and texts, written as SVG.

Lengths are in cm from the top left corner, x to the right and y downwards; type sizes and widths of lines are in points.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal
from xml.sax.saxutils import escape, quoteattr

from emphasis.figures.typeface import UNITS, Typeface

Align = Literal["left", "center", "right"]
Turn = Literal[0, 90, 270]

_POINTS = 72 / 2.54  # for each cm
_SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="{wide}{unit}" height="{high}{unit}" '
    'viewBox="0 0 {wide} {high}" role="img" aria-label={label}{family}>\n'
)
_FURTHER = {"left": 0.0, "center": 0.5, "right": 1.0}


@dataclass(frozen=True)
class Words:
    """Words that are set: the left end of their baseline in cm, the type size in points, degrees anticlockwise about that end."""

    text: str
    x: float
    y: float
    size: float
    colour: str
    rotate: Turn


class Drawing:
    """Shapes and texts in the order in which they are drawn, on white."""

    def __init__(self, face: Typeface, wide: float, high: float, label: str) -> None:
        """`label` says what the picture shows to those who do not see it."""
        self.face, self.wide, self.high, self.label = face, wide, high, label
        self._parts: list[str | Words] = []

    @property
    def words(self) -> list[Words]:
        """All words, in the order in which they were set."""
        return [part for part in self._parts if isinstance(part, Words)]

    @property
    def texts(self) -> list[str]:
        """Everything that is set in the picture."""
        return [words.text for words in self.words]

    def text(
        self, x: float, y: float, text: str, size: float, colour: str, *, align: Align = "left", rotate: Turn = 0
    ) -> None:
        """Set words on a baseline: `x`, `y` is its left end, its middle or its right end; they turn about it."""
        clean = self.face.clean(text)
        if not clean.strip():
            return
        back = _FURTHER[align] * self.face.width(clean, size) / _POINTS
        # A baseline that points up (90 degrees) starts below the point that it is aligned to.
        dx, dy = {0: (-back, 0.0), 90: (0.0, back), 270: (0.0, -back)}[rotate]
        self._parts.append(Words(clean, x + dx, y + dy, size, colour, rotate))

    def rect(
        self,
        x: float,
        y: float,
        wide: float,
        high: float,
        colour: str | None,
        *,
        edge: str | None = None,
        width: float = 0.5,
    ) -> None:
        """A rectangle, filled, with an edge, or both."""
        self._shape(f'rect x="{_n(x)}" y="{_n(y)}" width="{_n(wide)}" height="{_n(high)}"', colour, edge, width)

    def circle(
        self, x: float, y: float, radius: float, colour: str | None, *, edge: str | None = None, width: float = 0.5
    ) -> None:
        """A circle of a radius in cm."""
        self._shape(f'circle cx="{_n(x)}" cy="{_n(y)}" r="{_n(radius)}"', colour, edge, width)

    def polygon(
        self, points: Iterable[tuple[float, float]], colour: str | None, *, edge: str | None = None, width: float = 0.5
    ) -> None:
        """An area with these corners."""
        self._shape(f'polygon points="{_points(points)}"', colour, edge, width)

    def polyline(
        self,
        points: Sequence[tuple[float, float]],
        colour: str,
        width: float = 0.6,
        *,
        dash: Sequence[float] = (),
    ) -> None:
        """A line through points, its width and the lengths of its dashes in points."""
        more = f' stroke-dasharray="{" ".join(f"{part:g}" for part in dash)}"' if dash else ""
        self._parts.append(
            f'<polyline points="{_points(points)}" fill="none" stroke="{colour}" stroke-width="{width:g}" '
            f'stroke-linejoin="round" stroke-linecap="round"{more}/>'
        )

    def line(
        self, x: float, y: float, u: float, v: float, colour: str, width: float = 0.6, *, dash: Sequence[float] = ()
    ) -> None:
        """A line between two points; its ends do not stand out."""
        more = f' stroke-dasharray="{" ".join(f"{part:g}" for part in dash)}"' if dash else ""
        self._parts.append(
            f'<line x1="{_n(x)}" y1="{_n(y)}" x2="{_n(u)}" y2="{_n(v)}" stroke="{colour}" stroke-width="{width:g}"{more}/>'
        )

    def _shape(self, start: str, colour: str | None, edge: str | None, width: float) -> None:
        stroke = f' stroke="{edge}" stroke-width="{width:g}"' if edge else ""
        self._parts.append(f'<{start} fill="{colour or "none"}"{stroke}/>')

    def svg(self) -> str:
        """The picture with its characters as outlines: readers need no font."""
        used = sorted(set("".join(self.texts)))
        shapes = {c: outline for c in used if (outline := self.face.outline(c))}
        defined = "".join(f'<path id="{self._id(c)}" d="{outline}"/>\n' for c, outline in shapes.items())
        body = [self._outlined(part, shapes) if isinstance(part, Words) else part for part in self._parts]
        return self._page("pt", "", f"<defs>\n{defined}</defs>\n", body)

    def svg_to_render(self, family: str | None = None) -> str:
        """The picture for a renderer that takes lengths for points: with outlines, or with texts in a family of fonts."""
        if family is None:
            return self.svg().replace('pt"', '"', 2)
        body = [_set(part) if isinstance(part, Words) else part for part in self._parts]
        return self._page("", f' font-family="{family}" xml:space="preserve"', "", body)

    def _page(self, unit: str, family: str, defined: str, body: Iterable[str]) -> str:
        size = {"wide": _n(self.wide), "high": _n(self.high), "unit": unit}
        head = _SVG.format(**size, label=quoteattr(self.face.clean(self.label)), family=family)
        ground = f'<rect width="{size["wide"]}" height="{size["high"]}" fill="#ffffff"/>\n'
        return head + defined + ground + "\n".join(body) + "\n</svg>\n"

    def _id(self, character: str) -> str:
        # The same outline has the same name in every picture: several in one page do not disturb each other.
        return f"g{ord(character):x}w{self.face.weight}"

    def _outlined(self, words: Words, shapes: dict[str, str]) -> str:
        place, uses = 0, []
        for character in words.text:
            if character in shapes:
                at = f' x="{place}"' if place else ""
                uses.append(f'<use xlink:href="#{self._id(character)}"{at}/>')
            place += self.face.advance(character)
        turn = f" rotate({-words.rotate})" if words.rotate else ""
        scale = f"{words.size / UNITS:.6f}".rstrip("0")
        where = f"translate({_n(words.x)} {_n(words.y)}){turn} scale({scale})"
        return f'<g fill="{words.colour}" transform="{where}">{"".join(uses)}</g>'


def _set(words: Words) -> str:
    if words.rotate:
        where = f'transform="translate({_n(words.x)} {_n(words.y)}) rotate({-words.rotate})"'
    else:
        where = f'x="{_n(words.x)}" y="{_n(words.y)}"'
    return f'<text {where} font-size="{words.size:g}" fill="{words.colour}">{escape(words.text)}</text>'


def _n(length: float) -> str:
    """A length in points, to a hundredth."""
    return f"{length * _POINTS + 0.0:.2f}".rstrip("0").rstrip(".")


def _points(points: Iterable[tuple[float, float]]) -> str:
    return " ".join(f"{_n(x)},{_n(y)}" for x, y in points)
