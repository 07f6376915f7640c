"""Which words stand near a word: collocates within a window of the sentence."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from emphasis.measures.counting import Counting, select_tokens
from emphasis.measures.effect_sizes import effect_sizes
from emphasis.segment.lexicon import normalise


@dataclass(frozen=True)
class Neighbours:
    """What stands near one node, and elsewhere, in all texts: sums over reports.

    Attributes
    ----------
    n_node, n_reports : int
        Occurrences of the node, and reports that have it.
    n_near, n_words : int
        Tokens near the node, and all tokens but those of the node.
    words : DataFrame
        By word: near and n (occurrences near the node and anywhere outside it), n_reports (reports that have it near the node), and
        whether it is a keyword in any report.
    """

    n_node: int
    n_reports: int
    n_near: int
    n_words: int
    words: pd.DataFrame


_NONE = Neighbours(0, 0, 0, 0, pd.DataFrame(columns=["near", "n", "keyword", "n_reports"], dtype="int64"))


def count_neighbours(
    chunks: Iterable[tuple[pd.DataFrame, pd.DataFrame]], nodes: Sequence[str], window: int, counting: Counting
) -> dict[str, Neighbours]:
    """Count what stands within `window` tokens of each node, in the counted parts of reports.

    Parameters
    ----------
    chunks : iterable of (tokens, sections)
        Of some whole reports at a time: report_id, section_id, sentence_id, token, kind in the order of the text; report_id,
        section_id, role.
    nodes : sequence of str
    window : int
    counting : Counting
    """
    found = dict.fromkeys(nodes, _NONE)
    for tokens, sections in chunks:
        for report in tokens["report_id"].unique():
            own = tokens[tokens["report_id"] == report]
            counted = select_tokens(own, sections[sections["report_id"] == report], counting)
            rows = own.iloc[counted.rows]
            words = pd.DataFrame({"token": rows["token"].astype("str").to_numpy(), "keyword": counted.keyword})
            sentence = pd.factorize(rows["sentence_id"])[0]
            for node in nodes:
                found[node] = _add(found[node], _in_report(words, sentence, normalise(node), window))
    return found


def _in_report(words: pd.DataFrame, sentence: np.ndarray, node: str, window: int) -> Neighbours:
    """Of one report, its counted tokens in order and the number of the sentence of each."""
    spans = _spans(words["token"].tolist(), sentence, node)
    of_node, near = np.zeros((2, len(words)), dtype=bool)
    for start, end in spans:
        of_node[start:end] = True
        around = slice(max(start - window, 0), end + window)
        near[around] |= sentence[around] == sentence[start]
    near &= ~of_node
    outside = words.assign(near=near.astype("int64"), n=1)[~of_node]
    summed = outside.groupby("token", sort=True).agg({"near": "sum", "n": "sum", "keyword": "max"})
    summed["n_reports"] = (summed["near"] > 0).astype("int64")
    return Neighbours(len(spans), int(bool(spans)), int(near.sum()), int((~of_node).sum()), summed)


def _spans(tokens: Sequence[str], sentence: np.ndarray, node: str) -> list[tuple[int, int]]:
    """Where the node is a token or a sequence of tokens of one sentence, from left to right, none overlapping."""
    spans, start = [], 0
    while start < len(tokens):
        end, text = start + 1, tokens[start]
        while text != node and node.startswith(text) and end < len(tokens) and sentence[end] == sentence[start]:
            text += tokens[end]
            end += 1
        if text == node:
            spans.append((start, end))
        start = end if text == node else start + 1
    return spans


def _add(one: Neighbours, other: Neighbours) -> Neighbours:
    words = other.words
    if len(one.words):
        sums = {"near": "sum", "n": "sum", "keyword": "max", "n_reports": "sum"}
        words = pd.concat([one.words, other.words]).groupby(level=0, sort=True).agg(sums)
    n_near, n_words = one.n_near + other.n_near, one.n_words + other.n_words
    return Neighbours(one.n_node + other.n_node, one.n_reports + other.n_reports, n_near, n_words, words)


def collocates(neighbours: dict[str, Neighbours], min_n: int) -> pd.DataFrame:
    """The keywords near each node, by how much more often they stand there than elsewhere.

    A node occurs where a token, or a sequence of tokens of one sentence, is its string, not inside a longer token. Its neighbours are the tokens, numbers and
    stop words included, that stand at most `window` tokens before or after it in the same sentence; a token near two
    occurrences is one. With ``f`` occurrences of the node, ``a`` of a word near it and ``w`` in all, ``R`` tokens near the
    node and ``N`` in all, those of the node itself left out::

        expected        = R w / N
        log_likelihood  = +-2 * sum over the four cells of O ln(O / E), below 0 where a is less than expected
        log_dice        = 14 + log2(2 a / (f + w))

    The four cells are word or not x near or elsewhere, with E from their margins. `log_likelihood` (Dunning) grows with
    the evidence and is no test here: words are not independent of each other. `log_dice` (Rychlý) says how exclusively the two go
    together and does not depend on the size of the corpus: +1 is twice as much. It is at most 14 for a word that stands
    once in a window. `n_reports` tells a habit of the genre from that of one text.

    Parameters
    ----------
    neighbours : dict of Neighbours
        By node.
    min_n : int
        Occurrences near the node that a word needs to be listed.

    Returns
    -------
    DataFrame
        node, term, n (near the node), expected, n_term, n_node, log_likelihood, log_dice, n_reports (that have the word near
        the node), n_reports_node.

    References
    ----------
    The four-cell form of the first agrees with the documentation of the R package polmineR, the formula of the second with
    several programs that cite it; the publications were not read.

    Dunning, T. (1993). Accurate methods for the statistics of surprise and coincidence. Computational Linguistics 19(1),
    61-74.
    Rychlý, P. (2008). A lexicographer-friendly association score. Proceedings of Recent Advances in Slavonic Natural Language
    Processing, RASLAN 2008, 6-9.
    """
    parts = [_scores(node, own, min_n) for node, own in neighbours.items()]
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame()


def _scores(node: str, own: Neighbours, min_n: int) -> pd.DataFrame:
    words = own.words[(own.words["near"] >= min_n) & own.words["keyword"].astype("bool")]
    near, n = (words[name].to_numpy("int64") for name in ("near", "n"))
    expected = own.n_near * n / max(own.n_words, 1)
    # Where all tokens are near the node, there is nothing to compare them with.
    elsewhere = own.n_words - own.n_near
    with np.errstate(divide="ignore", invalid="ignore"):  # measures that are not wanted here, of texts of one word
        g2 = (
            effect_sizes(near, n - near, own.n_near, elsewhere)["g2"]
            if elsewhere and len(words)
            else np.zeros(len(words))
        )
    columns = {"node": node, "term": words.index, "n": near, "expected": expected, "n_term": n, "n_node": own.n_node}
    columns |= {"log_likelihood": np.where(near < expected, -g2, g2)}
    columns |= {
        "log_dice": 14 + np.log2(2 * near / (own.n_node + n)),
        "n_reports": words["n_reports"].to_numpy("int64"),
    }
    return pd.DataFrame(columns | {"n_reports_node": own.n_reports})
