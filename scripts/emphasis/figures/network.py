"""Terms that stand together in sentences, as a network whose nodes are the words themselves."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from io import BytesIO
from itertools import combinations

import networkx as nx  # type: ignore[import-untyped]
import pandas as pd

from emphasis.figures.look import COLUMN, EM, INK, REVIEW, Style, paler
from emphasis.figures.sheet import Sheet, message_sheet
from emphasis.measures.network import LEAST_NPMI, LEAST_SENTENCES

STRUCTURE, LEAST_TERMS = 8, 3
"""Terms of the largest component from which on a network is drawn, and of the smallest that is drawn with it."""

MOST_TERMS, MOST_LINES = 36, 60
_EDGE = paler(REVIEW, 0.55)
_SIZES = (6.2, 9.5)  # points
_HIGH, _GAP, _REACH = 8.6, 0.09, 1.7  # cm


def drawn_edges(nodes: pd.DataFrame, edges: pd.DataFrame) -> pd.DataFrame:
    """The edges to draw, strongest first; none where no component has `STRUCTURE` terms.

    Of components of `LEAST_TERMS` terms or more the terms with the strongest ties are drawn, and of these the strongest edges:
    pairs and the strongest edges of all are set phrases.
    """
    if not (nodes["component_terms"] >= STRUCTURE).any():
        return edges.iloc[:0]
    own = nodes[nodes["component_terms"] >= LEAST_TERMS]
    terms = set(own.assign(strength=own["strength"].round(6)).sort_values(
        ["strength", "term"], ascending=[False, True])["term"].head(MOST_TERMS))  # fmt: skip
    kept = edges[edges["term_a"].isin(terms) & edges["term_b"].isin(terms)]
    kept = kept.sort_values(["npmi", "term_a", "term_b"], ascending=[False, True, True]).head(MOST_LINES)
    # Without the terms and edges that are left out a component may fall apart.
    parts = nx.connected_components(nx.Graph(list(zip(kept["term_a"], kept["term_b"], strict=True))))
    whole = {term for part in parts if len(part) >= LEAST_TERMS for term in part}
    return kept[kept["term_a"].isin(whole)].reset_index(drop=True)


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

    Each connected part is laid out by itself in a rectangle of its own, the largest first. Places are rounded, so that
    differences between processors do not show.
    """
    graph = nx.Graph()
    graph.add_nodes_from(sorted({*shown["term_a"], *shown["term_b"]}))
    graph.add_weighted_edges_from(zip(shown["term_a"], shown["term_b"], shown["npmi"], strict=True))
    start = {term: (math.cos(i), math.sin(i)) for i, term in enumerate(graph.nodes)}
    parts = sorted((sorted(part) for part in nx.connected_components(graph)), key=lambda part: (-len(part), part))
    places: dict[str, tuple[float, float]] = {}
    for part, (left, top, across, down) in zip(parts, _rooms([len(part) for part in parts], wide, high), strict=True):
        own = graph.subgraph(part)
        # Springs twice as long as usual, and all alike: terms with many ties would lie on each other.
        loose = 2 / math.sqrt(len(part))
        found = nx.spring_layout(own, k=loose, pos={t: start[t] for t in part}, iterations=150, weight=None, seed=1)
        for term, place in stretch_to_room(found, across, down).items():
            places[term] = (round(left + place[0], 2), round(top + place[1], 2))
    return places


def _rooms(sizes: list[int], wide: float, high: float) -> list[tuple[float, float, float, float]]:
    """A rectangle for each part: the area is halved across its longer side, again and again, in proportion to the terms."""
    if len(sizes) == 1:
        return [(0.0, 0.0, wide, high)]
    cut = 1
    while sum(sizes[:cut]) < sum(sizes) / 2 and cut < len(sizes) - 1:
        cut += 1
    share = sum(sizes[:cut]) / sum(sizes)
    if high >= wide:
        first, second = _rooms(sizes[:cut], wide, high * share), _rooms(sizes[cut:], wide, high * (1 - share))
        return first + [(x, y + high * share, w, h) for x, y, w, h in second]
    first, second = _rooms(sizes[:cut], wide * share, high), _rooms(sizes[cut:], wide * (1 - share), high)
    return first + [(x + wide * share, y, w, h) for x, y, w, h in second]


def stretch_to_room(places: Mapping[str, Sequence[float]], wide: float, high: float) -> dict[str, tuple[float, float]]:
    """Places stretched about the middle of a rectangle; a part of few terms takes no more of it than it needs."""
    reach = _REACH * math.sqrt(len(places) - 1)
    out = {}
    room = min(0.76 * wide, 1.3 * reach), min(0.8 * high, reach)
    if len(places) == 2:
        room = 0.0, min(0.8 * high, 0.9)
    lows = [min(place[axis] for place in places.values()) for axis in (0, 1)]
    spans = [max(place[axis] for place in places.values()) - lows[axis] for axis in (0, 1)]
    for term in sorted(places):
        x, y = ((places[term][axis] - lows[axis]) / spans[axis] if spans[axis] > 1e-6 else 0.5 for axis in (0, 1))
        out[term] = (wide / 2 + room[0] * (x - 0.5), high / 2 + room[1] * (y - 0.5))
    return out


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
