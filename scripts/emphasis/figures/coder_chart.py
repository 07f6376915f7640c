"""How well sentences are coded: which policy areas are taken for which others."""

from __future__ import annotations

import numpy as np
import pandas as pd

from emphasis.areas.scheme import NONE, Scheme
from emphasis.figures.look import FAINT, PAGE, RULE, SMALL, Style, ink_on, shade
from emphasis.figures.sheet import Sheet, column_label_height

_ROW, _FIGURE = 0.4, 0.98
_HELD_OUT = "held-out reports"


def coder_chart(style: Style, scheme: Scheme, confusion: pd.DataFrame, validation: pd.DataFrame) -> Sheet:
    """The confusion matrix in per cent of each row, with precision, recall and the number of sentences of each area.

    Parameters
    ----------
    scheme : Scheme
        Names and order of the areas.
    confusion, validation : DataFrame
        config/areas/confusion.tsv (sentences of each area by reading, in columns what they were coded as) with the area as index, and
        validation.tsv.
    """
    names = scheme.names_en if style.language == "en" else scheme.names_zh
    areas = [area for area in scheme.areas if area in confusion.index]
    counts = confusion.loc[areas, areas]
    found = validation[validation["sample"] == _HELD_OUT].set_index("area")
    whole = found.loc["all"]
    labels = [names[area] for area in areas]
    left = 0.3 + max(style.width(name, SMALL) for name in labels)
    head = column_label_height(style, labels) + 0.35
    step = (PAGE - 0.1 - 3 * _FIGURE - left) / len(areas)
    high = _ROW * len(areas)
    figures = {"n": f"{whole['n']:,.0f}", "accuracy": f"{100 * whole['recall']:.0f}", "f1": f"{whole['f1']:.2f}"}
    note = style.say("coder.note", **figures)
    sheet = Sheet(style, style.say("coder.title"), head + high + 0.15, note, columns=PAGE)
    sheet.text(left - 0.12, head - 0.2, style.say("coder.read"), colour=FAINT, align="right")
    sheet.text(left + step * len(areas) / 2, 0.12, style.say("coder.coded"), colour=FAINT, align="center")
    right = left + step * len(areas)
    heads = ("coder.n", "coder.precision", "coder.recall")
    for place, key in enumerate(heads, start=1):
        sheet.text(right + _FIGURE * place, head - 0.2, style.say(key), colour=FAINT, align="right")
    sheet.label_columns(labels, left, head, step)
    for place, area in enumerate(areas):
        y = head + _ROW * (place + 0.5)
        sheet.text(left - 0.12, y, names[area], align="right")
        _draw_row(sheet, counts.loc[area].to_numpy(), left, step, y)
        row = found.loc[area]
        for number, words in enumerate(
            (f"{row['n']:,.0f}", f"{row['precision']:.2f}", f"{row['recall']:.2f}"), start=1
        ):
            sheet.text(right + _FIGURE * number, y, words, align="right")
    sheet.line(left, head + _ROW * areas.index(NONE), PAGE - 0.1, head + _ROW * areas.index(NONE), FAINT, 0.5)
    return sheet


def _draw_row(sheet: Sheet, counts: np.ndarray, left: float, step: float, y: float) -> None:
    """One area's sentences by what they were coded as, in per cent; a cell without a number has none or less than half a per cent."""
    total = float(counts.sum()) or 1.0
    for place, n in enumerate(counts):
        part = n / total
        x, colour = left + step * place, shade(part) if n else "#ffffff"
        sheet.rect(x, y - _ROW / 2, step, _ROW, colour, edge=RULE, width=0.3)
        if round(100 * part):
            sheet.text(x + step / 2, y, f"{100 * part:.0f}", SMALL, ink_on(colour), align="center")
