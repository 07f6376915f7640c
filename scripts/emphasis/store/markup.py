"""YAML as plain data."""

from __future__ import annotations

from typing import Any

import yaml

# The parser in C, which every wheel has, takes a tenth of the time of the one in Python.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def from_yaml(text: str) -> Any:
    """The data of a document in YAML.

    Raises
    ------
    yaml.YAMLError
        If the text is not YAML.
    """
    return yaml.load(text, Loader=_LOADER)
