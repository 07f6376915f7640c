"""Word clouds as pictures: the words, their counts as bars, and beside these what most peers say and the report does not."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from emphasis.figures.axis import Scale
from emphasis.figures.cloud_layout import lay_out
from emphasis.figures.cloud_words import RARE, VERY_RARE, Cloud, CloudWord
from emphasis.figures.files import save_drawings
from emphasis.figures.look import EM, FAINT, INK, PAGE, PLAIN, RULE, SMALL, Style
from emphasis.figures.sheet import Sheet
from emphasis.figures.typeface import typeface

DISTINCT = ("#6e7781", "#ad5200", "#8a0f2e")
"""Colours of words by how distinctive they are: darker, and further from grey, the more."""

NOT_COMPARED = "#3f4a56"
"""Of words that are compared with nothing."""

# In cm: the cloud on the left, the bars, and where there are some the missing terms.
_MARGIN, _GAP = 0.2, 0.3
_MISSING, _BARS, _LABELS, _COUNT = 3.0, 2.1, 2.4, 0.5
_ROW, _LOWEST_ROW = 0.3, 0.24  # A bar with its label; at least type of 6 points.
_LOW, _HIGH, _WIDEST = 4.2, 9.4, 1.9  # Heights of a cloud of few and of many words; width for a height of 1.
_LISTED, _LIST_ROW, _LIST_COLUMNS = 7.5, 0.36, 4  # Points, cm.


def draw_clouds(clouds: Sequence[Cloud], folder: Path, *, language: str, weight: int, seed: int) -> None:
    """Draw clouds into a folder, each as large as its field.

    `weight` is that of the typeface, 100 to 900.
    """
    style = Style(language, typeface(weight))
    save_drawings({cloud.name: cloud_sheet(cloud, style, seed).drawing for cloud in clouds}, folder)


def cloud_sheet(cloud: Cloud, style: Style, seed: int) -> Sheet:
    """The picture of a cloud, or of the list of words where there are too few for one."""
    return _list_sheet(cloud, style) if cloud.as_list else _cloud_sheet(cloud, style, seed)


def colour_of(cloud: Cloud, word: CloudWord) -> str:
    """The colour of a word in a cloud."""
    return DISTINCT[word.distinct] if cloud.compared else NOT_COMPARED


def _cloud_sheet(cloud: Cloud, style: Style, seed: int) -> Sheet:
    rows = len(cloud.words)
    high = min(_LOW + 0.14 * rows, _HIGH)
    row = max(min(high / rows, _ROW), _LOWEST_ROW)
    high = max(high, row * rows)
    sheet = Sheet(style, _title(cloud, style), high + (0.5 if cloud.compared else 0.1), cloud.note, columns=PAGE)
    missing = _MISSING + _GAP if cloud.missing else 0.0
    labels = min(max(style.width(_label(word), SMALL) for word in cloud.words), _LABELS) + 0.1
    rest = PAGE - _MARGIN - _GAP - labels - _COUNT - missing
    # Bars get what a cloud of a pleasant shape leaves.
    bars = max(_BARS, rest - _WIDEST * high)
    wide = rest - bars
    colours = {word.word: colour_of(cloud, word) for word in cloud.words}
    for place in lay_out(cloud.weights, style.face, wide, high, seed).places:
        x, y, size = _MARGIN + place.x, place.baseline, place.size / EM
        sheet.text(x, y, place.word, round(size, 2), colours[place.word], baseline=True)
    left = _MARGIN + wide + _GAP + labels
    top = (high - row * rows) / 2
    _draw_bars(sheet, cloud, Scale(0, max(word.n for word in cloud.words), left, left + bars), top, row)
    if cloud.missing:
        _draw_missing(sheet, cloud, left + bars + _COUNT + _GAP, high)
    _draw_key(sheet, cloud, high + 0.3)
    return sheet


def _title(cloud: Cloud, style: Style) -> str:
    (title,) = style.wrap(cloud.title, PAGE - 0.3, 8.0, 1)
    return title


def _draw_bars(sheet: Sheet, cloud: Cloud, scale: Scale, top: float, row: float) -> None:
    for number, word in enumerate(cloud.words):
        y = top + row * (number + 0.5)
        (label,) = sheet.style.wrap(_label(word), _LABELS, SMALL, 1)
        sheet.text(scale.start - 0.08, y, label, align="right")
        sheet.bar(scale, y, word.n, 0.74 * row, colour_of(cloud, word))
        sheet.text(scale.at(word.n) + 0.06, y, f"{word.n}", SMALL, FAINT)


def _label(word: CloudWord) -> str:
    return f"*{word.word}" if word.new else word.word


def _draw_missing(sheet: Sheet, cloud: Cloud, left: float, high: float) -> None:
    """What most peers say and this does not, with how many of them say it."""
    right = PAGE - 0.1
    heading = sheet.style.wrap(sheet.style.say("cloud.missing"), right - left, SMALL)
    step = min((high - 0.3 * len(heading)) / len(cloud.missing), 0.42)
    top = 0.3 * len(heading) + 0.1
    for number, line in enumerate(heading):
        sheet.text(left, 0.15 + 0.28 * number, line, SMALL, FAINT)
    sheet.line(left, top - 0.05, right, top - 0.05)
    for number, (term, share) in enumerate(cloud.missing):
        y = top + step * (number + 0.5)
        sheet.text(right, y, share, SMALL, FAINT, align="right")
        (label,) = sheet.style.wrap(term, right - left - sheet.style.width(share, SMALL) - 0.15, PLAIN, 1)
        sheet.text(left, y, label, PLAIN, INK)


def _list_sheet(cloud: Cloud, style: Style) -> Sheet:
    """The words of a section that is too short for a cloud, most frequent first, in columns."""
    rows = -(-len(cloud.words) // _LIST_COLUMNS)
    body = 0.25 + _LIST_ROW * rows
    key = 0.55 if _key(cloud, style) else 0.1
    sheet = Sheet(style, _title(cloud, style), body + key, cloud.note, columns=PAGE)
    step = (PAGE - 2 * _MARGIN) / _LIST_COLUMNS
    for number, word in enumerate(cloud.words):
        left, y = _MARGIN + step * (number // rows), 0.2 + _LIST_ROW * (number % rows + 0.5)
        # Words that occur once are compared with nothing; black would set them before those that are.
        colour = (colour_of(cloud, word) if cloud.compared and word.distinct else INK) if word.n > 1 else FAINT
        (label,) = style.wrap(_label(word), step - 0.9, _LISTED, 1)
        sheet.text(left + 0.35, y, f"{word.n}", SMALL, FAINT, align="right")
        sheet.text(left + 0.5, y, label, _LISTED, colour)
    sheet.line(_MARGIN, 0.1, PAGE - _MARGIN, 0.1, RULE)
    _draw_key(sheet, cloud, body + 0.3)
    return sheet


def _key(cloud: Cloud, style: Style) -> list[tuple[str, str]]:
    """The colours that are used and what they mean; none for words that are compared with nothing."""
    used = {word.distinct for word in cloud.words} - ({0} if cloud.as_list else set())
    meanings = [style.say("cloud.usual"), *(style.say("cloud.rare", p=f"{p:.0%}") for p in (RARE, VERY_RARE))]
    return [(DISTINCT[level], meanings[level]) for level in sorted(used, reverse=True)] if cloud.compared else []


def _draw_key(sheet: Sheet, cloud: Cloud, y: float) -> None:
    """What the colours mean, and the asterisk."""
    entries = _key(cloud, sheet.style)
    sheet.swatches(y, entries, _MARGIN)
    if any(word.new for word in cloud.words):
        left = _MARGIN + sum(sheet.swatch_width(words) for _, words in entries)
        sheet.text(left, y, sheet.style.say("cloud.new"))
