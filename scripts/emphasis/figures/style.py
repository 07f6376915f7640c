"""What charts have in common: sizes in print, type, colours, the sheet they are drawn on, rows of sections, shaded cells.

Pictures are written in three formats, with the same bytes each time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import matplotlib as mpl
import numpy as np
import pandas as pd
from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import ListedColormap
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.lines import Line2D
from matplotlib.text import Text
from matplotlib.ticker import MaxNLocator

from emphasis.figures.strings import MOST_SECTIONS, say, shown_sections
from emphasis.font import FONT_FILE
from emphasis.store.atomic import write_atomically

COLUMN = 8.5
"""Width of a chart in cm: a column of a journal. Type is set for this width and stays legible at it."""

DPI = 300
FORMATS = ("png", "svg", "pdf")

SMALL, PLAIN, LARGE = 6.0, 6.5, 8.0
"""Sizes of type in points, in print: notes and ticks; labels; titles."""

LINE = 0.28
"""Height of a line of small type, in cm."""

_CM = 1 / 2.54
_EM = 2.54 / 72  # cm for each point

INK, FAINT, RULE = "#1f2328", "#57606a", "#d0d7de"
REVIEW, PLAN, NEUTRAL = "#2b6ca3", "#9c2a00", "#6e7781"
LINES = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#000000", "#e69f00", "#56b4e9")
"""The palette of Okabe and Ito, which is distinct to people with any common colour blindness; yellow is too pale for lines."""

# One hue from white to dark: ordered by lightness alone, so that it is legible in grey and with any colour blindness.
SHADES = ListedColormap([mpl.colormaps["Blues"](0.92 * i / 255) for i in range(256)], name="shades")

COLOURS = {"review": REVIEW, "plan": PLAN}
LABEL, ROW = 3.0, 0.58
"""Width of the labels of rows and height of a row, which is two lines of small type, in cm."""

_STACK = 0.225  # Height of a character in a vertical label, in cm.

ASCII = "".join(chr(code) for code in range(0x20, 0x7F))
"""Always part of the font: axis labels and numbers need it."""

_NO_METADATA: dict[str, dict[str, None]] = {
    "png": {"Software": None},
    "svg": {"Date": None, "Creator": None, "Format": None, "Type": None},
    "pdf": {"CreationDate": None, "Creator": None, "Producer": None},
}
_SETTINGS: dict[Any, Any] = {
    "svg.fonttype": "path",  # no reader needs the font
    "pdf.fonttype": 42,  # the font is embedded: text can be searched and copied
    "text.parse_math": False,
    "axes.unicode_minus": False,
    "axes.linewidth": 0.5,
}


@dataclass(frozen=True)
class Style:
    """The language of a picture and the file of the font that it will be set in.

    The file need not exist before the picture is saved: only then is it known which glyphs it must have.
    """

    language: str
    font: Path

    def say(self, key: str, **values: object) -> str:
        """A text of `emphasis.figures.strings` in the language of the picture."""
        return say(key, self.language, **values)

    def face(self, size: float = SMALL) -> FontProperties:
        """The font at a size in points."""
        return FontProperties(fname=str(self.font), size=size)


def make_font(texts: Iterable[str], weight: int, path: Path) -> Path:
    """Write the font with the glyphs of `texts` at one weight.

    The variable font is reduced to the glyphs first and then fixed to its weight: the other way round takes 15 times as
    long. Time stamps stay those of the font, so that equal texts give equal files.

    `weight` is from 100 to 900; the font's own default is 100, too thin to read. `path` is a .ttf file. A character that the
    font lacks is drawn as a box, and a report that has one carries a warning.
    """
    font = TTFont(str(FONT_FILE), lazy=True, recalcTimestamp=False)
    cutter = subset.Subsetter(subset.Options(notdef_outline=True, layout_features=[]))
    cutter.populate(text=ASCII + "".join(texts))
    cutter.subset(font)
    instancer.instantiateVariableFont(font, {"wght": weight}, updateFontNames=False).save(path, reorderTables=True)
    return path


def ink_on(shade: float) -> str:
    """Black or white, whichever stands out more on a shade from 0 to 1 (relative luminance of WCAG 2)."""
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in SHADES(shade)[:3])
    luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    return "white" if 1.05 / (luminance + 0.05) > (luminance + 0.05) / 0.05 else "black"


def text_ems(text: str) -> float:
    """The approximate width of a text in units of its type size; at most a tenth too small."""
    return sum(1.0 if ord(c) > 0x2000 else 0.3 if c in " .,:;'|!il()" else 0.72 if c.isupper() else 0.58 for c in text)


def text_width(text: str, size: float) -> float:
    """The approximate width of a text at a size in points, in cm."""
    return text_ems(text) * size * _EM


def wrap(text: str, room: float, size: float, lines: int = 99) -> list[str]:
    """A text in lines of at most `room` cm; what does not fit into the last line is replaced by an ellipsis.

    Lines break between Chinese characters, not before closing punctuation, and between English words.
    """
    out: list[str] = []
    rest = text.strip()
    while rest:
        if text_width(rest, size) <= room:
            return [*out, rest]
        end = 1
        while end < len(rest) and text_width(rest[: end + 1], size) <= room:
            end += 1
        if len(out) == lines - 1:
            while end > 1 and text_width(rest[:end] + "…", size) > room:
                end -= 1
            return [*out, rest[:end] + "…"]
        end = _break(rest, end)
        out.append(rest[:end].rstrip())
        rest = rest[end:].lstrip()
    return out


def _break(text: str, end: int) -> int:
    """The last position at or before `end` where a line may break."""
    for place in range(end, max(end - 24, 0), -1):
        before, after = text[place - 1], text[place]
        if after in "，。、；：！？）》”’%,.;:)]" or before in "（《“‘(":
            continue
        if before == " " or after == " " or max(ord(before), ord(after)) > 0x2E7F:
            return place
    return end


class Sheet:
    """A picture: a title, a body of a given height, and a note below it. All lengths are in cm."""

    def __init__(self, style: Style, title: str, body: float, note: str = "", *, columns: float = COLUMN) -> None:
        self.style, self.width = style, columns
        room = columns - 0.2
        titles, notes = wrap(title, room, LARGE), wrap(note, room, SMALL)
        self._top = 0.15 + 0.4 * len(titles) + 0.1
        self._body = body
        self.height = self._top + body + (0.15 + LINE * len(notes) if notes else 0.0) + 0.1
        self.figure = Figure(figsize=(columns * _CM, self.height * _CM), dpi=DPI, facecolor="white")
        FigureCanvasAgg(self.figure)
        for number, line in enumerate(titles):
            self.text(0.1, 0.4 * (number + 0.5) + 0.15 - self._top, line, LARGE)
        for number, line in enumerate(notes):
            self.text(0.1, body + 0.15 + LINE * (number + 0.5), line, SMALL, FAINT)

    def point(self, x: float, y: float) -> tuple[float, float]:
        """Position, in fractions of the figure, of a point `x` from the left and `y` below the top of the body."""
        return x / self.width, 1 - (self._top + y) / self.height

    def text(self, x: float, y: float, words: str, size: float = SMALL, colour: str = INK, **options: Any) -> Text:
        """Set words, centred vertically on `y` by default."""
        settings: dict[str, Any] = {"va": "center", "color": colour, "fontproperties": self.style.face(size)}
        return self.figure.text(*self.point(x, y), words, **(settings | options))

    def lines(self, x: float, y: float, words: Sequence[str], size: float = SMALL, **options: Any) -> None:
        """Set lines, centred vertically on `y`."""
        step = size * _EM * 1.2
        for number, line in enumerate(words):
            self.text(x, y + step * (number - (len(words) - 1) / 2), line, size, **options)

    def axes(self, left: float, top: float, wide: float, high: float) -> Axes:
        """Axes at a position in the body, without frame and ticks."""
        x, y = self.point(left, top + high)
        axes = self.figure.add_axes((x, y, wide / self.width, high / self.height))
        axes.spines[:].set_visible(False)
        axes.tick_params(length=0, pad=2, labelsize=SMALL)
        axes.set(xticks=[], yticks=[])
        return axes

    def value_axis(self, axes: Axes, largest: float, words: str) -> None:
        """An axis from 0 for values up to `largest`, with round ticks and, below it, what it measures."""
        axes.set_xlim(0, 1.05 * largest)
        found = MaxNLocator(5, steps=[1, 2, 5, 10], min_n_ticks=2).tick_values(0, largest)
        places = [tick for tick in found if tick <= 1.05 * largest]
        axes.set_xticks(places, [f"{tick:.6g}" for tick in places], fontproperties=self.style.face())
        axes.set_xlabel(words, fontproperties=self.style.face(), color=INK, labelpad=2)
        self.show_axis(axes, "bottom")

    def show_axis(self, axes: Axes, side: str) -> None:
        """Show the line and the ticks of one side of axes."""
        axes.tick_params(axis="x" if side == "bottom" else "y", length=2, width=0.5, color=FAINT, labelcolor=INK)
        axes.spines[side].set(visible=True, color=FAINT)

    def swatches(self, y: float, entries: Sequence[tuple[str, str]], left: float = 0.1) -> None:
        """A legend in one row: colours and what they mean."""
        for colour, words in entries:
            box = self.axes(left, y - 0.1, 0.2, 0.2)
            box.set_facecolor(colour)
            self.text(left + 0.28, y, words, SMALL)
            left += 0.28 + text_width(words, SMALL) + 0.35

    def shade_key(self, left: float, y: float, wide: float, largest: float | str, words: str) -> None:
        """The key to `SHADES`: a bar from 0 to the largest value, and what is shaded."""
        end = largest if isinstance(largest, str) else f"{largest:.3g}"
        bar = self.axes(left, y - 0.1, wide, 0.2)
        bar.pcolormesh([[i / 32 for i in range(33)]], cmap=SHADES, vmin=0, vmax=1, rasterized=False)
        self.text(left - 0.08, y, "0", SMALL, FAINT, ha="right")
        self.text(left + wide + 0.08, y, end, SMALL, FAINT)
        self.text(left + wide + 0.16 + text_width(end, SMALL), y, words, SMALL, FAINT)

    def label_sections(self, shown: pd.DataFrame, top: float, right: float) -> None:
        """Number and heading of each section, right-aligned to `right`; a rule where another part begins."""
        before = None
        for place, (number, heading, role) in enumerate(shown[["number", "heading", "role"]].itertuples(index=False)):
            lines = wrap(f"{number}{heading}", right - 0.1, SMALL, 2)
            self.lines(right, top + ROW * (place + 0.5), lines, ha="right")
            if before not in (None, role):
                (x, y), (end, _) = self.point(0.1, top + ROW * place), self.point(self.width - 0.1, 0)
                self.figure.add_artist(Line2D([x, end], [y, y], color=RULE, linewidth=0.6))
            before = role

    def draw_part_legend(self, shown: pd.DataFrame, y: float) -> None:
        """A legend of the colours of the parts that are shown."""
        used = [(COLOURS[role], self.style.say(role)) for role in COLOURS if (shown["role"] == role).any()]
        if not shown["role"].isin(list(COLOURS)).all():
            used.append((NEUTRAL, self.style.say("other")))
        self.swatches(y, used)

    def shade_cells(self, axes: Axes, values: Any, largest: Any, decimals: int | None = None) -> None:
        """Draw cells shaded from 0 to the largest value (of all or of each column); with `decimals` each shows its value."""
        values = np.asarray(values, dtype=float)
        rows, columns = values.shape
        shades = values / largest
        axes.pcolormesh(
            np.arange(columns + 1), np.arange(rows + 1), np.ma.masked_invalid(shades), cmap=SHADES, vmin=0, vmax=1,
            edgecolors="white", linewidth=0.4,
        )  # fmt: skip
        axes.set_xlim(0, columns)
        axes.set_ylim(rows, 0)
        if decimals is None:
            return
        for (row, column), value in np.ndenumerate(values):
            if not np.isnan(value):
                axes.text(
                    column + 0.5, row + 0.5, f"{value:.{decimals}f}", ha="center", va="center_baseline",
                    color=ink_on(float(shades[row, column])), fontproperties=self.style.face(),
                )  # fmt: skip

    def label_columns(self, names: Sequence[str], left: float, bottom: float, step: float) -> None:
        """Set names above columns: Chinese from top to bottom, other scripts rotated."""
        for place, name in enumerate(names):
            x = left + step * (place + 0.5)
            if _stacks(name):
                for up, character in enumerate(reversed(name)):
                    self.text(x, bottom - 0.16 - _STACK * up, character, ha="center")
            else:
                self.text(x, bottom - 0.05, name, rotation=90, ha="center", va="bottom")

    @staticmethod
    def column_label_height(names: Sequence[str]) -> float:
        """Height of the names above columns, in cm."""
        heights = (_STACK * len(name) if _stacks(name) else text_width(name, SMALL) for name in names)
        return 0.15 + max(heights, default=0.0)


def message_figure(style: Style, title: str, paragraphs: Sequence[str]) -> Figure:
    """A picture that says why nothing is charted."""
    lines = [line for text in paragraphs for line in wrap(text, COLUMN - 0.6, PLAIN)]
    sheet = Sheet(style, title, 0.75 + 0.32 * len(lines))
    sheet.axes(0.1, 0.05, COLUMN - 0.2, 0.65 + 0.32 * len(lines)).spines[:].set(visible=True, color=RULE)
    sheet.text(0.3, 0.3, style.say("nothing"), PLAIN, PLAN)
    for number, line in enumerate(lines):
        sheet.text(0.3, 0.3 + 0.32 * (number + 1), line, PLAIN)
    return sheet.figure


def figure_texts(figure: Figure) -> list[str]:
    """Everything that is set in a picture."""
    return [text.get_text() for text in figure.findobj(Text)]


def draw_figures(make: Callable[[Style], Mapping[str, Figure]], language: str, weight: int, folder: Path) -> None:
    """Make pictures and write them as <name>.png (300 dpi), .svg and .pdf, in one font with the glyphs that they need.

    Equal pictures give equal bytes: no file has a date, a version or a random name in it.
    """
    with TemporaryDirectory() as scratch:
        style = Style(language, Path(scratch) / "font.ttf")
        figures = make(style)
        make_font((text for figure in figures.values() for text in figure_texts(figure)), weight, style.font)
        for name, figure in figures.items():
            save(name, figure, folder)
            print(f"{name}: {', '.join(FORMATS)}", flush=True)


def save(name: str, figure: Figure, folder: Path) -> None:
    """Write a picture whose font exists, in the three formats."""
    with mpl.rc_context(_SETTINGS | {"svg.hashsalt": name}):
        for kind in FORMATS:
            write = partial(figure.savefig, format=kind, dpi=DPI, metadata=_NO_METADATA[kind])
            write_atomically(folder / f"{name}.{kind}", write)


def section_rows(sections: pd.DataFrame) -> tuple[pd.DataFrame, int]:
    """The sections that a picture shows, and how many more there are. If there are too many, the longest are shown."""
    shown = shown_sections(sections).reset_index(drop=True)
    kept = shown.sort_values(["n_tokens", "section_id"], ascending=[False, True]).head(MOST_SECTIONS).index
    return shown.loc[sorted(kept)].reset_index(drop=True), len(shown) - len(kept)


def _stacks(name: str) -> bool:
    return all(ord(character) > 0x2E7F for character in name)
