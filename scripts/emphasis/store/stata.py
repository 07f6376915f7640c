"""Tables as Stata's .dta files, which R, SPSS and pandas read too."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

import pandas as pd

from emphasis.store.atomic import write_atomically
from emphasis.store.columns import Field
from emphasis.store.tables import Schema, check

_LONGEST_NAME, _LONGEST_LABEL = 32, 80
"""Characters of the name of a variable, and of the label of a variable or a file."""
_NOT_IN_NAMES = re.compile(r"\W|^(?=\d)")
_RESERVED = re.compile(
    r"_all|_b|byte|_coef|_cons|double|float|if|in|int|long|_n|_N|_pi|_pred|_rc|_skip|str\d+|strL|using|with"
    # Words of Mata and of plugins, which pandas renames.
    r"|aggregate|array|boolean|break|case|catch|class|colvector|complex|const|continue|default|delegate|delete|do|else|eltypedef|end"
    r"|enum|explicit|export|external|for|friend|function|global|goto|inline|local|NULL|pragma|protected|quad|rowvector|_se|short"
    r"|typedef|typename|virtual"
)
_YES = {0.0: "no", 1.0: "yes"}
# A fixed time stamp, so that the same table has the same bytes on any day.
_STAMP = datetime(2000, 1, 1)


def write_stata(table: pd.DataFrame, path: Path | str, schema: Schema) -> pd.DataFrame:
    """Check a table and write it for Stata 14 and later. Returns it as it was checked.

    Variables are labelled with the descriptions of their columns. A column of codes (one whose schema lists its values) is a
    number with the codes as value labels, in the order of the schema from 1 on; yes and no are 1 and 0, labelled. Everything
    else is what it is in the CSV file. Names are those of `stata_names`.
    """
    checked = check(table, schema)
    names = stata_names(schema.columns)
    values = {names[field.name]: codes for field in schema.fields if (codes := _codes(field))}
    columns = {names[field.name]: _stored(checked[field.name], field) for field in schema.fields}
    labels = {names[field.name]: shorten(field.description) for field in schema.fields}
    write_atomically(
        path,
        lambda file: pd.DataFrame(columns).to_stata(
            file,
            write_index=False,
            version=118,
            time_stamp=_STAMP,
            data_label=shorten(schema.title),
            variable_labels=labels,
            value_labels=values,
        ),
    )
    return checked


def stata_names(columns: Iterable[str]) -> dict[str, str]:
    """The name of each column that Stata allows: at most 32 letters, digits and _, no digit first, no word of its language.

    A word of its language gets _ behind it; of names that are equal after cutting, the second ends in _2.

    Examples
    --------
    >>> stata_names(["end", "theme_绿色 发展"])
    {'end': 'end_', 'theme_绿色 发展': 'theme_绿色_发展'}
    >>> long = "theme_the_environment_in_the_narrow_sense"
    >>> list(stata_names([long, long + "s"]).values())
    ['theme_the_environment_in_the_nar', 'theme_the_environment_in_the_n_2']
    """
    columns = list(columns)
    names: dict[str, str] = {}
    taken = {column for column in columns if _is_name(column)}
    for column in columns:
        if column in taken:
            names[column] = column
            continue
        plain = _NOT_IN_NAMES.sub("_", column)
        plain = f"{plain}_" if _RESERVED.fullmatch(plain) else plain
        name, number = plain[:_LONGEST_NAME], 1
        while name in taken:
            number += 1
            name = plain[: _LONGEST_NAME - len(f"_{number}")] + f"_{number}"
        taken.add(name)
        names[column] = name
    return names


def _is_name(column: str) -> bool:
    return len(column) <= _LONGEST_NAME and not _NOT_IN_NAMES.search(column) and not _RESERVED.fullmatch(column)


def shorten(text: str) -> str:
    """A text as a label, of at most 80 characters: a longer one ends where a clause or at least a word ends.

    Examples
    --------
    >>> shorten("Region, by the name in its latest report; see the note on regions that changed their names or codes")
    'Region, by the name in its latest report'
    """
    text = " ".join(text.split())
    if len(text) <= _LONGEST_LABEL:
        return text
    start = text[: _LONGEST_LABEL + 1]
    # A clause of a few words says less than a sentence without its end.
    ends = (
        ("; ", _LONGEST_LABEL // 4),
        (": ", _LONGEST_LABEL // 4),
        (", ", _LONGEST_LABEL // 2),
        (" ", _LONGEST_LABEL // 2),
    )
    cut = next((place for sign, least in ends if (place := start.rfind(sign)) > least), _LONGEST_LABEL)
    return start[:cut].rstrip(" ,;:")


def _codes(field: Field) -> dict[float, str]:
    """The labels of a column's values, by number; none of a column without codes."""
    if field.type == "boolean":
        return _YES
    listed = field.constraints.get("enum", []) if field.type == "string" else []
    return {float(number): str(code) for number, code in enumerate(listed, 1)}


def _stored(column: pd.Series, field: Field) -> pd.Series:
    if field.type == "string" and (codes := _codes(field)):
        # Codes that are missing are empty text, which is not among the labels: they stay missing.
        return column.map({code: int(number) for number, code in codes.items()}).astype("Int16")
    if field.type == "string":
        return column.astype("object")
    return column.astype("int8") if field.type == "boolean" else column
