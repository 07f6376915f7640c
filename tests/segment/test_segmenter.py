from __future__ import annotations

from collections import Counter
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from emphasis.segment.engines import RjiebaEngine, make_engine
from emphasis.segment.lexicon import OrdinaryWord, Term, normalise
from emphasis.segment.segmenter import Segmenter, _TermBorders, _TypeNumbers
from emphasis.segment.tokens import TokenType, Vocabulary
from support import SHARED
from support.reading import SEED, available_reports, read_report
from support.word_cases import CASES, WordCase


def parameter(case: WordCase) -> object:
    fails = [pytest.mark.xfail(strict=True, reason=case.fails)] if case.fails else []
    return pytest.param(case, id=case.gloss, marks=fails)


@pytest.mark.parametrize("engine", ["jieba", "rjieba"])
@pytest.mark.parametrize("case", [parameter(case) for case in CASES])
def test_case(segmenters: dict[str, Segmenter], engine: str, case: WordCase) -> None:
    assert " ".join(t.token for t in segmenters[engine].tokens(case.text)) == case.tokens


_SAMPLES = """
新质生产力 高质量发展 5.5% ２０２５年 260亿斤 PM2.5 5G-A 人工智能＋ AI大模型 十四五 一批 第四次全国文物普查
， 。 、 “ ” \u3000 \u200b a Ｂ 的 和平 台 国 家 二十三 百分之五 3号线 ( ) 😀 𠮷 é ｶ
"""
SNIPPETS = st.sampled_from([*_SAMPLES.split(), "\n", " ", "\u3000"])
TEXTS = st.lists(SNIPPETS | st.text(max_size=6), max_size=30).map("".join)


@given(TEXTS)
@settings(max_examples=200, deadline=None)
def test_tokens_lie_in_order_and_leave_out_only_separators(segmenter: Segmenter, text: str) -> None:
    tokens = segmenter.tokens(text)
    assert all(a.end <= b.start for a, b in pairwise(tokens))
    covered = {at for t in tokens for at in range(t.start, t.end)}
    left_out = {c for at, c in enumerate(text) if at not in covered}
    assert not [c for c in left_out if c.isalnum()]


@given(TEXTS)
@settings(max_examples=200, deadline=None)
def test_offsets_give_the_token_back(segmenter: Segmenter, text: str) -> None:
    for token in segmenter.tokens(text):
        assert normalise(text[token.start : token.end]) == token.token
        assert token.token and token.pos and token.kind in {"word", "term", "number", "latin"}


@given(TEXTS)
@settings(max_examples=150, deadline=None)
def test_engines_agree(segmenters: dict[str, Segmenter], text: str) -> None:
    assert segmenters["jieba"].tokens(text) == segmenters["rjieba"].tokens(text)


@given(st.lists(TEXTS, max_size=5))
@settings(max_examples=80, deadline=None)
def test_a_table_contains_what_the_texts_give_one_by_one(segmenter: Segmenter, texts: list[str]) -> None:
    table = segmenter.table(texts)
    assert table.rows() == [segmenter.tokens(text) for text in texts]
    assert table.counts() == Counter(token.token for row in table.rows() for token in row)


def test_engines_agree_on_all_available_reports(segmenters: dict[str, Segmenter]) -> None:
    if not SHARED.exists():
        pytest.skip("../shared/reports is absent: the engines are compared on the bundled report only")
    for path in available_reports():
        texts = [s.text for s in read_report(path).sentences]
        assert segmenters["jieba"].table(texts).rows() == segmenters["rjieba"].table(texts).rows(), path.name


def test_engines_agree_on_the_bundled_report(segmenters: dict[str, Segmenter]) -> None:
    texts = [s.text for s in read_report(SEED).sentences]
    assert segmenters["jieba"].table(texts).rows() == segmenters["rjieba"].table(texts).rows()


@pytest.mark.parametrize("engine", ["jieba", "rjieba"])
def test_terms_of_one_report_do_not_reach_the_next(segmenters: dict[str, Segmenter], engine: str) -> None:
    base = segmenters[engine]
    texts = ["推进厂网一体化改造", "智慧好办", "轨道+公交+慢行"]
    before = [base.tokens(text) for text in texts]
    local = base.with_terms([Term("智慧好办", "report", "quote"), Term("轨道+公交+慢行", "report", "quote")])
    assert [t.token for t in local.tokens(texts[1])] == ["智慧好办"]
    assert [t.token for t in local.tokens(texts[2])] == ["轨道+公交+慢行"]
    assert [base.tokens(text) for text in texts] == before


_OWN = [Term(text, "report", "quote") for text in ("智慧好办", "厂网一体化", "AI,大模型", "增长5", "工业企")]
_PIECES = """
智慧好办 厂网一体化 AI，大模型 AI大模型 5，100 12：30 １２：30 12:30 政_府 New__York （5％） 增长5 工业企业 ， 。 ： 新质生产力 坪山 \u3000 \x01
"""
_MARKED = st.lists(
    st.sampled_from([piece.replace("_", " ") for piece in _PIECES.strip("\n").split(" ")]) | TEXTS,
    max_size=6,
).map("".join)


@given(st.lists(_MARKED, max_size=6))
@settings(max_examples=200, deadline=None)
def test_texts_without_a_new_term_keep_their_tokens(segmenter: Segmenter, texts: list[str]) -> None:
    """What is cut again and what is kept together is what one gets by cutting everything."""
    base = segmenter.with_terms((), [OrdinaryWord("坪山", "ns", 0)])
    plain = [normalise(text) for text in texts]
    local = base.with_terms(_OWN)
    found = local.table_from(texts, plain, base.table(plain), _OWN)
    assert found.rows() == local.table(texts).rows()


def test_tokens_of_known_texts_are_those_of_all_texts_in_reports(segmenter: Segmenter) -> None:
    for path in available_reports()[:12]:
        texts = [s.text for s in read_report(path).sentences]
        plain = [normalise(text) for text in texts]
        own = [Term(text, "report", "quote") for text in ("工业企", "发展新", "推进大", "经济高")]
        local, known = segmenter.with_terms(own), segmenter.table(plain)
        assert local.table_from(texts, plain, known, own).rows() == local.table(texts).rows(), path.name


@pytest.mark.parametrize("name", ["jieba", "rjieba"])
def test_terms_of_former_reports_leave_no_trace_in_an_engine(name: str) -> None:
    texts = [s.text for s in read_report(SEED).sentences]
    unused = Segmenter(make_engine(name), [Term("低空经济", "policy", "curated")])
    expected = unused.table(texts).rows()
    used = Segmenter(make_engine(name), [Term("低空经济", "policy", "curated")])
    for term in ("经济高", "工业企", "展会赛事", "新模式新"):
        used.with_terms([Term(term, "report", "quote")]).table(texts)
    assert used.table(texts).rows() == expected


LISTED = ("企业名称", "交通条件", "一下首", "一些纸", "一上")
"""Words of the dictionary that are not the best path through their characters."""


@pytest.mark.parametrize("name", ["jieba", "rjieba"])
def test_words_of_the_dictionary_get_their_weight_back(name: str) -> None:
    """The weight of a path depends on the sum of all weights: where two are nearly equal, three more words would decide."""
    probe = "甲甲甲甲乙乙乙乙"
    sums = []
    for local in ((), LISTED):
        engine = make_engine(name)
        engine.set_words((), local)
        assert [engine.cut(word) for word in local] == [[word] for word in local]
        engine.set_words((), ("另外的词",))
        for word in (probe[:4], probe[4:]):
            engine._set_weight(word, 10**12)
        # 10^24 over the sum of all weights: a quarter for each of them.
        sums.append(engine._suggest_weight(probe))
    assert sums[0] == sums[1]


def test_both_engines_read_one_dictionary() -> None:
    for word in LISTED:
        engine = make_engine("rjieba")
        assert isinstance(engine, RjiebaEngine)
        weight = engine._weight(word)
        assert weight == make_engine("jieba")._weight(word) > 0
        for part in engine.cut(word):
            engine._set_weight(part, 1)
        # With parts of next to no weight, the suggestion is the weight that the word has, or one more.
        assert engine._suggest_weight(word) in (weight, weight + 1)


def test_an_engine_serves_one_lexicon(segmenter: Segmenter) -> None:
    engine = make_engine("rjieba")
    Segmenter(engine, [Term("低空经济", "policy", "curated")]).tokens("发展")
    with pytest.raises(ValueError, match="one lexicon"):
        Segmenter(engine, [Term("银发经济", "policy", "curated")]).tokens("发展")


def test_part_of_speech_and_kind(segmenter: Segmenter) -> None:
    found = {
        t.token: (t.pos, t.kind) for t in segmenter.tokens("加快发展新质生产力，GDP增长5%，三个城市，AI芯片，长春市")
    }
    assert found["发展"] == ("vn", "word")
    assert found["新质生产力"] == ("n", "term")
    assert found["5%"] == ("m", "number")
    assert found["三个"] == ("m", "number") or found["三"] == ("m", "number")
    assert found["AI"] == ("eng", "latin")
    assert found["长春市"][0] == "ns"


def test_a_border_that_has_moved_moves_no_other() -> None:
    vocabulary = Vocabulary()
    text = "甲乙丙丁戊己庚辛壬癸"
    words = ("甲乙", "丙丁戊己", "庚辛壬癸", "甲乙丙丁", "戊己", "丙丁戊己庚辛", "壬癸")
    numbers = _TypeNumbers(make_engine("rjieba"), vocabulary, {})
    numbers.learn(TokenType(word, "n", "term") for word in words)
    types, ends = np.array([numbers[word] for word in words[:3]]), np.array([2, 6, 10])
    starts = np.array([0, 2, 6])
    _TermBorders(numbers, ("甲乙丙丁", "丙丁戊己庚辛")).move(types, starts, ends)
    assert [vocabulary.words[number] for number in types] == ["甲乙丙丁", "戊己", "庚辛壬癸"]
    assert [text[a:b] for a, b in zip(starts, ends, strict=True)] == ["甲乙丙丁", "戊己", "庚辛壬癸"]
