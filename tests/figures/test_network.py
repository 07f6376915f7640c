"""Co-occurrence compared with another implementation of its formula, and a network whose words do not overlap."""

import itertools
import math
from collections import Counter

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from emphasis.figures.network import (
    LEAST_NPMI,
    MOST_LINES,
    MOST_TERMS,
    network_chart,
    place_terms,
    separate_boxes,
    strongest_pairs,
)
from emphasis.measures.similarity import cooccurrence

SENTENCES = st.lists(st.lists(st.sampled_from("甲乙丙丁戊"), max_size=6), min_size=1, max_size=25)


def test_npmi_calculated_by_hand():
    """甲 in 4 of 8 sentences, 乙 in 2, both in 2: ln((2/8) / (4/8 * 2/8)) / -ln(2/8) = ln 2 / ln 4 = 0.5."""
    words = {0: "甲乙", 1: "甲乙", 2: "甲", 3: "甲", 4: "丙", 5: "丙"}
    rows = [(i, word) for i, sentence in words.items() for word in sentence]
    table = cooccurrence(pd.DataFrame(rows, columns=["sentence_id", "token"]), 8, 10, 2)
    assert table.to_numpy().tolist() == [["乙", "甲", 2, 4, 2, 0.5]]


@given(SENTENCES, st.integers(1, 3))
def test_counts_equal_a_plain_count_of_sets(sentences, least):
    rows = [(i, word) for i, sentence in enumerate(sentences) for word in sentence]
    table = cooccurrence(pd.DataFrame(rows, columns=["sentence_id", "token"]), len(sentences), 10, least)
    sets = [set(sentence) for sentence in sentences]
    alone = Counter(word for own in sets for word in own)
    both = Counter(pair for own in sets for pair in itertools.combinations(sorted(own), 2))
    expected = {pair: n for pair, n in both.items() if n >= least}
    assert {(a, b): n for a, b, n in zip(table["term"], table["other"], table["n"], strict=True)} == expected
    for row in table.itertuples(index=False):
        p_both, p_one, p_other = (n / len(sets) for n in (row.n, alone[row.term], alone[row.other]))
        npmi = 1.0 if p_both == 1 else math.log(p_both / (p_one * p_other)) / -math.log(p_both)
        assert row.npmi == pytest.approx(npmi, abs=1e-6)
        assert -1 <= row.npmi <= 1


def test_no_tokens_no_pairs():
    assert cooccurrence(pd.DataFrame(columns=["sentence_id", "token"]), 5, 10, 1).empty


def many_pairs():
    names = [f"词{chr(0x4E00 + i)}" for i in range(80)]
    rows = [
        (names[i], names[(i * 7 + k) % 80], 9, 9, 4, 0.31 + ((i * k) % 60) / 100) for i in range(80) for k in (1, 2, 3)
    ]
    table = pd.DataFrame(rows, columns=["term", "other", "n_term", "n_other", "n", "npmi"])
    return table[table["term"] != table["other"]].sort_values("npmi", ascending=False, ignore_index=True)


def test_the_pairs_that_are_shown_are_strong_and_few():
    shown = strongest_pairs(many_pairs())
    terms = {*shown["term"], *shown["other"]}
    assert 10 < len(shown) <= MOST_LINES and len(terms) <= MOST_TERMS
    assert (shown["npmi"] >= LEAST_NPMI).all()
    weak = many_pairs().assign(npmi=0.1)
    assert strongest_pairs(weak).empty


def test_places_are_reproducible():
    shown = strongest_pairs(many_pairs())
    assert place_terms(shown, 8.3, 8.5) == place_terms(shown, 8.3, 8.5)


@given(st.lists(st.tuples(st.floats(0, 8), st.floats(0, 8)), min_size=1, max_size=30))
def test_words_move_apart_and_stay_inside(points):
    places = {f"w{i:02}": point for i, point in enumerate(points)}
    boxes = dict.fromkeys(places, (0.9, 0.4))
    moved = separate_boxes(places, boxes, 8.3, 8.5)
    for one, other in itertools.combinations(moved.values(), 2):
        assert abs(one[0] - other[0]) > 0.9 - 0.02 or abs(one[1] - other[1]) > 0.4 - 0.02
    for x, y in moved.values():
        assert 0.45 - 1e-3 <= x <= 8.3 - 0.45 + 1e-3 and 0.2 - 1e-3 <= y <= 8.5 - 0.2 + 1e-3


def test_lines_are_the_pairs(counted, styled):
    style, _ = styled
    pairs = cooccurrence(counted, 60, 50, 3)
    shown = strongest_pairs(pairs)
    assert {("乙乙", "甲甲"), ("丁丁", "戊戊")} <= set(zip(shown["term"], shown["other"], strict=True))
    figure = network_chart(style(), "题", pairs, 60)
    (axes,) = figure.axes
    assert len(axes.lines) == len(shown)
    thickness = [line.get_linewidth() for line in axes.lines]
    assert thickness == sorted(thickness, reverse=True), "pairs are in the order of NPMI"
    assert {text.get_text() for text in axes.texts} == {*shown["term"], *shown["other"]}
