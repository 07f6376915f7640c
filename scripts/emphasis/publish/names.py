"""Chinese names of tables and columns, for the page."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class ChineseNames:
    """Chinese names of columns and of tables; a column that means something else in one table is there as ``table.column``."""

    columns: Mapping[str, str]
    tables: Mapping[str, str]


def load_names(file: Path) -> ChineseNames:
    """Chinese names from names.zh.tsv."""
    with file.open(encoding="utf-8", newline="") as lines:
        every = [(row["kind"], row["name"], row["zh"]) for row in csv.DictReader(lines, delimiter="\t")]
    return ChineseNames(*({name: zh for kind, name, zh in every if kind == wanted} for wanted in ("column", "table")))
