"""A run as a research object: a Workflow Run Crate, which archives and workflow registries read.

The profiles are RO-Crate 1.1, Workflow RO-Crate 1.0, Process Run Crate 0.5 and Workflow Run Crate 0.5. What they require
is there; of what they recommend, these are left out on purpose:

- ``endTime`` of the action: equal inputs, configuration and versions give equal bytes on any day. Snakemake's log has the time.
- ``agent`` of the action: nothing that a run reads says who started it. Name yourself there before you publish the crate.
- a ``license`` of the results: whoever publishes them chooses one.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import quote

from rocrate.model.contextentity import ContextEntity
from rocrate.model.entity import Entity
from rocrate.rocrate import ROCrate

from emphasis.publish.manifest import MEDIA_TYPES

WORKFLOW = "workflow/Snakefile"
"""Where the crate has the workflow's entry: a data entity has to be a file of the crate."""
_VERSION = "1.1"
_PROFILES = {
    "https://w3id.org/ro/wfrun/process/0.5": ("Process Run Crate", "0.5"),
    "https://w3id.org/ro/wfrun/workflow/0.5": ("Workflow Run Crate", "0.5"),
    "https://w3id.org/workflowhub/workflow-ro-crate/1.0": ("Workflow RO-Crate", "1.0"),
}
_TERMS = {"sha256": "https://w3id.org/ro/terms/workflow-run#sha256"}
"""The term of the profiles' vocabulary that is used and that the context of RO-Crate 1.1 does not have."""
_DONE = "http://schema.org/CompletedActionStatus"
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_UNKNOWN_DAY = "2000-01-01"


def newest_day(reports: Iterable[Mapping[str, str]]) -> str:
    """The latest date in the reports' metadata; 2000-01-01 if there is none.

    RO-Crate requires a date of publication. The day of the run would make equal runs differ, so it is the day by which all
    reports had appeared.
    """
    days = [found[0] for row in reports for value in (row["date"], row["published"]) if (found := _DAY.match(value))]
    return max(days, default=_UNKNOWN_DAY)


def crate(manifest: Mapping[str, Any], own: Mapping[str, Any], workflow: Mapping[str, Any], day: str) -> dict[str, Any]:
    """The metadata of the crate whose root is the folder of results.

    The run is an action whose instrument is the workflow, whose objects are the reports, the data and the configuration, and
    whose results are all files. The reports, the data and the program lie outside that folder: they are described, with their
    hashes, but are not part of the crate. The action is complete: the manifest is made when everything else is.

    Parameters
    ----------
    manifest : mapping
        As made by `emphasis.publish.manifest.manifest`.
    own : mapping
        Entry of manifest.json itself, which cannot contain its own hash.
    workflow : mapping
        Entry of the copy of the Snakefile.
    day : str
        See `newest_day`.

    Returns
    -------
    dict
        The JSON-LD document; equal for equal runs.
    """
    project = manifest["project"]
    made = ROCrate(version=_VERSION)
    made.metadata.extra_terms.update(_TERMS)
    main = _add_workflow(made, manifest, workflow)
    # Snakemake puts a hidden file of its own into folders that a step makes.
    outputs = [*(e for e in manifest["outputs"] if not PurePosixPath(e["path"]).name.startswith(".")), own]
    results = [
        made.add_file(dest_path=entry["path"], properties={"name": entry["path"]} | _file_properties(entry))
        for entry in sorted(outputs, key=lambda entry: str(entry["path"]))
    ]
    reports = _add_outside(made, manifest["inputs"], "report", "Report")
    outlines = _add_outside(made, manifest["outlines"], "outline", "Outline of a report by hand")
    data = _add_outside(made, manifest["data"], "data", "Lexicon, stop list, dictionary or list of indicators")
    settings = json.dumps(manifest["configuration"], ensure_ascii=False, sort_keys=True)
    configuration = _add(made, "#configuration", "CreativeWork", name="configuration", text=settings)
    run = _add(
        made,
        # An id of its own for each run that differs, and the same for equal ones.
        f"#run-{own['sha256'][:16]}",
        "CreateAction",
        name=f"Run of {project['name']} {project['version']}",
        description="`snakemake`, with the settings of #configuration. No time is given: equal inputs, configuration and "
        "versions give equal bytes on any day.",
        instrument=main,
        object=[*reports, *outlines, *data, configuration],
        result=results,
        actionStatus=_DONE,
    )
    profiles = [
        _add(made, profile, "CreativeWork", name=name, version=version)
        for profile, (name, version) in _PROFILES.items()
    ]
    n = len(manifest["inputs"])
    root = {
        "name": "What government work reports put their weight on",
        "description": f"Results of {project['name']} {project['version']} for {n} report{'s' * (n != 1)}. "
        "datePublished is the newest day that the reports bear, not the day of the run.",
        "datePublished": day,
        "license": "No license is stated for these results: choose one before publishing them.",
        "conformsTo": profiles,
        "mentions": run,
    }
    _set(made.root_dataset, root)
    document: dict[str, Any] = made.metadata.generate()
    return document


def _add_workflow(made: ROCrate, manifest: Mapping[str, Any], workflow: Mapping[str, Any]) -> Entity:
    """The program that ran: its entry, who wrote it, and the libraries that it used."""
    project, software = manifest["project"], manifest["software"]
    main = made.add_workflow(
        dest_path=workflow["path"], main=True, lang="snakemake", lang_version=software["snakemake"]
    )
    packages = [
        _add(made, f"#software-{name}", "SoftwareApplication", name=name, softwareVersion=version)
        for name, version in software.items()
    ]
    authors = _add(made, "#authors", "Organization", name=f"The {project['name']} authors")
    properties = _file_properties(workflow) | {
        "encodingFormat": "text/plain",
        "name": project["name"],
        "version": project["version"],
        "license": "https://spdx.org/licenses/MIT",
        "description": "The entry of the workflow. The hashes of all its files stand in manifest.json under `code`.",
        "author": authors,
        "softwareRequirements": packages,
    }
    _set(main, properties)
    return main


def _add(made: ROCrate, identifier: str, kind: str, **properties: Any) -> Entity:
    return made.add(ContextEntity(made, identifier, properties={"@type": kind} | properties))


def _set(entity: Entity, properties: Mapping[str, Any]) -> None:
    for name, value in properties.items():
        entity[name] = value


def _file_properties(entry: Mapping[str, Any]) -> dict[str, Any]:
    kind = MEDIA_TYPES.get(PurePosixPath(entry["path"]).suffix.lower())
    properties = {"contentSize": str(entry["bytes"]), "sha256": entry["sha256"]}
    return properties | ({"encodingFormat": kind} if kind else {})


def _add_outside(made: ROCrate, entries: Iterable[Mapping[str, Any]], kind: str, description: str) -> list[Entity]:
    """Files that the crate describes and does not have; of several with one name each has its hash in its id."""
    found: dict[str, Entity] = {}
    files = [(PurePosixPath(entry["path"]).name, entry) for entry in entries]
    times = Counter(name for name, _ in files)
    for name, entry in files:
        identifier = f"#{kind}-{quote(name, safe='')}" + (f"-{entry['sha256'][:16]}" if times[name] > 1 else "")
        properties = _file_properties(entry)
        found[identifier] = _add(made, identifier, "CreativeWork", name=name, description=description, **properties)
    return list(found.values())
