"""Widths of columns and lines of heads."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emphasis.publish.paper.fit import BREAK, fit, text_width, wrap
from emphasis.publish.paper.latex import latex_table
from emphasis.publish.paper.table import LANGUAGES, Bilingual, PaperColumn, Table


def table(rows, *columns):
    heads = tuple(PaperColumn(Bilingual(head, head), kind) for head, kind in columns)
    return Table("t", "", Bilingual("t", "t"), heads, tuple(rows))


@given(st.text(st.sampled_from("每万词（安排）per 10,000 (plan)，。 ")), st.floats(1, 20))
def test_lines_hold_all_of_the_text_and_are_broken_where_they_can_be(text, width):
    lines = wrap(text, width)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(lines) or not text.split()


def test_marks_do_not_begin_a_line():
    assert wrap("甲乙，丙（丁）。", 2) == ("甲", "乙，", "丙", "（丁）。")


def test_a_head_is_broken_where_it_says_so():
    found = fit(table([("1",)], (f"同类{BREAK}中位数{BREAK}（每万词）", "number")), "zh", 36, 1.2)
    assert found.heads == (("同类", "中位数", "（每万词）"),) and found.widths == (text_width("（每万词）"),)


def test_short_text_stays_whole_while_there_is_room():
    rows = [("甲" * 10, "1.00", "乙" * 30)]
    columns = (("Term", "text"), ("n", "number"), ("Words", "long"))
    found = fit(table(rows, *columns), "en", 60, 1.2)
    assert found.broken == (False, False, False) and found.fits and found.lines == 1
    found = fit(table(rows, *columns), "en", 36, 1.2)
    assert found.broken == (False, False, True) and found.fits
    assert sum(found.widths) + 3 * 1.2 == pytest.approx(36)
    assert found.lines == 2
    narrow = fit(table(rows, *columns), "en", 15, 1.2, break_short=False)
    assert not narrow.fits and narrow.broken[0] is False
    assert fit(table(rows, *columns), "en", 18, 1.2).broken[0] is True


def test_two_columns_of_long_text_share_what_is_left():
    found = fit(table([("长" * 90, "短" * 10, "12")], ("a", "long"), ("b", "long"), ("n", "number")), "zh", 40, 1)
    assert found.broken == (True, False, False) and sum(found.widths) + 3 == pytest.approx(40)
    both = fit(table([("长" * 90, "短" * 40)], ("a", "long"), ("b", "long")), "zh", 42, 1)
    assert both.broken == (True, True) and both.widths[0] == pytest.approx(24) and both.widths[1] == pytest.approx(16)


def test_smaller_type_before_broken_words():
    columns = [(f"column {i}", "number") for i in range(5)]
    rows = [("Science, technology, digital", *["12.34"] * 5)]
    made = latex_table(table(rows, ("Area", "text"), *columns), "en")
    assert r"\centering\footnotesize" in made and r"\begin{tabular}{lrrrrr}" in made


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_table_of_the_kit_fits(tables, language):
    for one in tables.values():
        assert fit(one, language, 46, 0.9).fits, one.name
