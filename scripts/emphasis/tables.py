"""The only way a table is written: checked against its schema, sorted, in a fixed format, whole or not at all.

A schema is a file in workflow/schemas/tables, in the terms of Frictionless Table Schema (name, type, description,
constraints), with one addition: ``decimals`` of a number, to which it is rounded and printed.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import yaml

from emphasis.errors import EmphasisError
from emphasis.sections import section_order
from emphasis.whole import whole

_TYPES: dict[str, tuple[str, pa.DataType]] = {
    "string": ("str", pa.string()),
    "integer": ("Int64", pa.int64()),
    "number": ("float64", pa.float64()),
    "boolean": ("bool", pa.bool_()),
}


@dataclass(frozen=True)
class Field:
    """One column: its type, what it means, and what its values may be."""

    name: str
    type: str
    description: str
    decimals: int = 6
    constraints: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Schema:
    """One table: its columns in order, the columns that identify a row, and those that its rows are sorted by.

    A column of `order` with a minus sign before it is sorted from the largest value down; the key breaks ties.
    """

    name: str
    title: str
    description: str
    fields: tuple[Field, ...]
    key: tuple[str, ...]
    order: tuple[str, ...]

    @property
    def columns(self) -> list[str]:
        """Names of the columns, in order."""
        return [f.name for f in self.fields]

    @property
    def arrow(self) -> pa.Schema:
        """The same columns as Arrow types."""
        return pa.schema([(f.name, _TYPES[f.type][1]) for f in self.fields])


def load_schema(path: Path | str) -> Schema:
    """Read a schema file; the table is named like the file."""
    file = Path(path)
    data = yaml.safe_load(file.read_text(encoding="utf-8"))
    fields = tuple(Field(**entry) for entry in data["fields"])
    key = tuple(data["primaryKey"])
    return Schema(file.stem, data["title"], data["description"], fields, key, tuple(data.get("order", key)))


def load_schemas(paths: Iterable[Path | str]) -> dict[str, Schema]:
    """Several schema files by table name."""
    return {schema.name: schema for schema in map(load_schema, paths)}


def frame(rows: Iterable[Any], schema: Schema) -> pd.DataFrame:
    """Rows (tuples in the order of the columns, or mappings) as a table with the schema's types."""
    return _typed(pd.DataFrame(list(rows), columns=schema.columns), schema)


def _typed(table: pd.DataFrame, schema: Schema) -> pd.DataFrame:
    out = {}
    for f in schema.fields:
        column = table[f.name]
        if f.type == "string":
            column = column.fillna("")
        out[f.name] = column.astype(_TYPES[f.type][0])  # type: ignore[call-overload]
    return pd.DataFrame(out, columns=schema.columns)


def check(table: pd.DataFrame, schema: Schema) -> pd.DataFrame:
    """The table with the schema's types, order of columns and order of rows, if it keeps to the schema.

    A table without rows may lack its columns.

    Raises
    ------
    EmphasisError
        Names the table, the column, the first offending value and what is allowed.
    """
    if not len(table.columns):
        table = frame([], schema)
    if set(table.columns) != set(schema.columns):
        raise EmphasisError(f"{schema.name}: columns are {list(table.columns)}; they must be {schema.columns}")
    try:
        typed = _typed(table, schema)
    except (TypeError, ValueError) as error:
        raise EmphasisError(f"{schema.name}: a column has values of another type: {error}") from error
    for f in schema.fields:
        _check_column(typed[f.name], f, schema.name)
    keys = list(schema.key)
    twice = typed.duplicated(keys)
    if twice.any():
        row = typed.loc[twice, keys].iloc[0].to_dict()
        raise EmphasisError(f"{schema.name}: the row {row} stands there twice")
    names = [name.removeprefix("-") for name in schema.order]
    names += [name for name in keys if name not in names]
    upward = [f"-{name}" not in schema.order for name in names]
    return typed.sort_values(names, ascending=upward, kind="stable", key=_sort_key, ignore_index=True)


def _sort_key(column: pd.Series[Any]) -> pd.Series[Any]:
    """Section ids in the order of the report: 0, 0.1, 1, 1.2, 1.10, 2, A1, F; everything else by value."""
    return column.map(section_order) if column.name == "section_id" else column


def _check_column(column: pd.Series[Any], f: Field, table: str) -> None:
    def refuse(bad: pd.Series[Any], allowed: str) -> None:
        if bad.any():
            raise EmphasisError(f"{table}: column {f.name} has {column[bad].iloc[0]!r}; allowed: {allowed}")

    rules = f.constraints
    missing = column.eq("") if f.type == "string" else column.isna()
    if rules.get("required"):
        refuse(missing, "no missing value")
    present = ~missing
    if "enum" in rules:
        refuse(present & ~column.isin(rules["enum"]), ", ".join(map(str, rules["enum"])))
    if "minimum" in rules:
        refuse(present & column.lt(rules["minimum"]).fillna(False), f"at least {rules['minimum']}")
    if "maximum" in rules:
        refuse(present & column.gt(rules["maximum"]).fillna(False), f"at most {rules['maximum']}")
    if "pattern" in rules:
        refuse(present & ~column.str.fullmatch(rules["pattern"]), f"the pattern {rules['pattern']}")


def _printed(column: pd.Series[Any], f: Field) -> pd.Series[Any]:
    if f.type == "number":
        # Adding zero turns the -0.0 that rounding leaves into 0.0.
        return (column.round(f.decimals) + 0.0).map(lambda v: "" if pd.isna(v) else f"{v:.{f.decimals}f}").astype(str)
    if f.type == "boolean":
        return column.map({True: "true", False: "false"})
    return column


def write_csv(table: pd.DataFrame, path: Path | str, schema: Schema) -> pd.DataFrame:
    """Check a table and write it as CSV: UTF-8, LF, a header, empty for missing. Returns it as it was written."""
    checked = check(table, schema)
    printed = pd.DataFrame({f.name: _printed(checked[f.name], f) for f in schema.fields}, columns=schema.columns)
    whole(path, lambda p: printed.to_csv(p, index=False, lineterminator="\n", quoting=csv.QUOTE_MINIMAL))
    return checked


def write_parquet(table: pd.DataFrame, path: Path | str, schema: Schema) -> pd.DataFrame:
    """Check a table and write it as Parquet, a row group for each report. Returns it as it was written."""
    checked = check(table, schema)
    arrow = pa.Table.from_pandas(checked, schema=schema.arrow, preserve_index=False).replace_schema_metadata(None)
    starts = [*np.flatnonzero(~checked.duplicated(schema.columns[0])), len(checked)]

    def write_groups(beside: Path) -> None:
        with pq.ParquetWriter(beside, schema.arrow, compression="zstd") as writer:
            for start, stop in pairwise(starts):
                writer.write_table(arrow.slice(start, stop - start))

    whole(path, write_groups)
    return checked


def write(table: pd.DataFrame, path: Path | str, schema: Schema) -> pd.DataFrame:
    """Check a table and write it in the format that the file's name asks for."""
    return (write_parquet if str(path).endswith(".parquet") else write_csv)(table, path, schema)


def write_stata(table: pd.DataFrame, path: Path | str, schema: Schema) -> pd.DataFrame:
    """Check a table and write it for Stata 14 and later, with the columns' descriptions as labels. Returns it.

    A label of Stata has at most 80 characters and a name 32.
    """
    checked = check(table, schema)
    whole_numbers = {f.name: "float64" for f in schema.fields if f.type == "integer"}
    plain = checked.astype(whole_numbers | {f.name: "object" for f in schema.fields if f.type == "string"})
    labels = {f.name: f.description[:80] for f in schema.fields}
    # A fixed time: the same table gives the same bytes on any day.
    stamp = datetime(2000, 1, 1)
    whole(
        path,
        lambda p: plain.to_stata(
            p, write_index=False, version=118, variable_labels=labels, time_stamp=stamp, data_label=schema.title[:80]
        ),
    )
    return checked


def read(path: Path | str, schema: Schema, report_id: str | None = None) -> pd.DataFrame:
    """Read a table that was written here, with its schema's types; of one report, if it has a column for it."""
    one = report_id is not None and "report_id" in schema.columns
    if str(path).endswith(".parquet"):
        # Each report has row groups of its own: the others are not read.
        only_one = [("report_id", "=", report_id)] if one else None
        return _typed(pq.read_table(path, filters=only_one).to_pandas(), schema)
    types = {f.name: _TYPES[f.type][0] for f in schema.fields}
    text_columns = [name for name, type_ in types.items() if type_ == "str"]
    raw = pd.read_csv(
        path, dtype=types, keep_default_na=False, na_values={c: [""] for c in types if c not in text_columns}
    )
    return _typed(only(raw, str(report_id)) if one else raw, schema)


def concat(tables: Sequence[pd.DataFrame], schema: Schema) -> pd.DataFrame:
    """Tables of one schema, one after the other; tables without rows are passed over."""
    filled = [table for table in tables if len(table)]
    return pd.concat(filled, ignore_index=True) if filled else frame([], schema)


def only(table: pd.DataFrame, report_id: str) -> pd.DataFrame:
    """The rows of one report."""
    return table[table["report_id"] == report_id].reset_index(drop=True)
