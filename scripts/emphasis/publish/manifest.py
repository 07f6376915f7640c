"""What goes with the results so that others can check and find them.

The manifest lists what went into a run and what came out of it, by hash; the data package describes the tables. `emphasis.publish.crate`
says what the manifest says in the terms of archives.
"""

from __future__ import annotations

import hashlib
import json
import platform
from codecs import BOM_UTF8
from collections.abc import Iterable, Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any

from emphasis import __version__
from emphasis.errors import EmphasisError
from emphasis.project import shown
from emphasis.publish.dictionary import table_name
from emphasis.store.atomic import write_text
from emphasis.store.tables import Field, Schema

_PACKAGES = (
    "snakemake", "jieba", "rjieba", "scikit-learn", "numpy", "scipy", "pandas", "pyarrow", "networkx", "wordcloud",
    "vl-convert-python", "pillow", "fonttools", "justmytype-intl-cjk", "python-docx", "pdfminer.six", "striprtf", "lxml", "selectolax", "charset-normalizer", "opencc",
)  # fmt: skip
"""Packages whose version can change a result."""

_LEFT_OUT = ("reports", "results")
"""Settings that name folders: results do not depend on them."""


MEDIA_TYPES = {
    ".csv": "text/csv",
    ".json": "application/json",
    ".md": "text/markdown",
    ".txt": "text/plain",
    ".html": "text/html",
    ".js": "text/javascript",
    ".tex": "application/x-tex",
    ".bib": "application/x-bibtex",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".pdf": "application/pdf",
    ".parquet": "application/vnd.apache.parquet",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".dta": "application/x-stata-dta",
}
"""Of results and reports, by the ending of the file."""


def manifest(
    *,
    results: Path,
    inputs: Iterable[Path],
    outlines: Iterable[Path],
    outputs: Iterable[Path],
    data: Iterable[Path],
    code: Iterable[Path],
    config: Mapping[str, Any],
    chosen: Mapping[str, Any],
) -> dict[str, Any]:
    """Everything that fixes the results of a run, and the hashes of the results.

    Parameters
    ----------
    results : Path
        Outputs are named relative to it.
    inputs, outlines : iterable of Path
        The reports, and the outlines beside them that people wrote; named without their folder.
    outputs : iterable of Path
        Files, or folders of files.
    data, code : iterable of Path
        Other files that results are made from, lexicons and the like; the program itself. Named as `emphasis.project.shown` does.
    config, chosen : mapping
        The settings, and those of them that were chosen by the number of reports; see `emphasis.run.scale`.

    Returns
    -------
    dict
        Equal for equal runs: without time, machine or folder.
    """
    files = sorted(f for path in outputs for f in (path.rglob("*") if path.is_dir() else [path]) if f.is_file())
    return {
        "project": {"name": "policy-emphasis", "version": __version__},
        "inputs": [file_entry(path, path.name) for path in sorted(inputs)],
        "outlines": [file_entry(path, path.name) for path in sorted(outlines)],
        "configuration": {key: value for key, value in sorted(config.items()) if key not in _LEFT_OUT},
        "chosen_by_number_of_reports": dict(chosen),
        "software": {"python": platform.python_version()} | {name: version(name) for name in _PACKAGES},
        "data": [file_entry(path, shown(path)) for path in sorted(set(data))],
        "code": [file_entry(path, shown(path)) for path in sorted(code)],
        "outputs": [file_entry(path, path.relative_to(results).as_posix()) for path in files],
    }


def check_inputs(entries: Iterable[Mapping[str, Any]], reports: Iterable[Mapping[str, str]]) -> None:
    """Refuse reports whose files are no longer those that were read.

    Parameters
    ----------
    entries : iterable of mappings
        The manifest's `inputs`.
    reports : iterable of mappings
        Rows of reports.csv, with the hashes of files as they were read. Tables of reports, which are hashed row by row there, are
        left to the steps that read them.

    Raises
    ------
    EmphasisError
        Names the files and says what to run.
    """
    read: dict[str, set[str]] = {}
    for row in reports:
        read.setdefault(row["file"], set()).add(row["sha256"])
    other = [entry["path"] for entry in entries if entry["path"] in read and entry["sha256"] not in read[entry["path"]]]
    if other:
        raise EmphasisError(
            f"{', '.join(other[:5])}: the tables were made from other contents than the file has now; run "
            "`snakemake --forcerun ingest`, which reads it again, and leave the file alone meanwhile"
        )


def file_entry(path: Path, name: str) -> dict[str, Any]:
    """A file by name, size and hash."""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return {"path": name, "bytes": path.stat().st_size, "sha256": digest}


def write_json(document: Mapping[str, Any], path: Path) -> None:
    """Write a document as JSON."""
    write_text(path, json.dumps(document, ensure_ascii=False, indent=2) + "\n")


def datapackage(results: Path, files: Iterable[Path], schemas: Mapping[str, Schema]) -> dict[str, Any]:
    """A data package (Frictionless Data Package, version 1) of result tables.

    CSV files are tabular resources; Parquet files, which the specification does not allow there, are data resources with a
    schema. Two properties are not from Frictionless: ``order``, the columns that rows are sorted by, and ``decimals``, the digits
    that a number is rounded to.

    Parameters
    ----------
    results : Path
        Paths are relative to it.
    files : iterable of Path
        CSV and Parquet files named like their schemas.
    schemas : mapping of str to Schema
    """
    named = sorted((file.relative_to(results).as_posix(), file) for file in files)
    return {
        "profile": "data-package",
        "name": "policy-emphasis",
        "title": "What government work reports put their weight on",
        "version": __version__,
        "resources": [_resource(path, file, schemas[table_name(path)]) for path, file in named],
    }


def _resource(path: str, file: Path, schema: Schema) -> dict[str, Any]:
    kind = file.suffix[1:]
    table_schema = {
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
        "mediatype": MEDIA_TYPES[file.suffix],
    }
    if kind == "csv":
        found = file_entry(file, path)
        with file.open("rb") as head:
            encoding = "utf-8-sig" if head.read(len(BOM_UTF8)) == BOM_UTF8 else "utf-8"
        checked = {"encoding": encoding, "bytes": found["bytes"], "hash": f"sha256:{found['sha256']}"}
        return {"profile": "tabular-data-resource"} | resource | checked | {"schema": table_schema}
    # Validators do not count the bytes of Parquet files and reject a size or hash here; manifest.json has both.
    return {"profile": "data-resource"} | resource | {"schema": table_schema}


def _field(field: Field) -> dict[str, Any]:
    properties: dict[str, Any] = {"name": field.name, "type": field.type, "description": field.description}
    if field.type == "number":
        properties["decimals"] = field.decimals
    if field.constraints:
        properties["constraints"] = dict(field.constraints)
    return properties
