"""Text in CSV files that spreadsheet programs take for a formula, since it begins with ``=``, ``+``, ``-`` or ``@``.

With `csv_escape` such text is written with an apostrophe before it, which these programs take for "this is text". Readers here
take one apostrophe off again. So that they need not know how a file was written, text that itself has apostrophes before such a
sign gets one more in every file::

    text        in a CSV file    with csv_escape
    =1+2        =1+2             '=1+2
    '=1+2       ''=1+2           ''=1+2
    '90s        '90s             '90s

Numbers are no text: those below zero stay as they are.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

# Rows of text are read without Arrow.
if TYPE_CHECKING:
    import pyarrow as pa

_SIGNS = r"[=+\-@\t\r＝＋－＠]"
"""The wide signs too: Chinese and Japanese versions of the programs take them for the narrow ones."""
_BEGINS = f"^{_SIGNS}"
_APOSTROPHE = f"^'+{_SIGNS}"
_ESCAPED = re.compile(f"'(?='*{_SIGNS})")


def escape(strings: pa.Array, *, signs: bool) -> pa.Array:
    """Texts as a CSV file has them, quotation marks apart; with `signs` none of them begins like a formula."""
    import pyarrow.compute as pc  # noqa: PLC0415

    for pattern in [_APOSTROPHE, _BEGINS] if signs else [_APOSTROPHE]:
        # Few texts do, so that looking comes before copying. The second pattern fits nothing that the first one changed.
        if pc.any(pc.match_substring_regex(strings, pattern)).as_py():
            strings = pc.replace_substring_regex(strings, f"({pattern})", r"'\1")
    return strings


def unescape(text: str) -> str:
    """A text as it was before `escape`."""
    return text[1:] if text[:1] == "'" and _ESCAPED.match(text) else text


def unescape_table(table: pa.Table) -> pa.Table:
    """A table as it was before `escape`."""
    import pyarrow as pa  # noqa: PLC0415
    import pyarrow.compute as pc  # noqa: PLC0415

    for number, field in enumerate(table.schema):
        if pa.types.is_string(field.type):
            column = table.column(number)
            if pc.any(pc.match_substring_regex(column, _APOSTROPHE)).as_py():
                # RE2 knows no look-ahead: the apostrophe goes with what it is followed by.
                plain = pc.replace_substring_regex(column, f"^'('*{_SIGNS})", r"\1")
                table = table.set_column(number, field, plain)
    return table
