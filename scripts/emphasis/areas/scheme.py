"""The areas that sentences are coded in: major topics of the Comparative Agendas Project, 15 in four parts, and 0 for none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from emphasis.errors import EmphasisError
from emphasis.store.written import written_rows

NONE = "0"
"""The code of sentences without an area: salutations, professions, assessments of a whole year."""

_COLUMNS = ("area", "major", "part", "name_en", "name_zh")


@dataclass(frozen=True)
class Scheme:
    """The codes in their order, which also decides between areas of equal probability.

    Attributes
    ----------
    areas : tuple of str
        Codes of sentences: 1, 2, ..., 15a, ..., 23, 0.
    major : mapping
        The major topic of each code: 15 for 15a.
    names_en, names_zh : mapping
        Names of the codes and of the major topics that have parts.
    """

    areas: tuple[str, ...]
    major: Mapping[str, str]
    names_en: Mapping[str, str]
    names_zh: Mapping[str, str]

    @property
    def sums(self) -> dict[str, tuple[str, ...]]:
        """The major topics that are a sum of parts, and these."""
        parts: dict[str, tuple[str, ...]] = {}
        for area in self.areas:
            if self.major[area] != area:
                parts[self.major[area]] = (*parts.get(self.major[area], ()), area)
        return parts

    @property
    def listed(self) -> tuple[str, ...]:
        """What tables list: the codes, and before the first part of a major topic the topic itself."""
        listed: list[str] = []
        for area in self.areas:
            if self.major[area] not in (area, *listed):
                listed.append(self.major[area])
            listed.append(area)
        return tuple(listed)

    def place(self, area: str, where: str) -> int:
        """The place of a code, or a refusal that says where the wrong one stands."""
        if area not in self.areas:
            known = ", ".join(self.areas)
            raise EmphasisError(
                f"{where}: {area!r} is no policy area; write one of {known} (names in config/areas/areas.tsv)"
            )
        return self.areas.index(area)


def read_scheme(path: Path | str) -> Scheme:
    """Read ``config/areas/areas.tsv``: area, major, part, name_en, name_zh; a sum of parts has no row of its own but a part ``sum``.

    Raises
    ------
    EmphasisError
        If the file is missing, a column is missing, or a code is there twice.
    """
    rows = [row for _, row in written_rows(Path(path), _COLUMNS)]
    codes = [row["area"] for row in rows]
    if twice := sorted({code for code in codes if codes.count(code) > 1}):
        raise EmphasisError(f"{path}: the area {twice[0]} is there twice; leave one")
    areas = tuple(row["area"] for row in rows if row["part"] != "sum")
    return Scheme(
        areas,
        {row["area"]: row["major"] for row in rows},
        {row["area"]: row["name_en"] for row in rows},
        {row["area"]: row["name_zh"] for row in rows},
    )
