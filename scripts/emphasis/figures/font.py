"""The typeface of every picture: Noto Sans SC from the package justmytype-intl-cjk, never a font of the machine."""

from __future__ import annotations

from collections.abc import Iterable
from importlib.resources import files
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

from emphasis.errors import EmphasisError

_FOLDER = "fonts/ofl/notosanssc"
_FILE = "NotoSansSC[wght].ttf"

ASCII = "".join(chr(code) for code in range(0x20, 0x7F))
"""Always part of the font: axis labels and numbers need it."""


def make_font(texts: Iterable[str], weight: int, path: Path) -> Path:
    """Write the font with the glyphs of `texts` at one weight.

    The variable font is cut to the glyphs first and fixed to its weight then: the other way round it takes 15 times as
    long. Time stamps are left as they are in the font, so that equal texts give equal files.

    Parameters
    ----------
    texts : iterable of str
        Everything that will be set in the font.
    weight : int
        100 to 900; the font's own default is 100, too thin to read.
    path : Path
        A .ttf file.

    Raises
    ------
    EmphasisError
        If the font lacks a glyph: which character, in which text.
    """
    texts = list(texts)
    source = files("justmytype_intl_cjk").joinpath(_FOLDER).joinpath(_FILE)
    font = TTFont(str(source), lazy=True, recalcTimestamp=False)
    known = font.getBestCmap()
    for text in texts:
        for character in text:
            if ord(character) not in known:
                raise EmphasisError(
                    f"font: no glyph for {character!r} (U+{ord(character):04X}) in {text!r}; "
                    "put the word on the stop list, or report the character"
                )
    options = subset.Options()
    options.notdef_outline = True
    options.layout_features = []
    cutter = subset.Subsetter(options)
    cutter.populate(text=ASCII + "".join(texts))
    cutter.subset(font)
    fixed = instancer.instantiateVariableFont(font, {"wght": weight}, updateFontNames=False)
    fixed.save(path, reorderTables=True)
    return path
