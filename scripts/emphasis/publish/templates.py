"""Text from templates: an unknown name is a fault, and what comes out ends in one line break."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from jinja2 import Environment, StrictUndefined


def render(template: Path, **values: Any) -> str:
    """A template filled in."""
    environment = Environment(
        undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, autoescape=False, keep_trailing_newline=True
    )
    # LaTeX is full of braces: the signs of its templates are others.
    if template.name.endswith(".tex.j2"):
        environment = environment.overlay(
            block_start_string="<%", block_end_string="%>", variable_start_string="<<", variable_end_string=">>"
        )
    return environment.from_string(template.read_text(encoding="utf-8")).render(values).rstrip() + "\n"
