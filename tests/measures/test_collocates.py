"""Neighbours of words: a case by hand, and a plain count of windows."""

from math import log, log2

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from emphasis.measures.collocates import collocates, count_neighbours
from emphasis.measures.counting import Counting
from emphasis.store.tables import check
from support.token_rows import BODY, sections, tokens

COUNTING = Counting(BODY, frozenset({"的"}), 1)


def near(texts, nodes, window, min_n=1, counting=COUNTING):
    """The table for reports of sentences (section, words)."""
    chunks = []
    for number, sentences in enumerate(texts):
        own = tokens(*sentences).assign(report_id=f"r{number}")
        chunks.append((own, sections().assign(report_id=f"r{number}")))
    return collocates(count_neighbours(chunks, nodes, window, counting), min_n)


def test_by_hand(schemas):
    text = [
        ("s1.1", "支持 民营 经济 发展 壮大 的 发展"),
        ("s2.1", "发展 农业"),
        ("s0", "民营 经济 农业"),
        ("s3", "农业 农业 水利"),
    ]
    found = check(near([text], ["民营经济"], 2), schemas["collocates"]).set_index("term")
    # Near are 支持, 发展, 壮大; elsewhere 的 发展, 发展 农业, 农业 农业 水利. The front matter is not counted.
    assert found[["n", "n_term", "n_node", "n_reports", "n_reports_node"]].to_dict("index") == {
        word: {"n": 1, "n_term": n, "n_node": 1, "n_reports": 1, "n_reports_node": 1}
        for word, n in {"支持": 1, "发展": 3, "壮大": 1}.items()
    }
    assert found["expected"].to_dict() == {"支持": 0.3, "发展": 0.9, "壮大": 0.3}
    cells = ((1, 0.9), (2, 2.1), (2, 2.1), (5, 4.9))
    assert found["log_likelihood"]["发展"] == round(2 * sum(o * log(o / e) for o, e in cells), 2)
    assert found["log_dice"]["发展"] == 14 + log2(2 * 1 / (1 + 3))
    assert found["log_dice"]["支持"] == 14


def test_windows_end_with_the_sentence_and_count_a_word_once():
    found = near([[("s1.1", "甲 乙 丙 乙 丁"), ("s1.1", "戊 乙")]], ["乙"], 1).set_index("term")
    # 丙 is near both.
    assert found["n"].to_dict() == {"甲": 1, "丙": 1, "丁": 1, "戊": 1}
    assert set(found["n_node"]) == {3}


def test_a_word_that_avoids_the_node_is_below_zero():
    sentences = [("s1.1", "乙 甲 丙")] + [("s1.1", "乙 丙 丙 丙")] * 9 + [("s1.1", "甲 甲 甲 甲")] * 9
    found = near([sentences], ["乙"], 1).set_index("term")
    assert found["log_likelihood"]["甲"] < 0 < found["log_likelihood"]["丙"]


def test_numbers_and_stop_words_fill_the_window_and_are_not_listed():
    found = near([[("s1.1", "乙 的 10/number 甲")]], ["乙"], 2)
    assert not len(found)
    assert near([[("s1.1", "乙 的 10/number 甲")]], ["乙"], 3)["term"].tolist() == ["甲"]


@pytest.mark.parametrize("texts", [[], [[("s1.1", "甲 丙")]], [[("s0", "乙 甲")]]])
def test_a_node_that_no_counted_text_has_gives_no_row(texts, schemas):
    assert not len(check(near(texts, ["乙"], 5), schemas["collocates"]))


def test_a_text_that_is_all_window(schemas):
    found = check(near([[("s1.1", "乙 甲")]], ["乙"], 5), schemas["collocates"])
    assert found[["n", "log_likelihood"]].to_numpy().tolist() == [[1, 0]]


def test_a_node_in_a_word_that_overlaps_itself():
    found = near([[("s1.1", "人 人 人 甲")]], ["人人"], 1).set_index("term")
    assert found["n"].to_dict() == {"人": 1}
    assert found["n_node"].tolist() == [1]


WORDS = st.sampled_from(["甲", "乙", "丙", "乙丙", "的"])


@given(st.lists(st.lists(st.lists(WORDS, min_size=1, max_size=9), max_size=4), max_size=3), st.integers(1, 4))
def test_every_count_is_that_of_a_plain_one(reports, window):
    nodes = ["乙", "乙丙"]
    table = near([[("s1.1", " ".join(own)) for own in sentences] for sentences in reports if sentences], nodes, window)
    expected = {}
    for node in nodes:
        rows, n_node = [], 0
        for number, sentences in enumerate(reports):
            for own in sentences:
                taken = set()
                place = 0
                while place < len(own):
                    length = next((k for k in (1, 2) if "".join(own[place : place + k]) == node), 0)
                    n_node += bool(length)
                    taken |= set(range(place, place + length))
                    place += length or 1
                for i, word in enumerate(own):
                    if i not in taken:
                        rows.append((number, word, any(abs(i - j) <= window for j in taken)))
        for word in {word for _, word, is_near in rows if is_near and word != "的"}:
            n = sum(is_near for _, other, is_near in rows if other == word)
            n_term = sum(other == word for _, other, _ in rows)
            n_reports = len({number for number, other, is_near in rows if other == word and is_near})
            close = sum(is_near for *_, is_near in rows)
            expected[node, word] = (n, n_term, n_node, n_reports, pytest.approx(close * n_term / len(rows)))
    columns = ["node", "term", "n", "n_term", "n_node", "n_reports", "expected"]
    found = table[columns].itertuples(index=False) if len(table) else []
    assert {(node, term): tuple(own) for node, term, *own in found} == expected


def test_the_order_of_reports_is_of_no_account(schemas):
    texts = [[("s1.1", "甲 乙 丙")], [("s1.1", "丁 乙 的 甲")]]
    tables = [check(near(some, ["乙"], 2), schemas["collocates"]) for some in (texts, texts[::-1])]
    pd.testing.assert_frame_equal(*tables)
