"""The coder: two linear models, of a sentence by itself and of it among its neighbours.

The first model gives each sentence a score for each area from its counts of features. The second turns the scores of the sentence,
of its neighbours, paragraph, section and heading into probabilities. Weights are whole numbers, so that their sums are exact, and what
is not exact is rounded before it is used: every processor gives the same digits.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
from scipy import sparse

from emphasis.areas.features import BLOCKS, Texts, count_features
from emphasis.errors import EmphasisError
from emphasis.store.atomic import write_atomically

FILES = ("weights.parquet", "context.tsv")
"""The files of a coder."""

SCALE = 1000
"""Weights, IDF and scores are whole thousandths."""

UNIT = 10_000
"""Probabilities inside the coder are whole ten-thousandths."""

SHARPNESS = 3.0
"""Factor of scores in the first model's probabilities. Scores are distances from the border between an area and all others."""

CONTEXT = ("score", "own", "before", "after", "around", "paragraph", "section", "heading")
"""What the second model looks at, each for every area: the sentence's scores and probabilities, the probabilities of the sentences
before and after, of those two away, of the other sentences of the paragraph and of the section, and of the section's first."""

_BIAS = "bias"


@dataclass(frozen=True)
class Coder:
    """A fitted coder for K areas.

    Attributes
    ----------
    areas : tuple of str
    features : mapping
        The features of each block, F of them.
    idf : mapping
        Of each block, int array of shape (F,), in thousandths.
    weights : mapping
        Of each block, int array of shape (F, K), in thousandths: of counts, IDF included.
    intercept : int array of shape (K,)
        In thousandths.
    context : int array of shape (8 K + 1, K)
        Weights of the second model in thousandths; the last row is its intercept.
    """

    areas: tuple[str, ...]
    features: Mapping[str, tuple[str, ...]]
    idf: Mapping[str, np.ndarray]
    weights: Mapping[str, np.ndarray]
    intercept: np.ndarray
    context: np.ndarray

    def scores(self, texts: Texts) -> np.ndarray:
        """Scores of sentences by the first model, int array of shape (S, K), in thousandths.

        With c the counts of the features f of a block b, and w their weights::

            score = intercept + sum over b of (sum over f of c w) / sqrt(sum over f of (c idf)^2)
        """
        counts = count_features(texts, self.features)
        total = np.tile(self.intercept.astype("float64"), (len(texts), 1))
        for block in BLOCKS:
            length = block_lengths(counts[block], self.idf[block])
            total += (counts[block] @ self.weights[block]) * (SCALE / np.where(length > 0, length, 1.0))[:, None]
        return np.asarray(np.rint(total).astype("int64"))

    def probabilities(self, texts: Texts) -> np.ndarray:
        """Probabilities of the areas of sentences, float array of shape (S, K) with four decimals."""
        seen = context_features(self.scores(texts), texts)
        # Sums of whole numbers far below 2**53: exact as floats, which are multiplied many times as fast.
        summed = seen.astype("float64") @ self.context[:-1].astype("float64")
        logits = summed / (SCALE * UNIT) + self.context[-1] / SCALE
        return np.asarray(softmax(logits) / UNIT)


def block_lengths(counts: sparse.csr_array, idf: np.ndarray) -> np.ndarray:
    """Euclidean length of the rows of counts times IDF, in the unit of `idf`."""
    squared = sparse.csr_array((counts.data**2, counts.indices, counts.indptr), shape=counts.shape)
    return np.asarray(np.sqrt(squared @ (idf.astype("int64") ** 2)))


def softmax(logits: np.ndarray) -> np.ndarray:
    """Rows of exp(z) / sum exp(z) in whole ten-thousandths; what rounding leaves goes to the largest."""
    powers = np.exp(logits - logits.max(axis=1, keepdims=True, initial=-np.inf))
    found = np.rint(UNIT * powers / powers.sum(axis=1, keepdims=True)).astype("int64")
    if len(found):
        found[np.arange(len(found)), found.argmax(axis=1)] += UNIT - found.sum(axis=1)
    return np.asarray(found)


def context_features(scores: np.ndarray, texts: Texts) -> np.ndarray:
    """What the second model sees: int array of shape (S, 8 K) in ten-thousandths; see `CONTEXT`."""
    own = softmax(SHARPNESS * scores / SCALE)
    before, after = _of_rows(own, texts.before), _of_rows(own, texts.after)
    around = (_of_rows(own, _step(texts.before)) + _of_rows(own, _step(texts.after))) // 2
    means = [_mean_of_others(own, group) for group in (texts.paragraph, texts.section)]
    blocks = [scores * (UNIT // SCALE), own, before, after, around, *means, own[texts.first]]
    return np.concatenate(blocks, axis=1)


def _of_rows(values: np.ndarray, rows: np.ndarray) -> np.ndarray:
    return np.where((rows >= 0)[:, None], values[rows], 0)


def _step(rows: np.ndarray) -> np.ndarray:
    """The neighbour's neighbour on the same side; -1 where there is none."""
    return np.where(rows >= 0, rows[rows], -1)


def _mean_of_others(values: np.ndarray, group: np.ndarray) -> np.ndarray:
    """The mean of the other rows of a group, rounded down; 0 where there are none."""
    n = np.bincount(group)
    held = sparse.csr_array((np.ones(len(group), "int64"), (group, np.arange(len(group)))), shape=(len(n), len(group)))
    others = (held @ values)[group] - values
    return np.asarray(others // np.maximum(n[group] - 1, 1)[:, None])


def read_coder(folder: Path | str, areas: tuple[str, ...]) -> Coder:
    """Read a coder from its folder.

    Raises
    ------
    EmphasisError
        If a file is missing or malformed, or made for other areas.
    """
    path = Path(folder)
    try:
        table = pq.read_table(path / FILES[0], use_threads=False).to_pandas()
        context = pd.read_csv(path / FILES[1], sep="\t", dtype={"seen": str, "area": str})
        if table.columns.tolist() != ["block", "feature", "idf", *areas] or context.columns.tolist()[2:] != list(areas):
            raise ValueError("its areas are not those of areas.tsv")
        if len(context) != len(CONTEXT) * len(areas) + 1:
            raise ValueError(f"{FILES[1]} is a part of what was written")
        rows = {block: table[table["block"] == block] for block in (*BLOCKS, _BIAS)}
        return Coder(
            areas,
            {block: tuple(rows[block]["feature"].tolist()) for block in BLOCKS},
            {block: rows[block]["idf"].to_numpy(dtype="int64") for block in BLOCKS},
            {block: rows[block][list(areas)].to_numpy(dtype="int64") for block in BLOCKS},
            rows[_BIAS][list(areas)].to_numpy(dtype="int64")[0],
            context[list(areas)].to_numpy(dtype="int64"),
        )
    except (OSError, ValueError, KeyError, IndexError, pa.ArrowException) as error:
        raise EmphasisError(
            f"{path}: the coder of policy areas cannot be read ({error}); restore it from the repository, or make it with "
            "`snakemake areas_model`"
        ) from error


def write_coder(folder: Path | str, coder: Coder) -> None:
    """Write a coder: weights.parquet, one row a feature, and context.tsv, one row for what the second model sees."""
    path, areas = Path(folder), list(coder.areas)
    parts = [
        pd.DataFrame(coder.weights[block].astype("int32"), columns=areas).assign(
            block=block, feature=list(coder.features[block]), idf=coder.idf[block].astype("int32")
        )
        for block in BLOCKS
    ]
    bias = pd.DataFrame(coder.intercept[None].astype("int32"), columns=areas)
    parts.append(bias.assign(block=_BIAS, feature="", idf=np.int32(0)))
    schema = pa.schema([("block", pa.string()), ("feature", pa.string()), ("idf", pa.int32())])
    for area in areas:
        schema = schema.append(pa.field(area, pa.int32()))
    table = pa.Table.from_pandas(pd.concat(parts, ignore_index=True), schema=schema, preserve_index=False)
    plain = table.replace_schema_metadata(None)
    write = partial(pq.write_table, plain, compression="zstd", compression_level=19, row_group_size=1 << 20)
    write_atomically(path / FILES[0], write)
    seen = [(name, area) for name in CONTEXT for area in areas] + [(_BIAS, "")]
    second = pd.DataFrame(seen, columns=["seen", "area"]).join(pd.DataFrame(coder.context, columns=areas))
    write_atomically(path / FILES[1], partial(second.to_csv, sep="\t", index=False, lineterminator="\n"))
