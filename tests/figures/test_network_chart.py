"""A network is drawn where terms hang together, its words do not overlap, and GraphML holds all of it."""

import itertools
import os
import subprocess
import sys

import networkx as nx
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from emphasis.figures.network_chart import (
    MOST_LINES,
    MOST_TERMS,
    STRUCTURE,
    drawn_edges,
    graphml,
    network_chart,
    place_terms,
    separate_boxes,
)
from emphasis.measures.network import LEAST_NPMI, networks
from support import ROOT
from support.chart_text import faults, shapes, text_of


def chains(*lengths):
    """Nodes and edges of chains of terms: neighbours in a chain stand together in three sentences of their own."""
    names = iter(chr(0x4E00 + i) * 2 for i in range(500))
    rows = []
    for length in lengths:
        words = [next(names) for _ in range(length)]
        for link in itertools.pairwise(words):
            for _ in range(3):
                number = len(rows)
                rows += [(f"r:{number}", word, True) for word in link]
    return networks(pd.DataFrame(rows, columns=["sentence_id", "token", "keyword"]).assign(report_id="r"))


def test_it_is_drawn_from_eight_connected_terms_on(style):
    for length in (STRUCTURE - 1, STRUCTURE):
        nodes, edges = chains(length, 3, 2)
        sheet = network_chart(style(), "题", nodes, edges)
        assert len(drawn_edges(nodes, edges)) == (0 if length < STRUCTURE else length - 1)
        assert len(shapes(sheet, "polyline")) == len(drawn_edges(nodes, edges))
    nodes, edges = chains(STRUCTURE - 1, 3, 2)
    words = text_of(network_chart(style("en"), "t", nodes, edges))
    assert "12 terms are tied" in words and "no more than 7" in words and "edges.csv" in words
    assert "No two terms" in text_of(network_chart(style("en"), "t", nodes.head(0), edges.head(0)))


def test_what_is_drawn_hangs_together_and_is_the_strongest():
    nodes, edges = chains(60, 20, 2)
    shown = drawn_edges(nodes, edges)
    graph = nx.Graph(list(zip(shown["term_a"], shown["term_b"], strict=True)))
    assert nx.is_connected(graph) and len(graph) == MOST_TERMS and len(shown) <= MOST_LINES
    assert (shown["npmi"] >= LEAST_NPMI).all() and shown["npmi"].is_monotonic_decreasing
    assert set(nodes.loc[nodes["term"].isin(graph), "component"]) == {1}


def test_no_term_loses_its_last_line():
    """A clique of twelve has 66 strong edges, more than are drawn; a weak tail hangs on it."""
    clique = list(itertools.combinations([f"团{i}" for i in range(12)], 2))
    tail = [("团0", "尾0"), ("尾0", "尾1"), ("尾1", "尾2")]
    edges = pd.DataFrame([(*pair, 3, 9, 9, 0.9, 1) for pair in clique] + [(*pair, 3, 9, 9, 0.3, 1) for pair in tail],
                         columns=["term_a", "term_b", "n_both", "n_a", "n_b", "npmi", "component"])  # fmt: skip
    terms = sorted({*edges["term_a"], *edges["term_b"]})
    nodes = pd.DataFrame({"term": terms, "n_sentences": 9, "component": 1, "component_terms": len(terms)})
    shown = drawn_edges(nodes, edges)
    assert len(shown) == MOST_LINES and {*shown["term_a"], *shown["term_b"]} == set(terms)


def test_lines_are_the_pairs_and_words_their_terms(style):
    nodes, edges = chains(12)
    nodes.loc[3, "n_sentences"] = 50
    sheet = network_chart(style(), "题", nodes, edges)
    shown = drawn_edges(nodes, edges)
    lines = shapes(sheet, "polyline")
    assert len(lines) == len(shown)
    thickness = [line["stroke-width"] for line in lines]
    assert thickness == sorted(thickness, reverse=True), "pairs are in the order of NPMI"
    sizes = {words.text: words.size for words in sheet.drawing.words if words.text in set(nodes["term"])}
    assert set(sizes) == {*shown["term_a"], *shown["term_b"]}
    assert max(sizes, key=sizes.get) == nodes["term"][3]
    assert not faults(sheet)


def test_graphml_holds_the_tables_and_is_the_same_each_time():
    nodes, edges = chains(9, 4)
    text = graphml(nodes.assign(report_id="r"), edges.assign(report_id="r"))
    assert text == graphml(nodes, edges)
    graph = nx.parse_graphml(text)
    assert {(node, data["n_sentences"], data["component"]) for node, data in graph.nodes(data=True)} == set(
        nodes[["term", "n_sentences", "component"]].itertuples(index=False, name=None)
    )
    weights = {frozenset(edge[:2]): edge[2]["weight"] for edge in graph.edges(data=True)}
    assert weights == {frozenset((a, b)): npmi for a, b, npmi in edges[["term_a", "term_b", "npmi"]].to_numpy()}
    assert nx.parse_graphml(graphml(nodes.head(0), edges.head(0))).number_of_nodes() == 0


def test_places_are_reproducible():
    shown = drawn_edges(*chains(40))
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


PROGRAM = """
import sys
from pathlib import Path
sys.path.insert(0, "tests/figures")
from emphasis.figures.network_chart import graphml, network_chart
from emphasis.figures.sheet import draw_sheets
from test_network_chart import chains
nodes, edges = chains(30, 9, 4)
draw_sheets(lambda style: {"n": network_chart(style, "题", nodes, edges)}, "zh", 500, Path(sys.argv[1]))
Path(sys.argv[1], "n.graphml").write_text(graphml(nodes, edges), encoding="utf-8")
"""


def test_bytes_do_not_depend_on_hash_seed_processor_or_language(tmp_path):
    """Of all charts the network could differ most easily: its layout iterates a few thousand floating-point steps."""
    environments = (
        {"PYTHONHASHSEED": "1"},
        {"PYTHONHASHSEED": "2", "NPY_DISABLE_CPU_FEATURES": "AVX2 FMA3 AVX512F", "LC_ALL": "C", "TZ": "Asia/Shanghai"},
    )
    for number, environment in enumerate(environments):
        done = subprocess.run(
            [sys.executable, "-c", PROGRAM, str(tmp_path / str(number))], cwd=ROOT,
            env=os.environ | environment | {"PYTHONPATH": f"{ROOT / 'scripts'}{os.pathsep}{ROOT / 'tests'}"}, check=False, capture_output=True, text=True,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
    first, second = (sorted((tmp_path / name).iterdir()) for name in ("0", "1"))
    assert len(first) == 4
    assert [p.read_bytes() for p in first] == [p.read_bytes() for p in second]
