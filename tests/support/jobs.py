"""Jobs as steps see them, made without Snakemake."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any


class Named(dict[str, Any]):
    """What a rule names, as Snakemake has it."""

    def __getitem__(self, key: str | int) -> Any:
        return list(self.values())[key] if isinstance(key, int) else super().__getitem__(key)

    def __getattr__(self, name: str) -> Any:
        return self[name]


def job(given: Named, made: Named, **params: Any) -> SimpleNamespace:
    """A job with these inputs, outputs and settings."""
    return SimpleNamespace(input=given, output=made, params=Named(params), wildcards={}, threads=1)
