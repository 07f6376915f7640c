from __future__ import annotations

import doctest

import pandas as pd
import pytest

from emphasis.segment import place_names
from emphasis.segment.cue_words import CueWords
from emphasis.segment.lexicon import Lexicon, Term
from emphasis.segment.place_names import place_words, places_of_reports
from emphasis.segment.segmenter import Segmenter
from emphasis.segment.tables import segment_reports

REPORTS = pd.DataFrame(
    [("a", "深圳市", "440300"), ("b", "长春市", "220100"), ("c", "", ""), ("d", "深圳市坪山新区", "")],
    columns=["report_id", "region", "adcode"],
)

NAMES = [
    ("a part of the city", "深圳市", "440300", "坪山", True),
    ("a part in full", "深圳市", "440300", "坪山区", True),
    ("a prefecture of the province", "广东省", "440000", "茂南", True),
    ("the parts of another city", "长春市", "220100", "坪山", False),
    ("what is found in 城市中心 is no name", "济南市", "370100", "市中", False),
    ("but in full it is", "济南市", "370100", "市中区", True),
    ("a new area without a code", "深圳市坪山新区", "", "坪山新区", True),
    ("the city of a new area, which its name does not say", "大鹏新区", "", "龙岗", True),
    ("a county has no parts", "农安县", "220122", "德惠", False),
    ("no region", "", "", "坪山", False),
    ("the whole country", "全国", "", "坪山", False),
]


@pytest.mark.parametrize(
    ("region", "adcode", "name", "known"), [case[1:] for case in NAMES], ids=[case[0] for case in NAMES]
)
def test_names(region: str, adcode: str, name: str, known: bool) -> None:
    assert (name in {word.word for word in place_words(region, adcode)}) == known


def test_a_report_has_the_names_of_its_own_region_alone(
    lexicon: Lexicon, segmenter: Segmenter, cue_words: CueWords
) -> None:
    """Whatever other reports are in the batch."""
    text = "坪山发展快。"
    sentences = pd.DataFrame({"report_id": list("abcd"), "text": [text] * 4})
    known = places_of_reports(REPORTS)
    cut = {
        report.report_id: [token.token for token in report.tokens.row(0)]
        for report in segment_reports(sentences, segmenter, lexicon, cue_words, known)
    }
    assert cut["a"] == cut["d"] == ["坪山", "发展", "快"]
    assert cut["b"] == cut["c"] == ["坪", "山", "发展", "快"]
    for report_id, tokens in cut.items():
        alone = sentences[sentences["report_id"] == report_id].reset_index(drop=True)
        (report,) = segment_reports(alone, segmenter, lexicon, cue_words, known)
        assert [token.token for token in report.tokens.row(0)] == tokens


def test_a_place_is_a_word_and_no_term(segmenter: Segmenter) -> None:
    local = segmenter.with_terms((), place_words("深圳市", "440300"))
    (token, *_) = local.tokens("坪山发展快")
    assert (token.token, token.pos, token.kind) == ("坪山", "ns", "word")
    # Terms of the report are added to the places.
    both = local.with_terms([Term("智慧好办", "report", "quote")])
    assert [t.token for t in both.tokens("坪山智慧好办")] == ["坪山", "智慧好办"]
    # What the dictionary knows keeps its part of speech: 光明 is a word and a district.
    assert segmenter.tokens("光明")[0] == local.tokens("光明")[0]


def test_examples_in_docstrings() -> None:
    result = doctest.testmod(place_names)
    assert (result.failed, result.attempted > 0) == (0, True)
