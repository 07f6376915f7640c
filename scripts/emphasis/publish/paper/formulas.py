"""The formulas of the methods text: mathematics for each measure, held to the docstring that defines it."""

from __future__ import annotations

import inspect
import re
from pathlib import Path

from emphasis.errors import EmphasisError
from emphasis.publish.dictionary import DEFINITIONS, read_docstring
from emphasis.store.markup import from_yaml

_FILE = Path(__file__).with_name("formulas.yaml")
_SECTION = re.compile(r"^(Parameters|Returns|References|Examples|Raises|Attributes|Notes)\n-+$", re.MULTILINE)
_EQUATION = re.compile(r"``([^`]* = [^`]*)``")

_QUOTED = {
    "frequency_parts": "Keyword frequency by part",
    "intervals": "Intervals",
    "dispersion": "Dispersion",
    "tfidf": "TF-IDF",
    "keyness": "Keyness: effect sizes",
    "prediction": "Peers: what is to be expected of one more report",
    "distinctive": "Peers: what a report stresses",
    "standing": "Peers: where a report stands",
    "area_shares": "Policy areas: shares",
    "area_diversity": "Policy areas: diversity",
}
"""Measures whose formulas the text has, and the headings of their definitions in the data dictionary."""


def formulas(library: Path) -> dict[str, str]:
    """The formulas of the measures, for docstrings of the package in the folder `library`.

    Raises
    ------
    EmphasisError
        If a docstring has another formula than the one that the mathematics was written from.
    """
    written = from_yaml(_FILE.read_text(encoding="utf-8"))
    for name, heading in _QUOTED.items():
        file, function = DEFINITIONS[heading]
        if docstring_formula(read_docstring(library / file, function)) != written[name]["from"]:
            raise EmphasisError(
                f"{_FILE.name}: {name}: {file}, {function} has another formula now; write it here anew, as text and as math"
            )
    return {name: written[name]["math"] for name in _QUOTED}


def docstring_formula(docstring: str) -> str:
    """The literal blocks of a docstring or, without any, equations between double backticks."""
    text = _SECTION.split(docstring)[0]
    blocks = re.findall(r"::\n\n((?: +[^\n]*\n?|\n(?= ))+)", text)
    if blocks:
        return "\n".join(inspect.cleandoc("\n" + block) for block in blocks)
    return "\n".join(match.replace("\n", " ") for match in _EQUATION.findall(text))
