"""What was reached beside what is promised: one row for each indicator of which both figures can be compared."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import matplotlib as mpl
import pandas as pd
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties

from emphasis.figures.font import make_font
from emphasis.whole import whole

_DPI = 100
_WIDTH, _ROW, _HEAD, _FOOT = 1600, 34, 130, 90
_OUTTURN, _TARGET, _INK, _FAINT = "#6e7781", "#9c2a00", "#1f2328", "#57606a"
_PREFIX = {"ge": "≥ ", "gt": "> ", "le": "≤ ", "lt": "< ", "approx": "≈ ", "approx_above": "≈ ", "near_below": "≈ "}
_NOTE = "每行按两者中较大的值等比绘制，各行之间不可比较 · bars are to scale within a row only; rows are not comparable"
_LEGEND = ("上年完成 · reached last year", "今年目标 · target of this year")


@dataclass(frozen=True)
class Row:
    """One indicator: both figures in one unit for the length of the bars, and as they are printed."""

    indicator: str
    reached: float
    target: float
    reached_text: str
    target_text: str


def comparable_rows(pairs: pd.DataFrame) -> list[Row]:
    """The comparable pairs of a report, in the order of its targets.

    Parameters
    ----------
    pairs : DataFrame
        As in target_pairs.csv, of one report. Pairs in one base unit may be printed in different ones (公里, 万公里); those are
        left out, since the bars show what is printed.
    """
    same = pairs["outturn_unit"] == pairs["target_unit"]
    shown = pairs[pairs["comparable"] & same & pairs["outturn_value"].notna() & pairs["target_value"].notna()]
    names = ("indicator", "outturn_value", "target_value", "target_high", "target_unit", "comparator")
    rows = []
    for indicator, reached, target, high, unit, comparator in zip(*(shown[n].tolist() for n in names), strict=True):
        upper = "" if pd.isna(high) else f"–{high:,g}"
        text = f"{_PREFIX.get(comparator, '')}{target:,g}{upper}{unit}"
        rows.append(Row(indicator, reached, target, f"{reached:,g}{unit}", text))
    return rows


def draw_targets(title: str, rows: Sequence[Row], folder: Path, *, weight: int) -> None:
    """Draw the chart as targets.png and targets.svg; without rows nothing is drawn.

    Equal input gives equal bytes.
    """
    folder.mkdir(parents=True, exist_ok=True)
    if not rows:
        return
    texts = [title, _NOTE, *_LEGEND, *(t for r in rows for t in (r.indicator, r.reached_text, r.target_text))]
    settings: dict[Any, Any] = {"svg.fonttype": "path", "svg.hashsalt": "targets"}
    nothing = {"Date": None, "Creator": None, "Format": None, "Type": None}
    with TemporaryDirectory() as scratch, mpl.rc_context(settings):
        figure = _figure(title, rows, make_font(texts, weight, Path(scratch) / "font.ttf"))
        FigureCanvasAgg(figure)
        whole(folder / "targets.png", lambda p: figure.savefig(p, format="png", dpi=_DPI, metadata={"Software": None}))
        whole(folder / "targets.svg", lambda p: figure.savefig(p, format="svg", dpi=_DPI, metadata=nothing))


def _figure(title: str, rows: Sequence[Row], font: Path) -> Figure:
    height = _HEAD + _ROW * len(rows) + _FOOT
    figure = Figure(figsize=(_WIDTH / _DPI, height / _DPI), dpi=_DPI, facecolor="white")

    def text(x: float, y: float, words: str, size: float, colour: str, **options: Any) -> None:
        face = FontProperties(fname=str(font), size=size)
        figure.text(x / _WIDTH, 1 - y / height, words, fontproperties=face, color=colour, va="center", **options)

    text(40, 52, title, 21, _INK)
    text(40, height - 36, _NOTE, 10.5, _FAINT)
    text(470, 100, _LEGEND[0], 12, _OUTTURN)
    text(1030, 100, _LEGEND[1], 12, _TARGET)
    axes = [figure.add_axes((x / _WIDTH, _FOOT / height, 380 / _WIDTH, _ROW * len(rows) / height)) for x in (470, 1030)]
    for panel, colour, side in zip(axes, (_OUTTURN, _TARGET), ("reached", "target"), strict=True):
        lengths = [getattr(row, side) / (max(row.reached, row.target) or 1.0) for row in rows]
        panel.barh(range(len(rows)), lengths, height=0.62, color=colour)
        panel.set_ylim(len(rows) - 0.5, -0.5)
        panel.set_xlim(0, 1)
        panel.set_axis_off()
    for number, row in enumerate(rows):
        y = _HEAD + _ROW * (number + 0.5) - (_HEAD - (height - _FOOT - _ROW * len(rows)))
        longest = max(row.reached, row.target) or 1.0
        text(455, y, row.indicator, min(12.0, 12.0 * 26 / max(len(row.indicator), 1)), _INK, ha="right")
        text(478 + 380 * row.reached / longest, y, row.reached_text, 11, _FAINT)
        text(1038 + 380 * row.target / longest, y, row.target_text, 11, _FAINT)
    return figure
