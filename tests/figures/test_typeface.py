"""The typeface: widths and outlines are those of the font, lines fit their room, and the small font has what it is asked for."""

from io import BytesIO

import numpy as np
import pytest
from fontTools import subset
from fontTools.pens.boundsPen import BoundsPen
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageDraw, ImageFont

from emphasis.figures.typeface import BOX, UNITS, Typeface, typeface
from emphasis.font import FONT_FILE, characters_without_glyph

SAMPLES = ("发展新质生产力", "Science and innovation", "1,234.5", "（一）GDP ≥ 5%")


@pytest.fixture(scope="module")
def face():
    return typeface(500)


@pytest.mark.parametrize("text", SAMPLES)
def test_widths_are_those_of_the_variable_font_at_the_weight(face, text):
    """Measured by FreeType, which applies variations by itself; it rounds each character to a pixel, a unit at this size."""
    font = ImageFont.truetype(str(FONT_FILE), UNITS, layout_engine=ImageFont.Layout.BASIC)
    font.set_variation_by_axes([500])
    assert face.width(text, UNITS) == pytest.approx(sum(font.getlength(c) for c in text), abs=len(text))


def pixels(font, character):
    picture = Image.new("L", (200, 200))
    ImageDraw.Draw(picture).text((50, 130), character, 255, font=font, anchor="ls")
    return picture


def opened(file):
    return ImageFont.truetype(file, 100, layout_engine=ImageFont.Layout.BASIC)


def test_the_small_font_has_the_outlines_that_an_instance_of_the_large_one_has(face):
    """The instance is made by fontTools from the tables of variations; here, characters are drawn one by one."""
    characters = "发质gS5≥；é"
    cutter, large = subset.Subsetter(subset.Options(layout_features=[])), TTFont(str(FONT_FILE), lazy=True)
    cutter.populate(text=characters)
    cutter.subset(large)
    small = TTFont(BytesIO(face.font([characters], "f")))
    found, expected = (
        {c: corners(font, c) for c in characters}
        for font in (small, instancer.instantiateVariableFont(large, {"wght": 500}))
    )
    for character in characters:
        assert np.asarray(found[character]) == pytest.approx(np.asarray(expected[character]), abs=1), character


def corners(font, character):
    pen = DecomposingRecordingPen(font.getGlyphSet())
    font.getGlyphSet()[font.getBestCmap()[ord(character)]].draw(pen)
    return [point for _, points in pen.value for point in points if point is not None]


def test_the_small_font_has_its_characters_and_no_others(face):
    font = TTFont(BytesIO(face.font(["发展", "GDP"], "family")))
    assert {chr(code) for code in font.getBestCmap()} == set("发展GDP")
    assert font["name"].getDebugName(1) == "family" and "fvar" not in font
    assert face.font(["展发GDP"], "family") == face.font(["GDP", "发展"], "family")


def test_a_heavier_typeface_has_more_ink():
    light, medium, heavy = (
        sum(pixels(opened(BytesIO(Typeface(w).font(["发"], "f"))), "发").tobytes()) for w in (200, 500, 700)
    )
    assert heavy > 1.1 * medium > 1.2 * light


def test_an_outline_spans_the_box_of_its_character(face):
    numbers = [int(part) for part in face.outline("口").replace("M", " ").replace("L", " ").replace("H", " ").replace("V", " ")
               .replace("Q", " ").replace("Z", " ").replace(",", " ").replace("-", " -").split()]  # fmt: skip
    font = TTFont(str(FONT_FILE), lazy=True)
    glyphs = font.getGlyphSet(location={"wght": 500})
    pen = BoundsPen(glyphs)
    glyphs[font.getBestCmap()[ord("口")]].draw(pen)
    left, bottom, right, top = pen.bounds
    # Downwards: the top of the character is above the baseline, so it has the smallest number.
    assert (min(numbers), max(numbers)) == pytest.approx((-top, max(right, -bottom)), abs=1)
    assert left > 0 and face.outline(" ") == ""


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("降低CO₂🌳𠮷", f"降低CO{BOX}{BOX}{BOX}"),
        ("a\u3000b\tc\u2003d", "a\u3000b c\u2003d"),
        ("e\u0301\u200b\x07", "e"),
    ],
)
def test_what_the_font_lacks_is_a_box_and_what_is_invisible_is_nothing(face, text, shown):
    assert face.clean(text).replace("\u2003", " ") == shown.replace("\u2003", " ")
    assert not characters_without_glyph(face.clean(text))


TEXTS = st.text(st.sampled_from("发展（一）“新”质，生产力。abc XY 12 "), max_size=60)


@given(TEXTS, st.floats(1, 6))
def test_wrapped_lines_have_all_the_text_and_fit_their_room(text, room):
    face, points = typeface(500), room * 72 / 2.54
    lines = face.wrap(text, points, 6)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(face.width(line, 6) <= points + 1e-9 for line in lines)
    cut = face.wrap(text, points, 6, 2)
    assert len(cut) <= 2 and all(face.width(line, 6) <= points + 1e-9 for line in cut)
    assert len(lines) <= 2 or cut[-1].endswith("…")


def test_lines_break_between_words_and_not_before_closing_marks(face):
    assert face.wrap("alpha beta gamma", face.width("alpha beta g", 6), 6) == ["alpha beta", "gamma"]
    assert face.wrap("发展改革，创新", face.width("发展改革", 6), 6) == ["发展改", "革，创新"]
