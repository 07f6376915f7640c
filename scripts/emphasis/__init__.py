"""What Chinese government work reports put their weight on.

Pure functions and small dataclasses, importable in a notebook; nothing here knows Snakemake. The floors, each importing
only from those below it: ``notebook`` / ``publish``, ``figures`` / ``reference`` / ``topics``, ``targets``, ``areas`` /
``measures`` / ``segment`` / ``ingest`` / ``run`` / ``store`` / ``text``, ``sections``, ``font``, ``project``, ``errors``.
"""

from importlib import import_module
from typing import Any

__version__ = "0.1.0"

__all__ = ["EmphasisError", "MeasuredReport", "MeasuredReports", "Settings", "read_report", "read_reports"]


# An import statement would load pandas in every step, and make every step depend on every module (run/fingerprint.py reads
# import statements). The types are in __init__.pyi.
def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module("emphasis.notebook"), name)


def __dir__() -> list[str]:
    return [*globals(), *__all__]
