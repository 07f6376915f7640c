"""Columns of strings as numbers: words are compared, counted and written many times as fast."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc


def string_codes(column: pd.Series[Any]) -> tuple[np.ndarray, pa.Array]:
    """Each string as its place among the distinct ones, and these, sorted by their characters."""
    places, found = unsorted_codes(column)
    order = pc.array_sort_indices(found)
    rank = np.empty(len(order), dtype="int64")
    rank[order.to_numpy()] = np.arange(len(order))
    return rank[places], found.take(order)


def unsorted_codes(column: pd.Series[Any]) -> tuple[np.ndarray, pa.Array]:
    """Each string as its place among the distinct ones, and these, in any order."""
    if isinstance(column.dtype, pd.ArrowDtype):
        stored = pa.chunked_array(pa.array(column)).unify_dictionaries().combine_chunks()
        return used_codes(stored.indices.to_numpy(), stored.dictionary)
    if isinstance(column.dtype, pd.CategoricalDtype):
        return used_codes(column.cat.codes.to_numpy(), pa.array(column.cat.categories, type=pa.string()))
    found = pa.array(column, type=pa.string()).dictionary_encode()
    found = found.combine_chunks() if isinstance(found, pa.ChunkedArray) else found
    return found.indices.to_numpy(), found.dictionary


def pair_codes(first: pd.Series[Any], second: pd.Series[Any]) -> tuple[np.ndarray, list[tuple[str, str]]]:
    """Each row of two columns of strings as its place among the distinct pairs, and these, in the order in which they come.

    Examples
    --------
    >>> places, pairs = pair_codes(pd.Series(["b", "a", "b"]), pd.Series(["s1", "s1", "s1"]))
    >>> places.tolist(), pairs
    ([0, 1, 0], [('b', 's1'), ('a', 's1')])
    """
    (left, names), (right, others) = unsorted_codes(first), unsorted_codes(second)
    places, joined = pd.factorize(left.astype("int64") * max(len(others), 1) + right)
    ends = names.to_pylist(), others.to_pylist()
    pairs = (divmod(pair, max(len(others), 1)) for pair in joined.tolist())
    return np.asarray(places), [(ends[0][one], ends[1][other]) for one, other in pairs]


def used_codes(places: np.ndarray, strings: pa.Array) -> tuple[np.ndarray, pa.Array]:
    """The strings that some place names, and the places among these."""
    there = np.zeros(len(strings), dtype=bool)
    there[places] = True
    return (np.cumsum(there) - 1)[places], strings.filter(pa.array(there))


def distinct(codes: np.ndarray) -> np.ndarray:
    """The distinct numbers, sorted; they are 0 or more.

    NumPy's own `unique` puts them into a hash table before it sorts them, which takes several times as long.
    """
    ordered = np.sort(codes)
    found: np.ndarray = ordered[np.diff(ordered, prepend=-1) != 0]
    return found


def string_column(strings: pa.Array, places: np.ndarray) -> pd.Series[str]:
    """A column of strings from their places."""
    return pd.Series(pd.arrays.ArrowStringArray(strings.take(pa.array(places))), dtype="str")


def categories(strings: pa.Array, places: np.ndarray) -> pd.Categorical[Any]:
    """A column of strings from their places that keeps both: each string is encoded once when the column is written."""
    every = string_column(strings, np.arange(len(strings)))
    return pd.Categorical.from_codes(places, dtype=pd.CategoricalDtype(every))
