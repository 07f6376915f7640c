"""Data in the page: small, the same bytes everywhere, and never anything but data."""

from __future__ import annotations

import base64
import hashlib
import json
from typing import Any

import pandas as pd
import pyarrow as pa

from emphasis.tables import Schema

_UNSAFE = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}

_SYSTEM = 9
"""Place of the byte in which gzip names the operating system."""


def safe_json(value: Any) -> str:
    """JSON that may stand inside a script element: it holds no character that could end it or begin a tag."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    for character, escaped in _UNSAFE.items():
        text = text.replace(character, escaped)
    return text


def packed(value: Any) -> str:
    """JSON, compressed with gzip, as base64; browsers take it apart themselves.

    The compressor is the one inside pyarrow, of which the lock fixes the version: that of Python differs from machine to
    machine. No time stands in the result, and no operating system.
    """
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return packed_text(text)


def packed_text(text: str) -> str:
    """Text, compressed and encoded in the same way."""
    data = bytearray(pa.Codec("gzip", compression_level=9).compress(text.encode("utf-8"), asbytes=True))
    data[4:8] = bytes(4)
    data[_SYSTEM] = 255
    return base64.b64encode(data).decode("ascii")


def hash_source(text: str) -> str:
    """The name under which a content security policy lets an inline script or style pass."""
    return "'sha256-" + base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii") + "'"


def columns(table: pd.DataFrame, schema: Schema, *names: str) -> dict[str, list[Any]]:
    """A table by columns, numbers rounded as they are printed; a missing value is null.

    Parameters
    ----------
    table : DataFrame
    schema : Schema
        Of the table.
    names : str
        The columns wanted; all that the table has without them. Those it lacks are passed over.
    """
    fields = {field.name: field for field in schema.fields}
    wanted = [name for name in names or table.columns if name in table.columns]
    out: dict[str, list[Any]] = {}
    for name in wanted:
        column = table[name]
        field = fields.get(name)
        if field is not None and field.type == "number":
            column = column.round(field.decimals) + 0.0
        if field is not None and field.type in ("integer", "number"):
            missing = column.isna()
            values = column.fillna(0).tolist()
            out[name] = [
                None if gone else (int(value) if value == int(value) else value)
                for value, gone in zip(values, missing, strict=True)
            ]
        else:
            out[name] = column.tolist()
    return out
