"""Tables that measure the sections of a report, on the page: shown for what their schemas say, without being listed anywhere."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from emphasis.publish.names import ChineseNames
from emphasis.publish.site.data import table_columns
from emphasis.store.tables import Field, Schema, only

_BY_SECTION = ("report_id", "section_id")
_BY_UNIT = ("report_id", "unit", "name")
"""Keys of tables with a row for each section, and of those with rows for reports and parts as well."""
_OUTLINES = ("outline", "sections")


def describe_measures(schemas: Mapping[str, Schema], chinese: ChineseNames) -> dict[str, dict[str, Any]]:
    """The title of each such table, and the names of its columns in both languages.

    The page shows a column's description with its name; `decimals` is there for numbers only.
    """
    return {
        name: {
            "title": {"en": schema.title, "zh": chinese.tables.get(name, schema.title)},
            "columns": [_describe(field, chinese) for field in schema.fields if field.name not in schema.key],
        }
        for name, schema in _measures(schemas).items()
    }


def section_measures(
    report_id: str, tables: Mapping[str, pd.DataFrame], schemas: Mapping[str, Schema]
) -> dict[str, dict[str, list[Any]]]:
    """The rows of the sections of a report in each such table, by columns.

    Parameters
    ----------
    report_id : str
    tables, schemas : mapping
        Those of the page, by name.
    """
    found = {}
    for name, schema in _measures(schemas).items():
        own = only(tables[name], report_id)
        if schema.key == _BY_UNIT:
            own = own[own["unit"] == "section"].rename(columns={"name": "section_id"})
        values = [field.name for field in schema.fields if field.name not in schema.key]
        found[name] = table_columns(own, schema, "section_id", *values)
    return found


def _measures(schemas: Mapping[str, Schema]) -> dict[str, Schema]:
    return {
        name: schema
        for name, schema in schemas.items()
        if schema.key in (_BY_SECTION, _BY_UNIT) and name not in _OUTLINES
    }


def _describe(field: Field, chinese: ChineseNames) -> dict[str, Any]:
    names = {"name": field.name, "en": field.name.replace("_", " "), "zh": chinese.columns.get(field.name, field.name)}
    decimals = {"integer": {"decimals": 0}, "number": {"decimals": field.decimals}}.get(field.type, {})
    return names | {"description": field.description} | decimals
