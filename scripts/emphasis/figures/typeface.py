"""The typeface of pictures at one weight: widths of texts, outlines of characters, and a small font of those that are used."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from io import BytesIO
from typing import Any
from unicodedata import category, combining

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.boundsPen import ControlBoundsPen
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.pens.svgPathPen import SVGPathPen
from fontTools.pens.transformPen import TransformPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont

from emphasis.font import FONT_FILE

UNITS = 1000
"""Units of the font for its type size, in widths and outlines."""

BOX = "□"
"""Stands for a character that the font lacks."""

_ASCENT, _DESCENT = 1160, -288
_EPOCH = 0  # No date in the font: equal characters give equal bytes.
_CLOSING, _OPENING = "，。、；：！？）》”’%,.;:)]", "（《“‘(["
_LOOK_BACK = 24  # Characters of a line in which a place to break it is looked for.


class Typeface:
    """Noto Sans SC at a weight from 100 to 900. Characters are read from the font when they are first wanted.

    Texts are set without kerning and ligatures, so that the width of a text is the sum of its characters' widths.
    """

    def __init__(self, weight: int) -> None:
        self.weight = weight
        font = TTFont(str(FONT_FILE), lazy=True, recalcTimestamp=False)
        # Glyphs need names, and any will do: to make them from characters, as fontTools would, takes as long as all else here.
        font.setGlyphOrder([f"g{number}" for number in range(font["maxp"].numGlyphs)])
        self._names = font.getBestCmap()
        self._glyphs = font.getGlyphSet(location={"wght": weight})
        self._cleaned: dict[str, str] = {}
        self._widths: dict[str, int] = {}
        self._outlines: dict[str, str] = {}
        self._recordings: dict[str, Any] = {}
        self._boxes: dict[str, tuple[float, float, float, float]] = {}

    def clean(self, text: str) -> str:
        """The text as it can be set: a box for a character that the font lacks, nothing for one that leaves nothing to see."""
        if text not in self._cleaned:
            self._cleaned[text] = "".join(
                c if ord(c) in self._names and not combining(c) else _instead(c) for c in text
            )
        return self._cleaned[text]

    def advance(self, character: str) -> int:
        """Width of a character in units of the font."""
        if character not in self._widths:
            self._widths[character] = round(self._glyphs[self._names[ord(character)]].width)
        return self._widths[character]

    def width(self, text: str, size: float) -> float:
        """Width of a text, in the unit of its type size."""
        return sum(map(self.advance, self.clean(text))) * size / UNITS

    def outline(self, character: str) -> str:
        """The outline as an SVG path in units of the font, from the baseline downwards; empty for a space."""
        if character not in self._outlines:
            pen = SVGPathPen(None, ntos=lambda value: str(round(value)))
            self._drawn(character).replay(TransformPen(pen, (1, 0, 0, -1, 0, 0)))
            self._outlines[character] = pen.getCommands()
        return self._outlines[character]

    def _drawn(self, character: str) -> Any:
        """The outline as a recording of a pen: to find it in the font takes longer than all that is made from it."""
        if character not in self._recordings:
            pen = DecomposingRecordingPen(self._glyphs)
            self._glyphs[self._names[ord(character)]].draw(pen)
            self._recordings[character] = pen
        return self._recordings[character]

    def box(self, text: str) -> tuple[float, float, float, float]:
        """Left, top, right and bottom of what is drawn of a text, in units of its type size from the start of its baseline; no text
        of spaces alone."""
        boxes, place = [], 0
        for character in self.clean(text):
            left, bottom, right, top = self._bounds(character)
            if right > left:
                boxes.append((place + left, -top, place + right, -bottom))
            place += self.advance(character)
        lefts, tops, rights, bottoms = zip(*boxes, strict=True)
        return min(lefts) / UNITS, min(tops) / UNITS, max(rights) / UNITS, max(bottoms) / UNITS

    def _bounds(self, character: str) -> tuple[float, float, float, float]:
        if character not in self._boxes:
            pen = ControlBoundsPen(None)
            self._drawn(character).replay(pen)
            self._boxes[character] = pen.bounds or (0, 0, 0, 0)
        return self._boxes[character]

    def font(self, texts: Iterable[str], family: str) -> bytes:
        """A TrueType font with the characters of these texts, under a name of its own."""
        characters = sorted(set("".join(map(self.clean, texts))))
        names = {ord(character): f"u{ord(character):05X}" for character in characters}
        glyphs, metrics = {".notdef": TTGlyphPen(None).glyph()}, {".notdef": (UNITS, 0)}
        for character in characters:
            pen = TTGlyphPen(None)
            self._drawn(character).replay(pen)
            glyphs[names[ord(character)]] = pen.glyph()
            metrics[names[ord(character)]] = (self.advance(character), 0)
        builder = FontBuilder(UNITS, isTTF=True)
        builder.setupGlyphOrder(list(glyphs))
        builder.setupCharacterMap(names)
        builder.setupGlyf(glyphs)
        table = builder.font["glyf"]
        builder.setupHorizontalMetrics(
            {name: (wide, getattr(table[name], "xMin", 0)) for name, (wide, _) in metrics.items()}
        )
        builder.setupHorizontalHeader(ascent=_ASCENT, descent=_DESCENT)
        style = {"familyName": family, "styleName": "Regular", "psName": f"NotoSansSC-{self.weight}"}
        builder.setupNameTable({**style, "fullName": family, "uniqueFontIdentifier": family})
        builder.setupOS2(sTypoAscender=_ASCENT, sTypoDescender=_DESCENT, usWinAscent=_ASCENT, usWinDescent=-_DESCENT)
        builder.setupPost(keepGlyphNames=False)
        builder.font["head"].created = builder.font["head"].modified = _EPOCH
        builder.font.recalcTimestamp = False
        file = BytesIO()
        builder.font.save(file)
        return file.getvalue()

    def wrap(self, text: str, room: float, size: float, lines: int = 99) -> list[str]:
        """A text in lines no wider than `room`, which is in the unit of the type size; what does not fit ends in an ellipsis.

        Lines break between Chinese characters, not before closing punctuation, and between English words.
        """
        out: list[str] = []
        rest = self.clean(text).strip()
        while rest:
            if self.width(rest, size) <= room:
                return [*out, rest]
            end = self._fitting(rest, room, size)
            if len(out) == lines - 1:
                return [*out, rest[: self._fitting(rest, room - self.width("…", size), size)].rstrip() + "…"]
            end = _break(rest, end)
            out.append(rest[:end].rstrip())
            rest = rest[end:].lstrip()
        return out

    def _fitting(self, text: str, room: float, size: float) -> int:
        """How many characters from the first on fit into the room; at least one."""
        left = room * UNITS / size - self.advance(text[0])
        for place, character in enumerate(text[1:], 1):
            left -= self.advance(character)
            if left < 0:
                return place
        return len(text)


@cache
def typeface(weight: int) -> Typeface:
    """The typeface at a weight, opened once."""
    return Typeface(weight)


def _instead(character: str) -> str:
    kind = category(character)
    return " " if kind.startswith("Z") or character in "\t\n" else "" if kind in ("Cc", "Cf", "Mn") else BOX


def _break(text: str, end: int) -> int:
    """The last position at or before `end` where a line may break; `end` if there is none near."""
    for place in range(end, max(end - _LOOK_BACK, 0), -1):
        before, after = text[place - 1], text[place]
        if after in _CLOSING or before in _OPENING:
            continue
        if before == " " or after == " " or max(ord(before), ord(after)) > 0x2E7F:
            return place
    return end
