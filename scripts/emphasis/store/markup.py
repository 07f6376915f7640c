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
        If the text is not YAML, or has a value that looks like a day or number and is none: 2025-13-45.
    """
    try:
        return yaml.load(text, Loader=_LOADER)
    except (ValueError, RecursionError) as error:
        raise yaml.YAMLError(f"a value is not what it looks like ({error}); put it in quotation marks") from error
