import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emphasis.text import (
    INVISIBLE,
    SPACES,
    change_together,
    fold,
    numeral,
    split_sentences,
    squeeze,
    trim,
    visible,
    visible_lengths,
)

TEXTS = st.text(alphabet="政府工作。！？；：“”（）(),. \n\t\u3000\u200b１２％a5", max_size=60)


def test_fold_keeps_every_character_in_its_place():
    assert fold("５％左右，１１．１％　Ａ\u00a0b\n") == "5%左右,11.1% A b\n"


@given(TEXTS)
def test_fold_is_one_for_one(text):
    assert len(fold(text)) == len(text)
    assert fold(text) == "".join(map(fold, text))


def test_fold_changes_only_wide_signs_and_unusual_spaces():
    every = "".join(map(chr, range(0x20000)))
    half = {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
    spaces = {c: " " for c in SPACES if c not in "\r\n"}
    assert fold(every) == "".join((half | spaces).get(c, c) for c in every)


@given(TEXTS)
def test_squeeze_returns_the_offset_of_each_character(text):
    squeezed, places = squeeze(text)
    assert [text[i] for i in places] == list(squeezed)
    assert not set(squeezed) & set(SPACES + INVISIBLE)


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("稳中求进。以进促稳！", ["稳中求进。", "以进促稳！"]),
        ("实施“智改数转”。好", ["实施“智改数转”。", "好"]),
        ("他说：“好！”我们走。", ["他说：“好！”", "我们走。"]),  # a quotation's end takes its mark along
        ("增长5.5%以上;粮食260亿斤", ["增长5.5%以上;粮食260亿斤"]),  # neither a point nor a semicolon ends a sentence
        ("各位代表!让我们", ["各位代表!", "让我们"]),
        ("什么？！为什么", ["什么？！", "为什么"]),
        ("一\n\n  二  \n", ["一", "二"]),
        ("", []),
        (" \u3000\u200b\n", []),
    ],
)
def test_sentences(text, sentences):
    assert [text[a:b] for a, b in split_sentences(text)] == sentences


def test_a_line_break_inside_a_paragraph_ends_no_sentence():
    text = "细颗粒物（PM\n2.5\n）浓度下降。"
    assert [text[a:b] for a, b in split_sentences(text, lines=False)] == [text]


@given(TEXTS, st.booleans())
def test_sentences_lose_nothing_but_white_space(text, lines):
    spans = split_sentences(text, lines=lines)
    assert squeeze("".join(text[a:b] for a, b in spans))[0] == squeeze(text)[0]
    assert all(a < b for a, b in spans)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))


def test_trim():
    assert trim("  ab\u200b ", 0, 6) == (2, 4)
    assert trim("   ", 0, 3) == (3, 3)


@pytest.mark.parametrize(
    ("text", "value"),
    [("三", 3), ("十", 10), ("十二", 12), ("二十", 20), ("一百零五", 105), ("三千六百", 3600), ("一九八六", 1986),
     ("二○二五", 2025), ("二〇二五", 2025), ("两万", 20_000), ("一亿三千万", 130_000_000), ("１２", 12), ("007", 7)],
)  # fmt: skip
def test_numeral(text, value):
    assert numeral(text) == value


@pytest.mark.parametrize("text", ["", "年", "十年", "1.5", "-3", "一a"])
def test_what_is_not_a_numeral_is_refused(text):
    with pytest.raises(ValueError, match="not a numeral"):
        numeral(text)


@given(st.integers(1, 9999))
def test_numerals_read_back(value):
    assert numeral(_chinese(value)) == value


def _chinese(value: int) -> str:
    """An independent way to write a number below 10,000: digit by digit, then the zeros tidied up."""
    digits, units = "零一二三四五六七八九", ["", "十", "百", "千"]
    raw = "".join(
        digits[int(d)] + (units[len(str(value)) - i - 1] if d != "0" else "") for i, d in enumerate(str(value))
    )
    return re.sub("零+", "零", raw).rstrip("零")


@given(st.lists(TEXTS | st.sampled_from(["\x00", "ΑΣ", "政\x00 府"]), max_size=6))
def test_texts_changed_together_are_those_changed_one_by_one(texts):
    assert change_together(lambda text: visible(text).lower(), texts) == [visible(text).lower() for text in texts]
    assert visible_lengths(texts).tolist() == [len(visible(text)) for text in texts]
