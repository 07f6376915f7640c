"""Terms that stand together in sentences, as a network whose nodes are the words themselves."""

from __future__ import annotations

import math
from collections.abc import Mapping
from io import BytesIO
from itertools import combinations

import networkx as nx  # type: ignore[import-untyped]
import pandas as pd

from emphasis.figures.look import COLUMN, EM, INK, REVIEW, Style, paler
from emphasis.figures.sheet import Sheet, message_sheet
from emphasis.measures.network import LEAST_NPMI, LEAST_SENTENCES

STRUCTURE = 8
"""Terms of a component from which on a network is drawn."""

MOST_TERMS, MOST_LINES = 36, 60
_EDGE = paler(REVIEW, 0.55)
_SIZES = (6.2, 9.5)  # points
_HIGH, _GAP = 8.6, 0.09  # cm


def drawn_edges(nodes: pd.DataFrame, edges: pd.DataFrame) -> pd.DataFrame:
    """The edges to draw, strongest first; none where no component has `STRUCTURE` terms.

    Of the largest component up to `MOST_TERMS` terms are drawn, which hang together: from the term with the strongest ties (sum of
    NPMI) on always the one whose ties to those chosen are strongest. Of their edges the strongest are drawn, and those without which
    a term would stand alone; the strongest edges of all would be set phrases.
    """
    if not (nodes["component_terms"] >= STRUCTURE).any():
        return edges.iloc[:0]
    graph = nx.Graph()
    own = edges[edges["component"] == 1]
    graph.add_weighted_edges_from(own[["term_a", "term_b", "npmi"]].itertuples(index=False, name=None))
    kept = graph.subgraph(_core(graph))
    needed = {frozenset(edge) for edge in nx.maximum_spanning_edges(kept, data=False)}
    inside = own[own["term_a"].isin(kept) & own["term_b"].isin(kept)]
    bridge = [frozenset(pair) in needed for pair in zip(inside["term_a"], inside["term_b"], strict=True)]
    order = inside.assign(bridge=bridge).sort_values(
        ["bridge", "npmi", "term_a", "term_b"], ascending=[False, False, True, True]
    )
    shown = order.head(MOST_LINES).drop(columns="bridge")
    return shown.sort_values(["npmi", "term_a", "term_b"], ascending=[False, True, True], ignore_index=True)


def _core(graph: nx.Graph) -> list[str]:
    """Terms that hang together, the first with the strongest ties, each next with the strongest ties to those before."""

    def first(strengths: Mapping[str, float]) -> str:
        return min(strengths, key=lambda term: (-round(strengths[term], 6), term))

    chosen = [first(dict(graph.degree(weight="weight")))]
    ties: dict[str, float] = {}
    while len(chosen) < min(MOST_TERMS, len(graph)):
        for term, edge in graph[chosen[-1]].items():
            if term not in chosen:
                ties[term] = ties.get(term, 0.0) + edge["weight"]
        chosen.append(first(ties))
        del ties[chosen[-1]]
    return chosen


def network_chart(style: Style, title: str, nodes: pd.DataFrame, edges: pd.DataFrame) -> Sheet:
    """Words whose type size shows in how many sentences they occur, and lines whose width shows NPMI.

    `nodes` and `edges` are as in the tables, of one report.
    """
    shown = drawn_edges(nodes, edges)
    numbers = {"least": LEAST_SENTENCES, "threshold": LEAST_NPMI}
    if not len(shown):
        found = {"nodes": len(nodes), "largest": int(nodes["component_terms"].max()) if len(nodes) else 0}
        key = "no_structure" if len(nodes) else "no_network"
        return message_sheet(style, title, [style.say(key, **numbers, **found, structure=STRUCTURE)])
    sentences = nodes.set_index("term")["n_sentences"]
    roots = {term: math.sqrt(sentences[term]) for term in sorted({*shown["term_a"], *shown["term_b"]})}
    counts = {"nodes": len(roots), "edges": len(shown), "all_nodes": len(nodes), "all_edges": len(edges)}
    sheet = Sheet(style, title, _HIGH, style.say("network.note", **counts, **numbers))
    fewest, (small, large) = min(roots.values()), _SIZES
    spread = max(roots.values()) - fewest or 1.0
    sizes = {term: round(small + (large - small) * (root - fewest) / spread, 1) for term, root in roots.items()}
    boxes = {term: (style.width(term, size) + 2 * _GAP, size * EM * 1.15 + 2 * _GAP) for term, size in sizes.items()}
    wide, high = COLUMN - 0.2, _HIGH - 0.1
    places = separate_boxes(place_terms(shown, wide, high), boxes, wide, high)
    for term, other, npmi in zip(shown["term_a"], shown["term_b"], shown["npmi"], strict=True):
        (x, y), (u, v) = places[term], places[other]
        strength = (npmi - LEAST_NPMI) / (1 - LEAST_NPMI)
        points = [(0.1 + x, 0.05 + y), (0.1 + u, 0.05 + v)]
        sheet.polyline(points, _EDGE, round(0.4 + 2.2 * strength, 2))
    for term, (x, y) in sorted(places.items()):
        across, down = boxes[term]
        sheet.rect(0.1 + x - across / 2 + 0.06, 0.05 + y - down / 2 + 0.06, across - 0.12, down - 0.12, "#ffffff")
        sheet.text(0.1 + x, 0.05 + y, term, sizes[term], INK, align="center")
    return sheet


def graphml(nodes: pd.DataFrame, edges: pd.DataFrame) -> str:
    """The network as GraphML, which Gephi, igraph and networkx read: every node and edge of the tables with its values."""
    graph = nx.Graph()
    for row in nodes.to_dict("records"):
        counts = {name: int(row[name]) for name in ("n_sentences", "degree", "component")}
        graph.add_node(str(row["term"]), label=str(row["term"]), strength=float(row["strength"]), **counts)
    for row in edges.to_dict("records"):
        graph.add_edge(str(row["term_a"]), str(row["term_b"]), weight=float(row["npmi"]), n_both=int(row["n_both"]))
    file = BytesIO()
    nx.write_graphml_xml(graph, file, encoding="utf-8", prettyprint=True)
    return file.getvalue().decode() + "\n"


def place_terms(shown: pd.DataFrame, wide: float, high: float) -> dict[str, tuple[float, float]]:
    """Place terms by the springs of Fruchterman and Reingold, from a fixed start: connected terms are near each other.

    Springs leave a dense middle and empty corners, so that each axis is halfway between the places that they give and equal
    distances in the same order. Places are rounded, so that differences between processors do not show.
    """
    graph = nx.Graph()
    graph.add_nodes_from(sorted({*shown["term_a"], *shown["term_b"]}))
    graph.add_edges_from(zip(shown["term_a"], shown["term_b"], strict=True))
    start = {term: (math.cos(i), math.sin(i)) for i, term in enumerate(graph.nodes)}
    found = nx.spring_layout(graph, k=2 / math.sqrt(len(graph)), pos=start, iterations=150, weight=None, seed=1)
    across, down = (_spread({term: float(place[axis]) for term, place in found.items()}) for axis in (0, 1))
    return {term: (round(wide * across[term], 2), round(high * down[term], 2)) for term in graph.nodes}


def _spread(values: Mapping[str, float]) -> dict[str, float]:
    """Values from 0 to 1, halfway between their distances and equal ones."""
    ordered = sorted(values, key=lambda term: (round(values[term], 4), term))
    low, span = values[ordered[0]], values[ordered[-1]] - values[ordered[0]]
    equal = {term: place / max(len(ordered) - 1, 1) for place, term in enumerate(ordered)}
    return {term: (equal[term] + ((values[term] - low) / span if span > 0 else 0.5)) / 2 for term in values}


def separate_boxes(
    places: dict[str, tuple[float, float]], boxes: dict[str, tuple[float, float]], wide: float, high: float
) -> dict[str, tuple[float, float]]:
    """The places, moved until no boxes overlap and all are inside; each pair moves along the axis of its smaller overlap."""
    found = {term: list(places[term]) for term in sorted(places)}
    for _ in range(400):
        for term, place in found.items():
            for axis, room in ((0, wide), (1, high)):
                half = boxes[term][axis] / 2
                place[axis] = min(max(place[axis], half), room - half)
        moved = sum(_push_apart(found, boxes, one, other) for one, other in combinations(found, 2))
        if not moved:
            break
    return {term: (round(place[0], 3), round(place[1], 3)) for term, place in found.items()}


def _push_apart(found: dict[str, list[float]], boxes: Mapping[str, tuple[float, float]], one: str, other: str) -> bool:
    """Move two boxes apart if they overlap; returns whether they did."""
    gaps = [(boxes[one][axis] + boxes[other][axis]) / 2 - abs(found[one][axis] - found[other][axis]) for axis in (0, 1)]
    if min(gaps) <= 1e-3:
        return False
    axis = 0 if gaps[0] < gaps[1] else 1
    step = gaps[axis] / 2 + 1e-3
    sign = 1 if found[one][axis] >= found[other][axis] else -1
    found[one][axis] += sign * step
    found[other][axis] -= sign * step
    return True
