"""Co-occurrence compared with another implementation of its formula, and the network that it makes."""

import itertools
import math
from collections import Counter

import networkx as nx
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from emphasis.measures.network import LEAST_NPMI, LEAST_SENTENCES, networks
from emphasis.measures.similarity import cooccurrence

SENTENCES = st.lists(st.lists(st.sampled_from("甲乙丙丁戊"), max_size=6), min_size=1, max_size=25)


def words_of(rows):
    """Keywords of one report, whose sentences are numbered."""
    return pd.DataFrame([("r", str(i), word) for i, word in rows], columns=["report_id", "sentence_id", "token"])


def test_npmi_calculated_by_hand():
    """甲 in 4 of 8 sentences, 乙 in 2, both in 2: ln((2/8) / (4/8 * 2/8)) / -ln(2/8) = ln 2 / ln 4 = 0.5."""
    words = {0: "甲乙", 1: "甲乙", 2: "甲", 3: "甲", 4: "丙", 5: "丙"}
    rows = [(i, word) for i, sentence in words.items() for word in sentence]
    table = cooccurrence(words_of(rows), {"r": 8}, 10, 2)
    assert table.to_numpy().tolist() == [["r", "乙", "甲", 2, 4, 2, 0.5]]


@given(SENTENCES, st.integers(1, 3))
def test_counts_equal_a_plain_count_of_sets(sentences, least):
    rows = [(i, word) for i, sentence in enumerate(sentences) for word in sentence]
    table = cooccurrence(words_of(rows), {"r": len(sentences)}, 10, least)
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
    assert cooccurrence(words_of([]), {"r": 5}, 10, 1).empty


def tokens_of(sentences, report="r"):
    rows = [(f"{report}:{i}", word, True) for i, sentence in enumerate(sentences) for word in sentence]
    return pd.DataFrame(rows, columns=["sentence_id", "token", "keyword"]).assign(report_id=report)


@given(st.lists(st.lists(st.sampled_from("甲乙丙丁戊己"), min_size=1, max_size=3), min_size=1, max_size=40))
def test_nodes_are_what_another_program_finds_in_the_edges(sentences):
    nodes, edges = networks(tokens_of(sentences))
    assert (edges["npmi"] >= LEAST_NPMI).all() and (edges["n_both"] >= LEAST_SENTENCES).all()
    graph = nx.Graph()
    graph.add_weighted_edges_from(edges[["term_a", "term_b", "npmi"]].itertuples(index=False, name=None))
    assert dict(graph.degree) == dict(zip(nodes["term"], nodes["degree"], strict=True))
    strength = dict(graph.degree(weight="weight"))
    assert {t: pytest.approx(s) for t, s in strength.items()} == dict(
        zip(nodes["term"], nodes["strength"], strict=True)
    )
    for term, n in zip(nodes["term"], nodes["n_sentences"], strict=True):
        assert n == sum(term in sentence for sentence in sentences)
    for component, own in nodes.groupby("component"):
        assert nx.node_connected_component(graph, own["term"].iloc[0]) == set(own["term"])
        assert (own["component_terms"] == len(own)).all()
        assert set(edges.loc[edges["component"] == component, "term_a"]) <= set(own["term"])
    assert nodes.sort_values("component")["component_terms"].is_monotonic_decreasing


def test_words_that_are_no_keywords_count_as_sentences_only():
    sentences = [["甲", "乙"]] * 3 + [["丙"]] * 5
    tokens = tokens_of(sentences)
    tokens["keyword"] = tokens["token"] != "丙"
    nodes, edges = networks(tokens)
    assert nodes["term"].tolist() == ["乙", "甲"]
    # 3 of 8 sentences have both: ln((3/8) / (3/8 * 3/8)) / -ln(3/8) = 1.
    assert edges[["n_both", "npmi"]].to_numpy().tolist() == [[3, 1.0]]


def test_candidates_are_those_in_most_sentences_of_their_report():
    sentences = [("r", 0, "甲乙丙"), ("r", 1, "甲乙丙"), ("r", 2, "丙"), ("s", 3, "甲丁"), ("s", 4, "甲丁乙")]
    rows = [(report, str(i), word) for report, i, words in sentences for word in words]
    table = cooccurrence(pd.DataFrame(rows, columns=["report_id", "sentence_id", "token"]), {"r": 3, "s": 2}, 2, 1)
    # 乙 and 甲 stand in as many sentences of r: the first by its characters is considered.
    assert table[["report_id", "term", "other", "n"]].to_numpy().tolist() == [
        ["r", "丙", "乙", 2],
        ["s", "丁", "甲", 2],
    ]


def test_reports_have_networks_of_their_own():
    one, other = [["甲", "乙"]] * 3 + [["丙"]], [["甲", "丁"]] * 4 + [["乙"]]
    both = pd.concat([tokens_of(one, "a"), tokens_of(other, "b")], ignore_index=True)
    nodes, edges = networks(both)
    assert edges[["report_id", "term_a", "term_b", "n_both"]].to_numpy().tolist() == [
        ["a", "乙", "甲", 3],
        ["b", "丁", "甲", 4],
    ]
    assert nodes.groupby("report_id").size().to_dict() == {"a": 2, "b": 2}


def test_without_tokens_there_are_tables_without_rows():
    nodes, edges = networks(tokens_of([]))
    assert nodes.empty and edges.empty and "report_id" in nodes and "report_id" in edges
