"""Sentences as the grammar reads them: without space, half-width, each character where it was printed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emphasis.targets.plain import plain_sentence


@pytest.mark.parametrize(
    ("printed", "plain"),
    [
        ("地 区 生 产\u3000总 值 增 长 ６．５％", "地区生产总值增长6.5%"),
        ("增长6. 5%", "增长6.5%"),
        ("增长6·5﹪", "增长6.5%"),
        ("新增3 000人、1 234 567元", "新增3000人、1234567元"),
        ("固定资\n产投资", "固定资产投资"),
        ("“5·12”地震", "“5·12”地震"),
        ("2024 2025年", "2024 2025年"),
        ("5G SA基站", "5G SA基站"),
        ("1. 5个项目", "1. 5个项目"),
        ("比一九八○年增长,到二〇〇〇年", "比1980年增长,到2000年"),
        ("一九八一至一九八五年", "1981至1985年"),
        ("一九五三年到五七年", "1953年到五七年"),
        ("二十九个省,三千二百七十八亿斤", "二十九个省,三千二百七十八亿斤"),
        ("同比（下同）增长8.5%（均为预计数，下同）", "同比增长8.5%"),
        ("上下同心", "上下同心"),
        ("", ""),
    ],
)
def test_space_and_odd_signs_go(printed: str, plain: str) -> None:
    assert plain_sentence(printed).text == plain


@given(st.text(alphabet=" \u3000\n\u200b0123456789.,%·地区增长aB", max_size=40))
def test_every_character_keeps_its_place(printed: str) -> None:
    read = plain_sentence(printed)
    assert len(read.places) == len(read.text) + 1
    assert list(read.places) == sorted(set(read.places))
    for at, character in enumerate(read.text):
        start, end = read.printed(at, at + 1)
        assert end == start + 1
        assert printed[start] == character or {printed[start], character} <= {"·", ".", " ", "\u3000", "\n", "\u200b"}
