"""Which occurrences of a term's characters are uses of the term."""

import pandas as pd
import pytest

from emphasis.measures.term_uses import count_term_uses


def uses(tokens, terms):
    """How often terms are used in the sentences of a report, each a list of its tokens."""
    texts = ["".join(sentence) + "。" for sentence in tokens]
    places, rows, at = [], [], 0
    for number, (sentence, text) in enumerate(zip(tokens, texts, strict=True)):
        rows.append(("a", f"a:{number}", at, text))
        inside = at
        for token in sentence:
            places.append(("a", inside, inside + len(token)))
            inside += len(token)
        at += len(text)
    sentences = pd.DataFrame(rows, columns=["report_id", "sentence_id", "start", "text"])
    table = count_term_uses(sentences, pd.DataFrame(places, columns=["report_id", "start", "end"]), terms)
    assert (table["report_id"] == "a").all()
    return dict(zip(table["term"], table["n"], strict=True))


@pytest.mark.parametrize(
    ("tokens", "term"),
    [
        (["落实", "创新", "发展理念"], "新发展理念"),
        (["打造", "创新", "发展", "格局"], "新发展格局"),
        (["实施", "百千万工程"], "千万工程"),
        (["山东", "北海"], "东北"),
        (["打造", "广东", "海上", "风电"], "东海"),
    ],
)
def test_characters_that_cut_a_word_are_no_use(tokens, term):
    assert uses([tokens], [term]) == {}


@pytest.mark.parametrize(
    ("tokens", "term"),
    [
        (["贯彻", "新发展理念"], "新发展理念"),
        (["贯彻", "新", "发展", "理念"], "新发展理念"),
        (["学习", "千万工程", "经验"], "千万工程"),
        (["污染防治攻坚战"], "污染防治"),
        (["全民健身活动", "点"], "全民健身"),
        (["终身教育", "体系"], "教育体系"),
    ],
)
def test_terms_are_used_within_tokens_and_across_them(tokens, term):
    assert uses([tokens], [term]) == {term: 1}


def test_uses_are_counted_by_term_and_not_across_sentences():
    found = uses([["数字经济", "和", "数字经济"], ["发展", "数字"], ["经济"]], ["数字经济", "数字", "没有"])
    assert found == {"数字经济": 2, "数字": 3}


def test_a_report_without_tokens_uses_nothing():
    assert uses([[]], ["数字经济"]) == {}
