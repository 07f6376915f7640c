from __future__ import annotations

import doctest

import pytest

from emphasis.segment import audit, claims, lexicon, segmenter, term_evidence, vocabulary
from emphasis.text import fold

CLAIMS = [
    ("quantities", "增长5.5%，260亿斤，13.5万亿元，1,985公里", "5.5% 260亿斤 13.5万亿元 1,985公里"),
    ("percentage points", "提高2个百分点", "2个百分点"),
    ("a multiplier with more", "600多亿元，130余个", "600多亿元 130余"),
    ("a range", "2-3所，2021—2025年", "2-3 2021—2025年"),
    ("dates and clock", "2025-02-25 09:32", "2025-02-25 09:32"),
    ("a unit that begins another word", "增长5%、6分别下降", "5% 6"),
    ("3 is founded, not three tenths", "2023成立", "2023"),
    ("degree in holiday", "3度假区", "3"),
    ("metro line, not a number", "6号线，8号", "6号线 8号"),
    ("roads", "102国道、G331国道、G60", "102国道 G331国道 G60"),
    ("Chinese numerals", "二十三项，六百二十七亿元，三亿零五百三十万吨", "二十三 六百二十七亿元 三亿零五百三十万吨"),
    ("Chinese fractions", "百分之七点五，三分之一", "百分之七点五 三分之一"),
    ("Chinese years", "一九八五年，一九八○年，二〇三五年", "一九八五年 一九八○年 二〇三五年"),
    ("plan periods and slogans are no numbers", "十四五，十百千万，三四线", ""),
    ("everyday words are no numbers", "千万不要，百万", ""),
    ("ordinals", "第四次，第14届，第一季度", "第四次 第14届 第一季度"),
    ("Latin", "AI、PM2.5、5G-A、C919、R&D、T800", "AI PM2.5 5G-A C919 R&D T800"),
    ("a quantity of computing", "达到2000P", "2000P"),
]


@pytest.mark.parametrize(("text", "expected"), [case[1:] for case in CLAIMS], ids=[case[0] for case in CLAIMS])
def test_claims(text: str, expected: str) -> None:
    assert " ".join(text[claim.start : claim.end] for claim in claims.find_claims(fold(text))) == expected


@pytest.mark.parametrize("module", [audit, claims, vocabulary, lexicon, segmenter, term_evidence])
def test_examples_in_docstrings(module: object) -> None:
    result = doctest.testmod(module)  # type: ignore[arg-type]
    assert result.failed == 0
    assert result.attempted > 0
