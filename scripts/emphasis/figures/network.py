"""Terms that co-occur in sentences, as a network whose nodes are the words themselves."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from itertools import combinations

import networkx as nx  # type: ignore[import-untyped]
import pandas as pd
from matplotlib.figure import Figure

from emphasis.figures.style import COLUMN, INK, REVIEW, Sheet, Style, message_figure, text_width

CANDIDATES, LEAST_SENTENCES, LEAST_NPMI = 120, 3, 0.3
"""Terms that are considered, and the sentences and NPMI that a pair needs."""

MOST_TERMS, MOST_LINES = 34, 60
_SIZES = (6.2, 9.5)  # points
_HIGH, _GAP, _REACH = 8.6, 0.09, 1.45  # cm


def strongest_pairs(pairs: pd.DataFrame) -> pd.DataFrame:
    """The pairs to show: among the terms with the strongest ties (sum of NPMI), the strongest pairs.

    The strongest pairs of all would be isolated set phrases.
    """
    tied = pairs[pairs["npmi"] >= LEAST_NPMI]
    ties = pd.concat([tied.groupby("term")["npmi"].sum(), tied.groupby("other")["npmi"].sum()]).groupby(level=0).sum()
    terms = sorted(ties.index, key=lambda term: (-round(ties[term], 6), term))[:MOST_TERMS]
    return tied[tied["term"].isin(terms) & tied["other"].isin(terms)].head(MOST_LINES).reset_index(drop=True)


def network_chart(style: Style, title: str, pairs: pd.DataFrame, n_sentences: int) -> Figure:
    """Words whose type size shows in how many sentences they occur, and lines whose width shows NPMI.

    `pairs` are those that `emphasis.measures.similarity.cooccurrence` found in the `n_sentences` of one report.
    """
    shown = strongest_pairs(pairs)
    numbers = {"sentences": f"{n_sentences:,}", "least": LEAST_SENTENCES, "threshold": LEAST_NPMI}
    if not len(shown):
        return message_figure(style, title, [style.say("no_network", **numbers)])
    roots = {
        term: math.sqrt(n)
        for terms, counts in (("term", "n_term"), ("other", "n_other"))
        for term, n in zip(shown[terms], shown[counts], strict=True)
    }
    sheet = Sheet(style, title, _HIGH, style.say("network.note", nodes=len(roots), edges=len(shown), **numbers))
    fewest, (small, large) = min(roots.values()), _SIZES
    spread = max(roots.values()) - fewest or 1.0
    sizes = {term: small + (large - small) * (root - fewest) / spread for term, root in roots.items()}
    boxes = {t: (text_width(t, size) + 2 * _GAP, size * 2.54 / 72 * 1.15 + 2 * _GAP) for t, size in sizes.items()}
    wide, high = COLUMN - 0.2, _HIGH - 0.1
    places = separate_boxes(place_terms(shown, wide, high), boxes, wide, high)
    axes = sheet.axes(0.1, 0.05, wide, high)
    axes.set_xlim(0, wide)
    axes.set_ylim(high, 0)
    for term, other, npmi in zip(shown["term"], shown["other"], shown["npmi"], strict=True):
        (x, y), (u, v) = places[term], places[other]
        strength = (npmi - LEAST_NPMI) / (1 - LEAST_NPMI)
        axes.plot([x, u], [y, v], color=REVIEW, alpha=0.55, linewidth=0.4 + 2.2 * strength, zorder=1)
    for term in sorted(places):
        x, y = places[term]
        axes.text(
            x, y, term, color=INK, ha="center", va="center", zorder=2, fontproperties=style.face(round(sizes[term], 1)),
            bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.6},
        )  # fmt: skip
    return sheet.figure


def place_terms(shown: pd.DataFrame, wide: float, high: float) -> dict[str, tuple[float, float]]:
    """Place terms by the springs of Fruchterman and Reingold, from a fixed start: connected terms are near each other.

    Each connected part is laid out by itself in a rectangle of its own, the largest first. Places are rounded, so that
    differences between processors do not show.
    """
    graph = nx.Graph()
    graph.add_nodes_from(sorted({*shown["term"], *shown["other"]}))
    graph.add_weighted_edges_from(zip(shown["term"], shown["other"], shown["npmi"], strict=True))
    start = {term: (math.cos(i), math.sin(i)) for i, term in enumerate(graph.nodes)}
    parts = sorted((sorted(part) for part in nx.connected_components(graph)), key=lambda part: (-len(part), part))
    places: dict[str, tuple[float, float]] = {}
    for part, (left, top, across, down) in zip(parts, _rooms([len(part) for part in parts], wide, high), strict=True):
        own = graph.subgraph(part)
        found = nx.spring_layout(own, pos={term: start[term] for term in part}, iterations=120, seed=1)
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
