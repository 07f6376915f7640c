"""Sheets: everything is inside, ticks are round, a note makes the sheet higher, cells show their values."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emphasis.figures.axis import Scale, round_ticks
from emphasis.figures.look import COLUMN, LARGE, SMALL, Style
from emphasis.figures.sheet import Sheet, message_sheet
from emphasis.figures.typeface import typeface

STYLE = Style("zh", typeface(500))


def inside(sheet):
    """Whether every text lies in the picture, from its first to its last character."""
    for words in sheet.drawing.words:
        wide = sheet.style.width(words.text, words.size)
        if words.rotate:
            ends = (
                (words.x, words.x, words.y - wide, words.y)
                if words.rotate == 90
                else (words.x, words.x, words.y, words.y + wide)
            )
        else:
            ends = (words.x, words.x + wide, words.y - 0.03 * words.size, words.y)
        if ends[0] < -0.01 or ends[1] > sheet.width + 0.01 or ends[2] < -0.01 or ends[3] > sheet.height + 0.01:
            return False
    return True


@given(st.floats(-1e6, 1e6), st.floats(1e-6, 1e6), st.integers(2, 9))
def test_ticks_are_round_and_no_more_than_asked_for(low, span, most):
    high = low + span
    ticks = round_ticks(low, high, most)
    assert 1 <= len(ticks) <= most
    assert all(low - 1e-5 * span <= tick <= high + 1e-5 * span for tick in ticks) or span < 1e-9 * abs(low)
    if len(ticks) > 2:
        steps = {float(f"{b - a:.3g}") for a, b in itertools.pairwise(ticks)}
        assert len(steps) == 1 or span < 1e-4 * abs(low)


@pytest.mark.parametrize(
    ("low", "high", "most", "ticks"),
    [(0, 10, 5, [0, 5, 10]), (0, 0.73, 5, [0, 0.2, 0.4, 0.6]), (0.4, 3.1, 4, [1, 2, 3]), (2015, 2025, 6, [2016, 2018, 2020, 2022, 2024])],
)  # fmt: skip
def test_ticks_are_multiples_of_a_round_step(low, high, most, ticks):
    assert round_ticks(low, high, most) == pytest.approx(ticks)


def test_a_scale_may_run_upwards():
    assert [Scale(0, 10, 7.0, 5.0).at(value) for value in (0, 5, 10)] == [7.0, 6.0, 5.0]


def test_title_and_note_are_wrapped_and_make_the_sheet_higher():
    plain, long = Sheet(STYLE, "题", 3.0), Sheet(STYLE, "经济" * 40, 3.0, "注" * 100)
    assert plain.height == pytest.approx(3.0 + 0.15 + 0.4 + 0.1 + 0.1)
    titles = [w for w in long.drawing.words if w.size == LARGE]
    notes = [w for w in long.drawing.words if w.size == SMALL]
    assert len(titles) == 3 and len(notes) >= 3
    assert long.height == pytest.approx(plain.height + 2 * 0.4 + 0.15 + 0.28 * len(notes))
    assert inside(long) and inside(plain)


def test_words_are_centred_on_their_line():
    sheet = Sheet(STYLE, "题", 3.0)
    sheet.text(1, 1, "口", 10)
    (title, word) = sheet.drawing.words
    # The middle of the character, 0.37 of its size above the baseline, is 1 cm below the top of the body.
    assert word.y - 0.37 * 10 * 2.54 / 72 == pytest.approx(1 + 0.65) and title.text == "题"


def test_cells_show_values_and_leave_gaps():
    sheet = Sheet(STYLE, "题", 3.0)
    sheet.cells(1, 1, 0.5, 0.4, [[1.04, float("nan")], [2.0, 4.0]], largest=4.0, decimals=1)
    assert [w.text for w in sheet.drawing.words[1:]] == ["1.0", "2.0", "4.0"]
    svg = sheet.drawing.svg()
    assert svg.count('stroke="#ffffff"') == 3
    dark = [w.colour for w in sheet.drawing.words[1:]]
    assert dark[0] != "#ffffff" and dark[2] == "#ffffff"


def test_names_above_columns_stack_if_chinese():
    sheet = Sheet(STYLE, "题", 3.0)
    names = ["科技创新", "Science"]
    height = sheet.column_label_height(names)
    sheet.label_columns(names, 3.0, height, 0.6)
    words = sheet.drawing.words[1:]
    assert [w.text for w in words] == [*"新创技科", "Science"] and words[-1].rotate == 90
    assert inside(sheet)


def test_a_message_says_what_is_missing():
    sheet = message_sheet(STYLE, "题", ["没有口径一致的目标。" * 12, "第二段"])
    assert sheet.width == COLUMN and inside(sheet)
    assert STYLE.say("nothing") in sheet.drawing.texts and "第二段" in sheet.drawing.texts
