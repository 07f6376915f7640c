"""The font that pictures are set in, and which characters it has."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from importlib.resources import files
from pathlib import Path

FONT_FILE = Path(str(files("justmytype_intl_cjk").joinpath("fonts/ofl/notosanssc/NotoSansSC[wght].ttf")))
"""Noto Sans SC, at every weight in one file."""

_USUAL = re.compile(
    "[\x00-\xff\u2000-\u200f\u2014\u2018\u2019\u201c\u201d\u2026\u2028-\u202f\u3000-\u3003\u3008-\u3011\u4e00-\u9fa5\ufeff\uff01-\uff5e]+"
)
"""Characters that the font has, or that leave nothing to see: nearly all of any report."""


def characters_without_glyph(text: str) -> list[str]:
    """The characters of a text, each once and sorted, that the font cannot draw.

    Examples
    --------
    >>> characters_without_glyph("降低CO₂和PM₂.₅")
    ['₂', '₅']
    """
    unusual = {c for c in _USUAL.sub("", text) if unicodedata.category(c) not in _UNSEEN}
    return sorted(character for character in unusual if ord(character) not in _known()) if unusual else []


_UNSEEN = frozenset(("Cc", "Cf", "Mn", "Zs", "Zl", "Zp"))
"""Categories of characters that leave nothing to see of themselves."""


@cache
def _known() -> frozenset[int]:
    from fontTools.ttLib import TTFont  # noqa: PLC0415  # takes as long as reading a report, and few reports need it

    font = TTFont(str(FONT_FILE), lazy=True)
    # Without names of their own, glyphs are given some that are made from the table of characters, which takes longer than reading it.
    font.setGlyphOrder([*map(str, range(font["maxp"].numGlyphs))])
    return frozenset(font.getBestCmap())
