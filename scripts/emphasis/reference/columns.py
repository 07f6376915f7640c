"""Rows of several texts as the columns of one table."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa

from emphasis.store.codes import string_column

Rows = dict[str, Any]
"""Rows of a table: columns with a value for each, or one value for all."""


def table_of(rows: Sequence[Rows], left_out: Collection[str]) -> pd.DataFrame:
    """Rows of several texts as one table."""
    if not rows:
        return pd.DataFrame()
    lengths = [len(some["term"]) for some in rows]
    return pd.DataFrame(
        {name: column_of([some[name] for some in rows], lengths) for name in rows[0] if name not in left_out}
    )


def column_of(parts: Sequence[Any], lengths: Sequence[int]) -> Any:
    """A column of several texts, of which each has a value for each row or one for all."""
    if isinstance(parts[0], np.ndarray):
        return np.concatenate(parts)
    if not isinstance(parts[0], list):
        values = list(dict.fromkeys(parts))
        place = {value: i for i, value in enumerate(values)}
        at = np.repeat([place[value] for value in parts], lengths)
        return string_column(pa.array(values), at) if isinstance(values[0], str) else np.array(values)[at]
    flat = [value for part in parts for value in part]
    if all(isinstance(value, str) for value in flat):
        return string_column(pa.array(flat, pa.string()), np.arange(len(flat)))
    return pd.array(flat, dtype="Int64")
