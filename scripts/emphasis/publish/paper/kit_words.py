"""The words of the kit in both languages, from words.yaml and values.yaml: titles, heads and notes of tables, captions; values of cells."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from emphasis.publish.paper.table import LANGUAGES, Bilingual, Cell, PaperColumn, Table, cell_text, strip_zeros
from emphasis.store.markup import from_yaml
from emphasis.store.results import Row

_DATA: dict[str, Any] = {}
for _file in ("words.yaml", "values.yaml"):
    _DATA |= from_yaml(Path(__file__).with_name(_file).read_text(encoding="utf-8"))
WORDS = {name: Bilingual(**texts) for name, texts in _DATA.items() if isinstance(texts, dict)}
_COLUMNS = {
    name: tuple(PaperColumn(Bilingual(column["en"], column["zh"]), column["kind"]) for column in columns)
    for name, columns in _DATA.items()
    if isinstance(columns, list)
}
_DIFFERS = re.compile(r"different (measure|unit): (.*) and (.*)")


def words(name: str, **values: Cell | float) -> Bilingual:
    """Words by name, with values filled in; those of a value that is bilingual itself go into their own language."""
    return Bilingual(
        *(
            WORDS[name]
            .in_language(language)
            .format(
                **{
                    key: cell_text(value, language) if isinstance(value, Bilingual) else value
                    for key, value in values.items()
                }
            )
            for language in LANGUAGES
        )
    )


def make_table(
    kind: str,
    rows: Sequence[tuple[Cell, ...]],
    *notes: Bilingual,
    name: str = "",
    title: Bilingual | None = None,
    said: Bilingual | None = None,
    more_columns: Sequence[PaperColumn] = (),
) -> Table:
    """A table that does not name its report yet, with the columns of its kind.

    Its name and title are those of the kind unless others are given.
    """
    columns = (*_COLUMNS[f"{kind}.columns"], *more_columns)
    return Table(name or kind, "", title or WORDS[kind], columns, tuple(rows), notes, said)


def enumerate_words(items: Sequence[Cell]) -> Bilingual:
    """Several things in a row, as a sentence names them."""
    english = [cell_text(item, "en") for item in items]
    chinese = [cell_text(item, "zh") for item in items]
    if len(items) < 2:
        return Bilingual("".join(english), "".join(chinese))
    return Bilingual(f"{', '.join(english[:-1])} and {english[-1]}", f"{'、'.join(chinese[:-1])}和{chinese[-1]}")


def translate(value: str, column: str = "") -> Cell:
    """A value of a table in both languages; the value itself if it is not listed. Some mean something else in some column."""
    if own := WORDS.get(f"value.{column}.{value}"):
        return own
    if differs := _DIFFERS.fullmatch(value):
        one, other = (translate(item) or WORDS["different.none"] for item in differs.groups()[1:])
        return words(f"different.{differs[1]}", one=one, other=other)
    return WORDS.get(f"value.{value}", value)


def target_in_words(comparator: str, value: str, high: str, unit: str) -> Cell:
    """A target as a quantity with its bound.

    Examples
    --------
    >>> target_in_words("ge", "5.5000", "", "%")
    Bilingual(en='≥ 5.5%', zh='5.5%以上')
    >>> target_in_words("range", "5.0000", "6.0000", "%")
    '5–6%'
    """
    if not value:
        return WORDS.get(f"no_figure.{comparator}", WORDS["no_figure"])
    if high:
        return f"{strip_zeros(value)}{'→' if comparator == 'from_to' else '–'}{strip_zeros(high)}{unit}"
    quantity = strip_zeros(value) + unit
    return words(f"bound.{comparator}", quantity=quantity) if f"bound.{comparator}" in WORDS else quantity


def region_and_year(report: Row) -> Bilingual:
    """Region and year of a report, or its id where they are not known."""
    region, year = report["region"], report["year"]
    if not region or not year:
        return Bilingual(report["report_id"], report["report_id"])
    return words("place", region="国务院" if report["region_level"] == "national" else region, year=year)
