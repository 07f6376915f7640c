"""What a chart shows: its texts, its shapes, and what in it is illegible."""

import itertools
from xml.etree import ElementTree

from emphasis.figures.look import EM, SMALL

_ABOVE, _BELOW = 0.8, 0.08  # Of the type size: where characters lie about their baseline.


def text_of(sheet):
    return "".join(sheet.drawing.texts)


def shapes(sheet, kind):
    """The attributes of all shapes of a kind (rect, circle, polyline, line), in points, without the ground."""
    found = ElementTree.fromstring(sheet.drawing.svg()).findall(f"{{http://www.w3.org/2000/svg}}{kind}")
    out = [{k: _number(v) for k, v in shape.attrib.items()} for shape in found]
    return out[1:] if kind == "rect" else out


def _number(value):
    try:
        return float(value)
    except ValueError:
        return value


def faults(sheet):
    """What is illegible: type that is too small, outside the picture, or over other type."""
    found, boxes = [], []
    for words in sheet.drawing.words:
        wide, above, below = (
            sheet.style.width(words.text, words.size),
            _ABOVE * words.size * EM,
            _BELOW * words.size * EM,
        )
        if words.rotate:
            box = (words.x - above, words.y - wide, words.x + below, words.y)
        else:
            box = (words.x, words.y - above, words.x + wide, words.y + below)
        if words.size < SMALL:
            found.append(f"{words.text!r} has {words.size} points")
        if box[0] < 0 or box[1] < 0 or box[2] > sheet.width or box[3] > sheet.height:
            found.append(f"{words.text!r} is outside")
        boxes.append((words.text, box))
    for (one, a), (other, b) in itertools.combinations(boxes, 2):
        across, down = min(a[2], b[2]) - max(a[0], b[0]), min(a[3], b[3]) - max(a[1], b[1])
        if across > 0.01 and down > 0.02:
            found.append(f"{one!r} over {other!r}")
    for rect in shapes(sheet, "rect"):
        if rect["x"] < -1 or rect["x"] + rect["width"] > sheet.width / EM + 1 or rect["width"] < 0:
            found.append(f"a rectangle is outside: {rect}")
    return found
