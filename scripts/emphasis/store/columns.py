"""Columns of a table as arrays of numbers, which are checked, sorted and printed without a Python loop over rows.

A column of text is dictionary-encoded: its distinct strings, and for each row the position of its string among them. Whatever
has to be done with a string is done once, however many rows have it. The column 发展 改革 发展 is::

    strings = ["发展", "改革"]
    values = [0, 1, 0]
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from emphasis.errors import EmphasisError
from emphasis.sections import section_order
from emphasis.store.escaping import escape

_ROWS = 50_000
"""Rows that are printed in one go."""
_EXACT = 2.0**52
"""Below this, doubles that differ by one are distinct, so that a scaled and rounded number can be printed as an integer."""
_MOST_DECIMALS = 6
"""With more of them, Arrow prints small decimal numbers with an exponent."""
_TO_QUOTE = '[,"\r\n]'


@dataclass(frozen=True)
class Field:
    """One column: its type, what it means, and what its values may be."""

    name: str
    type: str
    description: str
    decimals: int = 6
    constraints: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Column:
    """The values of one column.

    Attributes
    ----------
    field : Field
    values : array of shape (n,)
        Integers, floats or booleans; for text, positions in `strings`.
    strings : Arrow array of strings, optional
        The distinct strings of a column of text.
    missing : bool array of shape (n,), optional
        Where an integer is missing; its value is 0 there. A missing float is NaN, missing text is empty.
    """

    field: Field
    values: np.ndarray
    strings: pa.Array | None = None
    missing: np.ndarray | None = None

    def __len__(self) -> int:
        return len(self.values)

    def to_arrow(self, rows: np.ndarray | slice) -> pa.Array:
        """The values in some rows as an Arrow array; floats are rounded as in a CSV file, never to -0."""
        values = self.values[rows]
        if self.strings is not None:
            return self.strings.take(pa.array(values))
        if self.field.type == "number":
            # Further digits differ between processors.
            values = np.round(values, self.field.decimals) + 0.0
        return pa.array(values, mask=None if self.missing is None else self.missing[rows], from_pandas=True)


def encode(series: pd.Series[Any], f: Field) -> Column:
    """A column of a data frame with the type of its field; text that is missing becomes empty.

    Raises
    ------
    TypeError, ValueError
        If a value has another type.
    """
    if f.type == "string":
        return _encode_text(series, f)
    if f.type == "number":
        return Column(f, series.to_numpy(dtype="float64", na_value=np.nan))
    if f.type == "boolean":
        return Column(f, series.astype("bool").to_numpy())
    if isinstance(series.dtype, np.dtype) and series.dtype.kind in "iu":
        return Column(f, series.to_numpy(dtype="int64"))
    whole = series.astype("Int64")
    missing = whole.isna().to_numpy()
    return Column(f, whole.to_numpy(dtype="int64", na_value=0), missing=missing if missing.any() else None)


def _encode_text(series: pd.Series[Any], f: Field) -> Column:
    if isinstance(series.dtype, pd.CategoricalDtype):
        strings = pa.array(series.cat.categories.astype("str"), type=pa.string())
        codes = series.cat.codes.to_numpy().astype("int32")
        if (codes < 0).any():
            strings, codes = _with_empty(strings, codes)
        return Column(f, codes, strings)
    try:
        text = pa.array(series, type=pa.string(), from_pandas=True)
    except (pa.ArrowInvalid, pa.ArrowTypeError):  # not all values are strings
        text = pa.array(series.fillna("").astype("str"), type=pa.string())
    coded = pc.fill_null(text, "").dictionary_encode()
    coded = coded.combine_chunks() if isinstance(coded, pa.ChunkedArray) else coded
    return Column(f, coded.indices.to_numpy(), coded.dictionary)


def _with_empty(strings: pa.Array, codes: np.ndarray) -> tuple[pa.Array, np.ndarray]:
    place = strings.index("").as_py()
    if place < 0:
        place, strings = len(strings), pa.concat_arrays([strings, pa.array([""])])
    return strings, np.where(codes < 0, np.int32(place), codes)


def check_column(column: Column, table: str) -> None:
    """Refuse values that the field does not allow.

    Raises
    ------
    EmphasisError
        Names table and column, the first value that is not allowed, and what is.
    """
    f, rules = column.field, column.field.constraints

    def refuse(bad: np.ndarray, allowed: str) -> None:
        if bad.any():
            value = column.to_arrow(np.flatnonzero(bad)[:1])[0].as_py()
            raise EmphasisError(f"{table}: column {f.name} has {value!r}; allowed: {allowed}")

    def refuse_strings(bad: np.ndarray, allowed: str) -> None:
        if bad.any():
            refuse(bad[column.values], allowed)

    if column.strings is not None:
        strings = column.strings.to_pylist() if rules.keys() & {"enum", "pattern"} else []
        if rules.get("required"):
            refuse_strings(np.asarray(pc.equal(column.strings, "")), "no missing value")
        if "enum" in rules:
            refuse_strings(np.array([w != "" and w not in rules["enum"] for w in strings]), ", ".join(rules["enum"]))
        if "pattern" in rules:
            fits = re.compile(rules["pattern"]).fullmatch
            refuse_strings(np.array([w != "" and not fits(w) for w in strings]), f"the pattern {rules['pattern']}")
        return
    missing = np.isnan(column.values) if f.type == "number" else column.missing
    present = True if missing is None else ~missing
    if rules.get("required") and missing is not None:
        refuse(missing, "no missing value")
    if "enum" in rules:
        refuse(present & ~np.isin(column.values, rules["enum"]), ", ".join(map(str, rules["enum"])))
    if "minimum" in rules:
        refuse(present & (column.values < rules["minimum"]), f"at least {rules['minimum']}")
    if "maximum" in rules:
        refuse(present & (column.values > rules["maximum"]), f"at most {rules['maximum']}")


def order(columns: Sequence[Column], upward: Sequence[bool]) -> np.ndarray | None:
    """The order of rows that sorts them by these columns, the first counting most; None when they are sorted already.

    Missing values come last; equal rows keep their order.

    Columns of integers are joined into one as long as the result is below 2**62, since sorting by one key is faster than by
    several. With section 0 to 2 and rank 0 to 9, row (2, 7) has the key 2 * 10 + 7 = 27.
    """
    if not len(columns[0]):
        return None
    keys = [_key(column, up) for column, up in zip(columns, upward, strict=True)]
    joined: list[np.ndarray] = []
    size = 1
    for key in keys:
        spread = int(key.max()) + 1 if key.dtype.kind == "i" and len(key) else 0
        if joined and spread and size and size * spread < 2**62:
            joined[-1] = joined[-1] * spread + key
            size *= spread
        else:
            joined.append(key)
            size = spread
    if _is_sorted(joined):
        return None
    return np.lexsort(joined[::-1]) if len(joined) > 1 else np.argsort(joined[0], kind="stable")


def _key(column: Column, upward: bool) -> np.ndarray:
    """Numbers that sort like the column: floats, or integers from 0 up; those of missing values are the largest."""
    values = column.values
    if column.field.type == "number":
        return values if upward else -values
    if column.strings is not None:
        values = _ranks(column.strings, column.field.name)[values]
    values = values.astype("int64")
    if len(values) and upward:
        values = values - values.min()
    elif len(values):
        values = values.max() - values
    return values if column.missing is None else np.where(column.missing, values.max() + 1, values)


def _ranks(strings: pa.Array, name: str) -> np.ndarray:
    """The rank of each string: section ids are sorted as in the report (2 before 10), other strings by their characters."""
    if name == "section_id":
        keys = [section_order(word) if word else () for word in strings.to_pylist()]
        place = {key: i for i, key in enumerate(sorted(set(keys)))}
        return np.array([place[key] for key in keys], dtype="int64")
    ranks = np.empty(len(strings), dtype="int64")
    ranks[pc.array_sort_indices(strings).to_numpy()] = np.arange(len(strings))
    return ranks


def _is_sorted(keys: Sequence[np.ndarray]) -> bool:
    equal = np.ones(max(len(keys[0]) - 1, 0), dtype=bool)
    for key in keys:
        if not (key[1:] >= key[:-1])[equal].all():
            return False
        equal &= key[1:] == key[:-1]
    return True


def first_duplicate(columns: Sequence[Column]) -> int | None:
    """The first row that equals an earlier one in these columns; None when there is none.

    Columns are joined into one integer per row, as in `order`; where it would reach 2**62, pandas compares the rows. In most
    tables the integers already increase, which shows without sorting that none occurs twice.
    """
    keys = [column.values if column.strings is not None else _key(column, True) for column in columns]
    together = np.zeros(len(keys[0]), dtype="int64")
    size = 1
    for key in keys:
        spread = int(key.max(initial=0)) + 1 if key.dtype.kind == "i" else 2**62
        size *= spread
        if size >= 2**62:
            twice = pd.DataFrame(dict(enumerate(keys))).duplicated().to_numpy()
            return int(twice.argmax()) if twice.any() else None
        together = together * spread + key
    if not len(together) or (together[1:] > together[:-1]).all():
        return None
    ordered = np.sort(together)
    if (ordered[1:] > ordered[:-1]).all():
        return None
    return int(pd.Series(together).duplicated().to_numpy().argmax())


def csv_lines(columns: Sequence[Column], rows: np.ndarray | None, *, escaped: bool = False) -> Iterator[memoryview]:
    """The rows as lines of a CSV file in UTF-8, in blocks of `_ROWS` rows.

    Parameters
    ----------
    columns : sequence of Column
    rows : array of int, optional
        The rows to print, in this order; by default all as they are.
    escaped : bool
        Whether text that looks like a formula gets an apostrophe; see `emphasis.store.escaping`.
    """
    tails = [""] * (len(columns) - 1) + ["\n"]
    for start in range(0, len(columns[0]), _ROWS):
        some = slice(start, start + _ROWS) if rows is None else rows[start : start + _ROWS]
        printed = [_print_column(column, some, tail, escaped) for column, tail in zip(columns, tails, strict=True)]
        lines = pc.binary_join_element_wise(*printed, ",")
        end = lines.offset + len(lines)
        offsets = np.frombuffer(lines.buffers()[1], dtype="int32")[[lines.offset, end]]
        yield memoryview(lines.buffers()[2])[offsets[0] : offsets[1]]


def _print_column(column: Column, rows: np.ndarray | slice, tail: str, escaped: bool) -> pa.Array:
    """The values in some rows as a CSV file has them, each followed by `tail`.

    The last column has a line feed as its tail: joining the columns with commas then makes whole lines.
    """
    values = column.values[rows]
    if column.strings is not None:
        codes, used = np.unique(values, return_inverse=True) if len(values) < len(column.strings) else (None, values)
        strings = column.strings if codes is None else column.strings.take(pa.array(codes))
        return _quote(escape(strings, signs=escaped), tail).take(pa.array(used))
    if column.field.type == "boolean":
        return pa.array([f"false{tail}", f"true{tail}"]).take(pa.array(values.astype("int8")))
    if column.field.type == "integer":
        coded = pa.array(values, mask=None if column.missing is None else column.missing[rows]).dictionary_encode()
        text = _join([pc.cast(coded.dictionary, pa.string())], tail)
        return pc.fill_null(text.take(coded.indices), tail)
    return _decimals(values, column.field.decimals, tail)


def _quote(strings: pa.Array, tail: str) -> pa.Array:
    if pc.any(pc.match_substring_regex(strings, _TO_QUOTE)).as_py():
        marks = ('"' + w.replace('"', '""') + '"' if re.search(_TO_QUOTE, w) else w for w in strings.to_pylist())
        strings = pa.array(marks, type=pa.string())
    return _join([strings], tail)


def _join(parts: Iterable[Any], tail: str = "") -> pa.Array:
    return pc.binary_join_element_wise(*parts, tail, "")


def _decimals(values: np.ndarray, decimals: int, tail: str) -> pa.Array:
    """Floats rounded and printed with so many decimals, never as -0; empty when missing.

    Each distinct value is printed once, from integers: with two decimals, -1.5 becomes -150, then the sign, 1 and 50.
    """
    scaled = np.rint(values * 10.0**decimals)
    missing = np.isnan(scaled)
    if not (np.abs(scaled[~missing]) < _EXACT).all():
        rounded = np.round(values, decimals) + 0.0
        return pa.array([tail if np.isnan(v) else f"{v:.{decimals}f}{tail}" for v in rounded.tolist()], pa.string())
    coded = pa.array(np.where(missing, 0, scaled).astype("int64"), mask=missing).dictionary_encode()
    printed = _print_scaled(coded.dictionary.to_numpy(), decimals)
    return pc.fill_null(_join([printed], tail).take(coded.indices), tail)


def _print_scaled(scaled: np.ndarray, decimals: int) -> pa.Array:
    """Integers with a point before so many of their last digits."""
    if decimals <= _MOST_DECIMALS:
        # A decimal number of Arrow is an integer of 128 bits: the lower half first, then the sign in every bit of the upper one.
        halves = np.stack([scaled, scaled >> 63], axis=1)
        numbers = pa.Array.from_buffers(pa.decimal128(38, decimals), len(scaled), [None, pa.py_buffer(halves)])
        return pc.cast(numbers, pa.string())
    whole, rest = np.divmod(np.abs(scaled), 10**decimals)
    sign = pa.array(["", "-"]).take(pa.array((scaled < 0).astype("int8")))
    printed = pc.utf8_lpad(pc.cast(pa.array(rest), pa.string()), decimals, "0")
    return _join([sign, pc.cast(pa.array(whole), pa.string()), ".", printed])
