"""Text reuse: how much of a report occurs word for word in others, by section, and the shared passages."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby, pairwise

import numpy as np
import pyarrow as pa

from emphasis.measures.report_pairs import ReportPair
from emphasis.measures.shared_text import Matches, NormalisedText, SharedPassages, maximal_matches, shared_passages

PASSAGE_SCHEMA = pa.schema([(name, pa.int32()) for name in ("pair", "start", "size", "sentence")])
"""What is stored of a passage: number of the pair among the report's, place, characters, sentence of the other report."""


def reuse(
    pairs: Sequence[ReportPair], text_of: Callable[[str], NormalisedText], passages: pa.Table, common: np.ndarray
) -> tuple[pa.Table, pa.Table]:
    """How much of each section of a report occurs word for word in others, and the passages.

    ``share = reused / characters``, with `reused` the characters of the section inside shared passages (see
    `shared_passages`) and `characters` all of its characters, both without white space and punctuation. ``reused_plain`` and
    ``share_plain`` leave out formulas and usual headings: what at least three reports have as a sentence or a heading in the
    same words.

    Parameters
    ----------
    pairs, text_of, passages
        The pairs of the report, the text of a report by its id, and the passages of these pairs as `find_passages` gives them.
    common : array
        For each sentence of the report whether at least three reports have it (see `Formulas`).

    Returns
    -------
    Arrow table
        The columns of reuse.csv. A section holds its subsections; the section ``all`` is the report.
    Arrow table
        The columns of reuse_passages.csv, the longest first. A passage that runs over several sentences is shown with the
        sentence that it begins in.
    """
    one, others = text_of(pairs[0][1]), [text_of(pair[2]) for pair in pairs]
    columns = {name: passages[name].to_numpy().astype("int64") for name in PASSAGE_SCHEMA.names}
    return _share_table(one, pairs, columns, ~common), _passage_table(one, pairs, others, columns)


def find_passages(
    pairs: Sequence[ReportPair], text_of: Callable[[str], NormalisedText]
) -> Iterator[tuple[str, pa.Table]]:
    """Each report and the passages that it shares with others (`PASSAGE_SCHEMA`), pair after pair, from left to right.

    The pairs of one report follow each other; `text_of` gives the text of a report by its id.
    """
    known: dict[tuple[str, str], Matches] = {}
    for report_id, own in groupby(pairs, key=lambda pair: pair[1]):
        one, others = text_of(report_id), [text_of(pair[2]) for pair in own]
        matches = []
        for two in others:
            # Matches are symmetric: those of (a, b) are stored until (b, a) comes up.
            mirrored = known.pop((two.report_id, report_id), None)
            if mirrored is None:
                matches.append(maximal_matches(one, two))
                known[report_id, two.report_id] = matches[-1]
            else:
                matches.append(mirrored.swapped)
        yield report_id, _stored(shared_passages(matches), others)


def _stored(passages: SharedPassages, others: Sequence[NormalisedText]) -> pa.Table:
    edges = np.searchsorted(passages.text, np.arange(len(others) + 1))
    sentences = [two.sentence_at(passages.other[a:b]) for two, (a, b) in zip(others, pairwise(edges), strict=True)]
    columns = (passages.text, passages.start, passages.size, np.concatenate(sentences))
    return pa.table([values.astype("int32") for values in columns], schema=PASSAGE_SCHEMA)


def _share_table(
    one: NormalisedText, pairs: Sequence[ReportPair], passages: dict[str, np.ndarray], plain: np.ndarray
) -> pa.Table:
    """reuse.csv of a report; `plain` says which of its sentences fewer than three reports have."""
    count = len(pairs)
    # How many characters before the end of each sentence are reused, pair after pair: those of all passages that have begun
    # there, less what the last of these has beyond the end. Sentences end at 10 and 24, and the passages are 2-8 and 9-14:
    # (6 + 5) - 4 = 7 up to 10 and 11 up to 24, so that the sentences have 7 and 4 reused characters. An offset for each pair
    # puts the pairs one after another, so that one search serves all.
    offset = int(one.edges[-1]) + 1
    begin = passages["pair"] * offset + passages["start"]
    ends = np.arange(count)[:, None] * offset + one.edges
    begun = np.searchsorted(begin, ends)
    beyond = np.maximum(np.r_[0, begin + passages["size"]][begun] - ends, 0)
    reused = np.diff(np.r_[0, np.cumsum(passages["size"])][begun] - beyond, axis=1)
    names, held = one.section_matrix
    sums = (held @ np.vstack([np.diff(one.edges), reused, reused * plain]).T).T
    characters = np.tile(sums[0], count)
    reused, reused_plain = sums[1 : count + 1].ravel(), sums[count + 1 :].ravel()
    return pa.table(
        _pair_columns(pairs, np.repeat(np.arange(count), len(names)))
        | {"section": pa.array(names * count, type=pa.string()), "characters": characters}
        | {"reused": reused, "reused_plain": reused_plain}
        | {"share": reused / characters, "share_plain": reused_plain / characters}
    )


def _passage_table(
    one: NormalisedText, pairs: Sequence[ReportPair], others: Sequence[NormalisedText], passages: dict[str, np.ndarray]
) -> pa.Table:
    """reuse_passages.csv of a report."""
    pair = passages["pair"]
    order = np.lexsort((passages["start"], -passages["size"], pair))
    start, size, other_sentence = (passages[name][order] for name in ("start", "size", "sentence"))
    edges = np.searchsorted(pair, np.arange(len(pairs) + 1))
    sentence = pa.array(one.sentence_at(start))
    shared = [one.text[a:b] for a, b in zip(start.tolist(), (start + size).tolist(), strict=True)]
    other_rows = [pa.array(other_sentence[a:b]) for a, b in pairwise(edges)]

    def other(name: str) -> pa.ChunkedArray:
        columns = [two.sentences[name].chunk(0).take(rows) for two, rows in zip(others, other_rows, strict=True)]
        return pa.chunked_array(columns, type=pa.string())

    return pa.table(
        _pair_columns(pairs, pair)
        | {"passage": np.arange(1, len(pair) + 1) - edges[pair], "n_characters": size}
        | {"shared": pa.array(shared, type=pa.string())}
        | {name: one.sentences[name].take(sentence) for name in ("section_id", "sentence_id", "text")}
        | {f"other_{name}": other(name) for name in ("sentence_id", "text")}
    )


def _pair_columns(pairs: Sequence[ReportPair], pair: np.ndarray) -> dict[str, pa.Array]:
    """The columns that name the pair of each row."""
    place = pa.array(pair)
    columns = zip(("relation", "report_id", "other_id"), zip(*pairs, strict=True), strict=True)
    return {name: pa.array(values, type=pa.string()).take(place) for name, values in columns}
