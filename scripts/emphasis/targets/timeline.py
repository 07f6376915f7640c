"""What the text before a sentence says about its time.

A review of five years is a row of paragraphs, few of which say so again: 五年来,… leads a list, 这是…的五年 stands above the paragraph that
tells of it, and 2024年,… begins what is about a single year.
"""

from __future__ import annotations

from emphasis.targets.entries import Horizon
from emphasis.targets.times import names_span, opening_time, time_frame

_ITEMS = ("—", "·", "●")
"""How an item of a list begins."""


class Timeline:
    """The time that holds at a point of a report, kept as its sentences are read in order.

    `earlier` is the horizon that the sentences before have set, if any, and `looks_back` whether they look back over years. Under
    a heading that announces several years, what a paragraph opens with holds for the next ones. Where a paragraph leads a list,
    what it ends with holds for the items, and the single year of an item for this item alone.

    Parameters
    ----------
    year : int or None
        Of the report.
    """

    def __init__(self, year: int | None) -> None:
        self._year = year
        self._part = ""
        self._opened: Horizon | None = None
        self._in_list = False
        self.paragraph = -1
        self.earlier: Horizon | None = None
        self.looks_back = False

    def begin(self, paragraph: int, opening: str, headings: str) -> None:
        """Begin a paragraph with the sentence that opens it and the headings above it, one a line."""
        if (outermost := headings.rpartition("\n")[2]) != self._part:
            self._part, self._opened, self._in_list, self.earlier = outermost, None, False, None
        item = opening.startswith(_ITEMS)
        if not names_span(headings):
            self._opened, said = None, None
        else:
            if item and not self._in_list:
                self._opened = self.earlier or self._opened
            said = opening_time(opening, self._year)
            if said is not None and not (item and said == "year"):
                self._opened = said
        self._in_list = item
        self.paragraph, self.earlier, self.looks_back = paragraph, said or self._opened, False

    def read(self, sentence: str) -> None:
        """Read a sentence of the paragraph: what it says of time holds for those after it."""
        said, back = time_frame(sentence, self._year)
        if said is not None:
            self.earlier, self.looks_back = said, back
