"""The tables of a run as a Frictionless data package: what each file is, with its schema and its hash."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from emphasis import __version__
from emphasis.publish.manifest import entry
from emphasis.tables import Field, Schema

_MEDIA = {"csv": "text/csv", "parquet": "application/vnd.apache.parquet"}


def datapackage(results: Path, files: Iterable[Path], schemas: Mapping[str, Schema]) -> dict[str, Any]:
    """A data package (Frictionless Data Package, version 1) of result tables.

    CSV files are tabular resources; Parquet files, which the specification does not count among these, are data resources that
    have a schema all the same. What Frictionless has no words for keeps its own: ``order``, the columns that rows are sorted
    by, and ``decimals``, the digits that a number is rounded to.

    Parameters
    ----------
    results : Path
        Paths are relative to it.
    files : iterable of Path
        CSV and Parquet files named like their schemas.
    schemas : mapping of str to Schema
    """
    named = sorted(((file.relative_to(results).as_posix(), file) for file in files), key=lambda pair: pair[0])
    return {
        "profile": "data-package",
        "name": "policy-emphasis",
        "title": "What government work reports put their weight on",
        "version": __version__,
        "resources": [_resource(path, file, schemas[file.stem]) for path, file in named],
    }


def _resource(path: str, file: Path, schema: Schema) -> dict[str, Any]:
    kind = file.suffix[1:]
    described = {
        "fields": [_field(field) for field in schema.fields],
        "primaryKey": list(schema.key),
        "missingValues": [""],
        "order": list(schema.order),
    }
    resource = {
        "name": schema.name,
        "path": path,
        "title": schema.title,
        "description": schema.description.strip(),
        "format": kind,
        "mediatype": _MEDIA[kind],
    }
    if kind == "csv":
        found = entry(file, path)
        checked = {"encoding": "utf-8", "bytes": found["bytes"], "hash": f"sha256:{found['sha256']}"}
        return {"profile": "tabular-data-resource"} | resource | checked | {"schema": described}
    # Validators read Parquet without counting its bytes and refuse a size or hash; manifest.json has both.
    return {"profile": "data-resource"} | resource | {"schema": described}


def _field(field: Field) -> dict[str, Any]:
    described: dict[str, Any] = {"name": field.name, "type": field.type, "description": field.description}
    if field.type == "number":
        described["decimals"] = field.decimals
    if field.constraints:
        described["constraints"] = dict(field.constraints)
    return described
