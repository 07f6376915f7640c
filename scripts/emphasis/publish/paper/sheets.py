"""What a workbook says in one language: names of sheets, heads and formats of columns, words for values."""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from emphasis.areas.scheme import Scheme
from emphasis.measures.dictionaries import Theme
from emphasis.publish.paper.kit_words import translate
from emphasis.publish.paper.peer_tables import PERCENT, TargetName, name_measure
from emphasis.publish.paper.table import Bilingual, Language, cell_text
from emphasis.store.results import Row

FIRST = ("distinctive", "missing", "standing", "areas", "peers", "themes", "target_pairs", "reports", "sections")
"""Tables that come first: what a report stresses and passes over, where it stands, and what that rests on."""
FORMATS = {"percent": "0.00%", "by kind": "0.00"}
"""Formats of Excel by the names that names.en.tsv has for them; others stand there as they are."""
_BY_TYPE = {"number": "0.00", "integer": "0"}
_ALWAYS_TRANSLATED = ("reason", "target", "reference", "verdict", "status", "name", "model", "definition")
_LIKE = {"other": "definition", "outturn_comparator": "comparator", "peer_region_level": "region_level"}
"""Columns whose values mean what those of another column do."""
_SHARES = ("words", "characters", "sentences")
"""Definitions of attention that are shares."""
_TABLE_ENDINGS = {"en": "_zh", "zh": "_en"}
"""Columns with these endings are in the other language."""

Field = Mapping[str, Any]


@dataclass(frozen=True)
class Names:
    """Names of tables and columns in one language, and formats of columns; those of one table's column as ``table.column``."""

    tables: Mapping[str, str]
    columns: Mapping[str, str]
    formats: Mapping[str, str]


def read_names(files: Sequence[Path], language: Language) -> Names:
    """Names from names.en.tsv and names.zh.tsv, in this order; the formats are those of the first."""
    rows = [_read(file) for file in files]
    chosen = rows[("en", "zh").index(language)]
    formats = {row["name"]: row["format"] for row in rows[0] if row["format"]}
    tables, columns = (
        {row["name"]: row[language] for row in chosen if row["kind"] == kind} for kind in ("table", "column")
    )
    return Names(tables, columns, formats)


def _read(file: Path) -> list[Row]:
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t"))


@dataclass(frozen=True)
class BookWords:
    """The words of a workbook.

    Attributes
    ----------
    language : Language
    names : Names
    themes : mapping of str to Bilingual
        Labels by name.
    areas : mapping of str to Bilingual
        Names of policy areas by code.
    targets : mapping of str to TargetName
        Of the panel's variables.
    """

    language: Language
    names: Names
    themes: Mapping[str, Bilingual]
    areas: Mapping[str, Bilingual]
    targets: Mapping[str, TargetName]

    @classmethod
    def of(
        cls,
        language: Language,
        names: Names,
        themes: Sequence[Theme] = (),
        scheme: Scheme | None = None,
        targets: Mapping[str, TargetName] | None = None,
    ) -> BookWords:
        """The words of a run's workbook, from its themes, scheme of areas and targets."""
        labels = {theme.name: Bilingual(theme.label_en, theme.label) for theme in themes}
        areas = (
            {area: Bilingual(scheme.names_en[area], scheme.names_zh[area]) for area in scheme.listed} if scheme else {}
        )
        return cls(language, names, labels, areas, targets or {})

    def sheet(self, table: str, title: str) -> str:
        """The name of a table's sheet; for one without a name its title."""
        return self.names.tables.get(table, title)

    def fields(self, fields: Sequence[Field]) -> list[Field]:
        """The columns of a table that are not names in the other language."""
        return [field for field in fields if not field["name"].endswith(_TABLE_ENDINGS[self.language])]

    def head(self, table: str, column: str) -> str:
        """The head of a column; for one without a name, as those of the panel, the column's own."""
        names = self.names.columns
        return names.get(f"{table}.{column}") or names.get(column) or column

    def number_format(self, table: str, field: Field) -> str:
        """How a column's numbers are shown, as a format of Excel; empty for text."""
        if field["type"] not in _BY_TYPE:
            return ""
        formats = self.names.formats
        said = formats.get(f"{table}.{field['name']}") or formats.get(field["name"]) or _BY_TYPE[field["type"]]
        return FORMATS.get(said, said)

    def by_kind(self, table: str, field: Field) -> bool:
        """Whether how a number is shown depends on what its row measures."""
        return self.names.formats.get(f"{table}.{field['name']}") == "by kind"

    def is_share(self, row: Row) -> bool:
        """Whether the figures of a row of standing.csv or themes.csv are shares."""
        if "definition" in row:
            return row["definition"] in _SHARES
        return name_measure(row, self.themes, self.targets, self.areas)[1] == PERCENT

    def value(self, field: Field) -> Callable[[Row], str] | None:
        """How the values of a column are said; None for those that are printed as they are."""
        name: str = field["name"]
        like = _LIKE.get(name, name)
        if name == "theme":
            return lambda row: self._say(self.themes.get(row[name], row[name]))
        if name == "measure":
            return self._measure
        if name == "peers":
            return lambda row: " ".join(
                "/".join(self._say(translate(level)) for level in part.split("/")) for part in row[name].split(" ")
            )
        if field["type"] == "boolean" or "enum" in field.get("constraints", {}) or name in _ALWAYS_TRANSLATED:
            return lambda row: self._say(translate(row[name], like))
        return None

    def _measure(self, row: Row) -> str:
        if "kind" in row:
            return self._say(name_measure(row, self.themes, self.targets, self.areas)[0])
        return self._say(translate(row["measure"]))

    def _say(self, cell: str | Bilingual) -> str:
        return cell_text(cell, self.language)
