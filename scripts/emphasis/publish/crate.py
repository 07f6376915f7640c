"""A run as an RO-Crate: its inputs, the workflow and the results, linked in JSON-LD."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import quote

NAME = "ro-crate-metadata.json"

_CONTEXT = [
    "https://w3id.org/ro/crate/1.1/context",
    {"sha256": "https://w3id.org/ro/terms/workflow-run#sha256"},
]
_FORMATS = {
    ".csv": "text/csv",
    ".json": "application/json",
    ".md": "text/markdown",
    ".txt": "text/plain",
    ".html": "text/html",
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
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_UNKNOWN_DAY = "2000-01-01"


def newest_day(reports: Iterable[Mapping[str, str]]) -> str:
    """The newest day that the reports bear; 2000-01-01 when they bear none.

    RO-Crate wants a date of publication. The day of the run would make equal runs differ, so it is the day from which on all
    of the reports were there.
    """
    days = [found[0] for row in reports for value in (row["date"], row["published"]) if (found := _DAY.match(value))]
    return max(days, default=_UNKNOWN_DAY)


def crate(manifest: Mapping[str, Any], own: Mapping[str, Any], day: str) -> dict[str, Any]:
    """The metadata of the crate (RO-Crate 1.1) whose root is the folder of results.

    The reports and the program lie outside that folder, so that they are described, with their hashes, but are no part of it.

    Parameters
    ----------
    manifest : mapping
        As made by `emphasis.publish.manifest.manifest`.
    own : mapping
        Entry of manifest.json itself, which cannot name its own hash.
    day : str
        See `newest_day`.
    """
    project, software = manifest["project"], manifest["software"]
    # Snakemake marks folders that a step makes with a file of its own.
    outputs = [*(e for e in manifest["outputs"] if not PurePosixPath(e["path"]).name.startswith(".")), own]
    files = [_file(entry) for entry in sorted(outputs, key=lambda entry: str(entry["path"]))]
    inputs = [_outside(entry, "report", "Report") for entry in manifest["inputs"]]
    data = [
        _outside(entry, "data", "Lexicon, stop list, dictionary or list of indicators") for entry in manifest["data"]
    ]
    settings = {
        "@id": "#configuration",
        "@type": "CreativeWork",
        "name": "configuration",
        "text": json.dumps(manifest["configuration"], ensure_ascii=False, sort_keys=True),
    }
    packages = [
        {"@id": f"#software-{name}", "@type": "SoftwareApplication", "name": name, "softwareVersion": version}
        for name, version in software.items()
    ]
    language = {
        "@id": "#snakemake-language",
        "@type": "ComputerLanguage",
        "name": "Snakemake",
        "version": software["snakemake"],
        "url": "https://snakemake.github.io",
    }
    workflow = {
        "@id": "#workflow",
        "@type": ["SoftwareSourceCode", "ComputationalWorkflow"],
        "name": project["name"],
        "version": project["version"],
        "license": "https://opensource.org/licenses/MIT",
        "description": "The hashes of its files stand in manifest.json under `code`.",
        "programmingLanguage": _link(language),
        "softwareRequirements": [_link(package) for package in packages],
    }
    run = {
        "@id": "#run",
        "@type": "CreateAction",
        "name": "The run that made these results",
        "description": "No time is given: equal inputs, configuration and versions give equal bytes on any day.",
        "instrument": _link(workflow),
        "object": [_link(entity) for entity in [*inputs, *data, settings]],
        "result": [_link(entity) for entity in files],
    }
    root = {
        "@id": "./",
        "@type": "Dataset",
        "name": "What government work reports put their weight on",
        "description": f"Results of {project['name']} {project['version']} for {len(inputs)} report{'s' * (len(inputs) != 1)}. "
        "datePublished is the newest day that the reports bear, not the day of the run.",
        "datePublished": day,
        "license": "No license is stated for these results: choose one before publishing them.",
        "hasPart": [_link(entity) for entity in files],
        "mentions": [_link(run), _link(workflow)],
    }
    descriptor = {
        "@id": NAME,
        "@type": "CreativeWork",
        "conformsTo": {"@id": "https://w3id.org/ro/crate/1.1"},
        "about": {"@id": "./"},
    }
    graph = [descriptor, root, run, workflow, language, *packages, settings, *inputs, *data, *files]
    return {"@context": _CONTEXT, "@graph": graph}


def _link(entity: Mapping[str, Any]) -> dict[str, str]:
    return {"@id": entity["@id"]}


def _described(entry: Mapping[str, Any]) -> dict[str, Any]:
    kind = _FORMATS.get(PurePosixPath(entry["path"]).suffix.lower())
    described = {"contentSize": str(entry["bytes"]), "sha256": entry["sha256"]}
    return described | ({"encodingFormat": kind} if kind else {})


def _file(entry: Mapping[str, Any]) -> dict[str, Any]:
    path = entry["path"]
    return {"@id": quote(path), "@type": "File", "name": path} | _described(entry)


def _outside(entry: Mapping[str, Any], kind: str, description: str) -> dict[str, Any]:
    name = PurePosixPath(entry["path"]).name
    identity = {"@id": f"#{kind}-{quote(name, safe='')}", "@type": "CreativeWork", "name": name}
    return identity | {"description": description} | _described(entry)
