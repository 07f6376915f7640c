"""Ask roc-validator whether results are a Workflow Run Crate, with nothing from the network.

roc-validator cannot be in the project's lock: it needs a rich older than the one that Snakemake's logger needs. So this runs in an
environment of its own::

    python3 -m venv .crate && .crate/bin/pip install roc-validator
    .crate/bin/python tests/tools/validate_crate.py results
"""

from __future__ import annotations

import json
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

CONTEXT = Path(__file__).parents[1] / "publish/ro-crate-1.1.jsonld"
PROFILE = "workflow-run-crate"


@dataclass(frozen=True)
class Answer:
    """What the server of the context would answer."""

    text: str
    status_code: int = 200
    headers: dict[str, str] = field(default_factory=lambda: {"Content-Type": "application/ld+json"})

    def json(self) -> Any:
        return json.loads(self.text)


def main(folder: str, severity: str = "REQUIRED") -> int:
    from rocrate_validator import services  # noqa: PLC0415
    from rocrate_validator.utils.http import HttpRequester  # noqa: PLC0415

    contexts = {"https://w3id.org/ro/crate/1.1/context": Answer(CONTEXT.read_text(encoding="utf-8"))}
    HttpRequester.get = lambda self, url, **options: contexts[url]
    with tempfile.TemporaryDirectory() as cache:
        settings = {
            "rocrate_uri": folder,
            "profile_identifier": PROFILE,
            "requirement_severity": severity,
            "offline": True,
            "cache_path": Path(cache) / "http",
        }
        found = services.validate(services.ValidationSettings(**settings))
    for issue in found.get_issues():
        print(issue.severity.name, issue.check.identifier, issue.violatingEntity, issue.message)
    print(f"{folder}: {'is' if found.passed() else 'is not'} a {PROFILE}, by what is {severity.lower()}")
    return not found.passed()


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
